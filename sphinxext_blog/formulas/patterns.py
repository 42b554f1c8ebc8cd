r"""Wildcards: ``?a`` in a query stands for any part of a formula.

A query with wildcards becomes a pattern: the canonical words (form N2) of its
equations, wildcards being words of their own. Here it is read, and what all
formulas of its form hold; :mod:`~.matching` decides. The specification is
``docs/formulas-specification.rst``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.commands import read
from sphinxext_blog.formulas.equations import equations_of
from sphinxext_blog.formulas.lexer import MAX_LENGTH
from sphinxext_blog.formulas.macros import NO_MACROS, Macros, tokens_of
from sphinxext_blog.formulas.model import Branch, Node
from sphinxext_blog.formulas.normal import WordCache, canonical_texts, words_of
from sphinxext_blog.formulas.similar import MARKS

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = [
    'END',
    'LIMITED',
    'MAX_NAMES',
    'WILD',
    'Pattern',
    'constant_runs',
    'pattern_of',
    'read_pattern',
]

MAX_NAMES: Final = 64
"""Different wildcards of a query; further ones are question marks."""

_FIRST_MARK: Final = 0xE000
_MARKS: Final = f'{chr(_FIRST_MARK)}-{chr(_FIRST_MARK + MAX_NAMES - 1)}'
_MARK: Final = re.compile(f'[{_MARKS}]')
# A character behind a backslash is escaped; this finds it so that it is passed over.
_WILDCARD: Final = re.compile(r'\\.|[?？]([A-Za-z][0-9]*)', re.DOTALL)

END: Final = ';'
"""The word that closes an equation of a pattern."""
WILD: Final = frozenset('?!')
"""First characters of wildcards."""
LIMITED: Final = tables.INTEGRALS | {
    f'f{name}'
    for name in 'sum prod coprod bigcup bigcap bigvee bigwedge bigsqcup biguplus'
    ' lim liminf limsup injlim projlim max min sup inf argmax argmin'.split()
}
"""Operators with limits: one without any in a pattern is one with any limits in a formula."""


class Pattern(NamedTuple):
    """A query with wildcards."""

    words: tuple[str, ...]
    """Words N2 of its equations, each closed by ``;``. A wildcard is ``?a``, or
    ``!a`` behind the d of an integral."""
    names: tuple[str, ...]
    """Names of the wildcards by first occurrence, without question mark; empty: an ordinary query."""


def read_pattern(latex: str, macros: Macros = NO_MACROS) -> Pattern:
    r"""Read a query in which ``?`` before a letter (and digits) is a wildcard.

    Linear in the length, of which :data:`~.lexer.MAX_LENGTH` characters are read.

    :param latex: any text.
    :param macros: those of the project.
    :return: the pattern; without wildcards its words are those of the formula. Nothing is raised.

    >>> read_pattern(r'\frac{?a}{2}').words
    ('F(', '?a', ',', 'n2', ',', ')', ';')
    """
    # A backslash before the mark makes it one token that no font or text command takes for a letter.
    names: dict[str, str] = {}
    latex = latex[:MAX_LENGTH]

    def mark(match: re.Match[str]) -> str:
        name = match[1]
        if name is None or (name not in names and len(names) == MAX_NAMES):
            return match[0]
        return names.setdefault(name, f'\\{chr(_FIRST_MARK + len(names))}')

    marked = _WILDCARD.sub(mark, _MARK.sub('', latex))
    row, _ = read(tokens_of(marked if names else latex, macros)[0])
    if not names:
        return pattern_of(equations_of(row), {})
    marks = {f'o{mark[1:]}': f'v{mark[1:]}' for mark in names.values()}
    equations = equations_of([_with_variables(node, marks) for node in row])
    return pattern_of(equations, {f'v{mark[1:]}': name for name, mark in names.items()})


def _with_variables(node: Node, marks: dict[str, str]) -> Node:
    """The tree in which marks are variables, so that ``d?x`` is a differential."""
    if isinstance(node, str):
        return marks.get(node, node)
    return Branch(node.kind, node.text, tuple([_with_variables(kid, marks) for kid in node.kids]))


def pattern_of(equations: Sequence[list[Node]], wildcards: dict[str, str]) -> Pattern:
    """A pattern from trees.

    :param wildcards: leaf -> name.
    """
    out: list[str] = []
    names: dict[str, None] = {}
    cache: WordCache = {}
    for equation in equations:
        for word in canonical_texts(words_of(equation, cache))[1].split(' '):
            name = wildcards.get(word)
            if name is not None:
                names[name] = None
                # At the head of a row d/dx is a derivative, whose parts are rows of their own.
                behind = len(out) > 1 and out[-1] == 'cd' and out[-2] != 'R('
                out.append(f'!{name}' if behind else f'?{name}')
            else:
                out.append(word)
        out.append(END)
    if names:
        out = ['vd' if word == 'cd' else word for word in out]
    return Pattern(tuple(out), tuple(names))


def constant_runs(pattern: Pattern) -> tuple[tuple[tuple[str, ...], ...], ...]:
    """For each equation of a pattern, the runs of words that stand in all that has its form, in order.

    A run ends at a wildcard, and at ``d``, of which only the whole formula says
    whether it is a differential; an operator of :data:`LIMITED` without limits
    is a run by itself. An equation without any, such as ``?a``, says
    nothing; a pattern of only such is too general to be searched for. Linear;
    nothing is raised.
    """
    out: list[tuple[tuple[str, ...], ...]] = []
    equation: list[tuple[str, ...]] = []
    run: list[str] = []
    gaps = {END, 'vd'} if pattern.names else {END}
    before = END
    for word in pattern.words:
        limited = pattern.names and word in LIMITED and before != 'S('
        if word not in gaps and word[:1] not in WILD and not limited:
            run.append(word)
        else:
            if any(known not in MARKS for known in run):
                equation.append(tuple(run))
            run = []
            if limited:  # limits may stand before and behind it
                equation.append((word,))
            if word == END:
                out.append(tuple(equation))
                equation = []
        before = word
    return tuple(out)
