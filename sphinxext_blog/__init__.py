"""Publish a mathematical blog with Sphinx, with a knowledge graph that understands it.

Add ``'sphinxext_blog'`` to ``extensions`` in ``conf.py`` and build. Posts become
records, the mentions between them a graph, and the graph becomes panels
on each page, a page to explore it, and files to load it elsewhere::

    >>> graph = sphinxext_blog.load_graph('_build/html/graph.json')  # doctest: +SKIP

:func:`setup` below is the whole wiring, in the order of a build.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import os

    import networkx as nx
    from sphinx.application import Sphinx

__all__ = ['__version__', 'load_graph', 'setup']

__version__ = '0.1.0'


def load_graph(source: str | os.PathLike[str]) -> nx.MultiDiGraph:
    """The graph of a blog from its ``graph.json`` or ``graph.graphml``.

    :param source: path or URL of the file.
    :raises OSError: when it can't be read.
    :raises ValueError: when it is no graph of this extension.
    """
    from sphinxext_blog import graph

    return graph.load_graph(source)


def setup(app: Sphinx) -> dict[str, Any]:
    """Wire the extension into a build: Sphinx calls this."""
    from sphinxext_blog.config import setup_config
    from sphinxext_blog.site.ablog import setup_ablog_names
    from sphinxext_blog.site.archive_pages import setup_archive_pages
    from sphinxext_blog.site.archives import import_archives
    from sphinxext_blog.site.assets import LOCALE, add_assets
    from sphinxext_blog.site.build_lock import hold, release
    from sphinxext_blog.site.cjk_search import setup_cjk_search
    from sphinxext_blog.site.directives import setup_directives
    from sphinxext_blog.site.domain import BlogDomain
    from sphinxext_blog.site.embeds import EmbedDocuments
    from sphinxext_blog.site.equation_labels import scope_equation_labels, warn_ambiguous_equation
    from sphinxext_blog.site.equation_reading import (
        COLLECT_PRIORITY,
        NUMBER_PRIORITY,
        collect_references,
        read_equations,
    )
    from sphinxext_blog.site.equation_writing import WriteEquations
    from sphinxext_blog.site.exports import export_knowledge
    from sphinxext_blog.site.feeds import setup_feeds
    from sphinxext_blog.site.formula_page import setup_formula_page
    from sphinxext_blog.site.formula_reading import check_macros
    from sphinxext_blog.site.formula_tools import setup_formula_tools
    from sphinxext_blog.site.graph_page import setup_graph_page
    from sphinxext_blog.site.heading_ids import setup_heading_ids
    from sphinxext_blog.site.leftovers import note_files, remove_moved
    from sphinxext_blog.site.line_joins import setup_line_joins
    from sphinxext_blog.site.link_check import setup_link_check
    from sphinxext_blog.site.links import LinkMentions, PlacePanels
    from sphinxext_blog.site.markdown import use_blog_markdown
    from sphinxext_blog.site.mathml_renderer import setup_mathml_renderer
    from sphinxext_blog.site.own_pages import resolve_own_pages
    from sphinxext_blog.site.page_heads import setup_page_heads
    from sphinxext_blog.site.panel_elements import setup_panel_elements
    from sphinxext_blog.site.post_graph import setup_post_graph
    from sphinxext_blog.site.raw_html import PlaceFiles
    from sphinxext_blog.site.raw_links import LinkRawHtml
    from sphinxext_blog.site.reading import (
        READ_PRIORITY,
        find_outdated_formulas,
        find_unsaved,
        forget_document,
        let_go_of_posts,
        prepare_reading,
        read_document,
    )
    from sphinxext_blog.site.rebuild import advance, find_stale_pages, note_written
    from sphinxext_blog.site.reporting import warn_missing_post, warn_unused_patterns
    from sphinxext_blog.site.search_words import setup_search_words
    from sphinxext_blog.site.site_address import setup_site_address
    from sphinxext_blog.site.source_encoding import check_encodings
    from sphinxext_blog.site.virtual_environments import leave_out_environments
    from sphinxext_blog.site.withheld import setup_withheld

    # what a writer can say
    app.add_message_catalog('sphinxext_blog', str(LOCALE))
    setup_config(app)
    setup_ablog_names(app)
    setup_site_address(app)
    app.add_domain(BlogDomain)
    setup_directives(app)
    app.connect('config-inited', leave_out_environments)
    app.connect('config-inited', scope_equation_labels)
    app.connect('config-inited', check_macros)
    app.connect('config-inited', use_blog_markdown)
    # before reading
    app.connect('builder-inited', hold, priority=0)
    app.connect('builder-inited', let_go_of_posts, priority=1)
    app.connect('builder-inited', import_archives)
    app.connect('builder-inited', add_assets)
    # reading: documents become records
    setup_heading_ids(app)
    setup_line_joins(app)
    app.connect('env-get-outdated', find_unsaved)
    app.connect('env-get-outdated', find_outdated_formulas)
    app.connect('env-before-read-docs', check_encodings)
    app.connect('env-before-read-docs', prepare_reading)
    app.connect('env-purge-doc', forget_document)
    app.connect('doctree-read', read_equations, priority=NUMBER_PRIORITY)
    app.connect('doctree-read', read_document, priority=READ_PRIORITY)
    app.connect('doctree-read', collect_references, priority=COLLECT_PRIORITY)
    # all are read: records become knowledge, and tell which pages are stale
    app.connect('env-updated', warn_unused_patterns)
    app.connect('env-updated', find_stale_pages)
    app.connect('env-updated', remove_moved)
    # writing: knowledge goes into the pages
    app.add_post_transform(PlaceFiles)
    app.add_post_transform(LinkRawHtml)
    app.add_post_transform(EmbedDocuments)
    app.add_post_transform(LinkMentions)
    app.add_post_transform(PlacePanels)
    app.add_post_transform(WriteEquations)
    setup_formula_tools(app)
    setup_search_words(app)
    setup_cjk_search(app)
    setup_panel_elements(app)
    setup_post_graph(app)
    setup_mathml_renderer(app)
    app.connect('missing-reference', resolve_own_pages)
    app.connect('warn-missing-reference', warn_missing_post)
    app.connect('warn-missing-reference', warn_ambiguous_equation)
    app.connect('doctree-resolved', note_written)
    # once per site
    setup_graph_page(app)
    setup_formula_page(app)
    setup_archive_pages(app)
    setup_page_heads(app)
    setup_withheld(app)
    setup_link_check(app)
    app.connect('build-finished', export_knowledge)
    setup_feeds(app)
    app.connect('build-finished', note_files)
    app.connect('build-finished', advance)
    app.connect('build-finished', let_go_of_posts, priority=998)
    app.connect('build-finished', release, priority=999)
    return {
        'version': __version__,
        'env_version': 3,
        'parallel_read_safe': True,
        'parallel_write_safe': True,
    }
