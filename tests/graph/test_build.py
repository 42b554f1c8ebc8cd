from __future__ import annotations

import itertools

import pytest
from graph_cases import link, mention, post, series

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.graph import build_graph
from sphinxext_blog.records import Ambiguity, MissingPost, Resolution, Work


def test_a_post_without_anything_is_a_node_without_unknowns():
    graph = build_graph([post('a', 'A')], Resolution())
    assert dict(graph.nodes['a']) == {'kind': 'post', 'title': 'A', 'words': 0, 'formulas': 0}
    assert graph.graph == {'schema_version': 1, 'series': [], 'ambiguous': [], 'dangling': []}


def test_a_post_brings_all_that_it_knows():
    full = post(
        'a',
        'A $x$',
        date=PartialDate(month=12, day=8),
        updated=PartialDate(2020),
        authors=('Emmy', ''),
        tags=('t',),
        categories=('c',),
        language='zh',
        series='S',
        series_index=3,
        words=10,
        formulas=2,
    )
    graph = build_graph([full], Resolution(), urls={'a': 'a.html'})
    assert dict(graph.nodes['a']) == {
        'kind': 'post',
        'url': 'a.html',
        'date': '--12-08',
        'updated': '2020',
        'authors': ['Emmy'],
        'tags': ['t'],
        'categories': ['c'],
        'language': 'zh',
        'series': 'S',
        'series_index': 3,
        'words': 10,
        'formulas': 2,
        'title': 'A $x$',
    }


def test_a_post_without_title_is_called_by_its_docname():
    from sphinxext_blog.records import DocName, Post

    assert build_graph([Post(DocName('a'), '')], Resolution()).nodes['a']['title'] == 'a'


def test_missing_posts_have_no_url_and_works_keep_theirs():
    resolution = Resolution(
        missing=(MissingPost('missing:m', 'M', url='https://here/m'),),
        works=(Work('work:w', 'W', 'https://there/w'),),
    )
    graph = build_graph([], resolution)
    assert dict(graph.nodes['missing:m']) == {'kind': 'missing', 'title': 'M'}
    assert dict(graph.nodes['work:w']) == {'kind': 'work', 'title': 'W', 'url': 'https://there/w'}


def test_parallel_mentions_are_one_edge_with_all_their_evidence():
    links = (
        link('a', 'b', 'fuzzy', 0.8, text='B?', line=1),
        link('a', 'b', 'role', text='B', context='see B', span=(4, 5), anchor='x', line=9),
    )
    graph = build_graph([post('a'), post('b')], Resolution(links=links))
    assert list(graph.edges(keys=True)) == [('a', 'b', 'cites')]
    evidence = graph.edges['a', 'b', 'cites']['evidence']
    assert evidence == [
        {'how': 'role', 'text': 'B', 'context': 'see B', 'span': [4, 5], 'anchor': 'x', 'line': 9},
        {'how': 'fuzzy', 'text': 'B?', 'line': 1, 'score': 0.8},
    ]


def test_two_nodes_with_one_id_are_refused():
    with pytest.raises(ValueError, match="called 'a'"):
        build_graph([post('a'), post('a')], Resolution())


def test_a_link_of_a_post_to_itself_makes_no_edge():
    assert not build_graph([post('a')], Resolution(links=(link('a', 'a'),))).edges


def test_what_only_a_withheld_draft_cites_is_withheld():
    resolution = Resolution(
        links=(link('draft', 'missing:m'), link('draft', 'a'), link('a', 'draft'), link('a', 'work:w')),
        missing=(MissingPost('missing:m', 'M'),),
        works=(Work('work:w', 'W'),),
        ambiguous=(Ambiguity(mention('draft'), ('a', 'draft')), Ambiguity(mention('a', 'x'), ('a', 'draft'))),
        dangling=(mention('draft'), mention('a', target='https://here/nowhere', form='url', line=3)),
        series=(series('S', ('a', 1), ('draft', 2)),),
    )
    graph = build_graph([post('a')], resolution)
    assert sorted(graph) == ['a', 'work:w']
    assert list(graph.edges) == [('a', 'work:w', 'cites')]
    assert graph.graph['ambiguous'] == [{'source': 'a', 'text': 'x', 'candidates': ['a']}]
    assert graph.graph['dangling'] == [
        {'source': 'a', 'text': 'text', 'line': 3, 'target': 'https://here/nowhere'}
    ]
    assert [member['id'] for member in graph.graph['series'][0]['members']] == ['a']


def test_the_series_of_a_node_is_the_one_its_author_named():
    found = series('Found', ('a', 4), ('b', 5))
    named = series('Named', ('b', 1), ('a', 2), declared=True)
    graph = build_graph([post('a', series='Named'), post('b')], Resolution(series=(found, named)))
    assert (graph.nodes['a']['series'], graph.nodes['a']['series_index']) == ('Named', 2)
    assert (graph.nodes['b']['series'], graph.nodes['b']['series_index']) == ('Named', 1)


def test_a_missing_part_knows_its_place():
    resolution = Resolution(
        missing=(MissingPost('missing:m', 'S(2)', 'S', 2),), series=(series('S', ('a', 1), ('missing:m', 2)),)
    )
    graph = build_graph([post('a')], resolution)
    assert (graph.nodes['missing:m']['series'], graph.nodes['missing:m']['series_index']) == ('S', 2)
    assert graph.graph['series'] == [
        {
            'key': 's',
            'name': 'S',
            'members': [
                {'id': 'a', 'number': [1], 'label': '1'},
                {'id': 'missing:m', 'number': [2], 'label': '2'},
            ],
            'gaps': [],
        }
    ]


@pytest.mark.parametrize('order', list(itertools.permutations(range(3)))[1:])
def test_the_order_of_the_records_does_not_show(order):
    posts = [post('a'), post('b'), post('c')]
    links = (link('a', 'b', line=1), link('c', 'a'), link('a', 'b', line=2))
    expected = build_graph(posts, Resolution(links=links))
    graph = build_graph([posts[i] for i in order], Resolution(links=tuple(links[i] for i in order)))
    assert list(graph.nodes(data=True)) == list(expected.nodes(data=True))
    assert list(graph.edges(keys=True, data=True)) == list(expected.edges(keys=True, data=True))
