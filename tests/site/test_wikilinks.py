"""Names of pages: by path, by file, by title, by address; the nearest of several."""

from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName, Post
from sphinxext_blog.site.wikilinks import PageNames, find_files

DOCUMENTS = [
    'index',
    'a/Line search',
    'b/line search',
    'posts/2014-12-08-gauss',
    'posts/low-rank/index',
    'deep/er/Page',
]
POSTS = {
    'deep/er/Page': Post(
        DocName('deep/er/Page'), 'The page', aliases=('Other name',), urls=('/old/address.html',)
    )
}


@pytest.mark.parametrize(
    ('name', 'source', 'found'),
    [
        ('Line search', 'b/x', 'b/line search'),
        ('line  SEARCH', 'a/x', 'a/Line search'),
        ('a/line search', 'b/x', 'a/Line search'),
        ('2014-12-08-gauss', 'index', 'posts/2014-12-08-gauss'),
        ('gauss', 'index', 'posts/2014-12-08-gauss'),
        ('low-rank.md', 'index', 'posts/low-rank/index'),
        ('/posts/low-rank/', 'index', 'posts/low-rank/index'),
        ('../b/line search.md', 'a/x', 'b/line search'),
        ('The page', 'index', 'deep/er/Page'),
        ('other name', 'index', 'deep/er/Page'),
        ('address', 'index', 'deep/er/Page'),
        ('nowhere', 'index', ''),
        ('', 'index', ''),
    ],
)
def test_a_name_means_a_page(name, source, found):
    assert PageNames(DOCUMENTS, {}, POSTS).find(name, source) == found


def test_the_picture_of_the_shortest_path_has_the_name(tmp_path):
    for name in ('x/y/A.png', 'x/a.PNG', '.hidden/b.png', 'c.txt'):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_bytes(b'')
    assert find_files(tmp_path) == {'a.png': 'x/a.PNG'}
