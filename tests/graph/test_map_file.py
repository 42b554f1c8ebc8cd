from __future__ import annotations

import json

import pytest
from graph_cases import HOSTILE, link, post
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph import build_graph, place
from sphinxext_blog.graph.map_file import MAP_VERSION, map_text, read_map
from sphinxext_blog.records import Resolution


def placed(*names):
    graph = build_graph([post(name) for name in names], Resolution(links=(link(names[0], names[-1]),)))
    place(graph)
    return graph


def a_map(positions='{}', version='1'):
    return f'{{"version": {version}, "positions": {positions}}}'


def test_a_node_is_a_line_and_lines_are_sorted():
    graph = placed('b', '甲', 'a')
    lines = map_text(graph).splitlines()
    assert lines[:3] == ['{', f'"version": {MAP_VERSION},', '"positions": {']
    assert lines[-2:] == ['}', '}']
    assert [line.split(':')[0] for line in lines[3:-2]] == ['"a"', '"b"', '"甲"']
    x, y = (graph.nodes['a'][axis] for axis in 'xy')
    assert lines[3] == f'"a": [{x}, {y}],'


def test_a_map_comes_back_as_it_was():
    graph = placed(*HOSTILE)
    found = read_map(map_text(graph))
    assert found.positions == {node: (data['x'], data['y']) for node, data in graph.nodes(data=True)}
    assert found.problems == ()


def test_a_graph_without_nodes_makes_a_map():
    found = read_map(map_text(build_graph([], Resolution())))
    assert (found.positions, found.problems) == ({}, ())


def test_a_graph_without_positions_makes_no_map():
    with pytest.raises(ValueError, match="'a' has no position"):
        map_text(build_graph([post('a')], Resolution()))


def test_a_map_of_another_hand_may_be_formatted_and_marked_by_an_editor():
    text = '\ufeff' + json.dumps({'positions': {'a': [1, -2.55]}, 'version': 1, 'note': 'x'}, indent=2)
    assert read_map(text).positions == {'a': (1.0, -2.55)}


@pytest.mark.parametrize(
    'value',
    [
        '[NaN, 0]', '[Infinity, 0]', '[1e999, 0]', '[0, -1e6]', '[0]', '[0, 0, 0]', '["0", "0"]', '[true, 0]',
        'null', '{}', '"x"', '[[0, 0], 0]', f'[1{"0" * 400}, 0]',
    ],
)  # fmt: skip
def test_a_position_without_sense_is_left_out_and_told_with_its_line(value):
    text = f'{{\n"version": 1,\n"positions": {{\n"a": [1, 2],\n"b": {value},\n"c": [3, 4]\n}}\n}}\n'
    found = read_map(text)
    assert found.positions == {'a': (1.0, 2.0), 'c': (3.0, 4.0)}
    assert found.problems == ((5, "'b' has no position that makes sense"),)


@pytest.mark.parametrize(
    ('text', 'line', 'message'),
    [
        ('', 1, 'no JSON'),
        ('{\n"version": 1,\n<<<<<<< HEAD\n', 3, 'no JSON'),
        ('[' * 100_000, 1, 'no JSON'),
        ('[]', 1, 'no map'),
        ('{"version": 1}', 1, 'no map'),
        (a_map('[]'), 1, 'no map'),
        ('{\n"version": 2,\n"positions": {}}', 2, 'the version is not 1'),
        (a_map(version='true'), 1, 'the version is not 1'),
        (a_map(version='1' * 5000), 1, 'no JSON'),
        (a_map('{"a": [1, 2],\n"a": [3, 4]}'), 2, "'a' is there twice"),
    ],
)
def test_what_is_no_map_is_told_with_the_line(text, line, message):
    [(at, problem)] = read_map(text).problems
    assert at == line
    assert message in problem


def test_a_file_of_nonsense_is_told_of_briefly():
    found = read_map(a_map(json.dumps({'n' * 500 + str(at): at for at in range(1000)})))
    assert found.positions == {}
    assert len(found.problems) == 11
    assert all(len(problem) < 150 for _, problem in found.problems)


@given(st.text() | st.binary().map(lambda raw: raw.decode('latin-1')))
def test_any_text_is_read_without_an_error(text):
    assert read_map(text).positions == {}


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.integers() | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    )
)
def test_any_values_are_positions_or_problems(values):
    found = read_map(a_map(json.dumps({'a': values})))
    assert ('a' in found.positions) != bool(found.problems)
