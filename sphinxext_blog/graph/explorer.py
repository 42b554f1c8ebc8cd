"""The graph as the graph page reads it.

:func:`to_network` makes the pyvis model: nodes with their positions, sizes and
labels, edges by kind, and the options of vis-network for a graph that is laid
out already. :func:`explorer_files` writes that model as two scripts which a
page loads from anywhere, ``file://`` included: ``graph-data.js`` holds what the
map draws, in columns; ``graph-evidence.js`` holds what only a selected node
shows, and is loaded then. Each is one call of one function with a JSON literal
in which no character sequence can end a script element.

pyvis is used as a model only: its own templates, titles and menus let text
through as markup, and it is imported late because it imports IPython.
"""

from __future__ import annotations

import json
import math
import re
from importlib import resources
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas import formula_html, render_html, to_plain
from sphinxext_blog.scripts import data_script

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    from pyvis.network import Network

__all__ = ['EDGE_KINDS', 'NODE_KINDS', 'explorer_files', 'safe_url', 'to_network', 'vis_network_script']

NODE_KINDS: Final = ('post', 'missing', 'work')
EDGE_KINDS: Final = ('cites', 'series', 'equation', 'formula', 'related')
FORMAT_VERSION: Final = 1
"""Version of the two data files; the page's scripts refuse another one."""

_SHAPES: Final = {'post': 'dot', 'missing': 'dot', 'work': 'square'}
_RADIUS: Final = {'post': (7.0, 13.0), 'missing': (5.0, 4.0), 'work': (5.0, 4.0)}
"""Smallest radius in px and what the highest PageRank of the kind adds to it."""
_MANY_EDGES: Final = 1000
_SCHEME = re.compile(r'([A-Za-z][A-Za-z0-9+.\-]*):')
_URL_NOISE = re.compile('[\x00-\x20\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff]')


def to_network(graph: nx.MultiDiGraph) -> Network:
    """The pyvis model of a graph that has been measured and placed.

    The id of a vis node is its place in the sorted order of the graph's ids, so
    that edges are pairs of small integers. The lists of the model are filled
    directly: ``add_node`` and ``add_edge`` look through all that is there, and
    ``from_nx`` changes the graph (https://github.com/WestHealth/pyvis/issues/25).

    :param graph: every node has ``kind``, ``title``, ``x``, ``y``,
        ``community`` and ``pagerank``.
    :raises ValueError: when a node lacks one of them.
    """
    from pyvis.edge import Edge
    from pyvis.network import Network
    from pyvis.node import Node

    network = Network(directed=True)
    number = {node: index for index, node in enumerate(sorted(graph))}
    top = dict.fromkeys(NODE_KINDS, 0.0)
    for node, data in graph.nodes(data=True):
        for name in ('kind', 'title', 'x', 'y', 'community', 'pagerank'):
            if name not in data:
                raise ValueError(
                    f'node {node!r} of the graph has no {name!r}; measure and place the graph first'
                )
        top[data['kind']] = max(top[data['kind']], data['pagerank'])
    for node, index in number.items():
        data = graph.nodes[node]
        kind = data['kind']
        smallest, extra = _RADIUS[kind]
        share = data['pagerank'] / top[kind] if top[kind] else 0.0
        options = Node(
            index,
            _SHAPES[kind],
            _label(data) or node,
            x=float(data['x']),
            y=float(data['y']),
            size=round(smallest + extra * math.sqrt(share), 1),
            group=int(data['community']),
        ).options
        network.nodes.append(options)
        network.node_ids.append(index)
        network.node_map[index] = options
    for source, target, kind, data in sorted(graph.edges(keys=True, data=True), key=lambda edge: edge[:3]):
        weight = round(float(data.get('weight', 1.0)), 4)
        options = Edge(number[source], number[target], directed=True, kind=kind, value=weight).options
        network.edges.append(options)
    network.options = _vis_options(len(network.edges))
    return network


def _label(data: Mapping[str, Any]) -> str:
    """The title in plain Unicode; one that is only the first clause of its post says so by an ellipsis."""
    label = to_plain(data['title'])
    return f'{label}…' if label and _is_cut(data) else label


def _is_cut(data: Mapping[str, Any]) -> bool:
    return bool(data.get('title_derived')) and not data['title'].rstrip().endswith(('…', '...'))


def _vis_options(edges: int) -> dict[str, Any]:
    """A finished layout, and all reactions to the pointer in the page's own hands.

    vis' hover tests every edge at each movement, its smooth edges add a hidden
    body for each, and hiding edges while the map moves keeps it smooth when
    there are many.
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
            'selectable': False,
            'selectConnectedEdges': False,
            'hideEdgesOnDrag': edges > _MANY_EDGES,
            'hideEdgesOnZoom': edges > _MANY_EDGES,
            'keyboard': {'enabled': False},
            'tooltipDelay': 3_600_000,
        },
    }


def explorer_files(graph: nx.MultiDiGraph, *, excerpts: Mapping[str, str] | None = None) -> dict[str, bytes]:
    """The data of the graph page, by file name.

    :param graph: as :func:`to_network` wants it.
    :param excerpts: node id -> first words of the post, LaTeX between dollar signs.
    :return: ``graph-data.js`` and ``graph-evidence.js``, UTF-8; equal graphs give equal bytes.
    :raises ValueError: when a node lacks an attribute that the page needs.
    """
    nodes, edges, _heading, _height, _width, options = to_network(graph).get_network_data()
    ids = sorted(graph)
    data = {
        'version': FORMAT_VERSION,
        'kinds': list(NODE_KINDS),
        'edgeKinds': list(EDGE_KINDS),
        'options': json.loads(options) if isinstance(options, str) else options,
        'mainPosts': _main_posts(graph, ids),
        **_node_columns(graph, ids, nodes),
        'edges': {
            'source': [edge['from'] for edge in edges],
            'target': [edge['to'] for edge in edges],
            'kind': [EDGE_KINDS.index(edge['kind']) for edge in edges],
            'weight': [edge['value'] for edge in edges],
        },
    }
    labels = {node: options['label'] for node, options in zip(ids, nodes, strict=True)}
    evidence = {
        'version': FORMAT_VERSION,
        'excerpts': {
            str(index): render_html(excerpts[node])
            for index, node in enumerate(ids)
            if excerpts and excerpts.get(node)
        },
        'edges': [
            _edge_evidence(graph, (ids[edge['from']], ids[edge['to']], edge['kind']), labels)
            for edge in edges
        ],
    }
    return {
        'graph-data.js': data_script('blogGraph.receive', 'data', data),
        'graph-evidence.js': data_script('blogGraph.receive', 'evidence', evidence),
    }


def _main_posts(graph: nx.MultiDiGraph, ids: Sequence[str]) -> list[int]:
    """Number of the main post of each community; -1 where a community has no post."""
    from sphinxext_blog.graph.measures import main_posts

    main = main_posts(graph)
    number = {node: index for index, node in enumerate(ids)}
    communities = max((data['community'] for _, data in graph.nodes(data=True)), default=-1) + 1
    return [number[main[label]] if label in main else -1 for label in range(communities)]


def _node_columns(
    graph: nx.MultiDiGraph, ids: Sequence[str], nodes: Sequence[Mapping[str, Any]]
) -> dict[str, Any]:
    records = [graph.nodes[node] for node in ids]
    tags = sorted({tag for record in records for tag in record.get('tags', ())})
    series = sorted({record['series'] for record in records if record.get('series')})
    tag_number = {tag: index for index, tag in enumerate(tags)}
    series_number = {name: index for index, name in enumerate(series)}
    return {
        'tags': tags,
        'series': [{'name': to_plain(name), 'html': render_html(name)} for name in series],
        'nodes': {
            'id': list(ids),
            'label': [node['label'] for node in nodes],
            # Markup only where the title is more than its label.
            'html': {
                str(index): render_html(record['title']) + ('…' if _is_cut(record) else '')
                for index, record in enumerate(records)
                if '$' in record['title']
            },
            'kind': [NODE_KINDS.index(record['kind']) for record in records],
            'url': [safe_url(record.get('url', '')) for record in records],
            'date': [record.get('date', '') for record in records],
            'tags': [[tag_number[tag] for tag in record.get('tags', ())] for record in records],
            'series': [series_number.get(record.get('series', ''), -1) for record in records],
            'part': [record.get('series_index') for record in records],
            'community': [node['group'] for node in nodes],
            'pagerank': [round(float(record['pagerank']), 6) for record in records],
            'size': [node['size'] for node in nodes],
            'x': [node['x'] for node in nodes],
            'y': [node['y'] for node in nodes],
        },
    }


def _edge_evidence(
    graph: nx.MultiDiGraph, ends: tuple[str, str, str], labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What the panel tells of an edge: plain words, and HTML where mathematics may be.

    A sentence is told once. Where it refers to an equation it cites the post as
    well: it stands with the citation, and with the equation only its number.
    """
    source, target, kind = ends
    edge = graph.edges[ends]
    evidence: list[Mapping[str, Any]] = list(edge.get('evidence', ()))
    if kind == 'cites':
        evidence = _once(evidence)
    told = [_told(item, edge, labels) for item in evidence]
    if kind == 'equation' and graph.has_edge(source, target, 'cites'):
        cited = {item.get('context') for item in graph.edges[source, target, 'cites'].get('evidence', ())}
        for item, known in zip(told, evidence, strict=True):
            if known.get('context') in cited and 'number' in item:
                item.pop('html', None)
    return told


def _once(evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Evidence with each sentence once, where it stands first, with the spans of all mentions in it."""
    once: dict[Any, dict[str, Any]] = {}
    for number, item in enumerate(evidence):
        known = once.setdefault(item.get('context') or number, dict(item) | {'spans': []})
        if 'span' in item:
            known['spans'].append(item['span'])
    return list(once.values())


def _told(evidence: Mapping[str, Any], edge: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {'how': str(evidence.get('how', ''))}
    context = evidence.get('context') or evidence.get('text')
    if isinstance(context, str) and context:
        told['html'] = _marked(
            context, evidence.get('spans', [evidence['span']] if 'span' in evidence else [])
        )
    for name in ('anchor', 'label', 'number', 'score', 'source_number', 'target_number'):
        if name in evidence:
            told[name] = evidence[name]
    if 'source_latex' in evidence:
        told['formulas'] = _formulas(evidence)
    if 'series' in evidence:
        told['series'] = to_plain(str(evidence['series']))
    if edge.get('gap'):
        told['gap'] = list(edge['gap'])
    if evidence.get('detail'):
        told['detail'] = [labels.get(item, to_plain(str(item))) for item in evidence['detail']]
    return told


def _formulas(evidence: Mapping[str, Any]) -> list[dict[str, str]]:
    """A shared formula in the source and in the target: its anchor, and its markup where they differ."""
    told: list[dict[str, str]] = []
    for end in ('source', 'target'):
        formula = {'anchor': str(evidence.get(f'{end}_anchor', ''))}
        if not told or evidence['how'] != 'surface':
            formula['html'] = formula_html(str(evidence[f'{end}_latex']), display=True)
        told.append(formula)
    return told


def _marked(context: str, spans: Sequence[Sequence[int]]) -> str:
    """The sentence as HTML, the mentions in it marked; unmarked where a span would cut a formula."""
    out: list[str] = []
    done = 0
    for start, end in sorted((int(span[0]), int(span[1])) for span in spans):
        before, mention = context[done:start], context[start:end]
        if done <= start < end <= len(context) and not before.count('$') % 2 and not mention.count('$') % 2:
            out += [render_html(before), f'<mark>{render_html(mention)}</mark>']
            done = end
    return ''.join([*out, render_html(context[done:])])


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
