"""No blank where a line of Chinese or Japanese source ends.

Writers break lines at any character, and HTML shows each break as a blank, which
these scripts don't have between words. Browsers are asked to leave it out (CSS Text
Level 4, “Segment Break Transformation Rules”) but few do, and feeds, excerpts and
searches have no browser. So the breaks go while documents are read.
"""

from __future__ import annotations

import unicodedata
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_blog.site.text import flatten

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['JoinLines', 'join_lines', 'setup_line_joins']

_AFTER_TRANSLATION: Final = 740
"""Before smart quotes (750) and before Sphinx's domains take captions and the like (850)."""

_HANGUL: Final = ((0x1100, 0x11FF), (0x3130, 0x318F), (0xA960, 0xA97F), (0xAC00, 0xD7FF), (0xFFA0, 0xFFDC))
"""Korean has blanks between words, so that a line's end is one."""
_EITHER: Final = frozenset('“”‘’…—·')
"""Marks of Chinese and of Western texts."""


@lru_cache(maxsize=8192)
def _is_wide(character: str) -> bool:
    code = ord(character)
    wide = unicodedata.east_asian_width(character) in {'W', 'F'}
    return wide and not any(first <= code <= last for first, last in _HANGUL)


@lru_cache(maxsize=8192)
def _is_wide_mark(character: str) -> bool:
    return _is_wide(character) and unicodedata.category(character).startswith('P')


def _is_no_blank(before: str, after: str) -> bool:
    """Whether nothing stands for the end of a line between two characters."""
    if before.isspace() or after.isspace():
        return False
    wide = _is_wide(before), _is_wide(after)
    if all(wide):
        return True
    mark = _is_wide_mark(before) or _is_wide_mark(after)
    return mark or (wide[0] and after in _EITHER) or (wide[1] and before in _EITHER)


def _joins(text: str) -> list[int]:
    """Places of the ends of lines that are no blanks."""
    found = []
    place = text.find('\n', 1)
    while 0 < place < len(text) - 1:
        if _is_no_blank(text[place - 1], text[place + 1]):
            found.append(place)
        place = text.find('\n', place + 1)
    return found


def join_lines(text: str) -> str:
    """*text* without the ends of lines at which Chinese or Japanese goes on."""
    places = _joins(text)
    return ''.join(
        text[start + 1 : end] for start, end in zip([-1, *places], [*places, len(text)], strict=True)
    )


class JoinLines(SphinxTransform):
    """Take these ends of lines out of running text, across emphasis and links."""

    default_priority = _AFTER_TRANSLATION

    def apply(self, **_kwargs: Any) -> None:
        blocks: dict[int, nodes.TextElement] = {}
        for text in self.document.findall(nodes.Text):
            if '\n' in text and (block := _block_of(text)) is not None:
                blocks[id(block)] = block
        for block in blocks.values():
            _join(block)


def _block_of(text: nodes.Text) -> nodes.TextElement | None:
    """The paragraph, title, caption… around a text; ``None`` for code, formulas and comments."""
    kept = (nodes.literal, nodes.raw, nodes.math, nodes.FixedTextElement, nodes.Invisible, nodes.math_block)
    node: nodes.Element = text.parent
    while isinstance(node, nodes.TextElement) and not isinstance(node, kept):
        if not isinstance(node, nodes.Inline):
            return node
        node = node.parent
    return None


def _join(block: nodes.TextElement) -> None:
    flat = flatten(block)
    cuts: dict[int, list[int]] = {}
    leaves: dict[int, nodes.Text] = {}
    for place in _joins(flat.text):
        for leaf in flat.leaves_within(place, place + 1):
            if isinstance(leaf.node, nodes.Text):
                cuts.setdefault(id(leaf.node), []).append(place - leaf.start)
                leaves[id(leaf.node)] = leaf.node
    for key, node in leaves.items():
        text = str(node)
        places = cuts[key]
        pieces = zip([-1, *places], [*places, len(text)], strict=True)
        joined = ''.join(text[start + 1 : end] for start, end in pieces)
        # Not by index(): texts are equal when their letters are, as each end of a line is in Markdown.
        number = next(n for n, child in enumerate(node.parent.children) if child is node)
        node.parent[number : number + 1] = [nodes.Text(joined)] if joined else []


def setup_line_joins(app: Sphinx) -> None:
    """Have lines joined in every document."""
    app.add_transform(JoinLines)
