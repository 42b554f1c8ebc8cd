"""The formulas of posts, kept beside the doctrees."""

from __future__ import annotations

import pickle

import pytest

from sphinxext_blog.site import formula_store
from sphinxext_blog.site.post_cache import close, load, mend, posts_path

POST = ':blogpost:\n\nTitle\n=====\n\nSome :math:`a+b`.\n'


@pytest.mark.parametrize('parallel', [1, 2])
def test_formulas_are_kept_while_reading(make_site, parallel):
    env = make_site({f'p{n}.rst': POST for n in range(12)}).build('dummy', parallel=parallel).app.env
    assert [formula.latex for formula in formula_store.load(env, 'p0')] == ['a+b']
    digests = env.get_domain('blog').formulas
    assert len({read.digest for read in digests.values()}) == 12  # the docname is part of it
    assert len({read.reading for read in digests.values()}) == 1


@pytest.mark.parametrize('damage', [b'', b'\x80garbage', pickle.dumps(('other', ())), pickle.dumps(3)])
def test_formulas_that_are_gone_or_damaged_are_read_from_the_doctree(make_site, damage):
    env = make_site({'p.rst': POST}).build('dummy').app.env
    known = formula_store.load(env, 'p')
    close()
    posts_path(env).unlink()
    assert formula_store.load(env, 'p') == known
    mend(env, 'p', 'formulas', damage)
    assert formula_store.load(env, 'p') == known
    assert len(load(env, 'p', 'formulas')) > 50


def test_formulas_leave_with_their_document_and_with_the_last_of_them(make_site):
    site = make_site({'p.rst': POST, 'q.rst': POST, 'r.rst': 'No post, but :math:`a+b`\n'})
    known = site.build('dummy').app.env.get_domain('blog').formulas
    assert {name for name, read in known.items() if read.digest} == {'p', 'q'}
    site.remove('p.rst')
    site.write('q.rst', POST.replace(':math:`a+b`', 'words'))
    known = site.build('dummy').app.env.get_domain('blog').formulas
    assert {name: read.digest for name, read in known.items()} == {'q': ''}
