"""Drafts and posts of the future: their pages are built for the author, and nothing leads readers there.

No list, panel or graph shows them (`knowledge`); here they are kept out of the
site's own search and search engines are asked to stay away.
"""

from __future__ import annotations

import glob
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.site.posts import is_published, today

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = ['NOINDEX', 'keep_out_of_sitemap', 'setup_withheld', 'withheld_posts']

NOINDEX: Final = '<meta name="robots" content="noindex">\n'

_FIELD: Final = 'nosearch'
"""Sphinx's field of documents that its search leaves out."""
_OURS: Final = 'withheld'
"""The value of the field where it was not the author who set it."""


def setup_withheld(app: Sphinx) -> None:
    """Keep what is not published from readers who search."""
    app.connect('env-updated', _keep_from_search)
    app.connect('html-page-context', _keep_from_engines)


def withheld_posts(env: BuildEnvironment) -> dict[str, Post]:
    """The posts that readers are not to be shown today, by docname."""
    blog: Any = env.get_domain('blog')
    day = today()
    return {name: post for name, post in blog.posts.items() if not is_published(post, day)}


def keep_out_of_sitemap(app: Sphinx, pages: Iterable[str]) -> None:
    """Have sphinx-sitemap leave out pages that search engines are to stay away from."""
    if 'sitemap_excludes' in app.config:
        escaped = [glob.escape(page) for page in pages]
        suffixes = ('.html', '/')  # as the builders html and dirhtml write them
        known = app.config.sitemap_excludes
        app.config.sitemap_excludes = [*known, *(page + suffix for page in escaped for suffix in suffixes)]


def _keep_from_search(app: Sphinx, env: BuildEnvironment) -> None:
    # Told anew in every build: a post of the future is published by the day alone.
    for fields in env.metadata.values():
        if fields.get(_FIELD) == _OURS:
            del fields[_FIELD]
    withheld = withheld_posts(env)
    for name in withheld:
        env.metadata[name].setdefault(_FIELD, _OURS)
    keep_out_of_sitemap(app, withheld)


def _keep_from_engines(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: object
) -> None:
    if app.env.metadata.get(pagename, {}).get(_FIELD) == _OURS:
        context['metatags'] = f'{context.get("metatags") or ""}{NOINDEX}'
