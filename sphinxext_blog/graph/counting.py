"""What texts are made of: their terms, and how often each text has each.

Chinese and Japanese are written without spaces, and a segmenter would be a
heavy and fallible dependency: their terms are the pairs and triples of adjacent
characters. Everywhere else a term is a word, in English without plural *s*.

A term has the same code in every corpus, and each text is counted by itself.
So a corpus of which one text changed is counted by counting that text.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cache, lru_cache
from hashlib import blake2b
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final, NamedTuple

import numpy as np

from sphinxext_blog.graph.stopwords import ENGLISH, FUNCTION_CHARACTERS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from numpy.typing import NDArray

    Ints = NDArray[np.int64]

__all__ = ['BITS', 'Counts', 'count_texts', 'gram_code', 'plain', 'spelled_gram', 'stem', 'word_code']

_IDEOGRAPHS: Final = (
    '\u3005-\u3007\u3041-\u309f\u30a1-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0003ffff'
)
# What underscores and hyphens join is one word: the batch of batch_size is none of batch norm's.
_WORD: Final = re.compile(rf'[^\W\d_{_IDEOGRAPHS}](?:[^\W_{_IDEOGRAPHS}]|[-_](?=[^\W\d_{_IDEOGRAPHS}]))*')
_RUN: Final = re.compile(f'[{_IDEOGRAPHS}]+')
_LAST_IDEOGRAPH: Final = 0x3FFFF
# Lengths are bounded, so that text full of unmatched dollar signs stays linear.
_MATH: Final = re.compile(r'\$\$[^$]{0,4000}\$\$|\$[^$]{1,1000}\$|\\(?:begin|end)\{[^{}]{0,40}\}|\\[A-Za-z]+')
_TEXT: Final = re.compile(r'\\(?:text(?:rm|bf|it|sf|tt|normal)?|mbox)\s{0,9}\{([^{}$\\]{1,200})\}')
_PUNCTUATION: Final = tuple(zip('，：；！？（）', ',:;!?()', strict=True))
_LONGEST_WORD: Final = 40
BITS: Final = 21
"""Bits of a code point: three of them fit into 63."""
_CAPITAL: Final = 1 << 62
_LENGTH_BITS: Final = 56
_CHUNK: Final = 500


@dataclass(frozen=True, slots=True)
class Counts:
    """The terms of some texts."""

    keys: Sequence[str]
    """What each text is known by."""
    codes: Ints
    """Rising; one for each term: words have negative codes, then come ideographs, pairs and triples."""
    ends: Ints
    """Where the entries of each text begin in *columns* and *counts*, and where the last ends."""
    columns: NDArray[np.int32]
    """Places in *codes*, rising within a text."""
    counts: NDArray[np.int32]
    forms: Ints
    """For each word of each text, in the order of its columns, the best of its spellings there:
    the lower the better.
    """
    form_ends: Ints
    """Where the forms of each text begin, and where the last end."""
    spellings: Mapping[int, str]
    """How each form is written."""
    runs: Sequence[str]
    """Of each text, the ideographs between function words, runs apart by spaces."""
    titles: Ints
    """Codes of the terms of all titles."""
    title_ends: Ints
    """Where those of each title begin, and where the last end."""

    def row(self, text: int) -> slice:
        """The entries of a text."""
        return slice(int(self.ends[text]), int(self.ends[text + 1]))

    def known(self, text: int) -> _Row:
        """What a text is made of; its codes are columns."""
        place = self.row(text)
        forms = self.forms[self.form_ends[text] : self.form_ends[text + 1]]
        title = self.titles[self.title_ends[text] : self.title_ends[text + 1]]
        return _Row(self.columns[place], self.counts[place], forms, self.runs[text], title)

    def only(self, texts: Sequence[int]) -> Counts:
        """The counts of some of the texts, as if there were no others."""
        known = [self.known(text) for text in texts]
        columns, ends = _joined([row.codes for row in known], np.int32)
        present, columns = np.unique(columns, return_inverse=True)
        forms, form_ends = _joined([row.forms for row in known], np.int64)
        titles, title_ends = _joined([row.title for row in known], np.int64)
        return Counts(
            tuple(self.keys[text] for text in texts),
            self.codes[present],
            ends,
            columns.astype(np.int32),
            _joined([row.counts for row in known], np.int32)[0],
            forms,
            form_ends,
            {form: self.spellings[form] for form in _tallied(forms)[0].tolist()},
            [row.runs for row in known],
            titles,
            title_ends,
        )


def plain(text: str) -> str:
    """Text without LaTeX but for its words, in compatibility form (full-width letters become plain ones)."""
    if '$' in text or '\\' in text:
        text = _MATH.sub(_words_inside, text)
    # Most of what is wide is punctuation: without it nothing is left to do, which is seen soon.
    for wide, narrow in _PUNCTUATION:
        text = text.replace(wide, narrow)
    return unicodedata.normalize('NFKC', text)


def _words_inside(math: re.Match[str]) -> str:
    return ' '.join(['', *_TEXT.findall(math[0]), ''])


def count_texts(
    keys: Sequence[str], read: Callable[[int], tuple[str, str]], known: Counts | None = None
) -> Counts:
    """Count the terms of texts.

    :param keys: one for each text; equal keys mean equal titles and texts.
    :param read: the title and the text of a number; asked only for those that are not known.
    :param known: the texts of an earlier corpus.
    """
    old = {key: row for row, key in enumerate(known.keys)} if known else {}
    lexicon = _Lexicon()
    fresh: dict[int, _Row] = {}
    pieces = [known.codes] if known and old else []
    waiting: list[int] = []
    for number, key in enumerate(keys):
        if key not in old:
            fresh[number] = _count(*read(number), lexicon)
            waiting.append(number)
            if len(waiting) == _CHUNK:
                pieces.append(_number(fresh, waiting))
                waiting = []
    pieces.append(_number(fresh, waiting))
    codes = _union(pieces)
    places = [np.searchsorted(codes, piece).astype(np.int32) for piece in pieces]
    rows: list[_Row] = []
    chunks = places[1:] if known and old else places
    done = 0
    for number, key in enumerate(keys):
        if known and key in old:
            row = known.known(old[key])
            rows.append(row._replace(codes=places[0][row.codes]))
        else:
            row = fresh.pop(number)
            rows.append(row._replace(codes=chunks[done // _CHUNK][row.codes]))
            done += 1
    columns, ends = _joined([row.codes for row in rows], np.int32)
    counts, _ = _joined([row.counts for row in rows], np.int32)
    forms, form_ends = _joined([row.forms for row in rows], np.int64)
    titles, title_ends = _joined([row.title for row in rows], np.int64)
    if known:
        present = np.zeros(len(codes), dtype=bool)
        present[columns] = True
        if not present.all():
            codes = codes[present]
            columns = (np.cumsum(present, dtype=np.int32) - np.int32(1))[columns]
        lexicon.spellings = {**known.spellings, **lexicon.spellings}
    runs = [row.runs for row in rows]
    return Counts(
        tuple(keys),
        codes,
        ends,
        columns,
        counts,
        forms,
        form_ends,
        {form: lexicon.spellings[form] for form in _tallied(forms)[0].tolist()},
        runs,
        titles,
        title_ends,
    )


def _joined(pieces: Sequence[NDArray[Any]], kind: type) -> tuple[NDArray[Any], Ints]:
    """All pieces in one, and where each begins."""
    ends = np.cumsum([0, *map(len, pieces)], dtype=np.int64)
    return np.concatenate([np.zeros(0, kind), *pieces]), ends


class _Row(NamedTuple):
    """One text, counted."""

    codes: NDArray[Any]
    counts: NDArray[np.int32]
    forms: Ints
    runs: str
    title: Ints


class _Lexicon:
    """Codes and forms of words that were met."""

    def __init__(self) -> None:
        self.codes: dict[str, int] = {}
        self.forms: dict[str, int] = {}
        self.spellings: dict[int, str] = {}

    def meet(self, words: Iterable[str]) -> None:
        """Take in those that are new."""
        for word in [word for word in words if word not in self.codes]:
            code, form = _word(word)
            self.codes[word], self.forms[word] = code, form
            if code:
                self.spellings[form] = word


def _number(rows: dict[int, _Row], numbers: Sequence[int]) -> Ints:
    """Put places in place of the codes of some rows.

    :returns: the codes at the places.
    """
    pieces = [rows[number].codes for number in numbers]
    codes, ends = _joined(pieces, np.int64)
    order = np.argsort(codes)
    codes = codes[order]
    first = np.concatenate([[True], codes[1:] != codes[:-1]])[: len(codes)]
    places = np.empty(len(codes), dtype=np.int32)
    places[order] = np.cumsum(first, dtype=np.int32) - np.int32(1)
    for number, (start, end) in zip(numbers, pairwise(ends.tolist()), strict=True):
        rows[number] = rows[number]._replace(codes=places[start:end])
    distinct: Ints = codes[first]
    return distinct


def _count(title: str, text: str, lexicon: _Lexicon) -> _Row:
    prose = plain(text)
    points = _points(prose)
    codes, counts, forms = _counted(prose, points, lexicon)
    said = np.where(_is_function()[np.minimum(points, _LAST_IDEOGRAPH + 1)], ord(' '), points)
    runs = said.astype('<u4').tobytes().decode('utf-32-le')
    return _Row(codes, counts, forms, ' '.join(runs.split()), _title(plain(title), lexicon))


def _title(title: str, lexicon: _Lexicon) -> Ints:
    """The codes of the terms of a title, rising; it is short, so that arrays would take longer."""
    words = _WORD.findall(title)
    lexicon.meet(words)
    codes = {lexicon.codes[word] for word in words} - {0}
    for run in _RUN.findall(title):
        codes.update(gram_code(run[at : at + 2]) for at in range(len(run) - 1))
        codes.update(gram_code(run[at : at + 3]) for at in range(len(run) - 2))
    return np.array(sorted(codes), dtype=np.int64)


def _points(prose: str) -> Ints:
    """Code points, blanks for all that is no ideograph."""
    points = np.frombuffer(prose.encode('utf-32-le', 'replace'), dtype='<u4').astype(np.int64)
    known = _is_ideograph()[np.minimum(points, _LAST_IDEOGRAPH + 1)]
    return np.where(known, points, ord(' '))


@cache
def _is_ideograph() -> NDArray[np.bool_]:
    table = np.zeros(_LAST_IDEOGRAPH + 2, dtype=bool)
    for first, last in re.findall('(.)-(.)', _IDEOGRAPHS):
        table[ord(first) : ord(last) + 1] = True
    return table


@cache
def _is_function() -> NDArray[np.bool_]:
    table = np.zeros(_LAST_IDEOGRAPH + 2, dtype=bool)
    table[[ord(character) for character in FUNCTION_CHARACTERS]] = True
    return table


def _counted(prose: str, points: Ints, lexicon: _Lexicon) -> tuple[Ints, NDArray[np.int32], Ints]:
    """Codes of the terms of a text, how often it has each, and the forms of its words."""
    grams, gram_counts = _tallied(_grams(points))
    found = Counter(_WORD.findall(prose))
    lexicon.meet(found)
    words = np.fromiter(map(lexicon.codes.__getitem__, found), np.int64, len(found))
    forms = np.fromiter(map(lexicon.forms.__getitem__, found), np.int64, len(found))
    times = np.fromiter(found.values(), np.int64, len(found))
    order = np.lexsort((forms, words))
    order = order[words[order] < 0]
    words, forms, times = words[order], forms[order], times[order]
    if len(words):
        # Of the spellings of one word the best stands first.
        first = np.flatnonzero(np.concatenate([[True], words[1:] != words[:-1]]))
        words, forms, times = words[first], forms[first], np.add.reduceat(times, first)
    codes = np.concatenate([words, grams])
    return codes, np.concatenate([times, gram_counts]).astype(np.int32), forms


def _tallied(numbers: Ints) -> tuple[Ints, Ints]:
    """Numbers, rising, each once, and how often each is there."""
    numbers = np.sort(numbers)
    first = np.flatnonzero(np.concatenate([[True], numbers[1:] != numbers[:-1]])[: len(numbers)])
    return numbers[first], np.diff(first, append=len(numbers))


def _word(word: str) -> tuple[int, int]:
    """Code and form of a word; zeros when it is no term."""
    if not 1 < len(word) <= _LONGEST_WORD or word.lower() in ENGLISH:
        return 0, 0
    # The best spelling is in lower case when the word has ever been written so, and short.
    form = (not word.islower()) * _CAPITAL | len(word) << _LENGTH_BITS | _hash(word) >> 64 - _LENGTH_BITS
    return word_code(word), form


def word_code(word: str) -> int:
    """Code of a word, whatever its spelling."""
    return -1 - (_hash(stem(word)) >> 2)


def _hash(word: str) -> int:
    return int.from_bytes(blake2b(word.encode('utf-8', 'surrogatepass'), digest_size=8).digest(), 'big')


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


def _grams(points: Ints) -> Ints:
    """Codes of all ideographs, pairs and triples of adjacent ones; blanks part them."""
    inside = points != ord(' ')
    pairs = inside[:-1] & inside[1:]
    pair = (points[:-1] << BITS) | points[1:]
    triples = pairs[:-1] & inside[2:]
    triple = (pair[:-1] << BITS) | points[2:]
    return np.concatenate([points[inside], pair[pairs], triple[triples]])


def gram_code(gram: str) -> int:
    """Code of one to three ideographs."""
    code = 0
    for character in gram:
        code = code << BITS | ord(character)
    return code


@lru_cache(maxsize=1 << 16)
def spelled_gram(code: int) -> str:
    """The ideographs of a code."""
    characters = []
    while code:
        characters.append(chr(code & (1 << BITS) - 1))
        code >>= BITS
    return ''.join(reversed(characters))


def _union(pieces: Iterable[Ints]) -> Ints:
    """All numbers of rising pieces, rising, each once; neighbours are merged until one is left."""
    waiting = list(pieces) or [np.zeros(0, dtype=np.int64)]
    while len(waiting) > 1:
        pairs = [waiting[at : at + 2] for at in range(0, len(waiting), 2)]
        waiting = [_merged(*pair) if len(pair) > 1 else pair[0] for pair in pairs]
    return waiting[0]


def _merged(one: Ints, two: Ints) -> Ints:
    both = np.concatenate([one, two])
    both.sort(kind='stable')  # which merges what is sorted already
    return both[np.concatenate([[True], both[1:] != both[:-1]])] if len(both) else both
