r"""Where one statement ends and the next begins, in a row without implications and wide spaces.

The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

import itertools
from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.bars import JOINING
from sphinxext_blog.formulas.model import Branch, Node
from sphinxext_blog.formulas.parser import is_cjk

__all__ = ['BRACKETS', 'TRIMMED', 'is_relation', 'leaves_of', 'may_part', 'statements_of', 'trim']

TRIMMED: Final = frozenset(['p,', 'p.', 'p;', 'p:', 'q'])
BRACKETS: Final = frozenset(f'o{bracket}' for ends in tables.BRACKETS.items() for bracket in ends)
_COMMAS: Final = frozenset(['p,', 'p;'])
_PARTING: Final = frozenset(['p,', 'p;', 'p:', 'owedge', 'ovee'])
"""What may stand between two statements of one chain, and as well between two terms."""
_DOTS: Final = frozenset(['cdots', 'cvdots', 'cddots', 'p.'])
_QUANTIFIERS: Final = frozenset(['cforall', 'cexists', 'cnexists'])
_UPWARDS: Final = frozenset(['r<', 'rle', 'rsubset', 'rsubseteq', 'rprec', 'rpreceq'])
_DOWNWARDS: Final = frozenset(['r>', 'rge', 'rsupset', 'rsupseteq', 'rsucc', 'rsucceq'])
_WORDS: Final = frozenset(['f', 't'])
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
    while start < end and isinstance(node := row[end - 1], str) and node in TRIMMED:
        end -= 1
    while start < end and isinstance(node := row[start], str) and node in TRIMMED:
        start += 1
    row = row[start:end]
    return [node for node in row if node != 'q'] if 'q' in row else row


def leaves_of(row: _Row) -> list[str]:
    """Its nodes that are leaves."""
    return [node for node in row if isinstance(node, str)]


def statements_of(part: _Row) -> list[_Row]:
    """Cut a row at the commas and the words between its statements."""
    pieces = _joined(part)
    if 'p,' in part or 'p;' in part:
        return [found for piece in pieces for found in _listed(piece)]
    return pieces


def may_part(row: _Row) -> bool:
    """Whether something in a row may stand between two statements rather than in a term."""
    leaves = leaves_of(row)
    return (
        not _PARTING.isdisjoint(leaves)
        or leaves.count('o|') % 2 == 1
        or any(_is_connective(row, n) for n in range(1, len(row) - 1))
    )


def _is_connective(row: _Row, n: int) -> bool:
    """Whether a node of a row is words that join what is around: ``or``, ``, where``, any of ideographs.

    Words next to an operator or a relation are a term.
    """
    node = row[n]
    if not isinstance(node, str) or node[:1] not in _WORDS:
        return False
    text = node[1:].strip(',;:.').lower()
    if text not in tables.CONNECTIVES and not (node[0] == 't' and is_cjk(text)):
        return False
    around = [*row[max(0, n - 1) : n], *row[n + 1 : n + 2]]
    return not any(is_relation(other) or other in JOINING for other in around)


def _joined(part: _Row) -> list[_Row]:
    r"""Cut ``x = 1 \text{ or } x = 2`` before and behind the word; a word in a term is no such.

    A statement stands before and behind it; a quantifier holds for all behind it.
    """
    at = [n for n, node in enumerate(part) if node[:1] in _WORDS and _is_connective(part, n)]
    if not at:
        return [part]
    out: list[_Row] = []
    begun = 0
    for n, end in itertools.pairwise([*at, len(part)]):
        before, behind = part[begun:n], part[n + 1 : end]
        if not _QUANTIFIERS.isdisjoint(leaves_of(before)):
            break
        if _is_statement(before) and _is_statement(behind):
            out.extend([trim(before), trim([part[n]])])
            begun = n + 1
    return [*out, trim(part[begun:])]


def _listed(part: _Row) -> list[_Row]:
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
    if sum(said) < 2 or not BRACKETS.isdisjoint(leaves_of(part)):
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
        leaves = leaves_of(before)
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
    return node in TRIMMED if isinstance(node, str) else node.kind == 'K'


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
    leaves = leaves_of(piece)
    return 1 < len(piece) == len(leaves) and all(leaf in _DOTS or leaf in _COMMAS for leaf in leaves)
