r"""Tables and alignments: environments, and the commands of plain TeX that do the same."""

from __future__ import annotations

from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.lexer import END
from sphinxext_blog.formulas.model import Branch, Node, Problem
from sphinxext_blog.formulas.parser import CELL, LINE, MAX_DEPTH, Parser

__all__ = ['begin', 'line_break', 'nodes_of', 'plain_table', 'stray_end']

_PLAIN_CELL: Final = CELL | {'}'}


def begin(parser: Parser, name: str, out: list[Node]) -> None:
    """Read an environment to its end."""
    del name
    full = ''.join(parser.raw())
    if parser.depth >= MAX_DEPTH:
        parser.report(Problem('too-deep', ''))
        return
    name = full.rstrip('*')
    tokens = parser.tokens
    if tokens[parser.position] == '[' and (
        name in tables.ENVIRONMENTS_WITH_ARGUMENT
        or (tokens[parser.position + 1] in {'t', 'b', 'c', 'r', 'l'} and tokens[parser.position + 2] == ']')
    ):
        parser.option()
    if name in tables.ENVIRONMENTS_WITH_ARGUMENT and tokens[parser.position] == '{':
        parser.raw()
    aligned = name in tables.ALIGNMENTS
    rows = _rows(parser, full, LINE if aligned else CELL)
    if aligned:
        lines = [row[0] for row in rows]
        if len(lines) == 1:
            out.extend(nodes_of(lines[0]))
        elif lines:
            out.append(Branch('L', name, tuple(lines)))
        return
    ends = tables.MATRICES.get(name, ())
    kind = 'matrix' if name in tables.MATRICES else 'cases' if name in tables.CASES else name
    if name in tables.RIGHT_CASES:
        kind = 'rcases'
    if kind == name and kind not in {'matrix', 'cases', 'rcases'}:
        parser.report(Problem('environment', name))
    table = Branch('M', kind, tuple(Branch('R', '', tuple(row)) for row in rows))
    if not ends:
        out.append(table)
    elif ends[0] in tables.BRACKETS:
        out.append(Branch('P', ' '.join(ends), (table,)))
    else:
        out.extend([f'o{ends[0]}', table, f'o{ends[1]}'])


def plain_table(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\pmatrix{a & b \cr c & d}``: a table of plain TeX."""
    if parser.tokens[parser.position] != '{' or parser.depth >= MAX_DEPTH:
        parser.report(Problem('unknown-command', f'\\{name}'))
        out.append(f'f{name}')
        return
    parser.position += 1
    rows = _rows(parser, name, _PLAIN_CELL)
    if name in {'eqalign', 'displaylines'}:
        lines = [one([node for cell in row for node in nodes_of(cell)]) for row in rows]
        whole = Branch('L', name, tuple(lines)) if len(lines) > 1 else one(lines)
        out.extend(nodes_of(whole))
        return
    kind = 'cases' if name == 'cases' else 'matrix'
    table = Branch('M', kind, tuple(Branch('R', '', tuple(row)) for row in rows))
    out.append(Branch('P', '( )', (table,)) if name == 'pmatrix' else table)


def _rows(parser: Parser, name: str, stops: frozenset[str]) -> list[list[Node]]:
    rows: list[list[Node]] = [[]]
    while True:
        rows[-1].append(one(parser.row(stops)))
        lexeme = parser.tokens[parser.position]
        if lexeme == END:
            parser.report(Problem('environment', name))
            break
        if lexeme == r'\end' and '}' in stops:
            parser.report(Problem('environment', name))
            break
        parser.position += 1
        if lexeme == '}':
            break
        if lexeme == r'\end':
            ended = ''.join(parser.raw())
            if ended != name:
                parser.report(Problem('environment', name))
            break
        if lexeme != '&':
            _skip_line_option(parser)
            rows.append([])
    return [row for row in rows if any(row)]


def line_break(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\\``, which is no more than a wide space outside of tables."""
    del name
    _skip_line_option(parser)
    out.append('q')


def _skip_line_option(parser: Parser) -> None:
    r"""The length after ``\\``: ``\\[5pt]``."""
    tokens = parser.tokens
    if tokens[parser.position] == '*':
        parser.position += 1
    if tokens[parser.position] == '[' and tokens[parser.position + 1][:1] in {*'0123456789.-'}:
        parser.option()


def stray_end(parser: Parser, name: str, out: list[Node]) -> None:
    r"""An ``\end`` without ``\begin``."""
    del name, out
    parser.report(Problem('environment', ''.join(parser.raw())))


def nodes_of(node: Node) -> list[Node]:
    """A node as a row, the inverse of :func:`~.fonts.one`."""
    if isinstance(node, Branch) and node.kind == 'R':
        return list(node.kids)
    return [node] if node else []
