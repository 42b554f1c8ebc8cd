"""XML of archives, read safely: no entities, no DTD beyond its name, nothing fetched.

Exports are often cut off or hold what is no XML; whatever came whole before
the defect is kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from sphinxext_blog.importers.html_tree import MissingPackageError
from sphinxext_blog.importers.model import Problem

__all__ = ['Node', 'read_records']

_DECLARED = re.compile(r'<\?xml[^>]{0,300}\?>')
_NAMED = re.compile(r'&(?!(?:lt|gt|amp|quot|apos|#\d{1,7}|#x[0-9a-fA-F]{1,6});)')
_CDATA = re.compile(r'<!\[CDATA\[')


@dataclass(slots=True)
class Node:
    """An element of a record: local name in lower case with its namespace's usual prefix."""

    name: str
    attributes: dict[str, str]
    line: int
    text: str = ''
    children: list[Node] = field(default_factory=list)

    def all(self, name: str) -> list[Node]:
        """Children of that name."""
        return [child for child in self.children if child.name == name]

    def get(self, *names: str) -> str:
        """Text of the first child that has one of the names and a text."""
        for name in names:
            for child in self.children:
                if child.name == name and child.text.strip():
                    return child.text.strip()
        return ''


_PREFIXES = (
    ('wordpress.org/export', 'wp:'),
    ('purl.org/rss/1.0/modules/content', 'content:'),
    ('purl.org/dc/elements', 'dc:'),
    ('wordpress.org/export/1.2/excerpt', 'excerpt:'),
)


def _name(tag: str) -> str:
    space, _, local = tag.rpartition('}')
    if 'excerpt' in space:
        return f'excerpt:{local}'
    return next((prefix for part, prefix in _PREFIXES if part in space), '') + local


class _Target:
    """Keeps one record at a time; what is around the records is a node without children's children."""

    def __init__(self, record: frozenset[str]) -> None:
        self.record = record
        self.found: list[Node] = []
        self.around = Node('', {}, 0)
        self.parser: Any = None
        self._stack: list[Node] = []
        self._text: list[list[str]] = []
        self._depth = 0

    def start(self, tag: str, attributes: dict[str, str]) -> None:
        node = Node(_name(tag), dict(attributes), self.parser.parser.CurrentLineNumber)
        self._stack.append(node)
        self._text.append([])

    def end(self, _tag: str) -> None:
        node = self._stack.pop()
        node.text = ''.join(self._text.pop())
        if node.name in self.record:
            self.found.append(node)
        elif self._stack:
            # below the root and its channel all belongs to what holds it
            (self._stack[-1] if len(self._stack) > 2 else self._holder()).children.append(node)

    def _holder(self) -> Node:
        return next((node for node in self._stack if node.name in self.record), self.around)

    def data(self, data: str) -> None:
        if self._text:
            self._text[-1].append(data)

    def close(self) -> None:
        """Nothing to be done."""


def read_records(text: str, path: str, *names: str) -> tuple[list[Node], Node, list[Problem]]:
    """The elements called *names*, and what stands around them.

    :raises MissingPackageError: when defusedxml is not installed.
    """
    try:
        from defusedxml.common import DefusedXmlException
        from defusedxml.ElementTree import ParseError, XMLParser
    except ImportError:
        raise MissingPackageError(
            'XML needs the package defusedxml; install it with: pip install "sphinxext-blog[import]"'
        ) from None
    target = _Target(frozenset(names))
    parser = XMLParser(target=target, forbid_dtd=False, forbid_entities=True, forbid_external=True)
    target.parser = parser
    problems: list[Problem] = []
    text = _DECLARED.sub(lambda m: ' ' * len(m[0]), text, count=1) if text.lstrip()[:5] == '<?xml' else text
    text = _without_entities(text.lstrip('\ufeff'))  # blank lines count
    try:
        parser.feed(text)
        parser.close()
    except ParseError as error:
        line = error.position[0] if error.position else 0
        message = f'the file is no sound XML from here on ({error.msg if hasattr(error, "msg") else error}); what came before is imported'  # noqa: E501
        problems.append(Problem(path, line, message))
    except DefusedXmlException as error:
        what = type(error).__name__
        problems.append(
            Problem(
                path,
                1,
                f'the file declares entities, as no export does, and may be an attack; not read ({what})',
            )
        )
        return [], Node('', {}, 0), problems
    return target.found, target.around, problems


def _without_entities(text: str) -> str:
    """Names of HTML's entities as characters, a bare ampersand as text; CDATA stays as it is."""
    import html

    pieces: list[str] = []
    at = 0
    while at < len(text):
        start = text.find('<![CDATA[', at)
        start = len(text) if start < 0 else start
        outside = text[at:start]
        if '&' in outside and not outside.lstrip().startswith('<!DOCTYPE'):
            outside = _NAMED.sub(
                lambda _: '&amp;',
                re.sub(
                    r'&([A-Za-z][A-Za-z0-9]{1,30});',
                    lambda m: (
                        m[0]
                        if m[1] in {'lt', 'gt', 'amp', 'quot', 'apos'}
                        else html.unescape(m[0]).replace('&', '&amp;').replace('<', '&lt;')
                    ),
                    outside,
                ),
            )
        pieces.append(outside)
        end = text.find(']]>', start)
        end = len(text) if end < 0 else end + 3
        pieces.append(text[start:end])
        at = end
    return ''.join(pieces)
