"""Fields before the title, in RST and MyST, as posts of real blogs have them."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.front_matter import Field, date_of, flag_of, list_of, number_of


@pytest.mark.parametrize(
    ('text', 'items'),
    [
        ('', ()),
        ('algebra', ('algebra',)),
        ('algebra, number theory', ('algebra', 'number theory')),
        ('数学、物理，化学；天文', ('数学', '物理', '化学', '天文')),
        ('["a, b", "c"]', ('a, b', 'c')),
        ('[a, "b"]', ('a', 'b')),
        ('[null, "", "x"]', ('x',)),
        ('a, a, b', ('a', 'b')),
        ('C++, C', ('C++', 'C')),
        ('[x', ('x',)),
        ('[' * 100_000 + 'x', ('x',)),
    ],
)
def test_a_list_is_read_however_it_is_written(text, items):
    assert list_of({'tags': Field(text)}, 'tags') == items


def test_an_absent_field_is_an_empty_list_and_no_flag():
    assert list_of({}, 'tags') == ()
    assert flag_of({}, 'draft', 'p') is None
    assert number_of({}, 'series-index', 'p') is None
    assert date_of({}, 'date', 'p') is None


@pytest.mark.parametrize(
    ('text', 'value'), [('', True), ('true', True), ('Yes', True), ('FALSE', False), ('0', False)]
)
def test_a_flag(text, value):
    assert flag_of({'draft': Field(text)}, 'draft', 'p') is value


RST = """\
:blogpost: true
:date: {date}
:author: 苏剑林
:tags: 数学, $\\\\beta$
:draft: {draft}

Title
=====

Text.
"""

MYST = """\
---
blogpost: true
date: {date}
author: 苏剑林
tags: [数学, "$\\\\beta$"]
draft: {draft}
---

# Title

Text.
"""


@pytest.mark.parametrize(('name', 'source'), [('p.rst', RST), ('p.md', MYST)])
@pytest.mark.parametrize(
    ('date', 'iso'),
    [
        ('2014-12-08', '2014-12-08'),
        ('--12-08', '--12-08'),
        ('2014', '2014'),
        ('8 Dec 2014', '2014-12-08'),
        ('2014年12月8日', '2014-12-08'),
        ('2013-09-09 14:11:02+00:00', '2013-09-09T14:11:02+00:00'),
    ],
)
def test_a_post_tells_its_date(make_site, name, source, date, iso):
    if name == 'p.md' and date.startswith('--'):
        date = f'"{date}"'
    site = make_site({name: source.format(date=date, draft='false')}, myst=True)
    build = site.build('dummy')
    assert build.warnings == ''
    post = build.app.env.get_domain('blog').posts['p']
    assert (post.date.isoformat() if post.date else None) == iso
    assert post.authors == ('苏剑林',)
    assert post.tags == ('数学', '$\\beta$')


@pytest.mark.parametrize(('name', 'source'), [('p.rst', RST), ('p.md', MYST)])
def test_an_empty_date_is_no_date(make_site, name, source):
    build = make_site({name: source.format(date='', draft='')}, myst=True).build('dummy')
    assert build.app.env.get_domain('blog').posts['p'].date is None
    told = 'p.md:3: WARNING: the date is empty; write one such as 2024-10-11, or take the line away'
    assert (told in build.warnings) == (name == 'p.md')
    assert build.warnings.count('[blog.') == (name == 'p.md')


@pytest.mark.parametrize(
    ('line', 'message'),
    [
        (':date: someday', "the field 'date'"),
        (':date: 03/04/2019', 'two ways'),
        (':series-index: two', 'write a whole number'),
        (':draft: perhaps', 'write true or false'),
    ],
)
def test_a_field_that_cannot_be_read_is_warned_of_and_the_build_goes_on(make_site, line, message):
    site = make_site({'p.rst': f':blogpost: true\n{line}\n\nTitle\n=====\n\nText.\n'})
    build = site.build('dummy')
    assert message in build.warnings
    assert '[blog.' in build.warnings
    assert 'p.rst' in build.warnings
    assert build.app.env.get_domain('blog').posts['p'].title == 'Title'


@pytest.mark.parametrize(
    ('name', 'source'),
    [
        ('p.rst', ':blogpost: true\n:tags: a\n:date: someday\n\nTitle\n=====\n\nText.\n'),
        (
            'p.rst',
            'Title\n=====\n\n.. post:: someday\n',
        ),
        ('p.md', '---\nblogpost: true\ndate: someday\n---\n\n# Title\n\nText.\n'),
        ('p.md', '---\nblogpost: true\ndraft: perhaps\n---\n\n# Title\n\nText.\n'),
    ],
)
def test_the_warning_names_the_line_of_the_field(make_site, name, source):
    warnings = make_site({name: source}, myst=True).build('dummy').warnings
    line = next(n for n, text in enumerate(source.splitlines(), 1) if 'someday' in text or 'perhaps' in text)
    assert f'{name}:{line}: WARNING: the field' in warnings


@pytest.mark.parametrize(
    ('fields', 'authors', 'tags'),
    [
        ('authors: [Ann Lee, Bob]', ('Ann Lee', 'Bob'), ()),
        ('authors: ["Knuth, Donald", Bob]', ('Knuth, Donald', 'Bob'), ()),
        ('author: A\nauthors: [D, E]', ('A', 'D', 'E'), ()),
        ('tag: one\ntags: [two, "three, four"]', (), ('one', 'two', 'three, four')),
        ('authors: Ann Lee; Bob', ('Ann Lee', 'Bob'), ()),
    ],
)
@pytest.mark.parametrize('conf', [{}, {'blog_markdown': 'none'}])
def test_lists_of_names_have_no_marks_of_the_list(make_site, fields, authors, tags, conf):
    text = f'---\nblogpost: true\n{fields}\n---\n\n# T\n'
    build = make_site({'a.md': text}, conf, myst=True).build()
    post = build.app.env.get_domain('blog').posts['a']
    assert set(post.authors) == set(authors)
    assert set(post.tags) == set(tags)


def test_blanks_without_end_take_no_time():
    blanks = ' \t' * 50_000
    assert list_of({'tags': Field(f'a{blanks}b,{blanks} c')}, 'tags') == (f'a{blanks}b', 'c')
