"""Addresses that stand bare in the text."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from sphinxext_blog.site.markdown_addresses import addresses_plugin


def _links(text: str) -> list[str]:
    return re.findall('<a href="[^"]*">([^<]*)</a>', _render(text))


def _render(text: str) -> str:
    return MarkdownIt('commonmark').use(addresses_plugin).renderInline(text)


@pytest.mark.parametrize(
    ('text', 'address'),
    [
        ('See https://example.org/a.', 'https://example.org/a'),
        ('(see https://x.org/a_(b)_c)', 'https://x.org/a_(b)_c'),
        ('(https://x.org/?a=b&amp;c=1#d).', 'https://x.org/?a=b&amp;amp;c=1#d'),
        ('**https://x.org**，', 'https://x.org'),
        ('见https://example.org/a。后文', 'https://example.org/a'),
        ('（https://example.org/archives/9119）', 'https://example.org/archives/9119'),
        ('https://example.org/9119这篇', 'https://example.org/9119'),
        ('https://example.org/2020/02/03/图文/，还有', 'https://example.org/2020/02/03/图文/'),
        ('http://localhost:8000/x!', 'http://localhost:8000/x'),
        ('HTTPS://X.org and', 'HTTPS://X.org'),
        ('“https://x.org/a”', 'https://x.org/a'),
    ],
)
def test_an_address_ends_where_its_reader_would_end_it(text, address):
    assert _links(text) == [address]


@pytest.mark.parametrize(
    'text',
    [
        '`https://x.org`',
        'xhttps://x.org',
        'ftp://x.org',
        'http://[your-site]/',
        'https:// x.org',
        'https\\://x.org',
        'http://a.b:99999999/x',
    ],
)
def test_what_is_no_address_is_text(text):
    assert _links(text) == []


@pytest.mark.parametrize(
    'text',
    ['[https://x.org](https://y.org)', '<https://x.org>', '[a https://x.org b](/c)', '![https://x.org](a)'],
)
def test_in_a_link_it_is_no_other(text):
    assert _render(text) == MarkdownIt('commonmark').renderInline(text)


@given(st.text('https:/x.org?a_)(图。，* "', max_size=80).map(lambda text: f'https://x.org/{text}'))
def test_no_text_is_lost(text):
    tags = re.compile('<[^>]*>|[_*]')  # of an address these are part, elsewhere emphasis
    assert tags.sub('', _render(text)) == tags.sub('', MarkdownIt('commonmark').renderInline(text))


def test_it_is_a_mention_of_the_post(make_site):
    files = {
        'posts/a.md': '# A\n\n见https://me.org/posts/b.html。\n\n<table><tr><td>https://x.org</td></tr></table>\n',
        'posts/b.md': '# B\n\nText.\n',
    }
    conf = {'blog_post_pattern': ['posts/*'], 'html_baseurl': 'https://me.org/'}
    build = make_site(files, conf, myst=True).build()
    assert build.warnings == ''
    assert build.soup('posts/a').select_one('.blog-mention a')['href'] == 'b.html'
    assert build.soup('posts/b').select_one('.blog-backlinks')
