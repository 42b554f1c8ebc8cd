"""Names of pages: by path, by file, by title, by address; the nearest of several."""

from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName, Post
from sphinxext_blog.site.wikilinks import PageNames, find_files


def told(build):
    return [line for line in build.warnings.splitlines() if 'toctree' not in line]


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
        ('line search', 'index', ''),  # which of the two?
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


def test_the_documents_that_a_name_can_mean_are_told_apart():
    names = PageNames([*DOCUMENTS, 'Page'], {}, POSTS)
    assert names.candidates('line search', 'index') == ['a/Line search', 'b/line search']
    assert names.candidates('page', 'index') == ['Page']


@pytest.mark.parametrize('dated', [True, False])
@pytest.mark.parametrize('link', ['[[Dup]]', '![[Dup]]', '[[Dup|words]]', '[w]({{< ref "Dup.md" >}})'])
def test_a_name_of_two_notes_is_told_once_and_no_link(make_site, dated, link):
    head = '---\ndate: 2020-01-01\n---\n\n' if dated else ''
    files = {
        'index.md': '# I\n',
        'p.md': f'{head}# P\n\nText {link} here.\n\n[[x/Dup]] is clear.\n'.replace(
            'Text ![[Dup]] here.', '![[Dup]]'
        ),
        'x/Dup.md': f'{head}# Dup\n\nOne.\n',
        'y/Dup.md': f'{head}# Dup\n\nTwo.\n',
        'y/q.md': f'{head}# Q\n\n[[Dup]].\n',
    }
    build = make_site(files, {'blog_markdown': 'all'}, myst=True).build()
    [line] = told(build)
    assert line.startswith('p.md:')
    assert '[blog.ambiguous]' in line
    assert 'x/Dup' in line
    assert 'y/Dup' in line
    links = {a['href'] for a in build.soup('p').select('section > p a')}
    assert links == {'x/Dup.html'}
    assert 'Dup.html' in {a['href'] for a in build.soup('y/q').select('section > p a')}
