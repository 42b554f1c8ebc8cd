"""Titles: what looks like one, what makes two of them equal, and one for a post that has none."""

from __future__ import annotations

import re
import unicodedata

from sphinxext_blog.importers.latex import inline_spans

__all__ = ['derive_title', 'display_width', 'ends_like_a_sentence', 'is_title_like', 'normalise']

_SENTENCE_END = '。\uff0e.;\uff1b:\uff1a,\uff0c、!\uff01?\uff1f…'
_CLOSERS = '”’"\')\uff09】」』》〉]'
_INTERIOR_END = re.compile(r'[。!?;\uff01\uff1f\uff1b][^\s”’"\')\uff09】」』》]')
_CLAUSE_END = re.compile(r'[。,;!?:\uff0c\uff1b\uff01\uff1f\uff1a、…]')
_BRACKETS = dict(zip('》〉】」』\uff09)”', '《〈【「『\uff08(“', strict=True))
_INVISIBLE = re.compile('[\u00ad\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]')
_MIN_CLAUSE = 4
_MAX_CLAUSE = 80
_FULL_WIDTH = {'W': 2, 'F': 2}


def normalise(text: str) -> str:
    """Text for comparing: NFKC, casefolded, without white space and invisible characters."""
    folded = unicodedata.normalize('NFKC', text).casefold()
    return _INVISIBLE.sub('', ''.join(folded.split()))


def display_width(text: str) -> int:
    """Columns that a text takes on a terminal: two for a wide East Asian character."""
    if text.isascii():
        return len(text)
    return sum(_FULL_WIDTH.get(unicodedata.east_asian_width(c), 1) for c in text)


def ends_like_a_sentence(text: str) -> bool:
    """Whether a text ends with the punctuation of a sentence or clause, closing quotes aside."""
    return text.rstrip().rstrip(_CLOSERS).endswith(tuple(_SENTENCE_END))


def is_title_like(text: str) -> bool:
    """Whether a single line can be a title.

    It has letters, digits or pictures, and does not end like a sentence. A question or an
    exclamation may be a title when it is short and the only one.
    """
    if not any(c.isalnum() or unicodedata.category(c) == 'So' for c in text):
        return False
    if not ends_like_a_sentence(text):
        return display_width(text) <= 200 or not _INTERIOR_END.search(text)
    end = text.rstrip().rstrip(_CLOSERS)
    if end.endswith(('?', '\uff1f', '!', '\uff01', '...', '…')):
        rest = end.rstrip('?!\uff1f\uff01.… ')
        return display_width(text) <= 100 and not re.search(r'[。;,!?\uff1b\uff0c\uff01\uff1f]', rest)
    return False


def derive_title(text: str) -> str:
    """The first clause of a paragraph, as the title of a post that has none.

    Punctuation inside brackets, quotation marks and formulas ends no clause;
    a clause of fewer than four characters takes the next one with it, one
    without a letter or digit is passed over. Empty when no clause has any.
    """
    text = ' '.join(text[: 20 * _MAX_CLAUSE].split())
    inside = _protected(text)
    start = 0
    for match in _CLAUSE_END.finditer(text):
        at = match.start()
        if at - start < _MIN_CLAUSE or inside[at]:
            continue
        around = text[at - 1 : at + 2]
        if around.isascii() and len(around) == 3 and around[0].isalnum() and around[2].isalnum():
            continue  # 1,000 and 12:30
        if not _is_named(text[start:at]):
            start = at + 1
            continue
        text = text[start:at] + (match[0] if match[0] in '?\uff1f' else '')
        break
    else:
        text = text[start:].rstrip('.')
    title = _shorten(text.strip())
    return title if _is_named(title) else ''


def _is_named(text: str) -> bool:
    """Whether a text can be spoken and be a file name: it has a letter or a digit."""
    return any(map(str.isalnum, text))


def _protected(text: str) -> list[bool]:
    """For each character whether it stands inside a formula or a pair of brackets."""
    inside = [False] * len(text)
    for span in inline_spans(text):
        inside[span.start : span.end] = [True] * (span.end - span.start)
    stack: list[tuple[str, int]] = []
    for at, char in enumerate(text):
        if inside[at]:
            continue
        if char in _BRACKETS.values():
            stack.append((char, at))
        elif char in _BRACKETS and stack and stack[-1][0] == _BRACKETS[char]:
            start = stack.pop()[1]
            inside[start : at + 1] = [True] * (at + 1 - start)
    return inside


def _shorten(text: str) -> str:
    if len(text) <= _MAX_CLAUSE:
        return text
    cut = _MAX_CLAUSE
    for span in inline_spans(text):
        if span.start < cut < span.end:
            cut = span.start or span.end
    if cut < len(text) and (space := text.rfind(' ', cut - 20, cut)) > 0:
        cut = space
    return text[:cut].rstrip() + '…'
