"""How two posts are connected, on the graph page."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_scripts import CITES, FORMULA, RELATED, SERIES, call, graphs
from hypothesis import given, settings
from hypothesis import strategies as st


def paths(page, graph, start, end, limit=3):
    found = call(
        page,
        '({ graph, start, end, limit }) => blogGraph.shortestPaths(fakeModel(graph), start, end, limit)',
        graph=graph,
        start=start,
        end=end,
        limit=limit,
    )
    return [(path['nodes'], path['edges']) for path in found]


def graph_of(size, *edges, **others):
    return {
        'nodes': [{}] * size,
        'edges': [
            {'source': source, 'target': target, 'kind': kind, 'weight': weight}
            for source, target, kind, weight in edges
        ],
        **others,
    }


@pytest.mark.parametrize(
    ('graph', 'expected'),
    [
        pytest.param(graph_of(2), [], id='nothing joins them'),
        pytest.param(graph_of(2, (1, 0, CITES, 1)), [([0, 1], [0])], id='against the direction'),
        pytest.param(
            graph_of(2, (0, 1, RELATED, 1), (1, 0, FORMULA, 0.2), (0, 1, CITES, 0.7)),
            [([0, 1], [2])],
            id='one path for parallel edges, over the best of them',
        ),
        pytest.param(
            graph_of(4, (0, 2, RELATED, 1), (2, 1, RELATED, 1), (0, 3, CITES, 0.1), (3, 1, CITES, 0.1)),
            [([0, 3, 1], [2, 3]), ([0, 2, 1], [0, 1])],
            id='what one can look up before what is only alike',
        ),
        pytest.param(
            graph_of(4, (0, 2, CITES, 0.7), (2, 1, SERIES, 1), (0, 3, FORMULA, 0.9), (3, 1, CITES, 1)),
            [([0, 3, 1], [2, 3]), ([0, 2, 1], [0, 1])],
            id='then the greater weights',
        ),
        pytest.param(
            graph_of(4, (0, 3, CITES, 1), (3, 1, CITES, 1), (0, 2, CITES, 1), (2, 1, CITES, 1)),
            [([0, 2, 1], [2, 3]), ([0, 3, 1], [0, 1])],
            id='then the important',
        ),
        pytest.param(
            graph_of(4, (0, 1, RELATED, 0.1), (0, 2, CITES, 1), (2, 3, CITES, 1), (3, 1, CITES, 1)),
            [([0, 1], [0]), ([0, 2, 3, 1], [1, 2, 3])],
            id='fewest steps first, and a detour',
        ),
        pytest.param(
            graph_of(
                5,
                (0, 1, RELATED, 0.1),
                (0, 2, CITES, 1),
                (2, 3, CITES, 1),
                (3, 4, CITES, 1),
                (4, 1, CITES, 1),
            ),
            [([0, 1], [0])],
            id='no longer detour',
        ),
        pytest.param(
            graph_of(3, (0, 1, CITES, 1), (0, 2, CITES, 1), (2, 1, CITES, 1), nodesOff=[2]),
            [([0, 1], [0])],
            id='not through what is hidden',
        ),
        pytest.param(graph_of(2, (0, 1, CITES, 1), edgesOff=[0]), [], id='not over a hidden edge'),
        pytest.param(graph_of(2, (0, 1, CITES, 1), nodesOff=[0]), [], id='not from what is hidden'),
    ],
)
def test_the_best_paths(graph_scripts, graph, expected):
    assert paths(graph_scripts, graph, 0, 1) == expected


def test_a_post_is_connected_with_itself(graph_scripts):
    assert paths(graph_scripts, graph_of(1), 0, 0) == [([0], [])]


@st.composite
def questions(draw):
    graph = draw(graphs(largest=9))
    ends = st.integers(0, len(graph['nodes']) - 1)
    graph['nodesOff'] = draw(st.lists(ends, max_size=2))
    return graph, draw(ends), draw(ends), draw(st.integers(1, 6))


def expected_paths(graph, start, end, limit):
    """All paths, sorted."""
    off = {*graph['nodesOff']}
    if {start, end} & off:
        return []
    if start == end:
        return [([start], [])]
    best = nx.Graph()
    best.add_nodes_from(range(len(graph['nodes'])))
    for number, edge in enumerate(graph['edges']):
        s, t = edge['source'], edge['target']
        if {s, t} & off:
            continue
        cost = (edge['kind'] == RELATED, round((1 - edge['weight']) * 10000), edge['kind'], number)
        if not best.has_edge(s, t) or cost < best.edges[s, t]['cost']:
            best.add_edge(s, t, cost=cost)
    if not nx.has_path(best, start, end):
        return []
    longest = nx.shortest_path_length(best, start, end) + 2
    found = []
    for nodes in nx.all_simple_paths(best, start, end, cutoff=longest):
        costs = [best.edges[pair]['cost'] for pair in nx.utils.pairwise(nodes)]
        rank = (len(nodes), sum(cost[0] for cost in costs), sum(cost[1] for cost in costs), nodes)
        found.append((rank, [cost[3] for cost in costs]))
    return [(rank[-1], edges) for rank, edges in sorted(found)[:limit]]


@given(questions())
@settings(max_examples=300)
def test_paths_agree_with_networkx(graph_scripts, question):
    assert paths(graph_scripts, *question) == expected_paths(*question)


def test_a_long_chain_needs_no_recursion(graph_scripts):
    size = 20000
    graph = graph_of(size, *((n, n + 1, SERIES, 1) for n in range(size - 1)))
    [(nodes, edges)] = paths(graph_scripts, graph, 0, size - 1)
    assert nodes == list(range(size))
    assert edges == list(range(size - 1))


def test_many_equal_paths_are_not_all_looked_at(graph_scripts):
    # Thirty times two ways: a billion paths of equal cost.
    edges = []
    for n in range(30):
        for middle in (3 * n + 1, 3 * n + 2):
            edges += [(3 * n, middle, CITES, 1), (middle, 3 * n + 3, CITES, 1)]
    found = paths(graph_scripts, graph_of(91, *edges), 0, 90)
    assert len(found) == 3
    assert [3 * n + 1 for n in range(30)] == found[0][0][1::2]


def test_large_graphs_are_searched_at_once(graph_scripts):
    time, count = graph_scripts.evaluate(
        """() => {
          const model = randomModel(100000, 4);
          let found = [];
          const times = [50, 777, 90000].map((to) => {
            const begin = performance.now();
            found = blogGraph.shortestPaths(model, 3, to);
            return performance.now() - begin;
          });
          return [Math.max(...times), found.length];
        }"""
    )
    assert count == 3
    assert time < 1000
