"""Which posts matter, and which belong together.

:func:`measure` writes PageRank and communities onto the nodes. Both go through
networkx's own functions, so that an installed backend can compute them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ['measure', 'projection']

RELATED_SHARE = 0.2
"""Weight of a ``related`` edge beside a stated one: a guess of ours must not outvote an author's link."""

_SYMMETRIC_KINDS = frozenset({'formula', 'related'})
_SEED = 20100101


def measure(graph: nx.MultiDiGraph) -> None:
    """Write ``pagerank`` and ``community`` onto every node.

    PageRank [1]_ follows all kinds but ``related`` by weight; the values of all
    nodes add up to 1 but for rounding to nine digits. Communities are Louvain's [2]_ on
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
    communities = nx.community.louvain_communities(projection(graph), weight='weight', seed=_SEED)
    labels = _numbered(communities)
    for name, index in number.items():
        graph.nodes[name]['pagerank'] = round(float(ranks[index]), 9)
        graph.nodes[name]['community'] = labels[index]


def _stated(graph: nx.MultiDiGraph, number: dict[str, int]) -> nx.DiGraph:
    """All kinds but ``related``, parallel edges added up."""
    simple = nx.DiGraph()
    simple.add_nodes_from(number.values())
    for source, target, kind, weight in graph.edges(keys=True, data='weight', default=1.0):
        if kind == 'related':
            continue
        pairs = [(number[source], number[target])]
        if kind in _SYMMETRIC_KINDS:
            pairs.append((number[target], number[source]))
        for one, two in pairs:
            before = simple.get_edge_data(one, two, {'weight': 0.0})['weight']
            simple.add_edge(one, two, weight=before + weight)
    return simple


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
        share = weight * (RELATED_SHARE if kind == 'related' else 1.0)
        before = simple.get_edge_data(one, two, {'weight': 0.0})['weight']
        simple.add_edge(one, two, weight=before + share)
    return simple


def _numbered(communities: Iterable[set[int]]) -> dict[int, int]:
    ordered = sorted(communities, key=lambda members: (-len(members), min(members)))
    return {node: label for label, members in enumerate(ordered) for node in members}
