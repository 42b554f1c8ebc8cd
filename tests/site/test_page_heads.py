"""Heads of pages: feeds to be found, one canonical address, a BlogPosting that no title can break out of."""

from __future__ import annotations

import json
import textwrap
from pathlib import Path

import pytest
from jsonschema import Draft202012Validator

ROOT = Path(__file__).parents[2]
CONF = {'html_baseurl': 'https://example.org/', 'blog_authors': {'Emmy': ('Emmy Noether', 'https://e.org')}}
HOSTILE = '</script><script>alert(1)</script> <!-- & "x"'
FILES = {
    'a.rst': f':blogpost:\n:date: 2020-01-02\n:author: Emmy\n:tags: x\n\n{HOSTILE}\n{"=" * 60}\n\nText.\n',
    'b.rst': 'B\n=\n\n.. post:: 2021-01\n   :canonical_link: https://other.org/b\n\nText.\n',
}
THEMES = ['alabaster', 'furo', 'pydata_sphinx_theme', 'sphinx_book_theme', 'sphinx_rtd_theme']


def data(soup):
    return json.loads(soup.select_one('script[type="application/ld+json"]').string)


@pytest.mark.parametrize('theme', THEMES)
def test_every_theme_has_each_of_them_once(make_site, theme):
    build = make_site(FILES, {**CONF, 'html_theme': theme}).build()
    for page, canonical in (
        ('a', 'https://example.org/a.html'),
        ('b', 'https://other.org/b'),
        ('blog', 'https://example.org/blog.html'),
    ):
        soup = build.soup(page)
        assert [link['href'] for link in soup.select('link[rel=canonical]')] == [canonical]
        types = [link['type'] for link in soup.select('link[rel=alternate]')]
        assert types == ['application/atom+xml', 'application/rss+xml', 'application/feed+json']
    assert len(build.soup('a').select('script[type="application/ld+json"]')) == 1
    assert build.soup('blog').select('script[type="application/ld+json"]') == []


def test_a_post_is_described_and_can_not_break_out(make_site):
    build = make_site(FILES, {**CONF, 'smartquotes': False}).build()
    found = data(build.soup('a'))
    assert found['headline'] == HOSTILE
    assert found['@type'] == 'BlogPosting'
    assert found['datePublished'] == found['dateModified'] == '2020-01-02'
    assert found['author'] == [{'@type': 'Person', 'name': 'Emmy Noether', 'url': 'https://e.org'}]
    assert found['url'] == 'https://example.org/a.html'
    assert all(
        'alert(1)' not in (script.string or '') or script.get('type') for script in build.soup('a')('script')
    )
    assert data(build.soup('b'))['datePublished'] == '2021-01'
    assert data(build.soup('b'))['url'] == 'https://other.org/b'


POSTING = {  # what schema.org and Google's documentation of articles ask for, of what we write
    'type': 'object',
    'required': ['@context', '@type', 'headline', 'url', 'mainEntityOfPage', 'isPartOf', 'inLanguage'],
    'additionalProperties': False,
    'properties': {
        '@context': {'const': 'https://schema.org'},
        '@type': {'const': 'BlogPosting'},
        'headline': {'type': 'string', 'minLength': 1},
        'description': {'type': 'string'},
        'datePublished': {
            'type': 'string',
            'pattern': r'^\d{4}(-\d\d(-\d\d(T\d\d:\d\d:\d\d([+-]\d\d:\d\d|Z))?)?)?$',
        },
        'dateModified': {'$ref': '#/properties/datePublished'},
        'author': {
            'type': 'array',
            'items': {
                'required': ['@type', 'name'],
                'properties': {
                    '@type': {'const': 'Person'},
                    'name': {'type': 'string', 'minLength': 1},
                    'url': {'$ref': '#/$defs/address'},
                },
                'additionalProperties': False,
            },
        },
        'keywords': {'type': 'array', 'items': {'type': 'string'}},
        'articleSection': {'type': 'array', 'items': {'type': 'string'}},
        'inLanguage': {'type': 'string', 'pattern': r'^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$'},
        'wordCount': {'type': 'integer', 'minimum': 0},
        'image': {'$ref': '#/$defs/address'},
        'url': {'$ref': '#/$defs/address'},
        'mainEntityOfPage': {'$ref': '#/$defs/address'},
        'isPartOf': {
            'required': ['@type', 'name'],
            'properties': {'@type': {'const': 'Blog'}, 'name': {'type': 'string', 'minLength': 1}},
        },
    },
    '$defs': {'address': {'type': 'string', 'pattern': '^https?://'}},
}


@pytest.mark.parametrize('date', ['2020-01-02', '2020-01-02 03:04', '2020', '--12-08', ''])
def test_what_is_said_of_a_post_keeps_to_the_schema(make_site, date):
    files = {
        'a.rst': f':blogpost:\n:date: {date}\n:author: Emmy, Ada\n:tags: C++, 扩散\n:category: x\n'
        ':image: pic.png\n\nA < :math:`x^2`\n===============\n\nText.\n\n.. image:: pic.png\n',
        'b.rst': ':blogpost:\n:language: zh_CN\n\n标题\n====\n\n字。\n',
        'pic.png': b'\x89PNG\r\n\x1a\n',
    }
    build = make_site(files, CONF).build()
    for name in ('a', 'b'):
        Draft202012Validator(POSTING).validate(data(build.soup(name)))
    assert data(build.soup('a'))['image'] == 'https://example.org/_images/pic.png'


def test_ablogs_name_of_the_address_will_do(make_site):
    build = make_site(FILES, {'blog_baseurl': 'https://example.org', 'disqus_shortname': 'x'}).build()
    assert build.warnings == ''
    assert build.soup('a').select_one('link[rel=alternate]')['href'] == 'https://example.org/blog/atom.xml'
    assert 'disqus_shortname is a value of ABlog' in build.app.status.getvalue()


def test_extensions_for_sitemaps_previews_and_lost_readers_work_beside(make_site):
    for name in ('sphinx_sitemap', 'sphinxext.opengraph', 'notfound.extension'):
        pytest.importorskip(name)
    conf = {
        **CONF,
        'extensions': ['sphinxext_blog', 'sphinx_sitemap', 'sphinxext.opengraph', 'notfound.extension'],
        'sitemap_url_scheme': '{link}',
        'ogp_site_url': 'https://example.org/',
        'ogp_social_cards': {'enable': False},
    }
    build = make_site({**FILES, 'draft.rst': ':draft: true\n:blogpost:\n\nD\n=\n'}, conf).build()
    assert build.warnings == ''
    sitemap = build.text('sitemap.xml')
    for page in ('a.html', 'blog.html', 'blog/tag/x.html'):
        assert f'<loc>https://example.org/{page}</loc>' in sitemap
    assert len(build.soup('a').select('meta[property="og:title"]')) == 1
    assert len(build.soup('a').select('script[type="application/ld+json"]')) == 1
    assert (build.outdir / '404.html').is_file()
    # The words of the post, not those of our panels.
    assert build.soup('a').select_one('meta[property="og:description"]')['content'] == 'Text.'


BLOCKS = {
    'alabaster': 'body',
    'pydata_sphinx_theme': 'body',
    'sphinx_book_theme': 'body',
    'sphinx_rtd_theme': 'body',
    'furo': 'content',
}


@pytest.mark.parametrize('theme', THEMES)
def test_comments_stand_below_posts_by_the_block_of_the_manual(make_site, theme):
    manual = (ROOT / 'docs' / 'publishing.rst').read_text(encoding='utf-8')
    lines = manual.partition('.. code-block:: html+jinja\n')[2].partition('\n\n``blog_post``')[0]
    block = textwrap.dedent(lines).strip().replace('block body', f'block {BLOCKS[theme]}')
    files = {
        **FILES,
        'quiet.rst': 'Q\n=\n\n.. post:: 2021-02\n   :nocomments:\n\nText.\n',
        '_templates/page.html': block,
    }
    build = make_site(files, {**CONF, 'html_theme': theme, 'templates_path': ['_templates']}).build()
    assert build.warnings == ''
    shown = {page: len(build.soup(page).select('script[src*="giscus"]')) for page in ('a', 'quiet', 'blog')}
    assert shown == {'a': 1, 'quiet': 0, 'blog': 0}
    last = build.soup('a').select_one('.blog-panel, section').find_all_next('script')
    assert any('giscus' in script.get('src', '') for script in last)


def test_a_page_says_its_own_language(make_site):
    files = {
        'a.rst': ':date: 2021-01-02\n:language: zh_CN\n\nA\n=\n',
        'b.rst': ':date: 2021-01-02\n:language: "><script>\n\nB\n=\n',
        'c.rst': ':orphan:\n:language: de\n\nC\n=\n',
    }
    build = make_site(files, {'blog_post_pattern': ['a', 'b']}).build()
    assert [build.soup(page).html['lang'] for page in 'abc'] == ['zh-CN', 'en', 'de']


def test_drafts_and_old_addresses_are_in_no_sitemap(make_site):
    pytest.importorskip('sphinx_sitemap')
    files = {
        'a.rst': ':date: 2021-01-02\n:redirect: old/page\n\nA\n=\n',
        'd.rst': ':date: 2021-01-02\n:draft:\n\nD\n=\n',
    }
    conf = {
        'blog_post_pattern': ['a', 'd'],
        'extensions': ['sphinxext_blog', 'sphinx_sitemap'],
        'html_baseurl': 'https://e.org/',
        'sitemap_url_scheme': '{link}',
    }
    sitemap = make_site(files, conf).build().text('sitemap.xml')
    assert 'https://e.org/a.html' in sitemap
    assert not any(f'https://e.org/{page}.html' in sitemap for page in ('d', 'old/page', 'blog/drafts'))
