"""Atom, RSS and Hexo's ``search.xml``: what a blog still offers when its sources are gone."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from sphinxext_blog.addresses import joined
from sphinxext_blog.importers.extras import read_date, slug_of, unique, words
from sphinxext_blog.importers.html_math import wordpress_latex
from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import MissingPackageError, parse_html
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem
from sphinxext_blog.importers.xml_events import read_records

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ['FeedImporter', 'HexoSearchImporter', 'feed', 'hexo_search']

_ROOT = re.compile(r'<(?:[a-z]+:)?(rss|feed|rdf|RDF)[\s>]')
_SEARCH = re.compile(r'\A\s*(?:<\?xml[^>]{0,300}\?>)?\s*<search\b')


class FeedImporter:
    """Reads feeds with feedparser; texts that a feed only begins stay so."""

    name = 'feed'

    def recognises(self, path: Path, head: str) -> bool:
        """Whether the root is that of a feed."""
        del path
        return (
            head.lstrip()[:1] == '<'
            and _ROOT.search(head[:4000]) is not None
            and '<html' not in head[:1000].casefold()
        )

    def read(self, path: Path, text: str) -> ImportedFile:
        """The entries of the feed."""
        # Told first, and safely, where each entry stands and whether the XML is sound.
        records, _around, problems = read_records(text, path.name, 'item', 'entry')
        if any('entities' in problem.message for problem in problems):
            return ImportedFile((), tuple(problems))
        try:
            import feedparser
        except ModuleNotFoundError:
            raise MissingPackageError(
                'feeds need the package feedparser; install it with: pip install "sphinxext-blog[import]"'
            ) from None
        # The HTML is made safe later, when its formulas are known; a feed with a defect is read as far as it goes.  # noqa: E501
        found: Any = feedparser.parse(
            text.encode('utf-8', 'replace'),
            sanitize_html=False,
            resolve_relative_uris=False,
            response_headers={'content-type': 'application/xml; charset=utf-8'},
        )
        lines = [record.line for record in records]
        entries = [
            _entry(item, lines[n] if n < len(lines) else 1, path.name, found.feed, problems)
            for n, item in enumerate(found.entries)
        ]
        if not entries and not problems:
            problems.append(Problem(path.name, 0, 'the feed has no entries'))
        return ImportedFile(tuple(entries), tuple(problems))


feed = FeedImporter()
"""What the entry point ``feed`` names."""


def _absolute(link: str, base: str) -> str:
    return joined(base, link) if link else ''


def _entry(item: Any, line: int, path: str, channel: Any, problems: list[Problem]) -> Entry:
    bodies = [content.get('value', '') for content in item.get('content', ())] + [item.get('summary', '')]
    body = max(bodies, key=len)
    summary = item.get('summary', '') if item.get('content') else ''
    published = read_date(item.get('published', ''), path, line, problems)
    # where a feed says it once, feedparser may say it twice
    told = item.get('updated', '')
    updated = published if told == item.get('published') else read_date(told, path, line, problems)
    link = _absolute(item.get('link', ''), channel.get('link', ''))
    guid = item.get('id', '')
    names = [author.get('name', '') for author in item.get('authors', ())] or [
        item.get('author', '') or channel.get('author', '')
    ]
    return Entry(
        title=words(wordpress_latex(item.get('title', ''))) or None,
        date=published or updated,
        updated=updated
        if published and updated and updated.isoformat()[:10] != published.isoformat()[:10]
        else None,
        author=', '.join(unique(names)),
        blocks=html_blocks(parse_html(wordpress_latex(body)), link),
        source=path,
        line=line,
        tags=unique([tag.get('label') or tag.get('term') or '' for tag in item.get('tags', ())]),
        url=link,
        identity=guid or link,
        urls=unique([guid]) if guid.startswith(('http://', 'https://')) and guid != link else (),
        slug=slug_of(link),
        excerpt='' if '<img' in summary or len(summary) > 600 else words(summary),
    )


class HexoSearchImporter:
    """Reads the ``search.xml`` that the search of many themes of Hexo is made with."""

    name = 'hexo-search'

    def recognises(self, path: Path, head: str) -> bool:
        """Whether the root is ``search``."""
        del path
        return _SEARCH.match(head) is not None

    def read(self, path: Path, text: str) -> ImportedFile:
        """The posts; dates are in addresses only, where the blog puts them there."""
        records, _around, problems = read_records(text, path.name, 'entry')
        entries = []
        for record in records:
            link = record.get('url')
            if not link:
                link = next((node.attributes.get('href', '') for node in record.all('link')), '')
            dated = re.search(r'/(\d{4})/(\d{1,2})/(\d{1,2})/', link)
            entries.append(
                Entry(
                    title=words(record.get('title')) or None,
                    date=read_date('-'.join(dated.groups()), path.name, record.line, problems)
                    if dated
                    else None,
                    blocks=html_blocks(parse_html(record.get('content')), link),
                    source=path.name,
                    line=record.line,
                    tags=_terms(record, 'tags', 'tag'),
                    categories=_terms(record, 'categories', 'category'),
                    url=link,
                    identity=link,
                    slug=slug_of(link),
                )
            )
        return ImportedFile(tuple(entries), tuple(problems))


def _terms(record: Any, group: str, one: str) -> tuple[str, ...]:
    return unique([node.text for holder in record.all(group) for node in holder.all(one)])


hexo_search = HexoSearchImporter()
"""What the entry point ``hexo-search`` names."""
