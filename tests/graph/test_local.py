"""Which nodes a local graph shows, and where they stand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph.edges import Edge
from sphinxext_blog.graph.labels import width_of
from sphinxext_blog.graph.local import (
    EDGE_KINDS,
    FONT,
    LINE,
    MOST_NODES,
    LocalEdge,
    LocalGraph,
    LocalNode,
    Subject,
    lay_out,
    most_in,
    neighbourhood,
    ties_of,
)

KINDS = {'c': 'cites', 's': 'series', 'e': 'equation', 'f': 'formula', 'r': 'related'}


def edges(text, weight=1.0):
    """Edges of ``ac>b``: from a to b, of the kind that begins with c."""
    return [
        Edge(a, b, KINDS[kind], {'weight': weight, 'evidence': []})
        for a, kind, b in (item.replace('>', '') for item in text.split())
    ]


def around(centre, text, subjects=None, **how):
    found = ties_of(edges(text) if isinstance(text, str) else text)
    known = {node: Subject('post', node.upper()) for node in found} | (subjects or {})
    return neighbourhood(centre, found, known, **how)


def names(graph):
    return ''.join(node.id for node in graph.nodes)


def drawn(graph):
    ids = [node.id for node in graph.nodes]
    return {f'{ids[edge.source]}{edge.kind[0]}>{ids[edge.target]}' for edge in graph.edges}


def test_a_post_with_nothing_around_it_has_no_graph():
    assert around('a', 'bc>d') is None
    assert around('a', 'ac>b', kinds=['series']) is None


def test_neighbours_are_those_at_either_end_of_an_edge():
    graph = around('a', 'ac>b dc>a bc>z')
    assert names(graph) == 'abd'
    assert drawn(graph) == {'ac>b', 'dc>a'}


def test_an_edge_to_itself_is_none():
    assert around('a', 'ac>a') is None


@pytest.mark.parametrize(('depth', 'shown'), [(1, 'ab'), (2, 'abc'), (3, 'abcd'), (9, 'abcd')])
def test_the_depth_says_how_many_edges_away_a_node_may_be(depth, shown):
    graph = around('a', 'ac>b bc>c cc>d dc>e', depth=depth)
    assert names(graph) == shown
    assert [node.distance for node in graph.nodes] == list(range(len(shown)))
    assert [node.parent for node in graph.nodes] == list(range(-1, len(shown) - 1))


def test_kinds_are_followed_and_drawn():
    text = 'ac>b as>b ar>d bs>e'
    assert names(around('a', text, depth=2)) == 'abed'
    graph = around('a', text, depth=2, kinds=['series'])
    assert names(graph) == 'abe'
    assert drawn(graph) == {'as>b', 'bs>e'}


def test_neighbours_stand_by_kind_then_by_time():
    years = {
        name: Subject('post', name, when=(year, 1, 1, ''))
        for name, year in zip('defghij', range(7), strict=True)
    }
    graph = around('a', 'ar>d af>e he>a gc>a ac>f ac>i as>j', years)
    assert names(graph) == 'ajfigh' + 'ed'
    later = years | {'f': Subject('post', 'f', when=(9, 1, 1, ''))}
    assert names(around('a', 'ar>d af>e he>a gc>a ac>f ac>i as>j', later)) == 'ajifgh' + 'ed'


def test_the_part_before_stands_above_the_part_after_whatever_their_dates():
    undated = {'b': Subject('post', 'B', when=(2020, 1, 1, '')), 'c': Subject('post', 'C')}
    assert names(around('a', 'bs>a as>c', undated)) == 'abc'


def test_what_hangs_on_a_node_follows_it():
    graph = around('a', 'ac>b ac>c bc>x cc>y', depth=2)
    assert names(graph) == 'abxcy'
    assert [node.parent for node in graph.nodes] == [-1, 0, 1, 0, 3]


def test_the_strongest_are_kept_and_the_others_counted():
    graph = around('a', [*edges('ac>b', 0.5), *edges('ac>c', 0.9), *edges('ar>d ar>e', 0.8)], most=3)
    assert set(names(graph)) == {'a', 'b', 'c'}
    assert graph.left_out == 2


def test_what_a_kept_node_hangs_on_is_kept():
    text = [*edges('ac>b', 0.3), *edges('bc>c'), *edges('ar>d ar>e', 0.1)]
    graph = around('a', text, depth=2, most=3)
    assert names(graph) == 'abc'
    assert graph.left_out == 2


def test_a_missing_post_matters_less_than_a_post():
    elsewhere = {'b': Subject('missing', 'B'), 'c': Subject('work', 'C', 'https://example.org')}
    graph = around('a', 'ac>b ac>c ac>d', elsewhere, most=2)
    assert names(graph) == 'ad'
    whole = around('a', 'ac>b ac>c ac>d', elsewhere)
    assert {(node.id, node.kind, node.url) for node in whole.nodes} >= {
        ('b', 'missing', ''),
        ('c', 'work', 'https://example.org'),
    }


def test_there_are_25_nodes_at_most():
    many = [Edge('a', f'n{n:02}', 'cites', {'weight': 1.0}) for n in range(40)]
    graph = around('a', many, most=1000)
    assert len(graph.nodes) == MOST_NODES == 25
    assert graph.left_out == 16


def test_two_posts_that_are_each_related_to_the_other_have_one_line():
    assert drawn(around('a', 'ar>b br>a')) == {'ar>b'}
    assert drawn(around('a', 'ac>b bc>a')) == {'ac>b', 'bc>a'}


def test_neighbours_are_joined_by_what_an_author_said_and_not_by_likeness():
    assert drawn(around('a', 'ac>b ac>c bc>c br>c bf>c')) == {'ac>b', 'ac>c', 'bc>c'}


def test_lines_between_neighbours_are_no_more_than_neighbours_the_parts_of_a_series_first():
    ring = [f'{one}c>{two}' for one in 'bcde' for two in 'bcde' if one != two]
    graph = around('a', ' '.join(['ac>b ac>c ac>d ac>e ds>e', *ring]))
    between = {edge for edge in drawn(graph) if 'a' not in edge}
    assert len(between) == 4
    assert 'ds>e' in between


def test_nothing_far_away_changes_the_graph():
    near = 'ac>b cc>a'
    assert around('a', near) == around('a', f'{near} bc>x xc>y ys>z cc>x')


GRAPHS = st.builds(
    lambda pairs, weights: [
        Edge(one, two, kind, {'weight': weight})
        for (one, two, kind), weight in zip(sorted(pairs), weights, strict=False)
    ],
    st.sets(st.tuples(*[st.sampled_from('abcdefghijklmnopqrstuvwxyzABCDE')] * 2, st.sampled_from(EDGE_KINDS)),
            max_size=120),
    st.lists(st.floats(0.0001, 1), min_size=120, max_size=120),
)  # fmt: skip


@given(GRAPHS, st.integers(1, 3), st.integers(2, 25))
def test_any_graph_is_drawn_whole_and_in_any_order_the_same(found, depth, most):
    graph = around('a', found, depth=depth, most=most)
    assert graph == around('a', found[::-1], depth=depth, most=most)
    if graph is None:
        return
    assert len(graph.nodes) <= most
    assert len({node.id for node in graph.nodes}) == len(graph.nodes)
    known = {(edge.source, edge.target, edge.kind) for edge in found}
    for edge in graph.edges:
        assert (graph.nodes[edge.source].id, graph.nodes[edge.target].id, edge.kind) in known
    joined = {frozenset((edge.source, edge.target)) for edge in graph.edges}
    for number, node in enumerate(graph.nodes[1:], start=1):
        assert node.parent < number
        assert graph.nodes[node.parent].distance == node.distance - 1
        assert frozenset((number, node.parent)) in joined


# positions ---------------------------------------------------------------------------

TITLES = st.sampled_from(
    [
        'Short',
        '概率空间',
        'The variational principles of mechanics and their consequences',
        '概率空间的最小化' * 9,
    ]
)
SHAPES = st.lists(st.tuples(TITLES, st.integers(1, 3)), min_size=1, max_size=24)


def rows(*titles, distances=()):
    """A graph of the post in the middle and a node for each title, all tied to it."""
    distances = distances or [1] * len(titles)
    nodes = [LocalNode('a', 'post', 'A', '', 0, -1)]
    nodes += [
        LocalNode(f'n{n}', 'post', title, '', distance, 0)
        for n, (title, distance) in enumerate(zip(titles, distances, strict=True))
    ]
    ties = tuple(LocalEdge(0, n, 'cites') for n in range(1, len(nodes)))
    return LocalGraph(tuple(nodes), ties, 0)


def box(place):
    """Left, top, right and bottom of a label."""
    half = LINE * len(place.label) / 2
    wide = max(map(width_of, place.label)) * FONT
    return place.label_x, place.y - half, place.label_x + wide, place.y + half


@given(SHAPES, st.sampled_from([160, 220, 340, 600]))
def test_labels_overlap_neither_one_another_nor_a_node_and_stay_inside(shapes, width):
    layout = lay_out(
        rows(*(title for title, _ in shapes), distances=[depth for _, depth in shapes]), width=width
    )
    hub, *others = layout.places
    assert hub.x - hub.radius >= 0
    assert hub.y - hub.radius >= 0
    assert hub.y + hub.radius <= layout.height
    boxes = [box(place) for place in others]
    for place, (left, top, right, bottom) in zip(others, boxes, strict=True):
        assert place.x + place.radius < left
        assert right <= width
        assert top >= 0
        assert bottom <= layout.height
    for above, below in pairwise(boxes):
        assert above[3] <= below[1]
    for above, below in pairwise(others):
        # What fingers hit: circles of 24 pixels that don't overlap (WCAG 2.5.8).
        assert below.y - above.y >= 24


def test_the_post_stands_in_the_middle():
    hub, *others = lay_out(rows('A', 'B', 'C'), width=340).places
    assert hub.y == others[1].y
    assert others[1].y - others[0].y == others[2].y - others[1].y
    assert others[1].x > others[0].x == others[2].x > hub.x
    assert hub.label == ()


def test_a_node_farther_away_stands_farther_out():
    _hub, near, far = lay_out(rows('A', 'B', distances=[1, 2]), width=340).places
    assert near.x == near.arc == far.arc
    assert far.x > far.arc


def test_a_title_takes_two_lines_unless_the_height_forbids():
    graph = rows('概率空间的最小化' * 3, 'B')
    free = lay_out(graph, width=340)
    assert [len(place.label) for place in free.places] == [0, 2, 1]
    low = lay_out(graph, width=340, height=free.height - 1)
    assert [len(place.label) for place in low.places] == [0, 1, 1]
    assert low.places[1].label[0].endswith('…')


@pytest.mark.parametrize('height', [40, 60, 160, 161, 400, 4000])
def test_as_many_nodes_as_a_height_holds_do_fit(height):
    titles = ['概率空间的最小化' * 4] * min(most_in(height) - 1, 24)
    assert lay_out(rows(*titles), width=340, height=height).height <= height


def test_formulas_in_titles_are_readable_and_no_label_is_empty():
    layout = lay_out(rows(r'The formula $n > 8.33\log N$', ' '), width=340)
    assert layout.places[1].label == ('The formula n > 8.33 log N',)
    assert layout.places[2].label == ('n1',)
