r"""From trees to equations, sides and their canonical texts.

The canonical text of a unit is a list of words: leaves, and marks that open
and close inner nodes, so that two trees are equal exactly when their texts
are. One walk over the tree makes the words of N1; N2 and N3 are maps over
them: N2 word by word, N3 with the variables numbered by first occurrence.
The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

import functools
from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.model import Branch, Node, Unit, UnitKind
from sphinxext_blog.formulas.weigh import is_declaration, weigh

__all__ = ['blind_text', 'canonical_texts', 'equations_of', 'sides_of', 'unit_of']

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
_TRANSPOSED: Final = frozenset(['vT', 'bT', 'fT', 'ctop'])
_SIZED: Final = frozenset('vbnmofctrhFQAMX')
_MOST_LINKS: Final = 16
"""A longer chain is one equation: each link repeats the left side."""
_MOST_COPIES: Final = 100
"""Lines of a formula that inherit a left side."""
_SEPARATE: Final = frozenset(['gather', 'gathered', 'lgathered', 'rgathered'])

_Row = list[Node]


def is_relation(node: Node) -> bool:
    """A relation, with or without a remark on it."""
    if isinstance(node, str):
        return node[:1] == 'r'
    return node.kind == 'S' and is_relation(node.kids[0])


def trim(row: _Row) -> _Row:
    """A row without punctuation and space at its ends, and without space inside."""
    start, end = 0, len(row)
    while start < end and row[end - 1] in _TRIMMED:
        end -= 1
    while start < end and row[start] in _TRIMMED:
        start += 1
    row = row[start:end]
    return [node for node in row if node != 'q'] if 'q' in row else row


def equations_of(row: _Row) -> list[_Row]:
    r"""Cut a formula into its equations.

    Lines of alignments are equations of their own. A line that begins with a
    relation inherits the left side of the line above, and in place of an ``=``
    its relation; one that begins with an operator and holds no relation
    continues it. Quads and implications part
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
    first = equation[: at[0] + 1]
    ends = [*at[1:], len(equation)]
    return [trim(first + equation[start + 1 : end]) for start, end in zip(at, ends, strict=True)]


def _parts(line: _Row) -> list[_Row]:
    parts: list[_Row] = [[]]
    for node in line:
        if node == 'q' or node in tables.SPLITTERS:
            parts.append([])
        else:
            parts[-1].append(node)
    return [trimmed for part in parts if (trimmed := trim(part))]


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
    """The rows of a table as lines when at least half of them hold a relation; else nothing."""
    lines: list[Node] = []
    related = 0
    for row in table.kids:
        cells = row.kids if isinstance(row, Branch) else (row,)
        joined = [kid for cell in (cells if table.text == 'matrix' else cells[:1]) for kid in _flat(cell)]
        related += any(map(is_relation, joined))
        lines.append(Branch('R', '', tuple(joined)))
    return lines if 2 * related >= len(lines) and related else []


def _flat(node: Node) -> _Row:
    return list(node.kids) if isinstance(node, Branch) and node.kind == 'R' else [node] if node else []


def sides_of(equation: _Row) -> list[_Row]:
    """What stands between the relations of an equation; nothing where there is none."""
    out: list[_Row] = [[]]
    for node in equation:
        if is_relation(node):
            out.append([])
        else:
            out[-1].append(node)
    return [trimmed for side in out if (trimmed := trim(side))] if len(out) > 1 else []


def unit_of(row: _Row, kind: UnitKind, cache: WordCache) -> Unit:
    """A row with its canonical texts and its weight.

    :param cache: one for all units of a formula, empty at first.
    """
    if len(row) == 1 and isinstance(row[0], str):
        return _leaf_unit(row[0], kind)
    words = words_of(row, cache)
    size = len([1 for word in words if word[0] in _SIZED])
    weight = 0 if is_declaration(row) else weigh(row, words, size)
    return Unit(kind, canonical_texts(words), size, weight)


@functools.lru_cache(maxsize=4096)
def _leaf_unit(leaf: str, kind: UnitKind) -> Unit:
    words = [leaf or '-']
    return Unit(kind, canonical_texts(words), int(words[0][0] in _SIZED), 0)


def canonical_texts(words: list[str]) -> tuple[str, str, str]:
    """The texts N1, N2 and N3 of the words of one unit."""
    blind = words
    for word in words:
        if word[0] in 'bmh':
            blind = [_blind(word) for word in words]
            break
    names: dict[str, str] = {}
    renamed = [
        (names.get(word) or names.setdefault(word, f'v{len(names) + 1}')) if word[0] == 'v' else word
        for word in blind
    ]
    first = ' '.join(words)
    return first, first if blind is words else ' '.join(blind), ' '.join(renamed)


def blind_text(text: str) -> str:
    """The text N2 of a unit from its text N1."""
    return ' '.join(map(_blind, text.split(' ')))


def _blind(word: str) -> str:
    kind = word[0]
    if kind == 'b':
        return f'v{word[1:]}'
    if kind == 'm':
        return f'n{word[1:]}'
    return 'ctop' if kind == 'h' else word


WordCache = dict[tuple[int, bool], list[str]]
"""Words of inner nodes by their identity and by whether an integral stands before."""


def words_of(row: _Row, cache: WordCache) -> list[str]:
    """The words of a unit, see the specification.

    :param cache: of one formula, whose nodes stand in several units.
    """
    out: list[str] = []
    integral = False
    last = len(row) - 1
    for n, node in enumerate(row):
        if isinstance(node, str):
            integral = _emit_leaf(node, row[n + 1] if n < last else '', out, integral) and node[:1] != 'r'
            continue
        integral = (integral and not is_relation(node)) or _is_integral(node)
        words = cache.get((id(node), integral))
        if words is None:
            words = cache[id(node), integral] = []
            _emit(node, words, integral)
        out.extend(words)
    return out


def _emit_row(row: tuple[Node, ...], out: list[str], integral: bool) -> None:
    last = len(row) - 1
    for n, node in enumerate(row):
        if isinstance(node, str):
            integral = _emit_leaf(node, row[n + 1] if n < last else '', out, integral)
        else:
            integral = integral or _is_integral(node)
            _emit(node, out, integral)


def _emit_leaf(leaf: str, following: Node, out: list[str], integral: bool) -> bool:
    """Append a leaf's word; say whether an integral sign stands before what comes next.

    After one, ``d`` before a variable is a differential.
    """
    if leaf == 'vd' and integral and _is_variable(following):
        out.append('cd')
    elif leaf != 'q':
        out.append(leaf or '-')
        return integral or leaf in tables.INTEGRALS
    return integral


def _is_integral(node: Branch) -> bool:
    return node.kind == 'S' and node.kids[0] in tables.INTEGRALS


def _is_variable(node: Node) -> bool:
    if isinstance(node, str):
        return node[:1] in {'v', 'b'}
    return node.kind in {'S', 'A'} and _is_variable(node.kids[0])


def _emit(node: Node, out: list[str], integral: bool) -> None:
    if isinstance(node, str):
        out.append(node or '-')
        return
    kind, text, kids = node
    if kind == 'S':
        base, below, above = kids
        out.append('S(')
        if base == 've' and above and not below:
            out.append('ce')
        elif isinstance(base, str):
            out.append(base or '-')
        else:
            _emit(base, out, integral)
        out.append(',')
        if isinstance(below, str):
            out.append(below or '-')
        else:
            _emit(below, out, False)
        out.append(',')
        if isinstance(above, str):
            out.append(f'h{above.removeprefix("v")}' if above in _TRANSPOSED else above or '-')
        else:
            _emit(above, out, False)
        out.append(')')
    elif kind == 'R':
        out.append('R(')
        _emit_row(kids, out, integral)
        out.append(')')
    elif kind == 'F':
        out.append('F(')
        derivative = not integral and _is_derivative(kids)
        for kid in kids:
            start = len(out)
            _emit(kid, out, integral)
            if derivative:
                out[out.index('vd', start)] = 'cd'
            out.append(',')
        out.append(')')
    else:
        out.append(f'{"M" if kind == "L" else kind}:{text.replace(" ", "")}(')
        for kid in kids:
            _emit(kid, out, integral)
            out.append(',')
        out.append(')')


def _is_derivative(kids: tuple[Node, ...]) -> bool:
    r"""Whether a fraction is :math:`d/dx` or :math:`dy/dx`."""
    below = kids[1]
    return isinstance(below, Branch) and below.kind == 'R' and all(map(_begins_with_d, kids))


def _begins_with_d(node: Node) -> bool:
    while isinstance(node, Branch) and node.kind in {'R', 'S'} and node.kids:
        node = node.kids[0]
    return node == 'vd'
