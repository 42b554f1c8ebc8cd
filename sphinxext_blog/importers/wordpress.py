"""WordPress's export (WXR): posts and pages, without comments, menus and revisions."""

from __future__ import annotations

import html
import re
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_blog.importers.extras import read_date, slug_of, unique, words
from sphinxext_blog.importers.html_math import wordpress_code, wordpress_latex
from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import parse_html
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem
from sphinxext_blog.importers.xml_events import read_records

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from sphinxext_blog.importers.xml_events import Node

_SHORTCODE = re.compile(
    r'\[(?P<close>/)?(?P<name>caption|gallery|youtube|vimeo|embed|audio|video|playlist|contact-form(?:-7)?|polldaddy|'
    r'gist|toc|ads?|archives|googlemaps|slideshow|soundcloud|twitter|tweet)(?P<how>[ =][^\]\n]{0,500})?\]'
)
_CAPTION = re.compile(
    r'((?:<a\b[^>]{0,2000}>\s{0,20})?<img\b[^>]{0,4000}>(?:\s{0,20}</a>)?)([^\[]{0,2000})\[/caption\]'
)
_URL = re.compile(r'https?://[^\s"\'\]<]{1,1000}')

__all__ = ['WordPressImporter', 'importer']

_DRAFTS = frozenset({'draft', 'pending', 'future', 'auto-draft'})


class WordPressImporter:
    """Reads the XML that WordPress exports, 1.0 to 1.2."""

    name = 'wordpress'

    def recognises(self, path: Path, head: str) -> bool:
        """Whether the head names WordPress's export."""
        del path
        return 'wordpress.org/export/' in head and '<rss' in head

    def read(self, path: Path, text: str) -> ImportedFile:
        """All posts and pages that are not in the trash."""
        records, around, problems = read_records(text, path.name, 'item')
        authors = {
            node.get('wp:author_login'): node.get('wp:author_display_name')
            for node in around.all('wp:author')
        }
        pictures = {
            record.get('wp:post_id'): record.get('wp:attachment_url')
            for record in records
            if record.get('wp:post_type') == 'attachment'
        }
        entries = [
            replace(
                _entry(record, authors, path.name, problems),
                image=pictures.get(_meta(record, '_thumbnail_id'), ''),
            )
            for record in records
            if record.get('wp:post_type') in {'post', 'page', ''}
            and record.get('wp:status') not in {'trash', 'inherit'}
            and not _is_secret(record, path.name, problems)
        ]
        if not entries and not problems:
            problems.append(Problem(path.name, 0, 'the export has no posts'))
        return ImportedFile(tuple(entries), tuple(problems))


importer = WordPressImporter()
"""What the entry point ``wordpress`` names."""


def _meta(record: Node, key: str) -> str:
    """What a post says of itself under a name that WordPress or one of its plugins gave."""
    return next(
        (n.get('wp:meta_value') for n in record.all('wp:postmeta') if n.get('wp:meta_key') == key), ''
    )


def _is_secret(record: Node, path: str, problems: list[Problem]) -> bool:
    """Whether not everybody may read a post: a site of files can't keep it from anybody."""
    why = 'is private' if record.get('wp:status') == 'private' else ''
    if record.get('wp:post_password'):
        why = 'is protected by a password'
    if why:
        title = words(record.get('title')) or record.get('wp:post_id')
        problems.append(Problem(path, record.line, f'{title!r} {why} and is left out'))
    return bool(why)


def _entry(record: Node, authors: dict[str, str], path: str, problems: list[Problem]) -> Entry:
    date = record.get('wp:post_date')
    if date.startswith('0000') or not date:
        date = record.get('pubDate')
    status = record.get('wp:status')
    link = record.get('link')
    guid = record.get('guid')
    terms = [(node.attributes.get('domain', ''), node.text) for node in record.all('category')]
    login = record.get('dc:creator')
    body = record.get('content:encoded')
    updated = read_date(record.get('wp:post_modified'), path, record.line, problems)
    when = read_date(date, path, record.line, problems)
    excerpt = record.get('excerpt:encoded')
    name = record.get('wp:post_name')

    def tell(name: str) -> None:
        message = f'the shortcode [{name}] means nothing here and is left out'
        problems.append(Problem(path, record.line, message))

    return Entry(
        title=words(wordpress_latex(record.get('title'))) or None,
        date=when,
        updated=updated if updated and when and updated.isoformat()[:10] != when.isoformat()[:10] else None,
        author=words(authors.get(login) or login),
        blocks=html_blocks(
            parse_html(wordpress_shortcodes(wordpress_code(wordpress_latex(body)), tell)),
            link,
            wordpress='<p>' not in body and '<!-- wp:' not in body,
        ),
        source=path,
        line=record.line,
        tags=unique([text for domain, text in terms if domain in {'post_tag', 'tag'}]),
        categories=unique(
            [text for domain, text in terms if domain == 'category' and text.strip() != 'Uncategorized']
        ),
        url=link if ('://' in link and '?p=' not in link) or not guid else '',
        urls=unique([guid, link]) if '://' in guid else (),
        slug=(name and slug_of(f'/{name}')) or slug_of(link),
        excerpt=words(excerpt),
        draft=status in _DRAFTS,
        identity=record.get('wp:post_id') or guid or link,
        page=record.get('wp:post_type') == 'page',
    )


def wordpress_shortcodes(text: str, tell: Callable[[str], None]) -> str:
    """The shortcodes of WordPress itself: words of a picture, addresses as links; *tell* of all others."""

    def replaced(match: re.Match[str]) -> str:
        if match['name'] in {'caption', 'embed'}:
            return ''
        if address := _URL.search(match['how'] or ''):
            url = html.escape(html.unescape(address[0]))
            return f'<a href="{url}">{url}</a>'
        if not match['close']:
            tell(match['name'])
        return ''

    if '[' not in text:
        return text
    text = _CAPTION.sub(lambda m: f'<figure>{m[1]}<figcaption>{m[2].strip()}</figcaption></figure>', text)
    return _SHORTCODE.sub(replaced, text)
