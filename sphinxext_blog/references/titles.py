"""Titles in a normal form, so that two spellings of one title are equal.

Blogs cite their own posts from memory: half-width colons for full-width ones,
``7`` for 七, brackets of another kind, a space more or less.
:func:`normalise_title` removes those differences and nothing else.
"""

from __future__ import annotations

import re
import unicodedata
from functools import lru_cache
from typing import Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS, chinese_to_int, roman_to_int

__all__ = ['exact_title', 'has_cjk', 'is_kept', 'normalise_title', 'numbers_of', 'words_of']

_CHINESE_RUN: Final = re.compile(f'[{CHINESE_DIGITS}]+')
_ROMAN_RUN: Final = re.compile(r'(?<![^\W_])[IVX]{2,7}(?![^\W_])|(?<=[\s(—–-])I(?=\s*(?:$|[:)—–-]))')
_ROMAN_AFTER_CJK: Final = re.compile(r'(?<=[㐀-鿿])[IVX]{1,7}(?![^\W_])|(?<=[㐀-鿿])[IVX]{2,7}(?=[㐀-鿿])')
_NUMBER: Final = re.compile(r'\d+')
_CJK: Final = re.compile(r'[㐀-䶿一-鿿豈-﫿\U00020000-\U0003ffff぀-ヿ가-힣]')
_APOSTROPHES: Final = "'’ʼ"
_MARKS: Final = re.compile(r'[上中下前后](?=篇|部|集|$)')
_REMEMBERED: Final = 300  # characters


def normalise_title(title: str) -> str:
    r"""Reduce a title to the form in which titles are compared.

    Width and compatibility forms (NFKC), letter case, brackets of all kinds,
    punctuation, spaces, control and bidi characters, ``$`` and ``\`` of LaTeX
    disappear; numerals of all scripts become Arabic ones, and two numbers that
    only punctuation separated stay apart (``3(1)`` is ``3.1``, not ``31``).
    Mathematical signs stay (``VAE + BN``, ``1 = 2``). A title without any
    letter or digit stands for itself without its spaces.

    The function is idempotent and takes time linear in the title.

    >>> normalise_title('变分自编码器（七）：球面上的VAE') == normalise_title('变分自编码器(7): 球面上的vae')
    True
    """
    return _normalised(title) if len(title) <= _REMEMBERED else _until_stable(title)


@lru_cache(maxsize=1 << 16)
def _normalised(title: str) -> str:
    # Every title is compared many times; the memo is bounded in number and length.
    return _until_stable(title)


def _until_stable(title: str) -> str:
    # A second pass is rarely needed: only when a dropped character stood
    # between two that compose, or when lower case is no compatibility form.
    for _ in range(4):
        form = _one_pass(title)
        if form == title:
            break
        title = form
    return form


def _folded(title: str) -> str:
    text = unicodedata.normalize('NFKC', title)
    text = _ROMAN_RUN.sub(_roman, text)
    text = _ROMAN_AFTER_CJK.sub(_roman, text)
    text = _CHINESE_RUN.sub(_chinese, text)
    return unicodedata.normalize('NFKC', text.casefold())


def _one_pass(title: str) -> str:
    text = _folded(title)
    out: list[str] = []
    apart = False
    for c in text:
        if c.isdecimal():
            if apart and out and out[-1].isdecimal():
                out.append('.')
            out.append(str(unicodedata.decimal(c)))
            apart = False
        elif is_kept(c):
            out.append(c)
            apart = False
        else:
            apart = True
    if any(c.isalnum() for c in out):
        return ''.join(out)
    return ''.join(c for c in text if not c.isspace() and c.isprintable())


def is_kept(c: str) -> bool:
    """Whether a character tells titles apart: letters, marks, numbers, mathematical signs."""
    if c.isalnum():
        return True
    category = unicodedata.category(c)
    return category[0] in 'LMN' or (category == 'Sm' and c not in '|~')


def _roman(match: re.Match[str]) -> str:
    value = roman_to_int(match[0])
    return match[0] if value is None else f' {value} '


def _chinese(match: re.Match[str]) -> str:
    value = chinese_to_int(match[0])
    return match[0] if value is None else f'\x00{value}\x00'


def words_of(title: str) -> tuple[str, ...]:
    """The words of a title in the spelling of the normal form.

    Chinese, Japanese and Korean characters, numbers and mathematical signs are
    words of their own; an apostrophe parts no word.

    >>> words_of('Garner’s 算法(七): n>8')
    ('garners', '算', '法', '7', 'n', '>', '8')
    """
    words: list[str] = []
    kind = ''
    for c in _folded(title):
        if c in _APOSTROPHES:
            continue
        before, kind = kind, _kind_of(c)
        if kind and kind == before and kind in 'LN':
            words[-1] += c
        elif kind:
            words.append(c)
    return tuple(words)


def _kind_of(c: str) -> str:
    if c.isdecimal():
        return 'N'
    if _CJK.match(c):
        return 'C'
    if c.isalnum() or unicodedata.category(c)[0] in 'LMN':
        return 'L'
    return 'S' if is_kept(c) else ''


def exact_title(title: str) -> str:
    """The title itself, apart from spaces around it and repeated ones within."""
    return ' '.join(title.split())


def has_cjk(text: str) -> bool:
    """Whether the text has a Chinese, Japanese or Korean character."""
    return _CJK.search(text) is not None


def numbers_of(normal_form: str) -> tuple[str, ...]:
    """All numbers and volume marks of a normal form: two titles that differ in them are two posts."""
    numbers = [m[0].lstrip('0') or '0' for m in _NUMBER.finditer(normal_form)]
    return (*numbers, *(m[0] for m in _MARKS.finditer(normal_form)))
