"""The domain: roles, inventory, and data that survives parallel and broken builds."""

from __future__ import annotations

import pickle

import pytest
from sphinx.util.inventory import InventoryFile

FILES = {
    f'p{number}.rst': f':blogpost:\n\nPost {number}\n=======\n\n见《Post 0》。\n' for number in range(12)
}


@pytest.mark.parametrize('parallel', [1, 2])
def test_all_posts_are_known_however_they_were_read(make_site, parallel):
    domain = make_site(FILES).build(parallel=parallel).app.env.get_domain('blog')
    assert set(domain.posts) == set(domain.mentions) == {f'p{number}' for number in range(12)}


def test_a_document_that_leaves_takes_its_records_along(make_site):
    site = make_site(FILES)
    site.build()
    site.remove('p3.rst')
    domain = site.build().app.env.get_domain('blog')
    assert not any('p3' in domain.data[table] for table in domain.initial_data)


def test_a_document_that_is_no_post_any_more_leaves_no_record(make_site):
    site = make_site(FILES)
    site.build()
    site.write('p3.rst', 'Post 3\n======\n')
    domain = site.build().app.env.get_domain('blog')
    assert 'p3' not in domain.posts
    assert 'p3' not in domain.mentions


def test_only_records_are_kept_between_builds(make_site):
    env = make_site(FILES).build().app.env
    data = pickle.dumps(env.get_domain('blog').data)
    assert b'docutils' not in data
    assert b'networkx' not in data


def test_posts_are_in_the_inventory(make_site):
    build = make_site(FILES).build()
    with (build.outdir / 'objects.inv').open('rb') as file:
        inventory = InventoryFile.load(file, '', lambda base, name: name)
    assert inventory['blog:post']['p3'][3] == 'Post 3'


@pytest.mark.parametrize('role', [':blog:post:`p3`', ':blog:post:`Post 3`', ':blog:post:`/p3`'])
def test_the_role_shows_the_title(make_site, role):
    build = make_site({**FILES, 'index.rst': f'I\n=\n\n{role} and :blog:post:`words <p3>`\n'}).build()
    links = build.soup('index').select('div.body p a')
    assert [a.get_text() for a in links] == ['Post 3', 'words']
    assert {a['href'] for a in links} == {'p3.html'}


def test_a_role_on_any_page_shows_the_present_title(make_site):
    index = 'I\n=\n\n:blog:post:`p3`\n'
    site = make_site(
        {**FILES, 'index.rst': index, 'draft.rst': f':draft:\n:blogpost:\n\nD\n=\n\n{index[5:]}'}
    )
    site.build()
    site.write('p3.rst', ':blogpost:\n\nAnother title\n=============\n')
    build = site.build()
    for page in ('index', 'draft'):
        assert build.soup(page).select_one('div.body p a').get_text() == 'Another title'
    site.remove('p3.rst')
    assert "index.rst:4: WARNING: no post is called 'p3'" in site.build().warnings


def test_a_role_that_waits_for_its_post_finds_it(make_site):
    site = make_site({**FILES, 'index.rst': 'I\n=\n\n:blog:post:`Late`\n'})
    assert '[blog.missing]' in site.build().warnings
    site.write('late.rst', ':blogpost:\n\nLate\n====\n')
    build = site.build()
    assert build.warnings == ''
    assert build.soup('index').select_one('div.body p a')['href'] == 'late.html'


def test_a_title_with_a_formula_is_shown_with_it(make_site):
    post = ':blogpost:\n\nOn :math:`x^2`\n=============\n'
    build = make_site({'p.rst': post, 'index.rst': 'I\n=\n\n:blog:post:`p`\n'}).build()
    assert build.soup('index').select_one('div.body p a math') is not None


@pytest.mark.parametrize('builder', ['epub', 'singlehtml', 'latex', 'text', 'man'])
def test_without_a_graph_page_its_label_is_text(make_site, builder):
    site = make_site({'index.rst': 'I\n=\n\n:ref:`blog-graph`\n', 'p.rst': ':blogpost:\n\nP\n=\n'})
    build = site.build(builder, confoverrides={'epub_show_urls': 'no'})
    assert 'blog-graph' not in build.warnings


def test_the_graph_page_can_come_and_go(make_site):
    site = make_site({'index.rst': 'I\n=\n\n:ref:`blog-graph`\n', 'p.rst': ':blogpost:\n\nP\n=\n'})
    site.build()
    without = site.build(confoverrides={'blog_graph_page': False})
    assert without.soup('index').select_one('div.body p a') is None
    moved = site.build(confoverrides={'blog_path': 'blog'})
    assert moved.warnings == ''
    assert moved.soup('index').select_one('div.body p a')['href'] == 'blog/graph.html'


def test_a_label_of_the_site_comes_first(make_site):
    index = 'I\n=\n\n:ref:`blog-graph`\n\n.. _blog-graph:\n\nMine\n----\n'
    build = make_site({'index.rst': index, 'p.rst': ':blogpost:\n\nP\n=\n'}).build()
    assert build.warnings == ''
    assert build.soup('index').select_one('div.body p a')['href'] == '#blog-graph'


def test_the_graph_page_has_a_label(make_site):
    build = make_site({'index.rst': 'I\n=\n\n:ref:`blog-graph`\n', 'p.rst': ':blogpost:\n\nP\n=\n'}).build()
    assert build.warnings == ''
    assert build.soup('index').select_one('div.body p a')['href'] == 'graph.html'
