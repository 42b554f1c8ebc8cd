r"""What math-core must not be given: nesting that kills it, delimiters that stall it.

math-core is recursive native code: deep nesting overflows its stack and ends
the process. And its time is exponential in the number of opening delimiters
that have no closing partner in their group (``\langle a| + \langle b| + …``;
seen with 0.9.0). :func:`bounded` refuses the one and defuses the other.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = ['MAX_DEPTH', 'TOKEN', 'RefusedError', 'bounded']

MAX_DEPTH: Final = 100
"""Deepest nesting that is converted; real formulas stay below 20."""
_MAX_UNMATCHED: Final = 8

TOKEN = re.compile(r'\\(?:[A-Za-z]+|.|$)|%[^\n]*\n?|[^\\%]', re.DOTALL)
_OPENERS: Final = {
    '(': '(',
    '[': '[',
    r'\{': '{',
    r'\lbrace': '{',
    r'\lbrack': '[',
    r'\langle': '⟨',
    r'\lvert': '|',
    r'\lVert': '‖',
    r'\lfloor': '⌊',
    r'\lceil': '⌈',
    r'\lgroup': '⟮',
    r'\lmoustache': '⎰',
    r'\ulcorner': '⌜',
    r'\llcorner': '⌞',
    **{c: c for c in '⟨⌊⌈⟦⟮⟪⎰⌜⌞⦃⦅'},
}
_CLOSERS: Final = frozenset(
    [
        *')]⟩⌋⌉⟧⟯⟫⎱⌝⌟⦄⦆',
        r'\}',
        r'\rbrace',
        r'\rbrack',
        r'\rangle',
        r'\rvert',
        r'\rVert',
        r'\rfloor',
        r'\rceil',
        r'\rgroup',
        r'\rmoustache',
        r'\urcorner',
        r'\lrcorner',
    ]
)
_DEFINITIONS: Final = frozenset(
    rf'\{name}'
    for name in (
        [
            'def',
            'gdef',
            'edef',
            'xdef',
            'let',
            'newcommand',
            'renewcommand',
            'providecommand',
            'DeclareMathOperator',
            'NewDocumentCommand',
            'RenewDocumentCommand',
            'global',
            'long',
        ]
    )
)
_REST_OF_GROUP: Final = frozenset(
    [r'\color', r'\displaystyle', r'\textstyle', r'\scriptstyle', r'\scriptscriptstyle']
)
_OPENING: Final = frozenset(['{', r'\left', r'\begin'])
_CLOSING: Final = frozenset(['}', r'\right', r'\end'])
_DELIMITER_PREFIX = re.compile(r'\\(?:[bB]ig{1,2}[lrm]?|middle|mathopen|mathclose)')


class RefusedError(Exception):
    """The formula can't be converted safely."""


def bounded(latex: str) -> str:
    """The formula in a form that is safe to convert: surplus unmatched opening delimiters become text.

    :raises RefusedError: when it is nested beyond :data:`MAX_DEPTH`, or defines
        macros and so can't be judged by looking.
    """
    tokens: list[str] = TOKEN.findall(latex)
    defines = not _DEFINITIONS.isdisjoint(tokens)
    unmatched = _unmatched_openers(tokens)
    if _depth(tokens, frozenset(unmatched)) > (MAX_DEPTH // 5 if defines else MAX_DEPTH):
        raise RefusedError
    if len(unmatched) <= _MAX_UNMATCHED:
        return latex
    if defines:  # a macro may hold one delimiter and be used often
        raise RefusedError
    for index in unmatched:
        if index and _DELIMITER_PREFIX.fullmatch(tokens[index - 1]):
            tokens[index - 1] = ' '
        glyph = _OPENERS[tokens[index]]
        tokens[index] = rf'\text{{\{glyph}}}' if glyph == '{' else rf'\text{{{glyph}}}'
    return ''.join(tokens)


def _unmatched_openers(tokens: list[str]) -> list[int]:
    """Positions of the opening delimiters without a partner in their own group or cell."""
    groups: list[list[int]] = [[]]
    unmatched: list[int] = []
    previous = ''
    for index, token in enumerate(tokens):
        if token in _OPENING:
            groups.append([])
        elif token in _CLOSING or token in {'&', r'\\'}:
            unmatched += groups.pop()
            if not groups or token not in _CLOSING:
                groups.append([])
        elif previous not in {r'\left', r'\right'}:
            if token in _OPENERS:
                groups[-1].append(index)
            elif token in _CLOSERS and groups[-1]:
                groups[-1].pop()
        previous = token
    for group in groups:
        unmatched += group
    return sorted(unmatched)


def _depth(tokens: list[str], ignored: frozenset[int]) -> int:
    r"""An upper bound of the nesting: groups, fences, and what nests without braces (``\hat\hat x``)."""
    depth = deepest = run = longest_run = 0
    switches = [0]  # of each open group; its end is theirs as well
    switched = 0
    for index, token in enumerate(tokens):
        command = len(token) > 1 and token[1].isalpha()
        run = run + 1 if command else run if token.isspace() or token.isalnum() else 0
        longest_run = max(longest_run, run if command else 0)
        if token in _OPENING or (token in _OPENERS and index not in ignored):
            depth += 1
            if token in _OPENING:
                switches.append(0)
        elif token in _CLOSING or token in _CLOSERS:
            depth = max(0, depth - 1)
            if token in _CLOSING and len(switches) > 1:
                switched -= switches.pop()
        elif token in _REST_OF_GROUP:
            switches[-1] += 1
            switched += 1
        deepest = max(deepest, depth + switched)
    return deepest + longest_run
