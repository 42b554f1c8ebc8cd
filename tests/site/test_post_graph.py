"""The local graph of a post in its page, in the sidebar, and in formats without drawings."""

from __future__ import annotations

import pytest


def post(title, text='Text.', fields=':date: 2020-01-01\n'):
    return f':blogpost:\n{fields}\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


FILES = {
    'index.rst': 'I\n=\n\n.. toctree::\n   :glob:\n\n   p*\n   sub/*\n',
    'p1.rst': post('学习之路(一)', 'Unlike anything else.', ':date: 2020-01-01\n'),
    'p2.rst': post(
        '学习之路(二)', '见《概率空间的最小化》，《没有的文章》，论文《Attention is All You Need》。'
    ),
    'sub/q.rst': post('概率空间的最小化', '热传导方程的数值解法。', ':date: 2019-01-01\n'),
    'p9.rst': post('别的', '见《概率空间的最小化》。', ':date: 2021-01-01\n'),
}
CONF = {'blog_auto_panels': ['graph'], 'blog_related_count': 0}


def labels(panel):
    return [title.get_text() for title in panel.select('svg.blog-graph-drawing title')]


def test_a_post_shows_what_is_around_it(make_site):
    build = make_site(FILES, CONF).build()
    assert build.warnings == ''
    panel = build.soup('p2').select_one('aside.blog-local-graph')
    assert panel['aria-label'] == 'Local graph'
    assert labels(panel) == [
        '学习之路(二)',
        '学习之路(一) — previous part',
        '没有的文章 — cited by this post; not in this blog',
        'Attention is All You Need — cited by this post; cited work',
        '概率空间的最小化 — cited by this post',
    ]
    assert [a['href'] for a in panel.select('svg a')] == ['p1.html', 'sub/q.html']
    assert panel.select_one('svg[role=group]')['aria-label'] == 'Local graph of “学习之路(二)”'
    assert [span.get_text(strip=True) for span in panel.select('.blog-graph-legend > span')] == [
        'This post',
        'Series',
        'Citations',
        'Cited, but not in this blog',
        'Cited work',
    ]
    assert panel.find('script') is None


def test_a_link_opens_the_graph_page_at_the_post(make_site):
    panel = (
        make_site(FILES, {**CONF, 'blog_path': 'blog'}).build().soup('sub/q').select_one('.blog-local-graph')
    )
    assert panel.select_one('.blog-graph-key a')['href'] == '../blog/graph.html#n=sub%2Fq'
    without = make_site(FILES, {**CONF, 'blog_graph_page': False}).build().soup('sub/q')
    assert without.select_one('.blog-graph-key a') is None
    assert without.select('.blog-local-graph svg a')


def test_by_default_no_post_has_the_panel(make_site):
    build = make_site(FILES).build()
    assert build.soup('p2').select_one('.blog-local-graph') is None
    assert build.soup('p2').select('.blog-panel')


def test_a_directive_says_how_far_and_how_much(make_site):
    site = make_site(
        {**FILES, 'index.rst': f'{FILES["index.rst"]}\n.. post-graph:: p1\n   :depth: 3\n'}, CONF
    )
    panel = site.build().soup('index').select_one('.blog-local-graph')
    assert panel.select_one('p > a')['href'] == 'p1.html'
    assert labels(panel)[-2:] == [
        '概率空间的最小化 — by way of “学习之路(二)”',
        '别的 — by way of “概率空间的最小化”',
    ]
    assert panel.select_one('svg a')['href'] == 'p1.html'
    directive = (
        '.. post-graph:: p1\n   :depth: 3\n   :kinds: cites, series\n   :max-nodes: 3\n   :height: 200\n'
    )
    site.write('index.rst', f'{FILES["index.rst"]}\n{directive}')
    panel = site.build().soup('index').select_one('.blog-local-graph')
    assert len(labels(panel)) == 3
    assert panel.select_one('.blog-note').get_text() == '3 more not shown'
    assert int(panel.svg['height']) <= 200


def test_a_low_drawing_shows_less(make_site):
    directive = '.. post-graph::\n   :height: 60\n'
    build = make_site({**FILES, 'p2.rst': f'{FILES["p2.rst"]}\n{directive}'}, CONF).build()
    [panel] = build.soup('p2').select('.blog-local-graph')
    assert len(labels(panel)) == 3
    assert int(panel.svg['height']) <= 60
    assert panel.select_one('.blog-note').get_text() == '2 more not shown'


@pytest.mark.parametrize(
    ('option', 'message'),
    [
        (':depth: 4', 'not between 1 and 3: 4'),
        (':max-nodes: 26', 'not between 2 and 25: 26'),
        (':height: 3', 'not between 40 and 4000: 3'),
        (':kinds: cites, tags', "'tags' is none of series, cites, equation, formula, related"),
        (':kinds:', 'is none of series, cites'),
    ],
)
def test_a_wrong_option_is_an_error_that_says_what_is_right(make_site, option, message):
    build = make_site(
        {'index.rst': f'I\n=\n\n.. post-graph:: p1\n   {option}\n', 'p1.rst': post('A')}
    ).build()
    assert message in build.warnings
    assert 'index.rst:4: ERROR' in build.warnings


def test_a_directive_that_names_no_post_is_warned_of(make_site):
    build = make_site({'index.rst': 'I\n=\n\n.. post-graph:: nope\n', 'p1.rst': post('A')}).build()
    assert "index.rst:4: WARNING: there is no post 'nope' to show [blog.missing]" in build.warnings


def test_a_post_with_nothing_around_it_has_no_panel(make_site):
    build = make_site({'a.rst': post('A')}, CONF).build()
    assert build.soup('a').select_one('.blog-local-graph') is None


@pytest.mark.parametrize(
    ('builder', 'suffix'), [('text', '.txt'), ('man', '.1'), ('latex', '.tex'), ('texinfo', '.texi')]
)
def test_formats_without_drawings_have_a_list(make_site, builder, suffix):
    build = make_site(FILES, CONF).build(builder)
    written = '\n'.join(path.read_text(encoding='utf-8') for path in sorted(build.outdir.rglob(f'*{suffix}')))
    words = ' '.join(written.split())
    assert 'Local graph' in words
    assert 'previous part' in words
    assert '没有的文章' in words
    assert '<svg' not in written
    assert 'viewBox' not in written


def test_a_book_has_a_list_since_svg_would_have_to_be_declared(make_site):
    page = make_site(FILES, CONF).build('epub').soup('p2')
    panel = page.select_one('.blog-local-graph')
    assert panel.svg is None
    assert next(li.get_text() for li in panel.select('li')) == '学习之路(一) — previous part'


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml'])
def test_links_fit_the_builder(make_site, builder):
    build = make_site(FILES, CONF).build(builder)
    page = build.soup('p2' if builder == 'dirhtml' else 'index')
    hrefs = {a['href'] for a in page.select('.blog-graph-drawing a')}
    assert hrefs >= ({'../p1/', '../sub/q/'} if builder == 'dirhtml' else {'#document-p1', '#document-sub/q'})


def test_equations_and_formulas_are_told(make_site):
    formula = r'\sum_{i=1}^{n} \sigma_i^2 \left(u_i v_i^{\top}\right) = \int_0^1 f(x) \exp(-x^2) \mathrm{d}x'
    files = {
        'a.rst': post('A', f'.. math:: {formula}\n   :label: e\n'),
        'b.rst': post('B', f'By :eq:`a:e`,\n\n.. math:: {formula}\n'),
        'c.rst': post('C', 'Nothing of the kind.'),
        'd.rst': post('D', 'Other things.'),
    }
    build = make_site(files, CONF).build()
    assert labels(build.soup('a')) == [
        'A',
        'B — cites this post; uses equations of this post; shares formulas',
    ]
    assert labels(build.soup('b')) == [
        'B',
        'A — cited by this post; its equations are used by this post; shares formulas',
    ]


HOSTILE = [
    '</script><script>alert(1)</script>',
    '</title><img src=x onerror=alert(1)>',
    '"quoted" & \'quoted\'',
    'a $x<y$ b %s %(name)s',
    '😀 emoji \u202egnp.exe',
    '{{ template }} {% raw %}',
    'x' * 10_000,
]


@pytest.mark.parametrize('title', HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_text(make_site, title):
    conf = {
        **CONF,
        'smartquotes': False,
        'html_sidebars': {'**': ['sphinxext_blog/post-graph.html']},
    }
    files = {
        'a.rst': post(title),
        'b.rst': post('B', 'See :doc:`a`.\n\n.. post-graph::\n   :depth: 2\n'),
        'c.rst': post('C', 'See :doc:`a`.'),
    }
    build = make_site(files, conf).build()
    for docname in 'ab':
        soup = build.soup(docname)
        assert [s for s in soup.find_all('script') if 'alert(1)' in s.get_text()] == []
        assert soup.find('img', onerror=True) is None
        assert len(soup.select('svg.blog-graph-drawing')) == 2
    shown = labels(build.soup('b'))[1]
    assert shown.startswith(title.split('$')[0].replace('\u202e', '')[:200])
    assert len(shown) <= 300
    assert sum(len(str(svg)) for svg in build.soup('b').select('svg')) < 12_000


# the sidebar -------------------------------------------------------------------------

SIDEBAR = {'html_sidebars': {'**': ['searchbox.html', 'sphinxext_blog/post-graph.html']}}


def test_a_sidebar_shows_the_graph_of_posts_only(make_site):
    build = make_site(
        FILES, {**SIDEBAR, 'blog_auto_panels': [], 'blog_related_count': 0, 'post_show_prev_next': False}
    ).build(parallel=2)
    aside = build.soup('p2').select_one('.sphinxsidebar .blog-local-graph-aside')
    assert labels(aside)[1] == '学习之路(一) — previous part'
    assert aside.select_one('.blog-graph-key a')['href'] == 'graph.html#n=p2'
    for other in ('index', 'genindex', 'formulas'):
        assert build.soup(other).select_one('.blog-local-graph') is None


@pytest.mark.parametrize(
    'conf',
    [
        {
            'html_theme': 'furo',
            'html_sidebars': {'**': ['sidebar/brand.html', 'sphinxext_blog/post-graph.html']},
        },
        {
            'html_theme': 'pydata_sphinx_theme',
            'html_theme_options': {'secondary_sidebar_items': ['page-toc', 'sphinxext_blog/post-graph']},
        },
        {'html_theme': 'sphinx_book_theme', 'html_sidebars': {'p*': ['sphinxext_blog/post-graph.html']}},
    ],
    ids=lambda conf: conf['html_theme'],
)
def test_themes_take_it_and_a_page_with_a_changed_graph_is_written_again(make_site, conf):
    site = make_site(
        FILES, {**conf, 'blog_auto_panels': [], 'blog_related_count': 0, 'post_show_prev_next': False}
    )
    first = site.build()
    assert first.soup('p2').select_one('.blog-local-graph-aside svg a') is not None
    site.write('p8.rst', post('后来的', '见《学习之路(二)》。'))
    second = site.build()
    assert '后来的 — cites this post' in labels(second.soup('p2'))
    assert 'p9.html' not in second.written(first)


def test_where_no_sidebar_has_it_no_page_is_written_for_it(make_site):
    site = make_site(FILES, {'blog_auto_panels': [], 'blog_related_count': 0, 'post_show_prev_next': False})
    first = site.build()
    site.write('p8.rst', post('后来的', '见《学习之路(二)》。'))
    assert 'p2.html' not in site.build().written(first)


def test_a_chinese_site_speaks_chinese(make_site):
    panel = make_site(FILES, {**CONF, 'language': 'zh_CN'}).build().soup('p2').select_one('.blog-local-graph')
    assert panel['aria-label'] == '局部图谱'
    assert labels(panel)[1] == '学习之路(一) — 上一篇'
