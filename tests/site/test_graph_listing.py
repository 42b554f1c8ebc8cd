from __future__ import annotations

import networkx as nx
import pytest

from sphinxext_blog.site.graph_listing import Row, Section, listing, pages_of
from sphinxext_blog.site.graph_messages import messages


def graph():
    graph = nx.MultiDiGraph()
    graph.add_node(
        'a', kind='post', title='Sums, part 1', url='a.html', series='Sums', series_index=1, date='2020-01-02'
    )
    graph.add_node('b', kind='post', title='Sums, part 10', url='b.html', series='Sums', series_index=10)
    graph.add_node('c', kind='post', title='Sums, part 2', url='c.html', series='Sums', series_index=2)
    graph.add_node('d', kind='post', title='Alone with $x<1$', url='d.html', date='2021-05')
    graph.add_node('e', kind='post', title='<b>Undated</b>', url='e.html', date='--12-08')
    graph.add_node('missing:m', kind='missing', title='Never written')
    graph.add_node('work:w', kind='work', title='A paper', url='https://example.org/w')
    graph.add_edge('d', 'missing:m', 'cites')
    graph.add_edge('d', 'work:w', 'cites')
    graph.add_edge('e', 'd', 'cites')
    graph.add_edge('d', 'a', 'related', weight=0.2)
    graph.add_edge('d', 'b', 'related', weight=0.8)
    return graph


@pytest.fixture
def sections():
    return {s.heading: s for s in listing(graph(), base='../', show_date=str, say=messages())}


def test_series_come_first_then_years_then_what_is_no_post(sections):
    assert list(sections) == ['Series: Sums', '2021', 'Year unknown', 'Missing posts', 'Cited works']


def test_parts_stand_in_their_order(sections):
    assert [row.html for row in sections['Series: Sums'].rows] == [
        'Sums, part 1',
        'Sums, part 2',
        'Sums, part 10',
    ]


def test_a_row_has_the_links_of_its_post(sections):
    (row,) = sections['2021'].rows
    cites, cited_by, related = row.cells
    assert [(item.label, item.href) for item in cites] == [
        ('A paper', 'https://example.org/w'),
        ('Never written', ''),
    ]
    assert [item.label for item in cited_by] == ['<b>Undated</b>']
    assert [item.href for item in related] == ['../b.html', '../a.html']  # the best first


def test_titles_are_html_and_escaped(sections):
    assert '<math>' in sections['2021'].rows[0].html
    assert sections['Year unknown'].rows[0].html == '&lt;b&gt;Undated&lt;/b&gt;'


def test_an_empty_graph_has_no_sections():
    assert listing(nx.MultiDiGraph(), base='./', show_date=str, say=messages()) == ()


def test_long_tables_go_over_several_pages():
    rows = tuple(Row(str(n), '', '', ()) for n in range(7))
    sections = [Section('A', (), rows[:3]), Section('B', (), rows[3:])]
    pages = [[(s.heading, [row.html for row in s.rows]) for s in page] for page in pages_of(sections, rows=2)]
    assert pages == [
        [('A', ['0', '1'])],
        [('A', ['2']), ('B', ['3'])],
        [('B', ['4', '5'])],
        [('B', ['6'])],
    ]
    assert pages_of([]) == [[]]
    assert pages_of(sections) == [sections]
