"""The map as a file that an author may keep: where each node of the graph stood.

It is an input of a build, never an output: builds read it and leave it alone,
so that a build from nothing and one after a change end in the same bytes. It is
written on demand, in a form that is good to compare and to merge: one node a
line, sorted by id, one decimal.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinxext_blog.graph.layout import FARTHEST

if TYPE_CHECKING:
    import networkx as nx

    Positions = dict[str, tuple[float, float]]

__all__ = ['MAP_VERSION', 'MapFile', 'map_text', 'read_map']

MAP_VERSION = 1
"""Version of the form of the file; raised when it changes."""
_MOST_PROBLEMS = 10


@dataclass(frozen=True, slots=True)
class MapFile:
    """What a file says."""

    positions: Positions = field(default_factory=dict)
    """Node id -> pixels at zoom 1 to the right and downwards."""
    problems: tuple[tuple[int, str], ...] = ()
    """Line and what is wrong there; such entries, or the whole file, are left out."""


def map_text(graph: nx.MultiDiGraph) -> str:
    """The positions of a graph as the text of a map file.

    :param graph: its nodes have ``x`` and ``y``.
    :raises ValueError: when one has none.
    """
    lines = []
    for node, data in sorted(graph.nodes(data=True)):
        if 'x' not in data or 'y' not in data:
            raise ValueError(f'{node!r} has no position')
        lines.append(f'{json.dumps(node, ensure_ascii=False)}: [{data["x"]:.1f}, {data["y"]:.1f}]')
    entries = ',\n'.join(lines)
    return f'{{\n"version": {MAP_VERSION},\n"positions": {{\n{entries}\n}}\n}}\n'


def read_map(text: str) -> MapFile:
    """Read a map file. Nothing in it is trusted.

    :returns: the positions that make sense, and what doesn't.
    """
    doubled: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found: dict[str, Any] = {}
        for name, value in pairs:
            if name in found:
                doubled.append(name)
            found[name] = value
        return found

    try:
        data = json.loads(text.removeprefix('\ufeff'), object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        return MapFile(problems=((error.lineno, f'no JSON: {error.msg}'),))
    except (ValueError, RecursionError):
        return MapFile(problems=((1, 'no JSON that can be read'),))
    if not isinstance(data, dict) or not isinstance(data.get('positions'), dict):
        return MapFile(problems=((1, 'no map: an object with "version" and "positions" is expected'),))
    version = data.get('version')
    if version != MAP_VERSION or isinstance(version, bool):
        line = _line(text, 'version')
        return MapFile(problems=((line, f'the version is not {MAP_VERSION}; write the map anew'),))
    positions: Positions = {}
    problems = [(_line(text, name), f'{_shown(name)} is there twice; the last counts') for name in doubled]
    for node, value in data['positions'].items():
        if _is_position(value):
            positions[node] = (float(value[0]), float(value[1]))
        else:
            problems.append((_line(text, node), f'{_shown(node)} has no position that makes sense'))
        if len(problems) > _MOST_PROBLEMS:
            break
    if len(problems) > _MOST_PROBLEMS:
        return MapFile(problems=(*problems[:_MOST_PROBLEMS], (1, 'and more; the map is not used')))
    return MapFile(positions, tuple(problems))


def _is_position(value: object) -> bool:
    return (
        isinstance(value, list)
        and len(value) == 2
        and all(isinstance(number, int | float) and not isinstance(number, bool) for number in value)
        # Before they become floats: an integer may be too long for that. NaN is not below anything.
        and all(abs(number) <= FARTHEST for number in value)
        and all(math.isfinite(number) for number in value)
    )


def _line(text: str, name: str) -> int:
    """Line of the last entry of a name, as :func:`map_text` writes it; else the first line."""
    starts = tuple(f'{json.dumps(name, ensure_ascii=escaped)}:' for escaped in (False, True))
    lines = [
        at for at, line in enumerate(text.splitlines(), 1) if line.lstrip('\ufeff \t').startswith(starts)
    ]
    return lines[-1] if lines else 1


def _shown(name: str) -> str:
    shown = repr(name)
    return shown if len(shown) <= 80 else f'{shown[:79]}…'
