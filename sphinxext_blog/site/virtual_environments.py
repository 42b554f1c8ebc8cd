"""Virtual environments in the source folder: the READMEs of libraries are no pages of the blog."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.config import Config

__all__ = ['leave_out_environments']


def leave_out_environments(app: Sphinx, config: Config) -> None:
    """Exclude each folder right below the source folder that holds a ``pyvenv.cfg`` (PEP 405)."""
    try:
        with os.scandir(app.srcdir) as entries:
            names = sorted(entry.name for entry in entries if Path(entry.path, 'pyvenv.cfg').is_file())
    except OSError:
        return  # Sphinx says so itself
    patterns = [''.join(f'[{c}]' if c in '*?[' else c for c in name) for name in names]
    if new := [pattern for pattern in patterns if pattern not in config.exclude_patterns]:
        # Another list: the configuration's own may be the default of all projects.
        config.exclude_patterns = [*config.exclude_patterns, *new]  # type: ignore[attr-defined, unused-ignore]
