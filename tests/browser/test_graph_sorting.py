"""The order of the rows of the graph page's table."""

from __future__ import annotations

import pytest
from graph_scripts import CITES, RELATED, call, graphs
from hypothesis import given, settings
from hypothesis import strategies as st

COLUMNS = ['title', 'date', 'series', 'cites', 'cited', 'tags', 'rank']
BLOG = {
    'nodes': [
        {'label': '熵', 'date': '2014-12', 'year': 2014, 'tags': [1, 0], 'series': 1, 'part': 10},
        {'label': 'part 10', 'date': '--12-08', 'tags': [0], 'series': 1, 'part': 2},
        {'label': 'Part 2', 'date': '2014', 'year': 2014, 'tags': [0, 1]},
        {'label': '编程', 'date': '2020-01-01', 'year': 2020, 'series': 0},
        {'label': 'élan', 'kind': 1, 'series': 0, 'part': 3},
    ],
    'edges': [
        {'source': 0, 'target': 1, 'kind': CITES},
        {'source': 0, 'target': 4, 'kind': CITES},
        {'source': 3, 'target': 1, 'kind': CITES},
        {'source': 2, 'target': 1, 'kind': RELATED},
    ],
    'tags': ['zeta', '概率'],
    'series': ['优化', 'Walks'],
}


def ordered(page, column, descending=False, graph=BLOG, language='en', first=None):
    return call(
        page,
        """({ graph, column, descending, language, first }) => {
          const model = fakeModel(graph);
          const rows = new blogGraph.Sorter(model, language).sort(column, descending, model.nodeOn);
          return rows.slice(0, first ?? rows.total);
        }""",
        graph=graph,
        column=column,
        descending=descending,
        language=language,
        first=first,
    )


@pytest.mark.parametrize(
    ('column', 'ascending', 'descending'),
    [
        ('title', [4, 2, 1, 0, 3], [3, 0, 1, 2, 4]),
        ('date', [2, 0, 3, 1, 4], [3, 0, 2, 1, 4]),
        ('series', [1, 0, 4, 3, 2], [3, 4, 0, 1, 2]),
        ('cites', [1, 2, 4, 3, 0], [0, 3, 1, 2, 4]),
        ('cited', [0, 2, 3, 4, 1], [1, 4, 0, 2, 3]),
        ('tags', [1, 2, 0, 3, 4], [0, 2, 1, 3, 4]),
        ('rank', [0, 1, 2, 3, 4], [4, 3, 2, 1, 0]),
    ],
)
def test_by_each_column_with_what_has_no_value_last(graph_scripts, column, ascending, descending):
    assert ordered(graph_scripts, column) == ascending
    assert ordered(graph_scripts, column, descending=True) == descending


def test_chinese_is_sorted_as_it_is_read(graph_scripts):
    # Biān before shāng, and both before Latin letters.
    assert ordered(graph_scripts, 'title', language='zh-CN')[:2] == [3, 0]


def test_no_language_at_all_sorts_too(graph_scripts):
    assert sorted(ordered(graph_scripts, 'title', language='no such language')) == [0, 1, 2, 3, 4]


def test_what_is_hidden_is_not_there(graph_scripts):
    assert ordered(graph_scripts, 'rank', graph={**BLOG, 'nodesOff': [0, 3]}) == [1, 2, 4]
    assert ordered(graph_scripts, 'rank', graph={'nodes': [], 'edges': []}) == []


@given(graphs(), st.sampled_from(COLUMNS), st.booleans(), st.integers(0, 12))
@settings(max_examples=60)
def test_the_first_rows_are_those_of_all(graph_scripts, graph, column, descending, first):
    rows = ordered(graph_scripts, column, descending, graph)
    assert sorted(rows) == list(range(len(graph['nodes'])))
    assert ordered(graph_scripts, column, descending, graph, first=first) == rows[:first]


def test_selected_in_parts_is_as_sorted_at_once(graph_scripts):
    assert graph_scripts.evaluate(
        """() => {
          const model = randomModel(5000, 3);
          const sorter = new blogGraph.Sorter(model, 'zh-CN');
          for (const i of [5, 50, 500]) model.nodeOn[i] = 0;
          return ['title', 'date', 'series', 'cites', 'cited', 'tags', 'rank'].every((column) =>
            [false, true].every((descending) => {
              const rows = sorter.sort(column, descending, model.nodeOn);
              const parts = [];
              for (let k = 0; k < rows.total; k += 100) parts.push(...rows.slice(k, k + 100));
              const all = Array.from(rows.nodes).sort(sorter.order(column, descending));
              return parts.length === 4997 && parts.every((node, k) => node === all[k]);
            }));
        }"""
    )


def test_a_graph_that_has_grown_is_counted_anew(graph_scripts):
    assert (
        graph_scripts.evaluate(
            """() => {
          const [small, large] = [randomModel(100, 1), randomModel(300, 2)];
          const sorter = new blogGraph.Sorter(small, 'en');
          Object.assign(small, large);
          sorter.sort('cites', true, small.nodeOn).slice(0, 1);
          return sorter.cites.length;
        }"""
        )
        == 300
    )


def test_large_tables_are_sorted_at_once(graph_scripts):
    times = graph_scripts.evaluate(
        """() => {
          const model = randomModel(100000, 4);
          const sorter = new blogGraph.Sorter(model, 'zh-CN');
          const time = (column, descending) => {
            const begin = performance.now();
            sorter.sort(column, descending, model.nodeOn).slice(0, 100);
            return performance.now() - begin;
          };
          return [time('title', false), time('title', true), time('rank', true), time('date', true)];
        }"""
    )
    assert max(times) < 1500  # about 150 ms on an idle machine
