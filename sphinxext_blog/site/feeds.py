"""Feeds of the blog, and of its tags and so on: what readers subscribe to.

They are written beside the pages when ``html_baseurl`` tells where the site
will be, since a feed is read elsewhere: its addresses are absolute, and its
formulas MathML.
"""

from __future__ import annotations

import datetime as dt
import html
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote

from sphinx.locale import get_translation

from sphinxext_blog.addresses import joined
from sphinxext_blog.config import blog_config
from sphinxext_blog.formulas import render_html, to_plain
from sphinxext_blog.site.archive_lists import collection_title
from sphinxext_blog.site.catalogs import chronological, pages_root
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.feed_forms import FORMS, Entry, Feed
from sphinxext_blog.site.feed_texts import full_text
from sphinxext_blog.site.files import on_disk, write_or_warn
from sphinxext_blog.site.pictures import picture_address
from sphinxext_blog.site.site_address import base_address

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.records import Post

_FURTHER = re.compile(r'/page-\d+$')

__all__ = ['discovery_links', 'moment', 'page_address', 'setup_feeds', 'write_feeds']

_ = get_translation('sphinxext_blog')


def setup_feeds(app: Sphinx) -> None:
    """Have the feeds written at the end of a build."""
    app.connect('build-finished', write_feeds)


def page_address(app: Sphinx, page: str) -> str:
    """The absolute address of a page."""
    return joined(base_address(app.config), app.builder.get_target_uri(page))


def feed_address(app: Sphinx, folder: str, file: str) -> str:
    """The absolute address of a feed."""
    return joined(base_address(app.config), quote(f'{folder}/{file}'))


def moment(date: PartialDate | None) -> dt.datetime | None:
    """A date as a moment, of a day its beginning in UTC; ``None`` without a year."""
    if date is None or date.year is None:
        return None
    text = date.time or '00:00'
    day = dt.date(date.year, date.month or 1, date.day or 1)
    found = dt.datetime.fromisoformat(f'{day.isoformat()}T{text}')
    return found if found.tzinfo else found.replace(tzinfo=dt.UTC)


def write_feeds(app: Sphinx, exception: Exception | None) -> None:
    """Write the feeds that changed."""
    if exception is not None or app.builder.name not in PAGE_BUILDERS or not base_address(app.config):
        return
    values = blog_config(app.config)
    blog: Any = app.env.get_domain('blog')
    last = blog.last_build
    if last.facts and not blog.written and last.has_made('feeds', last.facts):
        return
    last.forget('feeds')
    knowledge = blog.knowledge
    root = pages_root(app.config)
    title = values.title or app.config.project
    posts = chronological(knowledge.posts.values())
    wanted: list[tuple[str, str, Sequence[Post]]] = [(root, title, posts)]
    if values.feed_archives:
        for catalog in knowledge.catalogs.values():
            for item in catalog.collections:
                some = chronological(knowledge.posts[name] for name in item.posts)
                wanted.append((item.page, f'{title} – {collection_title(item)}', some))
    entries: dict[str, Entry] = {}
    whole = True
    for folder, name, members in wanted:
        dated = [post for post in members if moment(post.date)]
        chosen = dated[: values.feed_length or None]
        for post in chosen:
            if post.docname not in entries:
                entries[post.docname] = _entry(app, post)
        for form in values.feeds:
            file, _media, write = FORMS[form]
            feed = Feed(
                name,
                feed_address(app, folder, file),
                page_address(app, folder if values.archive_pages else app.config.root_doc),
                tuple(entries[post.docname] for post in chosen),
                subtitle=values.feed_subtitle,
                language=(app.config.language or 'en').replace('_', '-'),
            )
            path = on_disk(Path(app.outdir) / folder / file)
            whole = write_or_warn(path, write(feed)) and whole
    folders = [folder for folder, _title, _posts in wanted]
    files = [FORMS[form][0] for form in values.feeds]
    written = {on_disk(Path(app.outdir) / folder / file) for folder in folders for file in files}
    if whole:
        last.note_made('feeds', last.facts, written)


def _entry(app: Sphinx, post: Post) -> Entry:
    values = blog_config(app.config)
    blog: Any = app.env.get_domain('blog')
    published = moment(post.date)
    assert published is not None  # noqa: S101 (only dated posts come here)
    updated = moment(post.updated) or published
    about = {key: (name, link) for key, name, link in values.authors}
    summary = content = ''
    if not values.feed_titles:
        summary = to_plain(post.excerpt)
        content = f'<p>{render_html(post.excerpt)}</p>' if post.excerpt else ''
        if values.feed_fulltext:
            content = full_text(app, post.docname, page_address(app, post.docname))
    picture = picture_address(post.image, app.builder)
    return Entry(
        url=page_address(app, post.docname),
        title=to_plain(blog.knowledge.shown_title(post.docname)),
        published=published,
        updated=max(updated, published),
        authors=tuple(about.get(name, (name, '')) for name in post.authors),
        tags=tuple(dict.fromkeys((*post.categories, *post.tags))),
        language=post.language,
        summary=summary,
        content=content,
        image=joined(base_address(app.config), picture) if picture else '',
    )


def discovery_links(app: Sphinx, page: str = '') -> str:
    """What the head of a page tells programs about the feeds of the blog.

    :param page: name of the page; that of a tag, author, year… names its own feeds first.
    """
    values = blog_config(app.config)
    if not base_address(app.config) or app.builder.name not in PAGE_BUILDERS:
        return ''
    title = values.title or app.config.project
    folders = [(pages_root(app.config), title)]
    # Pages of documents are written in every build; they need nothing to be known.
    if values.feed_archives and page and page not in app.env.all_docs:
        blog: Any = app.env.get_domain('blog')
        own = blog.knowledge.collections_at.get(_FURTHER.sub('', page))
        if own is not None:
            folders.insert(0, (own.page, f'{title} – {collection_title(own)}'))
    return ''.join(
        f'<link rel="alternate" type="{FORMS[form][1]}" title="{html.escape(name)}" '
        f'href="{html.escape(feed_address(app, folder, FORMS[form][0]))}">\n'
        for folder, name in folders
        for form in values.feeds
    )
