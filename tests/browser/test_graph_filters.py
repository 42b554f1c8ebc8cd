"""The card of the legend and filters on the graph page."""

from __future__ import annotations

import pytest
from sample_graph import small_graph


def shown(page):
    return page.evaluate('window.blogGraph.shown()')


def option(page, facet, name):
    return page.locator(f'#bg-{facet} .bg-option', has_text=name).first


def unfold(page, facet):
    page.click(f'details:has(> div#bg-{facet}) > summary')


def count(button):
    return int(button.locator('.bg-count').inner_text())


@pytest.fixture(scope='module')
def posts():
    graph = small_graph()
    return {node: data for node, data in graph.nodes(data=True) if data['kind'] == 'post'}


def test_a_tag_keeps_its_posts_and_what_they_cite(visit, small, posts):
    page = visit(small)
    unfold(page, 'tags')
    tagged = {node for node, data in posts.items() if 'algebra' in data['tags']}
    button = option(page, 'tags', 'algebra')
    assert count(button) == len(tagged)
    button.click()
    graph = small_graph()
    cited = {
        end
        for s, t in graph.edges()
        for end in (s, t)
        if {s, t} & tagged and graph.nodes[end]['kind'] != 'post'
    }
    assert shown(page)['nodes'] == len(tagged | cited)
    assert button.get_attribute('aria-pressed') == 'true'
    assert 'tag=algebra' in page.url
    # Another tag of the same facet adds its posts: counts beside it are those of the whole blog.
    assert count(option(page, 'tags', '概率')) == sum('概率' in data['tags'] for data in posts.values())
    # A series combines with the tag.
    unfold(page, 'series')
    inside = [node for node in tagged if posts[node].get('series') == 'Walks on graphs']
    series = option(page, 'series', 'Walks on graphs')
    assert count(series) == len(inside)
    series.click()
    page.click('#bg-reset')
    assert shown(page)['nodes'] == 60
    assert page.url.endswith('graph.html')
    assert page.locator('#bg-reset').is_disabled()


def test_years_are_chosen_between_two_sliders(visit, small, posts):
    page = visit(small)
    unfold(page, 'years')
    page.locator('#bg-years-from').fill('2015')
    page.locator('#bg-years-to').fill('2018')
    kept = [node for node, data in posts.items() if '2015' <= data['date'][:4] <= '2018']
    assert page.locator('.bg-range-text').first.inner_text() == '2015 – 2018'
    assert 'years=2015..2018' in page.url
    page.uncheck('#bg-legend input[data-kind="missing"]')
    page.uncheck('#bg-legend input[data-kind="work"]')
    assert shown(page)['nodes'] == len(kept)


def test_weak_likeness_can_be_left_out_but_no_citation_goes(visit, small):
    page = visit(small)
    unfold(page, 'strength')
    page.locator('#bg-weight').fill('0.5')
    graph = small_graph()
    kept = [
        kind
        for *_, kind, weight in graph.edges(keys=True, data='weight')
        if kind != 'related' or weight >= 0.475
    ]
    assert abs(shown(page)['edges'] - len(kept)) <= 4  # weights come in steps of 0.05
    assert page.locator('#bg-strength .bg-range-text').inner_text() == 'At least 0.5'


def test_a_topic_is_opened_by_its_name(visit, small):
    page = visit(small)
    button = page.locator('#bg-communities .bg-option').first
    n = count(button)
    button.click()
    assert page.evaluate("new URLSearchParams(location.hash.slice(1)).has('topic')")
    page.uncheck('#bg-legend input[data-kind="missing"]')
    page.uncheck('#bg-legend input[data-kind="work"]')
    assert shown(page)['nodes'] == n


def test_only_the_surroundings_of_a_post_in_one_or_two_steps(visit, small):
    graph = small_graph()
    node = 'posts/p0001'
    page = visit(small, f'#n={node}')
    page.click('[data-action="surroundings"]')
    near = {node, *graph.successors(node), *graph.predecessors(node)}
    assert shown(page)['nodes'] == len(near)
    page.select_option('#bg-depth', '2')
    assert shown(page)['nodes'] == len(
        near.union(*({*graph.successors(other), *graph.predecessors(other)} for other in near))
    )
    assert f'around={node}&steps=2' in page.url
    page.click('#bg-around .bg-close')
    assert shown(page)['nodes'] == 60


def test_a_hidden_post_that_is_asked_for_lifts_the_filter(visit, small):
    page = visit(small)
    for kind in ('missing', 'work'):
        page.uncheck(f'#bg-legend input[data-kind="{kind}"]')
    page.evaluate("window.blogGraph.select(window.blogGraph.numberOf('missing:m1'))")
    assert page.is_checked('#bg-legend input[data-kind="missing"]')
    assert not page.is_checked('#bg-legend input[data-kind="work"]')  # no more is lifted than hides it
    assert 'reset' in page.locator('#bg-hint').inner_text()


def test_an_address_with_a_filter_and_a_hidden_post_shows_what_was_shared(visit, small):
    page = visit(small, '#hide=missing&n=missing:m1')
    assert page.locator('.bg-kind').inner_text() == 'Cited, but not in this blog'
    assert not page.is_checked('#bg-legend input[data-kind="missing"]')


def test_where_nothing_passes_the_page_says_so(visit, small):
    page = visit(small, '#years=2030..2040&hide=missing,work')
    page.wait_for_selector('#bg-notice:not([hidden])')
    assert 'No mark passes' in page.locator('#bg-notice').inner_text()
    page.click('#bg-notice-button')
    assert shown(page)['nodes'] == 60


def test_a_tag_is_suggested_by_the_search(visit, small, posts):
    page = visit(small)
    page.fill('#bg-search', 'algebra')
    page.locator('#bg-results li', has_text='Only posts with this tag').click()
    assert page.url.endswith('#tag=algebra')
    page.fill('#bg-search', 'walks on')
    assert 'Only posts of this series' in page.locator('#bg-results').inner_text()


def test_the_sum_says_what_is_shown(visit, small):
    page = visit(small)
    graph = small_graph()
    assert page.locator('#bg-shown').inner_text() == f'Marks: {len(graph)} · links: {graph.number_of_edges()}'
