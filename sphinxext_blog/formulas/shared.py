r"""Posts that share mathematics.

Two posts share a formula when a unit (an equation, or a side of one) has the
same key in both. Each shared unit counts once, on its strongest level. Its
score is

    level factor x effective size x (ln((N + c) / df) / ln((N + c) / 2))^2

with *N* posts of which *df* hold the key; the last factor is the rarity, 1
where only these two hold it, so that one threshold serves a blog of twenty
posts and one of two thousand. The score of a pair is the sum of its five best.

A unit that is equal only up to the names of variables says less the more
names differ: ``x_{t+1} = A x_t + C w_{t+1}`` in other letters is any linear
recursion, but with another ``w`` it is still the same model. Each name that
differs costs as much as two symbols, unless an operator binds it.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.formulas.analysis import analyse, hash_of, keys_of
from sphinxext_blog.formulas.model import Formula, Level, SharedFormula, SharedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinxext_blog.records import DocName

__all__ = ['MIN_SCORE', 'shared_formulas']

MIN_SCORE: Final = 7.5
"""Effective symbols, weighed by level and rarity, from which two posts are said to share mathematics."""

_FACTORS: Final[dict[Level, float]] = {1: 1.0, 2: 0.9, 3: 0.8}
_COST_OF_A_NAME: Final = 2
"""Symbols by which a match up to renaming is smaller for each name that differs."""
_BINDING: Final = frozenset(
    'fsum fprod fcoprod fbigcup fbigcap flim fliminf flimsup fmax fmin fsup finf fargmax fargmin'.split()
)
"""Operators whose subscript names a variable that means nothing elsewhere."""
_SIDE_FACTOR: Final = 0.8
"""A side without its equation says a little less."""
_BEST: Final = 5
_KEPT: Final = 40
"""Pieces of evidence of one pair that are kept before all but the best are dropped."""
_MOST_POSTS: Final = 60
"""A key in more posts than this says nothing, and would make too many pairs."""
_SMALLEST: Final = 5
_SMALL: Final = 7
"""Smaller units count only while few posts hold them."""
_FEW_POSTS: Final = 3
_PRIOR_POSTS: Final = 8


class _Occurrence(NamedTuple):
    docname: DocName
    formula: int
    first: str
    second: str
    size: int
    equation: bool


class _Shared(NamedTuple):
    score: float
    level: Level
    hash: str
    size: int
    df: int
    formulas: tuple[int, int]


_Pair = tuple['DocName', 'DocName']


def shared_formulas(
    formulas: Iterable[Formula], posts: int, *, min_score: float | None = None
) -> tuple[SharedFormula, ...]:
    """Find the pairs of posts that share formulas which mean something.

    :param formulas: all math nodes of all posts; one without keys is analysed
        here, without macros.
    :param posts: number of posts of the blog, those without formulas included.
    :param min_score: lowest score of a pair; :data:`MIN_SCORE` when ``None``.
        A lower one gives more pairs and more coincidences.
    :return: the pairs by descending score, then by name. Memory is linear in
        the formulas and the shared keys; time is bounded by :data:`_MOST_POSTS`
        posts a key. Formulas that are equal to others only up to renaming are
        read once more, for their names.
    """
    threshold = MIN_SCORE if min_score is None else min_score
    known = sorted(
        (f if f.keys else replace(f, keys=keys_of(analyse(f.latex))) for f in formulas),
        key=lambda f: (f.docname, not f.display),
    )
    groups = _groups(known)
    names = _Names(known)
    found: defaultdict[_Pair, list[_Shared]] = defaultdict(list)
    covered: defaultdict[_Pair, set[str | int]] = defaultdict(set)
    posts = max(posts, len({f.docname for f in known}))
    for equations in (True, False):
        for digest in sorted(groups):
            occurrences = [o for o in groups[digest] if o.equation] if equations else groups[digest]
            for pair, shared in _pairs(digest, occurrences, posts, names):
                seen = covered[pair]
                if digest in seen:
                    continue
                if len(found[pair]) > _KEPT:
                    found[pair] = _best(found[pair])
                if equations:
                    found[pair].append(shared)
                    seen.update((digest, *shared.formulas))
                elif seen.isdisjoint(shared.formulas):
                    found[pair].append(shared._replace(score=_SIDE_FACTOR * shared.score))
                    seen.add(digest)
    result = [
        SharedFormula(
            *pair,
            score=score,
            evidence=tuple(
                SharedKey(s.level, s.hash, s.size, s.df, s.score, known[s.formulas[0]], known[s.formulas[1]])
                for s in best
            ),
        )
        for pair, best in ((pair, _best(shared)) for pair, shared in found.items())
        if (score := math.fsum(s.score for s in best)) >= threshold
    ]
    return tuple(sorted(result, key=lambda s: (-s.score, s.source, s.target)))


def _best(shared: list[_Shared]) -> list[_Shared]:
    """The five strongest."""
    return sorted(shared, key=lambda s: (-s.score, s.level, s.hash))[:_BEST]


def _groups(formulas: Sequence[Formula]) -> dict[str, list[_Occurrence]]:
    """Occurrences by their key N3, one a post and key N1; only those of two posts and more."""
    groups: defaultdict[str, dict[tuple[DocName, str, bool], _Occurrence]] = defaultdict(dict)
    for n, formula in enumerate(formulas):
        keys = formula.keys
        for first, second, third in zip(keys[::3], keys[1::3], keys[2::3], strict=True):
            if first.size >= _SMALLEST:
                is_equation = first.kind == 'equation'
                groups[third.hash].setdefault(
                    (formula.docname, first.hash, is_equation),
                    _Occurrence(formula.docname, n, first.hash, second.hash, first.size, is_equation),
                )
    return {
        digest: list(group.values())
        for digest, group in groups.items()
        if len({docname for docname, _, _ in group}) > 1
    }


class _Names:
    """The names of variables in the units of formulas, which keys don't tell; read when asked for."""

    def __init__(self, formulas: Sequence[Formula]) -> None:
        self._formulas = formulas
        self._read: dict[int, dict[str, tuple[str, ...]]] = {}

    def differing(self, one: _Occurrence, other: _Occurrence) -> int | None:
        """How many names differ in two units that are equal up to renaming; ``None`` when that is unknown."""
        ours, theirs = self._of(one), self._of(other)
        if ours is None or theirs is None:
            return None
        return sum(mine != yours for mine, yours in zip(ours, theirs, strict=True))

    def _of(self, occurrence: _Occurrence) -> tuple[str, ...] | None:
        n = occurrence.formula
        if n not in self._read:
            analysis = analyse(self._formulas[n].shown)
            texts = [unit.canonical[1] for unit in (*analysis.equations, *analysis.sides)]
            self._read[n] = {hash_of(text): _free_names(text) for text in texts}
        return self._read[n].get(occurrence.second)


def _free_names(text: str) -> tuple[str, ...]:
    r"""The names of variables in a canonical text, in order, but for those that mean nothing elsewhere.

    These are the ``i`` of ``\sum_{i=1}^n`` and the ``x`` of ``dx``, and what
    stands in such bounds alone.
    """
    names: dict[str, None] = {}
    bound: set[str] = set()
    depth = inside = part = 0
    before = ''
    for word in text.split(' '):
        if word[:1].isupper():
            depth += 1
        elif word == ')':
            depth -= 1
            inside = 0 if depth < inside else inside
        elif word in _BINDING and before == 'S(' and not inside:
            inside, part = depth, 0
        elif word == ',' and depth == inside:
            part += 1
        elif word[:1] == 'v':
            if before == 'cd' or (inside and part == 1 and before in {',', 'R(', 'p,'}):
                bound.add(word)
            elif not inside:
                names[word] = None
        before = word
    return tuple(name for name in names if name not in bound)


def _pairs(
    digest: str, occurrences: Sequence[_Occurrence], posts: int, names: _Names
) -> Iterator[tuple[_Pair, _Shared]]:
    """All pairs of posts that share a unit up to renaming, each with its strongest level."""
    done: set[_Pair] = set()
    subgroups: dict[tuple[Level, str], dict[DocName, _Occurrence]] = {}
    for occurrence in occurrences:
        levels: tuple[tuple[Level, str], ...] = ((1, occurrence.first), (2, occurrence.second), (3, digest))
        for key in levels:
            subgroups.setdefault(key, {}).setdefault(occurrence.docname, occurrence)
    for (level, name), holders in sorted(subgroups.items(), key=lambda item: item[0]):
        df = len(holders)
        if not 2 <= df <= _MOST_POSTS:
            continue
        members = list(holders.values())
        smallest = _SMALLEST if df <= _FEW_POSTS else _SMALL
        if members[0].size < smallest:
            continue
        weight = _FACTORS[level] * _rarity(df, posts)
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                pair = (one.docname, other.docname)
                if pair in done:
                    continue
                size = one.size
                if level == 3:
                    differing = names.differing(one, other)
                    if differing is None or (size := size - _COST_OF_A_NAME * differing) < _SMALLEST:
                        continue
                done.add(pair)
                yield pair, _Shared(weight * size, level, name, size, df, (one.formula, other.formula))


def _rarity(df: int, posts: int) -> float:
    """1 where two posts hold a key, falling to about 0 where all do; squared, once for each of the pair."""
    total = posts + _PRIOR_POSTS
    return (math.log(total / df) / math.log(total / 2)) ** 2
