"""The graph page without a mouse, an eye or a script, under a strict policy, and in a shared address."""

from __future__ import annotations

import contextlib
import functools
import http.server
import threading

import pytest
from axe_playwright_python.sync_playwright import Axe
from graph_site import panel_title, spot
from sample_graph import large_graph, small_graph

POLICY = (
    "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:; "
    "base-uri 'none'; object-src 'none'"
)


class Handler(http.server.SimpleHTTPRequestHandler):
    def end_headers(self):
        self.send_header('Content-Security-Policy', POLICY)
        super().end_headers()

    def log_message(self, *args):
        pass


@contextlib.contextmanager
def serving(folder):
    """The address of a server that allows pages nothing but its own files."""
    handler = functools.partial(Handler, directory=str(folder))
    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler) as server:
        thread = threading.Thread(target=server.serve_forever, daemon=True)
        thread.start()
        yield f'http://127.0.0.1:{server.server_port}'
        server.shutdown()


@pytest.fixture(scope='module')
def served(small):
    with serving(small.outdir) as address:
        yield address


def serious(page):
    """What axe-core finds that keeps people out."""
    found = Axe().run(page).response['violations']
    return [
        (problem['id'], [node['target'] for node in problem['nodes']][:3])
        for problem in found
        if problem['impact'] in {'serious', 'critical'}
    ]


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('size', [(1280, 800), (390, 844)])
def test_axe_finds_nothing_serious(visit, small, page, scheme, size):
    page.emulate_media(color_scheme=scheme, reduced_motion='reduce')
    visit(small, '#n=posts/p0001', size=size)
    page.wait_for_selector('.bg-excerpt')
    if size[0] < 720:
        assert serious(page) == []
        page.click('#bg-panel .bg-close')
        page.click('#bg-legend > summary')
    page.evaluate('document.querySelectorAll("#bg-legend details").forEach((d) => { d.open = true; })')
    page.evaluate('document.getElementById("bg-list").open = true')
    page.wait_for_selector('#bg-table tbody tr')
    assert serious(page) == []
    page.evaluate("location.hash = '#from=posts/p0000&to=posts/p0004'")
    page.wait_for_selector('.bg-steps')
    assert serious(page) == []
    page.evaluate("location.hash = '#before=posts/p0003'")
    page.wait_for_selector('.bg-order')
    page.fill('#bg-search', 'walks')
    assert serious(page) == []


def test_axe_finds_nothing_serious_without_a_script(browser, small):
    # axe itself needs one; the tables are looked at where a script hides the map.
    page = browser.new_page()
    page.goto((small.outdir / 'graph.html').as_uri())
    page.wait_for_selector('body.bg-complete')
    page.evaluate("document.documentElement.classList.add('no-js')")
    assert page.locator('.bg-static table').first.is_visible()
    assert serious(page) == []
    page.close()


def test_a_strict_policy_is_kept_and_nothing_else_is_asked_for(page, served):
    problems, elsewhere = [], []
    page.on('console', lambda message: problems.append(message.text) if message.type == 'error' else None)
    page.on('pageerror', lambda error: problems.append(str(error)))
    page.on('request', lambda r: elsewhere.append(r.url) if not r.url.startswith((served, 'blob:')) else None)
    page.goto(f'{served}/graph.html#n=posts/p0001')
    page.wait_for_selector('.bg-excerpt')
    page.mouse.move(*spot(page, 'posts/p0003')[:2])
    page.mouse.wheel(0, -200)
    page.fill('#bg-search', 'kernel')
    page.keyboard.press('Enter')
    page.evaluate("location.hash = '#from=posts/p0000&to=posts/p0004'")
    page.wait_for_selector('.bg-steps')
    page.click('#bg-list > summary')
    page.wait_for_selector('#bg-table tbody tr')
    for form in ('png', 'svg', 'graphml', 'json'):
        page.click('#bg-keep > summary')
        with page.expect_download() as download:
            page.click(f'#bg-keep [data-form="{form}"]')
        assert download.value.path().stat().st_size > 500
    assert problems == []
    assert elsewhere == []


def test_tab_goes_through_the_neighbours_and_leaves_behind_the_last(visit, small):
    graph = small_graph()
    node = 'posts/p0001'
    page = visit(small, f'#n={node}')
    page.focus('#bg-map')
    seen = set()
    for _ in range(len(set(graph.successors(node)) | set(graph.predecessors(node)))):
        page.keyboard.press('Tab')
        assert page.evaluate('document.activeElement.id') == 'bg-map'
        seen.add(page.locator('#bg-live').inner_text())
    assert len(seen) == len(set(graph.successors(node)) | set(graph.predecessors(node)))
    last = page.locator('#bg-live').inner_text()
    page.keyboard.press('Shift+Tab')
    page.keyboard.press('Tab')
    assert page.locator('#bg-live').inner_text() == last
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.id') != 'bg-map'
    page.focus('#bg-map')
    page.keyboard.press('Tab')
    neighbour = page.locator('#bg-live').inner_text().split('. ')[0]
    page.keyboard.press('Enter')
    assert ''.join(panel_title(page).split())[:8] == ''.join(neighbour.split())[:8]


def at_rest(page):
    """The address once the map has come to rest and the address says where."""
    before = None
    while before != (now := (page.evaluate('window.blogGraph.pointOf(0)'), page.url)):
        before = now
        page.wait_for_timeout(1500)
    return page.url


def test_a_shared_address_shows_another_reader_the_same(visit, small, browser):
    page = visit(small)
    page.uncheck('#bg-legend input[data-kind="related"]')
    page.click('details:has(> div#bg-tags) > summary')
    page.locator('#bg-tags .bg-option', has_text='概率').first.click()
    page.mouse.move(700, 400)
    page.mouse.wheel(0, -400)
    page.wait_for_function("location.hash.includes('view=')")
    page.evaluate("window.blogGraph.select(window.blogGraph.numberOf('posts/p0001'))")
    address = at_rest(page)
    shown = page.evaluate('window.blogGraph.shown()')
    other = browser.new_page(viewport={'width': 1280, 'height': 800})
    other.goto(address)
    other.wait_for_selector('body.bg-complete')
    assert other.evaluate('window.blogGraph.shown()') == shown
    assert panel_title(other) == panel_title(page)
    assert at_rest(other) == address
    here, there = (tab.evaluate('window.blogGraph.pointOf(0)') for tab in (page, other))
    assert here == pytest.approx(there, abs=4)  # addresses are rounded
    other.close()


def test_back_and_forward_go_through_what_was_chosen(visit, small):
    page = visit(small)
    for node in ('posts/p0001', 'posts/p0002'):
        page.evaluate(f"window.blogGraph.select(window.blogGraph.numberOf('{node}'))")
    page.uncheck('#bg-legend input[data-kind="work"]')
    second = panel_title(page)
    page.go_back()
    assert page.is_checked('#bg-legend input[data-kind="work"]')
    assert panel_title(page) == second
    page.go_back()
    first = panel_title(page)
    assert first != second
    page.go_back()
    assert page.locator('#bg-panel').is_hidden()
    page.go_forward()
    assert panel_title(page) == first


def test_a_large_graph_shows_the_important_and_says_so(visit, site_of):
    graph = large_graph(2600)
    build = site_of(graph, pages=False)
    page = visit(build)
    page.wait_for_selector('#bg-notice:not([hidden])')
    assert page.locator('#bg-notice-text').inner_text() == f'2,000 of {len(graph):,} shown, by importance'
    assert page.evaluate("document.querySelector('script[src*=vis-network]')") is None
    ids = [node for node, kind in graph.nodes(data='kind') if kind == 'missing']
    page = visit(build, f'#n={ids[-1]}')
    assert page.locator('.bg-kind').inner_text() == 'Cited, but not in this blog'
    assert page.locator('#bg-panel .bg-group-cites-in li').count() >= 1
    page.click('#bg-panel .bg-close')
    page.click('#bg-fit')
    page.click('#bg-notice-button')
    page.wait_for_function("document.getElementById('bg-notice').textContent.includes('All ')")
    assert page.evaluate('window.blogGraph.drawn().nodes') == len(graph)


def test_a_reader_is_not_disturbed_when_the_rest_of_a_large_graph_comes(page, site_of):
    build = site_of(large_graph(2600), pages=False)
    problems = []
    page.on('pageerror', lambda error: problems.append(str(error)))
    with serving(build.outdir) as address:
        held = []
        page.route('**/nodes-1.js*', lambda route: held.append(route))  # noqa: PLW0108 (Playwright marks functions)
        page.goto(f'{address}/graph.html', wait_until='commit')
        page.wait_for_selector('body.bg-ready')
        page.wait_for_selector('#bg-notice:not([hidden])')
        assert 'on its way' in page.locator('#bg-notice').inner_text()
        page.click('#bg-zoom-in')
        page.click('#bg-connect')
        assert page.locator('#bg-path-from').is_visible()
        page.click('#bg-panel .bg-close')
        page.fill('#bg-find-communities', 'x')
        page.wait_for_timeout(900)
        before = page.evaluate('window.blogGraph.pointOf(0)')
        held[0].continue_()
        page.wait_for_selector('body.bg-complete')
        assert page.evaluate('window.blogGraph.pointOf(0)') == pytest.approx(before, abs=1)
        assert page.input_value('#bg-find-communities') == 'x'
        assert page.evaluate('document.activeElement.id') == 'bg-find-communities'
    assert problems == []


def test_what_does_not_come_is_said_and_asked_for_again(page, site_of):
    build = site_of(large_graph(2600), pages=False)
    with serving(build.outdir) as address:
        page.route('**/nodes-1.js*', lambda route: route.abort())
        page.goto(f'{address}/graph.html')
        page.locator('#bg-notice', has_text='Not all of it').wait_for()
        page.unroute('**/nodes-1.js*')
        page.click('#bg-notice-button')
        page.wait_for_selector('body.bg-complete')
        page.route('**/nodes-0.js*', lambda route: route.abort())
        page.reload()
        assert page.locator('.bg-static table').first.is_visible()


def test_a_selected_post_stays_in_sight_when_the_screen_turns(visit, small):
    page = visit(small, '#n=posts/p0007', size=(390, 844))
    for width, height in ((844, 390), (390, 844), (1280, 800), (390, 844)):
        page.set_viewport_size({'width': width, 'height': height})
        page.wait_for_timeout(600)
        x, y, _ = page.evaluate("window.blogGraph.pointOf(window.blogGraph.numberOf('posts/p0007'))")
        box = page.locator('#bg-map').bounding_box()
        panel = page.locator('#bg-panel').bounding_box()
        assert 0 < x < box['width']
        assert 0 < y < box['height']
        at = (box['x'] + x, box['y'] + y)
        inside = (
            panel['x'] <= at[0] <= panel['x'] + panel['width']
            and panel['y'] <= at[1] <= panel['y'] + panel['height']
        )
        assert not inside


def test_the_engine_is_a_matter_of_configuration(visit, site_of):
    page = visit(site_of(small_graph(), pages=False, blog_graph_engine='canvas'))
    assert page.evaluate("document.querySelector('script[src*=vis-network]')") is None
    page.mouse.click(*spot(page, 'posts/p0001')[:2])
    assert panel_title(page).startswith('Walks on graphs, part 2')


def test_tables_without_a_script_go_over_several_pages(browser, site_of):
    graph = large_graph(500)
    build = site_of(graph, pages=False)
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto((build.outdir / 'graph.html').as_uri())
    seen = page.locator('tbody tr').count()
    while page.locator('.bg-pages [aria-current] + a').count():
        page.click('.bg-pages [aria-current] + a')
        seen += page.locator('tbody tr').count()
    assert 'graph-list-2.html' in page.url
    assert seen == len(graph)
    context.close()
