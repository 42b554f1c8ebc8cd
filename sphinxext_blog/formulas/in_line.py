r"""A displayed formula as it can stand in a sentence.

Many authors write each display as an environment with a label. Taken out of
them, a formula of one row is one that a list of reasons can show.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.formulas import tables

__all__ = ['in_line']

LONGEST: Final = 120
"""Characters of LaTeX: lines can't be broken within MathML."""
_LONGEST_READ: Final = 1000
_ENVIRONMENT: Final = re.compile(
    r'\\begin\{(?P<name>[A-Za-z]{1,20})(?P<star>\*?)\}(?!\s{0,9}\[)(?P<inside>.*)\\end\{(?P=name)(?P=star)\}',
    re.DOTALL,
)
_ROWS: Final = tables.ALIGNMENTS - tables.ENVIRONMENTS_WITH_ARGUMENT
_ONE_ROW: Final = frozenset({'equation', 'displaymath', 'math'})
_LEFT_OUT: Final = re.compile(
    r'\\(?:label|tag\*?)\s{0,9}\{[^{}]{0,200}\}|\\(?:nonumber|notag|displaystyle)(?![A-Za-z])'
)
_COMMENT: Final = re.compile(r'(?<!\\)((?:\\\\)*)%[^\n]*(?:\n|\Z)')
_LINE_BREAK: Final = re.compile(r'(?<!\\)(?:\\\\)+\Z')
_SPACE: Final = re.compile(r'(?<!\\)(?:\\\\)*\\[,;:! ]\Z')
_OPEN: Final = re.compile(r'(?<!\\)(?:\\\\)*\\\Z')
"""A backslash whose space was taken away."""
_MARKS: Final = (',', '.', ';', '，', '。', '；')
_DELIMITER: Final = re.compile(r'\\(?:left|right|middle|[bB]igg?[lrm]?)\s*[.;,]\Z')
_COLUMN: Final = re.compile(r'(?<!\\)&')
_DISPLAYED: Final = re.compile(r'\$|\\\\|\\(?:begin|end|label|tag|intertext)(?![A-Za-z])|(?<!\\)&')
"""What only a displayed formula may hold."""


def in_line(latex: str) -> str:
    r"""The LaTeX of a formula for a sentence; empty where it takes several rows, a table or much room.

    >>> in_line(r'\begin{equation}a^2 + b^2 = c^2,\label{eq:pythagoras}\end{equation}')
    'a^2 + b^2 = c^2'
    """
    if len(latex) > _LONGEST_READ:
        return ''
    # On one line a comment would swallow what comes after it.
    text = _LEFT_OUT.sub('', _COMMENT.sub(r'\1 ', latex)).strip()
    while (match := _ENVIRONMENT.fullmatch(text)) is not None and match['name'] in _ROWS:
        text = _without_end(match['inside']).lstrip()
        if match['name'] not in _ONE_ROW:
            text = _COLUMN.sub('', text)
    text = _without_end(' '.join(text.split()))
    return text if len(text) <= LONGEST and not _DISPLAYED.search(text) else ''


def _without_end(text: str) -> str:
    """Without the line break, the spaces and the full stop or comma at the end."""
    while True:
        text = text.rstrip()
        if _LINE_BREAK.search(text) or _SPACE.search(text):
            text = text[:-2]
        elif _OPEN.search(text) or (text.endswith(_MARKS) and not _DELIMITER.search(text)):
            text = text[:-1]
        else:
            return text
