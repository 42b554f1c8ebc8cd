"""How two posts are connected, and what to read before one."""

from __future__ import annotations

import networkx as nx
import pytest
from graph_site import panel_title, spot
from sample_graph import small_graph


def chain():
    """Four parts of a series, a post that cites the second, two that cite each other, and one alone."""
    graph = nx.MultiDiGraph()
    titles = {
        'a1': 'Sums, part 1',
        'a2': 'Sums, part 2',
        'a3': 'Sums, part 3',
        'b': 'On $x<1$',
        'c': 'Circles',
        'd': 'Rounds',
        'alone': 'Alone',
    }
    for n, (node, title) in enumerate(titles.items()):
        graph.add_node(
            node,
            kind='post',
            title=title,
            url=f'{node}.html',
            date=f'2020-01-0{n + 1}',
            community=0,
            pagerank=0.1,
            x=90.0 * n,
            y=60.0 * (n % 2),
        )
    graph.add_node('missing:m', kind='missing', title='Gone', community=0, pagerank=0.0, x=0.0, y=200.0)
    for number, (one, two) in enumerate([('a1', 'a2'), ('a2', 'a3')], 1):
        step = {'how': 'title', 'series': 'Sums', 'source_number': [number], 'target_number': [number + 1]}
        graph.add_edge(one, two, 'series', weight=1.0, evidence=[step])
    for one, two in [('b', 'a2'), ('c', 'd'), ('d', 'c'), ('c', 'b'), ('b', 'missing:m')]:
        title = graph.nodes[two]['title']
        cited = {
            'how': 'title',
            'text': f'《{title}》',
            'context': f'As 《{title}》 says.',
            'anchor': 'proof',
        }
        graph.add_edge(one, two, 'cites', weight=0.95, evidence=[cited])
    return graph


@pytest.fixture(scope='module')
def site(site_of):
    return site_of(chain())


def steps(page):
    return [''.join(line.inner_text().split('\n')) for line in page.locator('.bg-steps .bg-link').all()]


def test_two_posts_are_chosen_and_each_step_is_told_with_its_evidence(visit, site):
    page = visit(site, '#n=a3')
    page.click('[data-action="path"]')
    assert page.evaluate('document.activeElement.id') == 'bg-path-to'
    page.keyboard.type('circles')
    page.keyboard.press('Enter')
    assert steps(page) == ['Sums, part 3', 'Sums, part 2', 'On 𝑥<1', 'Circles']
    assert page.locator('.bg-how').all_inner_texts() == ['continues', 'is cited by', 'is cited by']
    page.wait_for_selector('.bg-step-cites blockquote math')
    assert page.locator('.bg-step').first.inner_text().split('\n')[-1] == 'Sums 2 → 3'
    assert page.locator('.bg-step-cites blockquote').first.inner_text() == 'As 《Sums, part 2》 says.'
    hrefs = page.eval_on_selector_all('.bg-steps .bg-link', 'links => links.map(a => a.getAttribute("href"))')
    assert hrefs == ['./a3.html', './a2.html', './b.html', './c.html']
    assert 'Connected, links: 3' in page.locator('#bg-live').inner_text()
    assert 'from=a3&to=c' in page.url


def test_the_second_post_may_be_clicked_on_the_map(visit, site):
    page = visit(site)
    page.click('#bg-connect')
    assert page.evaluate('document.activeElement.id') == 'bg-path-from'
    page.mouse.click(*spot(page, 'a1')[:2])
    page.wait_for_timeout(500)
    page.mouse.click(*spot(page, 'a3')[:2])
    assert steps(page) == ['Sums, part 1', 'Sums, part 2', 'Sums, part 3']


def test_where_no_path_leads_the_page_says_so_and_filters_can_be_reset(visit, site):
    page = visit(site, '#from=a1&to=alone')
    assert 'No path' in page.locator('#bg-panel').inner_text()
    assert page.locator('#bg-panel .bg-action').count() == 0
    page = visit(site, '#from=a1&to=a3&hide-links=series')
    page.reload()
    page.wait_for_selector('body.bg-complete')
    assert 'No path' in page.locator('#bg-panel').inner_text()
    page.click('#bg-panel .bg-action')
    assert steps(page)[-1] == 'Sums, part 3'


def test_the_ends_of_a_path_can_be_changed(visit, site):
    page = visit(site, '#from=a1&to=a3')
    page.click('button.bg-end >> nth=1')
    page.keyboard.type('part 2')
    page.keyboard.press('Enter')
    assert steps(page) == ['Sums, part 1', 'Sums, part 2']


def test_several_shortest_paths_can_be_compared(visit, site_of):
    graph = chain()
    graph.add_edge('alone', 'a1', 'cites', weight=0.9, evidence=[])
    graph.add_edge('a3', 'alone', 'cites', weight=0.9, evidence=[])
    page = visit(site_of(graph), '#from=a1&to=a3')
    first = steps(page)
    page.click('.bg-choice button >> nth=1')
    assert {first[1], steps(page)[1]} == {'Sums, part 2', 'Alone'}
    assert page.locator('.bg-choice button[aria-pressed="true"]').inner_text() == 'Path 2'
    second = steps(page)
    assert 'nth=2' in page.evaluate('location.hash').split('&')
    page.reload()
    page.wait_for_selector('.bg-choice')
    assert steps(page) == second
    page.go_back()
    page.wait_for_function(
        "document.querySelector('.bg-choice button').getAttribute('aria-pressed') === 'true'"
    )
    assert steps(page) == first


def test_what_to_read_before_stands_in_order_and_circles_are_named(visit, site):
    page = visit(site, '#n=c')
    page.click('[data-action="order"]')
    # “Rounds” is younger than “Circles”, which cites it: what is left out is that link.
    assert steps(page) == ['Sums, part 1', 'Sums, part 2', 'On 𝑥<1', 'Circles']
    assert page.locator('.bg-steps [aria-current]').inner_text().startswith('Circles')
    text = page.locator('#bg-panel').inner_text()
    assert 'go round in a circle' in text
    assert 'Circles → Rounds' in text
    assert 'Gone' in text
    assert 'before=c' in page.url
    page.click('#bg-panel .bg-close')
    assert page.locator('#bg-panel').is_hidden()


def test_a_post_that_cites_nothing_needs_nothing(visit, site):
    page = visit(site, '#before=a1')
    assert 'needs no other post' in page.locator('#bg-panel').inner_text()


def test_a_step_can_be_looked_at_on_the_map(visit, site):
    page = visit(site, '#from=a1&to=a3')
    page.click('.bg-steps .bg-show >> nth=1')
    assert panel_title(page) == 'Sums, part 2'


def test_hostile_titles_are_text_in_paths(visit, site_of):
    graph = small_graph()
    for node in graph:
        graph.nodes[node]['title'] = f'</script><img src=x onerror="window.hacked=1"> {node}'
    page = visit(site_of(graph, pages=False), '#from=posts/p0000&to=posts/p0002')
    assert steps(page)[0] == '</script><img src=x onerror="window.hacked=1"> posts/p0000'
    assert page.evaluate('window.hacked') is None
