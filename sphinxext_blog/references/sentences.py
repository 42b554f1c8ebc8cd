"""The sentence around a place in a text: the evidence that readers are shown.

Cuts are made at the ends of sentences, at clause marks when a sentence is too
long, and never inside a formula ``$…$`` or a citation 《…》.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import Final

from sphinxext_blog.references.citations import find_citations

__all__ = ['sentence_around']

MAXIMAL_LENGTH: Final = 240
"""Characters of a sentence that is shown whole."""

_REACH: Final = 1000  # how far from the place a formula may begin; bounds the work for one place
# The dollar sign comes first, so that what lies between two of them is skipped at once.
_MATH: Final = re.compile(r'\$(?:\$[^$]*\$\$|(?<!\\\$)[^$\n]*(?<!\\)\$)')
_END: Final = re.compile(r'[。!?！？…]+[”’」』)）"\']*|[.][”’)"\']*(?=\s)|[;；](?=\s|[^\x00-\x7f])|\n+')
_CLAUSE: Final = re.compile(r'[，,、：:—]+|\s')


def sentence_around(text: str, start: int, end: int) -> tuple[str, tuple[int, int]]:
    """Cut the sentence that holds ``text[start:end]`` out of a text.

    :returns: the sentence without spaces at its ends, and the place within it
        (first and past-the-last character). A sentence of more than 240
        characters is cut at clause marks around the place.
    :raises ValueError: when the place isn't within the text.
    """
    if not 0 <= start <= end <= len(text):
        raise ValueError(f'no such place in a text of {len(text)} characters: {start}-{end}')
    low, high = max(0, start - _REACH), min(len(text), end + _REACH)
    window = text[low:high]
    a, b = start - low, end - low
    shields = _shields(window)
    left, right = _cut(window, a, b, _END, shields, len(window))
    if right - left > MAXIMAL_LENGTH:
        room = max(0, MAXIMAL_LENGTH - (b - a)) // 2
        near_left, near_right = max(left, a - room), min(right, b + room)
        left, right = _shorten(window, (left, right), (near_left, near_right), (a, b), shields)
    while left < a and window[left].isspace():
        left += 1
    while right > b and window[right - 1].isspace():
        right -= 1
    return window[left:right], (a - left, b - left)


def _shields(window: str) -> list[tuple[int, int]]:
    """Spans that no cut may split, in order and disjoint."""
    spans = [m.span() for m in _MATH.finditer(window)]
    spans += [(c.start, c.end) for c in find_citations(window)]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans):
        if out and start < out[-1][1]:
            out[-1] = (out[-1][0], max(end, out[-1][1]))
        else:
            out.append((start, end))
    return out


def _is_free(place: int, shields: list[tuple[int, int]]) -> bool:
    i = bisect_right(shields, (place, -1)) - 1
    return i < 0 or not shields[i][0] < place < shields[i][1]


def _cut(
    window: str, a: int, b: int, marks: re.Pattern[str], shields: list[tuple[int, int]], length: int
) -> tuple[int, int]:
    left, right = 0, length
    for mark in marks.finditer(window):
        place = mark.end()
        if not _is_free(place, shields):
            continue
        if place <= a:
            left = place
        elif place >= b and mark.start() >= b:
            right = place
            break
    return left, right


def _shorten(
    window: str,
    whole: tuple[int, int],
    near: tuple[int, int],
    place: tuple[int, int],
    shields: list[tuple[int, int]],
) -> tuple[int, int]:
    left, right = place
    cuts = [m.end() for m in _CLAUSE.finditer(window, near[0], near[1]) if _is_free(m.end(), shields)]
    if whole[0] >= near[0]:
        left = whole[0]
    else:
        before = [c for c in cuts if near[0] <= c <= place[0]]
        left = before[0] if before else _outward(near[0], place[0], shields)
    if whole[1] <= near[1]:
        right = whole[1]
    else:
        after = [c for c in cuts if place[1] <= c <= near[1]]
        right = after[-1] if after else _outward(near[1], place[1], shields)
    return left, right


def _outward(cut: int, fallback: int, shields: list[tuple[int, int]]) -> int:
    """A cut in the middle of words is better than one in the middle of a formula."""
    return cut if _is_free(cut, shields) else fallback
