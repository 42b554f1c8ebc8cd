r"""Search for formulas: the same, those that contain it, both with other letters, similar ones.

Exact keys find candidates first, and the formulas themselves are compared; the
fuzzy layer (:mod:`~.similar`) only fills the rest. A query with wildcards
(:mod:`~.patterns`) is answered by what has its form. A search reads the files
of an index (:mod:`~.index`) one by one, as it needs them; the script of the
formula page does the same steps on the same files.
"""

from __future__ import annotations

import functools
from collections import defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Any, Final, Literal, NamedTuple

from sphinxext_blog.formulas.analysis import KEY_VERSION, analyse, hash_of
from sphinxext_blog.formulas.catalogue import Place
from sphinxext_blog.formulas.index import (
    INDEX_VERSION,
    MOST_WORDS,
    RECORDS,
    SECTIONS,
    build_index,
)
from sphinxext_blog.formulas.levels import SIDE, SMALLEST, level_of, weakest
from sphinxext_blog.formulas.macros import NO_MACROS, Macros
from sphinxext_blog.formulas.matching import best_matches
from sphinxext_blog.formulas.patterns import constant_runs, read_pattern
from sphinxext_blog.formulas.reading import PAIR, letter_runs, with_words
from sphinxext_blog.formulas.similar import likeness, skeleton
from sphinxext_blog.formulas.spelling import bound_latex
from sphinxext_blog.formulas.texts import Texts
from sphinxext_blog.formulas.words import PLACES, are_words, from_differences, places_said

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Mapping, Sequence

    from sphinxext_blog.formulas.matching import MatchKind
    from sphinxext_blog.formulas.model import Analysis, Formula, Unit
    from sphinxext_blog.formulas.patterns import Pattern

__all__ = ['FormulaSearch', 'Group', 'GroupKind', 'Hit']

GroupKind = Literal['pattern', 'same', 'contains', 'renamed', 'contains-renamed', 'said', 'similar']

_GROUPS: Final[tuple[tuple[GroupKind, int, int], ...]] = (
    ('same', 1, 2),
    ('contains', 4, 5),
    ('renamed', 3, 3),
    ('contains-renamed', 6, 6),
)
"""Groups with the first and the last of the levels that they hold."""
"""A side is equal on a level higher by this."""
_MOST_TRIED: Final = 120
"""Candidates of one key that are compared with the query, the most important ones."""
_LEAST_LIKE: Final = 0.4
_MOST_EQUATIONS: Final = 8
"""Equations of a query that are looked for, the largest."""
_MOST_COMPARED: Final = 2_000
"""Formulas that are compared with a pattern, the smallest ones."""
_DELIMITERS: Final = ((r'\[', r'\]'), (r'\(', r'\)'), ('$$', '$$'), ('$', '$'))
_KIND_SCORES: Final[dict[MatchKind, float]] = {'whole': 1.0, 'side': 0.9, 'part': 0.8}
_PART_SCORE: Final = 0.9


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
    read_as: str = ''
    """The query as it was read, where words in it were written without a backslash."""


class _Entry:
    """An entry of the index with what its formula says."""

    def __init__(self, record: Sequence[Any], section: Callable[[int], Sequence[str]]) -> None:
        latex, display, places = record
        self.latex: str = latex
        self.display = bool(display)
        self.places = tuple(_place(place, section) for place in places)

    @functools.cached_property
    def _analysis(self) -> Analysis:
        return analyse(self.latex)

    @functools.cached_property
    def _units(self) -> list[tuple[int, Unit]]:
        analysis = self._analysis
        return [(0, unit) for unit in analysis.equations] + [(SIDE, unit) for unit in analysis.sides]

    @functools.cached_property
    def extent(self) -> int:
        """How much it says: its words, and each word once more, as another symbol is more than one again."""
        words = [word for shift, unit in self._units if not shift for word in skeleton(unit.canonical[1])]
        return len(words) + len(set(words))

    def level(self, units: Sequence[Unit], arrows: tuple[str, ...]) -> int:
        """On which level it holds each of some units: 1 to 3 as equations, 4 to 6 as sides; 0: it doesn't.

        Of several units the weakest level counts, and no equation or side of it stands for two of them.
        With other implications than asked for, it only contains them.
        """
        level = weakest([[level_of(unit, *mine) for mine in self._units] for unit in units])
        differs = arrows and arrows != self._analysis.arrows
        return level + SIDE if differs and 0 < level <= SIDE else level


def _place(place: int | Sequence[Any], section: Callable[[int], Sequence[str]]) -> Place:
    """A place as a record holds it."""
    if isinstance(place, int):
        docname, anchor, heading = section(place)
        return Place(docname, anchor, heading, '')  # type: ignore[arg-type]
    docname, _own, heading = section(place[0])
    return Place(docname, place[1], heading, ''.join(place[2:]))  # type: ignore[arg-type]


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
        self._texts: Texts | None = None

    @classmethod
    def of(cls, formulas: Iterable[Formula], around: Iterable[str] = ()) -> FormulaSearch:
        """A search of formulas in memory; see :func:`~.index.build_index`."""
        return cls(build_index(formulas, around).get)

    def search(
        self,
        latex: str,
        limit: int = 20,
        macros: Macros = NO_MACROS,
        where: Callable[[Place], bool] | None = None,
        texts: Mapping[str, str] | None = None,
    ) -> tuple[Group, ...]:
        """Find formulas.

        :param latex: the formula looked for; of several equations all are. A run
            of three letters that is a word of the formulas is read as this word
            first, one of two where the product of its letters is not found; see
            :mod:`~.reading`.
        :param limit: number of formulas in all groups together.
        :param macros: those that the query may use.
        :param where: which places count; all by default.
        :param texts: what is known of each post by docname. When it is given, words
            in place of a formula are looked for as such too, see :meth:`said`.
        :return: the groups that are not empty: ``same`` (form N1, then N2),
            ``contains`` (it is a side there, then: it stands there), ``renamed`` (N3),
            ``contains-renamed``, ``said``, ``similar``; for a query with wildcards only
            ``pattern``. A formula is in one group only.
        :raises ValueError: when a file of the index is missing or damaged.
        """
        self._where = where
        bare = _undelimited(latex)
        read = with_words(bare, frozenset(self._file('words'))) if letter_runs(bare) else bare
        groups = self._formulas(read, limit, macros)
        if read != bare:
            groups = [group._replace(read_as=read) for group in groups] or self._formulas(bare, limit, macros)
        if all(group.kind == 'similar' for group in groups) and letter_runs(read, PAIR):
            paired = with_words(bare, frozenset(self._file('words')), PAIR)
            found = self._formulas(paired, limit, macros) if paired not in {bare, read} else []
            if any(group.kind != 'similar' for group in found):
                groups = [group._replace(read_as=paired) for group in found]
                read = paired
        if texts is None or not are_words(latex.strip()):
            return tuple(groups)
        similar = groups.pop() if groups and groups[-1].kind == 'similar' else Group('similar', ())
        known = {hit.latex for group in groups for hit in group.hits}
        said = self._said(latex, texts, limit - len(known), known)
        if said:
            groups.append(Group('said', said))
            known.update(hit.latex for hit in said)
        # What is like the product of a word's letters is like nothing that is meant.
        left = [] if letter_runs(read) else [hit for hit in similar.hits if hit.latex not in known]
        left = left[: max(0, limit - len(known))]
        return (*groups, similar._replace(hits=tuple(left))) if left else tuple(groups)

    def said(
        self,
        words: str,
        texts: Mapping[str, str],
        limit: int = 20,
        where: Callable[[Place], bool] | None = None,
    ) -> tuple[Group, ...]:
        """Formulas about which all of some words are said: in their post, their section, around them.

        :param words: parted by white space; upper and lower case are alike.
        :param texts: what is known of each post by docname: its title, tags, series.
        :param limit: number of formulas.
        :param where: which places count; all by default.
        :return: one group, or none.
        :raises ValueError: when a file of the index is missing or damaged.
        """
        self._where = where
        hits = self._said(words, texts, limit, frozenset())
        return (Group('said', hits),) if hits else ()

    def _said(
        self, words: str, texts: Mapping[str, str], limit: int, known: Container[str]
    ) -> tuple[Hit, ...]:
        found: dict[int, tuple[float, list[int]]] = {}
        for code, score in places_said(words, texts, self._about['said'], self._file):
            found.setdefault(code // PLACES, (score, []))[1].append(code % PLACES)
        hits: list[Hit] = []
        for number, (score, numbers) in found.items():
            if len(hits) >= limit:
                break
            entry = self._entry(number)
            places = tuple(entry.places[n] for n in sorted(numbers) if n < len(entry.places))
            places = places if self._where is None else tuple(filter(self._where, places))
            if places and entry.latex not in known:
                hits.append(Hit(entry.latex, entry.display, places, score))
        return tuple(hits)

    def _formulas(self, latex: str, limit: int, macros: Macros) -> list[Group]:
        """Formulas that are what a query says."""
        pattern = read_pattern(latex, macros)
        if pattern.names:
            hits = self._matching(pattern, limit)
            return [Group('pattern', hits)] if hits else []
        analysis = analyse(latex, macros)
        distinct = {unit.canonical: unit for unit in analysis.equations if unit.size}.values()
        units = sorted(distinct, key=lambda unit: -unit.size)[:_MOST_EQUATIONS]
        if not units:
            return []
        left = limit
        groups: dict[GroupKind, tuple[Hit, ...]] = {}
        exact = self._exact(units, analysis.arrows)
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
        if left > 0 and sum(unit.size for unit in units) >= SMALLEST:
            groups['similar'] = self._similar(units, known, left)
        return [Group(kind, hits) for kind, hits in groups.items() if hits]

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
            self._entries[number] = _Entry(records[number % RECORDS], self._section)
        return self._entries[number]

    def _section(self, number: int) -> Sequence[str]:
        """Docname, anchor and heading of a section."""
        return self._file(f'sections-{number // SECTIONS}')[number % SECTIONS]  # type: ignore[no-any-return]

    def _file(self, name: str) -> Any:
        content = self._read(name)
        if content is None:
            raise ValueError(f'{name} of the index of formulas is missing')
        return content

    def _exact(self, units: Sequence[Unit], arrows: tuple[str, ...]) -> dict[int, int]:
        """Entries that hold all units, with the weakest level on which they hold one."""
        known: dict[int, None] | None = None
        for unit in units:
            digest = hash_of(unit.canonical[2])
            file = self._file(f'keys-{digest[:2]}') if digest[:2] in self._about['shards'] else {}
            numbers: dict[int, None] = {}
            for kind in 'es' if unit.size >= SMALLEST else 'e':
                for number in from_differences(file.get(kind + digest[2:6], ()))[:_MOST_TRIED]:
                    if known is None or number in known:
                        numbers[number] = None
            known = numbers
        levels = {number: self._entry(number).level(units, arrows) for number in known or ()}
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
                binding=bound_latex(match, self._entry(number).latex, texts.of(number))
            )
            for number, match in best_matches(pattern, known, limit)
        )

    def _loaded_texts(self) -> Texts:
        if self._texts is None:
            words = self._file('words')
            files = [self._file(f'texts-{n}') for n in range(self._about['texts'])]
            holders = [n for n in range(self._about['entries']) for _ in range(self._several.get(n, 1))]
            texts = [text for file in files for text in file]
            if len(texts) != len(holders):
                raise ValueError('the texts of the index of formulas are damaged')
            self._texts = Texts(words, texts, holders)
        return self._texts


def _undelimited(latex: str) -> str:
    """A formula without the marks that stand around it in a text."""
    latex = latex.strip()
    for first, last in _DELIMITERS:
        if latex.startswith(first) and latex.endswith(last) and len(latex) > len(first) + len(last):
            return latex[len(first) : -len(last)]
    return latex
