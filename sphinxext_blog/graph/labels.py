"""Labels of drawings that are made without a browser: how wide a text is, and what of it fits.

The font of the page isn't known here, so widths are those of a rather wide
sans-serif, in em: a label may end a little before its limit, not behind it.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final

__all__ = ['clean', 'fit', 'shortened', 'width_of']

_ELLIPSIS: Final = '…'
_NARROW: Final = frozenset("iIjlftr.,:;'|!()[]{}/\\- ")
_WIDE: Final = frozenset('mwMW@%&—…')
_FORBIDDEN = re.compile('[\x00-\x1f\x7f-\x9f\u2028\u2029\ufdd0-\ufdef\ufffe\uffff\ud800-\udfff]')
_BIDI = re.compile('[\u202a-\u202e\u2066-\u2069]')
_JOINERS: Final = frozenset('\u200d\ufe0e\ufe0f')
_SPACE: Final = re.compile(r'\s+')
_LONGEST: Final = 2000
"""No label shows more characters, so no more are looked at."""
_CLOSING: Final = frozenset('，。、；：？！）》】」』”’〉…,.;:?!)]}%')
"""What no line begins with."""


def clean(text: str) -> str:
    r"""*text* as one line that markup can hold and that changes the direction of nothing around it.

    Embeddings, overrides and isolates are dropped: one that is cut off, or
    never closed, would turn what follows.

    >>> clean('a\u202eb\n c')
    'ab c'
    """
    text = _BIDI.sub('', text[:_LONGEST])
    return _SPACE.sub(' ', _FORBIDDEN.sub(' ', text)).strip()


def width_of(text: str) -> float:
    """Width in em.

    >>> width_of('图')
    1.0
    """
    return sum(map(_advance, text))


def _advance(character: str) -> float:
    if character in _JOINERS or unicodedata.combining(character) or unicodedata.category(character) == 'Mn':
        return 0.0
    if unicodedata.east_asian_width(character) in 'WF':
        return 1.0
    if character in _NARROW:
        return 0.4
    if character in _WIDE:
        return 1.0
    if character.isascii():
        return 0.72 if character.isupper() else 0.6
    # Letters of other alphabets are as wide as capitals or less; signs may be anything up to an em.
    return 0.72 if character.isalpha() else 1.0


def shortened(text: str, length: int) -> str:
    """At most *length* characters of *text*, the last an ellipsis when some are left out."""
    return text if len(text) <= length else _cut(text, length - 1) + _ELLIPSIS


def fit(text: str, width: float, lines: int) -> tuple[str, ...]:
    """*text* in at most *lines* lines, none wider than *width* em; the last may end in an ellipsis.

    Lines break at spaces where that leaves no line half empty, and between any
    two characters of Chinese or Japanese.

    >>> fit('低秩近似之路', 4.0, 1)
    ('低秩近…',)
    >>> fit('low-rank approximation', 7.0, 2)
    ('low-rank', 'approximat…')
    """
    result: list[str] = []
    rest = text
    while rest:
        if width_of(rest) <= width:
            return (*result, rest)
        if len(result) == lines - 1:
            end = _cut(rest, _count(rest, width - width_of(_ELLIPSIS))).rstrip()
            return (*result, end + _ELLIPSIS)
        at = _break(rest, width)
        result.append(rest[:at].rstrip())
        rest = rest[at:].lstrip()
    return tuple(result)


def _count(text: str, width: float) -> int:
    """How many characters fit."""
    total = 0.0
    for number, character in enumerate(text):
        total += _advance(character)
        if total > width:
            return number
    return len(text)


def _break(text: str, width: float) -> int:
    """Where the first line ends."""
    most = max(len(_cut(text, _count(text, width))), 1)
    for at in range(most, most // 2, -1):
        before, after = text[at - 1], text[at : at + 1]
        ideographic = unicodedata.east_asian_width(before) in 'WF' or (
            after and unicodedata.east_asian_width(after) in 'WF'
        )
        if before == ' ' or after == ' ' or (ideographic and after not in _CLOSING):
            return at
    return most


def _cut(text: str, length: int) -> str:
    """The first characters, without half of a character that is composed of several."""
    while 0 < length < len(text) and (_advance(text[length]) == 0 or text[length - 1] == '\u200d'):
        length -= 1
    return text[:length]
