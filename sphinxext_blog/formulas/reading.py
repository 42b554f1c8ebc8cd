r"""Words that a reader types without a backslash: ``softmax(?a)`` is :math:`\operatorname{softmax}(a)`.

To LaTeX these are seven letters; to the blog, where formulas have this word,
hardly ever. So a run of letters that is such a word is read as this word. Two
letters are a product more often: ``KL`` is a word only where there is no such product.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas import tables

if TYPE_CHECKING:
    from collections.abc import Container

__all__ = ['COMMANDS', 'PAIR', 'letter_runs', 'with_words']

_LEAST: Final = 3
"""Letters of a word; two are a product more often."""
PAIR: Final = 2
"""Letters of a word beside which there is a longer one, or where the product was not found."""
COMMANDS: Final = frozenset(
    'arccos arcsin arctan arg cos cosh cot coth csc deg det dim exp gcd hom inf int ker lg lim liminf limsup'
    ' ln log max min oint prod sec sin sinh sum sup tan tanh'.split()
)
r"""Words that are commands of LaTeX; any other needs ``\operatorname``."""
_NAMED: Final = '|'.join(sorted(tables.UPRIGHT | tables.BOLD | tables.LETTER_FONTS.keys()))
# What is passed over: an environment, words that are written as such, a command, a wildcard.
_PIECE: Final = re.compile(
    rf'\\(?:begin|end|{_NAMED})[ ]*\{{[^{{}}]*\}}|\\[A-Za-z]+|\\.|[?？][A-Za-z][0-9]*|([A-Za-z]+)', re.DOTALL
)


def letter_runs(latex: str, least: int = _LEAST) -> list[str]:
    """The runs of *least* letters or more, which could be words. Linear; nothing is raised."""
    return [name for match in _PIECE.finditer(latex) if (name := match[1]) and len(name) >= least]


def with_words(latex: str, words: Container[str], least: int = _LEAST) -> str:
    r"""A query in which runs of letters that are words are written as words: all of them or none.

    Linear. Nothing is raised.

    :param latex: any text.
    :param words: those of canonical texts that the formulas of an index hold.
    :param least: letters that one of the words has; beside it, words of two are read as well.
    :return: *latex* itself when there are none.

    >>> with_words('softmax(?a)', {'fsoftmax'})
    '\\operatorname{softmax}(?a)'
    """
    known = {name for name in letter_runs(latex, PAIR) if f'f{name}' in words}
    if all(len(name) < least for name in known):
        return latex

    def written(match: re.Match[str]) -> str:
        name = match[1]
        if name not in known:
            return match[0]
        return f'\\{name}' if name in COMMANDS else rf'\operatorname{{{name}}}'

    return _PIECE.sub(written, latex)
