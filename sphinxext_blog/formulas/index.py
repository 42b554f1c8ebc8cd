r"""Search for formulas: the same, those that contain it, both up to renaming, similar ones.

Exact keys answer first; the fuzzy layer (:mod:`~.similar`) only fills the rest.
"""

from __future__ import annotations

import math
from collections import defaultdict
from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sphinxext_blog.formulas.analysis import analyse, hash_of
from sphinxext_blog.formulas.macros import NO_MACROS, Macros
from sphinxext_blog.formulas.similar import likeness, skeleton, stretches

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_blog.formulas.model import Analysis, Formula, Unit

__all__ = ['FormulaIndex', 'Group', 'GroupKind', 'Hit']

GroupKind = Literal['same', 'contains', 'renamed', 'contains-renamed', 'similar']

_EXACT: Final = 1.0
_MOST_POSTINGS: Final = 20_000
"""Postings that one query reads; the rarest stretches come first."""
_RANKED: Final = 60
"""Candidates that are aligned with the query."""
_LEAST_LIKE: Final = 0.3
_MOST_EQUATIONS: Final = 8
"""Equations of a query that the fuzzy layer looks for, the largest."""
_MOST_WORDS: Final = 400
"""Words of a unit that the fuzzy layer reads."""


class Hit(NamedTuple):
    """One formula that was found."""

    formula: Formula
    score: float
    """In (0, 1]; 1 for an exact match."""


class Group(NamedTuple):
    """Formulas found in one way, best first."""

    kind: GroupKind
    hits: tuple[Hit, ...]


class FormulaIndex:
    """All formulas of a blog, to be searched."""

    def __init__(self) -> None:
        self._formulas: list[Formula] = []
        self._lines: list[int] = []
        """Number of equations of each formula."""
        self._keys: defaultdict[str, list[int]] = defaultdict(list)
        """``e1:`` or ``s1:`` (kind and level) and hash -> numbers of formulas."""
        self._numbers: dict[str, int] = {}
        """Canonical text N2 of an equation -> its number."""
        self._words: list[tuple[str, ...]] = []
        self._holders: list[list[int]] = []
        self._postings: defaultdict[str, list[int]] = defaultdict(list)

    def __len__(self) -> int:
        return len(self._formulas)

    def add(self, formula: Formula, macros: Macros = NO_MACROS) -> None:
        """Take in one formula.

        :param macros: those in force where it stands.
        """
        number = len(self._formulas)
        self._formulas.append(formula)
        analysis = analyse(formula.latex, macros)
        self._lines.append(len(analysis.equations))
        for name in sorted(set(_names(analysis))):
            self._keys[name].append(number)
        for unit in analysis.equations:
            text = unit.canonical[1]
            equation = self._numbers.setdefault(text, len(self._words))
            if equation == len(self._words):
                words = skeleton(text)[:_MOST_WORDS]
                self._words.append(words)
                self._holders.append([])
                for stretch in sorted(set(stretches(words))):
                    self._postings[stretch].append(equation)
            if number not in self._holders[equation][-1:]:
                self._holders[equation].append(number)

    def search(self, latex: str, limit: int = 20, macros: Macros = NO_MACROS) -> tuple[Group, ...]:
        """Find formulas.

        :param latex: the formula looked for; of several equations all are.
        :param limit: number of formulas in all groups together.
        :return: the groups that are not empty: ``same`` (form N1, then N2),
            ``contains`` (it is a side there), ``renamed`` (N3),
            ``contains-renamed``, ``similar``. A formula is in one group only.
        """
        analysis = analyse(latex, macros)
        seen: set[int] = set()
        groups: list[Group] = []
        exact: tuple[tuple[GroupKind, tuple[str, ...]], ...] = (
            ('same', ('e1', 'e2')),
            ('contains', ('s1', 's2')),
            ('renamed', ('e3',)),
            ('contains-renamed', ('s3',)),
        )
        for kind, classes in exact:
            hits = self._exact(analysis, classes, seen, limit - len(seen))
            if hits:
                groups.append(Group(kind, hits))
        if len(seen) < limit:
            similar = self._similar(analysis, seen, limit - len(seen))
            if similar:
                groups.append(Group('similar', similar))
        return tuple(groups)

    def _exact(
        self, analysis: Analysis, classes: tuple[str, ...], seen: set[int], limit: int
    ) -> tuple[Hit, ...]:
        hits: list[Hit] = []
        units = {unit.canonical: unit for unit in analysis.equations if unit.size}.values()
        total = sum(unit.size for unit in units)
        for name in classes:
            votes: dict[int, int] = {}
            for unit in units:
                for number in self._keys.get(f'{name}:{hash_of(unit.canonical[int(name[1]) - 1])}', ()):
                    votes[number] = votes.get(number, 0) + unit.size
            for number in sorted(votes, key=lambda n: (-votes[n], *self._rank(n, len(analysis.equations)))):
                if number not in seen and votes[number] == total and len(hits) < limit:
                    seen.add(number)
                    hits.append(Hit(self._formulas[number], _EXACT))
        return tuple(hits)

    def _similar(self, analysis: Analysis, seen: set[int], limit: int) -> tuple[Hit, ...]:
        scores: defaultdict[int, float] = defaultdict(float)
        distinct = {unit.canonical[1]: unit for unit in analysis.equations if unit.size}.values()
        units = sorted(distinct, key=lambda unit: -unit.size)[:_MOST_EQUATIONS]
        total = sum(unit.size for unit in units)
        for unit in units:
            words = skeleton(unit.canonical[1])[:_MOST_WORDS]
            found: dict[int, float] = {}
            for equation in self._candidates(words):
                score = likeness(words, self._words[equation])
                if score >= _LEAST_LIKE:
                    for number in self._holders[equation]:
                        if number not in seen:
                            found[number] = max(score, found.get(number, 0.0))
            for number, score in found.items():
                scores[number] += score * unit.size / total
        lines = len(analysis.equations)
        best = sorted(scores, key=lambda n: (-scores[n], *self._rank(n, lines)))[:limit]
        return tuple(Hit(self._formulas[number], scores[number]) for number in best)

    def _rank(self, number: int, lines: int) -> tuple[int, int, int]:
        """Order of formulas that are equally like a query of so many equations: what has least beside it."""
        return abs(self._lines[number] - lines), len(self._formulas[number].latex), number

    def _candidates(self, words: tuple[str, ...]) -> list[int]:
        """Equations that share rare stretches with the query, the most promising first."""
        total = len(self._words)
        lists = sorted(
            (
                (postings, stretch)
                for stretch in set(stretches(words))
                if (postings := self._postings.get(stretch))
            ),
            key=lambda item: (len(item[0]), item[1]),
        )
        scores: defaultdict[int, float] = defaultdict(float)
        read = 0
        for postings, _ in lists:
            read += len(postings)
            if read > _MOST_POSTINGS and scores:
                break
            idf = math.log(1 + total / len(postings))
            for equation in postings:
                scores[equation] += idf
        for equation in scores:
            scores[equation] /= math.sqrt(8 + len(self._words[equation]))
        return sorted(scores, key=lambda e: (-scores[e], e))[:_RANKED]


def _names(analysis: Analysis) -> Iterator[str]:
    units: list[tuple[str, Unit]] = [('e', unit) for unit in analysis.equations]
    units += [('s', unit) for unit in analysis.sides]
    for kind, unit in units:
        for level, text in enumerate(unit.canonical, 1):
            yield f'{kind}{level}:{hash_of(text)}'
