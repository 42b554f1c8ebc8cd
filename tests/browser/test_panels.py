"""Panels as they look: readable in light and dark."""

from __future__ import annotations

import pytest
from contrast import CONTRAST


@pytest.fixture(scope='module', params=['alabaster', 'furo', 'pydata_sphinx_theme'])
def built(make_site, request):
    files = {
        f'p{number}.rst': (
            f':blogpost:\n:date: 2020-01-0{number}\n:author: Emmy\n\n学习({number})：概率空间\n'
            f'=====================\n\n概率空间的最小化。见《学习(1)：概率空间》与《学习(5)》。\n'
        )
        for number in (1, 2, 4)
    }
    return make_site(files, {'html_theme': request.param}).build()


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize(
    'selector',
    ['.blog-meta .blog-date', '.blog-meta a', '.blog-panel li .blog-date', '.blog-reasons', '.blog-note'],
)
def test_small_print_has_enough_contrast(built, page, scheme, selector):
    page.emulate_media(color_scheme=scheme)
    page.goto((built.outdir / 'p2.html').as_uri())
    ratios = page.evaluate(CONTRAST, [selector, 'color'])
    assert ratios
    assert min(ratios) >= 4.5
