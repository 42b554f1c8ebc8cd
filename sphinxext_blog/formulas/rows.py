r"""The rows of a formula with what numbers them: ``\label``, ``\tag``, ``\notag``."""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.lexer import MAX_LENGTH
from sphinxext_blog.formulas.model import Row

__all__ = ['read_rows']

_TOKEN: Final = re.compile(r'%[^\n]*|\\(?:begin|end)\s*\{([^{}]*)\}|\\(?:[A-Za-z]+|.)|[{}]', re.DOTALL)
_ARGUMENT: Final = re.compile(r'\*?\s*\{')
_LINE_OPTION: Final = re.compile(r'\*?\s*\[\s*[-0-9.][^\]\n]*\]|\*')
_NUMBERING: Final = re.compile(r'\\(?:label|tag|notag|nonumber|\\|begin)')


def read_rows(latex: str) -> tuple[Row, ...]:
    r"""Cut a formula at the ``\\`` of its outermost alignment.

    :param latex: the formula as written; an ``equation`` around an alignment
        is looked through.
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
        self.notag = False

    def rows(self) -> list[Row]:
        inner = braces = 0
        outside = ''
        position = 0
        while (match := _TOKEN.search(self.latex, position)) is not None:
            lexeme, position = match[0], match.end()
            name = (match[1] or '').rstrip('*')
            if lexeme in '{}':
                braces += 1 if lexeme == '{' else -1 if braces else 0
            elif lexeme.startswith(r'\begin') and match[1] is not None:
                is_outer = inner == 0 and not self.latex[self.start : match.start()].strip()
                if braces == 0 and is_outer and name in tables.ALIGNMENTS:
                    self.start = position
                    outside = outside or name
                else:
                    inner += 1
            elif lexeme.startswith(r'\end') and match[1] is not None:
                if inner:
                    inner -= 1
                elif name in tables.ALIGNMENTS:
                    self.finish(match.start())
                    self.start = position
            elif lexeme == r'\\' and braces == 0 and inner == 0:
                self.finish(match.start())
                option = _LINE_OPTION.match(self.latex, position)
                self.start = position = option.end() if option else position
            elif lexeme in {r'\label', r'\tag'}:
                position = self.take(lexeme, position)
            elif lexeme in {r'\notag', r'\nonumber'} and inner == 0:
                self.notag = True
        self.finish(len(self.latex))
        return self.found or [Row('', '', notag=False, latex=self.latex.strip())]

    def take(self, command: str, position: int) -> int:
        """Read the argument of a command; with nested braces up to its partner."""
        opened = _ARGUMENT.match(self.latex, position)
        if opened is None:
            return position
        depth, end = 1, opened.end()
        while depth:
            match = _TOKEN.search(self.latex, end)
            if match is None:
                return position
            depth += (match[0] == '{') - (match[0] == '}')
            end = match.end()
        text = self.latex[opened.end() : end - 1].strip()
        if command == r'\label':
            self.label = self.label or text
        else:
            self.tag = self.tag or text
        return end

    def finish(self, end: int) -> None:
        text = self.latex[self.start : end].strip()
        if text or self.label or self.tag:
            if not text.strip() and self.found:
                return self.amend()
            self.found.append(Row(self.label, self.tag, self.notag, text))
        self.label = self.tag = ''
        self.notag = False
        return None

    def amend(self) -> None:
        r"""A label behind ``\end{aligned}`` belongs to the last row."""
        last = self.found[-1]
        self.found[-1] = Row(
            last.label or self.label, last.tag or self.tag, last.notag or self.notag, last.latex
        )
        self.label = self.tag = ''
        self.notag = False
