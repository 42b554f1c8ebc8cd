"""Pages of all posts, years, tags and so on, and the pages at old addresses of posts.

Their content is a template of ours; the theme's own page stands around it, as
around any document. Sphinx writes such pages in every build. These are rendered
only when something of them changed, and written only when they differ.
"""

from __future__ import annotations

import hashlib
import html
import json
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote

import sphinx
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.display import status_iterator
from sphinx.util.osutil import relative_uri

from sphinxext_blog import __version__
from sphinxext_blog.addresses import joined
from sphinxext_blog.config import blog_config
from sphinxext_blog.formulas import render_html
from sphinxext_blog.site.catalogs import chronological, pages_root
from sphinxext_blog.site.date_text import date_text
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import on_disk, remove_below, write_if_changed
from sphinxext_blog.site.formula_page import formula_page_name
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.panels import labels_of, minutes_of
from sphinxext_blog.site.site_address import base_address
from sphinxext_blog.site.topic_views import start_words
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.withheld import NOINDEX, keep_out_of_sitemap, withheld_posts

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinx.application import Sphinx

    from sphinxext_blog.records import Post
    from sphinxext_blog.site.catalogs import Catalog, Collection
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = ['collection_title', 'setup_archive_pages', 'write_archive_pages']

_ = get_translation('sphinxext_blog')
logger = logging.getLogger(__name__)

_TEMPLATE: Final = 'sphinxext_blog/posts.html'
_STATE_FILE: Final = '.sphinxext_blog_pages.json'


@dataclass(slots=True)
class _Page:
    """A page to be made: what the template is given."""

    name: str
    title: str
    values: dict[str, Any] = field(default_factory=dict)
    head: str = ''
    """What goes into the head of the page."""


def setup_archive_pages(app: Sphinx) -> None:
    """Have the pages made in builds to HTML pages."""
    app.connect('html-collect-pages', write_archive_pages)


def write_archive_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write the pages that changed, and remove those that are no more.

    :return: nothing for Sphinx to write.
    """
    if app.builder.name not in PAGE_BUILDERS:
        return []
    builder: Any = app.builder
    blog: Any = app.env.get_domain('blog')
    last = blog.last_build
    site = _site_digest(app)
    made_of = repr((last.facts, site))
    if last.facts and not blog.written and last.has_made('archive pages', made_of):
        return []
    last.forget('archive pages')
    scribe = _Scribe(app, blog.knowledge)
    documents = {on_disk(builder.get_outfilename(name)): name for name in app.env.found_docs}
    pages = list(scribe.pages()) if blog_config(app.config).archive_pages else []
    pages += scribe.redirects(blog.knowledge)
    known = _read_state(app)
    state: dict[str, str] = {}
    outdated: list[tuple[_Page, Path]] = []
    in_the_way = False
    for page in pages:
        path = on_disk(builder.get_outfilename(page.name))
        if path in documents:
            if scribe.asked_by.get(page.name) == documents[path] and page.values.get('redirect'):
                continue  # where it was it still is
            # The author's own page of that name.
            in_the_way = True
            if page.values.get('redirect'):
                warn(
                    'config',
                    'the old address %r is a document',
                    page.name,
                    location=scribe.asked_by.get(page.name),
                )
            continue
        if page.name in state:
            if page.values.get('redirect'):
                in_the_way = True
                message = 'the old address %r is a page of the site'
                warn('config', message, page.name, location=scribe.asked_by.get(page.name))
            continue
        content = repr((site, page)).encode('utf-8', 'surrogatepass')
        state[page.name] = hashlib.sha256(content).hexdigest()[:24]
        if known.get(page.name) != state[page.name] or not path.is_file():
            outdated.append((page, path))
    if outdated or known.keys() - state.keys():
        # Should this build be broken off, the next one trusts none of the pages, and knows all.
        _save_state(app, dict.fromkeys([*known, *state], ''))
    keep_out_of_sitemap(app, [page.name for page in pages if NOINDEX in page.head])
    told = status_iterator(
        outdated,
        str(_('writing lists of posts... ')),
        'brown',
        len(outdated),
        app.verbosity,
        stringify_func=lambda item: item[0].name,
    )
    for page, path in told:
        _write(app, page, path)
    for name in known.keys() - state.keys():
        path = on_disk(builder.get_outfilename(name))
        if path not in documents:
            remove_below(Path(app.outdir), path)
    _save_state(app, state)
    if not (in_the_way or scribe.has_refused):  # what was warned of is to be warned of again
        files = [on_disk(builder.get_outfilename(name)) for name in state]
        last.note_made('archive pages', made_of, [Path(app.outdir) / _STATE_FILE, *files])
    return []


def _write(app: Sphinx, page: _Page, path: Path) -> None:
    builder: Any = app.builder
    body = builder.templates.render(_TEMPLATE, {'page': page.values, 'heading': render_html(page.title)})
    part = path.with_name(f'{path.name}.new')
    context = {'title': render_html(page.title), 'body': body, 'metatags': page.head}
    if (target := page.values.get('redirect')) and (base := base_address(app.config)):
        # The canonical address is that of the post.
        here = joined(base, builder.get_target_uri(page.name))
        context['pageurl'] = joined(here, target)
    builder.handle_page(page.name, context, 'page.html', outfilename=part)
    try:
        write_if_changed(path, part.read_bytes())
        part.unlink()
    except OSError as error:
        logger.warning('%s could not be written: %s', path, error, type='blog', subtype='graph')


def _site_digest(app: Sphinx) -> list[object]:
    """What the theme puts around every page may depend on."""
    builder: Any = app.builder
    info = getattr(builder, 'build_info', None)
    listed = sorted(
        (name, app.env.titles[name].astext())
        for parent in sorted(app.env.toctree_includes)
        for name in app.env.toctree_includes[parent]
        if name in app.env.titles
    )
    return [
        __version__,
        sphinx.__version__,
        getattr(info, 'config_hash', ''),
        getattr(info, 'tags_hash', ''),
        builder.templates.newest_template_mtime(),
        listed,
    ]


def _save_state(app: Sphinx, state: dict[str, str]) -> None:
    content = json.dumps(state, sort_keys=True, indent=0, ensure_ascii=False)
    write_if_changed(Path(app.outdir) / _STATE_FILE, content.encode('utf-8', 'surrogatepass'))


def _read_state(app: Sphinx) -> dict[str, str]:
    try:
        state = json.loads((Path(app.outdir) / _STATE_FILE).read_text(encoding='utf-8'))
        return {str(name): str(value) for name, value in state.items()}
    except (OSError, ValueError, AttributeError):
        return {}


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


class _Scribe:
    """Says what the pages show."""

    def __init__(self, app: Sphinx, knowledge: Knowledge) -> None:
        self.app = app
        self.builder: Any = app.builder
        self.config = blog_config(app.config)
        self.knowledge = knowledge
        self.root = pages_root(app.config)
        self._uris: dict[str, str] = {}
        self.asked_by: dict[str, str] = {}
        """Old address -> the post that asks for a page there."""
        self.has_refused = False
        """Whether an old address can't be had, which is to be told in every build."""

    def pages(self) -> Iterator[_Page]:
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
                    yield self._redirect(item.alias, item.page, item.name)

        if topics := self.knowledge.topic_catalog:
            yield self._catalog(topics)
            pages = {item.topic.number: item for item in topics.collections if item.topic}
            for item in topics.collections:
                yield from self._topic(item, pages)

    def _topic(self, item: Collection, pages: Mapping[int, Collection]) -> Iterator[_Page]:
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
    ) -> Iterator[_Page]:
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
                    {'href': self._uri(page, other), 'number': n, 'current': n == number}
                    for n, other in enumerate(names, 1)
                    if n in {1, len(names)} or abs(n - number) <= 2
                ]
                if len(names) > 1
                else [],
                'say': say,
            }
            if more and number == 1:
                values = {**values, **more, 'say': {**say, **more['say']}}
            yield _Page(page, shown, values, head)

    def _catalog(self, catalog: Catalog) -> _Page:
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
        return _Page(catalog.page, catalog.title, values)

    def _series(self, item: Collection) -> _Page:
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
        return _Page(item.page, collection_title(item), values)

    def _post(self, page: str, docname: str, *, brief: bool = False) -> dict[str, Any]:
        blog: Any = self.app.env.get_domain('blog')
        post: Post = blog.posts[docname]
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

    def redirects(self, knowledge: Knowledge) -> list[_Page]:
        """The pages at old addresses."""
        return [
            self._redirect(old, str(post.docname), knowledge.shown_title(post.docname))
            for post in knowledge.posts.values()
            for old in post.redirects
            if self._can_be(old, str(post.docname))
        ]

    def _can_be(self, old: str, docname: str) -> bool:
        """Whether a page can stand at an old address; told where it can't."""
        own = {graph_page_name(self.app.config), formula_page_name(self.app.config), 'search', 'genindex'}
        if old in own:
            message = 'the old address %r is a page of the site'
        elif '\\' in old or any(part[:1] in {'', '.', '_'} for part in old.split('/')):
            message = 'no page can be made at the old address %r: a part of it is empty or begins with . or _'
        else:
            self.asked_by.setdefault(old, docname)
            return True
        warn('config', message, old, location=docname)
        self.has_refused = True
        return False

    def _redirect(self, old: str, target: str, title: str) -> _Page:
        uri = self._uri(old, target)
        seconds = self.config.redirect_refresh
        head = f'<meta http-equiv="refresh" content="{seconds}; url={html.escape(uri)}">\n{NOINDEX}'
        values = {
            'redirect': uri,
            'html': render_html(title),
            'say': {'moved': str(_('This page is now here: '))},
        }
        return _Page(old, title, values, head)

    def _uri(self, page: str, target: str) -> str:
        return relative_uri(self._whole_uri(page), self._whole_uri(target)) or '#'

    def _whole_uri(self, page: str) -> str:
        known = self._uris.get(page)
        if known is None:  # lists link each post and each tag many times
            known = self._uris[page] = str(self.builder.get_target_uri(page))
        return known
