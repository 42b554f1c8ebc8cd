from __future__ import annotations

import json
import threading
import xml.etree.ElementTree as ET
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer

import jsonschema
import networkx as nx
import pytest
from graph_cases import HOSTILE, corpora, link, post, series, shared_formulas
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.graph import (
    GRAPH_SCHEMA,
    build_graph,
    export,
    load_graph,
    measure,
    name_communities,
    place,
    to_graphml,
    to_json,
)
from sphinxext_blog.records import MissingPost, Reason, Related, Resolution

VALIDATOR = jsonschema.Draft202012Validator(GRAPH_SCHEMA)


def example():
    resolution = Resolution(
        links=(link('a', 'b', context='see 《B》', span=(4, 7)), link('b', 'missing:m')),
        missing=(MissingPost('missing:m', 'M'),),
        series=(series('S', ('a', 1), ('b', 4), gaps=(2, 3)),),
    )
    related = {'b': (Related('a', 0.25, (Reason('text', 0.25, ('流形',)),)),)}
    graph = build_graph([post('a', tags=('x', 'y')), post('b')], resolution, related=related)
    measure(graph)
    name_communities(graph, {})
    place(graph)
    return graph


def same(one, two):
    return (
        one.graph == two.graph
        and list(one.nodes(data=True)) == list(two.nodes(data=True))
        and list(one.edges(keys=True, data=True)) == list(two.edges(keys=True, data=True))
    )


def saved(tmp_path, content, name='graph.json'):
    path = tmp_path / name
    path.write_bytes(content)
    return path


def test_json_is_the_node_link_form_of_networkx():
    data = json.loads(to_json(example()))
    again = nx.node_link_graph(data, edges='edges')
    assert isinstance(again, nx.MultiDiGraph)
    assert same(again, example())


def test_json_is_valid_by_its_own_schema():
    VALIDATOR.validate(json.loads(to_json(example())))


@pytest.mark.parametrize(('write', 'name'), [(to_json, 'graph.json'), (to_graphml, 'graph.graphml')])
def test_a_graph_comes_back_as_it_was(tmp_path, write, name):
    again = load_graph(saved(tmp_path, write(example()), name))
    assert same(again, example())
    assert write(again) == write(example())


@pytest.mark.parametrize('write', [to_json, to_graphml])
def test_one_graph_has_one_form(write):
    assert write(example()) == write(example())


def test_writing_leaves_the_graph_alone():
    graph = example()
    to_json(graph)
    to_graphml(graph)
    assert same(graph, example())


@given(corpora(), st.data())
@settings(max_examples=60)
def test_any_corpus_makes_a_valid_graph_that_comes_back(tmp_path_factory, corpus, data):
    posts, resolution = corpus
    formulas = data.draw(shared_formulas([post.docname for post in posts]))
    graph = build_graph(posts, resolution, formulas=formulas)
    measure(graph)
    name_communities(graph, {post.docname: post.title for post in posts})
    place(graph)
    content = to_json(graph)
    VALIDATOR.validate(json.loads(content))
    folder = tmp_path_factory.mktemp('any', numbered=True)
    again = load_graph(saved(folder, content))
    assert to_json(again) == content
    assert same(again, graph)
    markup = to_graphml(graph)
    from_markup = load_graph(saved(folder, markup, 'graph.graphml'))
    assert len(from_markup) == len(graph)
    assert to_graphml(from_markup) == markup
    VALIDATOR.validate(json.loads(to_json(from_markup)))


def test_half_a_surrogate_pair_becomes_the_replacement_character():
    assert (
        json.loads(to_json(build_graph([post('a', 'x\ud83d')], Resolution())))['nodes'][0]['title']
        == 'x\ufffd'
    )


def test_escaped_halves_of_an_emoji_are_joined():
    assert (
        json.loads(to_json(build_graph([post('a', '\ud83e\ude9c')], Resolution())))['nodes'][0]['title']
        == '🪜'
    )


def test_a_number_that_json_lacks_is_refused():
    graph = example()
    graph.nodes['a']['x'] = float('nan')
    with pytest.raises(ValueError, match='JSON'):
        to_json(graph)


@pytest.mark.parametrize('title', HOSTILE)
def test_graphml_holds_any_title(title):
    root = ET.fromstring(to_graphml(build_graph([post('a', title)], Resolution())))
    titles = [data.text for data in root.iter('{http://graphml.graphdrawing.org/xmlns}data')]
    expected = ''.join('\ufffd' if c in '\x00\x07\uffff\r' else c for c in title)
    assert expected in titles


def test_graphml_ids_that_xml_cannot_tell_apart_stay_apart(tmp_path):
    names = ['a\x00', 'a\x01', 'a\ufffd']
    graph = build_graph([post(name, name.replace('\x00', 'NUL')) for name in names], Resolution())
    again = load_graph(saved(tmp_path, to_graphml(graph), 'graph.graphml'))
    assert sorted(again) == ['a\ufffd', 'a\ufffd~2', 'a\ufffd~3']


def test_graphml_edge_ids_are_unique_for_gephi():
    root = ET.fromstring(to_graphml(example()))
    ids = [edge.get('id') for edge in root.iter('{http://graphml.graphdrawing.org/xmlns}edge')]
    assert len(ids) == len(set(ids)) > 2


def test_plain_networkx_reads_the_graphml(tmp_path):
    graph = nx.read_graphml(saved(tmp_path, to_graphml(example()), 'graph.graphml'), force_multigraph=True)
    kinds = sorted(kind for *_, kind in graph.edges(data='kind'))
    assert kinds == sorted(kind for *_, kind in example().edges(keys=True))


class Quiet(SimpleHTTPRequestHandler):
    def log_message(self, *args):
        pass


@pytest.mark.parametrize('name', ['graph.json', 'graph.graphml'])
def test_a_graph_is_read_from_a_url(tmp_path, name):
    content = to_json(example()) if name.endswith('json') else to_graphml(example())
    path = saved(tmp_path, content, name)
    assert same(load_graph(path.as_uri()), example())
    with ThreadingHTTPServer(('127.0.0.1', 0), partial(Quiet, directory=tmp_path)) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        graph = load_graph(f'http://127.0.0.1:{server.server_port}/{name}')
        server.shutdown()
    assert same(graph, example())


def test_a_path_may_be_a_string_and_begin_with_a_byte_order_mark(tmp_path):
    path = saved(tmp_path, b'\xef\xbb\xbf' + to_json(example()))
    assert same(load_graph(str(path)), example())


def changed(**changes):
    return json.dumps({**json.loads(to_json(example())), **changes}).encode()


NODE = {'id': 'a', 'kind': 'post', 'title': 'A'}
EDGE = {'source': 'a', 'target': 'a', 'key': 'cites'}
XML = b'<?xml version="1.0" encoding="utf-8"?>\n'
GRAPHML = b'<graphml xmlns="http://graphml.graphdrawing.org/xmlns">'


@pytest.mark.parametrize(
    ('content', 'message'),
    [
        (b'', 'neither JSON nor GraphML'),
        (b'\x00\xff', 'neither JSON nor GraphML'),
        (b'[' * 100_000, 'neither JSON nor GraphML'),
        (b'[]', 'no node-link graph'),
        (b'{"nodes": [], "edges": []}', 'no node-link graph'),
        (changed(graph={}), 'no schema_version'),
        (changed(graph={'schema_version': 99}), 'newer sphinxext-blog'),
        (changed(directed=False), 'directed multigraph'),
        (changed(nodes={}), 'must be lists'),
        (changed(nodes=[{'id': 'a'}]), 'lacks its id, kind or title'),
        (changed(nodes=[1]), 'lacks its id, kind or title'),
        (changed(nodes=[NODE | {'kind': 'page'}]), "unknown kind 'page'"),
        (changed(nodes=[NODE, NODE]), "'a' is there twice"),
        (changed(nodes=[NODE], edges=[{'source': 'a'}]), 'lacks its source, target or key'),
        (changed(nodes=[NODE], edges=[EDGE | {'key': 'likes'}]), "unknown kind 'likes'"),
        (changed(nodes=[NODE], edges=[EDGE | {'target': 'b'}]), 'one of them is no node'),
        (changed(nodes=[NODE], edges=[EDGE, EDGE]), 'two cites edges'),
        (b'<html><body>404</body></html>', 'GraphML'),
        (b'<graphml', 'no GraphML'),
        (XML + b'<!DOCTYPE x [<!ENTITY y "z">]><graphml>&y;</graphml>', 'document type'),
        (b'<?xml version="1.0" encoding="utf-7"?><graphml/>', 'only UTF-8'),
        (XML + GRAPHML + b'<graph edgedefault="undirected"/></graphml>', 'directed'),
        (XML + GRAPHML + b'<graph edgedefault="directed"/></graphml>', 'no schema_version'),
        (to_graphml(example()).replace(b'[&quot;x', b'[x').replace(b'["x', b'[x'), 'no JSON'),
    ],
)
def test_what_is_no_graph_is_refused_with_the_reason(tmp_path, content, message):
    path = saved(tmp_path, content)
    with pytest.raises(ValueError, match=message) as caught:
        load_graph(path)
    assert str(path) in str(caught.value)


def test_an_oversized_file_is_refused(tmp_path, monkeypatch):
    monkeypatch.setattr(export, 'LARGEST_FILE', 100)
    with pytest.raises(ValueError, match='larger than'):
        load_graph(saved(tmp_path, to_json(example())))


def test_a_missing_file_is_an_os_error(tmp_path):
    with pytest.raises(FileNotFoundError):
        load_graph(tmp_path / 'graph.json')
