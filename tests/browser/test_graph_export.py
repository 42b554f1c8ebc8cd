"""What is shown on the graph page, saved as data and read by networkx."""

from __future__ import annotations

import io
import json

import networkx as nx
from graph_scripts import call, graphs, open_graph_scripts, serve
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from sphinxext_blog import load_graph
from sphinxext_blog.graph.schema import GRAPH_SCHEMA, SCHEMA_VERSION

HOSTILE = [
    '</script><img src=x onerror="window.hacked=1">',
    ']]> <!-- --> <![CDATA[ &amp; &#0; &nope;',
    '"\'`$\\href{javascript:alert(1)}{x}$',
    'line\nline\ttab\rreturn\x00null\x0bvt\x1b[0m\x7f\x85',
    '\u202eright to left\u2066isolated',
    '\u2028line\u2029paragraph',
    '\ufffe\uffff\U0001f600',
    'half \ud83d, other half \ude00',
    ' blanks  at both ends ',
    'x' * 10000,
]
BLOG = {
    'nodes': [
        {
            'id': f'post {n}',
            'label': text,
            'tags': [n % 2],
            'date': '2014-12',
            'series': 0,
            'part': n,
            'pagerank': 0.1234567,
            'x': 1.5,
            'y': -3,
        }
        for n, text in enumerate(HOSTILE)
    ]
    + [
        {'id': 'work:w', 'kind': 2, 'url': 'https://arxiv.org/abs/1', 'community': -1},
        {'id': 'missing:m', 'kind': 1, 'url': ''},
    ],
    'edges': [
        {'source': 0, 'target': 1, 'kind': 0, 'weight': 0.95},
        {'source': 0, 'target': 1, 'kind': 4, 'weight': 0.3},
        {'source': 1, 'target': 11, 'kind': 0, 'weight': 1},
    ],
    'tags': HOSTILE[:2],
    'series': [HOSTILE[2]],
}


def saved(page, graph, form, shown=None):
    """As bytes of UTF-8, the way a Blob makes them."""
    return call(
        page,
        """({ graph, form, shown }) => {
          const text = blogGraph[form](fakeModel(graph), shown || undefined);
          return [...new TextEncoder().encode(text)];
        }""",
        graph=graph,
        form=form,
        shown=shown,
    )


def as_json(page, graph, shown=None):
    return bytes(saved(page, graph, 'toJson', shown))


def as_graphml(page, graph, shown=None):
    return bytes(saved(page, graph, 'toGraphml', shown))


def loaded(folder, name, content):
    (folder / name).write_bytes(content)
    return load_graph(folder / name)


def test_json_is_node_link_data(graph_scripts, tmp_path):
    content = as_json(graph_scripts, BLOG)
    data = json.loads(content)
    graph = nx.node_link_graph(data, edges='edges')
    assert nx.node_link_data(graph, edges='edges') == data
    assert isinstance(graph, nx.MultiDiGraph)
    assert graph.nodes['post 1'] == {
        'kind': 'post',
        'title': HOSTILE[1],
        'url': 'post 1.html',
        'date': '2014-12',
        'tags': [HOSTILE[1]],
        'series': HOSTILE[2],
        'series_index': 1,
        'pagerank': 0.123457,
        'community': 0,
        'x': 1.5,
        'y': -3,
    }
    assert graph.nodes['work:w'].keys() == {'kind', 'title', 'url', 'pagerank', 'x', 'y'}
    assert 'url' not in graph.nodes['missing:m']
    assert dict(graph['post 0']['post 1']) == {'cites': {'weight': 0.95}, 'related': {'weight': 0.3}}
    assert nx.utils.graphs_equal(loaded(tmp_path, 'graph.json', content), graph)


def test_hostile_titles_are_text_in_json(graph_scripts):
    content = as_json(graph_scripts, BLOG)
    assert not {*content.decode()} & {*'<>&\u2028\u2029'}
    titles = [node['title'] for node in json.loads(content)['nodes']]
    assert titles[: len(HOSTILE)] == [*HOSTILE[:7], 'half \ufffd, other half \ufffd', *HOSTILE[8:]]


def test_hostile_titles_are_text_in_graphml(graph_scripts, tmp_path):
    content = as_graphml(graph_scripts, BLOG)
    graph = nx.read_graphml(io.BytesIO(content))
    assert graph.nodes['post 0']['title'] == HOSTILE[0]
    assert graph.nodes['post 3']['title'] == (
        'line\nline\ttab\ufffdreturn\ufffdnull\ufffdvt\ufffd[0m\x7f\x85'
    )
    assert graph.nodes['post 7']['title'] == 'half \ufffd, other half \ufffd'
    assert graph.nodes['post 8']['title'] == HOSTILE[8]
    assert graph.nodes['post 1']['series_index'] == 1
    assert graph.nodes['post 1']['x'] == 1.5
    read = loaded(tmp_path, 'graph.graphml', content)
    assert read.nodes['post 0']['tags'] == [HOSTILE[0]]
    assert dict(read['post 0']['post 1']) == {'cites': {'weight': 0.95}, 'related': {'weight': 0.3}}


def test_names_that_xml_cannot_hold_stay_apart(graph_scripts):
    nodes = [{'id': text} for text in ('a\x00', 'a\x01', 'a\ufffd', 'b\n"<')]
    content = as_graphml(graph_scripts, {'nodes': nodes, 'edges': [{'source': 0, 'target': 3}]})
    graph = nx.read_graphml(io.BytesIO(content))
    assert {*graph} == {'a\ufffd~2', 'a\ufffd~3', 'a\ufffd', 'b\n"<'}
    assert [*graph.edges] == [('a\ufffd~2', 'b\n"<')]


def test_only_what_is_shown(graph_scripts):
    shown = {'nodes': [1, 0], 'edges': [2, 0]}
    data = json.loads(as_json(graph_scripts, BLOG, shown))
    assert [node['id'] for node in data['nodes']] == ['post 0', 'post 1']
    assert [(edge['source'], edge['target'], edge['key']) for edge in data['edges']] == [
        ('post 0', 'post 1', 'cites')
    ]
    graph = nx.read_graphml(io.BytesIO(as_graphml(graph_scripts, BLOG, shown)))
    assert {*graph} == {'post 0', 'post 1'}
    assert len(graph.edges) == 1


def test_what_a_filter_shows_may_be_flags(graph_scripts):
    content = call(
        graph_scripts,
        """({ graph }) => {
          const model = fakeModel(graph);
          const filter = { ...blogGraph.createFilter(), nodeKinds: [false, true, true] };
          const shown = blogGraph.applyFilter(model, filter);
          return [blogGraph.toJson(model, shown)];
        }""",
        graph={**BLOG, 'communities': [{'main': 0}]},
    )[0]
    assert [node['id'] for node in json.loads(content)['nodes']] == ['work:w', 'missing:m']


def test_the_version_is_that_of_the_schema(graph_scripts):
    assert json.loads(as_json(graph_scripts, BLOG))['graph'] == {'schema_version': SCHEMA_VERSION}


def test_the_schema_holds_but_for_what_the_page_does_not_know(graph_scripts):
    errors = Draft202012Validator(GRAPH_SCHEMA).iter_errors(json.loads(as_json(graph_scripts, BLOG)))
    assert {error.message for error in errors} == {
        "'evidence' is a required property",
        "'series' is a required property",
        "'ambiguous' is a required property",
        "'dangling' is a required property",
    }


TEXT = st.text(st.characters(exclude_categories=['Cs', 'Cc', 'Cn'], include_characters='\t\n'), max_size=8)


@given(graphs(), st.data())
@settings(max_examples=60)
def test_json_and_graphml_are_the_same_graph(graph_scripts, tmp_path_factory, graph, data):
    for number, node in enumerate(graph['nodes']):
        node['id'] = f'{data.draw(TEXT)}{number}'
        node['label'] = data.draw(TEXT)
    for name in ('tags', 'series'):
        graph[name] = [f'{data.draw(TEXT)}{number}' for number in range(3)]
    folder = tmp_path_factory.mktemp('both')
    one = loaded(folder, 'graph.json', as_json(graph_scripts, graph))
    two = loaded(folder, 'graph.graphml', as_graphml(graph_scripts, graph))
    assert one.nodes(data=True) == two.nodes(data=True)
    assert sorted(one.edges(keys=True, data='weight')) == sorted(two.edges(keys=True, data='weight'))
    assert [*one] == [node['id'] for node in graph['nodes']]
    assert len(one.edges) == len(graph['edges'])


def test_a_strict_policy_lets_a_reader_save(page, tmp_path):
    open_graph_scripts(page, tmp_path, address=serve(page, tmp_path))
    problems = []
    page.on('console', lambda message: problems.append(message.text))
    with page.expect_download() as saving:
        page.evaluate("blogGraph.download('graph 图.json', 'application/json', '{\"图\": 1}')")
    assert saving.value.suggested_filename == 'graph 图.json'
    assert json.loads(saving.value.path().read_text(encoding='utf-8')) == {'图': 1}
    assert problems == []


def test_a_page_from_a_folder_lets_a_reader_save(page, tmp_path):
    open_graph_scripts(page, tmp_path)
    with page.expect_download() as saving:
        page.evaluate("blogGraph.download('graph.json', 'application/json', '{}')")
    assert saving.value.path().read_text(encoding='utf-8') == '{}'
