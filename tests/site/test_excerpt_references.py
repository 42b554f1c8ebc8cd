"""Excerpts name what their references lead to, and no document or label."""

from __future__ import annotations

import pytest
from docutils import nodes
from sphinx import addnodes

from sphinxext_blog.site.excerpt_references import END, START, text_with_references
from sphinxext_blog.site.excerpts import shorten

INDEX = 'Blog\n====\n\n.. postlist::\n   :excerpts:\n'
FIRST = ':blogpost:\n\n.. _there:\n\nThe norm $n$\n============\n\n.. math::\n   :label: eq:n\n\n   x = 1\n'


def excerpts(build, page='index'):
    return [node.get_text() for node in build.soup(page).select('.blog-excerpt')]


@pytest.mark.parametrize(
    ('words', 'shown'),
    [
        (':doc:`first`', 'See Norms here.'),
        (':doc:`/posts/first`', 'See Norms here.'),
        (':doc:`it <first>`', 'See it here.'),
        (':blog:post:`posts/first`', 'See Norms here.'),
        (':ref:`there`', 'See Norms here.'),
        (':eq:`posts/first:eq:n`', 'See “Norms” (1) here.'),
        (':math:`\\\\eqref{posts/first:eq:n}`', 'See “Norms” (1) here.'),
        (':doc:`/plain`', 'See A page here.'),
        (':doc:`draft`', 'See draft here.'),
        (':term:`word`', 'See word here.'),
    ],
)
def test_a_reference_is_told_by_what_it_leads_to(make_site, words, shown):
    files = {
        'index.rst': INDEX,
        'plain.rst': ':orphan:\n\nA page\n======\n\n.. glossary::\n\n   word\n      W.\n',
        'posts/first.rst': FIRST.replace('The norm $n$\n============', 'Norms\n====='),
        'posts/draft.rst': ':blogpost:\n:draft: true\n\nSecret\n======\n\nS.\n',
        'posts/b.rst': f':blogpost:\n\nB\n=\n\nSee {words.replace(chr(92) * 2, chr(92))} here.\n',
    }
    build = make_site(files, {'html_baseurl': 'https://e.org/'}).build()
    assert shown in excerpts(build)
    assert shown in excerpts(build, 'blog')
    for page in ('index.html', 'blog.html', 'blog/feed.json', 'graph.json', 'posts/b.html'):
        assert not {START, END} & set(build.text(page)), page


def test_a_new_title_comes_to_the_excerpts_that_name_it(make_site):
    first = FIRST.replace('The norm $n$\n============', 'Norms\n=====')
    files = {'index.rst': INDEX, 'a.rst': first, 'b.rst': ':blogpost:\n\nB\n=\n\nSee :doc:`a` here.\n'}
    site = make_site(files)
    site.build()
    site.write('a.rst', first.replace('Norms\n=====', 'Bounds\n======'))
    build = site.build()
    assert 'See Bounds here.' in excerpts(build)
    assert build.snapshot == site.build(fresh=True).snapshot


def test_a_draft_in_the_list_of_drafts_names_its_references(make_site):
    draft = ':blogpost:\n:draft: true\n\nB\n=\n\nSee :doc:`a` here.\n'
    build = make_site({'a.rst': ':blogpost:\n\nNorms\n=====\n\nText.\n', 'b.rst': draft}).build()
    assert excerpts(build, 'blog/drafts') == ['See Norms here.']


def test_no_cut_goes_through_a_reference():
    reference = f'{START}doc\ue011a b\ue011a b{END}'
    text = f'Some words and {reference} after it.'
    for length in range(10, len(text)):
        short = shorten(text, length)
        assert short.count(START) == short.count(END) == short.count(reference), length


def test_marks_of_the_author_make_no_reference():
    xref = addnodes.pending_xref(
        '', nodes.Text('a'), refdomain='std', reftype='doc', reftarget=f'a{END}b', refexplicit=False
    )
    assert text_with_references(nodes.paragraph('', '', xref)) == 'a'
