r"""Which bars of a formula are a pair: the ones in :math:`|x| + |y|`, none in :math:`P(A | B)`.

LaTeX has one sign for both sides of an absolute value, so that only its
neighbours tell which side a bar is. As far as wildcards are concerned a pair is
a bracket: what is between two bars is not cut by them, and a wildcard takes
both or none. The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['JOINING', 'SIGNS', 'bar_sides']

SIGNS: Final = frozenset(['o+', 'o-', 'opm', 'omp'])
"""Operators that may stand before a term without one."""
JOINING: Final = SIGNS | {
    f'o{name}'
    for name in '* / times cdot div circ bullet odot otimes oplus ominus oslash'
    ' cup cap setminus wedge vee'.split()
}
"""Operators between two terms."""
_BARS: Final = frozenset(['o|', 'oVert'])
_NO_END: Final = frozenset('rpf')
"""Classes of leaves behind which a bar begins something: relations, punctuation, functions."""


class _Row:
    """What is known of a row, or of the parts of another node, while it is read."""

    __slots__ = ('after', 'base', 'count', 'opened', 'opener')

    def __init__(self, opener: str = '') -> None:
        self.opener = opener
        self.after = False
        """A term ends where the row is read."""
        self.base: bool | None = None
        """Of scripts, whether a term ends with their base."""
        self.opened: list[int] = []
        """Bars that found no partner yet."""
        self.count = dict.fromkeys(_BARS, 0)
        """How many of each kind there are of these."""

    def close(self, bar: str, at: int, words: Sequence[str], sides: list[int]) -> bool:
        """Pair a bar with the innermost open one of its kind, if there is one."""
        if not self.count[bar]:
            return False
        while words[(found := self.opened.pop())] != bar:
            self.count[words[found]] -= 1
        self.count[bar] -= 1
        sides[found], sides[at] = 1, -1
        return True

    def settle(self, words: Sequence[str], sides: list[int]) -> None:
        """Pair the bars that are left."""
        left = self.opened
        n = 0
        while n + 1 < len(left):
            if words[left[n]] == words[left[n + 1]] and left[n] + 1 < left[n + 1]:
                sides[left[n]], sides[left[n + 1]] = 1, -1
                n += 1
            n += 1
        self.opened = []
        self.count = dict.fromkeys(_BARS, 0)


def bar_sides(words: Sequence[str], end: str) -> list[int]:
    r"""For each word 1 where the first bar of a pair stands, with its scripts; -1 for the second; else 0.

    A bar behind a term closes the innermost open one of its kind in its row;
    elsewhere it opens. Bars that are left alone so (``|\text{Aut}|``) are pairs
    in their order, unless nothing stands between them. Linear; nothing is raised.

    :param words: canonical words.
    :param end: the word that closes an equation.
    """
    sides = [0] * len(words)
    rows = [_Row()]
    for at, word in enumerate(words):
        row = rows[-1]
        if word == end:
            for row in rows:
                row.settle(words, sides)
            rows = [_Row()]
        elif 'A' <= word[:1] <= 'Z':
            if word == 'S(' and row.after and at + 1 < len(words) and words[at + 1] in _BARS:
                row.close(words[at + 1], at, words, sides)
            rows.append(_Row(word))
        elif word == ')' and len(rows) > 1:
            row.settle(words, sides)
            rows.pop()
            rows[-1].after = row.base is not False
        elif word == ',' and row.opener != 'R(' and len(rows) > 1:
            if row.opener == 'S(' and row.base is None:
                row.base = row.after
            row.settle(words, sides)
            row.after = False
        elif word not in _BARS:
            row.after = word not in JOINING and word[:1] not in _NO_END
        elif row.opener == 'S(':
            row.after = True  # the side of an absolute value is told by the row around
        elif not (row.after and row.close(word, at, words, sides)):
            row.opened.append(at)
            row.count[word] += 1
            row.after = False
    for row in rows:
        row.settle(words, sides)
    return sides
