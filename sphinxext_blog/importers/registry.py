"""The importers at hand: the built-in one and those that other packages offer by entry point."""

from __future__ import annotations

from importlib import metadata

from sphinxext_blog.importers.listing import importer as listing
from sphinxext_blog.importers.model import Importer, Problem

__all__ = ['ENTRY_POINT_GROUP', 'load_importers']

ENTRY_POINT_GROUP = 'sphinxext_blog.importers'


def load_importers(
    entry_points: metadata.EntryPoints | None = None,
) -> tuple[tuple[Importer, ...], list[Problem]]:
    """Importers in the order in which they are asked: other packages' by name, then the built-in one.

    The built-in importer is there without any entry point. A plug-in that
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
        if plugin is listing:
            continue
        if isinstance(plugin, Importer):
            found.append(plugin)
        else:
            message = f'the importer {point.name!r} has not the members name, recognises and read'
            problems.append(Problem(point.value, 0, message))
    return (*found, listing), problems
