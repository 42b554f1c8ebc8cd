"""From mentions to links: who is meant by what was written.

Precedence: role > URL > exact title > normal form > series and number > nearly
the same title. What is absent becomes a missing post or a work, what can be
two posts an ambiguity, what means the post itself nothing.

Series are found from titles, and absent titles belong to series, so that the
mentions are read twice: first with the series of the posts alone, then with
those that the absent titles complete, and with what the first reading has
taught: which titles are those of papers, and whether the blog is complete.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_blog.records import Resolution
from sphinxext_blog.references.described import description_in
from sphinxext_blog.references.kinds import says_former_title
from sphinxext_blog.references.names import Names, SeriesTable
from sphinxext_blog.references.reading import Reading
from sphinxext_blog.references.series import group_series
from sphinxext_blog.references.surroundings import around
from sphinxext_blog.references.titles import normalise_title
from sphinxext_blog.references.urls import SiteUrls

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.records import DocName, Mention, Post

__all__ = ['resolve']


def resolve(
    posts: Iterable[Post],
    mentions: Iterable[Mention],
    *,
    site_urls: Sequence[str] = (),
    announced: Iterable[str] = (),
    home: str = '',
) -> Resolution:
    """Resolve all mentions of a corpus.

    :param posts: the corpus.
    :param mentions: in any order; the result depends on their set alone.
    :param site_urls: templates of the addresses of posts, such as
        ``https://example.org/archives/{id}``, with ``{docname}``, ``{slug}``,
        ``{year}``, ``{month}``, ``{day}`` or the name of a fact of the posts.
        Several templates are several addresses of one blog.
    :param announced: titles of posts that are not published yet: whoever cites one means
        a missing post, and no work.
    :param home: address of the site itself.
    :returns: links sorted by source and place; missing posts by series, number
        and title, those of no series last; works by id; series by key.
    :raises ValueError: for a template that is no address.
    """
    posts = sorted(posts, key=lambda p: p.docname)
    ordered = sorted(
        mentions, key=lambda m: (m.source, m.line, m.context, m.span, m.form, m.target, m.text, m.anchor)
    )
    posts = _with_former_titles(posts, ordered)
    urls = SiteUrls(posts, site_urls, home=home)
    names = Names(posts, SeriesTable(group_series(posts)), announced, map(description_in, ordered))
    first = Reading(posts, ordered, names, urls)
    completed = SeriesTable(group_series(posts, first.outcome.missing_posts()))
    second = Reading(posts, ordered, names.with_table(completed), urls, first.experience())
    outcome = second.outcome
    missing = outcome.missing_posts()
    groups = group_series(posts, missing)
    return Resolution(
        links=outcome.links(),
        missing=outcome.named_missing(groups),
        works=outcome.works(),
        ambiguous=outcome.ambiguous(),
        dangling=tuple(outcome.dangling),
        series=tuple(g.series for g in groups),
    )


def _with_former_titles(posts: Sequence[Post], mentions: Sequence[Mention]) -> list[Post]:
    """The posts with the titles that they say of themselves to have had: 本文曾用名《…》."""
    former: dict[DocName, list[str]] = defaultdict(list)
    for mention in mentions:
        if mention.form in ('title', 'quoted') and says_former_title(around(mention)[0]):
            former[mention.source].append(mention.target)
    own = {normalise_title(title) for post in posts for title in (post.title, *post.aliases)}
    return [
        replace(
            post, aliases=(*post.aliases, *(t for t in former[post.docname] if normalise_title(t) not in own))
        )
        if post.docname in former
        else post
        for post in posts
    ]
