"""What a post mentions, as it is read: the form, the words, the sentence, the place."""

from __future__ import annotations

import pytest


def mentions_of(build, docname='p'):
    return [raw.mention for raw in build.app.env.get_domain('blog').mentions.get(docname, ())]


def post(text, title='Title'):
    return f':blogpost:\n\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


@pytest.mark.parametrize(
    ('text', 'forms'),
    [
        ('We said so in 《A title》.', [('title', '《A title》', 'A title')]),
        ('《A》《B》', [('title', '《A》', 'A'), ('title', '《B》', 'B')]),
        ('《〈A〉 B》', [('title', '《〈A〉 B》', '〈A〉 B')]),
        ('**《A》** and *x*', [('title', '《A》', 'A')]),
        ('《on :math:`x^2` again》', [('title', '《on $x^2$ again》', 'on $x^2$ again')]),
        ('《a *b* c》', [('title', '《a b c》', 'a b c')]),
        ('``《A》``', []),
        ('In “A Primer on walks,” we', [('quoted', '“A Primer on walks,”', 'A Primer on walks')]),
        ('In *A Primer on walks*', [('quoted', 'A Primer on walks', 'A Primer on walks')]),
        ('In `A Primer on walks`', [('quoted', 'A Primer on walks', 'A Primer on walks')]),
        ('In *A primer* on walks', []),
        ('In ``“A Primer on walks”``', []),
        ('见《路（一）》、（二）', [('title', '《路（一）》', '路（一）'), ('title', '（二）', '路（二）')]),
        ('`《A》 <https://example.org/1>`_', [('url', '《A》', 'https://example.org/1')]),
        ('《\\ `A <https://example.org/1>`_\\ 》', [('url', '《A》', 'https://example.org/1')]),
        (':doc:`index` and `x <https://e.org/>`__', [('xref', 'index', ''), ('url', 'x', 'https://e.org/')]),
        ('::\n\n   《A》', []),
        ('.. math:: x\n\n.. 《comment》', []),
        ('- 《A》\n- x《B》', [('title', '《A》', 'A'), ('title', '《B》', 'B')]),
        ('costs 5$ in 《A $ B》 or 6$', [('title', '《A \\$ B》', 'A \\$ B')]),
    ],
)
def test_mentions_are_found_where_a_reader_sees_them(make_site, text, forms):
    build = make_site({'p.rst': post(text)}).build('dummy')
    assert [(m.form, m.text, m.target) for m in mentions_of(build)] == forms


def test_titles_hold_no_mentions(make_site):
    build = make_site({'p.rst': post('text', '《A》 revisited')}).build('dummy')
    assert mentions_of(build) == []


def test_documents_that_are_no_posts_hold_no_mentions(make_site):
    build = make_site({'p.rst': 'Title\n=====\n\n《A》\n'}).build('dummy')
    assert mentions_of(build) == []


def test_the_sentence_and_the_place_in_it(make_site):
    text = '先说一句。我们在《变分自编码器(五)》中讲过 :math:`x = 3`。后面还有。'
    text = text.replace(':math:`x = 3`', '\\ :math:`x = 3`\\ ')
    [mention] = mentions_of(make_site({'p.rst': post(text)}).build('dummy'))
    assert mention.context == '我们在《变分自编码器(五)》中讲过 $x = 3$。'
    assert mention.context[slice(*mention.span)] == '《变分自编码器(五)》'
    assert mention.line == 6


def test_each_mention_has_an_anchor_that_depends_on_what_it_names(make_site):
    site = make_site({'p.rst': post('《B》 and 《A》 and again 《A》'), 'q.rst': post('《A》')})
    build = site.build('dummy')
    b, first, second = (m.anchor for m in mentions_of(build))
    [other] = (m.anchor for m in mentions_of(build, 'q'))
    assert len({b, first, second, other}) == 4
    assert second == f'{first}-2'


def test_markdown_links_are_mentions(make_site):
    source = (
        '---\nblogpost: true\n---\n\n# T\n\nSee [other](q.md), [《X》](https://example.org/a) and 《Y》.\n'
    )
    build = make_site({'p.md': source, 'q.md': '---\nblogpost: true\n---\n\n# Q\n'}, myst=True).build('dummy')
    assert [(m.form, m.text) for m in mentions_of(build)] == [
        ('link', 'other'),
        ('url', '《X》'),
        ('title', '《Y》'),
    ]


def test_the_page_still_shows_every_word_in_order(make_site):
    text = 'one 《two *three* four》 five **《six》 seven** 《eight :math:`9` ten》《eleven》 twelve'
    build = make_site({'p.rst': post(text)}, {'html_math_renderer': 'mathml', 'blog_auto_panels': []}).build()
    words = build.soup('p').select_one('div.body p').get_text()
    assert words == 'one 《two three four》 five 《six》 seven 《eight 9 ten》《eleven》 twelve'
