"""What the pages that list posts are called, and what they show."""

from __future__ import annotations

from typing import get_args

import pytest

from sphinxext_blog.site.archive_lists import collection_title
from sphinxext_blog.site.catalogs import Collection, Kind


@pytest.mark.parametrize(
    ('kind', 'title'),
    [
        ('archive', 'Posts of X'),
        ('tag', 'Posts tagged X'),
        ('category', 'Posts in the category X'),
        ('author', 'Posts by X'),
        ('location', 'Posts from X'),
        ('language', 'Posts in the language X'),
        ('series', 'Series X'),
    ],
)
def test_each_list_has_a_title_of_its_kind(kind, title):
    assert collection_title(Collection(kind, 'x', 'X', 'blog/x', ())) == title


def test_every_kind_but_topics_whose_name_is_their_title_has_one():
    for kind in set(get_args(Kind)) - {'topic'}:
        assert 'X' in collection_title(Collection(kind, 'x', 'X', 'blog/x', ()))


def test_dollars_in_the_name_of_a_tag_are_no_formula_and_those_of_a_series_are():
    assert collection_title(Collection('tag', '$', 'US$ and $', 'p', ())) == r'Posts tagged US\$ and \$'
    assert collection_title(Collection('series', 'l', '$L^2$', 'p', ())) == 'Series $L^2$'


def test_a_list_says_of_each_post_what_it_is_and_where(make_site):
    source = ':date: 2020-01-02\n:tags: a\n\nA :math:`x^2`\n=============\n\nFirst words of it.\n'
    build = make_site({'posts/p.rst': source}).build()
    entry = build.soup('blog/tag/a').select_one('.blog-entries > li')
    assert entry.select_one('.blog-title a')['href'] == '../../posts/p.html'
    assert entry.select_one('.blog-date').get_text() == '2020-01-02'
    assert entry.select_one('.blog-meta a')['href'] in {'#', 'a.html'}
    assert entry.select_one('.blog-excerpt').get_text() == 'First words of it.'
