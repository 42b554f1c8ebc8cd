"""The running text of posts, kept beside the doctrees."""

from __future__ import annotations

import pytest

from sphinxext_blog.records import Passage
from sphinxext_blog.site import passage_store
from sphinxext_blog.site.post_cache import close, posts_path

POST = """:blogpost:

Title
=====

Plain, *sloped*, ``code``, :math:`x`, 《cited》 and `linked <https://example.org/>`_, 5$.

A section
---------

“Words that may be a title”

::

   code
"""


@pytest.mark.parametrize('parallel', [1, 2])
def test_sentences_are_kept_with_what_is_no_plain_text(make_site, parallel):
    files = {f'p{number}.rst': POST for number in range(12)}
    env = make_site(files).build('dummy', parallel=parallel).app.env
    first, second = passage_store.load(env, 'p0')
    assert first.text == 'Plain, sloped, code, $x$, 《cited》 and linked, 5\\$.'
    assert [first.text[a:b] for a, b in first.taken] == ['code', '$x$', '《cited》', 'linked']
    assert (first.anchor, second.anchor) == ('title', 'a-section')
    # What may be a title and is none is plain text.
    assert second == Passage('“Words that may be a title”', (), 'a-section', second.line)


def test_what_is_gone_or_damaged_is_read_from_the_doctree(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    known = passage_store.load(env, 'p')
    kept = posts_path(env)
    for damage in (b'\x80', b'', None):
        close()
        if damage is None:
            kept.unlink()
        else:
            kept.write_bytes(damage)
        assert passage_store.load(env, 'p') == known


def test_the_digest_leaves_with_its_document(make_site):
    site = make_site({'p.rst': POST, 'q.rst': POST})
    site.build('dummy')
    site.remove('p.rst')
    build = site.build('dummy')
    assert set(build.app.env.get_domain('blog').passages) == {'q'}


def test_the_digest_tells_a_link_from_plain_words(make_site):
    site = make_site({'p.rst': POST})
    before = site.build('dummy').app.env.get_domain('blog').passages['p']
    site.write('p.rst', POST.replace('Plain,', '`Plain <https://example.org/1>`__,'))
    assert site.build('dummy').app.env.get_domain('blog').passages['p'] != before


def test_passages_are_read_when_they_are_asked_for(make_site):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    stored = passage_store.StoredPassages(env, ['p'])
    assert list(stored) == ['p']
    assert len(stored['p']) == 2
    assert 'q' not in stored
