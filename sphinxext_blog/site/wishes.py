"""What authors want beside their posts and what not: ``:related:`` and ``:not-related:``."""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.site.front_matter import Field
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = ['find_wishes']

Named = dict[str, tuple[str, ...]]
"""Docname -> docnames."""


def find_wishes(
    env: BuildEnvironment,
    posts: Mapping[str, Post],
    find: Callable[[str], str | None],
    withheld: Collection[str],
) -> tuple[Named, Named]:
    """The posts that authors pin to others, and those that they ban.

    A name that is no post's, or that of several, is warned of where it stands.

    :param posts: the published ones.
    :param find: the docname of a published post by docname or title.
    :param withheld: docnames and titles of drafts: they may be named before they are published.
    """
    pinned: Named = {}
    banned: Named = {}
    for name, post in posts.items():
        for field, wanted, into in (
            ('related', post.related, pinned),
            ('not-related', post.not_related, banned),
        ):
            if found := tuple(_found(env, post, field, wanted, find, withheld)):
                into[name] = found
    return pinned, banned


def _found(
    env: BuildEnvironment,
    post: Post,
    field: str,
    wanted: tuple[str, ...],
    find: Callable[[str], str | None],
    withheld: Collection[str],
) -> list[str]:
    found = []
    for name in wanted:
        docname = find(name)
        if docname is not None and docname != post.docname:
            found.append(docname)
        elif docname is None and name.removeprefix('/') not in withheld:
            place = Field('', 0, str(env.doc2path(post.docname))).location(post.docname, field)
            warn(
                'missing',
                'the field %r names %r, which is neither the document nor the title of one post',
                field,
                name,
                location=place,
            )
    return found
