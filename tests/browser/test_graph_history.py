"""Back and forward on the graph page."""

from __future__ import annotations

import pytest
from graph_scripts import open_graph_scripts


@pytest.fixture
def tab(page, tmp_path):
    """A page from ``file://`` whose state is one text."""
    open_graph_scripts(page, tmp_path)
    page.evaluate(
        """() => {
          window.state = '';
          window.changes = [];
          window.track = blogGraph.createHistory({
            write: () => window.state,
            onChange: (fragment) => {
              window.changes.push(fragment);
              window.state = fragment;
              window.track.push(); // as a page does that takes this for a choice of its reader
            },
          });
        }"""
    )
    return page


def go(tab, fragment, how='push'):
    tab.evaluate('([fragment, how]) => { window.state = fragment; window.track[how](); }', [fragment, how])


def fragment(tab):
    return tab.evaluate('location.hash')


def entries(tab):
    return tab.evaluate('history.length')


def test_choices_are_entries_that_one_can_go_back_through(tab):
    start = entries(tab)
    go(tab, 'n=a')
    go(tab, 'n=a')
    go(tab, 'n=b')
    assert entries(tab) == start + 2
    tab.go_back()
    assert fragment(tab) == '#n=a'
    tab.go_back()
    assert fragment(tab) == ''
    tab.go_forward()
    tab.wait_for_function('window.changes.length === 3')
    assert tab.evaluate('window.changes') == ['n=a', '', 'n=a']
    assert entries(tab) == start + 2


def test_nothing_chosen_leaves_a_clean_address(tab):
    address = tab.url
    go(tab, 'n=a')
    go(tab, '')
    assert tab.url == address


def test_an_address_changed_by_hand_is_followed(tab):
    tab.evaluate("location.hash = 'n=c'")
    tab.wait_for_function('window.changes.length === 1')
    assert tab.evaluate('window.changes') == ['n=c']


def test_movements_change_the_entry_after_a_pause(tab):
    go(tab, 'n=a')
    count = entries(tab)
    for x in range(20):
        go(tab, f'n=a&view={x},0,1', 'move')
    assert fragment(tab) == '#n=a'
    tab.wait_for_function("location.hash === '#n=a&view=19,0,1'")
    assert entries(tab) == count


def test_the_view_that_was_left_belongs_to_the_entry_that_was_left(tab):
    go(tab, 'n=a')
    go(tab, 'n=a&view=5,5,1', 'move')
    go(tab, 'n=b&view=5,5,1')
    tab.go_back()
    assert fragment(tab) == '#n=a&view=5,5,1'


def test_going_back_forgets_a_movement_that_was_not_written(tab):
    go(tab, 'n=a')
    go(tab, 'n=b')
    go(tab, 'n=b&view=1,1,1', 'move')
    tab.go_back()
    tab.wait_for_timeout(400)
    assert fragment(tab) == '#n=a'


def test_a_browser_that_refuses_is_asked_again_later(tab):
    tab.evaluate(
        """() => {
          history.pushState = history.replaceState = () => {
            throw new DOMException('more than 100 times per 30 seconds', 'SecurityError');
          };
        }"""
    )
    go(tab, 'n=a')
    assert fragment(tab) == ''
    tab.evaluate('() => { delete history.pushState; delete history.replaceState; }')
    tab.wait_for_function("location.hash === '#n=a'")


def test_no_more_than_it_was_made_for(tab):
    go(tab, 'n=a', 'move')
    tab.evaluate('window.track.destroy()')
    tab.evaluate("location.hash = 'n=z'")
    tab.wait_for_timeout(400)
    assert tab.evaluate('window.changes') == []
    assert fragment(tab) == '#n=z'
