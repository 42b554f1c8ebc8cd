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
THEMES = ['basic', 'alabaster', 'furo', 'sphinx_rtd_theme', 'pydata_sphinx_theme', 'sphinx_book_theme']


@pytest.fixture(scope='module')
def site_of(make_site):
    @cache
    def site(theme):
        return make_site({'a.rst': POST}, {'html_theme': theme, 'html_math_renderer': 'mathml'}).build()

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
    shown, formula = tools.bounding_box(), box.locator('div.math').bounding_box()
    assert shown['y'] + shown['height'] <= formula['y'] + 1
    assert shown['x'] + shown['width'] <= 1200


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
