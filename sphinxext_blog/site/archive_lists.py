"""What the pages of all posts, years, tags and so on show: the data of our template.

`archive_pages` writes them.
"""

from __future__ import annotations

import html
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

from sphinx.locale import get_translation
from sphinx.util.osutil import relative_uri

from sphinxext_blog.config import blog_config
from sphinxext_blog.formulas import render_html
from sphinxext_blog.site.catalogs import chronological, pages_root
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.excerpt_references import tell_references
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.panels import labels_of, minutes_of
from sphinxext_blog.site.topic_views import start_words
from sphinxext_blog.site.withheld import NOINDEX, withheld_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinxext_blog.records import Post
    from sphinxext_blog.site.catalogs import Catalog, Collection
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = ['Page', 'Scribe', 'collection_title']

_ = get_translation('sphinxext_blog')


@dataclass(slots=True)
class Page:
    """A page to be made: what the template is given."""

    name: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    head: str = ''
    """What goes into the head of the page."""


def collection_title(item: Collection) -> str:
    """The heading of the page of a collection."""
    if item.kind == 'series':
        return str(_('Series %(name)s')) % {'name': item.name}
    pattern = {
        'archive': _('Posts of %s'),
        'tag': _('Posts tagged %s'),
        'category': _('Posts in the category %s'),
        'author': _('Posts by %s'),
        'location': _('Posts from %s'),
        'language': _('Posts in the language %s'),
    }[item.kind]
    return str(pattern) % item.name.replace('$', '\\$')


_RELATIONS: Final = {-1: 'prev', 1: 'next'}
"""What the page before and the one after are to a page, for browsers and readers aloud."""


class Scribe:
    """Says what the pages show."""

    def __init__(self, app: Sphinx, knowledge: Knowledge) -> None:
        self.app = app
        self.builder: Any = app.builder
        self.config = blog_config(app.config)
        self.knowledge = knowledge
        self.root = pages_root(app.config)
        self._uris: dict[str, str] = {}

    def pages(self) -> Iterator[Page]:
        """The pages of all posts, of catalogs and collections, of drafts."""
        posts = chronological(self.knowledge.posts.values())
        yield from self._list(self.root, str(_('All posts')), [str(post.docname) for post in posts])
        if drafts := self._drafts():
            yield from self._list(f'{self.root}/drafts', str(_('Drafts')), drafts, head=NOINDEX)
        for catalog in self.knowledge.catalogs.values():
            yield self._catalog(catalog)
            for item in catalog.collections:
                if catalog.kind == 'series':
                    yield self._series(item)
                else:
                    yield from self._list(item.page, collection_title(item), item.posts, link=item.link)
                if item.alias:
                    yield self.redirect(item.alias, item.page, item.name)

        if topics := self.knowledge.topic_catalog:
            yield self._catalog(topics)
            pages = {item.topic.number: item for item in topics.collections if item.topic}
            for item in topics.collections:
                yield from self._topic(item, pages)

    def _topic(self, item: Collection, pages: Mapping[int, Collection]) -> Iterator[Page]:
        """A topic: where to start, its series, what is around it, and all its posts."""
        topic = item.topic
        assert topic is not None  # noqa: S101 (a collection of this kind has one)
        known = self.knowledge.catalogs.get('series')
        parts = set(topic.posts)
        series = [found for found in (known.collections if known else ()) if parts.intersection(found.posts)]
        around = [pages[number] for number in topic.around if number in pages]
        more = {
            'starts': [
                {**self._post(item.page, start.post), 'why': render_html(start_words(start))}
                for start in topic.starts
            ],
            'series': self._links(item.page, series),
            'around': self._links(item.page, around),
            'graph': self._uri(item.page, graph_page_name(self.app.config)) if self.config.graph_page else '',
            'topic': f'#topic={quote(topic.main)}',
            'say': {
                'starts': str(_('Where to start')),
                'series': str(_('Series')),
                'around': str(_('Topics near by')),
                'all': str(_('All posts of the topic')),
                'graph': str(_('Show in the graph')),
            },
        }
        yield from self._list(item.page, item.name, topic.posts, more=more)

    def _links(self, page: str, items: Iterable[Collection]) -> list[dict[str, str]]:
        return [{'href': self._uri(page, item.page), 'html': render_html(item.name)} for item in items]

    def _drafts(self) -> list[str]:
        return [str(post.docname) for post in chronological(withheld_posts(self.app.env).values())]

    def _list(
        self,
        name: str,
        title: str,
        docnames: Sequence[str],
        *,
        link: str = '',
        head: str = '',
        more: Mapping[str, Any] | None = None,
    ) -> Iterator[Page]:
        size = self.config.page_size or max(len(docnames), 1)
        parts = [docnames[start : start + size] for start in range(0, len(docnames), size)] or [()]
        names = [name, *(f'{name}/page-{number}' for number in range(2, len(parts) + 1))]
        for number, (page, part) in enumerate(zip(names, parts, strict=True), 1):
            of_page = str(_('page %d')) % number
            shown = title if number == 1 else f'{title} – {of_page}'
            say = {'pages': str(_('Pages')), 'menu': str(_('Lists of posts'))}
            values: dict[str, Any] = {
                'posts': [self._post(page, docname) for docname in part],
                'menu': self._menu(page),
                'link': link if link.startswith(('http://', 'https://')) else '',
                'pager': [
                    {
                        'href': self._uri(page, other),
                        'number': n,
                        'current': n == number,
                        'rel': _RELATIONS.get(n - number, ''),
                    }
                    for n, other in enumerate(names, 1)
                    if n in {1, len(names)} or abs(n - number) <= 2
                ]
                if len(names) > 1
                else [],
                'say': say,
            }
            if more and number == 1:
                values = {**values, **more, 'say': {**say, **more['say']}}
            near = [
                f'<link rel="{rel}" href="{html.escape(self._uri(page, names[number - 1 + step]))}">\n'
                for step, rel in _RELATIONS.items()
                if 0 < number + step <= len(names)
            ]
            yield Page(page, shown, values, ''.join([head, *near]))

    def _catalog(self, catalog: Catalog) -> Page:
        formula = catalog.kind in {'series', 'topic'}
        dated = catalog.kind == 'archive'
        groups = [
            {
                'href': self._uri(catalog.page, item.page),
                'html': render_html(item.name if formula else item.name.replace('$', '\\$')),
                'count': len(item.posts),
                'posts': [self._post(catalog.page, name, brief=True) for name in item.posts if dated],
            }
            for item in catalog.collections
        ]
        values = {
            'groups': groups,
            'menu': self._menu(catalog.page),
            'say': {'menu': str(_('Lists of posts'))},
        }
        return Page(catalog.page, catalog.title, values)

    def _series(self, item: Collection) -> Page:
        series = item.series
        assert series is not None  # noqa: S101 (a collection of this kind has one)
        parts = []
        for member in series.members:
            known = str(member.id) in self.knowledge.posts
            title = self.knowledge.titles.get(member.id, '')
            entry = self._post(item.page, str(member.id)) if known else {'html': render_html(title)}
            parts.append(
                {**entry, 'label': member.label, 'missing': '' if known else str(_('(not in this blog)'))}
            )
        values = {'parts': parts, 'menu': self._menu(item.page), 'say': {'menu': str(_('Lists of posts'))}}
        return Page(item.page, collection_title(item), values)

    def _post(self, page: str, docname: str, *, brief: bool = False) -> dict[str, Any]:
        blog: Any = self.app.env.get_domain('blog')
        post: Post | None = self.knowledge.posts.get(docname)
        if post is None:  # a draft, in the list of drafts
            post = blog.posts[docname]
            [post] = tell_references(self.app.env, {post.docname: post}, frozenset()).values()
        title = f'{post.title.rstrip("…")}…' if post.title_derived else post.title
        shown: dict[str, Any] = {
            'href': self._uri(page, docname),
            'html': render_html(title),
            'date': date_text(post.date.isoformat() if post.date else '', self.app.config),
        }
        if not brief and not self.config.archive_titles:
            shown['excerpt'] = render_html(post.excerpt)
            shown['labels'] = [
                {'kind': kind, 'name': name, 'href': self._uri(page, target) if target else ''}
                for kind, name, target in labels_of(post, self.knowledge)
            ]
            if minutes := minutes_of(post):
                shown['minutes'] = str(_('%d min read')) % minutes
        return shown

    def _menu(self, page: str) -> list[dict[str, Any]]:
        entries = [(self.root, str(_('All posts')))]
        catalogs = [*self.knowledge.catalogs.values(), self.knowledge.topic_catalog]
        entries += [(catalog.page, catalog.title) for catalog in catalogs if catalog]
        return [
            {'href': self._uri(page, target), 'name': name, 'current': target == page}
            for target, name in entries
        ]

    def redirect(self, old: str, target: str, title: str) -> Page:
        """A page that leads on to another one."""
        uri = self._uri(old, target)
        seconds = self.config.redirect_refresh
        head = f'<meta http-equiv="refresh" content="{seconds}; url={html.escape(uri)}">\n{NOINDEX}'
        values = {
            'redirect': uri,
            'html': render_html(title),
            'say': {'moved': str(_('This page is now here: '))},
        }
        return Page(old, title, values, head)

    def _uri(self, page: str, target: str) -> str:
        return relative_uri(self._whole_uri(page), self._whole_uri(target)) or '#'

    def _whole_uri(self, page: str) -> str:
        known = self._uris.get(page)
        if known is None:  # lists link each post and each tag many times
            known = self._uris[page] = str(self.builder.get_target_uri(page))
        return known
