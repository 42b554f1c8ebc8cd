r"""Queries that find something in an index: the examples that the formula page offers."""

from __future__ import annotations

import re
from itertools import islice
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas.index import RECORDS
from sphinxext_blog.formulas.reading import COMMANDS
from sphinxext_blog.formulas.search import FormulaSearch

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

__all__ = ['example_queries']

_PATTERNS: Final = (
    r'\frac{?a}{\sqrt{?b}}',
    r'?a^2 + ?b^2',
    r'\|?a\|^2',
    r'\sum_{?i=1}^?n ?x',
    r'\int ?f\, d?x',
    r'\log ?x',
    r'e^{?x}',
    r'\sqrt{?x}',
    r'\frac{?a}{?b}',
)
"""What a reader could look for, the most telling first."""
_MOST_PATTERNS: Final = 2
_LOOKED_AT: Final = 10 * RECORDS
"""Entries among which a formula is chosen, the most important ones."""
_LENGTHS: Final = range(6, 29)
"""Characters of a formula that fits a button."""
_NO_EXAMPLE: Final = re.compile(r'\\(?:begin|tag|label|text|newcommand|def|\\)|[?\n]|^[^=]*$')
_WORD: Final = re.compile('f([A-Za-z]{4,12})')
_MOST_WORDS: Final = 20
"""Words that are tried, the most frequent ones."""


def example_queries(files: Mapping[str, Any]) -> list[str]:
    """Some queries of different kinds, each of which finds a formula.

    :param files: of an index, as :func:`~.index.build_index` makes them.
    :return: a formula, queries with wildcards, one with a word; fewer or none
        when the blog has no such formulas.
    """
    search = FormulaSearch(files.get)

    def finds(query: str) -> bool:
        return any(group.kind != 'similar' for group in search.search(query, limit=1))

    found = list(islice(filter(finds, _formulas(files)), 1))
    found += islice(filter(finds, _PATTERNS), _MOST_PATTERNS)
    matches = (match for word in files['words'] if (match := _WORD.fullmatch(word)))
    # LaTeX has commands for the others.
    words = (match[1] for match in matches if match[1] not in COMMANDS)
    found += islice(filter(finds, (f'{word}(?a)' for word in islice(words, _MOST_WORDS))), 1)
    return found


def _formulas(files: Mapping[str, Any]) -> Iterator[str]:
    """Short equations, those of most posts first."""
    for number in range(min(files['index']['entries'], _LOOKED_AT)):
        latex = files[f'records-{number // RECORDS}'][number % RECORDS][0].strip()
        if len(latex) in _LENGTHS and not _NO_EXAMPLE.search(latex):
            yield latex
