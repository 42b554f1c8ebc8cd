"""Directives read the same in RST and MyST, and misuse is an error with its line."""

from __future__ import annotations

import re

import pytest

POST = ':blogpost:\n:tags: x\n\nA\n=\n\nText of the post.\n'


@pytest.mark.parametrize(
    ('name', 'source'),
    [
        ('index.rst', 'I\n=\n\n.. postlist:: 3\n   :tags: x\n   :excerpts:\n'),
        ('index.md', '# I\n\n```{postlist} 3\n:tags: x\n:excerpts:\n```\n'),
    ],
)
def test_lists_in_rst_and_markdown(make_site, name, source):
    build = make_site({name: source, 'a.rst': POST}, myst=True).build()
    assert build.warnings == ''
    assert build.soup('index').select_one('.blog-excerpt').get_text() == 'Text of the post.'


@pytest.mark.parametrize(
    ('source', 'message'),
    [
        ('.. related-posts::\n   :count: many', 'many'),
        ('.. postlist::\n   :nonsense: x', 'nonsense'),
        ('.. postlist:: many', 'many'),
        ('.. postlist:: -1', '-1'),
        ('.. missing-posts:: x', 'no content permitted'),
    ],
)
def test_misuse_is_told_with_its_line(make_site, source, message):
    build = make_site({'index.rst': f'I\n=\n\n{source}\n', 'a.rst': POST}).build()
    assert 'index.rst:4: ' in build.warnings
    assert message in build.warnings


def test_the_post_directive_can_keep_its_excerpt_to_lists(make_site):
    source = 'A\n=\n\n.. post:: 2020-01-01\n   :exclude:\n\n   Only in lists.\n\nText.\n'
    build = make_site({'index.rst': 'I\n=\n\n.. postlist::\n   :excerpts:\n', 'a.rst': source}).build()
    assert 'Only in lists.' in build.html('index')
    assert 'Only in lists.' not in build.html('a')


def test_panels_of_another_post_can_be_shown(make_site):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. backlinks:: a\n',
            'a.rst': POST,
            'b.rst': ':blogpost:\n\nB\n=\n\nSee :doc:`a`.\n',
        }
    ).build()
    assert build.soup('index').select_one('.blog-backlinks a').get_text() == 'B'


@pytest.mark.parametrize('name', ['backlinks', 'series', 'notation'])
@pytest.mark.parametrize('form', ['rst', 'md'])
def test_an_option_that_a_directive_does_not_have_is_told_and_is_no_argument(make_site, form, name):
    if form == 'rst':
        text = f':date: 2020-01-01\n\nA\n=\n\n.. {name}::\n   :count: 3\n'
    else:
        text = f'---\ndate: 2020-01-01\n---\n\n# A\n\n```{{{name}}}\n:count: 3\n```\n'
    build = make_site({f'a.{form}': text}, myst=True).build()
    assert 'count' in build.warnings
    assert re.search(
        r'a\.(rst|md)(\.rst)?:\d+: (ERROR|WARNING): .*[Uu]nknown option', build.warnings.replace('\n', ' ')
    )
    assert 'there is no' not in build.warnings
