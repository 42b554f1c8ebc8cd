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


def test_the_graph_page_has_a_label(make_site):
    build = make_site({'index.rst': 'I\n=\n\n:ref:`blog-graph`\n', 'p.rst': ':blogpost:\n\nP\n=\n'}).build()
    assert build.warnings == ''
    assert build.soup('index').select_one('div.body p a')['href'] == 'graph.html'
