"""The words that two posts share, fit to be read.

The terms of unspaced text are pairs and triples of characters, most of them
fragments. Here they grow into the longest strings that both posts contain, and
fragments of one another are dropped.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np

from sphinxext_blog.graph.stopwords import CHINESE, WEAK_ENDS

if TYPE_CHECKING:
    from sphinxext_blog.graph.terms import Terms

__all__ = ['shared_terms']

_SEEDS = 40
"""So many of the heaviest common terms are looked at."""
_LONGEST = 12
"""Characters of a term grown from pieces: beyond that it is a quotation."""
_PLACES = 4
_READ = 50_000
"""Characters of each post that are searched for the surroundings of a piece."""
_WORD_LENGTH = 3
"""Letters of a word that readers recognise; shorter ones count but are not shown, unless they are names in capitals."""


def shared_terms(terms: Terms, one: int, two: int, *, count: int = 6) -> tuple[str, ...]:
    """The terms that bring two posts together most, readable, strongest first.

    :param one: row of the first post.
    :param two: row of the other one.
    :returns: at most ``count`` strings, each in both posts, none part of another.
    """
    common = _contributions(terms, one, two)
    here, there = terms.runs[one][:_READ], terms.runs[two][:_READ]
    grown: dict[str, float] = {}
    for term, weight in list(common.items())[:_SEEDS]:
        if _is_unspaced(term):
            longer = _grow(term, here, there, common)
            if longer:
                grown[longer] = max(grown.get(longer, 0.0), _worth(longer, common))
        elif len(term) >= _WORD_LENGTH:
            grown[term] = weight
    chosen: list[str] = []
    for term in sorted(grown, key=lambda term: (-grown[term], term)):
        if not any(term in other or other in term for other in chosen):
            chosen.append(term)
        if len(chosen) == count:
            break
    return tuple(chosen)


def _contributions(terms: Terms, one: int, two: int) -> dict[str, float]:
    """Parts of the cosine by term, largest first."""
    product = terms.weights[[one]].multiply(terms.weights[[two]]).tocsr()
    order = np.lexsort((product.indices, -product.data))
    return {terms.spelled(int(product.indices[at])): float(product.data[at]) for at in order}


_UNSPACED = re.compile('[^\\W\\da-zA-Z\u00c0-\u2fff\uac00-\ud7ff]+')


def _is_unspaced(term: str) -> bool:
    return _UNSPACED.fullmatch(term) is not None


def _grow(piece: str, here: str, there: str, common: dict[str, float]) -> str:
    """The longest surroundings of a piece that both texts have, or ``''`` when they are no term."""
    best = ''
    at = -1
    for _ in range(_PLACES):
        at = here.find(piece, at + 1)
        if at < 0:
            break
        start, end = at, at + len(piece)
        while (
            end < len(here) and end - start < _LONGEST and here[end] != ' ' and here[start : end + 1] in there
        ):
            end += 1
        while start and end - start < _LONGEST and here[start - 1] != ' ' and here[start - 1 : end] in there:
            start -= 1
        term = _trimmed(here[start:end])
        if _worth(term, common) > _worth(best, common):
            best = term
    return best


def _trimmed(term: str) -> str:
    """Without stop words and weak characters at its ends; empty when nothing of use is left."""
    before = ''
    while term != before:
        before = term
        term = term.strip(WEAK_ENDS)
        for length in (4, 3, 2):
            if term[:length] in CHINESE:
                term = term[length:]
            if term[-length:] in CHINESE:
                term = term[:-length]
    return term if len(term) > 1 else ''


def _worth(term: str, common: dict[str, float]) -> float:
    """What the pieces of a term contribute together."""
    pieces = {term[at : at + length] for length in (2, 3) for at in range(len(term) - length + 1)}
    return sum(common.get(piece, 0.0) for piece in sorted(pieces))
