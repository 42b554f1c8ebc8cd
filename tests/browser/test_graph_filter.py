"""What a filter of the graph page shows, and what further choices would show."""

from __future__ import annotations

from collections import Counter

import networkx as nx
import pytest
from graph_scripts import (
    DEFAULT_FILTER,
    EDGE_KINDS,
    NODE_KINDS,
    SYMMETRIC,
    call,
    filters,
    graphs,
    to_networkx,
)
from hypothesis import given, settings
from hypothesis import strategies as st

# Two posts on graphs, a post on algebra, a missing post and a work.
BLOG = {
    'nodes': [
        {'tags': [1], 'year': 2001, 'series': 0, 'part': 1, 'community': 0},
        {'tags': [1], 'year': 2003, 'series': 0, 'part': 2, 'community': 0},
        {'tags': [0], 'year': 0, 'community': 1},
        {'kind': 1, 'community': 1},
        {'kind': 2, 'community': 0},
    ],
    'edges': [
        {'source': 0, 'target': 1, 'kind': 1},
        {'source': 1, 'target': 2, 'kind': 0},
        {'source': 2, 'target': 3, 'kind': 0},
        {'source': 0, 'target': 4, 'kind': 0},
        {'source': 2, 'target': 0, 'kind': 4, 'weight': 0.3},
        {'source': 1, 'target': 4, 'kind': 0, 'weight': 0.2},
    ],
    'tags': ['algebra', 'graphs'],
    'series': ['Walks'],
    'communities': [{'name': 'a', 'main': 0, 'size': 3}, {'name': 'b', 'main': 2, 'size': 2}],
}


def shown(page, graph, **choices):
    found = call(
        page,
        """({ graph, choices }) => {
          const filter = { ...blogGraph.createFilter(), ...choices };
          const { nodes, edges } = blogGraph.applyFilter(fakeModel(graph), filter);
          return [[...nodes], [...edges]];
        }""",
        graph=graph,
        choices=choices,
    )
    return tuple([number for number, flag in enumerate(flags) if flag] for flags in found)


def counts(page, graph, **choices):
    return call(
        page,
        """({ graph, choices }) => {
          const found = blogGraph.countFacets(fakeModel(graph), { ...blogGraph.createFilter(), ...choices });
          return { ...found, years: [...found.years] };
        }""",
        graph=graph,
        choices=choices,
    )


def test_the_default_shows_everything(graph_scripts):
    assert call(graph_scripts, 'blogGraph.createFilter') == DEFAULT_FILTER
    assert shown(graph_scripts, BLOG) == ([0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5])


@pytest.mark.parametrize(
    ('choice', 'default'),
    [
        ({}, True),
        ({'nodeKinds': [True, False, True]}, False),
        ({'edgeKinds': [True, True, True, True, False]}, False),
        ({'tags': [0]}, False),
        ({'series': [0]}, False),
        ({'communities': [0]}, False),
        ({'from': 2001}, False),
        ({'to': 2001}, False),
        ({'weight': 0.1}, False),
        ({'around': {'node': 0, 'depth': 1, 'direction': 'both'}}, False),
    ],
)
def test_only_the_default_is_default(graph_scripts, choice, default):
    assert call(graph_scripts, 'blogGraph.isDefault', **{**DEFAULT_FILTER, **choice}) is default


NO_CITES = [False, True, True, True, True]


def around(node, depth, direction):
    return {'around': {'node': node, 'depth': depth, 'direction': direction}}


@pytest.mark.parametrize(
    ('choices', 'nodes', 'edges'),
    [
        pytest.param({'tags': [1]}, [0, 1, 4], [0, 3, 5], id='what no chosen post cites goes'),
        pytest.param({'tags': [0, 1]}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], id='values combine by or'),
        pytest.param({'tags': [1], 'from': 2002}, [1, 4], [5], id='facets combine by and'),
        pytest.param({'series': [0], 'to': 2001}, [0, 4], [3], id='an unknown year is in no range'),
        pytest.param({'communities': [1]}, [2, 3], [2], id='a topic chooses posts, not works'),
        pytest.param({'nodeKinds': [True, False, True]}, [0, 1, 2, 4], [0, 1, 3, 4, 5], id='a kind is off'),
        pytest.param({'nodeKinds': [False, True, True], 'tags': [0]}, [3], [], id='what hidden posts cite'),
        pytest.param({'edgeKinds': NO_CITES}, [0, 1, 2, 3, 4], [0, 4], id='works stay without links'),
        pytest.param({'edgeKinds': NO_CITES, 'tags': [1]}, [0, 1], [0], id='unless posts are chosen'),
        pytest.param({'weight': 0.4}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 5], id='no citation is too weak'),
        pytest.param({'weight': 0.3}, [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], id='the smallest weight is shown'),
        pytest.param(around(1, 1, 'out'), [1, 2, 4], [1, 5], id='out'),
        pytest.param(around(1, 1, 'in'), [0, 1], [0], id='in'),
        pytest.param(around(0, 1, 'in'), [0, 2], [4], id='related has no direction'),
        pytest.param(around(3, 2, 'both'), [0, 1, 2, 3], [0, 1, 2, 4], id='two steps'),
        pytest.param(
            {**around(2, 1, 'both'), 'tags': [1]},
            [0, 1, 2, 3],
            [0, 1, 2, 4],
            id='the centre stays, and what it cites',
        ),
        pytest.param(around(99, 1, 'both'), [0, 1, 2, 3, 4], [0, 1, 2, 3, 4, 5], id='around an unknown node'),
    ],
)
def test_what_is_shown(graph_scripts, choices, nodes, edges):
    assert shown(graph_scripts, BLOG, **choices) == (nodes, edges)


def test_counts_say_what_the_other_facets_leave(graph_scripts):
    found = counts(graph_scripts, BLOG, tags=[1], **{'from': 2002})
    assert found['tags'] == [0, 1]
    assert found['years'] == [[2001, 1], [2003, 1]]
    assert found['nodeKinds'] == [1, 0, 1]
    assert found['edgeKinds'] == [1, 0, 0, 0, 0]
    assert found['series'] == [1]
    assert found['communities'] == [1, 0]


# ------------------------------------------------------------------- the same by brute force, over networkx


@st.composite
def graphs_and_filters(draw):
    graph = draw(graphs())
    return graph, draw(filters(len(graph['nodes'])))


def _chosen(node, f):
    year = node['year']
    return (
        (not f['tags'] or bool({*node['tags']} & {*f['tags']}))
        and (not f['series'] or node['series'] in f['series'])
        and (not f['communities'] or node['community'] in f['communities'])
        and (f['from'] is None or (year > 0 and year >= f['from']))
        and (f['to'] is None or (year > 0 and year <= f['to']))
    )


def expected(graph, f):
    g = to_networkx(graph)
    choosing = any(f[name] for name in ('tags', 'series', 'communities')) or (f['from'], f['to']) != (
        None,
        None,
    )
    centre = f['around'] and f['around']['node']
    passes = {n for n, node in g.nodes(data=True) if node['kind'] == 0 and _chosen(node, f)}
    if centre is not None and g.nodes[centre]['kind'] == 0:
        passes.add(centre)
    links = [
        (s, t, e, data)
        for s, t, e, data in g.edges(keys=True, data=True)
        if f['edgeKinds'][data['kind']] and (data['kind'] not in SYMMETRIC or data['weight'] >= f['weight'])
    ]
    beside = {
        n for s, t, *_ in links for n, other in ((s, t), (t, s)) if g.nodes[n]['kind'] and other in passes
    }
    nodes = passes | {n for n in g if g.nodes[n]['kind'] and (not choosing or n in beside)}
    nodes = {n for n in nodes if f['nodeKinds'][g.nodes[n]['kind']]}
    if centre is not None:
        nodes.add(centre)
        steps = nx.DiGraph()
        steps.add_nodes_from(nodes)
        direction = f['around']['direction']
        for s, t, _, data in links:
            if s in nodes and t in nodes:
                if direction in ('out', 'both') or data['kind'] in SYMMETRIC:
                    steps.add_edge(s, t)
                if direction in ('in', 'both') or data['kind'] in SYMMETRIC:
                    steps.add_edge(t, s)
        nodes = {*nx.ego_graph(steps, centre, radius=f['around']['depth'])}
    return sorted(nodes), sorted(e for s, t, e, _ in links if s in nodes and t in nodes)


def expected_counts(graph, f):
    def without(**dropped):
        nodes, edges = expected(graph, {**f, **dropped})
        return [graph['nodes'][n] for n in nodes], [graph['edges'][e] for e in edges]

    def posts(**dropped):
        return [node for node in without(**dropped)[0] if node['kind'] == 0]

    def tally(values, size):
        found = Counter(values)
        return [found[k] for k in range(size)]

    kinds = [node['kind'] for node in without(nodeKinds=[True] * 3)[0]]
    edge_kinds = [edge['kind'] for edge in without(edgeKinds=[True] * 5)[1]]
    years = Counter(node['year'] for node in posts(**{'from': None, 'to': None}) if node['year'])
    return {
        'nodeKinds': tally(kinds, len(NODE_KINDS)),
        'edgeKinds': tally(edge_kinds, len(EDGE_KINDS)),
        'tags': tally((tag for node in posts(tags=[]) for tag in node['tags']), 3),
        'series': tally((node['series'] for node in posts(series=[])), 2),
        'communities': tally((node['community'] for node in posts(communities=[])), 3),
        'years': [list(pair) for pair in sorted(years.items())],
    }


@given(graphs_and_filters())
@settings(max_examples=200)
def test_filters_agree_with_networkx(graph_scripts, case):
    graph, choices = case
    assert shown(graph_scripts, graph, **choices) == expected(graph, choices)


@given(graphs_and_filters())
@settings(max_examples=200)
def test_counts_agree_with_filters(graph_scripts, case):
    graph, choices = case
    assert counts(graph_scripts, graph, **choices) == expected_counts(graph, choices)


def test_large_graphs_are_filtered_within_a_frame_or_two(graph_scripts):
    least = graph_scripts.evaluate(
        """() => {
          const model = randomModel(100000, 4);
          const filter = { ...blogGraph.createFilter(), tags: [3, 60], from: 2003, weight: 0.2 };
          const time = (act) => Math.min(...Array.from({ length: 7 }, () => {
            const begin = performance.now();
            act();
            return performance.now() - begin;
          }));
          const around = { ...filter, around: { node: 5, depth: 3, direction: 'both' } };
          return {
            plain: time(() => blogGraph.applyFilter(model, filter)),
            around: time(() => blogGraph.applyFilter(model, around)),
            counts: time(() => blogGraph.countFacets(model, filter)),
            countsAround: time(() => blogGraph.countFacets(model, around)),
          };
        }"""
    )
    # Ten times what is usual: the machine of the tests may be busy.
    assert least['plain'] < 300
    assert least['counts'] < 300
