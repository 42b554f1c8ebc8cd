r"""How nodes are put together: a base and its scripts, signs of several tokens."""

from __future__ import annotations

import itertools
from typing import Final

from sphinxext_blog.formulas.model import Branch, Node

__all__ = ['finish', 'script']

_JOINED: Final = frozenset(['farg', 'p.'])
_COMMAS: Final = frozenset(['p,', 'p;', 'p:'])
_BEGINNING: Final = frozenset('rofq')
"""Classes of leaves behind which a full stop ends no sentence."""


def script(base: Node, below: Node, above: Node) -> Node:
    """A base with its scripts; those that it already has stay, where there is room."""
    if not below and not above:
        return base
    if isinstance(base, Branch) and base.kind == 'S':
        inner, old_below, old_above = base.kids
        if not (old_below and below) and not (old_above and above):
            return Branch('S', '', (inner, old_below or below, old_above or above))
    return Branch('S', '', (base, below, above))


def finish(kids: list[Node]) -> list[Node]:
    r"""Join what is one sign in several tokens; drop what is empty.

    ``\arg`` and ``\min`` are one function, ``:`` and ``=`` one relation, three
    full stops are dots, two bars are one where no single bar stands in the row,
    and a full stop that begins something is the point of the number behind it.
    """
    if 'o|' in kids:
        kids = _joined_bars(kids)
    if 'farg' not in kids and 'p:' not in kids and '' not in kids and 'p.' not in kids:
        return kids
    out: list[Node] = []
    for kid in kids:
        if not kid:
            continue
        if kid == 'r=' and out and out[-1] == 'p:':
            out[-1] = 'r:='
            continue
        if kid == 'p.' and out[-2:] == ['p.', 'p.'] and out[-3:-2] != ['p.']:
            out[-2:] = ['cdots']
            continue
        joined = _joined(out, kid) if out and out[-1] in _JOINED else ''
        if joined:
            out[-1] = Branch('S', '', (joined, *kid.kids[1:])) if isinstance(kid, Branch) else joined
        else:
            out.append(kid)
    return out


def _joined(out: list[Node], kid: Node) -> str:
    """The leaf that the last node is together with the one behind it, scripts left out; else empty."""
    base = kid.kids[0] if isinstance(kid, Branch) and kid.kind == 'S' else kid
    if out[-1] == 'farg':
        return f'farg{str(base)[1:]}' if base in {'fmin', 'fmax'} else ''
    if isinstance(base, Branch) or base[:1] != 'n' or '.' in base:
        return ''
    before = out[-2] if len(out) > 1 else 'q'
    begins = isinstance(before, str) and (before[0] in _BEGINNING or before in _COMMAS)
    return f'n0.{base[1:]}' if begins else ''


def _joined_bars(kids: list[Node]) -> list[Node]:
    r"""``||x||`` as ``\|x\|``, where the bars of the row stand in twos only."""
    if not any(a == 'o|' and _is_bar(b) for a, b in itertools.pairwise(kids)):
        return kids
    out: list[Node] = []
    for kid in kids:
        if _is_bar(kid) and out and out[-1] == 'o|':
            out[-1] = Branch('S', '', ('oVert', *kid.kids[1:])) if isinstance(kid, Branch) else 'oVert'
        else:
            out.append(kid)
    return kids if any(map(_is_bar, out)) else out


def _is_bar(node: Node) -> bool:
    return node == 'o|' if isinstance(node, str) else node.kind == 'S' and node.kids[0] == 'o|'
