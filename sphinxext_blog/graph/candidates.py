"""Which posts may stand beside each other, and how strongly each reason speaks for it.

What all reasons know of a corpus comes together in a :class:`Ranker`;
:func:`candidates` adds it up for many posts at once.
"""

from __future__ import annotations

import json
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.counting import plain
from sphinxext_blog.graph.grounds import Ground, formula_ground, link_grounds, series_ground, tag_ground

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    from sphinxext_blog.formulas import SharedFormula
    from sphinxext_blog.graph.likeness import Near
    from sphinxext_blog.graph.terms import Terms
    from sphinxext_blog.records import DocName, Post, ReasonKind, Resolution
    from sphinxext_blog.remembering import Remembered

__all__ = ['Candidates', 'Content', 'Ranker', 'Wishes', 'candidates', 'fitted_weights', 'make_ranker']

_YEAR = 365.25


@dataclass(frozen=True, slots=True)
class Wishes:
    """What authors want, by post."""

    pinned: Mapping[DocName, Sequence[DocName]] = field(default_factory=dict)
    """First in the list, in this order."""
    banned: Mapping[DocName, Collection[DocName]] = field(default_factory=dict)
    """Neither is in the list of the other."""


@dataclass(frozen=True, slots=True)
class Content:
    """What posts say, measured without their links."""

    posts: Sequence[Post]
    """Sorted by name."""
    terms: Terms
    near: Sequence[Near]
    """Candidates of each post by its words."""


@cache
def fitted_weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The weight of each reason; what being of one year, and being earlier, adds to the sum of all."""
    data = json.loads(resources.files(__package__).joinpath('related_weights.json').read_text('utf-8'))
    return data['weights'], data['time']


@dataclass(frozen=True, slots=True)
class Ranker:
    """All that is needed to make the list of any post."""

    names: Sequence[DocName]
    rows: Sequence[int]
    """The posts whose lists are wanted."""
    count: int
    """Length of a list."""
    terms: Terms
    lengths: Sequence[int]
    """Number of terms of each post."""
    scales: Sequence[float]
    """The cosine that is usual among the nearest of each post."""
    grounds: Sequence[Ground]
    """The reasons, likeness of words the first."""
    weights: Mapping[str, float]
    days: NDArray[np.float64]
    """Day of each post, not a number where it is unknown."""
    time: Mapping[str, float]
    titles: Sequence[str]
    mates: Mapping[int, frozenset[int]]
    """Parts of the same series."""
    pinned: Mapping[int, Sequence[int]]
    banned: Mapping[int, frozenset[int]]
    series_places: int = 0
    """How many of a list may be parts of the post's own series."""
    memory: Remembered[tuple[str, ...]] | None = None
    """The words that pairs were found to share before."""
    words: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    """Of pairs that were asked for once."""


def make_ranker(
    content: Content,
    resolution: Resolution,
    count: int,
    formulas: Iterable[SharedFormula],
    wishes: Wishes,
    factors: Mapping[str, float],
    wanted: Sequence[int],
) -> Ranker:
    """Bring all reasons together; see :func:`~sphinxext_blog.graph.related.rank_related`.

    :param wanted: rows of the posts whose lists are wanted, rising.
    """
    posts = content.posts
    number = {post.docname: row for row, post in enumerate(posts)}
    weights, time = fitted_weights()
    pinned = {
        number[name]: [number[other] for other in dict.fromkeys(others) if other in number and other != name]
        for name, others in wishes.pinned.items()
        if name in number
    }
    pairs = {
        pair
        for name, others in wishes.banned.items()
        for other in others
        if name in number and other in number
        for pair in ((number[name], number[other]), (number[other], number[name]))
    }
    return Ranker(
        names=[post.docname for post in posts],
        rows=wanted,
        count=count,
        terms=content.terms,
        lengths=np.diff(content.terms.weights.indptr).tolist(),
        scales=[near.scale for near in content.near],
        grounds=[
            Ground('text', _likeness(content.near)),
            *link_grounds(posts, resolution, content.near),
            series_ground(posts, resolution),
            formula_ground(posts, formulas),
            tag_ground(posts),
        ],
        weights={kind: weight * factors.get(kind, 1.0) for kind, weight in weights.items()},
        days=np.array([_day(post) for post in posts]),
        time=time,
        titles=[plain(post.title).casefold() for post in posts],
        mates=_mates(number, resolution),
        pinned=pinned,
        banned=_by_first(pairs),
    )


def _likeness(near: Sequence[Near]) -> sparse.csr_matrix:
    ends = np.cumsum([0, *(len(row.columns) for row in near)])
    columns = np.concatenate([row.columns for row in near])
    data = np.concatenate([row.relative for row in near])
    return sparse.csr_matrix((data, columns, ends), shape=(len(near), len(near)))


def _day(post: Post) -> float:
    date = post.date
    if date is None or date.year is None:
        return float('nan')
    return date.year * _YEAR + ((date.month or 7) - 1) * _YEAR / 12 + (date.day or 15)


def _mates(number: Mapping[DocName, int], resolution: Resolution) -> dict[int, frozenset[int]]:
    known: dict[str, int] = {str(name): row for name, row in number.items()}
    mates: dict[int, set[int]] = {}
    for series in resolution.series:
        parts = {known[member.id] for member in series.members if member.id in known}
        for part in parts:
            mates.setdefault(part, set()).update(parts)
    return {row: frozenset(own - {row}) for row, own in mates.items()}


def _by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one, two in pairs:
        found.setdefault(one, set()).add(two)
    return {one: frozenset(others) for one, others in found.items()}


@dataclass(frozen=True, slots=True)
class Candidates:
    """All posts that any reason speaks for, of some posts."""

    rows: NDArray[np.int64]
    """Rising."""
    columns: NDArray[np.int64]
    """Rising within a row."""
    strengths: Mapping[ReasonKind, NDArray[np.float64]]
    """By reason; 0 where it says nothing."""
    timely: NDArray[np.float64]


def candidates(ranker: Ranker, rows: Sequence[int]) -> Candidates:
    """Everything that speaks for some post beside each of the rows.

    :param rows: rising.
    """
    count = len(ranker.names)
    wanted = np.array(rows, dtype=np.int64)
    parts = {}
    for ground in ranker.grounds:
        if ranker.weights[ground.kind] > 0:
            own = ground.strength[wanted].tocsr()
            own.sort_indices()
            row = np.repeat(np.arange(len(wanted)), np.diff(own.indptr))
            parts[ground.kind] = row * count + own.indices, own.data
    cells = np.sort(np.concatenate([np.zeros(0, dtype=np.int64), *(cell for cell, _ in parts.values())]))
    cells = cells[np.concatenate([[True], cells[1:] != cells[:-1]])[: len(cells)]]
    strengths: dict[ReasonKind, NDArray[np.float64]] = {kind: np.zeros(len(cells)) for kind in parts}
    for kind, (own, strength) in parts.items():
        strengths[kind][np.searchsorted(cells, own)] = strength
    place, columns = np.divmod(cells, count)
    rows_of = wanted[place]
    return Candidates(rows_of, columns, strengths, _timeliness(ranker, rows_of, columns))


def _timeliness(ranker: Ranker, rows: NDArray[np.int64], columns: NDArray[np.int64]) -> NDArray[np.float64]:
    """What was written within a year belongs together a little more, and so does what came before:
    a post builds on it, and what builds on the post is told by its citations.
    """
    ahead = ranker.days[rows] - ranker.days[columns]
    near = np.nan_to_num(np.exp(-np.abs(ahead) / _YEAR))
    return np.asarray((1 + ranker.time['near'] * near) * (1 + ranker.time['earlier'] * (ahead > 0)))
