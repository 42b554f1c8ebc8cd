"""Values of ABlog's conf.py."""

from __future__ import annotations

import pytest

POST = ':blogpost:\n:date: 2020-01-01\n\nA\n=\n\nText.\n'


def test_the_address_of_the_site_has_two_names(make_site):
    build = make_site({'a.rst': POST}, {'blog_baseurl': 'https://a.org/'}).build()
    assert build.app.config.html_baseurl == 'https://a.org/'
    build = make_site(
        {'a.rst': POST}, {'blog_baseurl': 'https://a.org/', 'html_baseurl': 'https://b.org/'}
    ).build()
    assert build.app.config.html_baseurl == 'https://b.org/'


@pytest.mark.parametrize('name', ['post_auto_orphan', 'fontawesome_included', 'blog_feed_templates'])
def test_a_value_that_does_nothing_is_told_of_and_is_no_warning(make_site, name):
    build = make_site({'a.rst': POST}, {name: True}).build()
    assert build.warnings == ''
    assert f'{name} is a value of ABlog that does nothing here' in build.app.status.getvalue()


def test_a_site_without_such_values_is_told_nothing(make_site):
    assert 'ABlog' not in make_site({'a.rst': POST}).build().app.status.getvalue()
