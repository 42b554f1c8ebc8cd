r"""Likeness of formulas: short stretches in common, then an alignment.

The words of a formula in form N2 are cut into stretches (runs of neighbours),
with their variables renamed by first occurrence inside the stretch, so that
neither a local change nor another choice of letters spoils more than a few.
They find candidates; an alignment of the whole word lists, under the renaming
that most stretches speak for, ranks them.

The stretches are the symbol pairs of Tangent (Davila and Zanibbi, *Layout and
semantics: combining representations for mathematical formula search*, 2017)
in linear order; renaming within a stretch is the parameterised match of Baker
(*Parameterized pattern matching*, 1996). The alignment counts words put in,
taken out and replaced (Levenshtein); that of a part may begin and end anywhere
in the other formula (Sellers, *The theory and computation of evolutionary
distances: pattern recognition*, 1980).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Levenshtein

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['MARKS', 'distance_of_part', 'likeness', 'renamed', 'renaming', 'skeleton', 'stretches']

MARKS: Final = frozenset([',', ')', 'R('])
"""Words that follow from the others."""
_STRETCH: Final = 4
_VOTING: Final = (3, 5)
"""Lengths of the stretches that speak for a renaming."""
_RENAMING_COST: Final = 0.05
_PART: Final = 0.85
"""What holds the query is less like it than what is the query."""


def skeleton(canonical: str) -> tuple[str, ...]:
    """The words of a canonical text N2 that carry meaning: closing marks follow from the others."""
    return tuple(word for word in canonical.split(' ') if word not in MARKS)


def stretches(words: Sequence[str]) -> list[str]:
    """The features of a formula, in order, with repetition: runs of four words with renamed variables."""
    padded = ('^', *words, '$')
    length = min(_STRETCH, len(padded))
    return [' '.join(renamed(padded[n : n + length])) for n in range(len(padded) - length + 1)]


def renamed(words: Sequence[str]) -> list[str]:
    """Words with their variables numbered by first occurrence."""
    names: dict[str, str] = {}
    return [names.setdefault(word, f'v{len(names)}') if word[0] == 'v' else word for word in words]


def _renamed(padded: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    """Stretches with renamed variables, and the variables that they renamed."""
    out: list[tuple[str, tuple[str, ...]]] = []
    for k in _VOTING:
        for n in range(len(padded) - k + 1):
            names: dict[str, str] = {}
            words = [
                names.setdefault(word, f'v{len(names)}') if word[0] == 'v' else word
                for word in padded[n : n + k]
            ]
            if names:
                out.append((' '.join(words), tuple(names)))
    return out


def renaming(query: Sequence[str], other: Sequence[str]) -> dict[str, str]:
    """The one-to-one renaming of the query's variables that most common stretches speak for."""
    mine = _renamed(('^', *query, '$'))
    theirs: dict[str, list[tuple[str, ...]]] = {stretch: [] for stretch, _ in mine}
    for stretch, names in _renamed(('^', *other, '$')):
        if stretch in theirs:
            theirs[stretch].append(names)
    votes: Counter[tuple[str, str]] = Counter()
    for stretch, names in mine:
        found = theirs[stretch]
        if not found:
            continue
        for candidate in found[:8]:
            weight = 840 // len(found)
            for pair in zip(names, candidate, strict=True):
                votes[pair] += weight + (pair[0] == pair[1])
    chosen: dict[str, str] = {}
    taken: set[str] = set()
    ranked = sorted(votes.items(), key=lambda item: (-item[1], item[0][0] != item[0][1], item[0]))
    for (old, new), _ in ranked:
        if old not in chosen and new not in taken:
            chosen[old] = new
            taken.add(new)
    return chosen


def likeness(query: Sequence[str], other: Sequence[str]) -> float:
    """How much of two formulas is the same, in [0, 1]; other names for variables cost a little.

    A formula that holds the like of the query among other things is less like it than one that is it.
    """
    plain = _similarity(query, other)
    names = renaming(query, other)
    if all(mine == yours for mine, yours in names.items()):
        return plain
    renamed = [names.get(word, f'?{word}') if word[0] == 'v' else word for word in query]
    return max(plain, _similarity(renamed, other) - _RENAMING_COST)


def _similarity(query: Sequence[str], other: Sequence[str]) -> float:
    """One less the changes as a share of the longer; or of the query, where that is a part of the other."""
    longer = max(len(query), len(other))
    if not longer:
        return 1.0
    whole = 1 - Levenshtein.distance(query, other) / longer
    if not 0 < len(query) < len(other):
        return whole
    return max(whole, _PART * (1 - distance_of_part(query, other) / len(query)))


def distance_of_part(query: Sequence[str], other: Sequence[str]) -> int:
    """The changes that make the query a run of words in *other*, as few as possible.

    :param query: at least one word.

    A column of the table at once, a bit a row (Myers, *A fast bit-vector algorithm
    for approximate string matching based on dynamic programming*, 1999).
    """
    places: dict[str, int] = {}
    for n, word in enumerate(query):
        places[word] = places.get(word, 0) | 1 << n
    full = (1 << len(query)) - 1
    last = 1 << len(query) - 1
    # Where the distance is one more, or one less, than in the row above.
    more, less = full, 0
    distance = best = len(query)
    for word in other:
        equal = places.get(word, 0)
        diagonal = ((((equal & more) + more) ^ more) | equal | less) & full
        rise = less | ~(diagonal | more) & full
        fall = more & diagonal
        distance += bool(rise & last) - bool(fall & last)
        best = min(best, distance)
        rise = rise << 1 & full
        fall = fall << 1 & full
        more = fall | ~(diagonal | rise) & full
        less = rise & diagonal
    return best
