r"""What fonts and words do to the nodes they govern."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.lexer import without_space
from sphinxext_blog.formulas.model import Branch

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.formulas.model import Node

__all__ = ['embolden', 'join_words', 'one', 'set_letters', 'word']

_POINTS: Final = frozenset(['.', ',', ';', ':'])
_WORD: Final = re.compile(r'[A-Za-z][A-Za-z0-9.\-]*')


def one(kids: list[Node]) -> Node:
    """A row as one node: nothing is the empty string, a single node is itself."""
    if len(kids) == 1:
        return kids[0]
    return Branch('R', '', tuple(kids)) if kids else ''


def word(text: str, *, operator: bool = False) -> str:
    r"""The leaf for words in upright type; empty when there are none.

    :param text: what stands between the braces of a ``\text``.
    :param operator: a single letter is a name too, not a variable.
    """
    text = without_space(text)
    if text in _POINTS:
        return f'p{text}'
    if len(text) == 1 and text.isascii() and text.isalpha() and not operator:
        return f'v{text}'
    if _WORD.fullmatch(text):
        return f'f{tables.ALIASES.get(text, text)}'
    if text.isascii() and text.isdigit():
        return f'n{text}'
    return f't{text}' if text else ''


def join_words(kids: Iterable[Node]) -> list[Node]:
    """Runs of single letters, set upright, are words."""
    out: list[Node] = []
    letters = ''
    for kid in [*kids, '']:
        if isinstance(kid, str) and len(kid) == 2 and kid[0] == 'v':
            letters += kid[1]
            continue
        if letters:
            out.append(word(letters))
            letters = ''
        if kid:
            out.append(kid)
    return out


def embolden(node: Node) -> Node:
    """Bold variables and numbers; all else has no bold form of a meaning of its own."""
    if isinstance(node, str):
        kind = node[:1]
        return f'b{node[1:]}' if kind == 'v' else f'm{node[1:]}' if kind == 'n' else node
    return Branch(node.kind, node.text, tuple(embolden(kid) for kid in node.kids))


def set_letters(node: Node, font: str) -> Node:
    """Letters in a font that makes constants of them: blackboard bold, calligraphic, Fraktur."""
    if isinstance(node, str):
        return f'c{font}:{node[1:]}' if node[:1] in {'v', 'b', 'n'} else node
    return Branch(node.kind, node.text, tuple(set_letters(kid, font) for kid in node.kids))
