"""Which posts matter, and which belong together.

:func:`measure` writes PageRank and communities onto the nodes. Both go through
networkx's own functions, so that an installed backend can compute them, but for
the communities of very large graphs.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np

from sphinxext_blog.graph.louvain import find_communities

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

__all__ = ['main_posts', 'measure', 'projection']

RELATED_SHARE = 0.2
"""Weight of a ``related`` edge beside a stated one: a guess of ours must not outvote an author's link."""

_OFFERED = frozenset({'related', 'mention'})
"""Kinds that are guesses of ours and no votes."""
_SYMMETRIC_KINDS = frozenset({'formula', 'related'})
_SEED = 20100101
_LARGE = 20_000
"""Nodes from which on networkx takes longer for communities than all else takes together."""


def measure(graph: nx.MultiDiGraph) -> None:
    """Write ``pagerank`` and ``community`` onto every node.

    PageRank [1]_ counts what authors state as votes, by weight: a citation is a
    vote for what it cites, a use of an equation one for the post of the
    equation, a step of a series one for the next post, a shared formula one in
    each direction. Three things are no votes: ``related`` and ``mention``, which
    are our guesses, and the steps of a series to and from missing parts, which are the reading
    order and nobody's choice. The values of all nodes add up to 1 but for
    rounding to nine digits. Communities are Louvain's [2]_ on
    the undirected graph of all kinds, numbered from 0 by falling size, then by
    their smallest id; a node without edges is a community of its own.

    .. [1] Page, Brin, Motwani, Winograd: The PageRank Citation Ranking (1999).
    .. [2] Blondel, Guillaume, Lambiotte, Lefebvre: Fast unfolding of
       communities in large networks. J. Stat. Mech. (2008) P10008.
    """
    names = list(graph)
    number = {name: index for index, name in enumerate(names)}
    ranks = nx.pagerank(_stated(graph, number), weight='weight')
    # Integers instead of names: Louvain iterates over sets of nodes, and the
    # order of a set of strings changes with every process.
    labels = _numbered(_communities(projection(graph)))
    for name, index in number.items():
        graph.nodes[name]['pagerank'] = round(float(ranks[index]), 9)
        graph.nodes[name]['community'] = labels[index]


def _communities(simple: nx.Graph) -> list[set[int]]:
    if len(simple) <= _LARGE:
        found: list[set[int]] = nx.community.louvain_communities(simple, weight='weight', seed=_SEED)
        return found
    edges = list(simple.edges(data='weight'))
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    weights = np.array([edge[2] for edge in edges], dtype=np.float64)
    return find_communities(len(simple), ends, weights, seed=_SEED)


def _stated(graph: nx.MultiDiGraph, number: dict[str, int]) -> nx.DiGraph:
    """What votes in PageRank, parallel edges added up."""
    simple = nx.DiGraph()
    simple.add_nodes_from(number.values())
    for source, target, kind, weight in graph.edges(keys=True, data='weight', default=1.0):
        if kind in _OFFERED or (kind == 'series' and _leads_outside(graph, source, target)):
            continue
        pairs = [(number[source], number[target])]
        if kind in _SYMMETRIC_KINDS:
            pairs.append((number[target], number[source]))
        for one, two in pairs:
            before = simple.get_edge_data(one, two, {'weight': 0.0})['weight']
            simple.add_edge(one, two, weight=before + weight)
    return simple


def _leads_outside(graph: nx.MultiDiGraph, source: str, target: str) -> bool:
    return any(graph.nodes[node].get('kind') != 'post' for node in (source, target))


def main_posts(graph: nx.MultiDiGraph) -> dict[int, str]:
    """The post that a community is called after: the one most tied to the others.

    It has the greatest weighted degree over edges between posts of the
    community; of equal ones the newest is taken, then the first docname. A post
    whose title is derived names a community only when all its posts are such.

    :param graph: every node has ``kind`` and ``community``.
    :returns: number of the community -> docname; without communities that have no post.
    """
    nodes = graph.nodes
    degree = {node: 0.0 for node, kind in nodes(data='kind') if kind == 'post'}
    for source, target, kind, weight in graph.edges(keys=True, data='weight', default=1.0):
        one, two = source in degree, target in degree
        if one and two and source != target and nodes[source]['community'] == nodes[target]['community']:
            for end in (source, target):
                degree[end] += _share(kind, weight)
    best: dict[int, str] = {}
    # Dates compare as text: a reduced date is older than a full one of its year, '--' and '' oldest.
    for node in sorted(sorted(degree), key=lambda node: nodes[node].get('date', ''), reverse=True):
        label = nodes[node]['community']
        if label not in best or _standing(graph, node, degree) > _standing(graph, best[label], degree):
            best[label] = node
    return dict(sorted(best.items()))


def _standing(graph: nx.MultiDiGraph, node: str, degree: Mapping[str, float]) -> tuple[bool, float]:
    return (not graph.nodes[node].get('title_derived'), round(degree[node], 9))


def _share(kind: str, weight: float) -> float:
    return weight * (RELATED_SHARE if kind in _OFFERED else 1.0)


def projection(graph: nx.MultiDiGraph) -> nx.Graph:
    """The graph without kinds and directions.

    :returns: nodes 0 … n-1 in the order of ``graph``; weights added up over
        parallel edges, ``related`` ones counting :data:`RELATED_SHARE`.
    """
    number = {name: index for index, name in enumerate(graph)}
    simple = nx.Graph()
    simple.add_nodes_from(number.values())
    for source, target, kind, weight in graph.edges(keys=True, data='weight', default=1.0):
        one, two = sorted((number[source], number[target]))
        before = simple.get_edge_data(one, two, {'weight': 0.0})['weight']
        simple.add_edge(one, two, weight=before + _share(kind, weight))
    return simple


def _numbered(communities: Iterable[set[int]]) -> dict[int, int]:
    ordered = sorted(communities, key=lambda members: (-len(members), min(members)))
    return {node: label for label, members in enumerate(ordered) for node in members}
