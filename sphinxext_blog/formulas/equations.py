r"""From one row of nodes to the equations that it says, and their sides.

The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.model import Branch, Node
from sphinxext_blog.formulas.parser import finish
from sphinxext_blog.formulas.remarks import is_remark

__all__ = ['equations_of', 'is_relation', 'sides_of']

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
_TRIMMED: Final = frozenset(['p,', 'p.', 'p;', 'p:', 'q'])
_MOST_LINKS: Final = 16
"""A longer chain is one equation: each link repeats the left side."""
_MOST_COPIES: Final = 100
"""Lines of a formula that inherit a left side."""
_SEPARATE: Final = frozenset(['gather', 'gathered', 'lgathered', 'rgathered'])
_COMMAS: Final = frozenset(['p,', 'p;'])
_DOTS: Final = frozenset(['cdots', 'cvdots', 'cddots', 'p.'])
_QUANTIFIERS: Final = frozenset(['cforall', 'cexists', 'cnexists'])
_UPWARDS: Final = frozenset(['r<', 'rle', 'rsubset', 'rsubseteq', 'rprec', 'rpreceq'])
_DOWNWARDS: Final = frozenset(['r>', 'rge', 'rsupset', 'rsupseteq', 'rsucc', 'rsucceq'])
_OPEN: Final = frozenset(f'o{bracket}' for ends in tables.BRACKETS.items() for bracket in ends)
_BARS: Final = frozenset(['o|', 'oVert'])

_Row = list[Node]


def is_relation(node: Node) -> bool:
    """A relation, with or without a remark on it."""
    if isinstance(node, str):
        return node[:1] == 'r'
    return node.kind == 'S' and is_relation(node.kids[0])


def trim(row: _Row) -> _Row:
    """A row without punctuation and space at its ends, and without space inside."""
    start, end = 0, len(row)
    while start < end and isinstance(node := row[end - 1], str) and node in _TRIMMED:
        end -= 1
    while start < end and isinstance(node := row[start], str) and node in _TRIMMED:
        start += 1
    row = row[start:end]
    return [node for node in row if node != 'q'] if 'q' in row else row


def equations_of(row: _Row) -> list[_Row]:
    r"""Cut a formula into its equations.

    Lines of alignments are equations of their own. A line that begins with a
    relation inherits the left side of the line above, and in place of an ``=``
    its relation; one that begins with an operator and holds no relation
    continues it. Quads, implications and commas between relations part
    the equations of a line; in a chain, every part after an ``=`` is the right
    side of an equation with the first part and the first relation: written in
    one line or in many, ``a = b = c`` is ``a = b`` and ``a = c``.
    """
    out: list[_Row] = []
    left: _Row = []
    relation: Node = 'r='
    inherited = 0
    for line, continues in _lines(row):
        parts = _parts(line)
        for n, part in enumerate(parts):
            if n == 0 and left and is_relation(part[0]) and inherited < _MOST_COPIES:
                inherited += 1
                relation = relation if part[0] == 'r=' else part[0]
                out.append([*left, relation, *part[1:]])
                continue
            if n == 0 and continues and out and part[0] in _CONTINUES and not any(map(is_relation, part)):
                out[-1] = out[-1] + part
                continue
            out.append(part)
            if n == 0:
                at = next((i for i, node in enumerate(part) if is_relation(node)), 0)
                left = part[:at]
                relation = part[at] if at else 'r='
    return [link for equation in out for link in _links(equation)]


def _links(equation: _Row) -> list[_Row]:
    """The equations of a chain: ``a < b = c`` says ``a < b`` and ``a < c``; ``0 < x < 1`` is one."""
    at = [i for i, node in enumerate(equation) if is_relation(node)]
    if not 2 <= len(at) <= _MOST_LINKS or at[0] == 0 or any(equation[i] != 'r=' for i in at[1:]):
        return [equation]
    if not _COMMAS.isdisjoint(_leaves(equation[at[0] : at[-1]])):
        return [equation]
    first = equation[: at[0] + 1]
    ends = [*at[1:], len(equation)]
    return [trim(first + equation[start + 1 : end]) for start, end in zip(at, ends, strict=True)]


def _leaves(row: _Row) -> list[str]:
    return [node for node in row if isinstance(node, str)]


def _parts(line: _Row) -> list[_Row]:
    parts: list[_Row] = [[]]
    for node in line:
        if isinstance(node, str) and (node == 'q' or node in tables.SPLITTERS):
            parts.append([])
        else:
            parts[-1].append(node)
    trimmed = [
        part
        for part in map(trim, parts)
        if part and (isinstance(part[0], str) or not all(map(is_remark, part)))
    ]
    if 'p,' in line or 'p;' in line:
        return [part for whole in trimmed for part in _statements(whole)]
    return trimmed


def _statements(part: _Row) -> list[_Row]:
    r"""Cut ``x = 1, y = 2`` at its comma; not ``x, y \in R``, ``i = 1, \dots, n`` nor what may be a list.

    Each statement holds a relation of its own. What stands between two commas
    and holds none belongs to neither neighbour for sure, but where it ends an
    enumeration. Dots in place of a statement enumerate statements, a quantifier
    holds for all after it, and nothing is cut within brackets or bars without
    partner.
    """
    pieces: list[_Row] = [[]]
    for node in part:
        pieces[-1].append(node)
        if isinstance(node, str) and node in _COMMAS:
            pieces.append([])
    said = [_is_statement(piece) for piece in pieces]
    if sum(said) < 2 or not _OPEN.isdisjoint(_leaves(part)):
        return [part]
    out: list[_Row] = []
    start = first = said.index(True)
    begun = 0
    for n in range(first + 1, len(pieces)):
        if not said[n]:
            continue
        between = pieces[start + 1 : n]
        unclear = (between and not any(map(_is_dots, between))) or _is_range(pieces[start], pieces[n])
        start = n
        if between and _is_dots(between[-1]):
            return [part]
        if unclear:
            continue
        before = [node for piece in pieces[begun:n] for node in piece]
        leaves = _leaves(before)
        if not _QUANTIFIERS.isdisjoint(leaves):
            break
        if sum(leaf in _BARS for leaf in leaves) % 2 == 0:
            out.append(trim(before))
            begun = n
    out.append(trim([node for piece in pieces[begun:] for node in piece]))
    return out


def _is_statement(piece: _Row) -> bool:
    """Whether something stands on both sides of a relation."""
    if not piece or is_relation(piece[0]):
        return False
    end = len(piece)
    while end and _is_loose(piece[end - 1]):
        end -= 1
    return any(map(is_relation, piece[1 : end - 1]))


def _is_loose(node: Node) -> bool:
    """Punctuation, or a remark."""
    return node in _TRIMMED if isinstance(node, str) else node.kind == 'K'


def _is_range(one: _Row, other: _Row) -> bool:
    r"""Whether both may be the ends of one statement: ``1 \le p, q \le n``."""
    directions = []
    for piece in (one, other):
        at = [n for n, node in enumerate(piece) if is_relation(node)]
        node = piece[at[0]]
        up, down = (isinstance(node, str) and node in known for known in (_UPWARDS, _DOWNWARDS))
        if len(at) > 1 or not (up or down):
            return False
        directions.append(up)
        bound = trim(piece[at[0] + 1 :]) if piece is one else piece[: at[0]]
        if len(bound) != 1 or (piece is one and (at[0] > 2 or _base(bound[0])[:1] in {'n', 'm'})):
            return False
    return directions[0] == directions[1]


def _base(node: Node) -> str:
    while isinstance(node, Branch):
        if node.kind != 'S':
            return ''
        node = node.kids[0]
    return node


def _is_dots(piece: _Row) -> bool:
    """Whether a piece is dots and the comma behind them."""
    leaves = _leaves(piece)
    return 1 < len(piece) == len(leaves) and all(leaf in _DOTS or leaf in _COMMAS for leaf in leaves)


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
        elif isinstance(sole, Branch) and sole.kind == 'M' and sole.text in {'matrix', 'cases'}:
            lines = _table_lines(sole)
        if lines and isinstance(sole, Branch):
            joins = sole.text not in _SEPARATE
            stack.extend((line, joins and n > 0) for n, line in reversed(list(enumerate(lines))))
            continue
        if content:
            out.append((kids, continues))
        for kid in kids:  # a system in braces, or lines beside something else
            if isinstance(kid, Branch) and kid.kind == 'M' and kid.text == 'cases':
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
        if table.text == 'cases':
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
            elif related and not (isinstance(node, str) and node in _TRIMMED):
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
    if len(out) == 1 or any('p,' in side or 'p;' in side for side in out[1:-1]):
        return []
    return [trimmed for side in out if (trimmed := trim(side))]
