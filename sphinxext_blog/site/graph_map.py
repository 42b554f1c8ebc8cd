"""The map that an author keeps, and that the graph page starts from: ``blog_graph_map``."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.reporting import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.application import Sphinx

__all__ = ['known_positions', 'map_digest']


def known_positions(app: Sphinx) -> tuple[Mapping[str, tuple[float, float]], tuple[Problem, ...]]:
    """Positions by node from the file that the configuration names, and what is wrong with it.

    Only builds that draw the graph read it.
    """
    path = _path(app)
    if path is None:
        return {}, ()
    # NumPy comes with it: not in a build without a map.
    from sphinxext_blog.graph.map_file import read_map

    try:
        text = path.read_text(encoding='utf-8')
    except FileNotFoundError:
        remedy = f'write it by: python -m sphinxext_blog map {app.outdir} -o {path}'
        return {}, (Problem('graph', f'there is no file {path}, which blog_graph_map names; {remedy}'),)
    except (OSError, ValueError) as error:
        return {}, (Problem('graph', f'the map could not be read: {error}', file=f'{path}:1'),)
    found = read_map(text)
    problems = (Problem('graph', problem, file=f'{path}:{line}') for line, problem in found.problems)
    return found.positions, tuple(problems)


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
