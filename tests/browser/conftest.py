"""The scripts of the formula page, for the tests that call them."""

from __future__ import annotations

import pytest
from formula_page import open_scripts


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
