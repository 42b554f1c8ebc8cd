"""Where to start: what ``start-here`` shows, as data and as nodes, and its words on pages of topics."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import get_translation

from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.inline import comma, link, text_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from sphinxext_blog.records import Start
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.panels import Panel

__all__ = ['StartPost', 'TopicView', 'start_nodes', 'start_words', 'where_to_start']

_ = get_translation('sphinxext_blog')

_COUNT = 3
"""Posts that are shown of a topic, unless the directive says otherwise."""


@dataclass(frozen=True, slots=True)
class StartPost:
    """A post to start with."""

    docname: str
    title: str
    words: str
    """Why, to a reader."""
    excerpt: str = ''


@dataclass(frozen=True, slots=True)
class TopicView:
    """A topic and where to start in it."""

    name: str
    page: str
    """Of the topic, or empty when it has none."""
    posts: tuple[StartPost, ...]


def start_words(start: Start) -> str:
    """Why one might start with a post: what it is about, and for how many others it stands."""
    count = len(start.near)
    stands = str(_('speaks for one more post') if count == 1 else _('speaks for %d more posts') % count)
    if not start.terms:
        return stands if count else ''
    terms = comma().join(start.terms)
    return str(_('; ')).join([terms, stands]) if count else terms


def where_to_start(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[TopicView, ...]:
    """The topics of the blog, the largest first, each with the few posts that span the others."""
    del subject
    topics = knowledge.topics
    if number := int(panel.option('topics') or 0):
        topics = topics[:number]
    count = int(panel.option('count') or _COUNT)
    catalog = knowledge.topic_catalog
    pages = {item.key: item.page for item in catalog.collections} if catalog else {}
    excerpts = 'excerpts' in dict(panel.options)
    return tuple(
        TopicView(
            topic.name,
            pages.get(str(topic.number), ''),
            tuple(
                StartPost(
                    start.post,
                    knowledge.shown_title(start.post),
                    start_words(start),
                    knowledge.posts[start.post].excerpt if excerpts else '',
                )
                for start in topic.starts[:count]
            ),
        )
        for topic in topics
    )


def start_nodes(builder: Builder, docname: str, views: Sequence[TopicView]) -> list[nodes.Node]:
    """A heading and a list for each topic."""
    result: list[nodes.Node] = []
    for view in views:
        name = text_nodes(view.name, builder)
        has_page = view.page and builder.name in PAGE_BUILDERS
        heading = [link(builder, docname, view.page, name)] if has_page else name
        result.append(nodes.rubric('', '', *heading, classes=['blog-panel-title', 'blog-topic']))
        items = nodes.bullet_list(classes=['blog-starts'])
        for post in view.posts:
            paragraph = nodes.paragraph(
                '', '', link(builder, docname, post.docname, text_nodes(post.title, builder))
            )
            if post.words:
                paragraph += nodes.inline('', ' — ', classes=['blog-separator'])
                paragraph += nodes.inline('', '', *text_nodes(post.words, builder), classes=['blog-reasons'])
            entry = nodes.list_item('', paragraph)
            if post.excerpt:
                entry += nodes.paragraph('', '', *text_nodes(post.excerpt, builder), classes=['blog-excerpt'])
            items += entry
        result.append(items)
    return result
