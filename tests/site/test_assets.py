"""The style sheet is on every page; nothing of ours is where it isn't needed."""

from __future__ import annotations

import pytest

FILES = {'p.rst': ':blogpost:\n\nP\n=\n'}


@pytest.mark.parametrize(
    ('builder', 'page'), [('html', 'p.html'), ('dirhtml', 'p/index.html'), ('singlehtml', 'index.html')]
)
def test_pages_link_the_style_sheet(make_site, builder, page):
    build = make_site(FILES).build(builder)
    assert (build.outdir / '_static' / 'sphinxext_blog' / 'blog.css').is_file()
    assert '_static/sphinxext_blog/blog.css' in build.text(page)


def test_pages_of_posts_load_no_script_of_ours(make_site):
    html = make_site(FILES).build().html('p')
    assert 'sphinxext_blog/graph' not in html


def test_the_place_of_the_package_is_no_reason_to_build_anew(make_site):
    site = make_site(FILES)
    site.build()
    second = site.build()
    assert 'configuration has changed' not in second.app.status.getvalue()
    assert 'new config' not in second.app.status.getvalue()
