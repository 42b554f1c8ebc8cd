r"""Posts that share mathematics.

Two posts share a formula when a unit (an equation, or a side of one) has the
same key in both. Each shared unit counts once, on its strongest level. Its
score is

    level factor x effective size x ln((N + c) / df) / ln((N + c) / 2)

with *N* posts of which *df* hold the key; the last factor is the rarity, 1
where only these two hold it, so that one threshold serves a blog of twenty
posts and one of two thousand. The score of a pair is the sum of its five best.
"""

from __future__ import annotations

import math
from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.formulas.analysis import analyse, keys_of
from sphinxext_blog.formulas.model import Formula, Level, SharedFormula, SharedKey

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from sphinxext_blog.records import DocName

__all__ = ['MIN_SCORE', 'shared_formulas']

MIN_SCORE: Final = 12.0
"""Effective symbols, weighed by level and rarity, from which two posts are said to share mathematics."""

_FACTORS: Final[dict[Level, float]] = {1: 1.0, 2: 0.9, 3: 0.6}
_SIDE_FACTOR: Final = 0.8
"""A side without its equation says a little less."""
_BEST: Final = 5
_KEPT: Final = 40
"""Pieces of evidence of one pair that are kept before all but the best are dropped."""
_MOST_POSTS: Final = 60
"""A key in more posts than this says nothing, and would make too many pairs."""
_SMALLEST: Final = 5
_SMALL: Final = 8
"""Smaller units count only while few posts hold them."""
_FEW_POSTS: Final = 3
_SMALLEST_RENAMED: Final = 8
_ALONE_RENAMED: Final = 13
"""Effective size from which a match up to renaming needs no second witness."""
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
        posts a key.
    """
    threshold = MIN_SCORE if min_score is None else min_score
    known = sorted(
        (f if f.keys else replace(f, keys=keys_of(analyse(f.latex))) for f in formulas),
        key=lambda f: (f.docname, not f.display),
    )
    groups = _groups(known)
    found: defaultdict[_Pair, list[_Shared]] = defaultdict(list)
    covered: defaultdict[_Pair, set[str | int]] = defaultdict(set)
    posts = max(posts, len({f.docname for f in known}))
    for equations in (True, False):
        for digest in sorted(groups):
            occurrences = [o for o in groups[digest] if o.equation] if equations else groups[digest]
            for pair, shared in _pairs(digest, occurrences, posts):
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
        for pair, shared in found.items()
        if (best := _best(shared)) and (score := math.fsum(s.score for s in best)) >= threshold
    ]
    return tuple(sorted(result, key=lambda s: (-s.score, s.source, s.target)))


def _best(shared: list[_Shared]) -> list[_Shared]:
    """The five strongest; a match up to renaming must be large or have a second witness."""
    if len(shared) == 1 and shared[0].level == 3 and shared[0].size < _ALONE_RENAMED:
        return []
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


def _pairs(digest: str, occurrences: Sequence[_Occurrence], posts: int) -> Iterator[tuple[_Pair, _Shared]]:
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
        size = members[0].size
        if size < _smallest(level, df):
            continue
        score = _FACTORS[level] * size * _rarity(df, posts)
        for i, one in enumerate(members):
            for other in members[i + 1 :]:
                pair = (one.docname, other.docname)
                if pair not in done:
                    done.add(pair)
                    yield pair, _Shared(score, level, name, size, df, (one.formula, other.formula))


def _smallest(level: Level, df: int) -> int:
    if level == 3:
        return _SMALLEST_RENAMED
    return _SMALLEST if df <= _FEW_POSTS else _SMALL


def _rarity(df: int, posts: int) -> float:
    """1 where two posts hold a key, falling to about 0 where all do."""
    total = posts + _PRIOR_POSTS
    return math.log(total / df) / math.log(total / 2)
