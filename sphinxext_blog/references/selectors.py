"""Places in a series: which parts ``3``, ``3,5``, ``-1``, ``<3``, ``1..3``, ``lecture 3``, ``(3)`` are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from sphinxext_blog.records import NodeId
    from sphinxext_blog.references.series import SeriesGroup

__all__ = ['select']

_SELECTOR: Final = re.compile(r'(?:[-+<]|1\.\.)?[0-9]{1,4}')
_LIST: Final = re.compile(r'(?P<before>\(|\w{1,12} |)(?P<all>[0-9]{1,4}(?:,[0-9]{1,4}){1,20})(?P<after>\)?)')
_STYLED: Final = re.compile(
    r'\((?P<bracketed>[0-9]{1,4})\)|(?P<counter>\w{1,12}) (?P<n>(?:[-+<]|1\.\.)?[0-9]{1,4})'
)
_FARTHEST: Final = 2
"""Steps of ``-2``: 上上篇. Nobody counts further in words."""


def select(group: SeriesGroup, source: NodeId, selector: str) -> tuple[NodeId | int, ...]:
    """Select parts of a series as seen from one of them.

    :param selector: as in :attr:`sphinxext_blog.records.Mention.target`.
    :returns: nodes of the parts, and the bare number of each part that is
        neither a post nor a missing post. Nothing for a selector that can't be
        read or leads out of the series: a next part that nobody has seen may
        never have been written. The number of a style, ``lecture 3`` and
        ``(3)``, selects posts alone, in a series whose titles have that style.
    """
    if several := _LIST.fullmatch(selector):
        each = (f'{several["before"]}{n}{several["after"]}' for n in several['all'].split(','))
        return tuple(part for one in each for part in select(group, source, one))
    if selector.startswith('half '):
        return _half(group, source, int(selector[5:]))
    if styled := _STYLED.fullmatch(selector):
        return _in_style(group, source, styled)
    members = group.series.members
    place = next((i for i, m in enumerate(members) if m.id == source), None)
    if place is None or not _SELECTOR.fullmatch(selector):
        return ()
    number = members[place].number
    tops = {m.number[0] for m in members if m.number}
    if selector.isdecimal():
        return _part(group, int(selector), source) if tops and int(selector) > 0 else ()
    if selector.startswith('1..'):
        wanted = range(1, int(selector[3:]) + 1)
        return tuple(part for n in wanted for part in _part(group, n, source)) if tops else ()
    sign, count = selector[0], int(selector[1:])
    if sign == '<' and number:
        first = min(0, *tops) if 0 in tops else 1
        wanted = range(max(first, number[0] - count), number[0])
        return tuple(part for n in wanted for part in _part(group, n, source))
    if sign == '<':
        return tuple(m.id for m in members[max(0, place - count) : place])
    if sign not in '+-' or not 0 < count <= _FARTHEST:
        return ()
    if count > 1:
        nearer = select(group, source, f'{sign}1')
        return select(group, nearer[0], f'{sign}1') if nearer and isinstance(nearer[0], str) else ()
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


def _half(group: SeriesGroup, source: NodeId, wanted: int) -> tuple[NodeId | int, ...]:
    """上篇, 中篇, 下篇: another part of what is counted so, else the part before and the next."""
    own = group.parts.get(source)
    if own is None or not own.halves:
        return select(group, source, {1: '-1', 3: '+1'}[wanted]) if wanted != 2 else ()
    return tuple(
        id_
        for id_, part in sorted(group.parts.items())
        if part.halves and part.number == (*own.number[:-1], wanted) and id_ != source
    )


def _in_style(group: SeriesGroup, source: NodeId, styled: re.Match[str]) -> tuple[NodeId | int, ...]:
    if source not in {m.id for m in group.series.members}:
        return ()
    counter = styled['counter']
    parts = group.parts.values()
    if counter == '之':
        if not any(part.head[0].endswith(counter) for part in parts):
            return ()
    elif counter and not any(part.counter == counter for part in parts):
        return ()
    if not counter and not any(part.head[0][-1:] in ('(', '（') for part in parts):
        return ()
    found = select(group, source, styled['n'] or styled['bracketed'])
    return tuple(part for part in found if isinstance(part, str) and not part.startswith('missing:'))


def _part(group: SeriesGroup, number: int, source: NodeId) -> tuple[NodeId | int, ...]:
    present = tuple(m.id for m in group.series.members if m.number and m.number[0] == number)
    return tuple(p for p in present if p != source) if present else (number,)
