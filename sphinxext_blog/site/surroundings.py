"""What is said around a displayed formula: the end of the sentence before it, the beginning of the one after.

Readers look formulas up by these words. Of an inline formula the heading of its
section has to do: its neighbours would make the index several times as large.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx import addnodes

from sphinxext_blog.site.formula_reading import math_nodes
from sphinxext_blog.site.text import block_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ['surroundings']

_BEFORE: Final = 80
"""Characters before a formula."""
_AFTER: Final = 40
_STEPS: Final = 4
"""Formulas and marks between a formula and the sentence before it."""
_PASSED: Final = (nodes.math_block, nodes.Invisible, addnodes.index)
# The word that a cut may go through.
_WORD_AT_START: Final = re.compile(r'^[A-Za-z0-9]+')
_WORD_AT_END: Final = re.compile(r'[A-Za-z0-9]+$')


def surroundings(document: nodes.document) -> tuple[str, ...]:
    """For each formula of a document, in reading order, what is said around it; empty for an inline one."""
    return tuple(
        _around(node) if isinstance(node, nodes.math_block) else '' for node, _section in math_nodes(document)
    )


def _around(node: nodes.math_block) -> str:
    siblings: Sequence[nodes.Node] = [
        child for child in node.parent.children if not isinstance(child, nodes.system_message)
    ]
    place = siblings.index(node)
    before = _nearest(siblings[n] for n in range(place - 1, max(-1, place - 1 - _STEPS), -1))
    after = _nearest(siblings[n] for n in range(place + 1, min(len(siblings), place + 1 + _STEPS)))
    return f'{_end(before, _BEFORE)} {_beginning(after, _AFTER)}'.strip()


def _nearest(siblings: Iterator[nodes.Node]) -> str:
    """The words of the first sentence or paragraph that is met; none when something else comes before it."""
    for node in siblings:
        if isinstance(node, nodes.Text):
            if text := node.astext().strip():
                return text
        elif isinstance(node, nodes.paragraph) or (
            isinstance(node, nodes.Inline) and isinstance(node, nodes.TextElement)
        ):
            return block_words(node)
        elif not isinstance(node, _PASSED):
            return ''
    return ''


def _end(text: str, most: int) -> str:
    return text if len(text) <= most else _WORD_AT_START.sub('', text[-most:])


def _beginning(text: str, most: int) -> str:
    return text if len(text) <= most else _WORD_AT_END.sub('', text[:most])
