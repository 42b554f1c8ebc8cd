"""How much the words of posts have in common: the candidates of each post, and their likeness.

Two measures, each relative to what is usual for the post itself, so that a
long post and a short one can be told which of their neighbours are near:

- the cosine of their terms, and of the heaviest ones alone;
- how much one post speaks of what the title of the other one names: the
  saturated counts (as in BM25, Robertson and Walker 1994) of the title's terms.

Nothing here is quadratic. Candidates come from an inverted index that holds of
each post only the heaviest terms and of each term only the posts in which it
weighs most (impact-ordered, pruned postings; Carmel et al. 2001); only they are
measured with all their terms. Each row is computed by itself, so that blocks
of rows can be spread over processes, with the same result to the last bit.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.terms import heaviest, inverse_frequency, plain_rarity

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from sphinxext_blog.graph.memory import Measured
    from sphinxext_blog.graph.terms import Terms
    from sphinxext_blog.remembering import Remembered

    Floats = NDArray[np.float64]

__all__ = ['Likeness', 'Near', 'make_likeness']

LEAST_COSINE = 0.015
LEAST_SCALE = 0.15
"""Cosine with its nearest posts that a post is credited with at least: those of a lonely one stay far."""
LEAST_TOLD = 0.3
"""The same of what it says about the titles of others."""
TITLE = 0.2
"""What speaking of the title counts beside the cosine."""

HEAVY = 0.25
"""Share of the heaviest terms alone: in long posts the many light ones may be there by chance."""

_CANDIDATES = 60
_BY_TITLE = 20
_SEARCHED = 250
"""Terms of a post that find candidates."""
_POSTINGS = 100
_TITLE_POSTINGS = 100
"""Posts that a term leads to at most."""
_MEASURED = 10_000
"""Terms of a post that likeness is measured with."""
_USUAL = 5
"""What is usual for a post is the mean over so many of its nearest."""
_SATURATION = 2.0
_FEW_ENTRIES = 4000
_POWER = 0.6
"""Exponent of counts."""


@dataclass(frozen=True, slots=True)
class Near:
    """The candidates of one post by its words."""

    columns: NDArray[np.int64]
    """Rising."""
    relative: Floats
    """Likeness; about 1 for the nearest posts."""
    cosines: Floats
    scale: float
    """The cosine that is usual among the nearest."""


@dataclass(frozen=True, slots=True)
class Likeness:
    """What is needed to measure the posts of any row."""

    full: sparse.csr_matrix
    """Terms, rows of length 1."""
    told: sparse.csr_matrix
    """Terms of the text without its title, saturated."""
    titles: sparse.csr_matrix
    """Terms of titles, rows of length 1."""
    searched: sparse.csr_matrix
    """The heaviest terms alone, rows of length 1."""
    postings: sparse.csr_matrix
    title_postings: sparse.csr_matrix
    states: Sequence[bytes] = ()
    """For each row a digest of all that its terms and weights depend on."""

    def near(self, rows: range, memory: Remembered[Measured] | None = None) -> list[Near]:
        """The candidates of each of the rows.

        :param memory: what was found before; the states of the rows are needed then.
        """
        by_terms = (self.searched[rows.start : rows.stop] @ self.postings).tocsr()
        by_title = (self.told[rows.start : rows.stop] @ self.title_postings).tocsr()
        scratch = np.zeros(self.full.shape[1], dtype=np.float32)
        found = []
        for at, row in enumerate(rows):
            candidates = np.union1d(_best(by_terms, at, _CANDIDATES), _best(by_title, at, _BY_TITLE))
            candidates = candidates[candidates != row].astype(np.int64)
            if memory is None:
                measured = self._measured(row, candidates, scratch)
            else:
                states = [self.states[row], *(self.states[other] for other in candidates.tolist())]
                measured = memory.of(
                    b''.join(states),
                    lambda row=row, c=candidates: self._measured(row, c, scratch),  # type: ignore[misc]
                )
            near, relative, cosines, scale = measured
            found.append(Near(candidates[near], relative, cosines, scale))
        return found

    def _measured(self, row: int, candidates: NDArray[np.int64], scratch: NDArray[np.float32]) -> Measured:
        """Which candidates are near enough, how near they are, and the cosine that is usual."""
        cosines = np.minimum(_products(self.full, row, self.full, candidates, scratch), 1.0)
        told = _products(self.told, row, self.titles, candidates, scratch)
        scale = max(_usual(cosines), LEAST_SCALE)
        heavy = _products(self.searched, row, self.searched, candidates, scratch)
        shares = (1 - HEAVY) * cosines / scale + HEAVY * heavy / max(_usual(heavy), LEAST_SCALE)
        relative = shares + TITLE * told / max(_usual(told), LEAST_TOLD)
        near = cosines >= LEAST_COSINE
        return near, relative[near], cosines[near], scale


def make_likeness(terms: Terms, title: int, *, states: bool = False) -> Likeness:
    """Prepare the terms of a corpus, with those of its titles.

    :param title: how many times the title was put before the text of each post:
        what a post *says* of a title is counted without its own.
    :param states: whether what is found shall be remembered.
    """
    rarity = inverse_frequency(terms.spread, terms.posts)
    weights = terms.counts.copy()
    weights.data = (weights.data**_POWER * rarity[weights.indices]).astype(np.float32)
    full = heaviest(weights, _MEASURED).astype(np.float32)
    simple = plain_rarity(terms.spread, terms.posts)
    told = (terms.counts - title * terms.titles).tocsr()
    told.data = told.data.clip(0)
    told.eliminate_zeros()
    told.data = (told.data / (told.data + _SATURATION) * simple[told.indices]).astype(np.float32)
    titles = terms.titles.copy()
    length = np.repeat(np.maximum(terms.title_lengths, 1e-9), np.diff(titles.indptr))
    titles.data = (simple[titles.indices] / length).astype(np.float32)
    searched = heaviest(weights, _SEARCHED).astype(np.float32)
    # Most entries are of few columns: with these side by side, what is looked up is near at hand.
    number = np.empty(len(terms.spread), dtype=np.int32)
    number[np.argsort(-terms.spread, kind='stable')] = np.arange(len(number), dtype=np.int32)
    full, told, titles, searched = (_renumbered(rows, number) for rows in (full, told, titles, searched))
    return Likeness(
        full,
        told,
        titles,
        searched,
        _postings(searched, _POSTINGS),
        _postings(titles, _TITLE_POSTINGS),
        terms.weighed if states else (),
    )


def _renumbered(rows: sparse.csr_matrix, number: NDArray[np.int32]) -> sparse.csr_matrix:
    """The same rows with other columns, their entries in the same order: so sums stay the same, too."""
    return sparse.csr_matrix((rows.data, number[rows.indices], rows.indptr), shape=rows.shape)


def _postings(rows: sparse.csr_matrix, longest: int) -> sparse.csr_matrix:
    """Term -> posts, each term with the posts in which it weighs most; ties go to the lower post."""
    postings = rows.T.tocsr()
    postings.sort_indices()
    lengths = np.diff(postings.indptr)
    if lengths.max(initial=0) <= longest:
        return postings
    term = np.repeat(np.arange(len(lengths)), lengths)
    order = np.lexsort((-postings.data, term))
    order = np.sort(order[np.arange(len(order)) - postings.indptr[term] < longest])
    ends = np.concatenate([[0], np.cumsum(np.minimum(lengths, longest))])
    return sparse.csr_matrix((postings.data[order], postings.indices[order], ends), shape=postings.shape)


def _best(scores: sparse.csr_matrix, row: int, count: int) -> NDArray[np.int32]:
    """The columns with the largest scores of a row, and itself; ties go to the lower column."""
    part = slice(scores.indptr[row], scores.indptr[row + 1])
    column, score = scores.indices[part], np.round(scores.data[part], 6)
    if len(score) > count:
        least = np.partition(score, len(score) - count - 1)[len(score) - count - 1]
        near = score >= least
        column, score = column[near], score[near]
    chosen: NDArray[np.int32] = column[np.lexsort((column, -score))[: count + 1]]
    return chosen


def _products(
    left: sparse.csr_matrix,
    row: int,
    right: sparse.csr_matrix,
    rows: NDArray[np.int64],
    scratch: NDArray[np.float32],
) -> Floats:
    """Products of one row with some rows of another matrix; *scratch* is all zeros before and after."""
    own = slice(left.indptr[row], left.indptr[row + 1])
    scratch[left.indices[own]] = left.data[own]
    products: Floats = _rows_by(right, rows, scratch)
    scratch[left.indices[own]] = 0
    return np.maximum(products, 0.0)


def _rows_by(matrix: sparse.csr_matrix, rows: NDArray[np.int64], vector: NDArray[np.float32]) -> Floats:
    starts, lengths = matrix.indptr[rows], matrix.indptr[rows + 1] - matrix.indptr[rows]
    ends = np.cumsum(lengths)
    total = int(ends[-1]) if len(ends) else 0
    if total > _FEW_ENTRIES:
        return np.asarray(matrix[rows] @ vector, dtype=np.float64)
    # SciPy takes longer to begin than this takes.
    place = np.arange(total) + np.repeat(starts - ends + lengths, lengths)
    parts = matrix.data[place] * vector[matrix.indices[place]]
    sums = np.concatenate([[0.0], np.cumsum(parts, dtype=np.float64)])
    products: Floats = sums[ends] - sums[ends - lengths]
    return products


def _usual(values: Floats) -> float:
    nearest: Sequence[float] = np.sort(values)[::-1][:_USUAL].tolist()
    return sum(nearest) / _USUAL if nearest else 0.0
