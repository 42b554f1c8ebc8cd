"""Series without part numbers: titles that begin alike and are set off by a mark.

“Methods of Proof — Induction”, “SunPy Update - October 2015”, 《…：应用篇》,
“A Primer” and “A Second Primer”. Without numbers the evidence must be strong:
several titles, a stem that is a name, a mark that is meant.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.numerals import ORDINALS
from sphinxext_blog.references.titles import has_cjk, normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinxext_blog.records import NodeId

__all__ = ['DATED', 'plain_groups']

_Date = tuple[int, int, int, str]
_Row = tuple['NodeId', str, _Date]

_MONTHS: Final = 'jan feb mar apr may jun jul aug sep oct nov dec'.split()
_MONTH: Final = (
    r'(?:jan(?:uary)?|feb(?:ruary)?|mar(?:ch)?|apr(?:il)?|may|june?|july?|aug(?:ust)?|sept?(?:ember)?'
    r'|oct(?:ober)?|nov(?:ember)?|dec(?:ember)?)'
)
DATED: Final = re.compile(
    rf'(?i)[\s—–:(-]{{1,9}}(?:(?P<month>{_MONTH})\.?(?:\s+(?:and|to|&)\s+{_MONTH})?,?\s+(?P<year>(?:19|20)\d\d)'
    r'|Q(?P<quarter>[1-4])[\s-]{1,3}(?P<qyear>(?:19|20)\d\d)'
    r'|(?P<cyear>(?:19|20)\d\d)\s?年\s?(?P<cmonth>\d{1,2})\s?月)\)?\s*$'
)
"""A month or quarter at the end of a title: a date, no part number."""

_DASHED: Final = re.compile(r'\s+(?:-{1,3}|—|–|―)\s+|(?<=\S)(?:——|—|–)(?=\S)|\s+\|\s+')
_COLON: Final = re.compile(r':\s*')
_BRACKET: Final = re.compile(r'\s*[【\[〖](?P<stem>[^【】\[\]〖〗]{2,60})[】\]〗]\s*')
_ORDINAL: Final = re.compile(rf'(?i)\b({"|".join(list(ORDINALS)[1:])})\b')


def plain_groups(rows: Iterable[_Row], known: frozenset[str]) -> Iterator[tuple[str, tuple[NodeId, ...]]]:
    """Group titles without part numbers.

    :param rows: id, title and date key of each post that is in no series yet.
    :param known: normal forms of names that series have already.
    :returns: name and members in reading order: by the month that the titles
        state, else by date, then by id.
    """
    left = sorted(rows, key=lambda row: row[0])
    for finder in (_dated, _ordinal, _prefixed):
        taken: set[NodeId] = set()
        for name, key, members in finder(left):
            if key not in known and not taken.intersection(members):
                taken.update(members)
                yield name, members
        left = [row for row in left if row[0] not in taken]


_Found = tuple[str, str, tuple['NodeId', ...]]


def _dated(rows: list[_Row]) -> Iterator[_Found]:
    """X - April 2017; X (Oct and Nov 2022); X Q1-2023; X 2017年4月."""
    groups: dict[str, list[tuple[int, int, _Date, NodeId, str]]] = defaultdict(list)
    for id_, title, date in rows:
        text = unicodedata.normalize('NFKC', title.strip())
        if len(text) > 300 or not (match := DATED.search(text)):
            continue
        name = _as_written(title, text, 0, match.start())
        if match['month']:
            when = int(match['year']), _MONTHS.index(match['month'][:3].lower()) + 1
        elif match['quarter']:
            when = int(match['qyear']), 3 * int(match['quarter'])
        else:
            when = int(match['cyear']), int(match['cmonth'])
        if len(normalise_title(name)) > 3:
            groups[normalise_title(name)].append((*when, date, id_, name))
    for key, group in sorted(groups.items()):
        if len({row[:2] for row in group}) > 1:
            group.sort()
            yield _commonest([row[4] for row in group]), key, tuple(row[3] for row in group)


def _ordinal(rows: list[_Row]) -> Iterator[_Found]:
    """Groups — A Primer; Groups — A Second Primer."""
    by_form = {normalise_title(title): (id_, title) for id_, title, _ in reversed(rows)}
    groups: dict[str, list[tuple[int, NodeId]]] = defaultdict(list)
    for id_, title, _ in rows:
        if len(title) > 300 or len(matches := list(_ORDINAL.finditer(title))) != 1:
            continue
        match = matches[0]
        bare = normalise_title(title[: match.start()] + title[match.end() :])
        if bare in by_form:
            groups[bare].append((ORDINALS[match[0].lower()], id_))
    for bare, later in sorted(groups.items()):
        first, name = by_form[bare]
        yield name, bare, (first, *(id_ for _, id_ in sorted(later)))


def _prefixed(rows: list[_Row]) -> Iterator[_Found]:
    """Methods of Proof — X; 【X】Y; X：Y篇; X：Y."""
    groups: dict[str, list[tuple[_Date, NodeId, str, str, str]]] = defaultdict(list)
    for id_, title, date in rows:
        text = unicodedata.normalize('NFKC', title.strip())
        if len(text) > 300:
            continue
        if match := _BRACKET.match(text):
            (start, end), rest, mark = match.span('stem'), text[match.end() :], '['
        else:
            dash, colon = _DASHED.search(text, 1), _COLON.search(text, 1)
            first = min((m for m in (dash, colon) if m), key=lambda m: m.start(), default=None)
            if first is None:
                continue
            start, end, rest = 0, first.start(), text[first.end() :]
            mark = '-' if first is dash else ':'
        stem = _as_written(title, text, start, end)
        key = normalise_title(stem)
        if rest.strip() and any(c.isalpha() for c in key):
            groups[key].append((date, id_, stem, rest.strip(), mark))
    for key, group in sorted(groups.items()):
        if len(group) > 1 and _is_name(key, [g[2] for g in group], [(g[3], g[4]) for g in group]):
            group.sort()
            yield _commonest([g[2] for g in group]), key, tuple(g[1] for g in group)


def _is_name(key: str, stems: list[str], rests: list[tuple[str, str]]) -> bool:
    """Whether so many titles begin like this because they belong together."""
    marks = Counter(mark for _, mark in rests)
    count = len({normalise_title(rest) for rest, _ in rests})
    if count < 2:
        return False
    cjk = has_cjk(key)
    long_enough = len(key) > 3 if cjk else len(stems[0].split()) > 1
    if all(rest.endswith('篇') and len(rest) < 12 for rest, _ in rests):
        return True
    if marks['-']:
        return count > 2 or (long_enough and not cjk and marks['-'] > 1)
    return long_enough and count > 2


def _as_written(title: str, folded: str, start: int, end: int) -> str:
    """A piece of a folded title in its own width, where folding kept the places."""
    title = title.strip()
    return (title if len(title) == len(folded) else folded)[start:end].strip()


def _commonest(names: list[str]) -> str:
    counts = Counter(names)
    return min(counts, key=lambda n: (-counts[n], n))
