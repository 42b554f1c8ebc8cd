"""What a reader looks at, in the address of the graph page."""

from __future__ import annotations

from urllib.parse import quote

import pytest
from graph_scripts import DEFAULT_FILTER, call, filters, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

BLOG = {
    'nodes': [
        {'id': 'posts/walks', 'community': 0},
        {'id': '笔记/熵 & 信息=?', 'community': 1},
        {'id': 'missing:《没有》', 'kind': 1, 'community': 1},
        {'id': '100%', 'community': 2},
    ],
    'edges': [],
    'tags': ['algebra', 'C&C=1, #2', '__proto__'],
    'series': ['Walks on graphs', '优化', 'Walks on graphs'],
    'communities': [{'main': 0}, {'main': 1}, {'main': -1}],
}
STATE = {'node': -1, 'filter': DEFAULT_FILTER, 'path': None, 'before': -1, 'view': None}


def state(**changes):
    return {**STATE, **changes, 'filter': {**DEFAULT_FILTER, **changes.get('filter', {})}}


def write(page, value, graph=BLOG):
    function = '({ graph, value }) => [blogGraph.writeState(fakeModel(graph), value)]'
    return call(page, function, graph=graph, value=value)[0]


def read(page, fragment, graph=BLOG):
    function = '({ graph, fragment }) => blogGraph.readState(fakeModel(graph), fragment)'
    return call(page, function, graph=graph, fragment=fragment)


def test_the_default_is_nothing(graph_scripts):
    assert call(graph_scripts, 'blogGraph.createState') == STATE
    assert write(graph_scripts, STATE) == ''
    assert read(graph_scripts, '') == read(graph_scripts, '#') == STATE


CASES = [
    ({'node': 0}, 'n=posts/walks'),
    ({'node': 1}, f'n={quote("笔记/熵 & 信息=?")}'),
    ({'node': 2}, f'n=missing:{quote("《没有》")}'),
    ({'node': 3}, 'n=100%25'),
    ({'filter': {'nodeKinds': [True, False, False]}}, 'hide=missing,work'),
    ({'filter': {'edgeKinds': [True, True, True, False, False]}}, 'hide-links=formula,related'),
    ({'filter': {'tags': [0, 1, 2]}}, 'tag=algebra&tag=C%26C%3D1%2C%20%232&tag=__proto__'),
    ({'filter': {'series': [1]}}, f'series={quote("优化")}'),
    ({'filter': {'communities': [0, 2]}}, 'topic=posts/walks&topic=100%25'),
    ({'filter': {'from': 2014, 'to': 2020}}, 'years=2014..2020'),
    ({'filter': {'from': 2014}}, 'years=2014..'),
    ({'filter': {'to': 2020}}, 'years=..2020'),
    ({'filter': {'weight': 0.35}}, 'min=0.35'),
    ({'filter': {'around': {'node': 0, 'depth': 1, 'direction': 'both'}}}, 'around=posts/walks'),
    (
        {'filter': {'around': {'node': 0, 'depth': 3, 'direction': 'in'}}},
        'around=posts/walks&steps=3&way=in',
    ),
    ({'path': {'from': 0, 'to': 3}}, 'from=posts/walks&to=100%25'),
    ({'path': {'from': 0, 'to': 3, 'nth': 1}}, 'from=posts/walks&to=100%25&nth=2'),
    ({'before': 0}, 'before=posts/walks'),
    ({'view': {'x': 120.5, 'y': -30, 'scale': 0.8125}}, 'view=120.5,-30,0.8125'),
    (
        {'node': 0, 'filter': {'tags': [0], 'from': 2014}, 'view': {'x': 0, 'y': 0, 'scale': 1}},
        'n=posts/walks&tag=algebra&years=2014..&view=0,0,1',
    ),
]


@pytest.mark.parametrize(('changes', 'fragment'), CASES)
def test_it_is_written_and_read(graph_scripts, changes, fragment):
    assert write(graph_scripts, state(**changes)) == fragment
    assert read(graph_scripts, f'#{fragment}') == state(**changes)


@pytest.mark.parametrize(
    ('fragment', 'changes'),
    [
        pytest.param('n=posts%2Fwalks', {'node': 0}, id='an old link'),
        pytest.param(
            f'n={quote("missing:《没有》", safe="")}', {'node': 2}, id='an old link to a missing post'
        ),
        pytest.param('n=100%', {'node': 3}, id='a stray per cent sign'),
        pytest.param('n=笔记/熵 %26 信息=?', {'node': 1}, id='typed by hand'),
        pytest.param('n=gone&tag=gone&topic=gone&series=gone&around=gone&before=gone', {}, id='gone'),
        pytest.param('from=posts/walks&to=gone', {}, id='half a path'),
        pytest.param('years=abc&min=much&steps=9&view=1,2&hide=nothing&x&=&&', {}, id='garbage'),
        pytest.param('min=2&view=1,2,0', {}, id='out of range'),
        pytest.param('view=1,2,NaN', {}, id='no number'),
        pytest.param('view=,,', {}, id='empty numbers'),
        pytest.param(
            'around=posts/walks&steps=4&way=__proto__',
            {'filter': {'around': {'node': 0, 'depth': 1, 'direction': 'both'}}},
            id='garbage beside what is known',
        ),
        pytest.param(
            'series=Walks%20on%20graphs', {'filter': {'series': [0, 2]}}, id='series that are called alike'
        ),
        pytest.param(
            f'topic={quote("missing:《没有》")}',
            {'filter': {'communities': [1]}},
            id='no longer the main post',
        ),
        pytest.param('tag=algebra&tag=algebra', {'filter': {'tags': [0]}}, id='twice'),
        pytest.param('hide=missing&hide=work', {'filter': {'nodeKinds': [True, False, False]}}, id='in two'),
    ],
)
def test_what_is_read(graph_scripts, fragment, changes):
    assert read(graph_scripts, fragment) == state(**changes)


@given(st.text() | st.text('n=&%,.#0123456789eE-viewtagn'))
def test_no_fragment_is_too_strange(graph_scripts, fragment):
    found = read(graph_scripts, fragment)
    assert found.keys() == STATE.keys()
    assert read(graph_scripts, write(graph_scripts, found)) == found


def test_halves_of_characters_do_not_stop_it(graph_scripts):
    graph = {'nodes': [{'id': 'x\ud800y'}], 'edges': []}
    assert write(graph_scripts, state(node=0), graph) == 'n=x%EF%BF%BDy'


@st.composite
def states(draw):
    graph = draw(graphs())
    size = len(graph['nodes'])
    ids = st.text(st.characters(exclude_categories=['Cs']), min_size=1, max_size=6)
    names = draw(st.lists(ids, min_size=size, max_size=size, unique=True))
    for node, name in zip(graph['nodes'], names, strict=True):
        node['id'] = name
    for kind, count in (('tags', 3), ('series', 2)):
        graph[kind] = draw(st.lists(ids, min_size=count, max_size=count, unique=True))
    number = st.integers(0, size - 1)
    tenths = st.integers(-(10**6), 10**6).map(lambda n: n / 10)
    value = {
        'node': draw(st.integers(-1, size - 1)),
        'filter': draw(filters(size)),
        'path': draw(
            st.none()
            | st.fixed_dictionaries({'from': number, 'to': number}, optional={'nth': st.integers(1, 8)})
        ),
        'before': draw(st.integers(-1, size - 1)),
        'view': draw(
            st.none()
            | st.fixed_dictionaries(
                {'x': tenths, 'y': tenths, 'scale': st.integers(1, 9999).map(lambda n: n / 1000)}
            )
        ),
    }
    present = {node['community'] for node in graph['nodes']}
    value['filter']['communities'] = [k for k in value['filter']['communities'] if k in present]
    for name in ('tags', 'series', 'communities'):
        value['filter'][name].sort()
    return graph, value


@given(states())
@settings(max_examples=200)
def test_what_is_written_is_read(graph_scripts, case):
    graph, value = case
    fragment = write(graph_scripts, value, graph)
    assert read(graph_scripts, fragment, graph) == value
    assert fragment.isascii()
    assert not {*fragment} & {*' "<>`#'}
