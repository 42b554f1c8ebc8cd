"""Drafts and posts of the future: their pages are built for the author, and nothing leads readers there.

No list, panel or graph shows them (`knowledge`); here they are kept out of the
site's own search and search engines are asked to stay away.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.site.posts import is_published, today

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = ['NOINDEX', 'setup_withheld', 'withheld_posts']

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


def _keep_from_search(_app: Sphinx, env: BuildEnvironment) -> None:
    # Told anew in every build: a post of the future is published by the day alone.
    for fields in env.metadata.values():
        if fields.get(_FIELD) == _OURS:
            del fields[_FIELD]
    for name in withheld_posts(env):
        env.metadata[name].setdefault(_FIELD, _OURS)


def _keep_from_engines(
    app: Sphinx, pagename: str, _templatename: str, context: dict[str, Any], _doctree: object
) -> None:
    if app.env.metadata.get(pagename, {}).get(_FIELD) == _OURS:
        context['metatags'] = f'{context.get("metatags") or ""}{NOINDEX}'
