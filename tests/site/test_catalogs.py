"""Posts by year, tag, author and so on."""

from __future__ import annotations

import pytest

FILES = {
    'p/a.rst': (
        ':blogpost:\n:date: 2020-01-02\n:tags: C++, C, 扩散\n:author: emmy\n:category: X\n\nA\n=\n\nText.\n'
    ),
    'p/b.rst': ':blogpost:\n:date: 2021-03-04\n:tags: c++\n:author: Emmy\n:language: zh\n\nB\n=\n\nText.\n',
    'p/c.rst': ':blogpost:\n:date: --12-08\n\nC\n=\n\nText.\n',
    'p/d.rst': ':blogpost:\n:date: 2021-03-05\n:draft: yes\n:tags: secret\n\nD\n=\n\nText.\n',
}
CONF = {'blog_authors': {'emmy': ('Emmy Noether', 'https://e.org')}}


@pytest.fixture(scope='module')
def catalogs(make_site):
    return make_site(FILES, CONF).build().app.env.get_domain('blog').knowledge.catalogs


def test_only_kinds_with_posts_have_a_catalog(catalogs):
    assert set(catalogs) == {'archive', 'tag', 'category', 'author', 'language'}
    assert {kind: catalog.page for kind, catalog in catalogs.items()}['tag'] == 'blog/tag'


def test_years_hold_the_posts_whose_year_is_known_newest_first(catalogs):
    assert [(c.key, c.posts) for c in catalogs['archive'].collections] == [
        ('2021', ('p/b',)),
        ('2020', ('p/a',)),
    ]


def test_names_that_differ_in_case_only_are_one_and_signs_tell_names_apart(catalogs):
    tags = {c.name: c for c in catalogs['tag'].collections}
    assert {name: c.posts for name, c in tags.items()} == {
        'C': ('p/a',),
        'C++': ('p/b', 'p/a'),
        '扩散': ('p/a',),
    }
    assert len({c.page for c in tags.values()}) == 3
    assert catalogs['tag'].find('c++') is tags['C++']
    assert catalogs['tag'].find('secret') is None


def test_an_author_goes_by_the_name_of_conf(catalogs):
    [author] = catalogs['author'].collections
    assert (author.name, author.link, author.posts) == ('Emmy Noether', 'https://e.org', ('p/b', 'p/a'))
    assert catalogs['author'].find('Emmy Noether') is author


def test_the_folder_of_the_pages_may_be_another(make_site):
    knowledge = make_site(FILES, {'blog_path': 'notes'}).build().app.env.get_domain('blog').knowledge
    assert knowledge.catalogs['tag'].page == 'notes/tag'


def test_a_name_and_its_key_are_one(make_site):
    conf = {
        'blog_authors': {'emmy': ('Emmy Noether', None)},
        'blog_languages': {'en': ('English', None)},
        'blog_locations': {'gott': ('Göttingen', None)},
    }
    post = (
        ':blogpost:\n:date: 2020-01-0{0}\n:author: {1}\n:language: {2}\n:location: gott\n\n'
        'P{0}\n==\n\n:ref:`author-emmy`\n'
    )
    files = {'a.rst': post.format(1, 'emmy', 'en'), 'b.rst': post.format(2, 'Emmy Noether', 'English')}
    build = make_site(files, conf).build()
    assert build.warnings == ''
    catalogs = build.app.env.get_domain('blog').knowledge.catalogs
    for kind, page in (('author', 'emmy-noether'), ('language', 'english'), ('location', 'gottingen')):
        (item,) = catalogs[kind].collections
        assert (item.page, item.posts) == (f'blog/{kind}/{page}', ('b', 'a'))
        assert (build.outdir / f'{item.page}.html').is_file()
    assert (
        build.soup('a').select_one('a[href="blog/author/emmy-noether.html"] span').get_text()
        == 'Emmy Noether'
    )


def test_two_names_with_one_old_address_are_no_fault(make_site):
    text = ':blogpost:\n:tags: C++, C#\n\nA\n=\n'
    build = make_site({'a.rst': text}).build()
    assert build.warnings == ''
    assert 'http-equiv="refresh"' in build.html('blog/tag/c')
