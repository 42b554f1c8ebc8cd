r"""LaTeX to tokens.

A token is a command (``\alpha``), a number, a run of CJK characters, a
parameter (``#1``) or one character. White space never counts. A font or text
command with a plain argument (``\mathbb{R}``, ``\text{if }``) is one token, as
most of them are; the parser keeps their meaning in a cache.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.formulas import tables

__all__ = ['END', 'MAX_LENGTH', 'compounds', 'tokenise']

MAX_LENGTH: Final = 100_000
"""Characters of a formula that are read."""
END: Final = ''
"""The token after the last one."""

_FONTS: Final = frozenset({*tables.BOLD, *tables.UPRIGHT, *tables.LETTER_FONTS} - tables.DECLARATIONS)
_SIMPLE = (
    r'\\[A-Za-z]+'
    r'|%[^\n]*'
    r'|[0-9]+(?:\.[0-9]+)?'
    r'|#[1-9]'
    rf'|[{tables.CJK}]+'
    r'|\\.'
    rf'|[^{tables.WHITE}]'
)
_COMPOUND = (
    rf'\\(?:{"|".join(sorted(_FONTS, key=lambda name: (-len(name), name)))})\{{[^{{}}\\$#%^_&~\n]{{0,64}}\}}'
)

_TOKEN: Final = re.compile(f'{_COMPOUND}|{_SIMPLE}', re.DOTALL)
_PLAIN_TOKEN: Final = re.compile(_SIMPLE, re.DOTALL)
_WHITE_RUN: Final = re.compile(f'[{tables.WHITE}]+')
_SURROGATE: Final = re.compile('[\ud800-\udfff]')


def compounds() -> frozenset[str]:
    """Names of the commands that the lexer reads together with their argument."""
    return _FONTS


def without_space(text: str) -> str:
    """Take all white space out."""
    return _WHITE_RUN.sub('', text)


def tokenise(latex: str, *, compound: bool = True) -> list[str]:
    r"""Cut LaTeX into tokens; comments and white space are gone.

    :param latex: any text; no more than its first :data:`MAX_LENGTH`
        characters are read. A lone surrogate is read as U+FFFD.
    :param compound: read ``\mathbb{R}`` as one token; off while a macro of
        such a name is in force.
    """
    latex = latex[:MAX_LENGTH]
    if not latex.isascii():
        latex = _SURROGATE.sub('\ufffd', latex).translate(tables.UNICODE)
    tokens: list[str] = (_TOKEN if compound else _PLAIN_TOKEN).findall(latex)
    if '%' in latex:
        tokens = [token for token in tokens if token[0] != '%']
    return tokens
