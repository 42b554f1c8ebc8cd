from __future__ import annotations

import os
import subprocess
import sys

import networkx as nx
import pytest
from graph_cases import link, post, series

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.graph import build_graph, measure, measures
from sphinxext_blog.graph.measures import main_posts, projection
from sphinxext_blog.records import MissingPost, Reason, Related, Resolution


def two_groups():
    """Two triangles joined by one link, and a post alone."""
    pairs = ['ab', 'bc', 'ca', 'xy', 'yz', 'zx', 'cx']
    links = tuple(link(one, two) for one, two in pairs)
    return build_graph([post(name) for name in 'abcxyzq'], Resolution(links=links))


def test_pagerank_is_that_of_networkx_on_the_links():
    graph = two_groups()
    measure(graph)
    simple = nx.DiGraph()
    simple.add_nodes_from(graph)
    simple.add_edges_from((one, two) for one, two, _ in graph.edges)
    expected = nx.pagerank(simple)
    assert dict(graph.nodes(data='pagerank')) == pytest.approx(expected, abs=1e-8)


@pytest.mark.parametrize('kind', ['related', 'mention'])
def test_what_is_only_offered_does_not_raise_the_rank(kind):
    plain = two_groups()
    measure(plain)
    graph = two_groups()
    graph.add_edge('a', 'q', kind, weight=1.0, evidence=[{'how': 'text', 'score': 1.0}])
    measure(graph)
    assert dict(graph.nodes(data='pagerank')) == dict(plain.nodes(data='pagerank'))


def test_a_shared_formula_raises_the_rank_of_both_ends():
    graph = build_graph([post('a'), post('b'), post('c')], Resolution())
    graph.add_edge('a', 'b', 'formula', weight=1.0, evidence=[{'how': 'formula'}])
    measure(graph)
    ranks = dict(graph.nodes(data='pagerank'))
    assert ranks['a'] == ranks['b'] > ranks['c']


def test_a_step_of_a_series_is_a_vote_only_between_posts():
    missing = (MissingPost('missing:m', 'M'),)
    chain = series('S', ('a', 1), ('missing:m', 2), ('b', 3))
    graph = build_graph([post('a'), post('b'), post('c')], Resolution(missing=missing, series=(chain,)))
    assert {(one, two) for one, two, kind in graph.edges if kind == 'series'} == {
        ('a', 'b'),
        ('a', 'missing:m'),
        ('missing:m', 'b'),
    }
    measure(graph)
    ranks = dict(graph.nodes(data='pagerank'))
    assert ranks['b'] > ranks['a'] == ranks['c'] == ranks['missing:m']


def one_community(*posts, edges=(), **labels):
    graph = build_graph([*posts, post('far')], Resolution())
    for node in graph:
        graph.nodes[node]['community'] = labels.get(node, int(node == 'far'))
    for source, target, kind, weight in edges:
        graph.add_edge(source, target, kind, weight=weight, evidence=[{'how': kind}])
    return main_posts(graph)


@pytest.mark.parametrize(
    ('posts', 'edges', 'main'),
    [
        # Degree, not rank: what cites much is as central as what is cited much.
        ([post('a'), post('b'), post('c')], [('c', 'a', 'cites', 1), ('c', 'b', 'cites', 0.5)], 'c'),
        # A guess weighs less than a link, and links out of the community nothing.
        (
            [post('a'), post('b'), post('c')],
            [('a', 'b', 'related', 1), ('c', 'b', 'cites', 0.5), ('a', 'far', 'cites', 1)],
            'b',
        ),
        # Ties: the newer post, then the first docname; unknown years are oldest.
        ([post('a', date=PartialDate(2014)), post('b', date=PartialDate(2014, 12))], [], 'b'),
        ([post('a', date=PartialDate(month=12, day=8)), post('b', date=PartialDate(2009))], [], 'b'),
        ([post('b'), post('a')], [], 'a'),
        # A first clause is no name for a topic, unless there is nothing else.
        (
            [post('a', title_derived=True), post('b'), post('c')],
            [('a', 'b', 'cites', 1), ('a', 'c', 'cites', 1)],
            'b',
        ),
        ([post('a', title_derived=True), post('b', title_derived=True)], [], 'a'),
    ],
)
def test_a_topic_is_called_after_the_post_that_is_tied_most_to_the_others(posts, edges, main):
    assert one_community(*posts, edges=edges) == {0: main, 1: 'far'}


def test_a_community_without_posts_has_no_main_post():
    missing = (MissingPost('missing:m', 'M'),)
    graph = build_graph([post('a')], Resolution(links=(link('a', 'missing:m'),), missing=missing))
    graph.nodes['a']['community'], graph.nodes['missing:m']['community'] = 1, 0
    assert main_posts(graph) == {1: 'a'}


def test_communities_are_numbered_by_size_and_everybody_has_one():
    graph = two_groups()
    graph.add_edge('z', 'q', 'cites', weight=1.0, evidence=[{'how': 'role', 'text': ''}])
    graph.add_node('alone', kind='post', title='alone')
    measure(graph)
    labels = dict(graph.nodes(data='community'))
    assert labels['x'] == labels['y'] == labels['z'] == labels['q'] == 0
    assert labels['a'] == labels['b'] == labels['c'] == 1
    assert labels['alone'] == 2


def test_a_stated_link_outvotes_a_guess():
    related = {'a': (Related('b', 1.0, (Reason('text', 1.0),)),)}
    graph = build_graph(
        [post('a'), post('b'), post('c')], Resolution(links=(link('a', 'c', 'role'),)), related=related
    )
    weights = {frozenset(pair): weight for *pair, weight in projection(graph).edges(data='weight')}
    assert weights == {frozenset({0, 1}): 0.2, frozenset({0, 2}): 1.0}


def test_an_empty_graph_is_measured_without_complaint():
    graph = build_graph([], Resolution())
    measure(graph)
    assert len(graph) == 0


SCRIPT = """
import networkx as nx
from sphinxext_blog.graph import build_graph, measure, place, to_json
from sphinxext_blog.records import *
posts = [Post(DocName(f'p{i}'), f'P{i}') for i in range(60)]
links = []
for i in range(60):
    mention = Mention(DocName(f'p{i}'), 'title', 'x', 'x')
    links.append(Link(mention.source, NodeId(f'p{(i * i + 7) % 60}'), 'title', mention))
graph = build_graph(posts, Resolution(links=tuple(links)))
measure(graph)
place(graph)
import hashlib, sys
sys.stdout.write(hashlib.sha256(to_json(graph)).hexdigest())
"""


def test_every_process_computes_the_same_bytes():
    digests = {
        subprocess.run(
            [sys.executable, '-c', SCRIPT],
            env={**os.environ, 'PYTHONHASHSEED': seed},
            capture_output=True,
            check=True,
            text=True,
        ).stdout
        for seed in ('1', '2')
    }
    assert len(digests) == 1
    assert len(digests.pop()) == 64


def test_very_large_graphs_have_the_same_communities_by_code_of_our_own(monkeypatch):
    graph, large = two_groups(), two_groups()
    measure(graph)
    monkeypatch.setattr(measures, '_LARGE', 3)
    monkeypatch.setattr(nx.community, 'louvain_communities', None)
    measure(large)
    assert dict(large.nodes(data='community')) == dict(graph.nodes(data='community'))
