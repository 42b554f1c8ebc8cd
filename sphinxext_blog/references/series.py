"""Series: found from the titles of a corpus, or named by the author.

The candidates of each title (:mod:`~sphinxext_blog.references.series_titles`)
are grouped by the name they give to the series; a title stays with the group
that most company speaks for. What no number ties can still be tied by a common
beginning (:mod:`~sphinxext_blog.references.series_plain`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from dataclasses import dataclass, field
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId, Series, SeriesMember
from sphinxext_blog.references.keys import public_series_key
from sphinxext_blog.references.series_part import SeriesPart, series_key
from sphinxext_blog.references.series_plain import plain_groups
from sphinxext_blog.references.series_titles import title_candidates
from sphinxext_blog.references.titles import has_cjk, normalise_title

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.records import MissingPost, Post

__all__ = ['SeriesGroup', 'find_series', 'group_series']

_NO_DATE: Final = (0, 0, 0, '')
_MOST_PARTS_BEFORE = 50
_UNKNOWN_PLACE: Final = (10**6,)
_ALIKE: Final = 3  # characters with which the names of one series begin at least


@dataclass(slots=True)
class _Entry:
    """A post or missing post on its way into a series."""

    id: NodeId
    title: str
    date: tuple[int, int, int, str]
    candidates: tuple[SeriesPart, ...]
    scope: str = ''
    """Tells series without a name apart: only posts of the same authors share “Part 1: …”."""
    declared: str = ''
    index: int | None = None
    chosen: SeriesPart | None = None


@dataclass(slots=True)
class _Group:
    entries: list[tuple[_Entry, SeriesPart]] = field(default_factory=list)

    @property
    def numbers(self) -> set[tuple[int, ...]]:
        return {part.number for _, part in self.entries}

    @property
    def tops(self) -> set[int]:
        return {part.number[0] for _, part in self.entries}


@dataclass(frozen=True, slots=True)
class SeriesGroup:
    """A series with what the resolver needs to know of it."""

    series: Series
    keys: frozenset[str]
    """Normal forms of all names under which titles speak of it."""
    parts: dict[NodeId, SeriesPart]
    """How the title of each numbered member was read."""


_GroupKey = tuple[str, str, str]


def find_series(posts: Iterable[Post], missing: Iterable[MissingPost] = ()) -> tuple[Series, ...]:
    """Find all series of a corpus, sorted by key.

    A declared series (:attr:`Post.series`) wins over what the title says. From
    titles, a number is believed by its form (（七）：, 第3课, Part 2:, 【X】1.) or
    by the company it keeps: several titles of the same stem whose different
    numbers lie close together and begin at the beginning. The first part may
    be without number, and a series may change its name in mid-course when the
    count goes on. Derived titles name no series.

    Members stand in the order of number, date and docname; two posts with the
    same number are both there. The time is that of sorting the titles.
    """
    return tuple(group.series for group in group_series(posts, missing))


def group_series(posts: Iterable[Post], missing: Iterable[MissingPost] = ()) -> tuple[SeriesGroup, ...]:
    """Like :func:`find_series`, with the readings of the titles."""
    entries = [_entry_of(post) for post in sorted(posts, key=lambda p: p.docname)]
    entries += [
        _Entry(m.id, m.title, _NO_DATE, title_candidates(m.title))
        for m in sorted(missing, key=lambda m: m.id)
    ]
    declared = [e for e in entries if e.declared]
    free = [e for e in entries if not e.declared]
    numbered = _numbered_groups(free)
    out = _declared_series(declared, numbered)
    out += [_series_of(group) for _, group in sorted(numbered.items()) if group.entries]
    taken = {member.id for g in out for member in g.series.members}
    rest = [(e.id, e.title, e.date) for e in free if e.id not in taken and e.title]
    known = frozenset(key for g in out for key in g.keys)
    for name, members in plain_groups(rest, known):
        series = Series(series_key(name), name, tuple(SeriesMember(id_, ()) for id_ in members))
        out.append(SeriesGroup(series, frozenset({series.key}), {}))
    return _with_unique_keys(out)


def _entry_of(post: Post) -> _Entry:
    date = post.date.sort_key if post.date else _NO_DATE
    title = '' if post.title_derived else post.title
    return _Entry(
        NodeId(post.docname),
        title,
        date,
        title_candidates(title),
        scope='|'.join(sorted(post.authors)),
        declared=post.series.strip(),
        index=post.series_index,
    )


# Choosing among the readings


def _numbered_groups(entries: Sequence[_Entry]) -> dict[_GroupKey, _Group]:
    groups: dict[_GroupKey, _Group] = defaultdict(_Group)
    for entry in entries:
        for part in entry.candidates:
            groups[_group_key(entry, part)].entries.append((entry, part))
    bases = {normalise_title(e.title): e for e in reversed(entries) if e.title}
    believed = {key: _is_believed(key, group, bases) for key, group in groups.items()}
    company = {key: len(group.numbers) for key, group in groups.items()}
    crowded = {key: len(g.entries) > 1.5 * company[key] for key, g in groups.items()}

    def rank(entry: _Entry, place: int) -> tuple[bool, bool, bool, int]:
        part = entry.candidates[place]
        key = _group_key(entry, part)
        has_company = company[key] > 1
        return (part.strong and has_company and not crowded[key], part.strong, has_company, -place)

    chosen: dict[_GroupKey, _Group] = defaultdict(_Group)
    for entry in entries:
        places = [i for i, part in enumerate(entry.candidates) if believed[_group_key(entry, part)]]
        if places:
            entry.chosen = entry.candidates[max(places, key=lambda i: rank(entry, i))]
            chosen[_group_key(entry, entry.chosen)].entries.append((entry, entry.chosen))
    kept = {key: group for key, group in chosen.items() if _is_believed(key, group, bases)}
    _add_first_parts(kept, bases)
    _join_continued(kept)
    return kept


def _group_key(entry: _Entry, part: SeriesPart) -> _GroupKey:
    return (part.key, part.counter, '' if part.key else entry.scope)


def _is_believed(key: _GroupKey, group: _Group, bases: dict[str, _Entry]) -> bool:
    """Whether the numbers of a group are part numbers."""
    if any(part.strong for _, part in group.entries):
        return True
    tops = group.tops
    if key[1] == '.':
        return len(group.numbers) > 2 and max(tops) - min(tops) < 2 * len(tops) and min(tops) < 2
    if key[1] == '年':
        # A year in front of a common rest; a year behind it needs more: SPD 2014, SPD 2016.
        first = all(part.head[0] == '' for _, part in group.entries)
        return len(tops) > (1 if first else 2) and max(tops) - min(tops) <= 2 * len(tops)
    if 2 in tops and 1 not in tops and key[0] in bases:
        tops = tops | {1}
    return len(tops) > 1 and min(tops) <= 2 and max(tops) - min(tops) <= 2 * len(tops)


def _add_first_parts(groups: dict[_GroupKey, _Group], bases: dict[str, _Entry]) -> None:
    """A first part is often written before anybody thinks of a second one, so without a number."""
    for key in sorted(groups):
        group = groups[key]
        base = bases.get(key[0])
        if base is None or base.chosen or base.declared or min(group.tops) != 2 or not key[0]:
            continue
        base.chosen = SeriesPart(group.entries[0][1].name, key[0], (1,), '')
        group.entries.append((base, base.chosen))


def _join_continued(groups: dict[_GroupKey, _Group]) -> None:
    """Join a series to what goes on with its count under another name.

    The names begin alike, or the same thing is counted so far that no second
    series would go on exactly there (每周分享第99期, 科技爱好者周刊第100期).
    """
    ends: dict[tuple[int, str], list[_GroupKey]] = defaultdict(list)
    for key, group in groups.items():
        # A part or two may be missing where the name changed.
        for skipped in range(1 + len(group.tops) // 20):
            after = max(group.tops) + skipped + 1
            ends[after, key[0][:_ALIKE]].append(key)
            if key[1] and len(group.tops) > 2:
                ends[after, ''].append(key)
    for key in sorted(groups, key=lambda k: (min(groups[k].tops), k)):
        first = min(groups[key].tops)
        fitting = {
            old
            for start in (key[0][:_ALIKE], '')
            for old in ends.get((first, start), ())
            if old != key and old in groups and _goes_on(old, groups[old], key, groups[key])
        }
        if first > 2 and len(fitting) == 1:
            groups[key].entries.extend(groups.pop(fitting.pop()).entries)


def _goes_on(old_key: _GroupKey, old: _Group, key: _GroupKey, new: _Group) -> bool:
    if old_key[2] != key[2] or not old_key[0] or not key[0]:
        return False
    a, b = sorted((old_key[0], key[0]), key=len)
    if b.startswith(a) and len(a) >= (_ALIKE if has_cjk(a) else 8):
        return True
    return key[1] == old_key[1] != '' and min(new.tops) >= 10 and len(old.tops) > 2 and len(new.tops) > 2


# Building the records


def _declared_series(declared: Sequence[_Entry], numbered: dict[_GroupKey, _Group]) -> list[SeriesGroup]:
    by_key: dict[str, list[_Entry]] = defaultdict(list)
    stems: dict[str, set[str]] = defaultdict(set)
    for entry in declared:
        key = series_key(entry.declared)
        by_key[key].append(entry)
        for part in entry.candidates[:1]:
            if part.strong and part.key:
                stems[part.key].add(key)
    out = []
    for key, entries in sorted(by_key.items()):
        names = {key} | {stem for stem, keys in stems.items() if keys == {key}}
        group = _Group()
        plain: list[_Entry] = []
        for entry in entries:
            own = _part_of_declared(entry, names)
            if entry.index is not None and (own is None or own.number[0] != entry.index):
                head = own.head if own else ('', '')
                own = SeriesPart(entry.declared, key, (entry.index,), str(entry.index), head=head)
            if own is None:
                plain.append(entry)
            else:
                group.entries.append((entry, own))
        for other in sorted(numbered):
            if other[0] in names:
                # Part 1: … by the same hand is the series that the others declare.
                group.entries.extend(numbered.pop(other).entries)
        built = _series_of(group, plain)
        spellings = Counter(e.declared for e in entries)
        name = min(spellings, key=lambda n: (-spellings[n], n))
        series = Series(key, name, built.series.members, built.series.gaps, declared=True)
        out.append(SeriesGroup(series, frozenset(names), built.parts))
    return out


def _part_of_declared(entry: _Entry, names: set[str]) -> SeriesPart | None:
    for part in entry.candidates:
        if part.key in names:
            return part
    first = entry.candidates[0] if entry.candidates else None
    return first if first and first.strong else None


def _series_of(group: _Group, plain: Sequence[_Entry] = ()) -> SeriesGroup:
    """Put the members in order and name the series as most of them do."""
    without_middle = _levels_without_middle(group)
    rows = []
    for entry, part in group.entries:
        number = part.number
        if part.halves and number[-1] == 3 and number[:-1] in without_middle:
            number = (*number[:-1], 2)
        rows.append((number, entry.date, entry.id, part.label))
    rows += [((), e.date, e.id, '') for e in plain]
    rows.sort(key=lambda row: (row[0] or _UNKNOWN_PLACE, row[1], row[2]))
    members = tuple(SeriesMember(id_, number, label) for number, _, id_, label in rows)
    tops = sorted({number[0] for number, _, _, _ in rows if number})
    # Whoever writes a part 7 wrote, or meant, six before it; a year or an issue number tells no such thing.
    start = [0] if tops and tops[0] <= _MOST_PARTS_BEFORE else []
    gaps = tuple(n for a, b in pairwise(start + tops) for n in range(a + 1, b))
    if any(len(part.number) > 1 and part.counter == '.' for _, part in group.entries):
        gaps = ()  # 1.2 and 3.1 count stages, not parts
    parts = [part for _, part in group.entries]
    keys = frozenset(part.key for part in parts if part.key)
    names = Counter(part.name or part.counter.capitalize() for part in parts)
    name = min(names, key=lambda n: (-names[n], n)) if names else ''
    key = series_key(name)
    return SeriesGroup(
        Series(key, name, members, gaps), keys | {key}, {entry.id: part for entry, part in group.entries}
    )


def _levels_without_middle(group: _Group) -> set[tuple[int, ...]]:
    """Where only 上 and 下 are counted, 下 is the second one."""
    middles = {p.number[:-1] for _, p in group.entries if p.halves and p.number[-1] == 2}
    return {p.number[:-1] for _, p in group.entries if p.halves} - middles


def _with_unique_keys(groups: list[SeriesGroup]) -> tuple[SeriesGroup, ...]:
    out: list[SeriesGroup] = []
    used: set[str] = set()
    for group in sorted(groups, key=lambda g: (g.series.key, not g.series.declared, g.series.members[0].id)):
        key = public_series_key(group.series.name) if group.series.key else 'series'
        unique, i = key, 2
        while unique in used:
            unique, i = f'{key}-{i}', i + 1
        used.add(unique)
        s = group.series
        out.append(
            SeriesGroup(Series(unique, s.name, s.members, s.gaps, s.declared), group.keys, group.parts)
        )
    return tuple(sorted(out, key=lambda g: g.series.key))
