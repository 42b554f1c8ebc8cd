"""Drafts and posts of the future: built, and found by nobody who searches."""

from __future__ import annotations

import json

import pytest

from sphinxext_blog.site.withheld import NOINDEX

FILES = {
    'now.rst': ':date: 2019-01-01\n\nNow\n===\n\nSee 《Secret draft》.\n',
    'draft.rst': ':date: 2019-01-02\n:draft:\n\nSecret draft\n============\n\nUnripe walrus. ``NOW``\n',
    'later.rst': ':date: 2020-06-01\n\nLater\n=====\n\nUnborn ocelot.\n',
    'hidden.rst': ':date: 2019-01-03\n:nosearch:\n\nHidden\n======\n\nUnsought lynx.\n',
}
CONF = {'blog_post_pattern': ['*'], 'exclude_patterns': ['_build']}


def day(monkeypatch, seconds):
    monkeypatch.setenv('SOURCE_DATE_EPOCH', str(seconds))


@pytest.fixture
def site(make_site, monkeypatch):
    day(monkeypatch, 1577836800)  # 2020-01-01
    return make_site({**FILES, 'index.rst': 'Home\n====\n'}, CONF)


def index_of(build):
    return (build.outdir / 'searchindex.js').read_text('utf-8')


def test_the_search_of_the_site_finds_neither_words_nor_titles(site):
    index = index_of(site.build())
    assert 'now.rst' in index
    for word in ('walrus', 'ocelot', 'lynx', 'Secret', 'Later'):
        assert word not in index


def test_search_engines_are_asked_to_stay_away(site):
    build = site.build()
    heads = {
        name: NOINDEX.strip() in (build.outdir / f'{name}.html').read_text('utf-8')
        for name in ('now', 'draft', 'later', 'hidden', 'index')
    }
    assert heads == {'now': False, 'draft': True, 'later': True, 'hidden': False, 'index': False}


@pytest.mark.parametrize('parallel', [1, 2])
def test_the_day_publishes_a_post_without_a_change(site, monkeypatch, parallel):
    site.build(parallel=parallel)
    day(monkeypatch, 1592000000)  # 2020-06-12
    build = site.build(parallel=parallel)
    assert 'ocelot' in index_of(build)
    assert NOINDEX.strip() not in (build.outdir / 'later.html').read_text('utf-8')
    assert 'lynx' not in index_of(build)
    day(monkeypatch, 1577836800)
    # Sphinx keeps the word without its pages.
    assert '"ocelot":[]' in index_of(site.build(parallel=parallel)).replace(' ', '')


def test_who_cites_a_draft_means_a_post_that_is_missing(site):
    graph = json.loads((site.build().outdir / 'graph.json').read_text('utf-8'))
    assert [node['id'] for node in graph['nodes'] if node['kind'] != 'post'] == ['missing:secret-draft']


@pytest.mark.parametrize(
    ('path', 'field', 'shown'),
    [
        ('posts/a', '', True),
        ('_drafts/a', '', False),
        ('posts/_drafts/a', '', False),
        ('_drafts', '', True),
        ('posts/a', 'publishDate: 2020-06-01', False),
        ('posts/a', 'publishDate: 2019-06-01', True),
        ('posts/a', 'expiryDate: 2019-12-31', False),
        ('posts/a', 'expiryDate: 2020-06-01', True),
        ('posts/a', 'unpublishdate: 2019-12-31', False),
        ('posts/a', 'pubdate: 2020-06-01', False),
        ('posts/a', 'published: 2020-06-01', False),
        ('posts/a', 'publish: false', False),
        ('posts/a', 'publish: true', True),
    ],
)
def test_what_other_engines_keep_back_is_kept_back(make_site, monkeypatch, path, field, shown):
    day(monkeypatch, 1577836800)  # 2020-01-01
    text = f'---\ndate: 2018-01-02\n{field}\n---\n\n# Walrus\n\nUnripe.\n'.replace('\n\n---', '\n---')
    if path == '_drafts/a':
        text = '# Walrus\n\nUnripe.\n'
    files = {f'{path}.md': text, 'index.md': '# Home\n'}
    build = make_site(files, {'exclude_patterns': ['_build']}, myst=True).build()
    assert build.warnings == ''
    assert ('Walrus' in build.html('blog')) is shown
    assert ('Walrus' in index_of(build)) is shown


@pytest.mark.parametrize(
    ('field', 'told'),
    [
        ('publishDate: 2020-13-45', 'blog.date'),
        ('publishDate: next week', 'blog.date'),
        ('publishDate: 8 Dec', 'blog.date'),
        ('expiryDate: soon', 'blog.date'),
        ('draft: work in progress', 'blog.front-matter'),
        ('publish: after the talk', 'blog.front-matter'),
    ],
)
@pytest.mark.parametrize('suffix', ['md', 'rst'])
def test_a_post_that_is_kept_back_in_words_that_nobody_reads_is_kept_back_and_told(
    make_site, field, told, suffix
):
    if suffix == 'md':
        text = f'---\ndate: 2018-01-02\n{field}\n---\n\n# Walrus\n\nUnripe.\n'
    else:
        text = f':blogpost:\n:date: 2018-01-02\n:{field}\n\nWalrus\n======\n\nUnripe.\n'
    files = {f'a.{suffix}': text, 'index.md': '# Home\n'}
    site = make_site(files, {'exclude_patterns': ['_build']}, myst=True)
    build = site.build()
    assert f'a.{suffix}:3: WARNING: the field' in build.warnings
    assert f'kept back as a draft [{told}]' in build.warnings
    assert build.warnings.count('WARNING') == 1
    assert 'Walrus' not in build.html('blog')
    assert 'Walrus' not in index_of(build)
    assert 'Walrus' in build.html('a')
    site.write(f'a.{suffix}', text.replace(field, 'publish: true'))
    assert 'Walrus' in site.build().html('blog')


def test_a_post_with_a_password_is_not_published_and_told(make_site):
    text = '---\ndate: 2018-01-02\npassword: abc\n---\n\n# Walrus\n\nUnripe.\n'
    build = make_site(
        {'a.md': text, 'index.md': '# Home\n'}, {'exclude_patterns': ['_build']}, myst=True
    ).build()
    assert 'a.md:3: WARNING: a page of a static site has no password' in build.warnings
    assert 'Walrus' not in index_of(build)
