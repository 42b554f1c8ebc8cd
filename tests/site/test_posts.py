"""Which documents are posts, and what is recorded of them."""

from __future__ import annotations

import datetime as dt

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Post
from sphinxext_blog.site.posts import is_published, today


def posts_of(build):
    return build.app.env.get_domain('blog').posts


@pytest.mark.parametrize(
    ('source', 'expected'),
    [
        (':blogpost: true\n\nT\n=\n', True),
        (':date: 2020-01-01\n\nT\n=\n', True),
        ('T\n=\n\n.. post:: 2020-01-01\n', True),
        ('T\n=\n\n.. post::\n', True),
        ('T\n=\n\nText.\n', False),
        (':blogpost: false\n:date: 2020-01-01\n\nT\n=\n', False),
    ],
)
def test_a_document_is_a_post_by_its_own_word(make_site, source, expected):
    build = make_site({'p.rst': source}).build('dummy')
    assert ('p' in posts_of(build)) is expected


@pytest.mark.parametrize('pattern', ['posts/*', 'posts/**', ['posts/**.rst'], ['x', 'posts/p']])
def test_a_document_is_a_post_by_pattern(make_site, pattern):
    build = make_site(
        {'posts/p.rst': 'T\n=\n', 'posts/q.rst': ':blogpost: no\n\nQ\n=\n', 'r.rst': 'R\n=\n'},
        {'blog_post_pattern': pattern},
    ).build('dummy')
    assert set(posts_of(build)) == {'posts/p'}


def test_where_there_is_a_pattern_a_date_makes_no_post(make_site):
    files = {
        'about.rst': ':date: 2020-01-01\n\nAbout\n=====\n',
        'notes.md': '---\ndate: 2020-01-01\n---\n\n# Notes\n\n[[x]]\n',
        'said.rst': ':date: 2020-01-01\n:blogpost: true\n\nSaid\n====\n',
        'told.rst': 'Told\n====\n\n.. post:: 2020-01-01\n',
        'kept.rst': ':date: 2020-01-01\n:draft: true\n\nKept\n====\n',
        'posts/p.rst': 'P\n=\n',
    }
    site = make_site(files, {'blog_post_pattern': 'posts/*'}, myst=True)
    build = site.build()
    assert set(posts_of(build)) == {'said', 'told', 'kept', 'posts/p'}
    assert 'About' not in build.soup('blog').body.get_text()
    assert '[[x]]' in build.soup('notes').get_text()
    dated = site.build(confoverrides={'blog_post_pattern': []})
    assert set(posts_of(dated)) == {'about', 'notes', 'said', 'told', 'kept'}


@pytest.mark.parametrize('suffix', ['rst', 'md'])
def test_a_page_that_lists_others_is_no_post_by_a_wide_pattern(make_site, suffix):
    if suffix == 'rst':
        toctree, cards = '.. toctree::\n   :glob:\n\n   *\n', '.. postlist::\n'
        title = 'T\n=\n\n'
    else:
        toctree, cards = '```{toctree}\n:glob:\n\n*\n```\n', '```{postlist}\n```\n'
        title = '# T\n\n'
    files = {
        f'index.{suffix}': f'{title}Welcome.\n',
        f'a/index.{suffix}': title + toctree,
        f'b/index.{suffix}': title + cards,
        f'c/index.{suffix}': f'{title}A post and its pictures in one folder.\n',
        f'a/p.{suffix}': title + cards,
    }
    site = make_site(files, {'blog_post_pattern': ['**']}, myst=True)
    assert set(posts_of(site.build('dummy'))) == {'c/index', 'a/p'}
    build = site.build('dummy', confoverrides={'blog_post_pattern': ['index', 'a/index']})
    assert set(posts_of(build)) == {'index', 'a/index'}


def test_the_title_keeps_its_latex(make_site):
    build = make_site(
        {'p.rst': ':blogpost:\n\nThe :math:`x^n` of *everything*\n==============================\n'}
    ).build('dummy')
    assert posts_of(build)['p'].title == 'The $x^n$ of everything'


def test_the_post_directive_tells_what_the_fields_tell(make_site):
    source = """\
T
=

.. post:: 8 Dec, 2014
   :tags: a, b
   :category: Maths
   :author: Emmy, Ada

   This is the *excerpt*.

More.
"""
    build = make_site({'p.rst': source}).build('html')
    post = posts_of(build)['p']
    assert post.date == PartialDate(2014, 12, 8)
    assert post.tags == ('a', 'b')
    assert post.categories == ('Maths',)
    assert post.authors == ('Emmy', 'Ada')
    assert post.excerpt == 'This is the excerpt.'
    assert 'This is the' in build.html('p')


def test_words_formulas_and_excerpt_are_counted(make_site):
    source = ':blogpost:\n\n标题\n====\n\n我们有 :math:`x` 和 two words。\n\n.. math:: y\n'
    post = posts_of(make_site({'p.rst': source}).build('dummy'))['p']
    assert post.words == 2 + 4 + 2
    assert post.formulas == 2
    assert post.excerpt == '我们有 $x$ 和 two words。'


def test_a_post_without_a_title_is_warned_of_and_bears_its_name(make_site):
    build = make_site({'posts/p.rst': ':blogpost:\n\nText only.\n'}).build('dummy')
    assert posts_of(build)['posts/p'].title == 'p'
    assert 'posts/p.rst' in build.warnings
    assert 'blog.front-matter' in build.warnings


def test_a_post_needs_no_toctree(make_site):
    site = make_site({'index.rst': 'I\n=\n', 'p.rst': ':blogpost:\n\nT\n=\n'})
    assert site.build('dummy').warnings == ''


def test_other_metadata_is_kept_as_facts(make_site):
    post = posts_of(
        make_site({'p.rst': ':blogpost:\n:readers: 17\n:id: 5253\n:orphan:\n\nT\n=\n'}).build('dummy')
    )['p']
    assert post.facts == (('id', '5253'), ('readers', '17'))


DAY = dt.date(2020, 1, 2)


@pytest.mark.parametrize(
    ('date', 'draft', 'published'),
    [
        (None, False, True),
        (PartialDate(2020, 1, 2), False, True),
        (PartialDate(2020, 1, 3), False, False),
        (PartialDate(2020, 1, 1), True, False),
        (PartialDate(None, 12, 8), False, True),
        (PartialDate(2020, 2), False, False),
        (PartialDate(2020), False, True),
        (PartialDate(2021), False, False),
    ],
)
def test_drafts_and_the_future_are_not_published(date, draft, published):
    assert is_published(Post(DocName('p'), 'P', date=date, draft=draft), DAY) is published


def test_a_section_of_hugo_is_no_post(make_site):
    files = {
        'posts/_index.md': '---\ntitle: Posts\n---\n\nAll of them.\n',
        'posts/a.md': '# A\n',
        'posts/b/_index.md': '---\nblogpost: true\n---\n\n# B\n',
    }
    build = make_site(files, {'blog_post_pattern': ['posts/**']}, myst=True).build('dummy')
    assert set(posts_of(build)) == {'posts/a', 'posts/b/_index'}


def test_the_day_of_the_build_can_be_set(monkeypatch):
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1577923200')
    assert today() == DAY


def test_a_nonsensical_day_of_the_build_is_ignored(monkeypatch):
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '9' * 20)
    assert today().year < 3000


@pytest.mark.parametrize(
    'source',
    [
        '.. contents:: Contents\n\nReal title\n==========\n\nA\n-\n',
        '.. note::\n\n   x\n\n.. topic:: Topic\n\n   y\n\nReal title\n==========\n',
    ],
)
def test_the_title_is_that_of_the_first_section(make_site, source):
    build = make_site({'p.rst': f':blogpost:\n\n{source}'}).build('dummy')
    assert posts_of(build)['p'].title == 'Real title'


def test_a_title_of_several_lines_is_one_line(make_site):
    source = '---\nblogpost: true\ntitle: |\n  One\n  Two\n---\n\n# T\n'
    assert posts_of(make_site({'p.md': source}, myst=True).build('dummy'))['p'].title == 'One Two'


def test_a_second_post_directive_is_warned_of(make_site):
    build = make_site({'p.rst': 'T\n=\n\n.. post:: 2020-01-01\n\n.. post:: 2020-01-02\n'}).build('dummy')
    assert 'p.rst:6: WARNING: a document is one post' in build.warnings
    assert posts_of(build)['p'].date == PartialDate(2020, 1, 1)


def test_a_draft_shows_up_nowhere(make_site, monkeypatch):
    monkeypatch.setenv('SOURCE_DATE_EPOCH', '1577923200')
    site = make_site(
        {
            'index.rst': 'I\n=\n\n.. postlist::\n',
            'now.rst': ':date: 2020-01-02\n\nNow\n===\n\nSee :doc:`later` and 《Written later》。\n',
            'later.rst': ':date: 2020-01-03\n\nWritten later\n=============\n\nSee :doc:`now`.\n',
            'draft.rst': ':date: 2019-01-03\n:draft:\n\nDraft\n=====\n\nSee :doc:`now`.\n',
        }
    )
    build = site.build()
    assert [a.get_text() for a in build.soup('index').select('.blog-postlist a')] == ['Now']
    assert 'Cited by' not in build.html('now')
    graph = build.app.env.get_domain('blog').knowledge.graph
    assert 'later' not in graph
    assert 'draft' not in graph


@pytest.mark.parametrize('field', ['image', 'excerpt'])
def test_a_number_of_thousands_of_digits_ends_no_build(make_site, field):
    text = f':date: 2020-01-01\n:{field}: {"9" * 5000}\n\nA\n=\n\nThe words.\n'
    build = make_site({'index.rst': 'I\n=\n', 'a.rst': text}).build()
    assert build.soup('a').select_one('section > p').get_text() == 'The words.'


def test_an_author_is_a_name_and_no_address_for_letters(make_site):
    files = {
        'a.md': '---\ndate: 2020-01-01\nauthor: "Emmy N <emmy@e.org>"\n---\n# A\n',
        'b.md': '---\ndate: 2020-01-01\nauthor: [Emmy N <emmy@e.org>, Ada]\n---\n# B\n',
        'c.rst': ':date: 2020-01-01\n:author: Emmy N <emmy@e.org>\n\nC\n=\n',
        'd.md': '---\ndate: 2020-01-01\nauthor: emmy@e.org\n---\n# D\n',
    }
    posts = posts_of(make_site(files, myst=True).build())
    authors = {name: posts[name].authors for name in 'abcd'}
    assert authors == {'a': ('Emmy N',), 'b': ('Emmy N', 'Ada'), 'c': ('Emmy N',), 'd': ('emmy@e.org',)}
