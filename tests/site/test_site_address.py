"""``html_baseurl`` that is no address of a site is told, and feeds are not written with it."""

from __future__ import annotations

import pytest

POST = ':date: 2020-01-02\n:redirect: old\n\nA\n=\n\nText :math:`x^2`.\n'


@pytest.mark.parametrize('base', ['example.org', 'https://[your-site]/', 'http://[::1', '//example.org/'])
def test_no_address_of_a_site_is_warned_of(make_site, base):
    build = make_site({'a.rst': POST}, {'html_baseurl': base}).build()
    assert build.warnings.count('WARNING') == 1
    assert f'html_baseurl must be an address such as https://example.org/, not {base!r}' in build.warnings
    assert '[blog.config]' in build.warnings
    assert not list(build.outdir.rglob('atom.xml'))
    assert 'application/atom+xml' not in build.html('a')
    assert build.soup('old').find('a', href='a.html')


def test_a_path_without_a_host_is_no_fault(make_site):
    # what the templates of hosting services say where a build is none of theirs
    build = make_site({'a.rst': POST}, {'html_baseurl': '/'}).build()
    assert build.warnings == ''
    assert "html_baseurl '/' tells no host: no feeds are written" in build.app.status.getvalue()
    assert not list(build.outdir.rglob('atom.xml'))


def test_an_address_without_a_slash_at_its_end_is_that_with_one(make_site):
    site = make_site({'a.rst': POST}, {'html_baseurl': 'https://example.org/blog'})
    assert 'https://example.org/blog/a.html' in site.build().text('blog/atom.xml')
