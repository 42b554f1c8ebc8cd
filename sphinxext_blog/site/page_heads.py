"""What the head of a page tells programs: the feeds, and of a post a ``BlogPosting`` of schema.org.

The canonical address is Sphinx's own affair (``html_baseurl``). A post that
names another (``:canonical_link:``) has that one instead, never two.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.addresses import joined
from sphinxext_blog.config import blog_config
from sphinxext_blog.formulas import to_plain
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.feeds import discovery_links, moment, page_address
from sphinxext_blog.site.pictures import picture_address
from sphinxext_blog.site.site_address import base_address

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.application import Sphinx

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.records import Post

_LANGUAGE: Final = re.compile(r'[A-Za-z]{2,3}(?:[-_][A-Za-z0-9]{2,8}){0,3}')

__all__ = ['blog_posting', 'setup_page_heads']


def setup_page_heads(app: Sphinx) -> None:
    """Have the heads of all pages completed."""
    app.connect('html-page-context', _complete_head)


def _complete_head(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    del templatename, doctree
    if app.builder.name not in PAGE_BUILDERS:
        return
    head = discovery_links(app, pagename)
    blog: Any = app.env.get_domain('blog')
    # Pages that are no posts are written in every build; they need nothing to be known.
    post: Post | None = blog.knowledge.posts.get(pagename) if pagename in blog.posts else None
    # For templates of the site: comments stand below posts only.
    context['blog_post'] = post is not None
    if post is not None:
        canonical = str((context.get('meta') or {}).get('canonical_link') or '')
        if canonical.startswith(('http://', 'https://')):
            context['pageurl'] = canonical
    # Programs that read it start from an address.
    if post is not None and base_address(app.config):
        data = blog_posting(app, post, str(context.get('pageurl') or ''))
        # No string of the post can end the script, or begin a comment in it.
        text = json.dumps(data, ensure_ascii=False).replace('&', '\\u0026')
        text = text.replace('<', '\\u003c').replace('>', '\\u003e')
        head += f'<script type="application/ld+json">{text}</script>\n'
    language = post.language if post else str((context.get('meta') or {}).get('language') or '')
    if _LANGUAGE.fullmatch(language):
        # The page says in which language it is, whatever that of the site.
        context['language'] = language.replace('_', '-')
    context['metatags'] = f'{context.get("metatags") or ""}{head}'


def blog_posting(app: Sphinx, post: Post, canonical: str = '') -> dict[str, Any]:
    """A post as schema.org describes one; what isn't known is left out."""
    values = blog_config(app.config)
    base = base_address(app.config)
    about = {key: (name, link) for key, name, link in values.authors}
    picture = picture_address(post.image, app.builder)
    address = canonical or (page_address(app, post.docname) if base else '')
    told = {
        '@context': 'https://schema.org',
        '@type': 'BlogPosting',
        'headline': to_plain(post.title),
        'description': to_plain(post.excerpt),
        'datePublished': _date(post.date),
        'dateModified': _date(post.updated or post.date),
        'author': [
            {'@type': 'Person', 'name': name, **({'url': link} if link else {})}
            for name, link in (about.get(author, (author, '')) for author in post.authors)
        ],
        'keywords': list(post.tags),
        'articleSection': list(post.categories),
        'inLanguage': post.language or (app.config.language or 'en').replace('_', '-'),
        'wordCount': post.words,
        'image': joined(base, picture) if picture and (base or '://' in picture) else '',
        'url': address,
        'mainEntityOfPage': address,
        'isPartOf': {'@type': 'Blog', 'name': values.title or app.config.project},
    }
    return {name: value for name, value in told.items() if value}


def _date(date: PartialDate | None) -> str:
    """The date as exactly as it is known; without a year it is none to schema.org."""
    if date is None or date.year is None:
        return ''
    found = moment(date)
    return found.isoformat() if date.time and found else date.isoformat()
