"""Which entries tell of one post.

Two entries are one post when their texts are equal, when one text is the
beginning of the other and the dates agree, or when their titles are equal and
the dates agree. Entries that one archive tells apart by their ids stay two
posts, however alike they are. Sameness is transitive (a union-find over the
entries: R. E. Tarjan, Efficiency of a good but not linear set union algorithm, 1975).
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from sphinxext_blog.importers.document import plain_text
from sphinxext_blog.importers.model import Problem
from sphinxext_blog.importers.titles import normalise

if TYPE_CHECKING:
    from collections.abc import Hashable, Iterable

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.importers.model import Entry

__all__ = ['agree', 'group_entries', 'order', 'precision']

_LONG = 60
"""Characters, normalised, that two texts must share to be excerpts of one post."""
_SHORT = 16
"""Characters below which equal texts may be chance (“As the title says.”)."""


class _Union:
    """Disjoint sets of entry numbers with the reasons of their unions."""

    def __init__(self, entries: list[Entry]) -> None:
        self.parent = list(range(len(entries)))
        self.reasons: dict[int, set[str]] = defaultdict(set)
        # The ids of each set, by file.
        self.ids = [{entry.source: entry.identity} if entry.identity else {} for entry in entries]

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, two: int, reason: str) -> bool:
        """Unite two sets; false when an archive says that they are two posts."""
        one, two = self.find(one), self.find(two)
        low, high = min(one, two), max(one, two)
        if low != high:
            if any(self.ids[low].get(source, name) != name for source, name in self.ids[high].items()):
                return False
            self.parent[high] = low
            self.ids[low].update(self.ids[high])
            self.reasons[low] |= self.reasons.pop(high, set())
        self.reasons[low].add(reason)
        return True


def order(entry: Entry) -> tuple[str, int, str]:
    """Where entries stand when they are sorted: by file and line."""
    return (entry.source, entry.line, repr(entry))


def group_entries(
    entries: Iterable[Entry],
) -> tuple[list[tuple[list[Entry], tuple[str, ...]]], list[Problem]]:
    """Group entries by post, with the reasons; independent of the order of the entries."""
    ordered = sorted(entries, key=order)
    union = _Union(ordered)
    problems: list[Problem] = []
    texts = [plain_text(entry.blocks) for entry in ordered]
    titles = [normalise(entry.title) if entry.title else '' for entry in ordered]
    _join_by_text(ordered, texts, titles, union, problems)
    _join_by_beginning(ordered, texts, titles, union)
    _join_by_title(ordered, titles, union, problems)
    groups: dict[int, list[Entry]] = defaultdict(list)
    for number, entry in enumerate(ordered):
        groups[union.find(number)].append(entry)
    return [
        (group, tuple(sorted(union.reasons.get(root, ())))) for root, group in sorted(groups.items())
    ], problems


def agree(one: PartialDate | None, two: PartialDate | None) -> bool:
    """Whether two dates, unknown ones included, can be the same day."""
    return one is None or two is None or one.agrees_with(two)


def _join_by_text(
    entries: list[Entry], texts: list[str], titles: list[str], union: _Union, problems: list[Problem]
) -> None:
    buckets: dict[str, list[int]] = defaultdict(list)
    for number, text in enumerate(texts):
        if len(text) >= _SHORT:
            buckets[text].append(number)
    for numbers in buckets.values():
        first = numbers[0]
        for number in numbers[1:]:
            if titles[first] != titles[number] and not agree(entries[first].date, entries[number].date):
                place = f'{entries[first].source}:{entries[first].line}'
                message = f'same text as {place}, but another title and another date: kept as two posts'
                problems.append(Problem(entries[number].source, entries[number].line, message, 'duplicate'))
            else:
                union.join(first, number, 'same text')


def _join_by_beginning(entries: list[Entry], texts: list[str], titles: list[str], union: _Union) -> None:
    # Sorted, all texts that begin with a given one follow it directly: a
    # stack of beginnings finds them in one pass.
    stems = [text.rstrip('.…') for text in texts]
    stack: list[int] = []
    for number in sorted(
        (n for n, stem in enumerate(stems) if len(stem) >= _LONG), key=lambda n: (stems[n], n)
    ):
        while stack and not texts[number].startswith(stems[stack[-1]]):
            stack.pop()
        if stack:
            other = stack[-1]
            same_title = not titles[number] or not titles[other] or titles[number] == titles[other]
            known = entries[number].date is not None and entries[other].date is not None
            together = union.find(number) == union.find(other)
            if not together and agree(entries[number].date, entries[other].date) and (same_title or known):
                union.join(other, number, 'same beginning')
        stack.append(number)


def _join_by_title(entries: list[Entry], titles: list[str], union: _Union, problems: list[Problem]) -> None:
    buckets: dict[str, list[int]] = defaultdict(list)
    for number, title in enumerate(titles):
        if title:
            buckets[title].append(number)
    for numbers in buckets.values():
        # The most precise dates first: they decide how many posts there are.
        # One entry stands for all that are one post with it already.
        numbers.sort(key=lambda n: (-precision(entries[n].date), n))
        distinct = {union.find(number): number for number in reversed(numbers)}
        index = _DateIndex()
        for number in sorted(distinct.values(), key=lambda n: (-precision(entries[n].date), n)):
            entry = entries[number]
            others = index.agreeing(entry.date)
            if len(others) == 1 and _two_pages(entries[others[0]].url, entry.url):
                place = f'{entries[others[0]].source}:{entries[others[0]].line}'
                message = f'same title and date as {place}, at another address: kept as two posts'
                problems.append(Problem(entry.source, entry.line, message, 'duplicate'))
            elif len(others) == 1 and union.join(others[0], number, 'same title'):
                continue
            if len(others) > 1 and not entry.identity:
                message = (
                    f'several other posts are called {entry.title!r} and the date does not tell which this is'
                )
                problems.append(Problem(entry.source, entry.line, f'{message}: kept as a post', 'duplicate'))
            index.add(entry.date, number)


def _two_pages(one: str, two: str) -> bool:
    """Whether two addresses are known, and of two pages of one host."""
    if not one or not two:
        return False
    (host, path), (other, elsewhere) = (_place(url) for url in (one, two))
    return host == other and path != elsewhere


def _place(url: str) -> tuple[str, str]:
    try:
        parts = urlsplit(url)
    except ValueError:
        return '', url
    path = parts.path.removesuffix('index.html').rstrip('/').removesuffix('.html')
    return parts.netloc.casefold().removeprefix('www.'), f'{path}?{parts.query}'


def precision(date: PartialDate | None) -> int:
    """Number of known fields of a date; 0 for an unknown one."""
    return 0 if date is None else date.precision


class _DateIndex:
    """Finds the entries whose date agrees with a date, without comparing all pairs."""

    def __init__(self) -> None:
        self.tables: dict[tuple[int, ...], dict[tuple[int, ...], dict[Hashable, list[int]]]] = {}

    @staticmethod
    def _fields(date: PartialDate | None) -> dict[int, int]:
        values = (date.year, date.month, date.day) if date else (None, None, None)
        return {n: value for n, value in enumerate(values) if value is not None}

    def add(self, date: PartialDate | None, number: int) -> None:
        fields = self._fields(date)
        mask = tuple(fields)
        tables = self.tables.setdefault(mask, {})
        for bits in range(1 << len(mask)):
            part = tuple(f for n, f in enumerate(mask) if bits >> n & 1)
            found = tables.setdefault(part, {}).setdefault(tuple(fields[f] for f in part), [])
            if len(found) < 2:  # two are enough to know that it is not one
                found.append(number)

    def agreeing(self, date: PartialDate | None) -> list[int]:
        fields = self._fields(date)
        found: set[int] = set()
        for mask, tables in self.tables.items():
            part = tuple(f for f in mask if f in fields)
            found.update(tables.get(part, {}).get(tuple(fields[f] for f in part), ()))
        return sorted(found)
