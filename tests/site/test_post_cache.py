"""What is kept of each post beside its doctree."""

from __future__ import annotations

import pickle

import pytest

from sphinxext_blog.site.cache import cache_dir, keep
from sphinxext_blog.site.post_cache import load, mend, post_path, remove, save

POST = ':blogpost:\n\nTitle\n=====\n\nSome words, :math:`x`, 《Title》.\n'


@pytest.mark.parametrize('parallel', [1, 2])
def test_each_post_has_one_file_of_all_parts(make_site, parallel):
    files = {f'p{number}.rst': POST for number in range(12)}
    env = make_site({**files, 'q.rst': 'No post\n=======\n'}).build('dummy', parallel=parallel).app.env
    assert set((cache_dir(env) / 'posts').iterdir()) == {post_path(env, f'p{number}') for number in range(12)}
    assert load(env, 'p0', 'prose').startswith(b'Title')
    assert all(load(env, 'p0', part) for part in ('passages', 'mentions', 'formulas'))


def test_a_document_may_be_called_like_a_folder_of_others(make_site):
    env = make_site({'p.rst': POST, 'p.pickle/q.rst': POST}).build('dummy').app.env
    assert post_path(env, 'p') != post_path(env, 'p.pickle/q')
    assert load(env, 'p', 'prose') == load(env, 'p.pickle/q', 'prose')


def test_a_file_leaves_with_its_document_and_when_it_is_no_post_any_more(make_site):
    site = make_site({'p.rst': POST, 'q.rst': POST, 'r.rst': POST})
    site.build('dummy')
    site.remove('p.rst')
    site.write('q.rst', 'Title\n=====\n')
    env = site.build('dummy').app.env
    assert list((cache_dir(env) / 'posts').iterdir()) == [post_path(env, 'r')]


@pytest.mark.parametrize('damage', [b'', b'x', pickle.dumps(3), pickle.dumps({'prose': 3}), pickle.dumps({})])
def test_a_damaged_file_holds_nothing_and_a_mended_part_leaves_the_others(make_site, damage):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    formulas = load(env, 'p', 'formulas')
    mend(env, 'p', 'prose', b'other')
    assert (load(env, 'p', 'prose'), load(env, 'p', 'formulas')) == (b'other', formulas)
    keep(post_path(env, 'p'), damage)
    for part in ('prose', 'formulas'):
        with pytest.raises(ValueError, match='p'):
            load(env, 'p', part)
    mend(env, 'p', 'prose', b'again')
    assert load(env, 'p', 'prose') == b'again'


def test_what_is_removed_is_not_there(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    save(env, 'other', {'prose': b'words'})
    assert load(env, 'other', 'prose') == b'words'
    remove(env, 'other')
    remove(env, 'other')
    with pytest.raises(OSError, match='pickle'):
        load(env, 'other', 'prose')
