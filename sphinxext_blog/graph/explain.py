"""The words that two posts share, fit to be read.

The terms of unspaced text are pairs and triples of characters, most of them
fragments. Here they grow into the longest strings that both posts contain, and
fragments of one another are dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from sphinxext_blog.graph.stopwords import CHINESE, PLACE_CHARACTERS, WEAK_ENDS

if TYPE_CHECKING:
    from sphinxext_blog.graph.terms import Terms

__all__ = ['shared_terms']

_COMMON = 100
_SEEDS = 24
"""So many of the heaviest common terms are taken into account, and so many of these grown."""
_FARTHEST = 20
"""Characters that a piece grows at most to either side."""
_LONGEST = 8
"""Characters of a term: what is longer is a quotation, and cut where it holds together least."""
_PLACES = 2
"""Occurrences of a piece whose surroundings are looked at."""
_READ = 50_000
"""Characters of each post that are searched for the surroundings of a piece."""
_WORD_LENGTH = 3
"""Letters of a word that readers recognise; shorter ones count but are not shown."""
_CHANCE = 1.0
_TIED = 2.5
"""Nats of cohesion: characters below the first are cut apart, a word's ends have the second."""
_UNSPACED = re.compile('[^\\W\\da-zA-Z\u00c0-\u2fff\uac00-\ud7ff]+')


def shared_terms(terms: Terms, one: int, two: int, *, count: int = 6) -> tuple[tuple[str, ...], float]:
    """The terms that bring two posts together most, fit to be read, strongest first.

    :param one: row of the first post.
    :param two: row of the other one.
    :returns: at most ``count`` strings, each in both posts, none part of another;
        and the part of the cosine of the posts that they explain. What stop
        words and fragments add to it is chance.
    """
    common = _contributions(terms, one, two)
    here, there = terms.runs[one][:_READ], terms.runs[two][:_READ]
    worth: dict[str, float] = {}
    surroundings: list[str] = []
    for term in list(common)[:_SEEDS]:
        if not _UNSPACED.fullmatch(term):
            if len(term) >= _WORD_LENGTH:
                worth[term] = common[term]
        elif not any(term in known for known in surroundings):
            surroundings += _grown(term, here, there)
    for text in dict.fromkeys(surroundings):
        for word in _cut(text, terms):
            if word not in worth:
                worth[word] = _worth(word, common)
    chosen: list[str] = []
    for term in sorted(worth, key=lambda term: (-worth[term], term)):
        if len(chosen) == count:
            break
        if worth[term] > 0 and not any(term in other or other in term for other in chosen):
            chosen.append(term)
    return tuple(chosen), sum(worth[term] for term in chosen)


def _contributions(terms: Terms, one: int, two: int) -> dict[str, float]:
    """The largest parts of the cosine by term, largest first."""
    (columns, here), (others, there) = terms.row(one), terms.row(two)
    shared, left, right = np.intersect1d(columns, others, assume_unique=True, return_indices=True)
    product = here[left] * there[right]
    order = np.lexsort((shared, -np.round(product, 12)))[:_COMMON]
    return {terms.spelled(int(shared[at])): float(product[at]) for at in order}


def _grown(piece: str, here: str, there: str) -> list[str]:
    """The longest surroundings that a piece has in both texts."""
    found = []
    at = -1
    for _ in range(_PLACES):
        at = here.find(piece, at + 1)
        if at < 0:
            break
        start, end = at, at + len(piece)
        if here[start:end] not in there:
            break
        right, left = min(len(here), end + _FARTHEST), max(0, start - _FARTHEST)
        while end < right and here[end] != ' ' and here[start : end + 1] in there:
            end += 1
        while start > left and here[start - 1] != ' ' and here[start - 1 : end] in there:
            start -= 1
        found.append(here[start:end])
    return found


def _cut(text: str, terms: Terms) -> list[str]:
    """The words of a run of characters, cut where neighbours are there by chance; no stop words."""
    ties = [terms.cohesion(text[at : at + 2]) for at in range(len(text) - 1)]
    words = []
    waiting = [(0, len(text))]
    while waiting:
        start, end = waiting.pop()
        inner = range(start, end - 1)
        # The weakest tie, of equal ones the one nearest to the middle.
        weakest = min(inner, key=lambda at: (ties[at], abs(2 * at + 2 - start - end)), default=start)
        if inner and (ties[weakest] < _CHANCE or end - start > _LONGEST):
            waiting += [(weakest + 1, end), (start, weakest + 1)]
        else:
            words.append(_trimmed(text[start:end], terms))
    return [word for word in words if word]


def _trimmed(word: str, terms: Terms) -> str:
    """Without weak characters and stop words at its ends; empty when no word is left."""
    before = ''
    while word != before:
        before = word
        word = word.strip(WEAK_ENDS)
        if len(word) > 2 and word[-1] in PLACE_CHARACTERS:
            word = word[:-1]
        for length in range(5, 1, -1):
            if word[:length] in CHINESE:
                word = word[length:]
            if word[-length:] in CHINESE:
                word = word[:-length]
        if len(word) > 1 and terms.cohesion(word[:2]) < _TIED:
            word = word[1:]
        if len(word) > 1 and terms.cohesion(word[-2:]) < _TIED:
            word = word[:-1]
    return word if len(word) > 1 else ''


def _worth(term: str, common: dict[str, float]) -> float:
    """What the pieces of a term contribute together."""
    pieces = {term[at : at + length] for length in (2, 3) for at in range(len(term) - length + 1)}
    return sum(common.get(piece, 0.0) for piece in sorted(pieces))
