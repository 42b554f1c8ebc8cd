"""The map that an author keeps, and that the graph page starts from: ``blog_graph_map``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

__all__ = ['known_positions', 'map_digest']


def known_positions(app: Sphinx) -> Mapping[str, tuple[float, float]]:
    """Positions by node from the file that the configuration names; what is wrong with it is warned of.

    Only builds that draw the graph read it.
    """
    path = _path(app)
    if path is None:
        return {}
    # NumPy comes with it: not in a build without a map.
    from sphinxext_blog.graph.map_file import read_map

    try:
        text = path.read_text(encoding='utf-8')
    except FileNotFoundError:
        warn(
            'graph',
            'there is no file %s, which blog_graph_map names; '
            'write it by: python -m sphinxext_blog map %s -o %s',
            path,
            app.outdir,
            path,
        )
        return {}
    except (OSError, ValueError) as error:
        warn('graph', 'the map could not be read: %s', error, location=f'{path}:1')
        return {}
    found = read_map(text)
    for line, problem in found.problems:
        warn('graph', '%s', problem, location=f'{path}:{line}')
    return found.positions


def map_digest(app: Sphinx) -> str:
    """Digest of the file's content; empty when there is none or the build draws no graph."""
    path = _path(app)
    try:
        return hashlib.sha256(path.read_bytes()).hexdigest()[:24] if path else ''
    except OSError:
        return ''


def _path(app: Sphinx) -> Path | None:
    name = blog_config(app.config).graph_map
    if not name or app.builder.name not in PAGE_BUILDERS:
        return None
    return Path(app.confdir) / name
