"""The knowledge graph: records in, a ``networkx.MultiDiGraph`` out.

``build_graph`` makes nodes of posts, missing posts and works, and edges with
evidence of their links, equation references, series and ranked neighbours; ``measure`` adds
PageRank and communities, ``name_communities`` their names, ``place`` positions. ``rank_related`` finds the
neighbours of posts and says why. ``to_json`` and ``to_graphml`` write the
graph as ``GRAPH_SCHEMA`` describes it, ``load_graph`` reads it again, and
``report`` lists what the blog lacks. Nothing here knows Sphinx: the room works
in a notebook as well.

The public names are loaded when they are first used: NetworkX, NumPy and SciPy
take longer to import than a build with nothing to do should take.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.lazy_names import lazy_names

if TYPE_CHECKING:
    from sphinxext_blog.graph.build import build_graph
    from sphinxext_blog.graph.candidates import Wishes
    from sphinxext_blog.graph.communities import name_communities
    from sphinxext_blog.graph.export import load_graph, to_graphml, to_json
    from sphinxext_blog.graph.layout import place
    from sphinxext_blog.graph.measures import measure
    from sphinxext_blog.graph.memory import Memory
    from sphinxext_blog.graph.related import rank_related
    from sphinxext_blog.graph.reporting import Report, report
    from sphinxext_blog.graph.schema import GRAPH_SCHEMA
    from sphinxext_blog.graph.topics import find_topics

__all__ = [
    'GRAPH_SCHEMA',
    'Memory',
    'Report',
    'Wishes',
    'build_graph',
    'find_topics',
    'load_graph',
    'measure',
    'name_communities',
    'place',
    'rank_related',
    'report',
    'to_graphml',
    'to_json',
]

_HOMES = {
    'GRAPH_SCHEMA': 'schema',
    'Memory': 'memory',
    'Report': 'reporting',
    'Wishes': 'candidates',
    'build_graph': 'build',
    'find_topics': 'topics',
    'load_graph': 'export',
    'measure': 'measures',
    'name_communities': 'communities',
    'place': 'layout',
    'rank_related': 'related',
    'report': 'reporting',
    'to_graphml': 'export',
    'to_json': 'export',
}
"""The module of each public name."""


__getattr__ = lazy_names(__name__, _HOMES)
