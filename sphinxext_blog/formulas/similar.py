r"""Likeness of formulas: short stretches in common, then an alignment.

The words of a formula in form N2 are cut into stretches of four neighbours,
their variables renamed by first occurrence inside the stretch, so that neither
a local change nor another choice of letters spoils more than a few. They find
candidates; an alignment of the word lists, under the renaming that most
stretches speak for, ranks them.

The stretches are the symbol pairs of Tangent (Davila and Zanibbi, *Layout and
semantics: combining representations for mathematical formula search*, 2017)
in linear order; renaming within a stretch is the parameterised match of Baker
(*Parameterized pattern matching*, 1996).
"""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import Indel

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['likeness', 'renaming', 'skeleton', 'stretches']

_MARKS: Final = frozenset([',', ')', 'R('])
_STRETCH: Final = 4
"""Words of a stretch that finds candidates."""
_VOTING: Final = (3, 5)
"""Words of the stretches that speak for a renaming."""
_RENAMING_COST: Final = 0.03
_PART: Final = 0.9
"""Likeness of a formula that holds the query somewhere."""


def skeleton(canonical: str) -> tuple[str, ...]:
    """The words of a canonical text N2 that carry meaning: closing marks follow from the others."""
    return tuple(word for word in canonical.split(' ') if word not in _MARKS)


def stretches(words: Sequence[str]) -> list[str]:
    """All features of a formula, in order, with repetition."""
    return [stretch for stretch, _ in _renamed(('^', *words, '$'), _STRETCH)]


def _renamed(padded: Sequence[str], length: int) -> list[tuple[str, tuple[str, ...]]]:
    """Stretches with renamed variables, and the variables that they renamed."""
    out: list[tuple[str, tuple[str, ...]]] = []
    for n in range(max(1, len(padded) - length + 1)):
        names: dict[str, str] = {}
        words = [
            names.setdefault(word, f'v{len(names)}') if word[0] == 'v' else word
            for word in padded[n : n + length]
        ]
        out.append((' '.join(words), tuple(names)))
    return out


def _voters(words: Sequence[str]) -> list[tuple[str, tuple[str, ...]]]:
    padded = ('^', *words, '$')
    return [voter for length in _VOTING for voter in _renamed(padded, length) if voter[1]]


def renaming(query: Sequence[str], other: Sequence[str]) -> dict[str, str]:
    """The one-to-one renaming of the query's variables that most common stretches speak for."""
    mine = _voters(query)
    theirs: dict[str, list[tuple[str, ...]]] = {stretch: [] for stretch, _ in mine}
    for stretch, names in _voters(other):
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

    Where a stretch of the other formula, as long as the query, is more like it, this counts.
    """
    plain = _likeness(query, other)
    names = renaming(query, other)
    if all(mine == yours for mine, yours in names.items()):
        return plain
    renamed = [names.get(word, f'?{word}') if word[0] == 'v' else word for word in query]
    return max(plain, _likeness(renamed, other) - _RENAMING_COST)


def _likeness(query: Sequence[str], other: Sequence[str]) -> float:
    whole: float = Indel.normalized_similarity(query, other)
    length = len(query)
    if _PART * (length + len(other)) <= 2 * length:
        return whole  # no stretch can be more like it
    parts = (other[n : n + length] for n in range(len(other) - length + 1))
    return max(whole, _PART * max(Indel.normalized_similarity(query, part) for part in parts))
