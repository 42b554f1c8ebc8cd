r"""From the trees of equations and sides to their canonical texts.

The canonical text of a unit is a list of words: leaves, and marks that open
and close inner nodes, so that two trees are equal exactly when their texts
are. One walk over the tree makes the words of N1; N2 and N3 are maps over
them: N2 word by word, without the words of remarks, N3 with the variables numbered by first occurrence.
The specification is ``docs/formulas-specification.rst``.
"""

from __future__ import annotations

import functools
from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.equations import is_relation
from sphinxext_blog.formulas.model import Branch, Node, Unit, UnitKind
from sphinxext_blog.formulas.remarks import is_remark, without_remarks
from sphinxext_blog.formulas.weigh import is_declaration, weigh

__all__ = ['WordCache', 'blind_text', 'canonical_texts', 'unit_of', 'words_of']

_TRANSPOSED: Final = frozenset(['vT', 'bT', 'fT', 'ctop'])
_SIZED: Final = frozenset('vbnmofctrhFQAMX')
_Row = list[Node]


def unit_of(row: _Row, kind: UnitKind, cache: WordCache) -> Unit:
    """A row with its canonical texts and its weight.

    :param cache: one for all units of a formula, empty at first.
    """
    if len(row) == 1 and isinstance(row[0], str):
        return _leaf_unit(row[0], kind)
    words = words_of(row, cache)
    texts = canonical_texts(words)
    if texts[0] is not texts[1] and 'k(' in words:
        row = [without_remarks(node) for node in row if not is_remark(node)]
        words = texts[1].split(' ')
    size = len([1 for word in words if word[0] in _SIZED])
    weight = 0 if is_declaration(row) else weigh(row, words, size)
    return Unit(kind, texts, size, weight)


@functools.lru_cache(maxsize=4096)
def _leaf_unit(leaf: str, kind: UnitKind) -> Unit:
    words = [leaf or '-']
    return Unit(kind, canonical_texts(words), int(words[0][0] in _SIZED), 0)


def canonical_texts(words: list[str]) -> tuple[str, str, str]:
    """The texts N1, N2 and N3 of the words of one unit."""
    first = ' '.join(words)
    blind = words
    # Texts without any of this are the same in N2; a search for each is faster than one expression for all.
    if ' b' in (text := f' {first}') or ' m' in text or ' h' in text or ' k' in text or '\\var' in text:
        blind = [_blind(word) for word in words if word[0] != 'k']
    names: dict[str, str] = {}
    renamed = [
        (names.get(word) or names.setdefault(word, f'v{len(names) + 1}')) if word[0] == 'v' else word
        for word in blind
    ]
    return first, first if blind is words else ' '.join(blind), ' '.join(renamed)


def blind_text(text: str) -> str:
    """The text N2 of a unit from its text N1."""
    return ' '.join([_blind(word) for word in text.split(' ') if word[0] != 'k'])


def _blind(word: str) -> str:
    kind = word[0]
    if kind in 'bv':
        return f'v{tables.VARIANTS.get(word[1:], word[1:])}'
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
            transposed = above in _TRANSPOSED and base not in tables.BIG_OPERATORS
            out.append(f'h{above.removeprefix("v")}' if transposed else above or '-')
        else:
            _emit(above, out, False)
        out.append(')')
    elif kind == 'R':
        if len(kids) > 1 and isinstance(kids[1], Branch) and all(map(is_remark, kids[1:])):
            _emit_row(kids, out, integral)
            return
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
    elif kind == 'K':
        words: list[str] = []
        _emit(kids[0], words, False)
        out.extend(['k(', *[f'k{word}' for word in words], 'k)'])
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
