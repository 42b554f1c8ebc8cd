r"""How much a formula says: its effective size.

Two ways to write the same weigh the same: ``x_1 + \dots + x_n`` has the size of
its first member however long it is written, and so have the terms of
``\sum_{i=1}^n x_i``, whose bounds only count. What a growth rate ``O(n \log n)``
is measured in counts half. And what only names things, as ``X \in
\mathbb{R}^{n \times m}``, ``i = 1, \dots, n``, ``a_k < b_k`` or a single symbol,
says nothing about what a post is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas.model import Branch, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['is_declaration', 'size_of', 'weigh']

_DOTS: Final = frozenset(['cdots', 'p...'])
r"""``\dots``, and three full stops in a row."""
_RATES: Final = frozenset(['vO', 'vo', r'v\Theta', r'v\Omega', 'ccal:O'])
_REPEATS: Final = frozenset(
    'fsum fprod fcoprod fbigcup fbigcap fbigvee fbigwedge fbigsqcup fbiguplus ooplus ootimes'.split()
)
_SHORTENS: Final = _RATES | _REPEATS | {'cdots', 'p.'}
"""Without any of these words, the effective size is the size."""
_COUNTED: Final = frozenset('FQAMX')
_SIGNS: Final = frozenset(['o-', 'o+', 'opm', 'omp'])
_FACTORS: Final = frozenset(['o/', 'otimes', 'ocdot'])
_NUMBERS: Final = frozenset(['cpi', 'cinfty'])
_MARKS: Final = frozenset(['', "o'", 'o*', 'o+', 'o-', 'odagger'])
_NO_POWER: Final = frozenset(['', 'vT', 'bT', 'fT', 'ctop'])


def size_of(node: Node) -> int:
    """Leaves and fractions, roots, accents, tables below a node; punctuation weighs nothing."""
    if isinstance(node, str):
        return int(bool(node) and node[0] not in 'pq')
    return sum(map(size_of, node.kids)) + (node.kind in _COUNTED)


def weigh(row: Sequence[Node], words: Sequence[str], size: int) -> int:
    """The effective size of a unit.

    :param words: its canonical words.
    :param size: its size before anything is shortened.
    :return: 0 for a single symbol with its scripts and accents.
    """
    if len(row) == 1 and _is_symbol(row[0]):
        return 0
    if _SHORTENS.isdisjoint(words):
        return size
    return size - _saved(row)


def _is_symbol(node: Node) -> bool:
    """One symbol, whatever its scripts and accents, also as the argument of another: ``f(x_i)``."""
    if isinstance(node, str):
        return True
    if node.kind == 'P':
        return _is_symbol(node.kids[0])
    return node.kind in {'S', 'A'} and _is_symbol(node.kids[0])


def _saved(row: Sequence[Node]) -> int:
    """By how much a row, with the rows inside, is larger than what it says."""
    row = _with_dots(row)
    saved = 0
    covered = [False] * len(row)
    end = 0
    for at, node in enumerate(row):
        if not _is_one_of(node, _DOTS) or covered[at]:
            continue
        start, first, end = _extent(row, at, end)
        said = sum(map(size_of, row[start:first])) - _saved(row[start:first])
        saved += max(0, sum(map(size_of, row[start:end])) - max(1, said))
        covered[start:end] = [True] * (end - start)
    for at, node in enumerate(row):
        if isinstance(node, Branch) and not covered[at]:
            saved += _saved_in(node, of_rate=at > 0 and _is_rate(row[at - 1]))
    return saved


def _saved_in(node: Branch, *, of_rate: bool) -> int:
    if node.kind == 'S' and _is_one_of(node.kids[0], _REPEATS):
        return _bounds(node.kids[1], node.kids[2])
    saved = _saved(node.kids)
    if of_rate and node.kind == 'P':
        saved += (size_of(node) - saved + 1) // 2
    return saved


def _with_dots(row: Sequence[Node]) -> Sequence[Node]:
    """A row with three full stops as one leaf."""
    if row.count('p.') < 3:
        return row
    out: list[Node] = []
    for node in row:
        out.append(node)
        if out[-3:] == ['p.', 'p.', 'p.']:
            out[-3:] = ['p...']
    return out


def _is_rate(node: Node) -> bool:
    while isinstance(node, Branch) and node.kind in {'S', 'A'}:
        node = node.kids[0]
    return _is_one_of(node, _RATES)


def _bounds(below: Node, above: Node) -> int:
    r"""The size of bounds that only count, ``\sum_{i=1}^n``.

    Others, ``\sum_{d|n}`` and ``\sum_{x \in S}``, say what is summed.
    """
    row = _flat(below)
    if 'rin' in row or not (_is_list(row) or is_declaration(row)):
        return 0
    return size_of(below) + (size_of(above) if _is_list(_flat(above)) else 0)


def _extent(row: Sequence[Node], at: int, floor: int) -> tuple[int, int, int]:
    """Where the enumeration around the dots begins (not before ``floor``), its first member ends, it ends."""
    separator = row[at - 1] if at else ''
    if not (isinstance(separator, str) and separator[:1] in {'p', 'o'}):
        start = max(floor, at - 2)  # a product: x_1 x_2 … x_n
        return start, min(start + 1, at), min(len(row), at + 2)
    listed = separator[:1] == 'p'
    start = first = at
    while start >= floor + 2 and row[start - 1] == separator:
        first = start - 1
        start -= 2
        while start > floor and row[start - 1] != separator and _belongs(row[start - 1], listed):
            start -= 1
    end = at + 1
    if end < len(row) and (row[end] == separator or (listed and _belongs(row[end], listed))):
        end += row[end] == separator  # left out in x_1, x_2, … x_n
        while end < len(row) and row[end] != separator and _belongs(row[end], listed):
            end += 1
    return start, first, min(end, len(row))


def _belongs(node: Node, listed: bool) -> bool:
    """Part of a member: of a list, all but relations and punctuation; of a sum, no operator either."""
    if isinstance(node, Branch):
        return node.kind != 'S' or _belongs(node.kids[0], listed)
    return bool(node) and node[0] not in ('rpq' if listed else 'orpq')


def is_declaration(row: Sequence[Node]) -> bool:
    r"""Whether a row only names things and where they live: between its relations and commas are but names.

    ``x, y \in \mathbb{R}^n``, ``\mathbb{R}^{n \times m}``, ``0 \le i < n``,
    ``G = (V, E)``, ``p_i > 0 (i = 1, \dots, n)``, ``2 \times 10^5``.
    """
    related = False
    side: list[Node] = []
    for node in row:
        if isinstance(node, str) and node[:1] in {'r', 'p', 't'}:
            if not _is_plain(side):
                return False
            related = related or node[0] == 'r'
            side = []
        else:
            side.append(node)
    if not (row and _is_plain(side)):
        return False
    return related or (bool(side) and all(map(_is_space, side))) or all(map(_is_number, row))


def _is_plain(side: Sequence[Node]) -> bool:
    """A name, a number, a space; nothing that is computed."""
    if len(side) > 1 and _is_one_of(side[0], _SIGNS):
        side = side[1:]
    if len(side) > 1 and _is_range(side[-1]):
        side = side[:-1]
    if len(side) < 2:
        return not side or _is_name(side[0])
    return all(_is_space(node) or node == 'otimes' for node in side) or _is_quantity(side)


def _is_range(node: Node) -> bool:
    r"""``(i = 1, \dots, n)``; without dots it would be an argument, as in ``P(X = 1)``."""
    if not (isinstance(node, Branch) and node.kind == 'P'):
        return False
    row = _with_dots(_flat(node.kids[0]))
    return any(_is_one_of(kid, _DOTS) for kid in row) and is_declaration(row)


def _is_name(node: Node) -> bool:
    if isinstance(node, str):
        return True
    if node.kind == 'A':
        return _is_name(node.kids[0])
    if node.kind == 'P':
        return _is_list(_flat(node.kids[0]))
    if node.kind == 'S' and _is_mark(node.kids[2]) and _is_name(node.kids[0]):
        return True
    return _is_space(node) or _is_quantity([node])


def _is_mark(above: Node) -> bool:
    """A superscript that belongs to a name; others are powers."""
    if isinstance(above, Branch) and above.kind == 'P':
        return True
    return all(_is_one_of(mark, _MARKS) for mark in _flat(above))


def _is_list(row: Sequence[Node]) -> bool:
    r"""Names between commas: of a tuple, an interval, a set ``\{0, \dots, n - 1\}``."""
    side: list[Node] = []
    for node in [*row, 'p,']:
        if isinstance(node, str) and node[:1] == 'p':
            ends_range = len(side) == 3 and _is_one_of(side[1], _SIGNS) and all(map(_is_name, side))
            if not (ends_range or _is_plain(side)):
                return False
            side = []
        else:
            side.append(node)
    return True


def _is_quantity(nodes: Sequence[Node]) -> bool:
    r"""Numbers multiplied and divided, ``2 \times 10^5``, ``\pi/2``, and functions of them, ``\log 2``."""
    for node in nodes:
        if isinstance(node, str):
            if node[:1] not in {'n', 'm', 'f'} and node not in _NUMBERS and node not in _FACTORS:
                return False
        elif node.kind == 'S':
            base, below, above = node.kids
            power = _flat(above)
            if below or not _is_quantity([base]) or not _is_quantity(power[power[:1] == ('o-',) :]):
                return False
        elif node.kind != 'F' or not all(_is_quantity([kid]) for kid in node.kids):
            return False
    return True


def _is_space(node: Node) -> bool:
    r"""A blackboard letter, ``\mathbb{R}^n``, or a power of a set of numbers, ``\{0, 1\}^n``."""
    above: Node = ''
    if isinstance(node, Branch) and node.kind == 'S':
        node, _, above = node.kids
    if isinstance(node, str):
        return node[:4] == 'cbb:'
    if node.kind != 'P' or _is_one_of(above, _NO_POWER):
        return False
    return all(map(_is_number, _flat(node.kids[0])))


def _is_number(node: Node) -> bool:
    return (isinstance(node, str) and node[:1] in {'p', 'o'}) or _is_quantity([node])


def _is_one_of(node: Node, leaves: frozenset[str]) -> bool:
    """Whether a node is one of these leaves; the hash of an inner node would be that of all below it."""
    return isinstance(node, str) and node in leaves


def _flat(node: Node) -> tuple[Node, ...]:
    """The nodes of a row; any other node alone."""
    return node.kids if isinstance(node, Branch) and node.kind == 'R' else (node,)
