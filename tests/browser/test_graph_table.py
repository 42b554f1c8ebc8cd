"""The graph page's table, with links."""

from __future__ import annotations

import pytest
from graph_scripts import CITES, open_graph_scripts, serve
from playwright.sync_api import expect

HOSTILE = '</script><img src=x onerror="window.hacked=1">\u202e'
BLOG = {
    'nodes': [
        {'label': 'Walks', 'date': '2014-12-08', 'year': 2014, 'tags': [0, 1], 'series': 0, 'part': 2},
        {'label': HOSTILE, 'date': '--12-08'},
        {'label': 'x²', 'url': ''},
        {'label': '没有写的', 'kind': 1, 'url': ''},
        {'label': 'A paper', 'kind': 2, 'url': 'https://arxiv.org/abs/1'},
    ],
    'html': {'2': '<math><msup><mi>x</mi><mn>2</mn></msup></math>'},
    'edges': [
        {'source': 0, 'target': 1, 'kind': CITES},
        {'source': 2, 'target': 1, 'kind': CITES},
        {'source': 2, 'target': 3, 'kind': CITES},
    ],
    'tags': ['graphs', HOSTILE],
    'series': [HOSTILE],
}
BODY = """<style>.bg-table-more[hidden] { display: none }</style>
<details id="list"{open}><summary>All of it</summary><div id="table"></div></details>"""
MAKE = """([graph, size]) => {
  const model = window.model = graph ? fakeModel(graph) : randomModel(size, 3);
  window.chosen = [];
  window.table = blogGraph.createTable(document.getElementById('table'), model, {
    say: (key, values = {}) => [key, ...Object.values(values)].join(' '),
    href: (node) => model.url(node),
    language: 'en',
    choose: (node) => { window.chosen.push(node); },
  });
}"""


@pytest.fixture
def table(page, tmp_path):
    def make(graph=None, size=0, *, opened=True):
        body = BODY.replace('{open}', ' open' if opened else '')
        open_graph_scripts(page, tmp_path, body=body, address=serve(page, tmp_path))
        page.evaluate(MAKE, [graph, size])
        return page

    return make


def rows(page):
    return page.evaluate("[...document.querySelectorAll('tbody tr')].map((row) => Number(row.dataset.node))")


def sorting(page):
    return page.evaluate(
        "[...document.querySelectorAll('[aria-sort]')].map((th) => [th.textContent, th.ariaSort])"
    )


def test_a_row_tells_all_of_a_node(table):
    page = table(BLOG)
    cells = page.locator('tbody tr').first.locator('th, td').all_inner_texts()
    assert [cell.strip() for cell in cells] == [
        'Walks',
        'December 8, 2014',
        f'{HOSTILE} · 2',
        '1',
        '0',
        f'graphs {HOSTILE}',
        '1',
    ]
    assert page.locator('time').first.get_attribute('datetime') == '2014-12-08'
    assert page.locator('tbody td:nth-of-type(4)').all_inner_texts() == ['0', '2', '0', '1', '0']


def test_titles_are_links_where_there_is_something_to_open(table):
    page = table(BLOG)
    links = page.locator('tbody a')
    assert [link.get_attribute('href') for link in links.all()] == [
        'posts/p0.html',
        'posts/p1.html',
        'https://arxiv.org/abs/1',
    ]
    assert page.locator('tbody tr').nth(3).inner_text().count('mark-missing') == 1
    assert page.locator('tbody math msup').count() == 1


def test_hostile_words_are_text(table):
    page = table(BLOG)
    assert page.locator('img').count() == 0
    assert page.evaluate('window.hacked') is None
    assert page.locator('tbody a').nth(1).inner_text() == HOSTILE


def test_a_header_sorts_and_says_so(table):
    page = table(BLOG)
    assert sorting(page) == [['rank', 'ascending']]
    page.get_by_role('button', name='title', exact=True).click()
    assert sorting(page) == [['title', 'ascending']]
    assert rows(page)[-1] == 3
    page.get_by_role('button', name='title', exact=True).click()
    assert sorting(page) == [['title', 'descending']]
    assert rows(page)[0] == 3
    page.get_by_role('button', name='group-cites-in').click()
    assert sorting(page) == [['group-cites-in', 'descending']]
    assert rows(page) == [1, 3, 0, 2, 4]
    assert page.evaluate('document.activeElement.dataset.column') == 'cited'


def test_a_button_shows_a_node_on_the_map(table):
    page = table(BLOG)
    page.get_by_role('button', name='show-named A paper').click()
    assert page.evaluate('window.chosen') == [4]


def test_it_lists_what_is_shown(table):
    page = table(BLOG)
    page.evaluate('() => { model.nodeOn[0] = model.nodeOn[3] = 0; table.update(); }')
    assert rows(page) == [1, 2, 4]
    assert page.get_by_role('status').inner_text() == 'rows 3 3'
    page.evaluate('() => { model.nodeOn.fill(0); table.update(); }')
    assert rows(page) == []
    assert page.get_by_role('status').inner_text() == 'nothing'


def test_a_hundred_rows_at_a_time(table):
    page = table(size=250)
    more = page.get_by_role('button', name='rows-more')
    assert len(rows(page)) == 100
    assert page.get_by_role('status').inner_text() == 'rows 100 250'
    more.click()
    assert page.evaluate('document.activeElement.closest("tr").dataset.node') == '100'
    more.click()
    assert rows(page) == list(range(250))
    assert more.count() == 0
    page.get_by_role('button', name='date').click()
    assert len(rows(page)) == 100


def test_nothing_is_made_while_it_is_closed(table):
    page = table(size=250, opened=False)
    assert rows(page) == []
    page.click('summary')
    page.wait_for_selector('tbody tr')
    assert len(rows(page)) == 100
    page.click('summary')
    page.evaluate('() => { model.nodeOn.fill(0); table.update(); }')
    assert len(rows(page)) == 100
    page.click('summary')
    expect(page.locator('tbody tr')).to_have_count(0)


def test_a_table_of_a_large_graph_is_there_at_once(table):
    page = table(size=100_000)
    took = page.evaluate(
        """() => {
          const begin = performance.now();
          document.querySelector('[data-column=title]').click();
          document.body.offsetHeight;
          return performance.now() - begin;
        }"""
    )
    assert len(rows(page)) == 100
    assert took < 2000  # about 150 ms on an idle machine
