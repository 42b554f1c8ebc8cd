"""Entries that tell of one post -> one document, with a report of what was merged and why.

Two entries are one post when their texts are equal, when one text is the
beginning of the other and the dates agree, or when their titles are equal and
the dates agree. Sameness is transitive (a union-find over the entries).
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from sphinxext_blog.importers.document import Document, guess_language, plain_text
from sphinxext_blog.importers.model import Problem
from sphinxext_blog.importers.titles import derive_title, normalise

if TYPE_CHECKING:
    from collections.abc import Callable, Hashable, Iterable, Sequence

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.importers.model import Entry

__all__ = ['Merge', 'group_entries', 'merge_entries']

_LONG = 60
"""Characters, normalised, that two texts must share to be excerpts of one post."""
_SHORT = 16
"""Characters below which equal texts may be chance (“As the title says.”)."""


class EntryPlace(NamedTuple):
    """Where a merged entry stands."""

    path: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two or more entries that became one document."""

    title: str
    entries: tuple[EntryPlace, ...]
    reasons: tuple[str, ...]
    """``same text``, ``same beginning``, ``same title``."""
    conflicts: tuple[str, ...] = ()
    """What the entries say differently, and which of it was kept."""


class _Union:
    """Disjoint sets of entry numbers with the reasons of their unions."""

    def __init__(self, size: int) -> None:
        self.parent = list(range(size))
        self.reasons: dict[int, set[str]] = defaultdict(set)

    def find(self, item: int) -> int:
        while self.parent[item] != item:
            self.parent[item] = self.parent[self.parent[item]]
            item = self.parent[item]
        return item

    def join(self, one: int, two: int, reason: str) -> None:
        one, two = self.find(one), self.find(two)
        low, high = min(one, two), max(one, two)
        if low != high:
            self.parent[high] = low
            self.reasons[low] |= self.reasons.pop(high, set())
        self.reasons[low].add(reason)


def _order(entry: Entry) -> tuple[object, ...]:
    return (entry.source, entry.line, entry.title or '', repr(entry))


def group_entries(
    entries: Iterable[Entry],
) -> tuple[list[tuple[list[Entry], tuple[str, ...]]], list[Problem]]:
    """Group entries by post, with the reasons; independent of the order of the entries."""
    ordered = sorted(entries, key=_order)
    union = _Union(len(ordered))
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


def _agree(one: PartialDate | None, two: PartialDate | None) -> bool:
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
            if titles[first] != titles[number] and not _agree(entries[first].date, entries[number].date):
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
            if _agree(entries[number].date, entries[other].date) and (same_title or known):
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
        numbers.sort(key=lambda n: (-_precision(entries[n].date), n))
        distinct = {union.find(number): number for number in reversed(numbers)}
        index = _DateIndex()
        for number in sorted(distinct.values(), key=lambda n: (-_precision(entries[n].date), n)):
            entry = entries[number]
            others = index.agreeing(entry.date)
            if len(others) == 1:
                union.join(others[0], number, 'same title')
                continue
            if others:
                message = (
                    f'several other posts are called {entry.title!r} and the date does not tell which this is'
                )
                problems.append(Problem(entry.source, entry.line, f'{message}: kept as a post', 'duplicate'))
            index.add(entry.date, number)


def _precision(date: PartialDate | None) -> int:
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


def merge_entries(
    groups: Sequence[tuple[Sequence[Entry], tuple[str, ...]]],
) -> tuple[list[Document], list[Merge], list[Problem]]:
    """Make one document of each group; the better datum wins.

    The title is that of the entry with the most precise date, other spellings
    become aliases; the longest text; the larger number of readers. What the
    owner corrected wins over all. A group with neither title nor text makes a
    problem instead.
    """
    documents: list[Document] = []
    merges: list[Merge] = []
    problems: list[Problem] = []
    for group, reasons in groups:
        document, conflicts = _merge(group)
        if document is None:
            entry = group[0]
            told = f'date {entry.date}' if entry.date else 'no date'
            message = f'an entry with neither title nor text is no post ({told}, author {entry.author or "unknown"})'
            problems.append(Problem(entry.source, entry.line, message))
            continue
        documents.append(document)
        if len(group) > 1:
            places = tuple(EntryPlace(e.source, e.line, e.title or '') for e in group)
            merges.append(Merge(document.title, places, reasons, tuple(conflicts)))
    return documents, merges, problems


def _merge(group: Sequence[Entry]) -> tuple[Document | None, list[str]]:
    conflicts: list[str] = []
    ranked = sorted(
        group,
        key=lambda e: (
            -_precision(e.date),
            not e.author,
            e.readers is None,
            -len(plain_text(e.blocks)),
            _order(e),
        ),
    )

    def best(field: str, known: Callable[[Entry], object]) -> Entry | None:
        candidates = [e for e in ranked if field in e.corrected] or [e for e in ranked if known(e)]
        return candidates[0] if candidates else None

    textual = max(ranked, key=lambda e: sum(len(normalise(b.text)) for b in e.blocks))
    titled = best('title', lambda e: e.title)
    if titled is not None and titled.title:
        title, derived = titled.title, False
    else:
        text = next((b.text for b in textual.blocks if b.kind == 'paragraph'), '') or next(
            (b.text for b in textual.blocks if b.kind in {'caption', 'heading'}), ''
        )
        title, derived = derive_title(text), True
        if not title and textual.blocks:
            title = str(ranked[0].date) if ranked[0].date else 'Untitled'
        if not title:
            return None, conflicts
    dated = best('date', lambda e: e.date)
    date = dated.date if dated else None
    for entry in ranked:
        if not _agree(date, entry.date):
            conflicts.append(f'date: {date} kept, {entry.source}:{entry.line} has {entry.date}')
    counted = [e.readers for e in ranked if e.readers is not None]
    if len(set(counted)) > 1:
        conflicts.append(f'readers: {max(counted)} kept of {", ".join(map(str, sorted(set(counted))))}')
    authored = best('author', lambda e: e.author)
    authors = sorted({e.author for e in ranked if e.author})
    if len(authors) > 1 and authored:
        conflicts.append(f'author: {authored.author!r} kept of {", ".join(map(repr, authors))}')
    longest = plain_text(textual.blocks)
    for entry in ranked:
        if not longest.startswith(plain_text(entry.blocks).rstrip('.…')):
            conflicts.append(f'text: the longer one kept, {entry.source}:{entry.line} has another')
    described = {
        name: getattr(found, name)
        for name in ('series', 'series_index', 'url', 'language', 'tags', 'draft')
        if (found := best(name, lambda e, name=name: getattr(e, name) not in {None, '', (), False}))
    }
    described['language'] = described.get('language') or guess_language(title, textual.blocks)
    return (
        Document(
            title=title,
            title_derived=derived,
            date=date,
            author=authored.author if authored else '',
            readers=max(counted) if counted else None,
            blocks=textual.blocks,
            sources=tuple(sorted({e.source for e in group})),
            aliases=_aliases(title, ranked),
            **described,
        ),
        conflicts,
    )


def _aliases(title: str, ranked: Sequence[Entry]) -> tuple[str, ...]:
    seen = {normalise(title)}
    aliases: list[str] = []
    for alias in [e.title for e in ranked if e.title] + [a for e in ranked for a in e.aliases]:
        if normalise(alias) not in seen:
            seen.add(normalise(alias))
            aliases.append(alias)
    return tuple(aliases)
