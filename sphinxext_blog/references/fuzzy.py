"""Titles that are nearly another one: found without comparing all pairs.

An inverted index of character trigrams yields a few candidates, RapidFuzz
compares those. Meaning is no matter of degree: titles that differ in a part
number, a year, 上/下 or a whole word are two titles however alike the rest is
(:mod:`~sphinxext_blog.references.alike`).
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import OSA

from sphinxext_blog.references.alike import is_slip, reworded
from sphinxext_blog.references.titles import normalise_title, numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.records import DocName

__all__ = ['FuzzyTitles', 'choose']

THRESHOLD: Final = 90.0
"""Least similarity (0 to 100, normalised Indel similarity): a Chinese character may be
another one in titles of ten. Chosen by ``benchmarks/references.py``."""
MARGIN: Final = 4.0
"""How far behind the best title the next one must at least be."""
SHORTEST: Final = 6
"""Characters of the shortest normal form that is compared fuzzily."""
REWORDED: Final = 97.0
"""Similarity of two titles that differ in words of one meaning, or hardly at all."""
SWAPPED: Final = 95.0
"""Similarity of two titles of which one has two neighbours swapped."""
_MAXIMAL_LENGTH: Final = 400
_RARE: Final = 8  # trigrams looked up for one title
_COMMON: Final = 400  # a trigram of more titles than this tells nothing
_CANDIDATES: Final = 24


class FuzzyTitles:
    """An index of titles.

    :param titles: pairs of title and docname.
    """

    def __init__(self, titles: Iterable[tuple[str, DocName]]) -> None:
        rows = {(reworded(normalise_title(title)), title, docname) for title, docname in titles}
        self._titles = sorted(row for row in rows if SHORTEST <= len(row[0]) <= _MAXIMAL_LENGTH)
        self._postings: dict[str, list[int]] = defaultdict(list)
        for i, (form, _, _) in enumerate(self._titles):
            for gram in _grams(form):
                self._postings[gram].append(i)

    def find(self, title: str, *, without: DocName | None = None) -> tuple[tuple[DocName, ...], float]:
        """Find the title that another title means.

        :param without: a document that is no candidate.
        :returns: the docnames and the similarity in [0, 1]. Two docnames mean
            that both are as near; none, that no title is near enough.
        """
        return choose(self.ranked(title, without=without, least=THRESHOLD - MARGIN))

    def ranked(
        self, title: str, *, without: DocName | None = None, least: float = 0.0
    ) -> list[tuple[float, DocName]]:
        """All documents whose titles are this one but for slips, the most similar first.

        :param least: similarity (0 to 100) below which a title is left out.
        """
        form = reworded(normalise_title(title))
        if not SHORTEST <= len(form) <= _MAXIMAL_LENGTH:
            return []
        counts: Counter[int] = Counter()
        grams = sorted(
            (g for g in _grams(form) if 0 < len(self._postings.get(g, ())) <= _COMMON),
            key=lambda g: (len(self._postings[g]), g),
        )
        # Rare trigrams from all over the title: a changed word spoils its own only.
        for gram in grams[: _RARE * 2]:
            counts.update(self._postings[gram])
        numbers = numbers_of(form)
        scores: dict[DocName, float] = {}
        for i in sorted(counts, key=lambda i: (-counts[i], i))[:_CANDIDATES]:
            candidate, written, docname = self._titles[i]
            if docname == without or numbers_of(candidate) != numbers:
                continue
            score = min(fuzz.ratio(form, candidate), REWORDED)
            if score < SWAPPED and len(form) == len(candidate) and sorted(form) == sorted(candidate):
                # Two neighbours that changed places: nothing else makes such a pair, however short.
                score = SWAPPED if OSA.distance(form, candidate, score_cutoff=1) == 1 else score
            if score >= least and score > scores.get(docname, 0.0) and is_slip(title, written):
                scores[docname] = score
        return sorted(((score, d) for d, score in scores.items()), key=lambda s: (-s[0], s[1]))


def choose(
    ranked: Sequence[tuple[float, DocName]], *, threshold: float = THRESHOLD, margin: float = MARGIN
) -> tuple[tuple[DocName, ...], float]:
    """The best of ranked documents, and those that are nearly as good; and the best score in [0, 1].

    :returns: nothing when the best is below the threshold.
    """
    if not ranked or ranked[0][0] < threshold:
        return (), 0.0
    best = ranked[0][0]
    return tuple(sorted(d for score, d in ranked if score >= best - margin)), best / 100


def _grams(form: str) -> frozenset[str]:
    return frozenset(form[i : i + 3] for i in range(len(form) - 2))
