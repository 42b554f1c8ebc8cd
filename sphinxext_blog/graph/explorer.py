"""The graph as pyvis knows it: nodes with their places, sizes and labels, edges by kind.

pyvis is used as a model only: its own templates, titles and menus let text
through as markup, and it is imported late because it imports IPython.
"""

from __future__ import annotations

import math
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas import to_plain

if TYPE_CHECKING:
    from collections.abc import Mapping

    import networkx as nx
    from pyvis.network import Network

__all__ = [
    'EDGE_KINDS',
    'NODE_KINDS',
    'by_importance',
    'is_cut',
    'plain_label',
    'safe_url',
    'to_network',
    'vis_network_script',
]

NODE_KINDS: Final = ('post', 'missing', 'work')
EDGE_KINDS: Final = ('cites', 'series', 'equation', 'formula', 'related')
_SHAPES: Final = {'post': 'dot', 'missing': 'dot', 'work': 'square'}
_RADIUS: Final = {'post': (7.0, 13.0), 'missing': (5.0, 4.0), 'work': (5.0, 4.0)}
"""Smallest radius in px and what the highest PageRank of the kind adds to it."""
_MANY_EDGES: Final = 1000
_NEEDED: Final = ('kind', 'title', 'x', 'y', 'community', 'pagerank')
_SCHEME = re.compile(r'([A-Za-z][A-Za-z0-9+.\-]*):')
_URL_NOISE = re.compile('[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')


def by_importance(graph: nx.MultiDiGraph) -> list[str]:
    """Ids of the nodes as the page numbers them: posts, then the others, each by falling PageRank.

    With such numbers the most important of any set are the smallest.

    :raises ValueError: when a node lacks an attribute that the page needs.
    """
    for node, data in graph.nodes(data=True):
        for name in _NEEDED:
            if name not in data:
                raise ValueError(
                    f'node {node!r} of the graph has no {name!r}; measure and place the graph first'
                )
    nodes = graph.nodes
    return sorted(
        graph, key=lambda node: (nodes[node]['kind'] != 'post', -float(nodes[node]['pagerank']), node)
    )


def to_network(graph: nx.MultiDiGraph) -> Network:
    """The pyvis model of a graph that has been measured and placed.

    The id of a vis node is its place in :func:`by_importance`, so that edges
    are pairs of small integers. The lists of the model are filled directly:
    ``add_node`` and ``add_edge`` look through all that is there, and
    ``from_nx`` changes the graph (https://github.com/WestHealth/pyvis/issues/25).

    :param graph: every node has ``kind``, ``title``, ``x``, ``y``,
        ``community`` and ``pagerank``.
    :raises ValueError: when a node lacks one of them.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network(directed=True)
    order = by_importance(graph)
    number = {node: index for index, node in enumerate(order)}
    top = dict.fromkeys(NODE_KINDS, 0.0)
    for _node, data in graph.nodes(data=True):
        top[data['kind']] = max(top[data['kind']], data['pagerank'])
    for index, node in enumerate(order):
        data = graph.nodes[node]
        kind = data['kind']
        smallest, extra = _RADIUS[kind]
        share = data['pagerank'] / top[kind] if top[kind] else 0.0
        options = Node(
            index,
            _SHAPES[kind],
            plain_label(data) or node,
            x=float(data['x']),
            y=float(data['y']),
            size=round(smallest + extra * math.sqrt(share), 1),
            group=int(data['community']),
        ).options
        network.nodes.append(options)
        network.node_ids.append(index)
        network.node_map[index] = options
    numbered = (
        (number[source], number[target], EDGE_KINDS.index(kind), weight)
        for source, target, kind, weight in graph.edges(keys=True, data='weight', default=1.0)
        if kind in EDGE_KINDS
    )
    for source, target, kind, weight in sorted(numbered):
        value = round(float(weight), 4)
        edge = Edge(source, target, directed=True, kind=EDGE_KINDS[kind], value=value)
        network.edges.append(edge.options)
    network.options = _vis_options(len(network.edges))
    return network


def plain_label(data: Mapping[str, Any]) -> str:
    """A node's title in plain Unicode; one that is only the first clause of its post ends in an ellipsis."""
    label = to_plain(data['title'])
    return f'{label}…' if label and is_cut(data) else label


def is_cut(data: Mapping[str, Any]) -> bool:
    """Whether a node's title is the beginning of its text, cut off without a mark."""
    return bool(data.get('title_derived')) and not data['title'].rstrip().endswith(('…', '...'))


def _vis_options(edges: int) -> dict[str, Any]:
    """A finished layout, and all reactions to the pointer in the page's own hands.

    vis' hover tests every edge at each movement, its smooth edges add a hidden
    body for each, hiding edges while the map moves keeps it smooth when there
    are many, and its gestures keep a finger from scrolling the page.
    """
    return {
        'physics': {'enabled': False},
        'layout': {'improvedLayout': False},
        'nodes': {'borderWidth': 1.5, 'labelHighlightBold': False, 'chosen': False},
        'edges': {
            'smooth': False,
            'arrows': {'to': {'enabled': False}},
            'chosen': False,
            'selectionWidth': 0,
        },
        'interaction': {
            'hover': False,
            'dragNodes': False,
            'dragView': False,
            'zoomView': False,
            'selectable': False,
            'selectConnectedEdges': False,
            'hideEdgesOnDrag': edges > _MANY_EDGES,
            'hideEdgesOnZoom': edges > _MANY_EDGES,
            'keyboard': {'enabled': False},
            'tooltipDelay': 3_600_000,
        },
    }


def safe_url(url: str) -> str:
    """The URL when following it can't run a script, else ``''``.

    Relative addresses, http and https pass. Browsers drop control characters
    and blanks before they look for a scheme, so they are dropped here first.
    """
    scheme = _SCHEME.match(_URL_NOISE.sub('', url))
    return url if scheme is None or scheme[1].lower() in {'http', 'https'} else ''


def vis_network_script() -> bytes:
    """vis-network's JavaScript as pyvis brings it, licence banner included.

    :raises FileNotFoundError: when the installed pyvis brings none.
    """
    library = resources.files('pyvis') / 'lib'
    found = {
        tuple(map(int, version[1].split('.'))): folder / 'vis-network.min.js'
        for folder in library.iterdir()
        if (version := re.fullmatch(r'vis-(\d+(?:\.\d+)*)', folder.name))
        and (folder / 'vis-network.min.js').is_file()
    }
    if not found:
        raise FileNotFoundError('the installed pyvis has no vis-network.min.js; install pyvis 0.3.2 or later')
    return found[max(found)].read_bytes()
