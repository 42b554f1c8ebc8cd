"""Values of archives: dates, names, lists."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.extras import read_date, slug_of, unique, words


@pytest.mark.parametrize(
    ('text', 'iso'), [('2014-12-08 10:11:12', '2014-12-08'), ('', None), ('0000-00-00 00:00:00', None)]
)
def test_a_date_or_none(text, iso):
    problems = []
    found = read_date(text, 'a.xml', 3, problems)
    assert (found and found.isoformat()[:10]) == iso
    assert problems == []


def test_what_is_no_date_is_told_with_its_place():
    problems = []
    assert read_date('the day after', 'a.xml', 3, problems) is None
    [problem] = problems
    assert (problem.path, problem.line, problem.subtype) == ('a.xml', 3, 'date')
    assert 'the day after' in problem.message


@pytest.mark.parametrize(
    ('url', 'slug'),
    [
        ('https://example.org/2014/12/gauss-sums/', 'gauss-sums'),
        ('https://example.org/archives/5253.html', '5253'),
        ('https://example.org/%E6%89%A9%E6%95%A3/index.html', '扩散'),
        ('/a.php?p=1#x', 'a'),
        ('https://example.org/', ''),
        ('', ''),
        ('http://[broken', ''),
    ],
)
def test_the_name_of_a_page_in_its_address(url, slug):
    assert slug_of(url) == slug


def test_items_are_named_once_without_blanks():
    assert unique([' a  b ', 'a b', '', 'C&amp;A', 'x']) == ('a b', 'C&A', 'x')


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        ('A <b>bold</b>\n title', 'A bold title'),
        ('1 &lt; 2 &amp; 3', '1 < 2 & 3'),
        ('  a \t b ', 'a b'),
        ('a < b', 'a < b'),
    ],
)
def test_a_title_with_markup_is_one_line_of_text(text, shown):
    assert words(text) == shown


@given(st.text())
def test_any_text_is_one_line(text):
    assert '\n' not in words(text)
