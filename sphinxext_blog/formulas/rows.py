r"""The rows of a formula that bear numbers: ``\label``, ``\tag``, ``\notag``.

Only the outermost environment counts, and only if it numbers its lines
(``align``, ``gather``, …); ``aligned`` and its like are part of one row.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.formulas.lexer import MAX_LENGTH
from sphinxext_blog.formulas.model import Row

__all__ = ['read_rows']

_TOKEN: Final = re.compile(r'%[^\n]*|\\(?:begin|end)\s*\{([^{}]*)\}|\\(?:[A-Za-z]+|.)|[{}]', re.DOTALL)
_ARGUMENT: Final = re.compile(r'\*?\s*\{')
_NUMBERED: Final = frozenset(['align', 'alignat', 'flalign', 'gather', 'eqnarray'])
_LINE_OPTION: Final = re.compile(r'\*?\s*\[\s*[-0-9.][^\]\n]*\]|\*')
_COLUMNS: Final = re.compile(r'\s*\{[^{}]*\}')
_WRAPPERS: Final = frozenset(['equation', 'displaymath', 'math', 'multline'])
_NUMBERING: Final = re.compile(r'\\(?:label|tag|notag|nonumber|begin)')


def read_rows(latex: str) -> tuple[Row, ...]:
    r"""Cut a formula into the rows that can bear a number.

    :param latex: the formula as written, its environment included.
    :return: at least one row. Empty last rows are dropped.
    """
    latex = latex[:MAX_LENGTH]
    if not _NUMBERING.search(latex):
        return (Row('', '', notag=False, latex=latex.strip()),)
    return tuple(_Scanner(latex).rows())


class _Scanner:
    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.found: list[Row] = []
        self.start = 0
        self.label = self.tag = ''
        self.notag = self.starred = False

    def rows(self) -> list[Row]:
        inner = braces = 0
        numbered = False
        position = 0
        while (match := _TOKEN.search(self.latex, position)) is not None:
            lexeme, position = match[0], match.end()
            environment = match[1]
            if lexeme in {'{', '}'}:
                braces = max(0, braces + (1 if lexeme == '{' else -1))
            elif environment is not None and lexeme.startswith(r'\begin'):
                outermost = not inner and not braces and not self.latex[self.start : match.start()].strip()
                name = environment.rstrip('*')
                if outermost and not self.found and name in _NUMBERED | _WRAPPERS:
                    numbered |= name in _NUMBERED
                    self.starred |= environment.endswith('*')
                    columns = _COLUMNS.match(self.latex, position) if name == 'alignat' else None
                    self.start = position = columns.end() if columns else position
                else:
                    inner += 1
            elif environment is not None:
                if inner:
                    inner -= 1
                elif environment.rstrip('*') in _NUMBERED | _WRAPPERS:
                    self.finish(match.start())
                    self.start = position
            elif lexeme == r'\\' and numbered and not braces and not inner:
                self.finish(match.start())
                option = _LINE_OPTION.match(self.latex, position)
                self.start = position = option.end() if option else position
            elif lexeme in {r'\label', r'\tag'}:
                position = self.take(lexeme, position)
            elif lexeme in {r'\notag', r'\nonumber'}:
                self.notag = True
        self.finish(len(self.latex))
        return self.found or [Row('', '', notag=self.starred, latex=self.latex.strip())]

    def take(self, command: str, position: int) -> int:
        """Read the argument of a command, nested braces included; return where it ends."""
        opened = _ARGUMENT.match(self.latex, position)
        if opened is None:
            return position
        depth, end = 1, opened.end()
        while depth:
            match = _TOKEN.search(self.latex, end)
            if match is None:
                return len(self.latex)
            depth += (match[0] == '{') - (match[0] == '}')
            end = match.end()
        text = self.latex[opened.end() : end - 1].strip()
        if command == r'\label':
            self.label = self.label or text
        else:
            self.tag = self.tag or text
        return end

    def finish(self, end: int) -> None:
        """End a row; what follows the environment belongs to the last one."""
        text = self.latex[self.start : end].strip()
        if not text:
            return
        row = Row(self.label, self.tag, self.notag or self.starred, text)
        self.label = self.tag = ''
        self.notag = False
        if self.found and end == len(self.latex) and self.start:
            last = self.found[-1]
            row = Row(last.label or row.label, last.tag or row.tag, last.notag or row.notag, last.latex)
            self.found[-1] = row
        else:
            self.found.append(row)
