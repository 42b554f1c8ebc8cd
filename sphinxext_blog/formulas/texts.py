"""The texts of all equations of an index in memory, and how they are looked through.

In the files each word is one character (see :mod:`~.index`), so that a run of
words is found as a string is.
"""

from __future__ import annotations

import functools
import math
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from itertools import islice
from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas.index import characters
from sphinxext_blog.formulas.similar import skeleton, stretches

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['Texts']

_RANKED: Final = 60
"""Candidates that are aligned with a query."""


class Texts:
    """The texts of all equations, and the stretches that find them."""

    def __init__(self, words: Sequence[str], texts: Sequence[str], entries: Sequence[int]) -> None:
        """Take what the files of an index hold.

        :param words: the file ``words``.
        :param texts: those of all files ``texts-<n>``, in order.
        :param entries: the entry of each equation, ascending.
        """
        self.entries = entries
        """The entry of each equation."""
        self._word = dict(zip(characters(), words, strict=False))
        self._texts = texts

    @functools.cached_property
    def _holders(self) -> tuple[dict[str, list[int]], list[int]]:
        """The equations that hold each stretch; how many words each has."""
        holders: defaultdict[str, list[int]] = defaultdict(list)
        lengths: list[int] = []
        for number in range(len(self._texts)):
            known = self.words_of(number)
            lengths.append(len(known))
            for stretch in set(stretches(known)):
                holders[stretch].append(number)
        return holders, lengths

    @functools.cached_property
    def _by_size(self) -> list[tuple[int, int]]:
        """How many words each entry has, and its number."""
        sizes: Counter[int] = Counter()
        for entry, text in zip(self.entries, self._texts, strict=True):
            sizes[entry] += len(text)
        return sorted((size, entry) for entry, size in sizes.items())

    def holding(self, runs: Sequence[Sequence[Sequence[str]]], least: int, most: int) -> list[int]:
        """The smallest entries that hold the runs of each equation of a pattern, in as many of theirs.

        :param least: how many words they have at least, the end of an equation being one.
        :param most: how many are wanted.
        """
        character = {word: character for character, word in self._word.items()}
        coded = [[''.join(character.get(word, '"') for word in run) for run in equation] for equation in runs]
        found = (
            entry
            for size, entry in self._by_size
            if size + len(texts := self._coded(entry)) >= least and _all_hold(texts, coded)
        )
        return list(islice(found, most))

    def of(self, entry: int) -> list[str]:
        """The texts N2 of the equations of an entry."""
        return [' '.join(map(self._word.__getitem__, text)) for text in self._coded(entry)]

    def _coded(self, entry: int) -> Sequence[str]:
        first = bisect_left(self.entries, entry)
        last = bisect_right(self.entries, entry)
        return self._texts[first:last]

    def words_of(self, equation: int) -> tuple[str, ...]:
        """The words of an equation that carry meaning."""
        return skeleton(' '.join(map(self._word.__getitem__, self._texts[equation])))

    def candidates(self, words: Sequence[str]) -> list[int]:
        """Equations that share rare stretches with a query, the most promising first."""
        # Whole numbers add up to the same in any order, here as in the browser.
        known, lengths = self._holders
        sums: defaultdict[int, int] = defaultdict(int)
        for stretch in set(stretches(words)):
            holders = known.get(stretch, ())
            rarity = int(1024 * math.log(1 + len(self.entries) / len(holders)) + 0.5) if holders else 0
            for number in holders:
                sums[number] += rarity
        scores = {number: total / math.sqrt(8 + lengths[number]) for number, total in sums.items()}
        return sorted(scores, key=lambda number: (-scores[number], number))[:_RANKED]


def _all_hold(texts: Sequence[str], runs: Sequence[Sequence[str]]) -> bool:
    """Whether as many texts in the same order hold these runs."""
    done = 0
    for text in texts:
        if done < len(runs) and _holds(text, runs[done]):
            done += 1
    return done == len(runs)


def _holds(text: str, runs: Sequence[str]) -> bool:
    """Whether all runs stand in a text, one behind the other."""
    start = 0
    for run in runs:
        start = text.find(run, start)
        if start < 0:
            return False
        start += len(run)
    return True
