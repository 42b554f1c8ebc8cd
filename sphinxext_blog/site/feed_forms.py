"""Feeds as bytes: Atom (RFC 4287), RSS 2.0 and JSON Feed 1.1, from plain records.

Written with the standard library's ElementTree, which escapes all that needs
it: libraries that write feeds either bring a compiled XML library along or
exist as sources only, and no untrusted XML is read here. What XML can't hold is
taken out before.
"""

from __future__ import annotations

import datetime as dt
import html
import json
import re
from dataclasses import dataclass
from email.utils import format_datetime
from typing import TYPE_CHECKING, Final
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ['FORMS', 'Entry', 'Feed', 'to_atom', 'to_json_feed', 'to_rss']

_ATOM: Final = 'http://www.w3.org/2005/Atom'
_CONTENT: Final = 'http://purl.org/rss/1.0/modules/content/'
_DC: Final = 'http://purl.org/dc/elements/1.1/'
_NOT_XML: Final = re.compile('[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')


@dataclass(frozen=True, slots=True)
class Entry:
    """A post in a feed; all addresses are absolute."""

    url: str
    """Its address, which is also its id: that of ABlog's feeds, so that no reader shows a post twice."""
    title: str
    published: dt.datetime
    updated: dt.datetime
    authors: tuple[tuple[str, str], ...] = ()
    """Names and addresses (or empty)."""
    tags: tuple[str, ...] = ()
    language: str = ''
    summary: str = ''
    """Plain text."""
    content: str = ''
    """HTML."""
    image: str = ''


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed and its entries, newest first."""

    title: str
    url: str
    """Of the feed itself."""
    home: str
    """Of the page with the same posts."""
    entries: tuple[Entry, ...]
    subtitle: str = ''
    language: str = 'en'
    generator: str = 'sphinxext_blog'

    @property
    def updated(self) -> dt.datetime:
        """When an entry changed last: the time of the build would make every build a change."""
        return max((entry.updated for entry in self.entries), default=dt.datetime(1970, 1, 1, tzinfo=dt.UTC))


def to_atom(feed: Feed) -> bytes:
    """The feed as Atom."""
    root = ET.Element(f'{{{_ATOM}}}feed', {'{http://www.w3.org/XML/1998/namespace}lang': feed.language})

    def add(parent: ET.Element, name: str, text: str = '', **attributes: str) -> ET.Element:
        element = ET.SubElement(parent, f'{{{_ATOM}}}{name}', {key: _xml(v) for key, v in attributes.items()})
        element.text = _xml(text) or None
        return element

    add(root, 'id', feed.url)
    add(root, 'title', feed.title)
    if feed.subtitle:
        add(root, 'subtitle', feed.subtitle)
    add(root, 'updated', feed.updated.isoformat())
    add(root, 'link', rel='self', type='application/atom+xml', href=feed.url)
    add(root, 'link', rel='alternate', type='text/html', href=feed.home)
    add(root, 'generator', feed.generator)
    for item in feed.entries:
        entry = add(root, 'entry')
        if item.language:
            entry.set('{http://www.w3.org/XML/1998/namespace}lang', item.language)
        add(entry, 'id', item.url)
        add(entry, 'title', item.title)
        add(entry, 'link', rel='alternate', type='text/html', href=item.url)
        add(entry, 'published', item.published.isoformat())
        add(entry, 'updated', item.updated.isoformat())
        # Atom asks for an author in every entry.
        for name, uri in item.authors or ((feed.title, ''),):
            author = add(entry, 'author')
            add(author, 'name', name)
            if uri:
                add(author, 'uri', uri)
        for tag in item.tags:
            add(entry, 'category', term=tag)
        if item.summary:
            add(entry, 'summary', item.summary)
        if item.content:
            add(entry, 'content', item.content, type='html')
    return _document(root, {'': _ATOM})


def to_rss(feed: Feed) -> bytes:
    """The feed as RSS 2.0."""
    root = ET.Element('rss', {'version': '2.0'})

    def add(parent: ET.Element, name: str, text: str, **attributes: str) -> None:
        element = ET.SubElement(parent, name, attributes)
        element.text = _xml(text) or None

    channel = ET.SubElement(root, 'channel')
    add(channel, 'title', feed.title)
    add(channel, 'link', feed.home)
    add(channel, 'description', feed.subtitle or feed.title)
    add(channel, 'language', feed.language)
    add(channel, 'lastBuildDate', format_datetime(feed.updated))
    add(channel, 'generator', feed.generator)
    add(channel, f'{{{_ATOM}}}link', '', rel='self', type='application/rss+xml', href=feed.url)
    for item in feed.entries:
        entry = ET.SubElement(channel, 'item')
        add(entry, 'title', item.title)
        add(entry, 'link', item.url)
        add(entry, 'guid', item.url, isPermaLink='true')
        add(entry, 'pubDate', format_datetime(item.published))
        # RSS's own <author> is an address of electronic mail.
        for name, _uri in item.authors:
            add(entry, f'{{{_DC}}}creator', name)
        for tag in item.tags:
            add(entry, 'category', tag)
        if item.summary:
            add(entry, 'description', html.escape(item.summary, quote=False))  # which readers take for HTML
        if item.content:
            add(entry, f'{{{_CONTENT}}}encoded', item.content)
    return _document(root, {'atom': _ATOM, 'content': _CONTENT, 'dc': _DC})


def to_json_feed(feed: Feed) -> bytes:
    """The feed as JSON Feed 1.1."""
    items = []
    for item in feed.entries:
        told = {
            'id': item.url,
            'url': item.url,
            'title': item.title,
            'summary': item.summary,
            'image': item.image,
            'date_published': item.published.isoformat(),
            'date_modified': item.updated.isoformat(),
            'authors': [{'name': name, **({'url': uri} if uri else {})} for name, uri in item.authors],
            'tags': list(item.tags),
            'language': item.language,
            'content_html': item.content,
        }
        entry = {name: value for name, value in told.items() if value}
        # An item has to have content.
        if not item.content:
            entry['content_text'] = item.summary or item.title
        items.append(entry)
    content = {
        'version': 'https://jsonfeed.org/version/1.1',
        'title': feed.title,
        'home_page_url': feed.home,
        'feed_url': feed.url,
        **({'description': feed.subtitle} if feed.subtitle else {}),
        'language': feed.language,
        'items': items,
    }
    return (json.dumps(content, ensure_ascii=False, indent=1) + '\n').encode('utf-8', 'replace')


FORMS: Mapping[str, tuple[str, str, Callable[[Feed], bytes]]] = {
    'atom': ('atom.xml', 'application/atom+xml', to_atom),
    'rss': ('rss.xml', 'application/rss+xml', to_rss),
    'json': ('feed.json', 'application/feed+json', to_json_feed),
}
"""File, media type and writer of each form."""


def _xml(text: str) -> str:
    return _NOT_XML.sub('\ufffd', text)


def _document(root: ET.Element, prefixes: Mapping[str, str]) -> bytes:
    # The registry of ElementTree is one for the whole process, and knows no default namespace.
    for element in root.iter():
        for prefix, uri in prefixes.items():
            if element.tag.startswith(f'{{{uri}}}'):
                local = element.tag.removeprefix(f'{{{uri}}}')
                element.tag = f'{prefix}:{local}' if prefix else local
    for prefix, uri in prefixes.items():
        root.set(f'xmlns:{prefix}' if prefix else 'xmlns', uri)
    ET.indent(root)
    text = ET.tostring(root, encoding='unicode')
    return f'<?xml version="1.0" encoding="utf-8"?>\n{text}\n'.encode()
