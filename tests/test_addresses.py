"""Addresses that are none are told apart, and stop nothing."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.addresses import is_readable, is_site, joined

ODD = ['http://[your-site]/x', 'http://[::1', '//[x', 'https://a℀b/', 'http://ａ／b/']


@pytest.mark.parametrize('address', ODD)
def test_an_odd_host_is_not_readable_and_stays_as_it_was_written(address):
    assert not is_readable(address)
    assert not is_site(address)
    assert joined('https://example.org/a/', address) == address


@pytest.mark.parametrize('base', ODD)
def test_nothing_is_joined_to_an_odd_address(base):
    assert joined(base, 'p.html') == 'p.html'


@pytest.mark.parametrize('address', ['https://example.org', 'http://[::1]:8000/', 'https://例.中国/博客/'])
def test_the_address_of_a_site(address):
    assert is_site(address)
    assert is_readable(address)


@pytest.mark.parametrize(
    'address', ['', '/', 'example.org', '//example.org/', 'https:example.org', 'ftp://a.b/', 'http://a:b/']
)
def test_what_is_not_the_address_of_a_site(address):
    assert not is_site(address)


def test_a_sound_address_is_joined():
    assert joined('https://example.org/a/b.html', '../c.html#d') == 'https://example.org/c.html#d'


@given(st.text('h:/[]@.?#%a1０℀ \n'), st.text('h:/[]@.?#%a1０℀ \n'))
def test_no_text_raises(one, other):
    joined('http://' + one, '//' + other)
    assert is_readable('//' + one) in {True, False}
    assert is_site('http://' + one) in {True, False}
