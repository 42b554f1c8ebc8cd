"""What a post is about: its terms, weighted by TF-IDF.

Weights are square roots of term frequencies times smoothed inverse document
frequencies (Salton and Buckley 1988), rows have length 1: the product of two
rows is the cosine of their posts. Only the heaviest terms of a post are kept;
on long posts that finds more true neighbours than all of them do.

What depends on the whole corpus is rounded: numbers of posts to powers of the
square root of two, and how much two characters belong together as coarsely. A word
more in one post then leaves nearly all other posts with the very same terms,
weights and words, and what was found for them before still holds.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from hashlib import blake2b
from typing import TYPE_CHECKING, Final

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.counting import (
    BITS,
    Counts,
    gram_code,
    spelled_gram,
    word_code,
)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]
    Floats = NDArray[np.float64]

__all__ = [
    'Terms',
    'heaviest',
    'inverse_frequency',
    'nearest',
    'on_grid',
    'plain_rarity',
    'terms_of',
]

_SPECIFICITY: Final = 1.6
"""Exponent of the inverse document frequency: one term of few posts outweighs several of many."""
_STEPS: Final = 2
"""Steps of the grid between a number and its double."""
_BINDING_STEPS: Final = 4
_COHESION_STEPS: Final = 2
"""Steps of cohesion in a nat."""
_MANY: Final = 20
_BLOCK: Final = 512
_MIX: Final = (0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9)


@dataclass(slots=True)
class _Known:
    """What was asked for once."""

    ties: dict[str, tuple[float, float]] = field(default_factory=dict)
    spelled: dict[int, str] = field(default_factory=dict)
    told: dict[int, str] = field(default_factory=dict)
    """What explanations read, by post."""
    cut: dict[str, list[str]] = field(default_factory=dict)
    free: dict[tuple[int, str], tuple[bool, bool]] = field(default_factory=dict)
    general: dict[str, bool] = field(default_factory=dict)
    shown: dict[str, bool] = field(default_factory=dict)
    pieces: dict[str, tuple[int, ...]] = field(default_factory=dict)
    """Codes of the pairs and triples of a word."""
    often: dict[tuple[int, str], int] = field(default_factory=dict)
    """How often the text of a post has a word."""

    def __reduce__(self) -> tuple[type, tuple[()]]:
        return _Known, ()  # what is remembered stays here when the terms are sent away


@dataclass(frozen=True)
class Terms:
    """The terms of a corpus."""

    weights: sparse.csr_matrix
    """One row a post, one column a term; rows have length 1, or 0 where nothing is shared with others."""
    codes: Ints
    """What each column stands for, rising."""
    counts: sparse.csr_matrix
    """How often each post has the term of each column, for all terms that connect posts."""
    titles: sparse.csr_matrix
    """1 where the title of a post has the term of a column."""
    title_lengths: Floats
    """Of each title the root of the squared rarities of its terms, those of a single post included."""
    spread: Floats
    """How many posts have the term of each column, on a grid."""
    posts: float
    """Number of posts, on the same grid."""
    runs: Sequence[str]
    """Of each post, the ideographic text between function words, runs apart by spaces."""
    pairs: Ints
    """Codes of all pairs of adjacent ideographs, rising."""
    cohesions: Floats
    """Of each pair."""
    bindings: Floats
    """Of each pair."""
    forms: Ints
    """The best form of the word of each of the first columns."""
    spellings: Mapping[int, str]
    """How each form is written."""
    counted: Counts
    """The texts before anything was weighed."""
    known: _Known = field(default_factory=_Known, repr=False)

    def cohesion(self, pair: str) -> float:
        """Pointwise mutual information of two adjacent ideographs (Church and Hanks 1990), in nats.

        About 0 for neighbours by chance, as at the border of two words. Rounded down to halves.
        """
        return (self.known.ties.get(pair) or self._tie(pair))[0]

    def binding(self, pair: str) -> float:
        """Share of the occurrences of two ideographs at which they are adjacent (Dice 1945), in [0, 1].

        Unlike :meth:`cohesion` it does not praise what is only rare, and so
        tells which of two overlapping pairs is the word. Within 9 %.
        """
        return (self.known.ties.get(pair) or self._tie(pair))[1]

    def _tie(self, pair: str) -> tuple[float, float]:
        code = gram_code(pair)
        place = int(self.pairs.searchsorted(code))
        known = -np.inf, 0.0
        if place < len(self.pairs) and self.pairs[place] == code:
            known = float(self.cohesions[place]), float(self.bindings[place])
        self.known.ties[pair] = known
        return known

    def row(self, post: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Columns and weights of one post's terms, columns rising."""
        part = slice(self.weights.indptr[post], self.weights.indptr[post + 1])
        columns: NDArray[np.int32] = self.weights.indices[part]
        return columns, self.weights.data[part]

    def column(self, term: str) -> int | None:
        """The column of a word, or of two or three ideographs; ``None`` when there is none."""
        for code in (word_code(term), gram_code(term) if 1 < len(term) <= 3 else 0):
            column = int(np.searchsorted(self.codes, code))
            if column < len(self.codes) and self.codes[column] == code:
                return column
        return None

    def spelled(self, column: int) -> str:
        """The term as readers write it: a word, or two or three ideographs."""
        known = self.known.spelled.get(column)
        if known is None:
            code = int(self.codes[column])
            known = self.spellings[int(self.forms[column])] if code < 0 else spelled_gram(code)
            self.known.spelled[column] = known
        return known

    def word(self, code: int) -> str:
        """The word of a negative code of a column."""
        return self.spelled(int(self.codes.searchsorted(code)))

    @cached_property
    def weighed(self) -> list[bytes]:
        """For each post a digest of all that its weights depend on."""
        stamps = np.zeros(len(self.counted.codes), dtype=np.uint64)
        stamps[np.searchsorted(self.counted.codes, self.codes)] = self._rarities()
        rest = f' {self.posts}'
        return self._digests(stamps, [f'{key} {length}{rest}' for key, length in self._titled()])

    def _titled(self) -> list[tuple[str, float]]:
        return list(zip(self.counted.keys, self.title_lengths.tolist(), strict=True))

    @cached_property
    def states(self) -> list[bytes]:
        """For each post a digest of all that its terms, weights and words depend on.

        The words that two posts of two corpora share are the same when both have the same states.
        """
        codes = self.counted.codes
        stamps = np.zeros(len(codes), dtype=np.uint64)
        rarities = self._rarities()
        rarities[: len(self.forms)] ^= self.forms.view(np.uint64) * np.uint64(_MIX[1])
        stamps[np.searchsorted(codes, self.codes)] = rarities
        first = int(np.searchsorted(codes, 1 << BITS))
        ties = self.cohesions.view(np.uint64) * np.uint64(_MIX[1])
        stamps[first : first + len(self.pairs)] ^= ties ^ (self.bindings.view(np.uint64) * np.uint64(_MIX[2]))
        return self._digests(stamps, self.counted.keys)

    def _rarities(self) -> NDArray[np.uint64]:
        return inverse_frequency(self.spread, self.posts).view(np.uint64) * np.uint64(_MIX[0])

    def _digests(self, stamps: NDArray[np.uint64], keys: Sequence[str]) -> list[bytes]:
        """A digest for each post of its key and of what the corpus says of each of its terms."""
        counted = self.counted
        said = stamps[counted.columns]
        return [
            blake2b(said[counted.row(post)].tobytes() + key.encode(), digest_size=16).digest()
            for post, key in enumerate(keys)
        ]


def terms_of(counted: Counts, *, largest: int = 400) -> Terms:
    """Weigh the terms of texts.

    A term that only one post has connects nothing and is left out, and so is
    one that more than half of the posts have, in a corpus of twenty or more.

    :param largest: so many of its heaviest terms a post keeps; the rest weighs
        next to nothing but costs time.
    """
    posts = len(counted.keys)
    total = float(on_grid(np.array([posts]))[0])
    spread = _sums(counted.columns, None, len(counted.codes))
    useful = (spread >= 2) & ((counted.codes < 0) | (counted.codes >= 1 << BITS))
    if posts >= _MANY:
        useful &= spread <= posts / 2
    counts = _useful_counts(counted, useful)
    codes = counted.codes[useful]
    rounded = on_grid(spread[useful])
    rarity = plain_rarity(on_grid(spread), total)
    return Terms(
        _tf_idf(counts, rounded, total, largest),
        codes,
        counts,
        _presence(counted, codes),
        _lengths(counted, rarity),
        rounded,
        total,
        counted.runs,
        *_ties(counted),
        _forms(counted, codes),
        counted.spellings,
        counted,
    )


def on_grid(numbers: NDArray[np.int64]) -> Floats:
    """Positive numbers rounded to powers of the square root of two."""
    return np.asarray(2.0 ** (np.round(np.log2(np.maximum(numbers, 1)) * _STEPS) / _STEPS))


def _useful_counts(counted: Counts, useful: NDArray[np.bool_]) -> sparse.csr_matrix:
    kept = useful[counted.columns]
    ends = np.searchsorted(np.flatnonzero(kept), counted.ends)
    number = np.cumsum(useful, dtype=np.int32) - np.int32(1)
    return sparse.csr_matrix(
        (counted.counts[kept].astype(np.float32), number[counted.columns[kept]], ends),
        shape=(len(counted.keys), int(useful.sum())),
    )


def _sums(columns: NDArray[np.int32], numbers: NDArray[np.int32] | None, length: int) -> Ints:
    """The sum of the numbers of each column, of ones where there are none.

    NumPy copies what it counts into wider numbers, hence no more at a time than there are columns.
    """
    sums = np.zeros(length, dtype=np.int64)
    for start in range(0, len(columns), max(length, 1)):
        part = slice(start, start + length)
        own = np.bincount(columns[part], None if numbers is None else numbers[part], length)
        np.add(sums, own, out=sums, casting='unsafe')
    return sums


def _forms(counted: Counts, codes: Ints) -> Ints:
    """The best form of each word."""
    words = int(np.searchsorted(codes, 0))
    best = np.full(words, np.iinfo(np.int64).max)
    if not words:
        return best
    # The words of a text are the first of its entries.
    starts = np.repeat(counted.ends[:-1] - counted.form_ends[:-1], np.diff(counted.form_ends))
    code = counted.codes[counted.columns[starts + np.arange(len(counted.forms))]]
    place = np.minimum(np.searchsorted(codes[:words], code), words - 1)
    known = codes[place] == code
    np.minimum.at(best, place[known], counted.forms[known])
    return best


def _ties(counted: Counts) -> tuple[Ints, Floats, Floats]:
    """All pairs of ideographs of a corpus, their cohesion and their binding."""
    first, pairs, triples = np.searchsorted(counted.codes, (0, 1 << BITS, 1 << 2 * BITS)).tolist()
    totals = _sums(counted.columns, counted.counts, len(counted.codes))
    alone, together = totals[first:pairs], totals[pairs:triples]
    characters, codes = counted.codes[first:pairs], counted.codes[pairs:triples]
    one = alone[np.searchsorted(characters, codes >> BITS)]
    two = alone[np.searchsorted(characters, codes & (1 << BITS) - 1)]
    length = float(on_grid(np.array([alone.sum()]))[0])
    cohesion = np.floor(np.log(together * length / (one * two)) * _COHESION_STEPS) / _COHESION_STEPS
    binding = np.round(np.log2(2 * together / (one + two)) * _BINDING_STEPS) / _BINDING_STEPS
    return codes, cohesion, np.asarray(2.0**binding)


def _presence(counted: Counts, codes: Ints) -> sparse.csr_matrix:
    """1 for each of the terms of a title that has a column."""
    place = np.searchsorted(codes, counted.titles)
    known = np.append(codes, 0)[place] == counted.titles
    ends = np.concatenate([[0], np.cumsum(known)])[counted.title_ends]
    ones = np.ones(int(known.sum()), dtype=np.float32)
    return sparse.csr_matrix((ones, place[known], ends), shape=(len(counted.keys), len(codes)))


def inverse_frequency(spread: Floats, posts: float) -> Floats:
    """Weight of each term: its smoothed inverse document frequency, sharpened."""
    weight: Floats = (1 + np.log(np.maximum((posts + 1) / (spread + 1), 1.0))) ** _SPECIFICITY
    return weight


def plain_rarity(spread: Floats, posts: float) -> Floats:
    """The inverse document frequency as it is, in nats; 0 for a term of all posts."""
    rarity: Floats = np.log((posts + 1) / (spread + 0.5)).clip(0)
    return rarity


def _lengths(counted: Counts, rarity: Floats) -> Floats:
    """The root of the squared rarities of each title's terms."""
    place = np.searchsorted(counted.codes, counted.titles)
    # A title may hold what no text does, if it is not put before its own.
    known = np.append(counted.codes, 0)[place] == counted.titles
    square = np.append(rarity**2, 0.0)[np.where(known, place, len(rarity))]
    title = np.repeat(np.arange(len(counted.keys)), np.diff(counted.title_ends))
    return np.sqrt(np.bincount(title, square, len(counted.keys)))


def heaviest(matrix: sparse.csr_matrix, most: int) -> sparse.csr_matrix:
    """The largest entries of each row, in rows of length 1; ties go to the lower column."""
    rows = matrix.shape[0]
    data, indices, ends = matrix.data, matrix.indices, matrix.indptr
    lengths = np.diff(ends)
    if lengths.max(initial=0) > most:
        kept = np.ones(len(data), dtype=bool)
        for row in np.flatnonzero(lengths > most).tolist():
            own = data[ends[row] : ends[row + 1]]
            least = np.partition(own, len(own) - most)[len(own) - most]
            part = own > least
            part[np.flatnonzero(own == least)[: most - int(part.sum())]] = True
            kept[ends[row] : ends[row + 1]] = part
        data, indices = data[kept], indices[kept]
        lengths = np.minimum(lengths, most)
    number = np.repeat(np.arange(rows), lengths)
    norm = np.sqrt(np.bincount(number, data.astype(np.float64) ** 2, rows))
    ends = np.concatenate([[0], np.cumsum(lengths)])
    return sparse.csr_matrix((data / norm[number], indices, ends), shape=matrix.shape)


def _tf_idf(counts: sparse.csr_matrix, spread: Floats, posts: float, largest: int) -> sparse.csr_matrix:
    weights = counts.astype(np.float64)
    weights.data = np.sqrt(weights.data) * inverse_frequency(spread, posts)[weights.indices]
    return heaviest(weights, largest)


def nearest(weights: sparse.csr_matrix, count: int, least: float) -> sparse.csr_matrix:
    """Products of each row with the rows nearest to it: cosines, where rows have length 1.

    Computed in blocks of rows, never as a dense square.

    :param count: so many neighbours a row keeps at most; ties go to the lower row.
    :param least: products below this are left out.
    """
    posts = weights.shape[0]
    transposed = weights.T.tocsr()
    data, indices, ends = [np.zeros(0)], [np.zeros(0, dtype=np.int64)], [0]
    for first in range(0, posts, _BLOCK):
        block = (weights[first : first + _BLOCK] @ transposed).tocsr()
        for own in range(block.shape[0]):
            part = slice(block.indptr[own], block.indptr[own + 1])
            column, cosine = block.indices[part], block.data[part]
            wanted = (cosine >= least) & (column != first + own)
            column, cosine = column[wanted], cosine[wanted]
            best = np.lexsort((column, -np.round(cosine, 9)))[:count]
            data.append(cosine[best])
            indices.append(column[best])
            ends.append(ends[-1] + len(best))
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), ends), shape=(posts, posts))
