from __future__ import annotations

import math
import random

import networkx as nx
import numpy as np
import pytest
from graph_cases import link, post
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy.spatial.distance import pdist

from sphinxext_blog.graph import build_graph, place
from sphinxext_blog.graph.layout import LEAST_DISTANCE, SPACING
from sphinxext_blog.graph.spreading import nearest_distances
from sphinxext_blog.records import Resolution


def blog(count, pairs):
    links = tuple(link(f'p{one:04d}', f'p{two:04d}', line=at) for at, (one, two) in enumerate(pairs))
    return build_graph([post(f'p{number:04d}') for number in range(count)], Resolution(links=links))


def groups(count=120, size=20, seed=1):
    """Groups of posts that mostly cite each other, and a third of the posts alone."""
    rng = random.Random(seed)
    pairs = []
    for one in range(count * 2 // 3):
        first = one // size * size
        pairs += [(one, first + rng.randrange(size)) for _ in range(3)]
    return blog(count, pairs)


def positions(graph):
    return np.array([(data['x'], data['y']) for _, data in graph.nodes(data=True)])


@pytest.mark.parametrize(
    ('count', 'pairs'),
    [
        (1, []),
        (2, []),
        (2, [(0, 1)]),
        (3, []),
        (3, [(0, 1), (1, 2)]),
        (4, [(0, 1), (1, 2), (2, 3)]),
        (5, [(0, 1), (0, 2), (0, 3), (0, 4)]),
        (40, []),
        (60, [(0, other) for other in range(1, 60)]),
        (60, [(one, one + 1) for one in range(59)]),
        (30, [(one, two) for one in range(30) for two in range(one)]),
        (400, [(one, one // 3) for one in range(1, 400)]),
    ],
    ids=[
        '1',
        '2',
        'pair',
        '3',
        'path of 3',
        'path of 4',
        'star of 5',
        '40 alone',
        'star',
        'path',
        'clique',
        'tree',
    ],
)
def test_no_two_nodes_touch_and_the_map_is_compact(count, pairs):
    graph = blog(count, pairs)
    place(graph)
    found = positions(graph)
    assert np.isfinite(found).all()
    if count > 1:
        assert pdist(found).min() >= LEAST_DISTANCE
    width, height = found.max(axis=0) - found.min(axis=0)
    assert max(width, height) <= 8 * SPACING * math.sqrt(count) + SPACING


@given(st.integers(1, 25), st.lists(st.tuples(st.integers(0, 24), st.integers(0, 24)), max_size=40))
@settings(max_examples=30)
def test_any_graph_has_a_finite_layout_without_overlap(count, pairs):
    graph = blog(count, [(one % count, two % count) for one, two in pairs])
    place(graph)
    found = positions(graph)
    assert np.isfinite(found).all()
    assert count == 1 or pdist(found).min() >= LEAST_DISTANCE


def test_an_empty_graph_needs_no_room():
    graph = build_graph([], Resolution())
    place(graph)
    assert len(graph) == 0


def test_one_node_stands_in_the_middle():
    graph = blog(1, [])
    place(graph)
    assert (graph.nodes['p0000']['x'], graph.nodes['p0000']['y']) == (0.0, 0.0)


def test_coordinates_have_one_decimal_and_the_map_is_centred():
    graph = groups()
    place(graph)
    found = positions(graph)
    assert (np.round(found, 1) == found).all()
    assert np.abs(found.max(axis=0) + found.min(axis=0)).max() <= 0.2


def test_the_same_graph_gives_the_same_map():
    one, two = groups(), groups()
    place(one)
    place(two)
    assert (positions(one) == positions(two)).all()


def test_another_seed_gives_another_map():
    one, two = groups(), groups()
    place(one)
    place(two, seed=7)
    assert (positions(one) != positions(two)).any()


def test_nodes_are_typically_the_spacing_apart():
    graph = blog(400, [(one, one // 3) for one in range(1, 400)])
    place(graph)
    assert 0.9 * SPACING < np.median(nearest_distances(positions(graph))) < 1.2 * SPACING


def test_neighbours_are_nearer_than_strangers():
    graph = groups()
    place(graph)
    where = {node: np.array((data['x'], data['y'])) for node, data in graph.nodes(data=True)}
    linked = [np.linalg.norm(where[one] - where[two]) for one, two, _ in graph.edges]
    assert np.mean(linked) < pdist(positions(graph)).mean() / 2


def test_posts_without_links_stay_near():
    graph = groups()
    place(graph)
    reach = {
        kind: max(
            math.hypot(data['x'], data['y'])
            for node, data in graph.nodes(data=True)
            if (graph.degree(node) == 0) == alone
        )
        for kind, alone in (('alone', True), ('linked', False))
    }
    assert reach['alone'] < 2 * reach['linked']


def where(graph):
    return {node: (data['x'], data['y']) for node, data in graph.nodes(data=True)}


def cite(graph, source, target):
    graph.add_edge(source, target, 'cites', weight=1.0, evidence=[{'how': 'role', 'text': ''}])


def moved(before, after):
    """How far each node of both maps moved, by the width of the first."""
    xs = [x for x, _ in before.values()]
    way = [math.dist(before[node], after[node]) for node in before if node in after]
    return np.array(way) / (max(xs) - min(xs))


def test_with_a_map_nothing_moves_when_nothing_is_new():
    graph = groups()
    place(graph)
    before = where(graph)
    place(graph, start=before)
    assert where(graph) == before


@pytest.mark.parametrize('new', [1, 12])
def test_with_a_map_posts_stay_where_they_are_and_new_ones_come_beside_their_neighbours(new):
    graph = groups()
    place(graph)
    before = where(graph)
    for number in range(new):
        graph.add_node(f'new{number}', kind='post', title='new')
        for other in range(3):
            cite(graph, f'new{number}', f'p{20 * (number % 4) + other:04d}')
    cold = graph.copy()
    place(graph, start=before)
    place(cold)
    assert np.median(moved(before, where(graph))) < 0.01
    assert moved(before, where(graph)).max() < 0.1
    assert moved(before, where(cold)).max() > 0.2  # without the map, the map is another one
    found = where(graph)
    for number in range(new):
        first = 20 * (number % 4)
        middle = np.mean([found[f'p{first + other:04d}'] for other in range(3)], axis=0)
        reach = np.linalg.norm([np.array(found[f'p{first + at:04d}']) - middle for at in range(20)], axis=1)
        assert np.linalg.norm(middle - found[f'new{number}']) < reach.max() + 2 * SPACING
    assert pdist(positions(graph)).min() >= LEAST_DISTANCE


def test_with_a_map_new_components_are_put_where_there_is_room():
    graph = groups()
    place(graph)
    before = where(graph)
    for name in ('alone', 'one', 'two'):
        graph.add_node(name, kind='post', title=name)
    cite(graph, 'one', 'two')
    place(graph, start=before)
    after = where(graph)
    assert {node: after[node] for node in before} == before
    assert pdist(positions(graph)).min() >= LEAST_DISTANCE
    assert math.dist(after['one'], after['two']) < 3 * SPACING


def test_with_a_map_of_few_posts_the_others_are_laid_out_around_them():
    graph = groups()
    place(graph)
    few = dict(list(where(graph).items())[:5])
    place(graph, start=few)
    assert pdist(positions(graph)).min() >= LEAST_DISTANCE
    width, height = np.ptp(positions(graph), axis=0)
    assert max(width, height) < 12 * SPACING * math.sqrt(len(graph))


@given(
    st.integers(1, 20),
    st.lists(st.tuples(st.integers(0, 19), st.integers(0, 19)), max_size=30),
    st.dictionaries(
        st.integers(0, 19).map('p{:04d}'.format),
        st.tuples(st.floats(-2000, 2000), st.floats(-2000, 2000)) | st.just((0.0, 0.0)),
    ),
)
@settings(max_examples=60)
def test_any_graph_is_fitted_into_any_map_without_overlap(count, pairs, start):
    graph = blog(count, [(one % count, two % count) for one, two in pairs])
    place(graph, start=start)
    found = positions(graph)
    assert np.isfinite(found).all()
    assert count == 1 or pdist(found).min() >= LEAST_DISTANCE


def test_posts_that_are_gone_leave_their_place_empty():
    graph = groups()
    place(graph)
    before = where(graph)
    graph.remove_nodes_from(['p0000', 'p0033', 'p0119'])
    place(graph, start=before)
    assert where(graph) == {node: at for node, at in before.items() if node in graph}


def test_a_start_without_sense_is_ignored_where_it_has_none():
    graph = groups()
    place(graph, start={'p0000': (math.nan, 1.0), 'nobody': (5.0, 5.0), 'p0001': (math.inf, 0.0)})
    expected = groups()
    place(expected)
    assert (positions(graph) == positions(expected)).all()


def test_all_nodes_on_one_spot_come_apart_again():
    graph = groups()
    place(graph, start=dict.fromkeys(graph, (3.0, 3.0)))
    found = positions(graph)
    assert np.isfinite(found).all()
    assert pdist(found).min() >= LEAST_DISTANCE


def test_placing_keeps_the_edges():
    graph = groups()
    edges = list(graph.edges(keys=True, data=True))
    place(graph)
    assert list(graph.edges(keys=True, data=True)) == edges
    assert isinstance(graph, nx.MultiDiGraph)
