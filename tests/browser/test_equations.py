"""Display formulas as readers use them: numbers, links, copying; from ``file://`` without a network."""

from __future__ import annotations

import re
from functools import cache

import pytest

LATEX = '\\begin{equation}E = mc^2\\label{energy}\\end{equation}'
POST = f""":blogpost: true

Energy
======

{'Words. ' * 400}

.. math::
   :nowrap:

   {LATEX}

.. math:: a < b

{'Words. ' * 400}

See :math:`\\eqref{{energy}}`.
"""
TWIN = (
    f':blogpost: true\n\nA second post with :math:`E`\n{"=" * 40}\n\n.. math:: {LATEX}\n\n{"Words. " * 400}\n'
)
THEMES = ['basic', 'alabaster', 'furo', 'sphinx_rtd_theme', 'pydata_sphinx_theme', 'sphinx_book_theme']


@pytest.fixture(scope='module')
def site_of(make_site):
    @cache
    def site(theme):
        return make_site(
            {'a.rst': POST, 'b.rst': TWIN}, {'html_theme': theme, 'html_math_renderer': 'mathml'}
        ).build()

    return site


@pytest.fixture(scope='module')
def address_of(site_of):
    return lambda theme: (site_of(theme).outdir / 'a.html').as_uri()


def test_a_reference_leads_to_its_equation(page, address_of):
    page.goto(address_of('basic'))
    link = page.get_by_role('link', name='(1)', exact=True)
    assert link.get_attribute('title') == 'E = mc²'
    link.click()
    assert page.url.endswith('#equation-energy')
    box = page.locator('#equation-energy').bounding_box()
    assert 0 <= box['y'] < page.viewport_size['height']


@pytest.mark.parametrize('theme', THEMES)
def test_tools_appear_under_the_pointer_and_away_from_the_formula(page, address_of, theme):
    page.set_viewport_size({'width': 1200, 'height': 800})
    page.goto(address_of(theme))
    box = page.locator('.blog-formula').first
    box.scroll_into_view_if_needed()
    tools = box.locator('.blog-formula-tools')
    assert tools.evaluate('e => getComputedStyle(e).opacity') == '0'
    box.locator('div.math').hover()
    assert tools.evaluate('e => getComputedStyle(e).opacity') == '1'
    assert tools.locator('a.headerlink').is_visible()
    assert tools.locator('button').is_visible()
    formula = box.locator('div.math').bounding_box()
    for tool in tools.locator(':scope > *').all():
        shown = tool.bounding_box()
        assert shown['y'] + shown['height'] <= formula['y'] + 1
        assert shown['x'] + shown['width'] <= 1200


def unfolded(page, box):
    """What unfolds at a formula, the links in it, and the formula: their boxes."""
    places = box.locator('.blog-elsewhere')
    links = [link.bounding_box() for link in places.locator('a').all()]
    return places.bounding_box(), links, box.locator('div.math').bounding_box()


@pytest.mark.parametrize('scheme', ['light', 'dark'])
@pytest.mark.parametrize('width', [1200, 390])
@pytest.mark.parametrize('theme', THEMES)
def test_where_else_a_formula_stands_unfolds_below_it(page, site_of, theme, width, scheme):
    page.set_viewport_size({'width': width, 'height': 800})
    page.emulate_media(color_scheme=scheme)
    page.goto((site_of(theme).outdir / 'b.html').as_uri())
    box = page.locator('.blog-formula').first
    box.locator('div.math').hover()
    before = page.evaluate('document.documentElement.scrollWidth')
    box.locator('summary').click()
    places, links, formula = unfolded(page, box)
    assert places['y'] >= formula['y'] + formula['height'] - 1
    assert places['x'] >= 0
    assert places['x'] + places['width'] <= width
    assert page.evaluate('document.documentElement.scrollWidth') == before
    assert len(links) == 1
    box.locator('.blog-elsewhere a').click()
    page.wait_for_url('**/a.html*', timeout=5000)


@pytest.mark.parametrize('theme', THEMES)
def test_under_a_finger_tools_and_places_stand_below_the_formula(browser, site_of, theme):
    page = browser.new_page(viewport={'width': 390, 'height': 800}, has_touch=True, is_mobile=True)
    page.goto((site_of(theme).outdir / 'b.html').as_uri())
    box = page.locator('.blog-formula').first
    box.locator('summary').tap()
    places, links, formula = unfolded(page, box)
    tools = [tool.bounding_box() for tool in box.locator('.blog-formula-tools > *').all()]
    assert min(tool['y'] for tool in tools) >= formula['y'] + formula['height'] - 1
    assert places['y'] >= max(tool['y'] for tool in tools)
    assert places['x'] >= 0
    assert places['x'] + places['width'] <= 390
    assert links
    box.locator('.blog-elsewhere a').tap()
    page.wait_for_url('**/a.html*', timeout=5000)
    page.close()


def test_the_button_copies_what_the_author_wrote(page, address_of):
    page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    page.goto(address_of('basic'))
    page.locator('.blog-formula').first.hover()
    button = page.locator('.blog-formula').first.get_by_role('button', name='Copy LaTeX')
    button.click()
    page.get_by_role('button', name='Copied').wait_for()
    assert page.evaluate('navigator.clipboard.readText()') == LATEX
    button.wait_for()  # it says so for a moment only


def test_the_button_copies_without_the_clipboard_interface(page, address_of):
    page.context.grant_permissions(['clipboard-read', 'clipboard-write'])
    page.add_init_script('navigator.clipboard.writeText = () => Promise.reject(new Error("not allowed"))')
    page.goto(address_of('basic'))
    page.locator('.blog-formula').nth(1).hover()
    page.locator('.blog-formula').nth(1).get_by_role('button').click()
    page.get_by_role('button', name='Copied').wait_for()
    assert page.evaluate('navigator.clipboard.readText()') == 'a < b'


def test_the_keyboard_reaches_links_and_button(page, address_of):
    page.goto(address_of('basic'))
    page.locator('.blog-formula a.headerlink').first.focus()
    tools = page.locator('.blog-formula-tools').first
    assert tools.evaluate('e => getComputedStyle(e).opacity') == '1'
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.tagName') == 'SUMMARY'
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.parentElement.className') == 'blog-formula-find'
    page.keyboard.press('Tab')
    assert page.evaluate('document.activeElement.className') == 'blog-copy-latex'
    page.keyboard.press('Enter')
    page.get_by_role('button', name='Copied').wait_for()
    assert page.evaluate('document.activeElement.className') == 'blog-copy-latex'


def test_a_strict_policy_lets_everything_work(page, site_of):
    build = site_of('basic')
    policy = (
        "default-src 'none'; script-src file:; style-src file: 'unsafe-inline'; "
        'font-src file:; img-src file: data:'
    )
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    html = build.html('a').replace('<head>', f'<head>{meta}', 1)
    # the theme's own, which shows the search box
    html = re.sub(r'<script>document\.getElementById.*?</script>', '', html)
    (build.outdir / 'strict.html').write_text(html, encoding='utf-8')
    page.add_init_script(
        'window.refused = [];'
        'document.addEventListener("securitypolicyviolation", e => window.refused.push(e.blockedURI))'
    )
    page.goto((build.outdir / 'strict.html').as_uri())
    assert page.locator('.blog-copy-latex').count() == 2
    assert page.evaluate('window.refused') == []
