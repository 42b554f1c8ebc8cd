"""Places in a series: which parts are ``3``, ``-1``, ``+1``, ``<3`` for a given part."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinxext_blog.records import NodeId
    from sphinxext_blog.references.series import SeriesGroup

__all__ = ['select']

_SELECTOR: Final = re.compile(r'[-+<]?[0-9]{1,4}')


def select(group: SeriesGroup, source: NodeId, selector: str) -> tuple[NodeId | int, ...]:
    """Select parts of a series as seen from one of them.

    :param selector: as in :attr:`sphinxext_blog.records.Mention.target`.
    :returns: nodes of the parts, and the bare number of each part that is
        neither a post nor a missing post. Nothing for a selector that can't be
        read or leads out of the series: a next part that nobody has seen may
        never have been written.
    """
    members = group.series.members
    place = next((i for i, m in enumerate(members) if m.id == source), None)
    if place is None or not _SELECTOR.fullmatch(selector):
        return ()
    number = members[place].number
    tops = {m.number[0] for m in members if m.number}
    if selector.isdecimal():
        return _part(group, int(selector), source) if tops and int(selector) > 0 else ()
    sign, count = selector[0], int(selector[1:])
    if sign == '<' and number:
        first = min(0, *tops) if 0 in tops else 1
        wanted = range(max(first, number[0] - count), number[0])
        return tuple(part for n in wanted for part in _part(group, n, source))
    if sign == '<':
        return tuple(m.id for m in members[max(0, place - count) : place])
    if sign not in '+-' or count != 1:
        return ()
    step = 1 if sign == '+' else -1
    neighbour = place + step
    while 0 <= neighbour < len(members) and members[neighbour].number == number and number:
        neighbour += step  # another post with the same number is no neighbour
    inside = 0 <= neighbour < len(members)
    if not number:
        return (members[neighbour].id,) if inside else ()
    adjacent = number[0] + step
    if inside and members[neighbour].number and members[neighbour].number[0] in (number[0], adjacent):
        level = members[neighbour].number
        same = [m.id for m in members if m.number == level]
        return (same[0],) if len(same) == 1 else ()
    if adjacent < 1 or (step > 0 and adjacent > max(tops)):
        return ()
    return (adjacent,)


def _part(group: SeriesGroup, number: int, source: NodeId) -> tuple[NodeId | int, ...]:
    present = tuple(m.id for m in group.series.members if m.number and m.number[0] == number)
    return tuple(p for p in present if p != source) if present else (number,)
