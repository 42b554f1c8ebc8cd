"""Finding 《titles》 in running text.

Chinese prose cites by 《title》. The marks nest (《〈A〉浅读》), come doubled
(《《A》》), stand next to each other (《A》《B》) and are sometimes never closed.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sphinxext_blog.references.titles import has_cjk

__all__ = ['Citation', 'find_citations']

MAXIMAL_LENGTH: Final = 300
"""Characters of the longest title that a citation may hold."""

_OPEN: Final = '《⟪︽'
_CLOSE: Final = '》⟫︾'
_TOKENS: Final = re.compile(f'[{_OPEN}]+|[{_CLOSE}]+|\\n[ \\t\\r]*\\n')
_HALF_WIDTH: Final = re.compile(r'(?<!<)<<(?![\s<])([^<>\n]{1,100})(?<!\s)>>(?!>)')


@dataclass(frozen=True, slots=True)
class Citation:
    """A 《title》 in a text."""

    start: int
    """Index of the opening mark."""
    end: int
    """Index after the closing mark."""
    title: str
    """What stands between the marks, without the spaces at its ends."""


def find_citations(text: str) -> tuple[Citation, ...]:
    """Find every 《…》, the outermost one where they nest, in the order of the text.

    Titles of more than 300 characters and such that reach over an empty line
    are none; a mark that is never closed is none. The half-width ``<<…>>`` is
    read only around Chinese, since it is an operator elsewhere. Linear in the
    length of the text.
    """
    spans: list[tuple[int, int]] = []
    opened: list[int] = []
    last = max(map(text.rfind, _CLOSE)) + 1
    for token in _TOKENS.finditer(text, 0, last):
        first, start, end = token[0][0], token.start(), token.end()
        if first == '\n':
            opened.clear()
        elif first in _OPEN:
            # Marks further away than the longest title can't be its beginning.
            start = max(start, end - MAXIMAL_LENGTH - 2)
            if opened and start - opened[0] > 4 * MAXIMAL_LENGTH:
                opened = [o for o in opened if start - o <= MAXIMAL_LENGTH + 2]
            opened.extend(range(start, end))
        else:
            for close in range(start, min(end, start + len(opened))):
                begin = opened.pop()
                if close - begin - 1 <= MAXIMAL_LENGTH:
                    while spans and spans[-1][0] > begin:
                        spans.pop()
                    spans.append((begin, close + 1))
    if '<<' in text and '>>' in text:
        spans = _with_half_width(text, spans)
    found = (Citation(start, end, _inner(text[start:end])) for start, end in spans)
    return tuple(c for c in found if c.title)


def _with_half_width(text: str, spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    half = [m.span() for m in _HALF_WIDTH.finditer(text) if has_cjk(m[1])]
    out: list[tuple[int, int]] = []
    for start, end in sorted(spans + half, key=lambda s: (s[0], -s[1])):
        if not out or start >= out[-1][1]:
            out.append((start, end))
    return out


def _inner(marked: str) -> str:
    if marked.startswith('<<'):
        return marked[2:-2].strip()
    inner = marked[1:-1].strip()
    while len(inner) > 1 and inner[0] in _OPEN and inner[-1] in _CLOSE and _is_one(inner):
        inner = inner[1:-1].strip()
    return inner


def _is_one(marked: str) -> bool:
    """Whether the first mark is closed by the last one, not before."""
    depth = 0
    for i, c in enumerate(marked):
        depth += (c in _OPEN) - (c in _CLOSE)
        if depth == 0:
            return i == len(marked) - 1
    return False
