"""The directives: ``post``, and one for each panel.

The docstring of each, its ``argument_meaning`` and the meanings of its options
are what the manual's reference says.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Final

from docutils import nodes
from docutils.parsers.rst import Directive, directives
from docutils.parsers.rst.directives.admonitions import BaseAdmonition
from docutils.utils import unescape
from sphinx.locale import get_translation
from sphinx.util.docutils import SphinxDirective

from sphinxext_blog.graph.local import DEEPEST, MOST_NODES
from sphinxext_blog.records import MOST_STARTS
from sphinxext_blog.site.directive_options import (
    NO_OPTIONS,
    Option,
    between,
    edge_kinds,
    list_format,
    list_style,
)
from sphinxext_blog.site.front_matter import FIELD_SYNONYMS, FIELDS, Field, canonical_name
from sphinxext_blog.site.panels import Panel
from sphinxext_blog.site.posts import UPDATE, blog_post

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

    from sphinx.application import Sphinx

_ = get_translation('sphinxext_blog')

_NO_OPTIONS = {'blogpost', 'date', 'exclude', 'nocomments', 'title-derived'}
_OTHER_NAMES = ('author', 'category', 'url', 'canonical_link', 'canonical-link', 'external_link')
"""Synonyms that are options too: those that ABlog has, and natural ones."""
_NAMES = 'names of which one must fit, in commas'

__all__ = ['DIRECTIVES', 'blog_panel_request', 'setup_directives']


class blog_panel_request(nodes.Invisible, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """Where a panel will stand; its attribute ``panel`` says which."""


class PostDirective(SphinxDirective):
    """Says that the document is a post, and what is known of it; the content is its excerpt."""

    argument_name: ClassVar[str] = 'date'
    argument_meaning: ClassVar[str] = 'when it was published'
    optional_arguments = 1
    final_argument_whitespace = True
    has_content = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        **{name: Option(meaning) for name, meaning in FIELDS.items() if name not in _NO_OPTIONS},
        **{name: Option(f'see ``{FIELD_SYNONYMS[name]}``') for name in _OTHER_NAMES},
        'exclude': Option('the excerpt is shown in lists only, not on the page of the post', directives.flag),
        'nocomments': Option(
            'themes and extensions for comments see this page as one without', directives.flag
        ),
    }

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
        # a number is ABlog's count of paragraphs, for a directive without content
        if children and ('excerpt' not in fields or fields['excerpt'].text.isdecimal()):
            from sphinxext_blog.site.text import plain_text

            paragraphs = [child for child in children if isinstance(child, nodes.paragraph)]
            fields['excerpt'] = Field(' '.join(plain_text(p) for p in paragraphs), line)
        if 'nocomments' in self.options:
            self.env.metadata[self.env.docname]['nocomments'] = 'true'
        for name in ('canonical_link', 'canonical-link'):
            if self.options.get(name):
                self.env.metadata[self.env.docname]['canonical_link'] = self.options[name]
        node = blog_post('', *([] if 'exclude' in self.options else children), fields=fields)
        self.set_source_info(node)
        return [node]


class PanelDirective(SphinxDirective):
    """Base of the directives that ask for a panel."""

    kind: ClassVar[Any]
    argument_name: ClassVar[str] = ''
    argument_meaning: ClassVar[str] = ''
    optional_arguments = 1
    final_argument_whitespace = True
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = NO_OPTIONS

    def run(self) -> list[nodes.Node]:
        options = {name: '' if value is None else str(value) for name, value in self.options.items()}
        if self.arguments and self.argument_name:
            options[self.argument_name] = self.arguments[0].strip()
        panel = Panel(self.kind, tuple(sorted(options.items())), line=self.lineno)
        node = blog_panel_request('', panel=panel, docname=self.env.docname)
        self.set_source_info(node)
        return [node]


class RelatedPosts(PanelDirective):
    """Related posts, the nearest first, each with its reasons."""

    kind = 'related'
    argument_name = 'post'
    argument_meaning = 'the post, by its document or its title; else this one'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'count': Option('how many, instead of :confval:`blog_related_count`', directives.nonnegative_int),
    }


class SeriesDirective(PanelDirective):
    """The parts of a series in reading order, with its gaps."""

    kind = 'series'
    argument_name = 'name'
    argument_meaning = 'the series; else that of this post'


class Backlinks(PanelDirective):
    """The posts that cite a post, with their sentences, and those that only say its title."""

    kind = 'backlinks'
    argument_name = 'post'
    argument_meaning = 'the post, by its document or its title; else this one'


class PostGraphDirective(PanelDirective):
    """What is around a post in the graph: a drawing with links, where there are no drawings a list."""

    kind = 'graph'
    argument_name = 'post'
    argument_meaning = 'the post, by its document or its title; else this one'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'depth': Option(f'edges that a node may be away, 1 to {DEEPEST}; 1', between(1, DEEPEST)),
        'kinds': Option(
            'of edges, any of ``series``, ``cites``, ``equation``, ``formula``, ``related``; all', edge_kinds
        ),
        'height': Option(
            'in pixels at most, 40 to 4000; nodes that find no room are left out', between(40, 4000)
        ),
        'max-nodes': Option(f'2 to {MOST_NODES}, the post included; 15', between(2, MOST_NODES)),
    }


class PostList(PanelDirective):
    """Posts, newest first; on the page of a post the others."""

    kind = 'postlist'
    argument_name = 'limit'
    argument_meaning = 'how many; all'
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'tags': Option(_NAMES),
        'category': Option(_NAMES),
        'author': Option(_NAMES),
        'location': Option(_NAMES),
        'language': Option(_NAMES),
        'series': Option(_NAMES),
        'sort': Option('oldest first', directives.flag),
        'excerpts': Option('each with its excerpt', directives.flag),
        'expand': Option('words of a link after each excerpt', directives.unchanged_required),
        'cards': Option('as cards with excerpts and pictures', directives.flag),
        'format': Option(
            'of an entry, such as ``{date} - {title}``; also ``{author}``, ``{category}``, ``{tags}``, '
            '``{location}``, ``{language}``',
            list_format,
        ),
        'date': Option('format of dates, as for :confval:`post_date_format`', directives.unchanged_required),
        'list-style': Option("mark before each: ``none``, ``disc`` or ``circle``; the theme's", list_style),
    }

    def run(self) -> list[nodes.Node]:
        if self.arguments and not self.arguments[0].strip().isdecimal():
            message = f'postlist: {self.arguments[0]!r} is no number of posts'
            return [self.state.document.reporter.error(message, line=self.lineno)]
        return super().run()


class UpdateDirective(BaseAdmonition):
    """What was changed in a post on a date, as an admonition; the latest is the post's date of update."""

    argument_name: ClassVar[str] = 'date'
    argument_meaning: ClassVar[str] = 'when it was changed'
    node_class = nodes.admonition
    required_arguments = 1

    def run(self) -> list[nodes.Node]:
        date = self.arguments[0]
        self.arguments = [str(_('Updated on %s')) % date]
        self.options.setdefault('class', ['blog-update'])
        found = list(super().run())
        for node in found:
            if isinstance(node, nodes.admonition):
                node[UPDATE] = date
        return found


class MissingPosts(PanelDirective):
    """What is cited but not in the blog, with the posts that cite it."""

    kind = 'missing'
    optional_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'works': Option('papers and books too', directives.flag),
        'gaps': Option('numbers of series for which nothing is known', directives.flag),
    }


class FormulaIndex(PanelDirective):
    """The formulas of the blog by what they are about, each with its posts."""

    kind = 'formulas'
    optional_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'post': Option('only those of a post, by its document or its title', directives.unchanged_required),
        'tags': Option(f'only those of posts with some tags: {_NAMES}', directives.unchanged_required),
        'min-posts': Option(
            'posts that a formula must stand in; 2, with ``post`` or ``tags`` 1', directives.nonnegative_int
        ),
    }


class StartHere(PanelDirective):
    """Where to start: of each topic the few posts that span the others, and what they are about."""

    kind = 'start'
    optional_arguments = 0
    option_spec: ClassVar[dict[str, Callable[[str], Any]]] = {
        'topics': Option('how many topics, the largest; all', directives.positive_int),
        'count': Option(f'how many posts of each, 1 to {MOST_STARTS}; 3', between(1, MOST_STARTS)),
        'excerpts': Option('each with its excerpt', directives.flag),
    }


class Notation(PanelDirective):
    """The symbols of a post: meaning, first place, posts that use them for the same."""

    kind = 'notation'
    argument_name = 'post'
    argument_meaning = 'the post, by its document or its title; else this one'


DIRECTIVES: Final[Mapping[str, type[Directive]]] = {
    'post': PostDirective,
    'postlist': PostList,
    'update': UpdateDirective,
    'related-posts': RelatedPosts,
    'series': SeriesDirective,
    'backlinks': Backlinks,
    'post-graph': PostGraphDirective,
    'missing-posts': MissingPosts,
    'formula-index': FormulaIndex,
    'notation': Notation,
    'start-here': StartHere,
}
"""All of them by name, for a build and for the manual."""


def setup_directives(app: Sphinx) -> None:
    """Register the directives and the nodes that wait for their content."""
    app.add_node(blog_panel_request)
    app.add_node(blog_post)
    for name, directive in DIRECTIVES.items():
        app.add_directive(name, directive)
    for name in ('blog-struck', 'blog-marked'):
        app.add_role(name, _classed)


def _classed(
    name: str, rawtext: str, text: str, _lineno: int, _inliner: object, *_more: object, **_options: object
) -> tuple[list[nodes.Node], list[nodes.system_message]]:
    """Struck and marked words, as imported posts have them."""
    return [nodes.inline(rawtext, unescape(text), classes=[name])], []
