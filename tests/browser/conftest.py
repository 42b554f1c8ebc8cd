"""The scripts of the formula page and of the graph page, for the tests that call them."""

from __future__ import annotations

import pytest
from formula_page import open_scripts
from graph_scripts import open_graph_scripts


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
    open_graph_scripts(
        tab,
        tmp_path_factory.mktemp('graph-scripts'),
        'graph-heap.js',
        'graph-filter.js',
        'graph-paths.js',
        'graph-reading.js',
        'graph-state.js',
        'graph-history.js',
        'graph-export.js',
        'graph-sorting.js',
    )
    yield tab
    tab.close()
    assert not errors
