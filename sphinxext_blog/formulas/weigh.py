r"""How much a formula says: its effective size.

``a_1, \dots, a_n`` has the size of one symbol however long it is written, and
a single symbol or ``X \in \mathbb{R}^{n \times m}`` says nothing about what a
post is about.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas.model import Branch, Node

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['is_declaration', 'size_of', 'weigh']

_DOTS: Final = 'cdots'
_COUNTED: Final = frozenset('FQAMX')


def size_of(node: Node) -> int:
    """Leaves and fractions, roots, accents, tables below a node; punctuation weighs nothing."""
    if isinstance(node, str):
        return int(bool(node) and node[0] not in 'pq')
    return sum(map(size_of, node.kids)) + (node.kind in _COUNTED)


def weigh(row: Sequence[Node], words: Sequence[str], size: int) -> int:
    """The effective size of a unit.

    :param words: its canonical words.
    :param size: its size before enumerations are collapsed.
    :return: 0 for a single symbol with its scripts and accents.
    """
    if len(row) == 1 and _is_symbol(row[0]):
        return 0
    if _DOTS not in words:
        return size
    return size - _enumerated(row)


def _is_symbol(node: Node) -> bool:
    """One symbol, whatever its scripts and accents, also as the argument of another: ``f(x_i)``."""
    if isinstance(node, str):
        return True
    if node.kind == 'P':
        return _is_symbol(node.kids[0])
    return node.kind in {'S', 'A'} and _is_symbol(node.kids[0])


def _enumerated(row: Sequence[Node]) -> int:
    """By how much the enumerations of a row, and of the rows inside, are larger than one symbol."""
    saved = 0
    covered = [False] * len(row)
    end = 0
    for at, node in enumerate(row):
        if node != _DOTS or covered[at]:
            continue
        start, end = _extent(row, at, end)
        sizes = [size_of(kid) for kid in row[start:end]]
        saved += max(0, sum(sizes) - max(1, sizes[0]))
        covered[start:end] = [True] * (end - start)
    for at, node in enumerate(row):
        if isinstance(node, Branch) and not covered[at]:
            saved += _enumerated(node.kids)
    return saved


def _extent(row: Sequence[Node], at: int, floor: int) -> tuple[int, int]:
    """First (not before ``floor``) and past-the-last node of the enumeration around the dots."""
    separator = row[at - 1] if at else ''
    if not (isinstance(separator, str) and separator[:1] in {'p', 'o'}):
        return max(floor, at - 2), min(len(row), at + 2)  # a product: x_1 x_2 … x_n
    start = at
    while start >= floor + 2 and row[start - 1] == separator:
        start -= 2
        while start > floor and row[start - 1] != separator and _juxtaposed(row[start - 1]):
            start -= 1
    end = at + 1
    if end < len(row) and row[end] == separator:
        end += 2
        while end < len(row) and row[end] != separator and _juxtaposed(row[end]):
            end += 1
    return start, min(end, len(row))


def _juxtaposed(node: Node) -> bool:
    """Part of a term: no operator, relation or punctuation."""
    return isinstance(node, Branch) or (bool(node) and node[0] not in 'orpq')


def is_declaration(row: Sequence[Node]) -> bool:
    r"""Whether a row only says what something is: ``x \in \mathbb{R}^n``, ``\mathbb{R}^{n \times m}``."""
    clauses: list[list[Node]] = [[]]
    for node in row:
        if node == 'p,':
            clauses.append([])
        else:
            clauses[-1].append(node)
    # In x, y \in X only the last clause names the space.
    return _declares(clauses[-1]) and all(_declares(c) or all(map(_is_symbol, c)) for c in clauses)


def _declares(row: Sequence[Node]) -> bool:
    start = 0
    for at, node in enumerate(row):
        if node == 'rin':
            start = at + 1
            break
        if isinstance(node, str) and node[:1] == 'r':
            return False
    space = row[start:]
    return bool(space) and all(_is_space(node) or node == 'otimes' for node in space)


def _is_space(node: Node) -> bool:
    if isinstance(node, Branch) and node.kind == 'S':
        node = node.kids[0]
    return isinstance(node, str) and node[:4] == 'cbb:'
