"""The local graph as readers see and use it: without scripts, in light and dark, on a telephone."""

from __future__ import annotations

from itertools import combinations

import pytest
from contrast import CONTRAST

FORMULA = r'\sum_{i=1}^{n} \sigma_i^2 \left(u_i v_i^{\top}\right) = \int_0^1 f(x) \exp(-x^2) \mathrm{d}x'
TITLES = {
    'p1': '学习之路(1)：概率空间的最小化',
    'p2': '学习之路(2)：从一个单位向量变换到另一个单位向量的正交矩阵与其它许多不太相干的内容',
    'p3': '学习之路(3)：尾声',
    'wide': 'WWWW MMMM WWWW MMMM @@@@ WWWW MMMM WWWW MMMM WWWW MMMM WWWW MMMM',
    'latin': 'The variational principles of mechanics, and what follows from them for a moving body',
    'arabic': 'مقدمة في الجبر الخطي وتطبيقاته',
    'emoji': '😀 Emoji 👨‍👩‍👧 and 한국어 제목 and кириллица в заголовке',
    'far': 'A post two steps away',
}
BLOCKS = """selector => [...document.querySelectorAll(selector)].map((element) => {
  const { left, top, right, bottom } = element.getBoundingClientRect();
  return { left, top, right, bottom };
})"""


def post(title, text):
    return f':blogpost:\n:date: 2020-01-01\n\n{title}\n{"=" * 4 * len(title)}\n\n{text}\n'


@pytest.fixture(scope='module', params=['alabaster', 'furo', 'pydata_sphinx_theme'])
def built(make_site, request):
    texts = dict.fromkeys(TITLES, '概率空间的最小化问题。见 :doc:`p2`。')
    cited = '见《没有的文章》，论文《Attention is All You Need》。'
    texts['p2'] = f'概率空间的最小化问题。{cited}\n\n.. math:: {FORMULA}\n'
    texts['p1'] = f'由 :eq:`p3:e` 可知。\n\n.. math:: {FORMULA}\n'
    texts['p3'] = '.. math:: a = b + c\n   :label: e\n\n见《学习之路(2)》。'
    texts['far'] = '见 :doc:`latin`。'
    files = {f'{name}.rst': post(title, texts[name]) for name, title in TITLES.items()}
    files['index.rst'] = 'I\n=\n\n.. post-graph:: p2\n   :depth: 2\n   :max-nodes: 25\n'
    conf = {'blog_auto_panels': ['graph'], 'html_sidebars': {'**': ['sphinxext_blog/post-graph.html']}}
    # Sphinx's test application replaces alabaster unless it is asked for here.
    return make_site(files, conf).build(confoverrides={'html_theme': request.param})


def address(build, name):
    return (build.outdir / f'{name}.html').as_uri()


@pytest.fixture
def plain_page(browser):
    """A tab in which no script runs."""
    context = browser.new_context(java_script_enabled=False)
    yield context.new_page()
    context.close()


def test_without_a_script_a_click_opens_the_post(built, plain_page):
    plain_page.goto(address(built, 'p2'))
    main = plain_page.locator('.blog-local-graph:not(.blog-local-graph-aside) .blog-graph-drawing')
    main.locator('a', has_text='学习之路(1)').locator('text').click()
    assert plain_page.url.endswith('/p1.html')
    plain_page.locator('.blog-graph-key a').first.click()
    assert plain_page.url.endswith('/graph.html#n=p1')


def test_the_keyboard_goes_from_row_to_row_and_is_seen(built, page):
    page.goto(address(built, 'p2'))
    links = page.locator('.blog-local-graph:not(.blog-local-graph-aside) .blog-graph-drawing a')
    links.first.focus()
    tops = []
    for _ in range(links.count()):
        tops.append(page.evaluate('document.activeElement.getBoundingClientRect().top'))
        page.keyboard.press('Tab')
    assert tops == sorted(set(tops))
    assert len(tops) >= 6
    links.first.focus()
    page.keyboard.press('Tab')
    style = 'getComputedStyle(document.activeElement)'
    assert page.evaluate(f'{style}.outlineStyle') == 'solid'
    assert page.evaluate(f'parseFloat({style}.outlineWidth)') >= 2
    page.keyboard.press('Enter')
    page.wait_for_url(lambda url: not url.endswith('/p2.html'))


def test_readers_who_do_not_see_it_hear_titles_and_relations(built, page):
    page.goto(address(built, 'p2'))
    group = page.get_by_role('group', name=f'Local graph of “{TITLES["p2"]}”').first
    assert group.get_by_role('link', name=f'{TITLES["latin"]} — cites this post').count() == 1
    assert group.get_by_role('link', name=f'{TITLES["p1"]} — previous part; shares formulas').count() == 1


@pytest.mark.parametrize('width', [1280, 390])
@pytest.mark.parametrize('name', ['p2', 'index'])
def test_in_real_fonts_no_label_leaves_the_drawing_or_overlaps(built, page, width, name):
    page.set_viewport_size({'width': width, 'height': 900})
    page.goto(address(built, name))
    for number in range(page.locator('.blog-graph-drawing').count()):
        if not page.locator('.blog-graph-drawing').nth(number).is_visible():
            continue
        page.evaluate(
            "n => document.querySelectorAll('.blog-graph-drawing').forEach((svg, i) =>"
            " svg.classList.toggle('tested', i === n))",
            number,
        )
        [drawing] = page.evaluate(BLOCKS, '.tested')
        labels = page.evaluate(BLOCKS, '.tested text')
        nodes = page.evaluate(BLOCKS, '.tested :is(circle, rect)')
        assert len(labels) >= 6
        assert drawing['right'] <= width
        for box in labels:
            assert box['right'] <= drawing['right'] + 0.5
            assert all(not overlap(box, node) for node in nodes)
        assert not any(overlap(one, two) for one, two in combinations(labels, 2))


def overlap(one, two, slack=2.5):
    # The box of a line is as high as the font's tallest letter, more than any that stands there.
    return (
        min(one['right'], two['right']) - max(one['left'], two['left']) > 0
        and min(one['bottom'], two['bottom']) - max(one['top'], two['top']) > slack
    )


@pytest.mark.parametrize('scheme', ['light', 'dark'])
def test_text_and_lines_are_seen_in_light_and_dark(built, page, scheme):
    page.emulate_media(color_scheme=scheme)
    page.goto(address(built, 'p2'))
    for selector, colour, least in (
        ('.blog-graph-drawing text', 'fill', 4.5),
        ('.blog-graph-legend', 'color', 4.5),
        ('.blog-graph-drawing path', 'stroke', 3),
        ('.blog-graph-drawing :is(circle, rect)', 'stroke', 3),
        ('.blog-graph-drawing circle:not(.blog-node-missing)', 'fill', 3),
    ):
        ratios = page.evaluate(CONTRAST, [selector, colour])
        assert ratios
        assert min(ratios) >= least, selector


def test_kinds_of_edges_differ_without_colour(built, page):
    page.goto(address(built, 'p2'))
    looks = page.evaluate(
        """() => [...document.querySelectorAll('.blog-graph-legend path')].map((path) => {
          const style = getComputedStyle(path);
          return [path.className.baseVal, style.strokeDasharray, style.strokeWidth,
                  path.getAttribute('d').includes('L')].join(' ');
        })"""
    )
    kinds = {look.split()[0] for look in looks}
    assert kinds >= {'blog-edge-series', 'blog-edge-cites', 'blog-edge-formula'}
    assert len({look.partition(' ')[2] for look in looks}) == len(kinds)


def test_it_is_printed(built, page):
    page.emulate_media(media='print')
    page.goto(address(built, 'p2'))
    drawing = page.locator('.blog-local-graph:not(.blog-local-graph-aside) .blog-graph-drawing')
    assert drawing.is_visible()
    assert min(page.evaluate(CONTRAST, ['.blog-graph-drawing text', 'fill'])) >= 4.5
