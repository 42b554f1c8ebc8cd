"""The directives: ``post``, and one for each panel."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from docutils.parsers.rst import directives
from sphinx.util.docutils import SphinxDirective

from sphinxext_blog.graph.local import DEEPEST, EDGE_KINDS, MOST_NODES
from sphinxext_blog.site.front_matter import Field, canonical_name
from sphinxext_blog.site.panels import Panel
from sphinxext_blog.site.posts import blog_post

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

__all__ = ['blog_panel_request', 'setup_directives']


class blog_panel_request(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """Where a panel will stand; its attribute ``panel`` says which."""


class PostDirective(SphinxDirective):
    """Say that this document is a post, and what is known of it."""

    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = dict.fromkeys(
        (
            'tags author authors category categories language series series-index updated draft aliases '
            'related not-related canonical_link canonical-link external_link url title location redirect '
            'image excerpt'
        ).split(),
        directives.unchanged,
    ) | dict.fromkeys(('exclude', 'nocomments'), directives.flag)

    def run(self) -> list[nodes.Node]:
        line = self.lineno
        fields = {
            canonical_name(name): Field(value or '', line)
            for name, value in self.options.items()
            if name not in {'exclude', 'nocomments'}
        }
        if self.arguments:
            fields['date'] = Field(self.arguments[0], line)
        children = self.parse_content_to_nodes() if self.content else []
        if children and 'excerpt' not in fields:
            from sphinxext_blog.site.text import plain_text

            paragraphs = [child for child in children if isinstance(child, nodes.paragraph)]
            fields['excerpt'] = Field(' '.join(plain_text(p) for p in paragraphs), line)
        node = blog_post('', *([] if 'exclude' in self.options else children), fields=fields)
        self.set_source_info(node)
        return [node]


class PanelDirective(SphinxDirective):
    """Base of the directives that ask for a panel."""

    kind: ClassVar[Any]
    argument_name: ClassVar[str] = ''
    optional_arguments = 1
    final_argument_whitespace = True

    def run(self) -> list[nodes.Node]:
        options = {name: '' if value is None else str(value) for name, value in self.options.items()}
        if self.arguments and self.argument_name:
            options[self.argument_name] = self.arguments[0].strip()
        panel = Panel(self.kind, tuple(sorted(options.items())), line=self.lineno)
        node = blog_panel_request('', panel=panel, docname=self.env.docname)
        self.set_source_info(node)
        return [node]


class RelatedPosts(PanelDirective):
    """Ranked neighbours of this post (or of the one named), each with its reasons."""

    kind = 'related'
    argument_name = 'post'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {'count': directives.nonnegative_int}


class SeriesDirective(PanelDirective):
    """The series of this post, or the one named."""

    kind = 'series'
    argument_name = 'name'


class Backlinks(PanelDirective):
    """The posts that cite this one (or the one named), with their sentences."""

    kind = 'backlinks'
    argument_name = 'post'


def _between(least: int, most: int) -> Callable[[str], int]:
    def convert(text: str) -> int:
        value = directives.nonnegative_int(text)
        if not least <= value <= most:
            raise ValueError(f'not between {least} and {most}: {value}')
        return value

    return convert


def _edge_kinds(text: str) -> str:
    """Kinds of edges, in commas or blanks.

    :raises ValueError: when one is unknown, or there is none.
    """
    kinds = text.replace(',', ' ').split() if text else []
    unknown = [kind for kind in kinds if kind not in EDGE_KINDS]
    if unknown or not kinds:
        raise ValueError(f'{(unknown or [""])[0]!r} is none of {", ".join(EDGE_KINDS)}')
    return ' '.join(kinds)


class PostGraphDirective(PanelDirective):
    """What is around this post (or the one named) in the graph, as a drawing."""

    kind = 'graph'
    argument_name = 'post'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'depth': _between(1, DEEPEST),
        'kinds': _edge_kinds,
        'height': _between(40, 4000),
        'max-nodes': _between(2, MOST_NODES),
    }


class PostList(PanelDirective):
    """A list of posts, newest first, with ABlog's options."""

    kind = 'postlist'
    argument_name = 'limit'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'tags': directives.unchanged,
        'category': directives.unchanged,
        'author': directives.unchanged,
        'language': directives.unchanged,
        'series': directives.unchanged,
        'sort': directives.flag,
        'excerpts': directives.flag,
    }

    def run(self) -> list[nodes.Node]:
        if self.arguments and not self.arguments[0].strip().isdecimal():
            message = f'postlist: {self.arguments[0]!r} is no number of posts'
            return [self.state.document.reporter.error(message, line=self.lineno)]
        return super().run()


class MissingPosts(PanelDirective):
    """What is cited but not in this blog, and the gaps of series."""

    kind = 'missing'
    optional_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'works': directives.flag,
        'gaps': directives.flag,
    }


class FormulaIndex(PanelDirective):
    """The formulas of the blog by topic, each with its posts."""

    kind = 'formulas'
    optional_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'post': directives.unchanged_required,
        'tags': directives.unchanged_required,
        'min-posts': directives.nonnegative_int,
    }


class Notation(PanelDirective):
    """The symbols of this post, or of the one named."""

    kind = 'notation'
    argument_name = 'post'


def setup_directives(app: Sphinx) -> None:
    """Register the directives and the nodes that wait for their content."""
    app.add_node(blog_panel_request)
    app.add_node(blog_post)
    app.add_directive('post', PostDirective)
    app.add_directive('postlist', PostList)
    app.add_directive('related-posts', RelatedPosts)
    app.add_directive('series', SeriesDirective)
    app.add_directive('backlinks', Backlinks)
    app.add_directive('post-graph', PostGraphDirective)
    app.add_directive('missing-posts', MissingPosts)
    app.add_directive('formula-index', FormulaIndex)
    app.add_directive('notation', Notation)
