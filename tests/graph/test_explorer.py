from __future__ import annotations

import json

import networkx as nx
import pytest
from explorer_graphs import graph_of
from sample_graph import small_graph

from sphinxext_blog.graph.explorer import by_importance, safe_url, to_network, vis_network_script


def test_numbers_run_by_importance_posts_first():
    graph = graph_of('A', 'B', 'C')
    graph.add_node('work:w', kind='work', title='W', x=0.0, y=0.0, community=0, pagerank=0.9)
    for node, rank in (('p0', 0.1), ('p1', 0.4), ('p2', 0.4)):
        graph.nodes[node]['pagerank'] = rank
    assert by_importance(graph) == ['p1', 'p2', 'p0', 'work:w']


def test_the_network_holds_every_node_and_every_edge_of_the_graph():
    graph = small_graph()
    network = to_network(graph)
    assert network.num_nodes() == len(graph)
    assert network.num_edges() == graph.number_of_edges()
    ids = by_importance(graph)
    assert {(ids[e['from']], ids[e['to']], e['kind']) for e in network.edges} == set(graph.edges(keys=True))


def test_the_layout_is_taken_and_not_computed():
    network = to_network(small_graph())
    assert json.loads(network.get_network_data()[-1])['physics'] == {'enabled': False}
    assert all({'x', 'y', 'size', 'label', 'shape'} <= node.keys() for node in network.nodes)


def test_a_graph_that_was_not_placed_is_refused():
    graph = nx.MultiDiGraph()
    graph.add_node('a', kind='post', title='A')
    with pytest.raises(ValueError, match=r"'a' of the graph has no 'x'"):
        to_network(graph)


@pytest.mark.parametrize(
    ('url', 'safe'),
    [
        ('posts/a.html', 'posts/a.html'),
        ('https://arxiv.org/abs/1', 'https://arxiv.org/abs/1'),
        ('HTTP://example.org', 'HTTP://example.org'),
        ('/root.html', '/root.html'),
        ('', ''),
        ('javascript:alert(1)', ''),
        (' java\nscript:alert(1)', ''),
        ('\u0001javascript:alert(1)', ''),
        ('data:text/html,x', ''),
        ('vbscript:x', ''),
    ],
)
def test_only_addresses_that_run_nothing_are_followed(url, safe):
    assert safe_url(url) == safe


def test_vis_network_comes_with_its_licence():
    script = vis_network_script()
    assert b'vis-network' in script[:200]
    assert b'@license' in script[:1200]
    assert b'9.1.2' in script[:400]
