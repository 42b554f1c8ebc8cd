"""Links in HTML that stays raw, as in tables: mentions of posts, and addresses that lead to them.

Sphinx passes raw HTML on as it is. An address of the blog where it was before,
``/2015/06/07/name.html``, would lead nowhere, and the post that it led to would not know.
"""

from __future__ import annotations

import html
import re
from functools import partial
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.raw_html import ATTRIBUTE
from sphinxext_blog.site.text import document_of
from sphinxext_blog.site.wikilinks import heading_anchor

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ['LINKS', 'LinkRawHtml', 'RawLink', 'links_of', 'rewrite_links']

LINKS: Final = 'blog_links'
"""Attribute of raw HTML: the anchor of the mention that each address in it is."""
_OPENING: Final = re.compile(
    r'(?P<tag><a\s(?:[^<>"\']|"[^"]*"|\'[^\']*\')*+>)'
    r'|<!--.*?(?:-->|\Z)|<(?P<silent>script|style)\b.*?(?:</(?P=silent)\b|\Z)',
    re.IGNORECASE | re.DOTALL,
)
"""A tag of a link; comments, scripts and styles are passed over whole."""
_BETWEEN: Final = frozenset(
    {'td', 'th', 'tr', 'p', 'div', 'li', 'br', 'table', 'h1', 'h2', 'h3', 'h4', 'dt', 'dd'}
)
_SILENT: Final = frozenset({'script', 'style'})


class RawLink(NamedTuple):
    """A link in raw HTML."""

    address: str
    text: str
    """All words of the HTML."""
    start: int
    """Where the words of the link stand in it."""
    end: int


def links_of(markup: str) -> list[RawLink]:
    """The links of raw HTML to pages with a whole address, or one from the root of their site."""
    if '<a' not in markup.casefold():
        return []
    # A tag that is never closed takes that parser quadratic time: behind the last > stand words alone.
    end = markup.rfind('>') + 1
    reader = _Reader()
    reader.feed(markup[:end])
    reader.close()
    reader.handle_data(html.unescape(markup[end:].partition('<')[0]))
    text = ''.join(reader.words)
    return [RawLink(address, text, start, end) for address, start, end in reader.links]


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.links: list[tuple[str, int, int]] = []
        self._length = 0
        self._open: list[tuple[str, int]] = []
        self._silent = False

    def parse_marked_section(self, i: int, report: bool = True) -> int:
        """Pass over a section of XML, ``<![…]>``, of which the parser knows some and raises on others."""
        del report
        return self.parse_bogus_comment(i)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == 'a':
            self._open.append(((dict(attrs).get('href') or '').strip(), self._length))
        self._part(tag)
        self._silent = tag in _SILENT

    def handle_endtag(self, tag: str) -> None:
        self._silent = False
        if tag == 'a' and self._open:
            address, start = self._open.pop()
            if address.startswith(('http://', 'https://', '/')) and self._length > start:
                self.links.append((address, start, self._length))
        self._part(tag)

    def handle_data(self, data: str) -> None:
        if not self._silent:
            self._add(re.sub(r'\s+', ' ', data))

    def _part(self, tag: str) -> None:
        if tag in _BETWEEN and self.words and not self.words[-1].endswith('\n'):
            self._add('\n')

    def _add(self, words: str) -> None:
        self.words.append(words)
        self._length += len(words)


def rewrite_links(markup: str, address_of: Callable[[str], tuple[str, str]]) -> str:
    """Raw HTML with other addresses in its links.

    :param address_of: for an address the new one and an id for its first link; both empty when it stays.
    """
    given: set[str] = set()

    def in_tag(tag: re.Match[str]) -> str:
        if tag['tag'] is None:
            return tag[0]
        names = {match['name'].casefold() for match in ATTRIBUTE.finditer(tag[0])}
        anchors: list[str] = []

        def in_attribute(match: re.Match[str]) -> str:
            if match['name'].casefold() != 'href':
                return match[0]
            address, anchor = address_of(html.unescape(match['quoted'].strip('"\'')).strip())
            if anchor and anchor not in given and 'id' not in names:
                given.add(anchor)
                anchors.append(f' id="{html.escape(anchor)}"')
            return f'{match["before"]}"{html.escape(address)}"' if address else match[0]

        changed = ATTRIBUTE.sub(in_attribute, tag[0])
        return f'{changed[:2]}{"".join(anchors[:1])}{changed[2:]}'

    return _OPENING.sub(in_tag, markup)


class LinkRawHtml(SphinxPostTransform):
    """Let links in raw HTML lead to the posts that they mean."""

    default_priority = 7
    formats = ('html',)

    def run(self, **kwargs: Any) -> None:
        del kwargs
        for node in [found for found in self.document.findall(nodes.raw) if LINKS in found]:
            changed = rewrite_links(
                node.astext(), partial(self._place, node[LINKS], document_of(node, self.env))
            )
            node[:] = [nodes.Text(changed)]

    def _place(self, anchors: Mapping[str, str], source: str, address: str) -> tuple[str, str]:
        """The address of the post that is meant, and the id of the mention."""
        domain: Any = self.env.get_domain('blog')
        knowledge = domain.knowledge
        anchor = anchors.get(address, '')
        links = knowledge.links_at.get((source, anchor), ())
        if len(links) != 1 or links[0].target not in knowledge.posts:
            return '', ''
        target = links[0].target
        fragment = address.partition('#')[2]
        fragment = (heading_anchor(self.env, target, fragment) if fragment else None) or fragment
        uri = knowledge.builder.get_relative_uri(self.env.docname, target) or '#'
        return (f'{uri}#{fragment}' if fragment else uri), anchor
