"""What to read before a post, on the graph page."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_scripts import CITES, FORMULA, SERIES, call, graphs, to_networkx
from hypothesis import given, settings


def reading(page, graph, node):
    return call(
        page,
        '({ graph, node }) => blogGraph.readingOrder(fakeModel(graph), node)',
        graph=graph,
        node=node,
    )


def graph_of(nodes, *edges):
    return {
        'nodes': nodes,
        'edges': [{'source': source, 'target': target, 'kind': kind} for source, target, kind in edges],
    }


def order(page, nodes, *edges):
    return reading(page, graph_of(nodes, *edges), 0)['order']


def test_the_cited_comes_first_and_distances_are_counted(graph_scripts):
    graph = graph_of([{}] * 5, (0, 1, CITES), (1, 2, CITES), (0, 2, CITES), (3, 0, CITES), (0, 4, FORMULA))
    found = reading(graph_scripts, graph, 0)
    assert found == {'order': [2, 1, 0], 'distance': [1, 1, 0], 'broken': [], 'missing': []}


def test_earlier_parts_come_first(graph_scripts):
    part = [{'series': 0, 'part': n} for n in (3, 1, 2, 4)]
    assert order(graph_scripts, part, (1, 2, SERIES), (2, 0, SERIES), (0, 3, SERIES)) == [1, 2, 0]


def test_of_what_is_free_the_oldest_comes_first(graph_scripts):
    nodes = [{}, {'date': '2020-01'}, {'date': '--05-01'}, {'date': '2019'}, {'date': '2020'}, {}]
    assert order(graph_scripts, nodes, *((0, n, CITES) for n in range(1, 6))) == [3, 4, 1, 2, 5, 0]


def test_a_series_that_was_begun_goes_on(graph_scripts):
    nodes = [
        {},
        {'series': 0, 'part': 1, 'date': '2010'},
        {'series': 0, 'part': 2, 'date': '2020'},
        {'date': '2015'},
        {'date': '2009'},
    ]
    edges = [(1, 2, SERIES), *((0, n, CITES) for n in range(1, 5))]
    assert order(graph_scripts, nodes, *edges) == [4, 1, 2, 3, 0]


def test_a_missing_post_is_named_and_passed_through(graph_scripts):
    nodes = [{}, {'kind': 1}, {}, {'kind': 2}]
    found = reading(graph_scripts, graph_of(nodes, (0, 1, CITES), (2, 1, SERIES), (0, 3, CITES)), 0)
    assert found == {'order': [2, 0], 'distance': [2, 0], 'broken': [], 'missing': [1]}


@pytest.mark.parametrize(
    ('nodes', 'edges', 'node', 'expected', 'broken'),
    [
        pytest.param(
            [{'series': 0, 'part': 1}, {'series': 0, 'part': 2}],
            [(0, 1, SERIES), (0, 1, CITES), (1, 0, CITES)],
            1,
            [0, 1],
            [[0, 1]],
            id='part 1 announces part 2',
        ),
        pytest.param(
            [{'series': 0, 'part': 1}, {'series': 0, 'part': 2}],
            [(0, 1, SERIES), (0, 1, CITES)],
            0,
            [0],
            [[0, 1]],
            id='nothing comes before part 1',
        ),
        pytest.param(
            [{}, {'date': '2020'}, {'date': '2019'}],
            [(0, 1, CITES), (1, 2, CITES), (2, 1, CITES)],
            0,
            [2, 1, 0],
            [[2, 1]],
            id='the older first',
        ),
        pytest.param(
            [{}, {}, {}],
            [(0, 2, CITES), (1, 2, CITES), (2, 1, CITES)],
            0,
            [1, 2, 0],
            [[1, 2]],
            id='nothing known: the important first',
        ),
        pytest.param(
            [{}, {}, {}, {}, {}],
            [(0, 1, CITES), *((1, n, CITES) for n in (2, 3, 4)), (4, 3, CITES), (3, 2, CITES), (2, 1, CITES)],
            0,
            [2, 3, 4, 1, 0],
            [[2, 1]],
            id='nothing known: as few as can be',
        ),
        pytest.param(
            [{}, {'date': '2020'}, {'date': '2020-05'}],
            [(0, 2, CITES), (1, 2, CITES), (2, 1, CITES)],
            0,
            [1, 2, 0],
            [[1, 2]],
            id='the same year is not before',
        ),
        pytest.param(
            [{}, {'series': 0, 'date': '2020'}, {'series': 0, 'date': '2019'}],
            [(0, 1, CITES), (1, 2, SERIES), (1, 2, CITES)],
            0,
            [1, 0],
            [[1, 2]],
            id='a series is stronger than dates',
        ),
        pytest.param(
            [
                {'date': '2021'},
                {'series': 0, 'part': 1, 'date': '2020'},
                {'series': 0, 'part': 2, 'date': '2010'},
                {'date': '2015'},
            ],
            [(0, 1, CITES), (1, 2, CITES), (2, 3, CITES), (3, 1, CITES)],
            0,
            [1, 0],
            [[1, 2]],
            id='by part though the dates say otherwise',
        ),
        pytest.param(
            [
                {'date': '2021'},
                {'series': 0, 'part': 1, 'date': '2020'},
                {'series': 0, 'part': 2, 'date': '2010'},
                {'date': '2015'},
            ],
            [(0, 2, CITES), (1, 2, CITES), (2, 3, CITES), (3, 1, CITES)],
            0,
            [1, 3, 2, 0],
            [[1, 2]],
            id='no more is broken than need be',
        ),
    ],
)
def test_circles_are_broken(graph_scripts, nodes, edges, node, expected, broken):
    found = reading(graph_scripts, graph_of(nodes, *edges), node)
    assert found['order'] == expected
    assert found['broken'] == broken


# ------------------------------------------------------------------------------- the same, done slowly


def _older(graph, node):
    date = graph['nodes'][node]['date']
    return (date if date[:1].isdigit() else '\uffff', node)


def _arranged(needs, circle, age):
    """Eades, Lin, Smyth."""
    left = needs.subgraph(circle).copy()

    def weight(edges):
        return sum(10**6 if kind == SERIES else 1 for *_, kind in edges)

    front, back = [], []
    while left:
        basic = [n for n in left if not left.out_degree(n)]
        final = [n for n in left if not left.in_degree(n)]
        if basic:
            front.append(min(basic, key=age))
        elif final:
            back.append(max(final, key=age))
        else:
            front.append(
                min(
                    left,
                    key=lambda n: (
                        weight(left.out_edges(n, data='kind')) - weight(left.in_edges(n, data='kind')),
                        age(n),
                    ),
                )
            )
        left.remove_node((front if basic or not final else back)[-1])
    return [*front, *reversed(back)]


def _newer(graph, node, other):
    one, two = (graph['nodes'][n]['date'] for n in (node, other))
    exact = min(len(one), len(two))
    return one[:1].isdigit() and two[:1].isdigit() and one[:exact] > two[:exact]


def _earlier_part(graph, node, other):
    one, two = (graph['nodes'][n] for n in (node, other))
    return one['series'] == two['series'] >= 0 and one['part'] and two['part'] and one['part'] < two['part']


def _break(needs, rule):
    """Take away the links within circles that go against a rule."""
    broken = []
    for circle in list(nx.strongly_connected_components(needs)):
        is_wrong = rule(circle)
        for later, earlier, number, data in list(needs.edges(circle, keys=True, data=True)):
            if earlier in circle and is_wrong(later, earlier, data['kind']):
                broken.append((later, data['link']))
                needs.remove_edge(later, earlier, number)
    return broken


def _against(arranged):
    return lambda later, earlier, _: arranged.index(earlier) > arranged.index(later)


def expected_reading(graph, asked):
    full = to_networkx(graph)
    needs = nx.MultiDiGraph()
    needs.add_node(asked)
    for s, t, number, kind in full.edges(keys=True, data='kind'):
        if kind in (CITES, SERIES):
            later, earlier = (s, t) if kind == CITES else (t, s)
            if full.nodes[earlier]['kind'] != 2:
                needs.add_edge(later, earlier, number, link=[s, t], kind=kind)
    needs = nx.MultiDiGraph(needs.subgraph(nx.descendants(needs, asked) | {asked}))
    broken = _break(needs, lambda _: lambda later, earlier, _: _earlier_part(graph, later, earlier))
    broken += _break(
        needs, lambda _: lambda later, earlier, kind: kind == CITES and _newer(graph, earlier, later)
    )
    broken += _break(
        needs, lambda circle: _against(_arranged(needs, circle, lambda node: _older(graph, node)))
    )
    distance = nx.single_source_shortest_path_length(needs, asked)
    order: list[int] = []
    while len(order) < len(distance):
        free = [n for n in distance if n not in order and all(need in order for need in needs.successors(n))]
        series = graph['nodes'][order[-1]]['series'] if order else -1
        going_on = [n for n in free if graph['nodes'][n]['series'] == series >= 0]
        if going_on:
            order.append(min(going_on, key=lambda n: (graph['nodes'][n]['part'] or 99, _older(graph, n))))
        else:
            order.append(min(free, key=lambda n: _older(graph, n)))
    posts = [node for node in order if node == asked or graph['nodes'][node]['kind'] == 0]
    links = {tuple(link) for later, link in broken if later in distance}
    return {
        'order': posts,
        'distance': [distance[node] for node in posts],
        'broken': sorted(map(list, links)),
        'missing': sorted({*distance} - {*posts}),
    }


@given(graphs())
@settings(max_examples=200)
def test_orders_agree_with_networkx(graph_scripts, graph):
    found = call(
        graph_scripts,
        """({ graph }) => {
          const model = fakeModel(graph);
          return graph.nodes.map((_, node) => blogGraph.readingOrder(model, node));
        }""",
        graph=graph,
    )
    assert found == [expected_reading(graph, node) for node in range(len(graph['nodes']))]


def test_a_hundred_thousand_posts_in_a_row_and_in_a_circle(graph_scripts):
    found = graph_scripts.evaluate(
        """() => {
          const size = 100000;
          const nodes = Array.from({ length: size }, (_, i) => ({ date: `${3000 - Math.floor(i / 100)}` }));
          const undated = nodes.map(() => ({}));
          const row = nodes.slice(1).map((_, i) => ({ source: i, target: i + 1, kind: 0 }));
          const circle = [...row, { source: size - 1, target: 0, kind: 0 }];
          const results = [[nodes, row], [nodes, circle], [undated, circle]].map(([nodes, edges]) => {
            const model = fakeModel({ nodes, edges });
            const begin = performance.now();
            const { order, broken } = blogGraph.readingOrder(model, 0);
            return [order.length, order[0], order[size - 1], broken.length, performance.now() - begin];
          });
          return results;
        }"""
    )
    row, circle, undated = found
    assert row[:4] == [100000, 99999, 0, 0]
    assert circle[:4] == [100000, 99999, 0, 1]
    assert undated[0] == 1  # the one that was asked for is the most important: it opens the circle
    assert undated[3] == 1
    assert max(found[k][4] for k in range(3)) < 5000
