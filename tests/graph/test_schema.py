from __future__ import annotations

import copy
import json

import jsonschema
import pytest
from graph_cases import link, post

from sphinxext_blog.graph import GRAPH_SCHEMA, build_graph, to_json
from sphinxext_blog.graph.schema import EDGE_KINDS, NODE_KINDS, SCHEMA_VERSION, structured_attributes
from sphinxext_blog.records import MissingPost, Resolution

VALIDATOR = jsonschema.Draft202012Validator(GRAPH_SCHEMA)
VALID = json.loads(
    to_json(
        build_graph(
            [post('a')], Resolution(links=(link('a', 'missing:m'),), missing=(MissingPost('missing:m', 'M'),))
        )
    )
)


def test_the_schema_is_a_schema():
    jsonschema.Draft202012Validator.check_schema(GRAPH_SCHEMA)


def test_the_example_is_valid():
    VALIDATOR.validate(VALID)


def test_the_kinds_are_those_of_the_contract():
    assert NODE_KINDS == ('post', 'missing', 'work')
    assert EDGE_KINDS == ('cites', 'series', 'equation', 'formula', 'related', 'mention')
    assert SCHEMA_VERSION == 1


def test_lists_and_objects_are_known_by_name():
    assert structured_attributes('node') == {'authors', 'tags', 'categories'}
    assert structured_attributes('edge') == {'evidence', 'gap'}
    assert structured_attributes('graph') == {'series', 'communities', 'ambiguous', 'dangling', 'absent'}


@pytest.mark.parametrize(
    ('path', 'value'),
    [
        (('directed',), False),
        (('graph', 'schema_version'), 2),
        (('graph', 'series'), [{'key': 's'}]),
        (('graph', 'communities'), [{'name': 'x', 'terms': []}]),
        (('graph', 'communities'), [{'name': '', 'terms': [], 'size': 1}]),
        (('graph', 'communities'), [{'name': 'x', 'terms': [], 'size': 1, 'main': ''}]),
        (('nodes', 0, 'kind'), 'page'),
        (('nodes', 0, 'title'), ''),
        (('nodes', 0, 'title'), None),
        (('nodes', 0, 'date'), '8 Dec'),
        (('nodes', 0, 'tags'), []),
        (('nodes', 0, 'language'), ''),
        (('nodes', 0, 'pagerank'), 1.5),
        (('nodes', 0, 'title_derived'), False),
        (('nodes', 1, 'title_derived'), True),
        (('nodes', 0, 'community'), 0.5),
        (('nodes', 1, 'url'), 'missing.html'),
        (('nodes', 1, 'date'), '2020-01-01'),
        (('edges', 0, 'key'), 'likes'),
        (('edges', 0, 'weight'), 0),
        (('edges', 0, 'weight'), 1.01),
        (('edges', 0, 'evidence'), []),
        (('edges', 0, 'evidence', 0, 'how'), 'guess'),
        (('edges', 0, 'evidence', 0, 'line'), 0),
        (('edges', 0, 'gap'), [2]),
        (('surprise',), 1),
    ],
)
def test_a_wrong_graph_is_invalid(path, value):
    wrong = copy.deepcopy(VALID)
    place = wrong
    for step in path[:-1]:
        place = place[step]
    place[path[-1]] = value
    assert not VALIDATOR.is_valid(wrong)


def test_a_derived_title_says_so_and_another_says_nothing():
    graph = json.loads(to_json(build_graph([post('a', title_derived=True), post('b')], Resolution())))
    VALIDATOR.validate(graph)
    assert [node.get('title_derived') for node in graph['nodes']] == [True, None]


@pytest.mark.parametrize(
    'date', ['2014', '2014-12', '2014-12-08', '--12', '--12-08', '2014-12-08T14:11:02+00:00', '--12-08T10:00']
)
def test_dates_of_reduced_precision_are_valid(date):
    graph = copy.deepcopy(VALID)
    graph['nodes'][0]['date'] = date
    VALIDATOR.validate(graph)
