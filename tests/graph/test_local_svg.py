"""A local graph as SVG: what its text says, where its lines run."""

from __future__ import annotations

import re
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph.local import EDGE_KINDS, LINE, LocalEdge, LocalGraph, LocalNode, lay_out
from sphinxext_blog.graph.local_svg import Caption, curves, edge_sample, kinds_drawn, node_sample, to_svg


def graph(*titles, edges=(), kinds=(), distances=(), left_out=0):
    """A node in the middle, and one for each title."""
    nodes = [LocalNode('a', 'post', 'Here', '', 0, -1)]
    for n, title in enumerate(titles):
        kind = kinds[n] if kinds else 'post'
        nodes.append(LocalNode(f'n{n}', kind, title, '', distances[n] if distances else 1, 0))
    return LocalGraph(tuple(nodes), tuple(LocalEdge(*edge) for edge in edges), left_out)


def drawing(shown, hrefs=None, width=340, label='About Here'):
    captions = [
        Caption('' if hrefs is None else hrefs[n], f'{node.title} — why')
        for n, node in enumerate(shown.nodes)
    ]
    return to_svg(shown, lay_out(shown, width=width), captions, label=label)


def soup(shown, **how):
    return BeautifulSoup(drawing(shown, **how), 'html.parser')


def test_the_links_come_in_the_order_of_the_rows_each_with_its_whole_title():
    long = '概率空间的最小化' * 6
    page = soup(graph('One', long), hrefs=['', 'one.html', 'a/b.html?c=1&d="2"'])
    links = page.select('a')
    assert [link['href'] for link in links] == ['one.html', 'a/b.html?c=1&d="2"']
    assert [link.title.get_text() for link in links] == ['One — why', f'{long} — why']
    assert links[1].find('text').get_text().endswith('…')


def test_a_group_of_links_with_a_name_is_no_image():
    svg = soup(graph('One'), label='Graph of “a”').svg
    assert svg['role'] == 'group'
    assert svg['aria-label'] == 'Graph of “a”'


def test_what_leads_nowhere_is_no_link():
    page = soup(graph('One'))
    assert page.a is None
    assert page.select('g title')[1].get_text() == 'One — why'


def test_kinds_of_nodes_differ_in_shape():
    page = soup(graph('A', 'B', 'C', kinds=['post', 'missing', 'work']))
    shapes = [(shape.name, shape.get('class')) for shape in page.select('circle, rect')]
    assert shapes == [
        ('circle', ['blog-node-this']),
        ('circle', None),
        ('circle', ['blog-node-missing']),
        ('rect', None),
    ]


def test_each_kind_of_edge_has_a_path_of_its_own():
    edges = [(0, 1, 'cites'), (2, 0, 'cites'), (1, 2, 'series'), (0, 2, 'equation')]
    page = soup(graph('A', 'B', edges=edges))
    assert [path['class'] for path in page.select('path')] == [
        ['blog-edge-series', 'blog-edge-between'],
        ['blog-edge-cites'],
        ['blog-edge-equation'],
    ]
    assert page.select_one('.blog-edge-cites')['d'].count('Q') == 2


def test_a_citation_has_an_arrow_at_the_post_that_is_cited():
    [there] = curves(graph('A', edges=[(0, 1, 'cites')]), lay_out(graph('A'), width=340))
    [back] = curves(graph('A', edges=[(1, 0, 'cites')]), lay_out(graph('A'), width=340))
    assert there.start[0] < there.end[0]
    assert back.start[0] > back.end[0]
    path = soup(graph('A', edges=[(1, 0, 'cites')])).path['d']
    [tip] = re.findall(r'L([\d.]+) [\d.]+L', path)
    assert float(tip) == pytest.approx(back.end[0], abs=0.06)
    assert 'L' not in soup(graph('A', edges=[(1, 0, 'related')])).path['d']


def test_lines_between_the_same_two_nodes_run_apart():
    edges = [(0, 1, 'series'), (0, 1, 'cites'), (1, 0, 'cites'), (0, 1, 'formula')]
    shown = graph('A', edges=edges)
    middles = sorted(curve.point(0.5)[1] for curve in curves(shown, lay_out(shown, width=340)))
    assert len(middles) == 4
    assert min(b - a for a, b in pairwise(middles)) > 3


def test_likeness_is_a_line_only_where_nothing_else_is_known():
    shown = graph('A', 'B', edges=[(0, 1, 'cites'), (0, 1, 'related')])
    assert kinds_drawn(shown) == ('cites',)
    assert kinds_drawn(graph('A', 'B', edges=[(0, 1, 'cites'), (0, 2, 'related')])) == ('cites', 'related')


@pytest.mark.parametrize('width', [220, 340])
@given(
    st.lists(st.tuples(st.sampled_from(['Short', '概率空间的最小化' * 5]), st.integers(1, 3)), min_size=2,
             max_size=24),
    st.data(),
)  # fmt: skip
def test_no_line_crosses_a_label_or_a_node_that_is_not_its_own(width, rows, data):
    depths = [1, *(depth for _, depth in rows[1:])]
    ends = st.integers(0, len(rows))
    pairs = data.draw(st.lists(st.tuples(ends, ends, st.sampled_from(EDGE_KINDS)), max_size=12, unique=True))
    edges = [
        (a, b, kind) for a, b, kind in pairs if a != b and not (0 in (a, b) and depths[max(a, b) - 1] > 1)
    ]
    shown = graph(*(title for title, _ in rows), edges=edges, distances=depths)
    layout = lay_out(shown, width=width)
    for curve in curves(shown, layout):
        points = [curve.point(step / 40) for step in range(41)]
        for place in layout.places[1:]:
            top, bottom = place.y - LINE * len(place.label) / 2, place.y + LINE * len(place.label) / 2
            own = place.y in {curve.start[1], curve.end[1]} or any(
                abs(x - place.x) + abs(y - place.y) < 12 for x, y in (curve.start, curve.end)
            )
            for x, y in points:
                assert not (x >= place.label_x - 1 and top <= y <= bottom)
                if not own:
                    assert (x - place.x) ** 2 + (y - place.y) ** 2 > place.radius**2
                assert 0 <= x <= width
                assert 0 <= y <= layout.height


HOSTILE = [
    '</script><script>alert(1)</script>',
    '</title></svg><img src=x onerror=alert(1)>',
    '"quoted" & \'quoted\'',
    'NUL \x00 \ufffe \ud800',
    'right \u202eto left\u2067',
    '长' * 10_000,
    '$\\frac{1}{2}$ and $',
    '&amp; &#60;b>',
]


@pytest.mark.parametrize('title', HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_text(title):
    markup = drawing(graph(title), hrefs=['', 'x.html?a="b"&c=<d>'], label=title)
    tree = ET.fromstring(markup)
    assert {element.tag for element in tree.iter()} <= {'svg', 'g', 'a', 'title', 'circle', 'text', 'tspan'}
    assert [name for element in tree.iter() for name in element.attrib if name.startswith('on')] == []
    assert not re.search('[\u202a-\u202e\u2066-\u2069]', markup)
    assert len(markup.encode('utf-8', 'replace')) < 8000


def test_a_formula_in_a_title_is_readable():
    assert 'n &gt; 8.33 log N' in drawing(graph(r'Why $n > 8.33\log N$'))


def test_a_drawing_of_the_most_nodes_is_small():
    titles = [f'低秩近似之路({n}):从一个单位向量变换到另一个单位向量' for n in range(24)]
    edges = [(0, n, 'cites') for n in range(1, 25)] + [(n, n + 1, 'cites') for n in range(1, 24)]
    markup = drawing(graph(*titles, edges=edges), hrefs=[''] + ['seeds/%E4%BD%8E%E7%A7%A9.html'] * 24)
    assert len(markup.encode()) < 12_000


def test_samples_for_legends_are_of_the_same_classes():
    for kind in EDGE_KINDS:
        assert ET.fromstring(edge_sample(kind))[0].get('class') == f'blog-edge-{kind}'
    assert ET.fromstring(node_sample('work'))[0].tag == 'rect'
    assert ET.fromstring(node_sample('post', centre=True))[0].get('class') == 'blog-node-this'
