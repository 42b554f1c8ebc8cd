"""HTML of anyone as a tree without anything that acts."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.html_tree import Element, MissingPackageError, parse_html

PIECES = st.lists(
    st.sampled_from(
        [
            '<p>',
            '</p>',
            '<b',
            '>',
            'x',
            '<script>',
            '</script>',
            '<a href="javascript:x">',
            '<!--',
            '-->',
            '&lt;',
            '<li>',
        ]
    ),
    max_size=12,
).map(''.join)


def shown(element: Element) -> object:
    return (element.tag, *(child if isinstance(child, str) else shown(child) for child in element.children))


def test_a_page_is_a_tree():
    root = parse_html('<p class="a b">One <em>two</em><br>three</p>')
    assert shown(root) == ('root', ('p', 'One ', ('em', 'two'), ('br',), 'three'))
    assert root.children[0].classes == {'a', 'b'}
    assert root.text() == 'One twothree'
    assert [element.tag for element in root.walk()] == ['root', 'p', 'em', 'br']


def test_what_is_not_closed_is_closed_as_browsers_do():
    assert shown(parse_html('<ul><li>a<li>b</ul>')) == ('root', ('ul', ('li', 'a'), ('li', 'b')))


@pytest.mark.parametrize(
    'html',
    [
        '<script>alert(1)</script>',
        '<style>p{}</style>',
        '<form>alert(1)</form>',
        '<svg onload="alert(1)"></svg>',
        '<!-- alert(1) -->',
        '<script type="text/javascript">alert(1)</script>',
    ],
)
def test_what_acts_is_not_there(html):
    assert parse_html(html).text() == ''


def test_scripts_of_formulas_are_there_and_addresses_that_run_are_not():
    root = parse_html(
        '<script type="math/tex">a</script><a href="javascript:x" onclick="y">b</a><a href="https://c/">d</a>'
    )
    script, bad, good = root.children
    assert script.text() == 'a'
    assert bad.attributes == {}
    assert good.attributes == {'href': 'https://c/'}


@given(PIECES)
def test_any_html_has_a_tree_of_known_elements(html):
    for element in parse_html(html).walk():
        assert element.tag == 'root' or element.tag in {'p', 'b', 'a', 'li', 'script', 'bx'}
        assert not any('javascript' in value for value in element.attributes.values())


def test_what_is_nested_without_end_is_taken_for_its_text():
    root = parse_html('<em>' * 3000 + 'deep' + '</em>' * 3000)
    assert root.text() == 'deep'
    assert sum(1 for _ in root.walk()) < 500


def test_thousands_of_open_elements_are_refused_at_once():
    begin = time.process_time()
    with pytest.raises(ValueError, match='not closed'):
        parse_html('<div>' * 100_000)
    assert time.process_time() - begin < 60


def test_a_missing_package_is_named(monkeypatch):
    monkeypatch.setitem(__import__('sys').modules, 'nh3', None)
    with pytest.raises(MissingPackageError, match=r'sphinxext-blog\[import\]'):
        parse_html('<p>x</p>')
