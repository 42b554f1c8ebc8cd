"""Where what is read of a document is kept."""

from __future__ import annotations

from sphinxext_blog.site.cache import cache_dir, cache_path, kept


def test_a_document_may_be_called_like_a_folder_of_others(make_site):
    post = ':blogpost:\n\nTitle\n=====\n\nSome words.\n'
    env = make_site({'p.rst': post, 'p.txt/q.rst': post}).build('dummy').app.env
    one, other = (cache_path(env, 'prose', name, '.txt') for name in ('p', 'p.txt/q'))
    assert one != other
    assert kept(one) == kept(other) == b'Title\nSome words.'


def test_no_name_of_a_document_leads_out_of_the_cache(make_site):
    env = make_site({'p.rst': 'P\n=\n'}).build('dummy').app.env
    for name in ('../../up', '/etc/passwd', 'a\udcff', ''):
        assert cache_path(env, 'prose', name, '.txt').parent == cache_dir(env) / 'prose'
