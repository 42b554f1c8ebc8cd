"""Saved pages of a blog, one post each: a folder of a crawl, or what a browser saved.

What kind of page it is, and what of it is the post, is read from what engines
write into their pages (Open Graph, JSON-LD, microformats, the classes of their
themes), so that lists, tag pages and archives of a crawl are told from posts.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinxext_blog.importers.extras import read_date, slug_of, unique
from sphinxext_blog.importers.html_math import count_unreadable, wordpress_latex
from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import Element, parse_html
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

__all__ = ['HtmlPageImporter', 'importer']

_BODIES = (
    'articleBody', 'e-content', 'entry-content', 'post-content', 'post-body', 'post__content', 'article-entry',  # noqa: E501
    'article-content', 'post-entry', 'entry__content', 'markdown-body', 'PostContent', 'blog-post-content', 'content-body',  # noqa: E501
)  # fmt: skip
_JUNK = frozenset({
    'sharedaddy', 'jp-relatedposts', 'share', 'sharing', 'social', 'comments', 'comment', 'respond', 'related', 'related-posts',  # noqa: E501
    'post-nav', 'post-navigation', 'navigation', 'pagination', 'breadcrumb', 'breadcrumbs', 'toc', 'table-of-contents',  # noqa: E501
    'post-meta', 'entry-meta', 'article-meta', 'post-footer', 'entry-footer', 'author-box', 'headerlink', 'anchor', 'anchorjs-link',  # noqa: E501
    'header-anchor', 'sidebar', 'newsletter', 'subscribe', 'reward', 'post-copyright', 'post-tags', 'tags', 'post-header',  # noqa: E501
    'entry-header', 'article-header', 'screen-reader-text', 'skip-link', 'utterances', 'gitalk', 'disqus_thread', 'post-toc',  # noqa: E501
})  # fmt: skip
_JUNK_TAGS = frozenset({'nav', 'script-none', 'footer', 'aside'})
_POSTINGS = frozenset({'BlogPosting', 'Article', 'NewsArticle', 'TechArticle', 'ScholarlyArticle'})
_PARTS = re.compile(r'(?<!\s)\s++[|\u2013\u2014·«»-]\s+')
"""What stands between the title of a page and the name of its blog."""
_LANGUAGE = re.compile(r'<html\b[^>]{0,500}?\blang=["\']?([A-Za-z-]{2,12})', re.IGNORECASE)
_SAVED = re.compile(
    r'<!--\s{0,9}(?:saved from url=\(\d{1,5}\)(https?://[^\s<>]{1,500})'
    r'|Mirrored from ([^\s<>]{1,500}) by HTTrack)'
)
_HTML = re.compile(r'<(?:!doctype\s+html|html[\s>]|head[\s>])', re.IGNORECASE)


class HtmlPageImporter:
    """Reads a saved page."""

    name = 'html'

    def recognises(self, path: Path, head: str) -> bool:
        """Whether it is a whole page of HTML."""
        del path
        return _HTML.search(head[:3000]) is not None

    def read(self, path: Path, text: str) -> ImportedFile:
        """The post of the page; none for a list of posts."""
        page = _Page(parse_html(wordpress_latex(text)))
        body = page.body()
        if body is None:
            return ImportedFile(passed='a list of posts or another page without an article')
        problems: list[Problem] = []
        url = page.url() or _saved_from(text[:20000])
        match = _LANGUAGE.search(text[:20000])
        language = match[1] if match else ''
        title = page.title(body)
        _prune(body, title)
        name = slug_of(url) or path.stem or 'page'
        blocks = html_blocks(body, url or f'/{quote(path.name)}', name=name, for_others=True)
        if count := count_unreadable(body):
            message = (
                f'formulas of MathJax 3 or MathML without their LaTeX, which stand as […]: {count}; '
                'save the page before its scripts run, or take it from the feed'
            )
            problems.append(Problem(path.name, 0, message))
        entry = Entry(
            title=title or None,
            date=read_date(page.date('published'), path.name, 1, problems),
            updated=read_date(page.date('modified'), path.name, 1, problems),
            author=page.author(),
            blocks=blocks,
            source=path.name,
            tags=page.tags(),
            categories=page.categories(),
            url=url,
            slug=slug_of(url),
            language=language if language.casefold()[:2] != 'en' else '',
        )
        if entry.updated and entry.date and entry.updated.isoformat()[:10] == entry.date.isoformat()[:10]:
            from dataclasses import replace

            entry = replace(entry, updated=None)
        return ImportedFile((entry,), tuple(problems))


importer = HtmlPageImporter()
"""What the entry point ``html`` names."""


class _Page:
    def __init__(self, root: Element) -> None:
        self.root = root
        self.elements = list(root.walk())
        self.metas: dict[str, list[str]] = {}
        for e in self.elements:
            if e.tag == 'meta':
                for key in ('property', 'name', 'itemprop'):
                    if name := e.attributes.get(key):
                        self.metas.setdefault(name.casefold(), []).append(
                            e.attributes.get('content', '').strip()
                        )
        self.posting = self._posting()

    def _posting(self) -> dict[str, Any]:
        for e in self.elements:
            if e.tag == 'script' and 'ld+json' in e.attributes.get('type', ''):
                try:
                    data = json.loads(e.text())
                except (ValueError, RecursionError):
                    continue
                items = (
                    data
                    if isinstance(data, list)
                    else data.get('@graph', [data])
                    if isinstance(data, dict)
                    else []
                )
                for item in items if isinstance(items, list) else []:
                    kind = item.get('@type') if isinstance(item, dict) else None
                    if _POSTINGS & set(kind if isinstance(kind, list) else [kind]):
                        return dict(item)
        return {}

    def meta(self, *names: str) -> str:
        return next((value for name in names for value in self.metas.get(name, ()) if value), '')

    def _first(self, test: Callable[[Element], bool], within: Element | None = None) -> Element | None:
        return next((e for e in (within.walk() if within else self.elements) if test(e)), None)

    def body(self) -> Element | None:
        """The element that holds the text of the post; ``None`` when the page is no post."""
        articles = [
            e for e in self.elements if e.tag == 'article' or 'h-entry' in e.classes or 'hentry' in e.classes
        ]
        outer = (
            [e for e in articles if not any(e is not o and any(e is i for i in o.walk()) for o in articles)]
            if len(articles) < 50
            else articles
        )
        is_post = (
            bool(self.posting)
            or self.meta('og:type') == 'article'
            or bool(self.meta('article:published_time'))
        )
        for name in _BODIES:
            bodies = [e for e in self.elements if name in e.classes or e.attributes.get('itemprop') == name]
            if bodies and (is_post or len(bodies) == 1):
                return max(bodies, key=lambda e: len(e.text())) if is_post else bodies[0]
            if len(bodies) > 1:
                return None
        if len(outer) == 1 or (outer and is_post):
            return max(outer, key=lambda e: len(e.text()))
        if outer or not is_post:
            return None
        main = self._first(lambda e: e.tag == 'main' or e.attributes.get('id') in {'content', 'main', 'post'})
        return main or self._densest()

    def _densest(self) -> Element | None:
        best, most = None, 0
        for e in self.elements:
            size = sum(
                len(c.text())
                for c in e.children
                if isinstance(c, Element) and c.tag in {'p', 'pre', 'blockquote'}
            )
            if size > most:
                best, most = e, size
        return best

    def title(self, body: Element) -> str:
        named = self._first(
            lambda e: (
                bool(e.classes & {'entry-title', 'post-title', 'p-name', 'article-title'})
                or (e.attributes.get('itemprop') in {'headline', 'name'} and e.tag in {'h1', 'h2'})
            )
        )
        own = named or self._first(lambda e: e.tag == 'h1', body) or self._own_heading(body)
        if own is not None and own.tag != 'meta' and (words := _words(own)):
            return words
        told = self.posting.get('headline')
        if isinstance(told, str) and told.strip():
            return ' '.join(told.split())
        if words := self.meta('og:title', 'twitter:title'):
            return ' '.join(words.split())
        if words := _PARTS.split(self._told_title())[0]:
            return words
        heading = self._first(lambda e: e.tag == 'h1')
        return _words(heading) if heading is not None else ''

    def _own_heading(self, body: Element) -> Element | None:
        """The heading of the article around the text, or one that is the title of the page.

        The first heading of a page is as often the name of the blog.
        """
        around = next(
            (e for e in self.elements if e.tag == 'article' and any(i is body for i in e.walk())), None
        )
        if around is not None and (heading := self._first(lambda e: e.tag == 'h1', around)) is not None:
            return heading
        told = ' '.join(self.meta('og:title').split()) or self._told_title()
        names = {told, _PARTS.split(told)[0]} - {''}
        return self._first(lambda e: e.tag in {'h1', 'h2'} and (not names or _words(e) in names))

    def _told_title(self) -> str:
        """What the window of a browser is called: the title and, as a rule, the name of the blog."""
        title = self._first(lambda e: e.tag == 'title')
        return _words(title) if title is not None else ''

    def date(self, kind: str) -> str:
        key = 'datePublished' if kind == 'published' else 'dateModified'
        told = self.posting.get(key)
        if isinstance(told, str) and told.strip():
            return told
        if value := self.meta(
            f'article:{kind}_time',
            key.casefold(),
            *(('date', 'dc.date', 'pubdate') if kind == 'published' else ('og:updated_time',)),
        ):
            return value
        names = (
            {'published', 'dt-published', 'entry-date', 'post-date', 'date'}
            if kind == 'published'
            else {'updated', 'dt-updated'}
        )
        for e in self.elements:
            if (e.tag == 'time' or e.attributes.get('itemprop') == key) and (
                e.classes & names or e.attributes.get('itemprop') == key
            ):
                return e.attributes.get('datetime') or e.text()
        # Only then what has but the class: a word such as “Today” is no date.
        for e in self.elements:
            if (
                e.classes & names
                and len(said := ' '.join(e.text().split())) < 40
                and any(c.isdecimal() for c in said)
            ):
                return said
        if kind == 'published':
            first = self._first(lambda e: e.tag == 'time' and bool(e.attributes.get('datetime')))
            return first.attributes['datetime'] if first else ''
        return ''

    def author(self) -> str:
        told = self.posting.get('author')
        people = told if isinstance(told, list) else [told]
        names = [p.get('name', '') if isinstance(p, dict) else p for p in people if p]
        if not any(isinstance(n, str) and n for n in names):
            names = [v for v in self.metas.get('author', ()) if v]
        if not names:
            e = self._first(
                lambda e: (
                    'author' in e.attributes.get('rel', '').split()
                    or e.attributes.get('itemprop') == 'author'
                    or bool(e.classes & {'p-author', 'author', 'byline'})
                )
            )
            names = (
                [re.sub(r'^(?:by|von|作者)[:：\s]+', '', _words(e), flags=re.IGNORECASE)]
                if e is not None
                else []
            )
        return ', '.join(unique([str(n)[:100] for n in names]))

    def tags(self) -> tuple[str, ...]:
        found = list(self.metas.get('article:tag', ()))
        if not found:
            found = [
                _words(e).lstrip('#')
                for e in self.elements
                if e.tag == 'a' and e.attributes.get('rel', '').split() == ['tag']
            ]
        if not found:
            told = self.posting.get('keywords', ())
            found = told.split(',') if isinstance(told, str) else [str(t) for t in told if t]
        return unique(found)

    def categories(self) -> tuple[str, ...]:
        found = list(self.metas.get('article:section', ()))
        if not found:
            found = [
                _words(e)
                for e in self.elements
                if e.tag == 'a' and {'category', 'tag'} <= set(e.attributes.get('rel', '').split())
            ]
        return unique(found)

    def url(self) -> str:
        link = self._first(lambda e: e.tag == 'link' and 'canonical' in e.attributes.get('rel', ''))
        told = link.attributes.get('href', '') if link else ''
        return next((u for u in (told, self.meta('og:url')) if u.startswith(('http://', 'https://'))), '')


def _saved_from(text: str) -> str:
    """The address that a browser or HTTrack notes in what it saves."""
    match = _SAVED.search(text)
    if match is None:
        return ''
    return match[1] or f'https://{match[2]}'


def _words(element: Element) -> str:
    return ' '.join(element.text().strip().rstrip('¶#§').split())


def _prune(body: Element, title: str) -> None:
    """Take out what stands in the post and is none of it: its own title, sharing, comments."""
    stack = [body]
    while stack:
        element = stack.pop()
        kept: list[Element | str] = []
        for child in element.children:
            if isinstance(child, Element):
                notes = any('footnote' in name or 'endnote' in name for name in child.classes)
                junk = (
                    (child.tag in _JUNK_TAGS and not notes)
                    or child.classes & _JUNK
                    or child.attributes.get('id') in _JUNK
                )
                own = child.tag in {'h1', 'h2'} and title and _words(child) == title
                if (
                    junk
                    or own
                    or child.tag in {'meta', 'link', 'title'}
                    or (child.tag == 'script' and 'json' in child.attributes.get('type', ''))
                ):
                    continue
                stack.append(child)
            kept.append(child)
        element.children = kept
