r"""Search for formulas: the same, those that contain it, both with other letters, similar ones.

Exact keys find candidates first, and the formulas themselves are compared; the
fuzzy layer (:mod:`~.similar`) only fills the rest. A query with wildcards
(:mod:`~.patterns`) is answered by what has its form. A search reads the files
of an index (:mod:`~.index`) one by one, as it needs them; the script of the
formula page does the same steps on the same files.
"""

from __future__ import annotations

import functools
import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sphinxext_blog.formulas.analysis import KEY_VERSION, analyse, hash_of
from sphinxext_blog.formulas.catalogue import Place
from sphinxext_blog.formulas.index import (
    INDEX_VERSION,
    MOST_WORDS,
    RECORDS,
    build_index,
    characters,
    from_differences,
)
from sphinxext_blog.formulas.macros import NO_MACROS, Macros
from sphinxext_blog.formulas.matching import best_matches
from sphinxext_blog.formulas.patterns import constant_runs, read_pattern
from sphinxext_blog.formulas.similar import likeness, skeleton, stretches
from sphinxext_blog.formulas.spelling import latex_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinxext_blog.formulas.matching import MatchKind
    from sphinxext_blog.formulas.model import Formula, Unit
    from sphinxext_blog.formulas.patterns import Pattern

__all__ = ['FormulaSearch', 'Group', 'GroupKind', 'Hit', 'said_in']

GroupKind = Literal['pattern', 'same', 'contains', 'renamed', 'contains-renamed', 'similar']

_GROUPS: Final[tuple[tuple[GroupKind, int, int], ...]] = (
    ('same', 1, 2),
    ('contains', 4, 5),
    ('renamed', 3, 3),
    ('contains-renamed', 6, 6),
)
"""Groups with the first and the last of the levels that they hold."""
_SIDE: Final = 3
"""A side is equal on a level higher by this."""
_MOST_TRIED: Final = 120
"""Candidates of one key that are compared with the query, the most important ones."""
_RANKED: Final = 60
"""Candidates that are aligned with the query."""
_LEAST_LIKE: Final = 0.4
_MOST_EQUATIONS: Final = 8
"""Equations of a query that are looked for, the largest."""
_MOST_COMPARED: Final = 2_000
"""Formulas that are compared with a pattern, the smallest ones."""
_DELIMITERS: Final = ((r'\[', r'\]'), (r'\(', r'\)'), ('$$', '$$'), ('$', '$'))
_KIND_SCORES: Final[dict[MatchKind, float]] = {'whole': 1.0, 'side': 0.9, 'part': 0.8}
_PART_SCORE: Final = 0.9
_SMALLEST: Final = 3
"""A smaller query is only looked for as it is."""


class Hit(NamedTuple):
    """One formula that was found."""

    latex: str
    display: bool
    places: tuple[Place, ...]
    """Where it stands, sorted by docname."""
    score: float
    """In (0, 1]; 1 for an exact match."""
    binding: tuple[tuple[str, str], ...] = ()
    """Wildcards of the query, each with LaTeX of what it stands for here."""


class Group(NamedTuple):
    """Formulas found in one way, best first."""

    kind: GroupKind
    hits: tuple[Hit, ...]


class _Entry:
    """An entry of the index with what its formula says."""

    def __init__(self, record: Sequence[Any]) -> None:
        latex, display, places = record
        self.latex: str = latex
        self.display = bool(display)
        self.places = tuple(Place(*(*place, *('',) * (4 - len(place)))) for place in places)

    @functools.cached_property
    def _units(self) -> list[tuple[int, Unit]]:
        analysis = analyse(self.latex)
        return [(0, unit) for unit in analysis.equations] + [(_SIDE, unit) for unit in analysis.sides]

    @functools.cached_property
    def extent(self) -> int:
        """How much it says: its words, and each word once more, as another symbol is more than one again."""
        words = [word for shift, unit in self._units if not shift for word in skeleton(unit.canonical[1])]
        return len(words) + len(set(words))

    def level(self, units: Sequence[Unit]) -> int:
        """On which level it holds each of some units: 1 to 3 as equations, 4 to 6 as sides; 0: it doesn't.

        Of several units the weakest level counts, and no equation or side of it stands for two of them.
        """
        return _weakest([[_level(unit, *mine) for mine in self._units] for unit in units])


def _level(unit: Unit, shift: int, mine: Unit) -> int:
    """On which level a formula holds a unit in one of its own; 0: it doesn't."""
    worst = 2 if unit.size < _SMALLEST else 2 * _SIDE
    for level, (one, other) in enumerate(zip(unit.canonical, mine.canonical, strict=True), 1 + shift):
        if one == other:
            return level if level <= worst else 0
    return 0


def _weakest(levels: Sequence[Sequence[int]]) -> int:
    """The least level up to which each row finds a column of its own, 0 for none: Kuhn's augmenting paths."""
    for worst in sorted({level for row in levels for level in row if level}):
        rows: dict[int, int] = {}

        def finds(row: int, seen: set[int], worst: int = worst, rows: dict[int, int] = rows) -> bool:
            """Whether a row gets a column, those that have one moving to another where they can."""
            for column, level in enumerate(levels[row]):
                if 0 < level <= worst and column not in seen:
                    seen.add(column)
                    if column not in rows or finds(rows[column], seen):
                        rows[column] = row
                        return True
            return False

        if all(finds(row, set()) for row in range(len(levels))):
            return worst
    return 0


class FormulaSearch:
    """Searches one index."""

    def __init__(self, read: Callable[[str], Any]) -> None:
        """Open an index.

        :param read: gives the content of a file of the index, ``None`` for one that there is not.
        :raises ValueError: when the index is of another version.
        """
        self._read = read
        about = read('index')
        if not isinstance(about, dict) or (about.get('version'), about.get('keys')) != (
            INDEX_VERSION,
            KEY_VERSION,
        ):
            raise ValueError('the index of formulas was made by another version of sphinxext_blog')
        self._about = about
        self._several: dict[int, int] = dict(about['several'])
        self._entries: dict[int, _Entry] = {}
        self._where: Callable[[Place], bool] | None = None
        self._texts: _Texts | None = None

    @classmethod
    def of(cls, formulas: Iterable[Formula]) -> FormulaSearch:
        """A search of formulas in memory; see :func:`~.index.build_index`."""
        return cls(build_index(formulas).get)

    def search(
        self,
        latex: str,
        limit: int = 20,
        macros: Macros = NO_MACROS,
        where: Callable[[Place], bool] | None = None,
    ) -> tuple[Group, ...]:
        """Find formulas.

        :param latex: the formula looked for; of several equations all are.
        :param limit: number of formulas in all groups together.
        :param macros: those that the query may use.
        :param where: which places count; all by default.
        :return: the groups that are not empty: ``same`` (form N1, then N2),
            ``contains`` (it is a side there, then: it stands there), ``renamed`` (N3),
            ``contains-renamed``, ``similar``; for a query with wildcards only
            ``pattern``. A formula is in one group only.
        :raises ValueError: when a file of the index is missing or damaged.
        """
        self._where = where
        latex = _undelimited(latex)
        pattern = read_pattern(latex, macros)
        if pattern.names:
            hits = self._matching(pattern, limit)
            return (Group('pattern', hits),) if hits else ()
        distinct = {unit.canonical: unit for unit in analyse(latex, macros).equations if unit.size}.values()
        units = sorted(distinct, key=lambda unit: -unit.size)[:_MOST_EQUATIONS]
        if not units:
            return ()
        left = limit
        groups: dict[GroupKind, tuple[Hit, ...]] = {}
        exact = self._exact(units)
        for kind, first, last in _GROUPS:
            found = [n for n, level in exact.items() if first <= level <= last and self._places(n)]
            found.sort(key=lambda number: (exact[number], *self._rank(number, units)))
            groups[kind] = tuple(self._hit(number, 1.0) for number in found[: max(0, left)])
            left -= len(groups[kind])
        known = set(exact)
        if left > 0:
            parts = self._parts(units, known, left)
            groups['contains'] += tuple(self._hit(number, _PART_SCORE) for number in parts)
            left -= len(parts)
            known.update(parts)
        if left > 0 and sum(unit.size for unit in units) >= _SMALLEST:
            groups['similar'] = self._similar(units, known, left)
        return tuple(Group(kind, hits) for kind, hits in groups.items() if hits)

    def _places(self, number: int) -> tuple[Place, ...]:
        """The places of an entry that count."""
        places = self._entry(number).places
        return places if self._where is None else tuple(filter(self._where, places))

    def _hit(self, number: int, score: float) -> Hit:
        entry = self._entry(number)
        return Hit(entry.latex, entry.display, self._places(number), score)

    def _rank(self, number: int, units: Sequence[Unit]) -> tuple[int, int, int, int]:
        """The order of formulas that are equally like a query: what has least beside it comes first."""
        surplus = abs(self._several.get(number, 1) - len(units))
        entry = self._entry(number)
        return surplus, entry.extent, len(entry.latex), number

    def _entry(self, number: int) -> _Entry:
        if number not in self._entries:
            records = self._file(f'records-{number // RECORDS}')
            self._entries[number] = _Entry(records[number % RECORDS])
        return self._entries[number]

    def _file(self, name: str) -> Any:
        content = self._read(name)
        if content is None:
            raise ValueError(f'{name} of the index of formulas is missing')
        return content

    def _exact(self, units: Sequence[Unit]) -> dict[int, int]:
        """Entries that hold all units, with the weakest level on which they hold one."""
        known: dict[int, None] | None = None
        for unit in units:
            digest = hash_of(unit.canonical[2])
            file = self._file(f'keys-{digest[:2]}') if digest[:2] in self._about['shards'] else {}
            numbers: dict[int, None] = {}
            for kind in 'es' if unit.size >= _SMALLEST else 'e':
                for number in from_differences(file.get(kind + digest[2:8], ()))[:_MOST_TRIED]:
                    if known is None or number in known:
                        numbers[number] = None
            known = numbers
        levels = {number: self._entry(number).level(units) for number in known or ()}
        return {number: level for number, level in levels.items() if level}

    def _parts(self, units: Sequence[Unit], known: set[int], limit: int) -> list[int]:
        """Entries that hold the very words of the query somewhere in a row, the smallest first."""
        runs = [[unit.canonical[1].split(' ')] for unit in units]
        found = (n for n in self._loaded_texts().holding(runs, 0, self._about['entries']) if n not in known)
        wanted = (number for number in found if self._where is None or self._places(number))
        return list(islice(wanted, limit))

    def _similar(self, units: Sequence[Unit], known: Iterable[int], limit: int) -> tuple[Hit, ...]:
        total = sum(unit.size for unit in units)
        passed = set(known)
        scores: defaultdict[int, float] = defaultdict(float)
        texts = self._loaded_texts()
        for unit in units:
            words = skeleton(' '.join(unit.canonical[1].split(' ')[:MOST_WORDS]))
            found: dict[int, float] = {}
            for equation in texts.candidates(words):
                number = texts.entries[equation]
                if number not in passed and self._places(number):
                    score = likeness(words, texts.words_of(equation))
                    if score >= _LEAST_LIKE:
                        found[number] = max(score, found.get(number, 0.0))
            for number, score in found.items():
                scores[number] += score * unit.size / total
        best = sorted(scores, key=lambda number: (-scores[number], *self._rank(number, units)))[:limit]
        return tuple(self._hit(number, scores[number]) for number in best)

    def _matching(self, pattern: Pattern, limit: int) -> tuple[Hit, ...]:
        """Formulas of the form of a pattern: whole equations, sides, parts; of each the smaller first."""
        runs = constant_runs(pattern)
        if not any(runs):
            return ()  # too general
        texts = self._loaded_texts()
        numbers = texts.holding(runs, len(pattern.words), _MOST_COMPARED)
        known = (
            (number, texts.of(number)) for number in numbers if self._where is None or self._places(number)
        )
        return tuple(
            self._hit(number, _KIND_SCORES[match.kind])._replace(
                binding=tuple((name, latex_of(text)) for name, text in match.binding)
            )
            for number, match in best_matches(pattern, known, limit)
        )

    def _loaded_texts(self) -> _Texts:
        if self._texts is None:
            words = self._file('words')
            files = [self._file(f'texts-{n}') for n in range(self._about['texts'])]
            holders = [n for n in range(self._about['entries']) for _ in range(self._several.get(n, 1))]
            texts = [text for file in files for text in file]
            if len(texts) != len(holders):
                raise ValueError('the texts of the index of formulas are damaged')
            self._texts = _Texts(words, texts, holders)
        return self._texts


class _Texts:
    """The texts of all equations in memory, and the stretches that find them."""

    def __init__(self, words: Sequence[str], texts: Sequence[str], entries: Sequence[int]) -> None:
        self.entries = entries
        """The entry of each equation."""
        self._word = dict(zip(characters(), words, strict=False))
        self._texts = texts

    @functools.cached_property
    def _holders(self) -> tuple[dict[str, list[int]], list[int]]:
        """The equations that hold each stretch; how many words each has."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        lengths: list[int] = []
        for number in range(len(self._texts)):
            known = self.words_of(number)
            lengths.append(len(known))
            for stretch in set(stretches(known)):
                holders[stretch].append(number)
        return holders, lengths

    @functools.cached_property
    def _by_size(self) -> list[tuple[int, int]]:
        """How many words each entry has, and its number."""
        sizes: Counter[int] = Counter()
        for entry, text in zip(self.entries, self._texts, strict=True):
            sizes[entry] += len(text)
        return sorted((size, entry) for entry, size in sizes.items())

    def holding(self, runs: Sequence[Sequence[Sequence[str]]], least: int, most: int) -> list[int]:
        """The smallest entries that hold the runs of each equation of a pattern, in as many of theirs.

        :param least: how many words they have at least, the end of an equation being one.
        :param most: how many are wanted.
        """
        character = {word: character for character, word in self._word.items()}
        coded = [[''.join(character.get(word, '"') for word in run) for run in equation] for equation in runs]
        found = (
            entry
            for size, entry in self._by_size
            if size + len(texts := self._coded(entry)) >= least and _all_hold(texts, coded)
        )
        return list(islice(found, most))

    def of(self, entry: int) -> list[str]:
        """The texts N2 of the equations of an entry."""
        return [' '.join(map(self._word.__getitem__, text)) for text in self._coded(entry)]

    def _coded(self, entry: int) -> Sequence[str]:
        first = bisect_left(self.entries, entry)
        last = bisect_right(self.entries, entry)
        return self._texts[first:last]

    def words_of(self, equation: int) -> tuple[str, ...]:
        """The words of an equation that carry meaning."""
        return skeleton(' '.join(map(self._word.__getitem__, self._texts[equation])))

    def candidates(self, words: Sequence[str]) -> list[int]:
        """Equations that share rare stretches with a query, the most promising first."""
        # Whole numbers add up to the same in any order, here as in the browser.
        known, lengths = self._holders
        sums: defaultdict[int, int] = defaultdict(int)
        for stretch in set(stretches(words)):
            holders = known.get(stretch, ())
            rarity = int(1024 * math.log(1 + len(self.entries) / len(holders)) + 0.5) if holders else 0
            for number in holders:
                sums[number] += rarity
        scores = {number: total / math.sqrt(8 + lengths[number]) for number, total in sums.items()}
        return sorted(scores, key=lambda number: (-scores[number], number))[:_RANKED]


def _all_hold(texts: Sequence[str], runs: Sequence[Sequence[str]]) -> bool:
    """Whether as many texts in the same order hold these runs."""
    done = 0
    for text in texts:
        if done < len(runs) and _holds(text, runs[done]):
            done += 1
    return done == len(runs)


def _holds(text: str, runs: Sequence[str]) -> bool:
    """Whether all runs stand in a text, one behind the other."""
    start = 0
    for run in runs:
        start = text.find(run, start)
        if start < 0:
            return False
        start += len(run)
    return True


def _undelimited(latex: str) -> str:
    """A formula without the marks that stand around it in a text."""
    latex = latex.strip()
    for first, last in _DELIMITERS:
        if latex.startswith(first) and latex.endswith(last) and len(latex) > len(first) + len(last):
            return latex[len(first) : -len(last)]
    return latex


def said_in(words: str, texts: Mapping[str, str]) -> Callable[[Place], bool] | None:
    """Which places are in posts or sections that say all of some words.

    :param words: parted by white space; upper and lower case are alike.
    :param texts: what is known of each post by docname: its title, tags, series.
    :return: for :meth:`FormulaSearch.search`; ``None`` when there are no words.
    """
    wanted = _folded(words).split()
    if not wanted:
        return None
    folded = {name: _folded(text) for name, text in texts.items()}

    def says(place: Place) -> bool:
        text = f'{folded.get(place.docname, "")} {_folded(place.section)}'
        return all(word in text for word in wanted)

    return says


def _folded(text: str) -> str:
    return unicodedata.normalize('NFKC', text).lower()
