"""Sites whose graph is known in advance, and a reader's way around their graph page."""

from __future__ import annotations

import json

import networkx as nx

CONF = """
import json
from types import SimpleNamespace
import networkx as nx
from sphinx.domains import Domain
from sphinxext_blog.config import setup_config
from sphinxext_blog.site.graph_page import setup_graph_page
from sphinxext_blog.site.last_build import LastBuild

project = 'Notes </title>'
html_theme = 'basic'

class Blog(Domain):
    # stands in for the domain of the extension: a graph that is known in advance
    name = 'blog'
    label = 'blog'
    last_build = LastBuild()

    @property
    def knowledge(self):
        data = json.loads((self.env.srcdir / 'graph.in.json').read_text(encoding='utf-8'))
        graph = nx.node_link_graph(data, edges='edges')
        posts = {n: SimpleNamespace(excerpt='We ask when $\\\\sum a_n$ converges.') for n in graph}
        return SimpleNamespace(graph=graph, posts=posts)

def setup(app):
    app.add_domain(Blog)
    setup_config(app)
    setup_graph_page(app)
"""


def site_files(graph, *, pages=True, **conf):
    """The sources of a site with this graph; with *pages* each post is a document."""
    files = {
        'conf.py': CONF + ''.join(f'{k} = {v!r}\n' for k, v in conf.items()),
        'index.rst': 'Home\n====\n',
        'graph.in.json': json.dumps(nx.node_link_data(graph, edges='edges')),
    }
    if pages:
        files |= {
            f'{node}.rst': f':orphan:\n\nPage {node}\n{"=" * 40}\n'
            for node, kind in graph.nodes(data='kind')
            if kind == 'post'
        }
    return files


def spot(page, node):
    """Where a node stands in the window."""
    return page.evaluate(
        """(id) => {
            const box = document.getElementById('bg-map').getBoundingClientRect();
            const [x, y] = window.blogGraph.pointOf(window.blogGraph.numberOf(id));
            return [box.left + x, box.top + y];
        }""",
        node,
    )


def spot_at_rest(page, node):
    """Where a node stands when the map has made room for the panel, which it does after a moment."""
    page.wait_for_timeout(500)
    before, now = None, spot(page, node)
    while before != now:
        page.wait_for_timeout(150)
        before, now = now, spot(page, node)
    return now


def panel_title(page):
    return page.locator('#bg-panel h2').inner_text()
