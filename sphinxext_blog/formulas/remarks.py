r"""Remarks on parts of a formula: under a brace, over a relation.

A remark is a node of kind ``K`` behind what it is about. Whatever reads the
structure of a formula looks past it; only the text N1 holds it, so that
:math:`\underbrace{f \circ f}_{k}` is equal to :math:`f \circ f` from N2 on.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.model import Branch, Node

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ['is_remark', 'remarked', 'without_remarks']

_BEFORE: Final = frozenset(['p,', 'p.', 'p;', 'p:', 'q'])
"""What is dropped at the end of an equation: a remark stands before it."""


def is_remark(node: Node) -> bool:
    """Whether a node is a remark on the one before."""
    return isinstance(node, Branch) and node.kind == 'K'


def remarked(nodes: Sequence[Node], remarks: Iterable[Node]) -> list[Node]:
    """Nodes with remarks on them; none on nothing, nor on lines, which are several equations.

    Linear in the number of nodes. Nothing is raised.
    """
    end = len(nodes)
    while end and isinstance(nodes[end - 1], str) and nodes[end - 1] in _BEFORE:
        end -= 1
    if not end or any(isinstance(node, Branch) and node.kind in {'L', 'M'} for node in nodes):
        return list(nodes)
    added = [Branch('K', '', (remark,)) for remark in remarks if remark]
    return [*nodes[:end], *added, *nodes[end:]]


def without_remarks(node: Node) -> Node:
    """The tree without remarks; linear in its size."""
    if isinstance(node, str):
        return node
    kids = [without_remarks(kid) for kid in node.kids if not is_remark(kid)]
    # A row of one node is no row; but that of a table has a cell each.
    if node.kind == 'R' and len(kids) == 1 < len(node.kids):
        return one(kids)
    return Branch(node.kind, node.text, tuple(kids))
