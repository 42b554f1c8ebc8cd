"""What a post is about: its terms, weighted by TF-IDF.

Chinese and Japanese are written without spaces, and a segmenter would be a
heavy and fallible dependency: their terms are the pairs and triples of adjacent
characters. Everywhere else a term is a word, in English without plural *s*.
Weights are square roots of term frequencies times smoothed inverse document
frequencies (Salton and Buckley 1988), rows have length 1: the product of two
rows is the cosine of their posts. Only the heaviest terms of a post are kept;
on long posts that finds more true neighbours than all of them do.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from collections import Counter
from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.stopwords import ENGLISH, FUNCTION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ['Terms', 'heaviest', 'inverse_frequency', 'nearest', 'plain', 'stem', 'weigh_terms']

_IDEOGRAPHS = (
    '\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff'
)
# What underscores and hyphens join is one word: the batch of batch_size is none of batch norm's.
_WORD = re.compile(rf'[^\W\d_{_IDEOGRAPHS}](?:[^\W_{_IDEOGRAPHS}]|[-_](?=[^\W\d_{_IDEOGRAPHS}]))*')
_NO_IDEOGRAPH = re.compile(f'[^{_IDEOGRAPHS}]+')
_NO_TERM = re.compile(f'[^{_IDEOGRAPHS}]+|[{FUNCTION_CHARACTERS}]+')
# Lengths are bounded, so that text full of unmatched dollar signs stays linear.
_MATH = re.compile(r'\$\$[^$]{0,4000}\$\$|\$[^$]{1,1000}\$|\\(?:begin|end)\{[^{}]{0,40}\}|\\[A-Za-z]+')
_TEXT = re.compile(r'\\(?:text(?:rm|bf|it|sf|tt|normal)?|mbox)\s{0,9}\{([^{}$\\]{1,200})\}')
_LONGEST_WORD = 40
_SPECIFICITY = 1.6
"""Exponent of the inverse document frequency: one term of few posts outweighs several of many."""
_BITS = 21
"""Bits of a code point: three of them fit into 63."""
_MANY = 20
_BLOCK = 512


@dataclass(frozen=True)
class Terms:
    """The terms of a corpus."""

    weights: sparse.csr_matrix
    """One row a post, one column a term; rows have length 1, or 0 where nothing is shared with others."""
    codes: Ints
    """What each column stands for."""
    words: tuple[str, ...]
    """Words behind the negative codes, as they are best shown."""
    runs: tuple[str, ...]
    """Of each post, the ideographic text between function words, runs apart by spaces."""
    totals: Ints
    """How often the corpus has the term of each column."""
    characters: Ints
    """How often the corpus has the ideograph of each code point."""
    length: int
    """Ideographs of the corpus."""
    counts: sparse.csr_matrix
    """How often each post has the term of each column, for all terms that connect posts."""
    titles: sparse.csr_matrix
    """1 where the title of a post has the term of a column; terms of a single post included."""
    spread: Ints
    """How many posts have the term of each column."""
    cohesions: dict[str, float] = field(default_factory=dict, repr=False)
    """Memory of :meth:`cohesion`."""
    bindings: dict[str, float] = field(default_factory=dict, repr=False)
    """Memory of :meth:`binding`."""
    spellings: dict[int, str] = field(default_factory=dict, repr=False)
    """Memory of :meth:`spelled`."""
    told: dict[int, str] = field(default_factory=dict, repr=False)
    """Memory of what explanations read, by post."""

    def cohesion(self, pair: str) -> float:
        """Pointwise mutual information of two adjacent ideographs (Church and Hanks 1990), in nats.

        About 0 for neighbours by chance, as at the border of two words.
        """
        known = self.cohesions.get(pair)
        if known is None:
            known = self.cohesions[pair] = self._cohesion(pair)
        return known

    def _cohesion(self, pair: str) -> float:
        together, one, two = self._counts(pair)
        return float(np.log(together * self.length / (one * two))) if together else -np.inf

    def binding(self, pair: str) -> float:
        """Share of the occurrences of two ideographs at which they are adjacent (Dice 1945), in [0, 1].

        Unlike :meth:`cohesion` it does not praise what is only rare, and so
        tells which of two overlapping pairs is the word.
        """
        known = self.bindings.get(pair)
        if known is None:
            together, one, two = self._counts(pair)
            known = self.bindings[pair] = 2 * together / (one + two) if together else 0.0
        return known

    def _counts(self, pair: str) -> tuple[int, int, int]:
        """How often the corpus has the pair, its first and its second character."""
        code = ord(pair[0]) << _BITS | ord(pair[1])
        column = int(np.searchsorted(self.codes, code))
        known = column < len(self.codes) and self.codes[column] == code
        together = int(self.totals[column]) if known else 0
        return together, int(self.characters[ord(pair[0])]), int(self.characters[ord(pair[1])])

    def row(self, post: int) -> tuple[NDArray[np.int32], NDArray[np.float64]]:
        """Columns and weights of one post's terms, columns rising."""
        part = slice(self.weights.indptr[post], self.weights.indptr[post + 1])
        columns: NDArray[np.int32] = self.weights.indices[part]
        return columns, self.weights.data[part]

    def column(self, term: str) -> int | None:
        """The column of a word, or of two or three ideographs; ``None`` when there is none."""
        number = self._numbers.get(stem(term))
        if number is not None:
            code = -1 - number
        elif 1 < len(term) <= 3:
            code = 0
            for character in term:
                code = code << _BITS | ord(character)
        else:
            return None
        column = int(np.searchsorted(self.codes, code))
        return column if column < len(self.codes) and self.codes[column] == code else None

    @cached_property
    def _numbers(self) -> dict[str, int]:
        return {stem(word): number for number, word in enumerate(self.words)}

    def spelled(self, column: int) -> str:
        """The term as readers write it: a word, or two or three ideographs."""
        known = self.spellings.get(column)
        if known is None:
            known = self.spellings[column] = self._spelled(column)
        return known

    def _spelled(self, column: int) -> str:
        code = int(self.codes[column])
        if code < 0:
            return self.words[-1 - code]
        characters = []
        while code:
            characters.append(chr(code & (1 << _BITS) - 1))
            code >>= _BITS
        return ''.join(reversed(characters))


def plain(text: str) -> str:
    """Text without LaTeX but for its words, in compatibility form (full-width letters become plain ones)."""
    return unicodedata.normalize('NFKC', _MATH.sub(_words_inside, text))


def _words_inside(math: re.Match[str]) -> str:
    return ' '.join(['', *_TEXT.findall(math[0]), ''])


def weigh_terms(texts: Sequence[str], *, titles: Sequence[str] = (), largest: int = 400) -> Terms:
    """Weigh the terms of all texts.

    A term that only one post has connects nothing and is left out, and so is
    one that more than half of the posts have, in a corpus of twenty or more.

    :param titles: of the posts, when it matters which terms stand in them.
    :param largest: so many of its heaviest terms a post keeps; the rest weighs
        next to nothing but costs time.
    """
    runs: list[str] = []
    lexicon = _Lexicon()
    codes, counts = [], []
    characters = np.zeros(sys.maxunicode + 1, dtype=np.int64)
    for text in texts:
        prose = plain(text)
        runs.append(' '.join(_NO_TERM.sub(' ', prose).split()))
        points = _code_points(_NO_IDEOGRAPH.sub(' ', prose))
        found, found_counts = np.unique(points, return_counts=True)
        characters[found] += found_counts
        own, own_counts = _counted(prose, points, lexicon)
        codes.append(own)
        counts.append(own_counts)
    characters[ord(' ')] = 0
    counted, columns, spread, totals = _count_matrix(codes, counts)
    told = [plain(title) for title in titles]
    of_titles = [_counted(title, _code_points(_NO_IDEOGRAPH.sub(' ', title)), lexicon)[0] for title in told]
    return Terms(
        _tf_idf(counted, spread, largest),
        columns,
        tuple(lexicon.spellings),
        tuple(runs),
        totals,
        characters,
        int(characters.sum()),
        counted,
        _presence(of_titles, columns),
        spread,
    )


def _counted(prose: str, points: Ints, lexicon: _Lexicon) -> tuple[Ints, NDArray[np.int32]]:
    """Codes of the terms of a text, and how often it has each."""
    grams, gram_counts = np.unique(_grams(points), return_counts=True)
    own: Counter[int] = Counter()
    for word, count in Counter(_WORD.findall(prose)).items():
        if 1 < len(word) <= _LONGEST_WORD and word.lower() not in ENGLISH:
            own[-1 - lexicon.number(word)] += count
    codes = np.concatenate([grams, np.fromiter(own.keys(), np.int64, len(own))])
    return codes, np.concatenate([gram_counts, np.fromiter(own.values(), np.int64, len(own))]).astype(
        np.int32
    )


class _Lexicon:
    """Numbers for words; spellings of one word share its number."""

    def __init__(self) -> None:
        self._numbers: dict[str, int] = {}
        self.spellings: list[str] = []
        """The best spelling seen: in lower case when the word has ever been written so, and short."""

    def number(self, word: str) -> int:
        number = self._numbers.setdefault(stem(word), len(self.spellings))
        if number == len(self.spellings):
            self.spellings.append(word)
        elif word != self.spellings[number]:
            self.spellings[number] = min(
                self.spellings[number], word, key=lambda form: (not form.islower(), len(form))
            )
        return number


def stem(word: str) -> str:
    """Lower case, without the English plural (Harman's S stemmer, 1991)."""
    word = word.lower()
    if len(word) < 4 or not word.endswith('s') or not word.isascii():
        return word
    if word.endswith('ies') and not word.endswith(('eies', 'aies')):
        return word[:-3] + 'y'
    if word.endswith('es') and not word.endswith(('aes', 'ees', 'oes')):
        return word[:-1]
    return word if word.endswith(('us', 'ss')) else word[:-1]


def _code_points(text: str) -> Ints:
    return np.frombuffer(text.encode('utf-32-le', 'replace'), dtype=np.uint32).astype(np.int64)


def _grams(points: Ints) -> Ints:
    """Codes of all pairs and triples of adjacent ideographs; blanks part them."""
    inside = points != ord(' ')
    pairs = inside[:-1] & inside[1:]
    pair = (points[:-1] << _BITS) | points[1:]
    triples = pairs[:-1] & inside[2:]
    triple = (pair[:-1] << _BITS) | points[2:]
    return np.concatenate([pair[pairs], triple[triples]])


def _count_matrix(
    codes: Sequence[Ints], counts: Sequence[NDArray[np.int32]]
) -> tuple[sparse.csr_matrix, Ints, Ints, Ints]:
    """Counts of the terms that connect posts; of all terms: codes, numbers of posts, totals."""
    posts = len(codes)
    if not posts:
        nothing = np.zeros(0, dtype=np.int64)
        return sparse.csr_matrix((0, 0), dtype=np.float32), nothing, nothing, nothing
    columns, column = np.unique(np.concatenate(codes), return_inverse=True)
    column = column.astype(np.int32)
    spread = np.bincount(column, minlength=len(columns))
    count = np.concatenate(counts)
    totals = np.bincount(column, count, len(columns)).astype(np.int64)
    useful = spread >= 2
    if posts >= _MANY:
        useful &= spread <= posts / 2
    kept = useful[column]
    ends = np.concatenate([[0], np.cumsum([len(own) for own in codes])])
    ends = np.concatenate([[0], np.cumsum(kept)])[ends]
    matrix = sparse.csr_matrix(
        (count[kept].astype(np.float32), column[kept], ends), shape=(posts, len(columns))
    )
    matrix.sort_indices()
    return matrix, columns, spread, totals


def _presence(codes: Sequence[Ints], columns: Ints) -> sparse.csr_matrix:
    """1 for each of the codes of a row that has a column."""
    indices, ends = [np.zeros(0, dtype=np.int64)], [0]
    for own in codes:
        # Some code is past the last column, if only because there is none.
        place = np.searchsorted(columns, own)
        inside = place < len(columns)
        known = np.sort(place[inside][columns[place[inside]] == own[inside]])
        indices.append(known)
        ends.append(ends[-1] + len(known))
    ones = np.ones(ends[-1], dtype=np.float32)
    return sparse.csr_matrix((ones, np.concatenate(indices), ends), shape=(len(codes), len(columns)))


def inverse_frequency(spread: Ints, posts: int) -> NDArray[np.float64]:
    """Weight of each term: its smoothed inverse document frequency, sharpened."""
    weight: NDArray[np.float64] = (1 + np.log((posts + 1) / (spread + 1))) ** _SPECIFICITY
    return weight


def heaviest(matrix: sparse.csr_matrix, largest: int) -> sparse.csr_matrix:
    """The largest entries of each row, in rows of length 1; ties go to the lower column."""
    rows = matrix.shape[0]
    row = np.repeat(np.arange(rows), np.diff(matrix.indptr))
    data, indices = matrix.data, matrix.indices
    if np.diff(matrix.indptr).max(initial=0) > largest:
        order = np.lexsort((-data, row))
        order = np.sort(order[np.arange(len(order)) - matrix.indptr[row] < largest])
        row, data, indices = row[order], data[order], indices[order]
    length = np.sqrt(np.bincount(row, data.astype(np.float64) ** 2, rows))
    ends = np.concatenate([[0], np.cumsum(np.bincount(row, minlength=rows))])
    return sparse.csr_matrix((data / length[row], indices, ends), shape=matrix.shape)


def _tf_idf(counts: sparse.csr_matrix, spread: Ints, largest: int) -> sparse.csr_matrix:
    weights = counts.astype(np.float64)
    weights.data = np.sqrt(weights.data) * inverse_frequency(spread, counts.shape[0])[weights.indices]
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
