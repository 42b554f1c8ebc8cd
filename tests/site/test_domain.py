"""The domain: roles, inventory, and data that survives parallel and broken builds."""

from __future__ import annotations

import pickle
from urllib.parse import unquote

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


TAGGED = {
    'p/a.rst': ':date: 2024-01\n:tags: C++, 扩散模型\n:author: E. Noether\n\nFlows (1)\n=========\n\nText.\n',
    'p/b.rst': ':date: 2024-01-03\n:tags: C++\n\nFlows (2)\n=========\n\nText.\n',
}


@pytest.mark.parametrize(
    ('role', 'words', 'address'),
    [
        (':blog:tag:`C++`', 'C++', 'blog/tag/c-plus-plus.html'),
        (':blog:tag:`c++`', 'C++', 'blog/tag/c-plus-plus.html'),
        (':blog:tag:`this subject <扩散模型>`', 'this subject', 'blog/tag/扩散模型.html'),
        (':blog:series:`Flows`', 'Flows', 'blog/series/flows.html'),
        (':blog:author:`E. Noether`', 'E. Noether', 'blog/author/e-noether.html'),
    ],
)
def test_roles_lead_to_the_pages_of_tags_series_and_authors(make_site, role, words, address):
    build = make_site({**TAGGED, 'index.rst': f'I\n=\n\n{role}\n'}).build()
    assert build.warnings == ''
    link = build.soup('index').select_one('.body p a')
    assert link.get_text() == words
    assert unquote(link['href']) == address
    assert (build.outdir / address).is_file()


def test_a_role_for_nothing_is_warned_of_and_stays_text(make_site):
    build = make_site({**TAGGED, 'index.rst': 'I\n=\n\n:blog:tag:`nothing`\n'}).build()
    assert "index.rst:4: WARNING: no tag is called 'nothing' [blog.missing]" in build.warnings
    assert build.soup('index').select_one('.body p').get_text() == 'nothing'


def test_a_page_follows_its_tag_and_its_label(make_site):
    site = make_site({**TAGGED, 'index.rst': 'I\n=\n\n:blog:tag:`扩散模型` and :ref:`tag-扩散模型`\n'})
    first = site.build()
    assert len(first.soup('index').select('.body p a')) == 2
    site.write('p/a.rst', TAGGED['p/a.rst'].replace(', 扩散模型', ''))
    second = site.build()
    assert 'index.html' in second.written(first)
    assert second.soup('index').select('.body p a') == []


def test_without_pages_of_tags_the_role_is_text(make_site):
    files = {**TAGGED, 'index.rst': 'I\n=\n\n:blog:tag:`C++`\n'}
    build = make_site(files, conf={'blog_archive_pages': False}).build()
    assert build.warnings == ''
    assert build.soup('index').select_one('.body p').get_text() == 'C++'


def test_a_role_of_another_domain_is_not_ours(make_site):
    source = """
import sphinx.domains
from sphinx.roles import XRefRole

class Other(sphinx.domains.Domain):
    name = 'other'
    label = 'Other'
    roles = {'tag': XRefRole(warn_dangling=True)}

def setup(app):
    app.add_domain(Other)

extensions = ['sphinxext_blog']
"""
    build = make_site({**TAGGED, 'conf.py': source, 'index.rst': 'I\n=\n\n:other:tag:`C++`\n'}).build()
    assert 'index.rst:4: WARNING: other:tag reference target not found: C++' in build.warnings
    assert build.soup('index').select('.body p a') == []
