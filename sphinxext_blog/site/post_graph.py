"""The local graph of a post in its page: a drawing with links, in other formats a list.

It stands where a ``post-graph`` directive or ``blog_auto_panels`` puts it, and
in the sidebar of themes whose sidebar names ``sphinxext_blog/post-graph.html``.
A drawing is SVG that is complete when the page is written: no script takes part.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import partial
from html import escape
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import quote as percent_encoded

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.locale import get_translation
from sphinx.util.matching import patmatch

from sphinxext_blog.config import blog_config
from sphinxext_blog.graph.local import (
    EDGE_KINDS,
    LocalGraph,
    LocalNode,
    lay_out,
    most_in,
    neighbourhood,
)
from sphinxext_blog.graph.local_svg import Caption, edge_sample, kinds_drawn, node_sample, to_svg
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.inline import link, text_nodes

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config

    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.panels import Panel

__all__ = [
    'SIDEBAR_TEMPLATE',
    'PostGraph',
    'graph_around',
    'graph_nodes',
    'setup_post_graph',
    'sidebar_graph',
]

_ = get_translation('sphinxext_blog')

SIDEBAR_TEMPLATE: Final = 'sphinxext_blog/post-graph.html'
_WIDTH: Final = 340
"""In pixels: as much as a telephone shows."""
_SIDEBAR_WIDTH: Final = 220
_MOST: Final = 15
_SIDEBAR_MOST: Final = 10


@dataclass(frozen=True, slots=True)
class PostGraph:
    """What a drawing shows; its first node is the post that it is about."""

    graph: LocalGraph
    height: int = 0
    """In pixels at most; 0 for any."""
    named: bool = False
    """It stands on another page: the post that it is about is named."""


def graph_around(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[PostGraph, ...]:
    """Content of a panel; nothing when nothing is around the post."""
    height = int(panel.option('height', '0'))
    most = int(panel.option('max-nodes', str(_MOST)))
    graph = _around(
        subject,
        knowledge,
        depth=int(panel.option('depth', '1')),
        kinds=panel.option('kinds').split() or EDGE_KINDS,
        most=min(most, most_in(height)) if height else most,
    )
    return (PostGraph(graph, height, named=bool(panel.option('post'))),) if graph else ()


def _around(subject: str, knowledge: Knowledge, **how: Any) -> LocalGraph | None:
    if subject not in knowledge.posts:
        return None
    known = knowledge.surroundings
    return neighbourhood(subject, known.ties, known.subjects, **how)


def graph_nodes(builder: Builder, docname: str, content: Sequence[PostGraph]) -> list[nodes.Node]:
    """A local graph for the page of a document."""
    shown = content[0]
    graph = shown.graph
    result: list[nodes.Node] = []
    if shown.named:
        title = text_nodes(graph.nodes[0].title, builder)
        result.append(nodes.paragraph('', '', link(builder, docname, graph.nodes[0].id, title)))
    # A book has to declare in its list of files which of them hold SVG; Sphinx does not.
    if builder.format == 'html' and builder.name != 'epub':
        return [*result, nodes.raw('', _html(builder, docname, shown, _WIDTH), format='html')]
    items = nodes.bullet_list()
    for place, node in enumerate(graph.nodes[1:], start=1):
        items += nodes.list_item('', _item(builder, docname, node, _relation(graph, place)))
    result.append(items)
    if graph.left_out:
        result.append(nodes.paragraph('', _left_out(graph), classes=['blog-note']))
    return result


def _item(builder: Builder, docname: str, node: LocalNode, relation: str) -> nodes.paragraph:
    paragraph = nodes.paragraph()
    title = text_nodes(node.title, builder)
    if node.kind == 'post':
        paragraph += link(builder, docname, node.id, title)
    elif url := _outside(node):
        paragraph += nodes.reference('', '', nodes.inline('', '', *title), refuri=url)
    else:
        paragraph += title
    paragraph += [nodes.Text(' — '), *text_nodes(relation, builder)]
    return paragraph


# HTML ----------------------------------------------------------------------------------


def _html(builder: Builder, docname: str, shown: PostGraph, width: int) -> str:
    from sphinxext_blog.formulas import to_plain

    graph = shown.graph
    captions = [
        Caption(_href(builder, docname, node), _caption(graph, place))
        for place, node in enumerate(graph.nodes)
    ]
    label = str(_('Local graph of “%s”')) % to_plain(graph.nodes[0].title)
    layout = lay_out(graph, width=width, height=shown.height)
    key = [f'<p class="blog-graph-legend">{" ".join(_legend(graph))}</p>']
    if graph.left_out:
        key.append(f'<p class="blog-note">{escape(_left_out(graph))}</p>')
    if blog_config(builder.config).graph_page and builder.name in PAGE_BUILDERS:
        uri = builder.get_relative_uri(docname, graph_page_name(builder.config))
        place = percent_encoded(graph.nodes[0].id, safe='')
        words = str(_('Show in the graph'))
        key.append(f'<p><a href="{escape(uri)}#n={place}">{escape(words)}</a></p>')
    return '\n'.join(
        [
            '<div class="blog-graph">',
            to_svg(graph, layout, captions, label=label),
            '<div class="blog-graph-key">',
            *key,
            '</div>\n</div>\n',
        ]
    )


def _href(builder: Builder, docname: str, node: LocalNode) -> str:
    if node.kind != 'post':
        return _outside(node)
    if node.id == docname:
        return ''
    try:
        return builder.get_relative_uri(docname, node.id)
    except NoUri:
        return ''


def _outside(node: LocalNode) -> str:
    """The address of a work, if it is one of a page on the web and nothing that runs."""
    return node.url if node.url.lower().startswith(('http://', 'https://')) else ''


def _caption(graph: LocalGraph, place: int) -> str:
    from sphinxext_blog.formulas import to_plain

    title = to_plain(graph.nodes[place].title)
    return f'{title} — {to_plain(_relation(graph, place))}' if place else title


def _legend(graph: LocalGraph) -> Iterator[str]:
    words = {
        'series': _('Series'),
        'cites': _('Citations'),
        'equation': _('Equations'),
        'formula': _('Same formula'),
        'related': _('Related'),
    }
    yield _sample(node_sample('post', centre=True), str(_('This post')))
    for kind in kinds_drawn(graph):
        yield _sample(edge_sample(kind), str(words[kind]))
    present = {node.kind for node in graph.nodes}
    if 'missing' in present:
        yield _sample(node_sample('missing'), str(_('Cited, but not in this blog')))
    if 'work' in present:
        yield _sample(node_sample('work'), str(_('Cited work')))


def _sample(drawing: str, word: str) -> str:
    return f'<span>{drawing} {escape(word)}</span>'


# words ---------------------------------------------------------------------------------


def _relation(graph: LocalGraph, place: int) -> str:
    """How a node is tied to the post, or by way of which one."""
    node = graph.nodes[place]
    if node.distance > 1:
        # Titles may hold anything, also what looks like a placeholder.
        words = [str(_('by way of “%s”')).replace('%s', graph.nodes[node.parent].title)]
    else:
        # Posts may be each other's nearest, or cite each other.
        ties = dict.fromkeys(
            _tie(edge.kind, incoming=edge.source == place)
            for kind in EDGE_KINDS
            for edge in graph.edges
            if edge.kind == kind and {edge.source, edge.target} == {0, place}
        )
        words = list(ties)
    if node.kind == 'missing':
        words.append(str(_('not in this blog')))
    elif node.kind == 'work':
        words.append(str(_('cited work')))
    return '; '.join(words)


def _tie(kind: str, *, incoming: bool) -> str:
    match kind, incoming:
        case 'series', True:
            return str(_('previous part'))
        case 'series', False:
            return str(_('next part'))
        case 'cites', True:
            return str(_('cites this post'))
        case 'cites', False:
            return str(_('cited by this post'))
        case 'equation', True:
            return str(_('uses equations of this post'))
        case 'equation', False:
            return str(_('its equations are used by this post'))
        case 'formula', _incoming:
            return str(_('shares formulas'))
        case _:
            return str(_('related'))


def _left_out(graph: LocalGraph) -> str:
    return str(_('%d more not shown')) % graph.left_out


# the sidebar ---------------------------------------------------------------------------


def sidebar_graph(app: Sphinx, docname: str) -> PostGraph | None:
    """What the sidebar of a page shows; nothing where no sidebar has the template."""
    blog: Any = app.env.get_domain('blog')
    if app.builder.format != 'html' or not _in_sidebar(app, docname):
        return None
    graph = _around(docname, blog.knowledge, most=_SIDEBAR_MOST)
    return PostGraph(graph) if graph else None


def _in_sidebar(app: Sphinx, docname: str) -> bool:
    config: Config = app.config
    if any(
        patmatch(docname, pattern) and _names_template(templates)
        for pattern, templates in config.html_sidebars.items()
    ):
        return True
    theme: Any = getattr(app.builder, 'theme', None)
    return _names_template(config.html_theme_options) or _names_template(
        getattr(theme, 'sidebar_templates', None)
    )


def _names_template(value: object) -> bool:
    """Whether our template is anywhere in a value: themes have lists of templates among their options."""
    if isinstance(value, str):
        names = [name.strip() for name in value.split(',')]
        return SIDEBAR_TEMPLATE in names or SIDEBAR_TEMPLATE.removesuffix('.html') in names
    if isinstance(value, dict):
        return any(map(_names_template, value.values()))
    return isinstance(value, (list, tuple)) and any(map(_names_template, value))


def _sidebar_html(app: Sphinx, docname: str) -> str:
    shown = sidebar_graph(app, docname)
    if shown is None:
        return ''
    heading = escape(str(_('Local graph')))
    return (
        f'<aside class="blog-panel blog-local-graph blog-local-graph-aside" aria-label="{heading}">\n'
        f'<p class="blog-panel-title">{heading}</p>\n'
        f'{_html(app.builder, docname, shown, _SIDEBAR_WIDTH)}</aside>\n'
    )


def _give_template(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    del templatename, doctree
    if hasattr(app.builder, 'implementation'):
        return  # json and pickle write the context itself, and have no sidebar
    # Called only by the template: most sites don't have it.
    context['blog_post_graph'] = partial(_sidebar_html, app, pagename)


def setup_post_graph(app: Sphinx) -> None:
    """Give the sidebar's template what it shows."""
    # Before themes that look whether a template comes out empty.
    app.connect('html-page-context', _give_template, priority=400)
