r"""Where the LaTeX is in a text: display formulas and inline formulas.

The rules are those of MathJax, with which mathematical blogs are written:
``$$…$$``, ``\[…\]`` and bare math environments are displays; ``$…$`` and
``\(…\)`` are inline, a dollar sign inside braces belongs to the braces, and
``\$`` is a dollar sign. What is not closed is text. All scans are linear.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

__all__ = ['DISPLAY_ENVIRONMENTS', 'MathSpan', 'display_spans', 'inline_spans', 'is_balanced']

DISPLAY_ENVIRONMENTS = frozenset(
    name + star
    for name in ('equation', 'align', 'gather', 'multline', 'flalign', 'alignat', 'eqnarray')
    for star in ('', '*')
)
"""Environments of LaTeX and amsmath that make a display by themselves."""

_INNER_ENVIRONMENTS = frozenset({
    'aligned', 'alignedat', 'array', 'cases', 'dcases', 'rcases', 'gathered', 'split', 'smallmatrix',
    'subarray', 'multlined', 'CD', 'prooftree',
    *(f'{kind}matrix{star}' for kind in ('', 'p', 'b', 'B', 'v', 'V') for star in ('', '*')),
})  # fmt: skip
_ENVIRONMENTS = DISPLAY_ENVIRONMENTS | _INNER_ENVIRONMENTS

_DISPLAY_TOKEN = re.compile(
    r'\\(?P<edge>begin|end) ?\{(?P<name>[A-Za-z]{1,20}\*?)\}|\\.|\$\$?|\n(?P<gap>[^\S\n]*\n)?', re.DOTALL
)
_INLINE_TOKEN = re.compile(r'\\.|[${}]', re.DOTALL)
_INLINE_EDGES = frozenset({'$', '{', '}', r'\(', r'\)'})


@dataclass(frozen=True, slots=True)
class MathSpan:
    """A formula in a text: ``text[start:end]`` with its delimiters, ``body`` without them."""

    start: int
    end: int
    body: str


def display_spans(text: str) -> list[MathSpan]:
    r"""Find the display formulas of a text, in order.

    ``$$`` and ``\[`` do not reach over a blank line; an environment does. The
    body keeps ``\begin`` and ``\end`` of an environment. Linear in the text.
    """
    if '$$' not in text and '\\begin' not in text and '\\[' not in text:
        return []
    tokens = list(_DISPLAY_TOKEN.finditer(text))
    partner = _match_environments(tokens)
    closing = _closing_of_delimiters(tokens)
    spans: list[MathSpan] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = partner.get(index, closing.get(index))
        if token[0] == '$':
            index = _after_inline(tokens, index)
            continue
        if end is None:
            index += 1
            continue
        stop = tokens[end].end()
        whole = index in partner
        body = text[token.start() : stop] if whole else text[token.end() : tokens[end].start()].strip()
        if body:
            spans.append(MathSpan(token.start(), stop, body))
        index = end + 1
    return spans


def _match_environments(tokens: list[re.Match[str]]) -> dict[int, int]:
    r"""Indices of ``\begin`` -> index of its ``\end``; what is left open is left out."""
    partner: dict[int, int] = {}
    stack: list[int] = []
    waiting: dict[str, int] = {}
    for index, token in enumerate(tokens):
        name = token['name']
        if name not in _ENVIRONMENTS:
            continue
        if token['edge'] == 'begin':
            stack.append(index)
            waiting[name] = waiting.get(name, 0) + 1
        elif waiting.get(name):
            while True:
                opener = stack.pop()
                opened = tokens[opener]['name']
                waiting[opened] -= 1
                if opened == name:
                    break
            partner[opener] = index
    return partner


def _closing_of_delimiters(tokens: list[re.Match[str]]) -> dict[int, int]:
    r"""Indices of ``$$`` and ``\[`` -> index of the next ``$$`` or ``\]`` before a blank line."""
    closing: dict[int, int] = {}
    dollars = bracket = -1
    for index in range(len(tokens) - 1, -1, -1):
        token = tokens[index]
        if token['gap'] is not None:
            dollars = bracket = -1
        elif token[0] == '$$':
            if dollars >= 0:
                closing[index] = dollars
            dollars = index
        elif token[0] == r'\]':
            bracket = index
        elif token[0] == r'\[' and bracket >= 0:
            closing[index] = bracket
    return closing


def _after_inline(tokens: list[re.Match[str]], index: int) -> int:
    """Index of the token after the inline formula that opens here, or after the lone dollar sign.

    ``$a$$b$`` are two formulas: inside an inline formula ``$$`` closes and opens.
    """
    for later in range(index + 1, len(tokens)):
        if tokens[later][0] == '$':
            return later + 1
        if tokens[later][0].startswith('\n'):
            break
    return index + 1


def is_balanced(body: str) -> bool:
    """Whether every brace of a formula has its partner."""
    depth = 0
    for token in _INLINE_TOKEN.finditer(body):
        depth += (token[0] == '{') - (token[0] == '}')
        if depth < 0:
            return False
    return depth == 0


def inline_spans(text: str) -> list[MathSpan]:
    """Find the inline formulas of a paragraph, in order.

    A pair of dollar signs is no formula when it is empty, when its braces do
    not balance, or when it reads like money (``$5 and $10``: a blank inside at
    one end only, or a digit right after both signs). Linear in the text.
    """
    if '$' not in text and '\\(' not in text:
        return []
    tokens = [t for t in _INLINE_TOKEN.finditer(text) if t[0] in _INLINE_EDGES]
    brace = _match_braces(tokens)
    closers = set(brace.values())
    unmatched = _count_unmatched(tokens, brace, closers)
    parenthesis = _closing_parentheses(tokens)
    spans: list[MathSpan] = []
    index = 0
    while index < len(tokens):
        token = tokens[index]
        end = None
        if token[0] == '$':
            end = _closing_dollar(tokens, index, brace, closers)
            if end is not None and _is_money(text, token.end(), tokens[end].start()):
                end = None
        elif token[0] == r'\(':
            end = parenthesis.get(index)
        if end is not None and unmatched[end] == unmatched[index]:
            body = text[token.end() : tokens[end].start()]
            if is_balanced(body) and body.strip():
                spans.append(MathSpan(token.start(), tokens[end].end(), body))
                index = end
        index += 1
    return spans


def _is_money(text: str, start: int, end: int) -> bool:
    if start == end:
        return True
    if text[start].isspace() != text[end - 1].isspace():
        return True
    return text[start].isdecimal() and text[end + 1 : end + 2].isdecimal()


def _count_unmatched(tokens: list[re.Match[str]], brace: dict[int, int], closers: set[int]) -> list[int]:
    """Number of braces without a partner before each token."""
    counts: list[int] = []
    count = 0
    for index, token in enumerate(tokens):
        counts.append(count)
        count += (token[0] == '{' and index not in brace) or (token[0] == '}' and index not in closers)
    return counts


def _match_braces(tokens: list[re.Match[str]]) -> dict[int, int]:
    partner: dict[int, int] = {}
    stack: list[int] = []
    for index, token in enumerate(tokens):
        if token[0] == '{':
            stack.append(index)
        elif token[0] == '}' and stack:
            partner[stack.pop()] = index
    return partner


def _closing_parentheses(tokens: list[re.Match[str]]) -> dict[int, int]:
    closing: dict[int, int] = {}
    last = -1
    for index in range(len(tokens) - 1, -1, -1):
        if tokens[index][0] == r'\)':
            last = index
        elif tokens[index][0] == r'\(' and last >= 0:
            closing[index] = last
            last = -1  # an earlier one would hold this one
    return closing


def _closing_dollar(
    tokens: list[re.Match[str]], index: int, brace: dict[int, int], closers: set[int]
) -> int | None:
    # Steps over whole groups and stops at the end of its own: each group has
    # at most one dollar sign without a partner, so all failures together cost
    # one pass over the tokens.
    later = index + 1
    while later < len(tokens):
        kind = tokens[later][0]
        if kind == '$':
            return later
        if later in closers:
            return None
        later = brace.get(later, later) + 1
    return None
