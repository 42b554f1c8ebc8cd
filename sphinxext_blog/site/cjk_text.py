"""Chinese and Japanese text as its readers expect it: no blank at a line's end, and anchors that can be read.

In the source a sentence goes on over several lines; a browser makes a blank of
each line's end, which these scripts don't have. And docutils keeps only ASCII
letters in the ids of headings: of 基本定义 nothing is left, so that it is called
``id3`` until another heading is put before it.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.slugs import ablog_slug

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx

__all__ = ['JoinLines', 'NameHeadings', 'setup_cjk_text']

_WIDE: Final = '\u3000-\u30ff\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\uff00-\uffee\U00020000-\U0003ffff'
"""Han, kana, and their punctuation; not Hangul, which has blanks between words."""
_BREAK: Final = re.compile(rf'(?<=[{_WIDE}])[ \t]*\n[ \t]*(?=[{_WIDE}])')
_LATIN_ID: Final = re.compile(r'[\x00-\x7f]*\Z')


class JoinLines(SphinxTransform):
    """Join the lines of running text where no blank belongs between them."""

    default_priority = 210
    """After `Locale`, which compares texts with their translations as they are written."""

    def apply(self, **kwargs: Any) -> None:
        del kwargs
        for text in list(self.document.findall(nodes.Text)):
            if '\n' not in text or isinstance(text.parent, nodes.FixedTextElement):
                continue
            if _verbatim(text.parent):
                continue
            # Texts are equal when their letters are: each line's end of Markdown is a text of its own.
            children = text.parent.children
            place = next(n for n, child in enumerate(children) if child is text)
            before, after = _text_at(children, place - 1)[-1:], _text_at(children, place + 1)[:1]
            joined = _BREAK.sub('', f'{before}{text}{after}')
            joined = joined[len(before) : len(joined) - len(after)]
            if joined != str(text):
                text.parent[place] = nodes.Text(joined)


def _verbatim(node: nodes.Node | None) -> bool:
    return isinstance(node, (nodes.literal, nodes.math, nodes.math_block, nodes.raw, nodes.comment))


def _text_at(children: Sequence[nodes.Node], place: int) -> str:
    """The running text of a node beside a text; empty where there is none."""
    if not 0 <= place < len(children) or _verbatim(children[place]):
        return ''
    return children[place].astext()


class NameHeadings(SphinxTransform):
    """Give headings whose words docutils loses an id of these words; the old one leads there too."""

    default_priority = 600
    """Before domains take labels from the document."""

    def apply(self, **kwargs: Any) -> None:
        del kwargs
        if not blog_config(self.config).heading_ids:
            return
        for section, slug in _wanted(self.document):
            name, number = slug, 1
            while name in self.document.ids:
                number += 1
                name = f'{slug}-{number}'
            self.document.ids[name] = section
            section['ids'].insert(0, name)


def _wanted(document: nodes.document) -> Iterator[tuple[nodes.section, str]]:
    for section in document.findall(nodes.section):
        title = next((child for child in section if isinstance(child, nodes.title)), None)
        if title is None or _LATIN_ID.match(title.astext()):
            continue
        slug = ablog_slug(title.astext()).strip('-_')
        if slug and not slug.isascii() and slug not in section['ids']:
            yield section, slug


def setup_cjk_text(app: Sphinx) -> None:
    """Register the transforms."""
    app.add_transform(JoinLines)
    app.add_transform(NameHeadings)
