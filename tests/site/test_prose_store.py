"""The words of posts, kept beside the doctrees."""

from __future__ import annotations

import pytest

from sphinxext_blog.site import prose_store
from sphinxext_blog.site.post_cache import close, posts_path

POST = ':blogpost:\n\nTitle\n=====\n\nSome words.\n'


@pytest.mark.parametrize('parallel', [1, 2])
def test_words_are_kept_while_reading(make_site, parallel):
    files = {f'folder/p{number}.rst': POST for number in range(12)}
    env = make_site(files).build('dummy', parallel=parallel).app.env
    assert prose_store.load(env, 'folder/p0') == 'Title\nSome words.'


def test_words_that_are_gone_or_damaged_are_read_from_the_doctree(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    kept = posts_path(env)
    kept.unlink()
    assert prose_store.load(env, 'p') == 'Title\nSome words.'
    close()
    kept.write_bytes(b'\xff\xfe\xff')
    assert prose_store.load(env, 'p') == 'Title\nSome words.'


def test_words_are_not_in_the_environment(make_site):
    build = make_site({'p.rst': POST.replace('Some words', 'Supercalifragilistic ' * 500)}).build('dummy')
    pickle = (build.app.doctreedir / 'environment.pickle').read_bytes()
    assert pickle.count(b'Supercalifragilistic') < 20


def test_stored_words_are_a_mapping_of_the_posts_that_were_asked_for(make_site):
    env = make_site({'p.rst': POST, 'q.rst': POST}).build('dummy').app.env
    stored = prose_store.StoredProse(env, ['p'])
    assert dict(stored) == {'p': 'Title\nSome words.'}
    assert stored.get('q', 'none') == 'none'
