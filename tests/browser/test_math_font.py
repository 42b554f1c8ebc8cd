"""Formulas as readers see them: from ``file://``, with the font that we bring."""

from __future__ import annotations

import pytest

POST = r""":blogpost: true

学习(1)：:math:`\sqrt{2}`
========================

Words with :math:`\hat{x} + \left(\frac{\frac{a}{b}}{\frac{c}{d}}\right)`.

.. math:: \left(\begin{matrix}a\\b\\c\\d\\e\\f\end{matrix}\right) \sqrt{\begin{matrix}a\\b\\c\\d\end{matrix}}
   :label: tall

.. math:: \sqrt{2} \overline{x} \boxed{y} \underbrace{a+b+c+d+e+f+g}_{n} \xrightarrow{\text{a long arrow}} f'

.. math:: x = \sum_{i=1}^n a_i + \overline{a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+a+b+c+d+e+f+g}
   :label: wide

Inline :math:`a+b+c+d+e+f+g+h+i+j+k+l+m+n+o+p+q+r+s+t+u+v+w+x+y+z+a+b+c+d+e+f+g+h+i+j+k+l+m` too.
"""
FILES = {
    'a.rst': POST,
    'deep/down/b.rst': ':blogpost: true\n\n学习(2)：b\n===========\n\nSee 《学习(1)：$\\sqrt{2}$》.\n',
    'plain.rst': ':blogpost: true\n\nNo formula\n==========\n\nWords, 字.\n',
}
THEMES = ['alabaster', 'furo', 'pydata_sphinx_theme', 'sphinx_book_theme', 'sphinx_rtd_theme']
STATUS = """async () => {
  await document.fonts.ready;
  return [...document.fonts].filter((font) => font.family.includes('Blog Math')).map((font) => font.status);
}"""
SIZE = """latex => {
  const math = document.createElement('p');
  math.innerHTML = latex;
  document.body.append(math);
  const { width, height } = math.querySelector('math').getBoundingClientRect();
  math.remove();
  return [width, height];
}"""


@pytest.fixture(scope='module')
def build(make_site):
    return make_site(FILES, {'html_math_renderer': 'mathml', 'html_static_path': []}).build()


@pytest.fixture
def visit(page):
    """Open a page and list what it asks for; nothing may be missing or come from elsewhere."""
    asked: list[str] = []
    failed: list[str] = []
    page.on('request', lambda request: asked.append(request.url))
    page.on('requestfailed', lambda request: failed.append(request.url))

    def open_page(path):
        asked.clear()
        page.goto(path.as_uri())
        page.evaluate(STATUS)
        assert failed == []
        assert [url for url in asked if not url.startswith(('file:', 'data:'))] == []
        return asked

    return open_page


@pytest.mark.parametrize('name', ['a.html', 'deep/down/b.html', 'graph.html'])
def test_a_page_with_mathml_loads_the_font(build, visit, page, name):
    asked = visit(build.outdir / name)
    if name == 'graph.html':
        page.click('#bg-list > summary')  # its titles hold formulas
        page.wait_for_selector('#bg-table math')
    assert page.evaluate(STATUS) == ['loaded']
    assert [url for url in asked if 'woff' in url] == [
        (build.outdir / '_static/sphinxext_blog/blog-math.woff2').as_uri()
    ]


def test_a_page_without_mathml_does_not_ask_for_it(build, visit, page):
    asked = visit(build.outdir / 'plain.html')
    assert page.evaluate(STATUS) == ['unloaded']
    assert [url for url in asked if 'woff' in url] == []


@pytest.mark.parametrize('wrapper', ['mjx-assistive-mml', 'span class="katex-mathml"'])
def test_hidden_copies_for_screen_readers_do_not_ask_for_it(build, visit, page, wrapper):
    visit(build.outdir / 'plain.html')
    page.evaluate(f'document.body.innerHTML += `<{wrapper}><math><mi>x</mi></math></{wrapper.split()[0]}>`')
    assert page.evaluate(STATUS) == ['unloaded']


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml'])
def test_it_is_found_from_every_builder(make_site, visit, page, builder):
    build = make_site(FILES, {'html_math_renderer': 'mathml'}).build(builder)
    visit(build.outdir / ('a/index.html' if builder == 'dirhtml' else 'index.html'))
    assert page.evaluate(STATUS) == ['loaded']


def test_its_glyphs_are_those_on_the_page(build, visit, page):
    visit(build.outdir / 'a.html')
    formula = '<math><mi>𝔄</mi><mi>𝓛</mi><mi>ℝ</mi></math>'
    ours, _ = page.evaluate(SIZE, formula)
    others, _ = page.evaluate(SIZE, formula.replace('<math', '<math style="font-family: monospace"'))
    assert ours != others


def test_brackets_and_roots_are_as_tall_as_what_they_hold(build, visit, page):
    visit(build.outdir / 'a.html')
    page.set_viewport_size({'width': 1200, 'height': 900})
    tall = page.locator('#equation-tall math')
    table = tall.locator('mo + mtable').bounding_box()
    for bracket in tall.locator('mo').all():
        box = bracket.bounding_box()
        assert box['height'] >= table['height']
        assert box['y'] <= table['y']
        assert box['width'] < 12  # and as narrow as a small one
    root = tall.locator('msqrt')
    content = root.locator('mtable').bounding_box()
    assert root.bounding_box()['height'] >= content['height']


def test_a_root_takes_no_more_room_than_it_fills(build, visit, page):
    visit(build.outdir / 'a.html')
    root = page.locator('div.math msqrt:has(> mn)').bounding_box()
    content = page.locator('div.math msqrt > mn').bounding_box()
    assert root['x'] + root['width'] - content['x'] - content['width'] < 0.15 * 16


def test_braces_and_boxes_are_drawn_around_all_of_it(build, visit, page):
    visit(build.outdir / 'a.html')
    assert page.locator('menclose').evaluate('e => getComputedStyle(e).borderTopWidth') != '0px'
    brace = page.locator('munder > mo').first
    # what is outside of the outline would not be drawn
    assert brace.evaluate('e => parseFloat(getComputedStyle(e).outlineWidth)') > 300


@pytest.mark.parametrize('theme', THEMES)
def test_wide_formulas_scroll_by_themselves_on_a_phone(make_site, visit, page, theme):
    build = make_site(FILES, {'html_math_renderer': 'mathml', 'html_theme': theme}).build()
    page.set_viewport_size({'width': 390, 'height': 800})
    visit(build.outdir / 'a.html')
    assert page.evaluate('document.documentElement.scrollWidth') <= 390
    wide = page.locator('#equation-wide math')
    assert wide.evaluate('e => e.scrollWidth > e.clientWidth')
    assert wide.evaluate('e => { e.scrollLeft = 1000; return e.scrollLeft; }') > 0
    number = page.locator('#equation-wide .eqno').bounding_box()
    box = wide.bounding_box()
    assert number['x'] >= box['x'] + box['width'] - 1
    assert number['x'] + number['width'] <= 390
    long = page.locator('p math').last
    assert long.evaluate('e => e.scrollWidth > e.clientWidth')
