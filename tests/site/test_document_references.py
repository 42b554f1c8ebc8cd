"""What is no post shows no title and no link of a document that is not so any more."""

from __future__ import annotations

import pytest
import sphinx

POST = ':blogpost:\n:date: 2020-01-01\n\n.. _label-{0}:\n\n{1}\n======\n\nText.\n'
HOMES = {
    'index.rst': 'Home\n====\n\nSee :doc:`posts/a`, :ref:`label-a`, :doc:`/posts/b` and :any:`label-c`.\n',
    'index.md': '# Home\n\nSee [](posts/a.rst), {doc}`posts/a`, {ref}`label-a`, {doc}`/posts/b`.\n',
}


@pytest.fixture(params=HOMES)
def site(request, make_site):
    files = {
        request.param: HOMES[request.param],
        'other.rst': ':orphan:\n\nOther\n=====\n\nNo reference.\n',
        'draft.rst': ':blogpost:\n:draft:\n\nDraft\n=====\n\n:doc:`posts/a`\n',
        **{f'posts/{name}.rst': POST.format(name, f'Old {name}') for name in 'abc'},
    }
    return make_site(files, {'blog_related_count': 0, 'post_show_prev_next': False}, myst=True)


def rewritten(build, previous):
    return {path.removesuffix('.html') for path in build.written(previous)} & {'index', 'other', 'draft'}


def test_a_new_title_is_shown(site):
    first = site.build()
    site.write('posts/a.rst', POST.format('a', 'New a'))
    second = site.build()
    assert rewritten(second, first) == {'index', 'draft'}
    for page in ('index', 'draft'):
        text = second.soup(page).select_one('[role=main], .body').get_text()
        assert 'New a' in text
        assert 'Old a' not in text
    assert rewritten(site.build(), second) == set()


def test_a_page_that_is_gone_is_no_link(site):
    first = site.build()
    (site.src / 'posts/b.rst').unlink()
    second = site.build()
    assert 'index' in rewritten(second, first)
    assert not second.soup('index').select('a[href*="posts/b"]')
    assert 'posts/b' in second.warnings


def test_a_word_more_elsewhere_changes_no_page(site):
    first = site.build()
    site.write('posts/c.rst', POST.format('c', 'Old c') + '\nMore.\n')
    # Sphinx 7 writes the first page of the site in each build that writes one
    assert rewritten(site.build(), first) <= ({'index'} if sphinx.version_info < (8,) else set())
