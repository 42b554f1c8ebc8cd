"""The graph page in a real browser, opened from ``file://`` without a network."""

from __future__ import annotations

import re

import pytest
from bs4 import BeautifulSoup
from graph_site import panel_title, site_files, spot, spot_at_rest
from sample_graph import large_graph, small_graph

HOSTILE = '</script><img src=x onerror="window.hacked=1">$\\href{javascript:alert(1)}{x}$"\'`'


def test_a_click_shows_the_post_and_a_second_click_opens_it(visit, small):
    page = visit(small)
    x, y = spot(page, 'posts/p0000')
    page.mouse.click(x, y)
    assert panel_title(page) == 'Walks on graphs, part 1: Why they mix'
    assert page.evaluate('document.activeElement.textContent') == 'Open post'
    page.mouse.click(*spot_at_rest(page, 'posts/p0000'))
    page.wait_for_url('**/posts/p0000.html')
    assert 'Page posts/p0000' in page.inner_text('body')


def test_a_double_click_opens_the_post(visit, small):
    page = visit(small)
    page.mouse.dblclick(*spot(page, 'posts/p0012'))
    page.wait_for_url('**/posts/p0012.html')


def test_enter_after_a_click_opens_the_post(visit, small):
    page = visit(small)
    page.mouse.click(*spot(page, 'posts/p0002'))
    page.keyboard.press('Enter')
    page.wait_for_url('**/posts/p0002.html')


@pytest.mark.parametrize('button', ['middle', 'left'])
def test_control_or_the_middle_button_opens_a_tab(visit, small, button):
    page = visit(small)
    x, y = spot(page, 'posts/p0001')
    with page.context.expect_page() as opened:
        if button == 'left':
            page.keyboard.down('Control')
        page.mouse.click(x, y, button=button)
    page.keyboard.up('Control')
    assert opened.value.url.endswith('/posts/p0001.html')
    assert page.url.endswith('graph.html')


def test_a_drag_moves_the_map_and_selects_nothing(visit, small):
    page = visit(small)
    before = spot(page, 'posts/p0000')
    page.mouse.move(*before)
    page.mouse.down()
    page.mouse.move(before[0] + 80, before[1] + 40, steps=5)
    page.mouse.up()
    page.wait_for_timeout(100)
    after = spot(page, 'posts/p0000')
    assert (round(after[0] - before[0]), round(after[1] - before[1])) == (80, 40)
    assert not page.locator('#bg-panel').is_visible()


def test_the_panel_tells_links_by_kind_with_their_evidence(visit, small):
    page = visit(small, '#n=posts/p0001')
    page.wait_for_selector('.bg-excerpt')
    headings = page.locator('#bg-panel h3').all_inner_texts()
    assert headings[:2] == ['Previous part 1', 'Next part 1']
    assert any(h.startswith('Related') for h in headings)
    assert 'Walks on graphs 1 → 2' in page.locator('.bg-group-series-in').inner_text()
    assert 'Words in common: 梯度下降, momentum' in page.locator('.bg-group-related').inner_text()
    assert page.locator('.bg-group-series-in a').get_attribute('href') == './posts/p0000.html'
    assert page.locator('.bg-excerpt math').count() == 1
    assert page.locator('#bg-panel h2 math').count() == 1


def test_a_citation_shows_its_sentence_and_leads_to_the_place(visit, small):
    graph = small_graph()
    source, target = next(
        (s, t)
        for s, t, k in sorted(graph.edges(keys=True))
        if k == 'cites' and graph.nodes[t]['kind'] == 'post'
    )
    page = visit(small, f'#n={target}')
    page.wait_for_selector('.bg-group-cites-in blockquote')
    hrefs = page.eval_on_selector_all(
        '.bg-group-cites-in a', 'links => links.map(a => a.getAttribute("href"))'
    )
    assert f'./{source}.html#the-proof' in hrefs
    assert page.locator('.bg-group-cites-in blockquote math').count() >= 1
    assert page.locator('.bg-group-cites-in mark').first.inner_text().startswith('《')


def test_a_shared_formula_is_set_and_leads_to_both_places(visit, site_of):
    graph = small_graph()
    first, second = sorted(node for node, kind in graph.nodes(data='kind') if kind == 'post')[:2]
    evidence = {
        'how': 'renamed',
        'key': '0' * 16,
        'score': 20.0,
        'size': 9,
        'posts': 2,
        'source_latex': r'\frac{a}{\sqrt{b}}',
        'target_latex': r'\frac{u}{\sqrt{v}}',
        'source_anchor': 'formula-one',
        'target_anchor': 'formula-two',
    }
    graph.add_edge(first, second, 'formula', weight=0.4, evidence=[evidence])
    build = site_of(graph)
    for node, letter, here, there in (
        (first, 'a', f'{first}.html#formula-one', f'{second}.html#formula-two'),
        (second, 'u', f'{second}.html#formula-two', f'{first}.html#formula-one'),
    ):
        page = visit(build, f'#n={node}')
        group = page.locator('.bg-group-formula')
        group.locator('mfrac', has_text=letter).wait_for()
        assert 'The same with other letters' in group.inner_text()
        links = group.locator('.bg-formula-places a')
        assert [link.get_attribute('href') for link in links.all()] == [f'./{here}', f'./{there}']


def test_a_missing_post_can_be_looked_at_but_not_opened(visit, small):
    page = visit(small, '#n=missing:m1')
    assert page.locator('.bg-kind').inner_text() == 'Cited, but not in this blog'
    assert page.locator('.bg-open-link').count() == 0
    assert page.locator('.bg-group-cites-in li').count() >= 1


def test_the_address_keeps_the_selection(visit, small):
    page = visit(small)
    page.mouse.click(*spot(page, 'posts/p0003'))
    page.wait_for_url(re.compile(r'graph\.html#n=posts/p0003$'))
    page.keyboard.press('Escape')
    page.wait_for_url(re.compile(r'graph\.html$'))
    page.evaluate("location.hash = '#n=work:w0'")
    page.wait_for_selector('#bg-panel:not([hidden])')
    assert page.locator('.bg-kind').inner_text() == 'Cited work'


def test_search_finds_titles_tags_and_series(visit, small):
    page = visit(small)
    page.keyboard.press('/')
    assert page.evaluate('document.activeElement.id') == 'bg-search'
    page.keyboard.type('动量')
    assert page.locator('#bg-results li').count() == 1
    page.keyboard.press('Enter')
    assert panel_title(page).startswith('优化算法笔记(二)')
    for query, most in (('ALGEBRA', 12), ('walks graphs', 4), ('nothing of the kind', 1)):
        page.fill('#bg-search', query)
        assert page.locator('#bg-results li').count() == most
    assert page.locator('#bg-results li').inner_text() == 'Nothing found'


def test_arrows_walk_from_node_to_node_and_enter_opens(visit, small):
    page = visit(small)
    page.focus('#bg-map')
    page.keyboard.press('ArrowRight')
    first = panel_title(page)
    page.keyboard.press('ArrowLeft')
    assert panel_title(page) != first
    assert page.evaluate('document.activeElement.id') == 'bg-map'
    assert panel_title(page).split('\n')[0][:5] in page.locator('#bg-live').inner_text()


def test_kinds_of_links_and_nodes_are_switched(visit, small):
    page = visit(small)
    graph = small_graph()
    counts = {
        box.get_attribute('data-kind'): box.locator('xpath=..').inner_text().split()[-1]
        for box in page.locator('#bg-legend input[type=checkbox]').all()
    }
    kinds = [kind for *_, kind in graph.edges(keys=True)]
    assert counts['related'] == str(kinds.count('related'))
    assert counts['post'] == '35'
    shown = page.evaluate('window.blogGraph.shown()')
    assert shown == {'nodes': len(graph), 'edges': len(kinds)}
    page.uncheck('#bg-legend input[data-kind="related"]')
    assert page.evaluate('window.blogGraph.shown().edges') == len(kinds) - kinds.count('related')
    page.uncheck('#bg-legend input[data-kind="missing"]')
    assert page.evaluate('window.blogGraph.shown().nodes') == 60 - 16
    page.evaluate("location.hash = '#n=missing:m1'")
    page.wait_for_selector('#bg-panel:not([hidden])')
    assert page.is_checked('#bg-legend input[data-kind="missing"]')


def test_light_and_dark_follow_the_reader_and_the_theme(visit, small, page):
    page.emulate_media(color_scheme='dark')
    visit(small)
    dark = page.evaluate('getComputedStyle(document.body).backgroundColor')
    page.emulate_media(color_scheme='light')
    page.wait_for_selector('html[data-theme="light"]', state='attached')
    light = page.evaluate('getComputedStyle(document.body).backgroundColor')
    assert dark != light
    page.click('#bg-theme')
    assert page.evaluate('getComputedStyle(document.body).backgroundColor') == dark
    assert page.evaluate("localStorage.getItem('theme')") == 'dark'
    page.evaluate("localStorage.setItem('mode', 'light')")
    page.reload()
    page.wait_for_selector('body.bg-ready')
    assert page.evaluate('getComputedStyle(document.body).backgroundColor') == light


def test_something_is_drawn_at_the_place_of_a_node(visit, small):
    page = visit(small)
    x, y, _radius = page.evaluate("window.blogGraph.pointOf(window.blogGraph.numberOf('posts/p0000'))")
    colours = page.evaluate(
        """([x, y]) => {
            const c = document.querySelector('#bg-canvas canvas');
            const pixel = (a, b) => [...c.getContext('2d').getImageData(a, b, 1, 1).data];
            const k = c.width / c.clientWidth;
            return [pixel(x * k, y * k), pixel(3, 3)];
        }""",
        [x, y],
    )
    assert colours[0][3] == 255
    assert colours[0] != colours[1]


def test_on_a_phone_nothing_is_wider_than_the_screen(visit, small):
    page = visit(small, '#n=posts/p0001', size=(390, 844))
    assert page.evaluate('document.documentElement.scrollWidth') == 390
    panel = page.locator('#bg-panel').bounding_box()
    assert (panel['x'], panel['width']) == (0, 390)
    assert panel['y'] > 844 * 0.4
    assert not page.evaluate("document.getElementById('bg-legend').open")
    page.click('#bg-panel .bg-close')
    page.click('#bg-list > summary')
    assert page.evaluate('document.documentElement.scrollWidth') == 390


def test_without_a_script_all_of_it_is_a_list_of_links(browser, small):
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((small.outdir / 'graph.html').as_uri())
    graph = small_graph()
    assert not page.locator('#bg-map').is_visible()
    assert page.locator('.bg-tables tbody tr').count() == len(graph)
    row = page.locator('.bg-tables tr', has=page.locator('th a[href="./posts/p0001.html"]')).first
    assert row.locator('th math').is_visible()
    assert row.locator('td').first.inner_text() != ''
    row.locator('th a').click()
    assert page.url.endswith('posts/p0001.html')
    context.close()


def test_hostile_titles_are_text(visit, site_of):
    graph = small_graph()
    for node in graph:
        graph.nodes[node].update(title=HOSTILE, series=HOSTILE, tags=[HOSTILE])
    page = visit(site_of(graph, pages=False))
    page.evaluate("location.hash = '#n=posts/p0001'")
    page.wait_for_selector('.bg-excerpt')
    page.fill('#bg-search', 'img')
    assert page.locator('#bg-results li').count() > 1
    assert page.evaluate('window.hacked') is None
    assert page.locator('img').count() == 0
    assert panel_title(page).startswith('</script><img')


def test_a_strict_content_security_policy_is_kept(page, site_of):
    graph = small_graph()
    build = site_of(graph)
    html = build.text('graph.html')
    policy = "default-src 'self' file:; script-src 'self' file:"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    (build.outdir / 'strict.html').write_text(html.replace('<head>', f'<head>{meta}'), encoding='utf-8')
    problems = []
    page.on('console', lambda message: problems.append(message.text) if message.type == 'error' else None)
    page.goto((build.outdir / 'strict.html').as_uri() + '#n=posts/p0001')
    page.wait_for_selector('.bg-excerpt')
    assert problems == []


def test_with_reduced_motion_the_map_jumps(visit, small, page):
    page.emulate_media(reduced_motion='reduce')
    visit(small)
    before = spot(page, 'posts/p0000')
    page.keyboard.press('Tab')
    page.focus('#bg-map')
    page.keyboard.press('+')
    page.wait_for_timeout(50)
    assert spot(page, 'posts/p0000') != before
    settled = spot(page, 'posts/p0000')
    page.wait_for_timeout(300)
    assert spot(page, 'posts/p0000') == settled


def test_a_thousand_posts_are_ready_soon(visit, site_of):
    page = visit(site_of(large_graph(), pages=False))
    took = page.evaluate('performance.now()')
    assert took < 15_000  # 1 s on an idle machine
    page.fill('#bg-search', '第 500 篇')
    page.keyboard.press('Enter')
    assert '第 500 篇' in panel_title(page)


@pytest.mark.parametrize(
    ('builder', 'conf', 'path', 'base'),
    [
        ('html', {}, 'graph.html', './'),
        ('dirhtml', {}, 'graph/index.html', '../'),
        ('html', {'blog_path': 'blog'}, 'blog/graph.html', '../'),
        ('dirhtml', {'blog_path': 'blog'}, 'blog/graph/index.html', '../../'),
    ],
)
def test_the_page_stands_where_the_builder_puts_pages(visit, site_of, builder, conf, path, base):
    graph = small_graph()
    build = site_of(graph, builder, pages=False, **conf)
    page = visit(build, '#n=posts/p0001', path=path)
    assert page.locator('.bg-open-link').get_attribute('href') == f'{base}posts/p0001.html'
    assert ((build.outdir / path).parent / 'graph-data' / 'nodes-0.js').is_file()
    assert page.locator('.bg-home').get_attribute('href') == base.removeprefix('./') + {
        'html': 'index.html'
    }.get(builder, '')


@pytest.mark.parametrize('builder', ['singlehtml', 'epub', 'latex', 'text'])
def test_other_builders_get_no_graph_page(site_of, builder):
    build = site_of(small_graph(), builder)
    assert [path for path in build.mtimes if re.search(r'graph[^/]*\.(html|js|css)$', path)] == []


def test_the_page_can_be_left_out(site_of):
    build = site_of(small_graph(), pages=False, blog_graph_page=False)
    assert not (build.outdir / 'graph.html').exists()


def test_a_document_of_the_same_name_is_kept_and_warned_of(make_site):
    files = site_files(small_graph(), pages=False) | {'graph.rst': ':orphan:\n\nMine\n====\n'}
    build = make_site(files).build()
    assert 'Mine' in build.html('graph')
    assert re.search(r"document 'graph' has the name of the graph page.*\[blog\.graph\]", build.warnings)


def test_two_builds_write_the_same_bytes(site_of):
    one, two = (site_of(small_graph(), pages=False) for _ in range(2))
    names = [
        name
        for name in one.mtimes
        if 'graph' in name and not name.startswith('.') and name.endswith(('js', 'html'))
    ]
    assert len(names) >= 10
    assert [name for name in names if one.snapshot[name] != two.snapshot[name]] == []


def test_the_page_names_its_language_and_its_site(small):
    soup = BeautifulSoup(small.text('graph.html'), 'html.parser')
    assert soup.html['lang'] == 'en'
    assert soup.title.string == 'Graph — Notes </title>'
    assert not soup.find_all('script', src=False)
