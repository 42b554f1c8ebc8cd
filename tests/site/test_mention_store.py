"""The mentions of posts, kept beside the doctrees."""

from __future__ import annotations

import pickle

import pytest

from sphinxext_blog.site.post_cache import close, load, posts_path

FILES = {
    'p.rst': ':blogpost:\n\nOne\n===\n\n我们在《Two》与 :doc:`q` 中说过,《Two》。\n',
    'q.rst': ':blogpost:\n\nTwo\n===\n\nText.\n',
}


@pytest.mark.parametrize('damage', [None, b'', b'\x80\x05K\x01.'])
def test_mentions_that_are_gone_or_damaged_are_found_in_the_doctree(make_site, damage):
    site = make_site(FILES)
    domain = site.build().app.env.get_domain('blog')
    before = domain.mentions['p']
    assert len(before) == 3
    path = posts_path(domain.env)
    close()
    path.unlink() if damage is None else path.write_bytes(damage)
    assert domain.mentions['p'] == before
    assert pickle.loads(load(domain.env, 'p', 'mentions'))[1] == before


def test_nothing_is_known_of_the_mentions_of_a_post_without_any(make_site):
    site = make_site(FILES)
    site.build()
    site.write('p.rst', FILES['q.rst'])
    env = site.build().app.env
    assert load(env, 'p', 'mentions') == b''
    assert 'p' not in env.get_domain('blog').mentions


def test_sentences_are_not_in_the_environment(make_site):
    text = FILES['p.rst'].replace('我们', 'Supercalifragilistic ' * 5 + '我们')
    build = make_site({**FILES, 'p.rst': ':excerpt: short\n' + text}).build()
    pickle = (build.app.doctreedir / 'environment.pickle').read_bytes()
    assert b'Supercalifragilistic' not in pickle
