"""Small graphs for the tests of the graph page's data, and what its files say."""

from __future__ import annotations

import networkx as nx

from sphinxext_blog.graph.explorer_data import explorer_files
from sphinxext_blog.scripts import read_data_script

HOSTILE = (
    '</script><img src=x onerror=alert(1)> "\'`\\ \u2028\u2029 \u202e &lt; $\\href{javascript:alert(1)}{x}$'
)


def graph_of(*titles, **attributes):
    graph = nx.MultiDiGraph()
    for number, title in enumerate(titles):
        graph.add_node(
            f'p{number}',
            kind='post',
            title=title,
            x=float(number),
            y=0.0,
            community=0,
            pagerank=0.5,
            **attributes,
        )
    return graph


def read(content):
    """The value that a data file hands over."""
    return read_data_script(content)[1]


def data_of(graph, **options):
    return read(explorer_files(graph, **options)['nodes-0.js'])


def evidence_of(graph, **options):
    return read(explorer_files(graph, **options)['evidence-0.js'])
