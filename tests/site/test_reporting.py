"""What the author is told, and that it can be silenced."""

from __future__ import annotations

import pytest


def post(title, text='Text.'):
    return f':blogpost:\n\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


def test_two_posts_with_one_part_number_are_warned_of(make_site):
    build = make_site(
        {'a.rst': post('学习(一)'), 'b.rst': post('学习(二)'), 'c.rst': post('学习(二)')}
    ).build()
    assert "c.rst:4: WARNING: part 二 of the series '学习' is also b [blog.series]" in build.warnings


def test_facts_are_told_but_are_no_warnings(make_site):
    build = make_site({'a.rst': post('学习(一)', '见《学习(五)》。')}).build()
    assert build.warnings == ''
    summary = 'posts: 1, links: 1, series: 1; cited, and not here: posts 1, works 0'
    assert summary in build.app.status.getvalue()


@pytest.mark.parametrize(
    ('files', 'subtype'),
    [
        ({'a.rst': post('A', ':blog:post:`nothing`')}, 'missing'),
        ({'a.rst': post('学习(二)'), 'c.rst': post('学习(二)')}, 'series'),
        (
            {'a.rst': post('端午节快乐'), 'b.rst': post('端午节快乐'), 'c.rst': post('C', '《端午节快乐》')},
            'ambiguous',
        ),
        ({'a.rst': ':blogpost:\n:date: never\n\nA\n=\n'}, 'date'),
        ({'a.rst': ':blogpost: perhaps\n\nA\n=\n'}, 'front-matter'),
    ],
)
def test_every_warning_can_be_suppressed(make_site, files, subtype):
    site = make_site({'index.rst': 'I\n=\n', **files})
    assert f'[blog.{subtype}]' in site.build(fresh=True).warnings
    quiet = site.build(fresh=True, confoverrides={'suppress_warnings': [f'blog.{subtype}', 'toc']})
    assert f'blog.{subtype}' not in quiet.warnings


def test_a_title_of_two_posts_is_ambiguous_for_the_role(make_site):
    build = make_site(
        {'a.rst': post('Twice'), 'b.rst': post('Twice'), 'c.rst': post('C', ':blog:post:`Twice`')}
    ).build()
    assert "'Twice' is the title of a, b; name the document" in build.warnings


def test_a_title_of_many_posts_is_told_with_some_of_them(make_site):
    files = {f'p{n:02}.rst': ':blogpost:\n\nSame title\n==========\n' for n in range(20)}
    files['z.rst'] = ':blogpost:\n\nZ\n=\n\nSee 《Same title》 and :blog:post:`Same title`.\n'
    warnings = make_site(files).build().warnings.splitlines()
    told = [line for line in warnings if 'blog.ambiguous' in line]
    assert len(told) == 2
    assert all('… (14 more)' in line and len(line) < 500 for line in told)


@pytest.mark.parametrize('pattern', ['post/**', ['post/**', '[a-', '']])
def test_a_pattern_that_no_document_matches_is_warned_of(make_site, pattern):
    site = make_site({'posts/a.rst': 'A\n=\n', 'b.md': '# B\n'}, {'blog_post_pattern': pattern}, myst=True)
    build = site.build()
    assert build.warnings.count('WARNING') == 1
    assert "blog_post_pattern: no document is called like 'post/**'" in build.warnings
    assert '[blog.config]' in build.warnings
    assert site.build().warnings == build.warnings
    assert site.build(confoverrides={'blog_post_pattern': ['post/**', '*.md']}).warnings == ''
