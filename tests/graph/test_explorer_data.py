from __future__ import annotations

import json

import networkx as nx
import pytest
from explorer_graphs import HOSTILE, data_of, graph_of, read
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import large_graph, small_graph

from sphinxext_blog.graph.explorer import EDGE_KINDS, NODE_KINDS, by_importance
from sphinxext_blog.graph.explorer_data import explorer_files


def test_the_graph_itself_is_left_as_it_was():
    graph = small_graph()
    before = nx.node_link_data(graph, edges='edges')
    explorer_files(graph)
    assert nx.node_link_data(graph, edges='edges') == before


def test_an_empty_graph_is_no_error():
    assert data_of(nx.MultiDiGraph())['nodes']['id'] == []


def test_equal_graphs_give_equal_bytes_whatever_the_order_of_insertion():
    graph = small_graph()
    other = nx.MultiDiGraph()
    other.add_nodes_from(reversed(list(graph.nodes(data=True))))
    other.add_edges_from(reversed(list(graph.edges(keys=True, data=True))))
    assert explorer_files(graph) == explorer_files(other)


def test_all_columns_of_the_nodes_are_equally_long():
    columns = data_of(small_graph())['nodes']
    lengths = {len(column) for name, column in columns.items() if name not in {'html', 'url'}}
    assert lengths == {len(small_graph())}


def edges_of(data):
    """Source, target, kind and weight of each link of a file."""
    columns = data['edges']
    source = 0
    for step, target, kind, weight in zip(
        columns['step'], columns['target'], columns['kind'], columns['weight'], strict=True
    ):
        source += step
        yield source, target, data['edgeKinds'][kind], round(weight * 0.05, 2)


def test_edges_name_their_ends_by_number_and_their_kind_by_place():
    graph = graph_of('A', 'B')
    graph.add_edge('p1', 'p0', 'related', weight=0.25, evidence=[])
    graph.add_edge('p0', 'p1', 'cites', weight=0.001, evidence=[])
    data = data_of(graph)
    assert list(edges_of(data)) == [(0, 1, 'cites', 0.05), (1, 0, 'related', 0.25)]
    assert (data['kinds'], data['edgeKinds']) == (list(NODE_KINDS), list(EDGE_KINDS))


def test_links_of_one_source_and_kind_stand_in_the_order_of_their_strength():
    graph = graph_of('A', 'B', 'C', 'D')
    for target, weight in (('p1', 0.501), ('p2', 0.503), ('p3', 0.502)):
        graph.add_edge('p0', target, 'related', weight=weight, evidence=[])
    assert [target for _, target, *_ in edges_of(data_of(graph))] == [2, 3, 1]


def test_a_large_graph_comes_in_slices_the_important_first():
    graph = large_graph(300)
    files = explorer_files(graph, first=50, slice_size=100)
    head = read(files['nodes-0.js'])
    assert head['slices'] == 3
    assert head['total'] == {'nodes': len(graph), 'edges': graph.number_of_edges()}
    parts = [head, *(read(files[f'nodes-{n}.js']) for n in range(1, 4))]
    assert [len(part['nodes']['id']) for part in parts] == [50, 100, 100, 80]
    assert [node for part in parts for node in part['nodes']['id']] == by_importance(graph)
    known = 0
    for part in parts:
        before, known = known, known + len(part['nodes']['id'])
        ends = [max(s, t) for s, t, *_ in edges_of(head | part)]
        assert all(before <= end < known for end in ends)
    assert sum(len(part['edges']['target']) for part in parts) == graph.number_of_edges()


def test_the_stamp_changes_with_any_other_file():
    graph = graph_of('A', 'B')
    before = data_of(graph)['stamp']
    assert data_of(graph, excerpts={'p0': 'First words'})['stamp'] != before


def test_an_address_is_written_where_it_is_not_the_usual_one():
    graph = graph_of('A', 'B', 'C')
    for node, url in (('p0', 'p0.html'), ('p1', 'p1.html'), ('p2', 'elsewhere/p2.html')):
        graph.nodes[node]['url'] = url
    graph.add_node(
        'work:w', kind='work', title='W', x=0.0, y=0.0, community=0, pagerank=0.1, url='https://a.b'
    )
    graph.add_node('missing:m', kind='missing', title='M', x=0.0, y=0.0, community=0, pagerank=0.0)
    graph.add_node(
        'work:j', kind='work', title='J', x=0.0, y=0.0, community=0, pagerank=0.0, url='javascript:1'
    )
    data = data_of(graph)
    assert data['suffix'] == '.html'
    assert data['nodes']['url'] == {'2': 'elsewhere/p2.html', '3': 'https://a.b'}


def test_mathematics_in_a_title_is_unicode_on_the_map_and_markup_beside_it():
    columns = data_of(graph_of(r'Why $n>8.33\log N$', 'Plain'))['nodes']
    assert columns['label'] == ['Why n > 8.33 log N', 'Plain']
    assert list(columns['html']) == ['0']
    assert columns['html']['0'].startswith('Why <math>')


@pytest.mark.parametrize(
    ('title', 'label'),
    [('In this post we', 'In this post we…'), ('A clause…', 'A clause…'), ('The $n$ of', 'The n of…')],
)
def test_a_title_that_is_a_first_clause_ends_in_an_ellipsis(title, label):
    columns = data_of(graph_of(title, title_derived=True))['nodes']
    assert columns['label'] == [label]
    assert all(html.endswith('…') for html in columns['html'].values())


def test_each_topic_has_a_name_and_a_main_post():
    graph = graph_of('A', 'B', 'C')
    graph.add_node('missing:m', kind='missing', title='M', x=0.0, y=0.0, community=1, pagerank=0.1)
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[])
    graph.nodes['p1']['date'] = '2020'
    number = by_importance(graph).index('p1')
    assert data_of(graph)['communities'] == {'name': ['B'], 'main': [number]}
    graph.graph['communities'] = [{'name': 'sums, $n^2$', 'terms': [], 'size': 3, 'main': 'p1'}]
    assert data_of(graph)['communities'] == {'name': ['sums, n²'], 'main': [number]}


def test_a_node_is_the_larger_the_more_it_is_cited_up_to_a_limit():
    graph = graph_of('A', 'B', 'C')
    for node, rank in zip(graph, (0.9, 0.01, 0.0), strict=True):
        graph.nodes[node]['pagerank'] = rank
    sizes = data_of(graph)['nodes']['size']
    assert sizes == sorted(sizes, reverse=True)
    assert (max(sizes), min(sizes)) == (20, 7)


def test_hostile_text_can_not_leave_its_literal():
    graph = graph_of(HOSTILE, HOSTILE, tags=[HOSTILE], series=HOSTILE, date='2020')
    graph.add_edge(
        'p0', 'p1', 'cites', weight=1, evidence=[{'how': 'title', 'context': HOSTILE, 'text': HOSTILE}]
    )
    for content in explorer_files(graph, excerpts={'p0': HOSTILE}).values():
        text = content.decode('utf-8')
        assert not set('<>&\u2028\u2029') & set(text)
        assert '<img' not in json.dumps(
            [value for value in _strings(read(content)) if '<' in value and not _is_raw(value)]
        )


def _is_raw(value):
    # Titles, tags and names as text; what is inserted as HTML has its brackets escaped.
    return value.startswith('</script>')


def _strings(value):
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for key, item in value.items():
            yield key
            yield from _strings(item)
    elif isinstance(value, list):
        for item in value:
            yield from _strings(item)


@given(st.text(st.characters()), st.text(st.characters()))
def test_any_title_and_any_sentence_make_valid_scripts(title, sentence):
    graph = graph_of(title, 'B')
    graph.add_edge(
        'p0', 'p1', 'cites', weight=1, evidence=[{'how': 'title', 'text': title, 'context': sentence}]
    )
    for content in explorer_files(graph, excerpts={'p0': sentence}).values():
        assert not set('<>&\u2028\u2029') & set(content.decode('utf-8'))
        read(content)
