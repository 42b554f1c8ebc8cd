"""Lists of posts as they look: readable in light and dark, and no wider than a telephone."""

from __future__ import annotations

import pytest
from contrast import CONTRAST


@pytest.fixture(scope='module', params=['alabaster', 'furo', 'pydata_sphinx_theme'])
def built(make_site, request):
    files = {
        f'p{n}.rst': (
            f':blogpost:\n:date: 2020-01-0{n}\n:author: Emmy\n:tags: C++, 扩散\n\nPost {n} :math:`x^{n}`\n'
            f'{"=" * 30}\n\nThe sum :math:`\\sum_i a_i` and averylongwordaverylongwordaverylong.\n'
        )
        for n in range(1, 5)
    }
    files['index.rst'] = 'Home\n====\n\n.. postlist:: 3\n   :cards:\n'
    return make_site(files, {'html_theme': request.param, 'blog_page_size': 2}).build()


@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_small_print_has_enough_contrast(built, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto((built.outdir / 'blog.html').as_uri())
    for selector in (
        '.blog-entries .blog-meta',
        '.blog-entries .blog-meta a',
        '.blog-menu a',
        '.blog-pager a',
    ):
        ratios = page.evaluate(CONTRAST, [selector, 'color'])
        assert ratios
        assert min(ratios) >= 4.5, selector


@pytest.mark.parametrize('name', ['blog', 'index', 'blog/tag', 'blog/archive', 'p2'])
def test_no_page_is_wider_than_a_telephone(built, page, name):
    page.set_viewport_size({'width': 390, 'height': 800})
    page.goto((built.outdir / f'{name}.html').as_uri())
    assert page.evaluate('document.documentElement.scrollWidth') <= 390
