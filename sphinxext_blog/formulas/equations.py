r"""From one row of nodes to the equations that it says, and their sides.

The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.model import Branch, Node
from sphinxext_blog.formulas.parser import is_match
from sphinxext_blog.formulas.remarks import is_remark
from sphinxext_blog.formulas.rows import finish
from sphinxext_blog.formulas.statements import (
    BRACKETS,
    TRIMMED,
    is_relation,
    leaves_of,
    may_part,
    statements_of,
    trim,
)

__all__ = ['equations_of', 'is_relation', 'links_of', 'parts_of', 'sides_of']

_CONTINUES: Final = frozenset(
    [
        'o+',
        'o-',
        'opm',
        'omp',
        'ocdot',
        'otimes',
        'o*',
        'o/',
        'ootimes',
        'oodot',
        'ooplus',
        'owedge',
        'ocup',
        'ocap',
    ]
)
_MOST_LINKS: Final = 16
"""A longer chain is one equation: each link repeats the left side."""
_MOST_COPIES: Final = 100
"""Lines of a formula that inherit a left side."""
_SEPARATE: Final = frozenset(['gather', 'gathered', 'lgathered', 'rgathered'])
_MOST_NESTED: Final = 10
"""Brackets within brackets that are matched across lines."""
_CASES: Final = frozenset(['cases', 'rcases'])
_SYSTEMS: Final = _CASES | {'matrix'}

_Row = list[Node]


def equations_of(row: _Row) -> list[_Row]:
    """The equations that a formula says, see :func:`parts_of`."""
    return [link for part in parts_of(row)[0] for link in links_of(part)]


def parts_of(row: _Row) -> tuple[list[_Row], tuple[str, ...]]:
    r"""Cut a formula into its statements.

    Lines of alignments are equations of their own. A line that begins with a
    relation inherits the left side of the line above, and in place of an ``=``
    its relation; one that begins with an operator and holds no relation
    continues it, as does one behind an operator or a relation at the end of the
    line above. Quads, implications, words and commas between statements part
    the statements of a line.

    :return: the statements, and the implications between them: each with the
        number of statements before it, none at the ends.
    """
    out: list[_Row] = []
    arrows: list[tuple[int, str]] = []
    left: _Row = []
    relation: Node = 'r='
    inherited = 0
    for line, continues in _lines(row):
        parts = _parts(line, len(out), arrows)
        for n, part in enumerate(parts):
            if n == 0 and continues and out and _is_open(out[-1], part):
                out[-1] = _matched(out[-1] + part)
                continue
            if n == 0 and left and is_relation(part[0]) and inherited < _MOST_COPIES:
                inherited += 1
                relation = relation if part[0] == 'r=' else part[0]
                out.append([*left, relation, *part[1:]])
                continue
            if n == 0 and continues and out and part[0] in _CONTINUES and not any(map(is_relation, part)):
                out[-1] = _matched(out[-1] + part)
                continue
            out.append(part)
            if n == 0:
                at = next((i for i, node in enumerate(part) if is_relation(node)), 0)
                left = part[:at]
                relation = part[at] if at else 'r='
    between = dict.fromkeys(f'{at}{name}' for at, name in arrows if 0 < at < len(out))
    return out, tuple(between)


def _is_open(equation: _Row, following: _Row) -> bool:
    """Whether an equation ends with an operator or a relation that the next line goes on behind."""
    last = equation[-1]
    if is_relation(following[0]) or len(equation) < 2 or equation[-2] == 'n0':  # as the limit at 0+
        return False
    return last in _CONTINUES if isinstance(last, str) and last[0] != 'r' else is_relation(last)


def _matched(row: _Row) -> _Row:
    r"""A row of several lines with the brackets matched that were broken across them."""
    if BRACKETS.isdisjoint(leaves_of(row)):
        return row
    outer: list[tuple[_Row, str]] = []
    kids: _Row = []
    for node in row:
        sign = node.kids[0] if isinstance(node, Branch) and node.kind == 'S' else node
        name = sign[1:] if isinstance(sign, str) and sign in BRACKETS else ''
        if name in tables.BRACKETS and sign == node:
            outer.append((kids, name))
            kids = []
        elif name and outer and is_match(outer[-1][1], name):
            before, opener = outer.pop()
            pair = Branch('P', f'{opener} {name}', (one(kids),))
            inside = len(outer) < _MOST_NESTED
            whole = Branch('S', '', (pair, *node.kids[1:])) if isinstance(node, Branch) else pair
            kids = [*before, whole] if inside else [*before, f'o{opener}', *kids, node]
        else:
            kids.append(node)
    for before, opener in reversed(outer):
        kids = [*before, f'o{opener}', *kids]
    return kids


def links_of(equation: _Row) -> list[_Row]:
    """The equations of a chain: ``a < b = c`` says ``a < b`` and ``a < c``; ``0 < x < 1`` is one."""
    at = [i for i, node in enumerate(equation) if is_relation(node)]
    if not 2 <= len(at) <= _MOST_LINKS or at[0] == 0 or any(equation[i] != 'r=' for i in at[1:]):
        return [equation]
    if may_part(equation[at[0] : at[-1]]):
        return [equation]
    first = equation[: at[0] + 1]
    ends = [*at[1:], len(equation)]
    return [trim(first + equation[start + 1 : end]) for start, end in zip(at, ends, strict=True)]


def _parts(line: _Row, before: int, arrows: list[tuple[int, str]]) -> list[_Row]:
    """The parts of a line.

    :param before: how many there are in the lines before it.
    :param arrows: takes the implications with the number of parts before each.
    """
    out: list[_Row] = []
    part: _Row = []
    for node in [*line, 'q']:
        if not (isinstance(node, str) and (node == 'q' or node in tables.SPLITTERS)):
            part.append(node)
            continue
        part = trim(part)
        if part and (isinstance(part[0], str) or not all(map(is_remark, part))):
            out.extend(statements_of(part))
        if node != 'q':
            arrows.append((before + len(out), str(node[1:])))
        part = []
    return out


def _lines(row: _Row) -> list[tuple[_Row, bool]]:
    """The lines of a formula, and whether each may continue the one before."""
    out: list[tuple[_Row, bool]] = []
    stack: list[tuple[Node, bool]] = [(one(row), False)]
    while stack:
        node, continues = stack.pop()
        kids = list(node.kids) if isinstance(node, Branch) and node.kind == 'R' else [node] if node else []
        content = trim(kids)
        sole = content[0] if len(content) == 1 else ''
        lines: list[Node] = []
        if isinstance(sole, Branch) and sole.kind == 'L':
            lines = list(sole.kids)
        elif isinstance(sole, Branch) and sole.kind == 'M' and sole.text in _SYSTEMS:
            lines = _table_lines(sole)
        if lines and isinstance(sole, Branch):
            joins = sole.text not in _SEPARATE
            stack.extend((line, joins and n > 0) for n, line in reversed(list(enumerate(lines))))
            continue
        if content:
            out.append((kids, continues))
        for kid in kids:  # a system in braces, or lines beside something else
            if isinstance(kid, Branch) and kid.kind == 'M' and kid.text in _CASES:
                out.extend(([*_flat(line)], False) for line in _table_lines(kid))
    return out


def _table_lines(table: Branch) -> list[Node]:
    """The rows of a table as lines when at least half of them hold a relation; else nothing.

    In ``cases`` it has to stand in the first cell or to begin the second: a
    relation elsewhere is a condition, and the values are no equations.
    """
    rows: list[list[_Row]] = []
    related = 0
    for row in table.kids:
        cells = [_flat(cell) for cell in (row.kids if isinstance(row, Branch) else (row,)) if cell]
        if table.text in _CASES:
            telling = [*(cells[0] if cells else ()), *(cell[0] for cell in cells[1:2])]
        else:
            telling = [node for cell in cells for node in cell]
        related += any(map(is_relation, telling))
        rows.append(cells)
    if not related or 2 * related < len(rows):
        return []
    return [Branch('R', '', tuple(_joined(cells))) for cells in rows]


def _joined(cells: list[_Row]) -> _Row:
    r"""The cells of a line as one row.

    A mark of alignment parts nothing. But what stands behind a whole equation
    in a cell of its own, a condition or the next equation, is parted from it as
    by a space; only a modulus, and what goes on with a relation or adds a term,
    belongs to it.
    """
    out: _Row = []
    related = whole = False
    for cell in cells:
        if whole and not _goes_on(cell):
            out.append('q')
            related = whole = False
        out.extend(cell)
        for node in cell:
            if is_relation(node):
                related = True
            elif related and not (isinstance(node, str) and node in TRIMMED):
                whole = True
    return finish(out)


def _goes_on(cell: _Row) -> bool:
    first = node = cell[0]
    while isinstance(node, Branch) and node.kind in {'R', 'P'}:
        node = node.kids[0]
    if node == 'fmod' or is_relation(first):
        return True
    return isinstance(first, str) and first in _CONTINUES and not any(map(is_relation, cell))


def _flat(node: Node) -> _Row:
    return list(node.kids) if isinstance(node, Branch) and node.kind == 'R' else [node] if node else []


def sides_of(equation: _Row) -> list[_Row]:
    """What stands between the relations of an equation; nothing where there is none or a comma parts them."""
    out: list[_Row] = [[]]
    for node in equation:
        if is_relation(node):
            out.append([])
        elif out[-1] or not is_remark(node):  # one on the relation is not the side's
            out[-1].append(node)
    if len(out) == 1 or any(map(may_part, out[1:-1])):
        return []
    return [trimmed for side in out if (trimmed := trim(side))]
