"""The style sheet is on every page; nothing of ours is where it isn't needed."""

from __future__ import annotations

import re

import pytest

FILES = {'p.rst': ':blogpost:\n\nP\n=\n'}


@pytest.mark.parametrize(
    ('builder', 'page'), [('html', 'p.html'), ('dirhtml', 'p/index.html'), ('singlehtml', 'index.html')]
)
def test_pages_link_the_style_sheet(make_site, builder, page):
    build = make_site(FILES).build(builder)
    assert (build.outdir / '_static' / 'sphinxext_blog' / 'blog.css').is_file()
    assert '_static/sphinxext_blog/blog.css' in build.text(page)


def test_what_the_style_sheets_load_is_beside_them(make_site):
    build = make_site(FILES).build()
    folder = build.outdir / '_static' / 'sphinxext_blog'
    for name in ('blog.css', 'graph.css'):
        urls = re.findall(r'url\("([^"]*)"\)', (folder / name).read_text(encoding='utf-8'))
        assert urls == ['blog-math.woff2']
    assert (folder / 'blog-math.woff2').read_bytes()[:4] == b'wOF2'
    assert 'SIL OPEN FONT LICENSE' in (folder / 'blog-math-licence.txt').read_text(encoding='utf-8')


def test_a_book_has_no_font_and_asks_for_none(make_site):
    build = make_site(FILES).build('epub')
    assert 'woff2' not in build.warnings
    folder = build.outdir / '_static' / 'sphinxext_blog'
    assert not list(folder.glob('*.woff2'))
    assert 'font-face' not in (folder / 'blog.css').read_text(encoding='utf-8')
    assert 'font-family' in (folder / 'blog.css').read_text(encoding='utf-8')


def test_a_second_build_writes_the_font_not_again(make_site):
    site = make_site(FILES)
    first = site.build()
    assert '_static/sphinxext_blog/blog-math.woff2' not in site.build().written(first)


def test_pages_of_posts_load_no_script_of_ours(make_site):
    html = make_site(FILES).build().html('p')
    assert 'sphinxext_blog/graph' not in html


def test_the_place_of_the_package_is_no_reason_to_build_anew(make_site):
    site = make_site(FILES)
    site.build()
    second = site.build()
    assert 'configuration has changed' not in second.app.status.getvalue()
    assert 'new config' not in second.app.status.getvalue()
