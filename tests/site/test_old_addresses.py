"""Old addresses of posts: at which a page can stand."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.old_addresses import refusal


@pytest.mark.parametrize(
    'old', ['old', 'old/page', '归档/2014', 'a b', 'x' * 230, 'archives/1?p=2', '之路:7']
)
def test_an_address_that_can_be_had(old):
    assert refusal(old, {'graph'}) == ''


@pytest.mark.parametrize(
    ('old', 'why'),
    [
        ('graph', 'is a page of the site'),
        ('', 'is empty'),
        ('a/../b', 'begins with'),
        ('a\\b', 'begins with'),
        ('_static', 'begins with'),
        ('x' * 231, 'too long'),
        ('题' * 77, 'too long'),
        ('/'.join(['x' * 200] * 6), 'too long'),
        ('a\x00b', 'a character that no address has'),
        ('c:/page', 'a character that no address has'),
    ],
)
def test_an_address_that_can_not_be_had(old, why):
    assert why in refusal(old, {'graph'}) % old
