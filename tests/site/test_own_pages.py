"""Roles and labels that lead to pages of ours."""

from __future__ import annotations

import pytest
from sphinx import addnodes

from sphinxext_blog.site.own_pages import may_be_ours

FILES = {
    'p/a.rst': (
        ':blogpost:\n:date: 2020-01-02\n:tags: C++, 扩散\n:author: Emmy\n\n'
        'A of :math:`x`\n==============\n\nText.\n'
    ),
    'p/b/index.rst': ':blogpost:\n:date: 2021-01-02\n:tags: C++\n\nB\n=\n\nText.\n',
    'index.rst': 'Index\n=====\n\n{}\n',
}


def page(make_site, text, builder='html', **conf):
    files = {**FILES, 'index.rst': FILES['index.rst'].format(text)}
    return make_site(files, {'html_baseurl': 'https://e.org/', **conf}).build(builder)


@pytest.mark.parametrize(
    ('role', 'words', 'href'),
    [
        (':blog:tag:`c++`', 'C++', 'blog/tag/c-plus-plus.html'),
        (':blog:tag:`words <扩散>`', 'words', 'blog/tag/%E6%89%A9%E6%95%A3.html'),
        (':blog:author:`Emmy`', 'Emmy', 'blog/author/emmy.html'),
        (':ref:`blog-posts`', 'All posts', 'blog.html'),
        (':ref:`blog-tags`', 'Tags', 'blog/tag.html'),
        (':ref:`blog-graph`', 'Graph', 'graph.html'),
        (':ref:`blog-formulas`', 'Formulas', 'formulas.html'),
        (':ref:`archive-2021`', '2021', 'blog/2021.html'),
        (':ref:`b`', 'B', 'p/b/index.html'),
        (':ref:`feed <blog-feed>`', 'feed', 'blog/atom.xml'),
    ],
)
def test_a_reference_leads_to_its_page(make_site, role, words, href):
    build = page(make_site, f'See {role}.')
    assert build.warnings == ''
    link = build.soup('index').select_one('p a.internal')
    assert link.get_text() == words
    assert link['href'].casefold() == href.casefold()


def test_what_is_not_there_is_warned_of(make_site):
    build = page(make_site, ':blog:tag:`nothing` :ref:`tag-nothing` :ref:`label`')
    assert build.warnings.count('WARNING') == 3


@pytest.mark.parametrize(('builder', 'conf'), [('text', {}), ('html', {'blog_archive_pages': False})])
def test_where_no_page_is_made_the_words_stay(make_site, builder, conf):
    build = page(make_site, 'See :blog:tag:`C++`, :ref:`blog-tags`.', builder, **conf)
    assert build.warnings == ''
    text = build.text('index.txt') if builder == 'text' else build.soup('index').get_text()
    assert 'See C++, Tags.' in text


@pytest.mark.parametrize(
    ('kind', 'target', 'ours'),
    [
        ('ref', 'blog-tags', True),
        ('any', 'tag-x', True),
        ('myst', 'topic-x', True),
        ('ref', 'section', False),
        ('doc', 'blog-tags', False),
    ],
)
def test_which_references_are_remembered(kind, target, ours):
    assert may_be_ours(addnodes.pending_xref('', reftype=kind, reftarget=target)) is ours
