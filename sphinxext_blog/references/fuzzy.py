"""Titles that are nearly another one: found without comparing all pairs.

An inverted index of character trigrams yields a few candidates, RapidFuzz
compares those. Numbers are no matter of degree: titles that differ in a part
number, a year or 上/下 are two titles however alike the rest is.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final

from rapidfuzz import fuzz
from rapidfuzz.distance import Indel

from sphinxext_blog.references.titles import numbers_of

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.records import DocName

__all__ = ['FuzzyTitles']

THRESHOLD: Final = 88.0
"""Least similarity (0 to 100, normalised Indel similarity); see ``benchmarks/references.py``."""
MARGIN: Final = 4.0
"""By how much the best title must lead before the second."""
SHORTEST: Final = 6
"""Characters of the shortest normal form that is compared fuzzily."""
_MAXIMAL_LENGTH: Final = 400
_RARE: Final = 8  # trigrams looked up for one title
_COMMON: Final = 400  # a trigram of more titles than this tells nothing
_CANDIDATES: Final = 24


_TELLING: Final = frozenset(
    (
        '大小 上下 左右 前后 正负 内外 有无 高低 多少 新旧 长短 强弱 快慢 奇偶 实虚 单双 加减 乘除 '
        '升降 进退 凸凹 东西 南北 先后 不 非 无 反 逆 半 伪 准 超 新 再 续 又 终 首 末 答 '
        'not non un in im ir anti pseudo semi quasi sub super co pre post'
    ).split()
)
"""Differences that make another title: opposites, and words that negate or renew."""


class FuzzyTitles:
    """An index of normal forms of titles.

    :param titles: pairs of normal form and docname.
    """

    def __init__(self, titles: Iterable[tuple[str, DocName]]) -> None:
        self._titles = sorted({(f, d) for f, d in titles if SHORTEST <= len(f) <= _MAXIMAL_LENGTH})
        self._postings: dict[str, list[int]] = defaultdict(list)
        for i, (form, _) in enumerate(self._titles):
            for gram in _grams(form):
                self._postings[gram].append(i)

    def find(self, form: str, *, without: DocName | None = None) -> tuple[tuple[DocName, ...], float]:
        """Find the title that a normal form means.

        :param without: a document that is no candidate.
        :returns: the docnames and the similarity in [0, 1]. Two docnames mean
            that both are as near; none, that no title is near enough.
        """
        if not SHORTEST <= len(form) <= _MAXIMAL_LENGTH:
            return (), 0.0
        counts: Counter[int] = Counter()
        grams = sorted(
            (g for g in _grams(form) if 0 < len(self._postings.get(g, ())) <= _COMMON),
            key=lambda g: (len(self._postings[g]), g),
        )
        # Rare trigrams from all over the title: a changed word spoils its own only.
        for gram in grams[: _RARE * 2]:
            counts.update(self._postings[gram])
        numbers = numbers_of(form)
        scored: list[tuple[float, DocName]] = []
        best = sorted(counts, key=lambda i: (-counts[i], i))[:_CANDIDATES]
        for i in best:
            candidate, docname = self._titles[i]
            if docname != without and numbers_of(candidate) == numbers and not _is_other(form, candidate):
                score = fuzz.ratio(form, candidate, score_cutoff=THRESHOLD - MARGIN)
                if score:
                    scored.append((score, docname))
        scored.sort(key=lambda s: (-s[0], s[1]))
        if not scored or scored[0][0] < THRESHOLD:
            return (), 0.0
        near = sorted({d for score, d in scored if score > scored[0][0] - MARGIN})
        return tuple(near), scored[0][0] / 100


def _is_other(a: str, b: str) -> bool:
    """Whether the few characters that differ change the meaning."""
    if abs(len(a) - len(b)) > 0.3 * max(len(a), len(b)):
        return True
    shorter, longer = sorted((a, b), key=len)
    if len(longer) - len(shorter) > 1 and shorter in longer:
        return True  # 《A》浅读 is a text about A
    removed, added = '', ''
    for step in Indel.editops(a, b):
        if step.tag == 'delete':
            removed += a[step.src_pos]
        else:
            added += b[step.dest_pos]
    if len(removed) == len(added) == 1:
        return removed + added in _TELLING or added + removed in _TELLING
    return removed + added in _TELLING and not (removed and added)


def _grams(form: str) -> frozenset[str]:
    return frozenset(form[i : i + 3] for i in range(len(form) - 2))
