from __future__ import annotations

import json
import re

import networkx as nx
import pytest
from hypothesis import given
from hypothesis import strategies as st
from sample_graph import small_graph

from sphinxext_blog.graph.explorer import (
    EDGE_KINDS,
    NODE_KINDS,
    explorer_files,
    safe_url,
    to_network,
    vis_network_script,
)

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
    """The JSON value that a data file hands over."""
    match = re.fullmatch(r'blogGraph\.receive\("(\w+)",(.*)\);\n', content.decode('utf-8'), re.DOTALL)
    assert match, content[:80]
    return json.loads(match[2])


def data_of(graph, **options):
    return read(explorer_files(graph, **options)['graph-data.js'])


def evidence_of(graph, **options):
    return read(explorer_files(graph, **options)['graph-evidence.js'])


def test_the_network_holds_every_node_and_every_edge_of_the_graph():
    graph = small_graph()
    network = to_network(graph)
    assert network.num_nodes() == len(graph)
    assert network.num_edges() == graph.number_of_edges()
    ids = sorted(graph)
    assert {(ids[e['from']], ids[e['to']], e['kind']) for e in network.edges} == set(graph.edges(keys=True))


def test_the_graph_itself_is_left_as_it_was():
    graph = small_graph()
    before = nx.node_link_data(graph, edges='edges')
    explorer_files(graph)
    assert nx.node_link_data(graph, edges='edges') == before


def test_the_layout_is_taken_and_not_computed():
    network = to_network(small_graph())
    assert json.loads(network.get_network_data()[-1])['physics'] == {'enabled': False}
    assert all({'x', 'y', 'size', 'label', 'shape'} <= node.keys() for node in network.nodes)


def test_a_graph_that_was_not_placed_is_refused():
    graph = nx.MultiDiGraph()
    graph.add_node('a', kind='post', title='A')
    with pytest.raises(ValueError, match=r"'a' of the graph has no 'x'"):
        to_network(graph)


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
    assert {len(column) for name, column in columns.items() if name != 'html'} == {len(small_graph())}


def test_edges_name_their_ends_by_number_and_their_kind_by_place():
    graph = graph_of('A', 'B')
    graph.add_edge('p1', 'p0', 'related', weight=0.25, evidence=[])
    data = data_of(graph)
    assert data['edges'] == {
        'source': [1],
        'target': [0],
        'kind': [EDGE_KINDS.index('related')],
        'weight': [0.25],
    }
    assert (data['kinds'], data['edgeKinds']) == (list(NODE_KINDS), list(EDGE_KINDS))


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


def test_each_topic_names_its_main_post():
    graph = graph_of('A', 'B', 'C')
    graph.add_node('missing:m', kind='missing', title='M', x=0.0, y=0.0, community=1, pagerank=0.1)
    graph.nodes['p2']['community'] = 2
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[])
    graph.nodes['p1']['date'] = '2020'
    assert data_of(graph)['mainPosts'] == [sorted(graph).index('p1'), -1, sorted(graph).index('p2')]


def test_a_node_is_the_larger_the_more_it_is_cited_up_to_a_limit():
    graph = graph_of('A', 'B', 'C')
    for node, rank in zip(graph, (0.9, 0.01, 0.0), strict=True):
        graph.nodes[node]['pagerank'] = rank
    sizes = data_of(graph)['nodes']['size']
    assert sizes == sorted(sizes, reverse=True)
    assert (max(sizes), min(sizes)) == (20, 7)


def test_the_mention_is_marked_in_its_sentence():
    graph = graph_of('A', 'B')
    evidence = {
        'how': 'title',
        'text': '《B》',
        'context': 'as $x<1$ in 《B》.',
        'span': [12, 15],
        'anchor': 'here',
    }
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[evidence])
    (told,) = evidence_of(graph)['edges'][0]
    assert told['html'].endswith('</math> in <mark>《B》</mark>.')
    assert told['anchor'] == 'here'


def test_a_shared_formula_is_shown_once_where_both_write_it_alike():
    graph = graph_of('A', 'B')
    evidence = {'how': 'surface', 'source_latex': 'x^2', 'target_latex': '{x}^{2}', 'source_anchor': 'f'}
    graph.add_edge('p0', 'p1', 'formula', weight=1, evidence=[evidence, evidence | {'how': 'renamed'}])
    alike, renamed = evidence_of(graph)['edges'][0]
    assert [sorted(formula) for formula in alike['formulas']] == [['anchor', 'html'], ['anchor']]
    assert [formula['anchor'] for formula in alike['formulas']] == ['f', '']
    assert all(formula['html'].startswith('<math') for formula in renamed['formulas'])


def test_a_formula_that_has_no_markup_is_shown_as_its_text():
    graph = graph_of('A', 'B')
    latex = '\\nothing</script>{'
    evidence = {'how': 'renamed', 'source_latex': latex, 'target_latex': latex}
    graph.add_edge('p0', 'p1', 'formula', weight=1, evidence=[evidence])
    (told,) = evidence_of(graph)['edges'][0]
    assert told['formulas'][0]['html'] == '<code class="blog-latex">\\nothing&lt;/script&gt;{</code>'


def test_a_sentence_with_several_mentions_is_told_once_with_all_of_them_marked():
    graph = graph_of('A', 'B')
    sentence = 'By (1) and (2).'
    mentions = [
        {'how': 'role', 'context': sentence, 'span': span, 'anchor': f'm{span[0]}'}
        for span in ([3, 6], [11, 14])
    ]
    other = {'how': 'title', 'context': 'See 《B》.', 'span': [4, 7]}
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[mentions[0], other, mentions[1]])
    told = evidence_of(graph)['edges'][0]
    assert [item['html'] for item in told] == [
        'By <mark>(1)</mark> and <mark>(2)</mark>.',
        'See <mark>《B》</mark>.',
    ]
    assert told[0]['anchor'] == 'm3'


def test_mentions_without_a_sentence_are_told_each():
    graph = graph_of('A', 'B')
    evidence = [{'how': 'url', 'text': 'one'}, {'how': 'url', 'text': 'two'}]
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=evidence)
    assert [item['html'] for item in evidence_of(graph)['edges'][0]] == ['one', 'two']


def test_a_sentence_that_cites_an_equation_is_told_with_the_citation():
    graph = graph_of('A', 'B')
    sentence = {'context': 'By (1).', 'span': [3, 6]}
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[{'how': 'role', **sentence}])
    equations = [
        {'how': 'label', 'number': '1', **sentence},
        {'how': 'label', 'number': '2', 'context': 'Also (2).'},
    ]
    graph.add_edge('p0', 'p1', 'equation', weight=1, evidence=equations)
    cites, equation = evidence_of(graph)['edges']
    assert [item['html'] for item in cites] == ['By <mark>(1)</mark>.']
    assert [item.get('html') for item in equation] == [None, 'Also (2).']
    assert [item['number'] for item in equation] == ['1', '2']


def test_a_span_that_cuts_a_formula_marks_nothing():
    graph = graph_of('A', 'B')
    graph.add_edge(
        'p0', 'p1', 'cites', weight=1, evidence=[{'how': 'url', 'context': '$x+y$', 'span': [0, 2]}]
    )
    assert '<mark>' not in evidence_of(graph)['edges'][0][0]['html']


def test_reasons_name_posts_by_their_titles():
    graph = graph_of('A', 'The $x$ of B')
    reason = {'how': 'cited-together', 'score': 0.5, 'detail': ['p1', '梯度']}
    graph.add_edge('p0', 'p1', 'related', weight=0.5, evidence=[reason])
    assert evidence_of(graph)['edges'][0][0]['detail'] == ['The x of B', '梯度']


def test_a_series_step_tells_its_numbers_and_its_gap():
    graph = graph_of('A', 'B')
    step = {'how': 'title', 'series': 'S', 'source_number': [1], 'target_number': [4]}
    graph.add_edge('p0', 'p1', 'series', weight=0.3, gap=[2, 3], evidence=[step])
    told = evidence_of(graph)['edges'][0][0]
    assert (told['series'], told['source_number'], told['target_number'], told['gap']) == (
        'S',
        [1],
        [4],
        [2, 3],
    )


def test_excerpts_stand_with_the_evidence():
    assert evidence_of(graph_of('A', 'B'), excerpts={'p1': 'a < $b$'})['excerpts'] == {
        '1': 'a &lt; <math><mi>b</mi></math>'
    }


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
