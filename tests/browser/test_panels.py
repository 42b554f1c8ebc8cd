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


@pytest.fixture(scope='module')
def restyled(make_site):
    files = {
        f'p{number}.rst': f':blogpost:\n\nSets ({number})\n========\n\nSee part ({3 - number}).\n'
        for number in (1, 2)
    }
    files['cards.rst'] = 'Cards\n=====\n\n.. postlist::\n   :cards:\n'
    return make_site(files, {'blog_auto_panels': ['series', 'related', 'backlinks', 'graph']}).build()


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


@pytest.mark.parametrize(
    ('name', 'file', 'selector', 'shown'),
    [
        ('--blog-line', 'p2.html', '.blog-backlinks', 'borderInlineStartColor'),
        ('--blog-muted', 'p2.html', '.blog-reasons', 'color'),
        ('--blog-series', 'p2.html', '.blog-graph .blog-edge-series', 'stroke'),
        ('--blog-cites', 'p2.html', '.blog-graph-drawing .blog-edge-cites', 'stroke'),
        ('--blog-this', 'p2.html', '.blog-graph .blog-node-this', 'fill'),
        ('--blog-line', 'cards.html', '.blog-cards > li', 'borderTopColor'),
    ],
)
def test_a_custom_property_of_the_site_colours_what_it_names(restyled, page, name, file, selector, shown):
    page.goto((restyled.outdir / file).as_uri())
    colours = f'[...document.querySelectorAll("{selector}")].map(e => getComputedStyle(e).{shown})'
    before = page.evaluate(colours)
    assert before
    assert 'rgb(1, 2, 3)' not in before
    page.add_style_tag(content=f':root {{ {name}: rgb(1, 2, 3); }}')
    assert set(page.evaluate(colours)) == {'rgb(1, 2, 3)'}
