"""Cross-references of any domain lead to documents, and asking is silent."""

from __future__ import annotations

import json

import pytest

TARGETS = """\
:blogpost:

A
=

.. _label:

Section
-------

.. math:: x
   :label: eq-x

.. figure:: x.png
   :name: fig

   Caption

.. py:function:: function()

.. glossary::

   term
      Meaning.
"""


@pytest.mark.parametrize(
    'role',
    [
        ':doc:`a`',
        ':doc:`/a`',
        ':ref:`label`',
        ':eq:`eq-x`',
        ':numref:`fig`',
        ':py:func:`function`',
        ':term:`term`',
        ':any:`label`',
        ':blog:post:`A`',
    ],
)
def test_a_role_of_any_domain_is_a_citation_of_the_post(make_site, role):
    site = make_site(
        {'a.rst': TARGETS, 'b.rst': f':blogpost:\n\nB\n=\n\nSee {role}.\n'},
        {'numfig': True, 'suppress_warnings': ['image']},
    )
    site.write('x.png', b'')
    build = site.build()
    [link] = build.app.env.get_domain('blog').knowledge.backlinks['a']
    assert (link.source, link.how) == ('b', 'role')


def test_a_broken_role_is_warned_of_once(make_site):
    build = make_site({'b.rst': ':blogpost:\n\nB\n=\n\nSee :ref:`nowhere` and :doc:`nothing`.\n'}).build()
    assert build.warnings.count('nowhere') == 1
    assert build.warnings.count('nothing') == 1


EQUATIONS = ':blogpost:\n\nA\n=\n\n.. math:: x\n   :label: one\n\n.. math:: y\n   :label: two\n'


def test_a_sentence_shows_the_numbers_of_all_equations_in_it(make_site):
    text = (
        'First :eq:`a:two` and :eq:`a:one` of 《A》, with :eq:`own`, :eq:`a:gone`, '
        ':eq:`words <a:two>` and :math:`\\eqref{a:one}` in $5.'
    )
    build = make_site(
        {
            'a.rst': EQUATIONS,
            'b.rst': f':blogpost:\n\nB\n=\n\n.. math:: z\n   :label: own\n\n{text}\n',
        },
        {'suppress_warnings': ['ref']},
    ).build()
    knowledge = build.app.env.get_domain('blog').knowledge
    shown = 'First “A” (2) and “A” (1) of 《A》, with (1), a:gone, words and “A” (1) in \\$5.'
    mentions = [link.mention for link in knowledge.backlinks['a']]
    assert {mention.context for mention in mentions} == {shown}
    assert [mention.context[slice(*mention.span)] for mention in mentions] == [
        '“A” (2)',
        '“A” (1)',
        '《A》',
        'words',
        '“A” (1)',
    ]
    assert [mention.span[0] for mention in mentions] == sorted(mention.span[0] for mention in mentions)
    assert {link.context for link in knowledge.equations} == {shown}
    quotes = build.soup('a').select('.blog-backlinks .blog-quote')
    assert [quote.get_text() for quote in quotes] == [shown.replace('\\$', '$')]


def test_references_within_formulas_show_numbers_too(make_site):
    text = 'See :eq:`a:two` and :math:`x_{\\eqref{a:one}} + y_{\\ref{own}} + \\eqref{gone}`, 《A》.'
    build = make_site(
        {
            'a.rst': EQUATIONS.replace('A\n=', 'A :math:`x_2`\n============='),
            'b.rst': f':blogpost:\n\nB\n=\n\n.. math:: z\n   :label: own\n\n{text}\n',
        },
        {'suppress_warnings': ['ref', 'blog']},
    ).build()
    knowledge = build.app.env.get_domain('blog').knowledge
    (mention,) = [link.mention for link in knowledge.backlinks['a']]
    formula = r'x_{\text{“A x₂” (1)}} + y_{\text{1}} + \eqref{gone}'
    assert mention.context.startswith(f'See “A $x_2$” (2) and ${formula}')
    assert mention.context[slice(*mention.span)] == '“A $x_2$” (2)'


def test_equal_sentences_keep_their_own_numbers(make_site):
    files = {
        'a.rst': EQUATIONS,
        'b.rst': ':blogpost:\n\nB\n=\n\nBy :eq:`a:one`.\n\nBy :eq:`a:two`.\n\nBy :eq:`a:one`.\n',
    }
    knowledge = make_site(files).build().app.env.get_domain('blog').knowledge
    contexts = [link.mention.context for link in knowledge.backlinks['a']]
    assert contexts == ['By “A” (1).', 'By “A” (2).', 'By “A” (1).']


def test_a_link_without_words_is_a_citation_that_shows_the_heading(make_site):
    post = '---\ndate: 2020-01-01\n---\n# {}\n\n{}\n'
    files = {
        'index.md': '# Index\n',
        'a.md': post.format('A', 'See [](b.md), [](b.md#part) and [words](b.md).'),
        'b.md': post.format('B of $x$', '## Part\n\nText.'),
    }
    build = make_site(files, {'myst_heading_anchors': 2}, myst=True).build()
    assert build.warnings == ''
    [edge] = [e for e in json.loads(build.text('graph.json'))['edges'] if e['key'] == 'cites']
    shown = [item['text'] for item in edge['evidence']]
    assert shown == ['B of $x$', 'Part', 'words']
    assert {item['context'] for item in edge['evidence']} == {'See B of $x$, Part and words.'}
    quotes = build.soup('b').select('.blog-quote')
    assert [quote.get_text() for quote in quotes] == ['See B of x, Part and words.']


@pytest.mark.parametrize(
    ('address', 'cites'),
    [
        ('https://example.org/blog/posts/a.html', True),
        ('http://www.example.org/blog/posts/a/?utm_source=x#part', True),
        ('http://m.example.org/blog/posts/a', True),
        ('https://web.archive.org/web/20200101000000/https://example.org/blog/posts/a.html', True),
        ('a.html', True),
        ('../posts/a.html#part', True),
        ('https://example.org/posts/a.html', False),
        ('https://other.example/blog/posts/a.html', False),
        ('../../posts/a.html', False),
        ('mailto:a.html', False),
        ('https://[', False),
    ],
)
def test_an_address_of_the_site_itself_is_a_citation(make_site, address, cites):
    files = {
        'posts/a.rst': ':blogpost:\n\nAlpha\n=====\n',
        'posts/b.rst': f':blogpost:\n\nBeta\n====\n\nSee `this <{address}>`__.\n',
    }
    build = make_site(files, {'html_baseurl': 'https://example.org/blog/'}).build()
    links = build.app.env.get_domain('blog').knowledge.backlinks.get('posts/a', ())
    assert [link.source for link in links] == (['posts/b'] if cites else [])
