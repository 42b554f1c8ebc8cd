"""HTML of anyone -> a small tree of what a post is made of, with nothing in it that acts.

nh3 (Ammonia, html5ever) reads the HTML as browsers do and lets through what is
listed here; its output is well formed, so the standard library's parser makes
the tree of it in linear time. Scripts come through for their LaTeX
(``<script type="math/tex">``); others are dropped here, and a tree is never
written as HTML again.
"""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from html.parser import HTMLParser
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['Element', 'MissingPackageError', 'parse_html']

_TAGS = frozenset(
    'a abbr annotation article aside b blockquote body br caption cite code dd del details div dl dt em figcaption '  # noqa: E501
    'figure footer h1 h2 h3 h4 h5 h6 header hr i iframe img ins kbd li link main mark math meta mjx-container nav ol p picture '  # noqa: E501
    'pre q s samp script section semantics small source span strike strong sub summary sup table tbody td tfoot th '  # noqa: E501
    'thead time title tr tt u ul var video wbr'.split()
)
_ATTRIBUTES = {
    '*': {
        'class',
        'id',
        'itemprop',
        'data-latex',
        'data-katex-display',
        'data-tex',
        'data-expr',
        'datetime',
        'lang',
        'rel',
    },
    'a': {'href', 'title', 'name'},
    'img': {'src', 'alt', 'title', 'data-src', 'data-original', 'data-lazy-src', 'width'},
    'script': {'type'},
    'meta': {'name', 'property', 'content', 'itemprop'},
    'link': {'href', 'rel'},
    'iframe': {'src'},
    'annotation': {'encoding'},
    'math': {'display', 'alttext'},
    'mjx-container': {'display'},
    'td': {'colspan', 'rowspan'},
    'th': {'colspan', 'rowspan'},
    'ol': {'start'},
}
_DROPPED = frozenset(
    {'style', 'noscript', 'template', 'form', 'button', 'select', 'textarea', 'object', 'svg'}
)
_VOID = frozenset({'br', 'hr', 'img', 'wbr', 'source', 'meta', 'link'})
_EDGE = re.compile(
    r'<(/?)(div|span|blockquote|ul|ol|table|section|article|em|strong|b|i|a|font|details|figure|dl|center)\b',
    re.IGNORECASE,
)
_MOST_OPEN = 5000
_KEPT_SCRIPTS = {'math/tex', 'application/ld+json'}
_DEEPEST = 400
"""Elements nested deeper than this are taken for their text."""


class MissingPackageError(RuntimeError):
    """A package that a format needs is not installed."""


@dataclass(slots=True)
class Element:
    """An element; what it holds is text and elements, in order."""

    tag: str
    attributes: dict[str, str] = field(default_factory=dict)
    children: list[Element | str] = field(default_factory=list)

    @property
    def classes(self) -> frozenset[str]:
        """Its classes."""
        return frozenset(self.attributes.get('class', '').split())

    def walk(self) -> Iterator[Element]:
        """Itself and all elements below, in reading order."""
        stack = [self]
        while stack:
            element = stack.pop()
            yield element
            stack.extend(child for child in reversed(element.children) if isinstance(child, Element))

    def text(self) -> str:
        """All text below, as it stands."""
        parts: list[str] = []
        stack: list[Element | str] = [self]
        while stack:
            item = stack.pop()
            if isinstance(item, str):
                parts.append(item)
            else:
                stack.extend(reversed(item.children))
        return ''.join(parts)


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element('root')
        self._stack = [self.root]
        self._skipped = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if len(self._stack) > _DEEPEST and tag not in _VOID:
            self._skipped += 1
            return
        element = Element(tag, {name: value or '' for name, value in attrs})
        self._stack[-1].children.append(element)
        if tag not in _VOID:
            self._stack.append(element)

    def handle_endtag(self, tag: str) -> None:
        if tag in _VOID:
            return
        if self._skipped:
            self._skipped -= 1
        elif len(self._stack) > 1:
            self._stack.pop()

    def handle_data(self, data: str) -> None:
        here = self._stack[-1]
        if here.tag == 'script' and not _KEPT_SCRIPTS & set(
            here.attributes.get('type', '').replace(';', ' ').split()
        ):
            return
        here.children.append(data)


def parse_html(html: str) -> Element:
    """The tree of a page or a fragment; its root is called ``root``.

    :raises MissingPackageError: when nh3 is not installed.
    :raises ValueError: when thousands of elements are never closed.
    """
    # html5ever looks through all open elements at each new one.
    depth: Counter[str] = Counter()
    for match in _EDGE.finditer(html):
        depth[match[2].casefold()] += -1 if match[1] else 1
    if any(count > _MOST_OPEN for count in depth.values()):
        raise ValueError('thousands of its elements are not closed')
    try:
        import nh3
    except ImportError:
        raise MissingPackageError(
            'HTML needs the package nh3; install it with: pip install "sphinxext-blog[import]"'
        ) from None
    clean = nh3.clean(
        html,
        tags=set(_TAGS),
        clean_content_tags=set(_DROPPED),
        attributes={tag: set(names) for tag, names in _ATTRIBUTES.items()},
        url_schemes={'http', 'https', 'mailto'},
        link_rel=None,
        strip_comments=True,
    )
    builder = _Builder()
    builder.feed(clean)
    builder.close()
    return builder.root
