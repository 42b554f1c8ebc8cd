"""The scripts of the formula page and of the graph page, and whole graph pages, for their tests."""

from __future__ import annotations

import pytest
from formula_page import open_scripts
from graph_scripts import open_graph_scripts
from graph_site import site_files
from graph_stage import open_stage, show
from sample_graph import small_graph


@pytest.fixture(scope='module')
def scripts(browser, tmp_path_factory):
    """One page for all tests of a module: nothing that they do changes it."""
    tab = browser.new_page()
    errors = []
    tab.on('pageerror', lambda error: errors.append(str(error)))
    open_scripts(tab, tmp_path_factory.mktemp('scripts'))
    yield tab
    tab.close()
    assert not errors


@pytest.fixture(scope='module')
def graph_scripts(browser, tmp_path_factory):
    """One page with the scripts of the graph page that need no page: nothing that tests do changes it."""
    tab = browser.new_page()
    errors = []
    tab.on('pageerror', lambda error: errors.append(str(error)))
    open_graph_scripts(tab, tmp_path_factory.mktemp('graph-scripts'))
    yield tab
    tab.close()
    assert not errors


@pytest.fixture(scope='module')
def site_of(make_site):
    """Make a site whose graph is known in advance."""

    def make(graph, builder='html', *, pages=True, **conf):
        return make_site(site_files(graph, pages=pages, **conf)).build(builder)

    return make


@pytest.fixture(scope='module')
def small(site_of):
    return site_of(small_graph())


@pytest.fixture
def visit(page):
    """Open a graph page and wait until it is alive; every request that leaves the disk is an error."""

    def go(build, fragment='', path='graph.html', size=(1280, 800)):
        outside = []
        page.on(
            'request', lambda r: outside.append(r.url) if not r.url.startswith(('file:', 'blob:')) else None
        )
        page.on('requestfailed', lambda r: outside.append(r.url))
        page.set_viewport_size({'width': size[0], 'height': size[1]})
        page.goto((build.outdir / path).as_uri() + fragment)
        page.wait_for_selector('body.bg-complete')
        assert outside == []
        return page

    return go


@pytest.fixture
def stage(page, tmp_path):
    """Show a graph made up in the browser on a bare page: ``stage(posts, engine)`` gives the page."""
    page.set_viewport_size({'width': 1000, 'height': 700})
    open_stage(page, tmp_path)

    def go(posts=60, engine='canvas'):
        show(page, posts, engine)
        return page

    return go
