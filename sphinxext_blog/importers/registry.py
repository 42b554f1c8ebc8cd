"""The importers at hand: the built-in ones and those that other packages offer by entry point."""

from __future__ import annotations

from importlib import metadata

from sphinxext_blog.importers.feeds import feed, hexo_search
from sphinxext_blog.importers.html_page import importer as html_page
from sphinxext_blog.importers.listing import importer as listing
from sphinxext_blog.importers.model import Importer, Problem
from sphinxext_blog.importers.wordpress import importer as wordpress

__all__ = ['ENTRY_POINT_GROUP', 'load_importers']

ENTRY_POINT_GROUP = 'sphinxext_blog.importers'
_BUILT_IN: tuple[Importer, ...] = (wordpress, hexo_search, feed, html_page, listing)
"""The last one reads any text."""


def load_importers(
    entry_points: metadata.EntryPoints | None = None,
) -> tuple[tuple[Importer, ...], list[Problem]]:
    """Importers in the order in which they are asked: other packages' by name, then the built-in ones.

    The built-in importers are there without any entry point. A plug-in that
    can't be loaded, or is no importer, makes a problem.

    :param entry_points: those to load; the installed ones of the group when ``None``.
    """
    if entry_points is None:
        entry_points = metadata.entry_points(group=ENTRY_POINT_GROUP)
    found: list[Importer] = []
    problems: list[Problem] = []
    for point in sorted(entry_points, key=lambda p: (p.name, p.value)):
        try:
            plugin = point.load()
            if isinstance(plugin, type):
                plugin = plugin()
        except Exception as error:  # a stranger's code may raise anything
            problems.append(
                Problem(point.value, 0, f'the importer {point.name!r} can not be loaded: {error!r}')
            )
            continue
        if any(plugin is known for known in _BUILT_IN):
            continue
        if isinstance(plugin, Importer):
            found.append(plugin)
        else:
            message = f'the importer {point.name!r} has not the members name, recognises and read'
            problems.append(Problem(point.value, 0, message))
    return (*found, *_BUILT_IN), problems
