"""What panels show: series, related posts with reasons, citing sentences, lists."""

from __future__ import annotations

import json

import pytest


def post(title, text='Text.', fields=''):
    return f':blogpost:\n{fields}\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


@pytest.fixture
def series_site(make_site):
    return make_site(
        {
            'p1.rst': post('低秩近似之路(一)：伪逆', '文字。', ':date: 2024-09-15\n'),
            'p3.rst': post('低秩近似之路(三)：CR', '在《低秩近似之路(二)：SVD》中。', ':date: 2024-10-11\n'),
            'p6.rst': post('低秩近似之路(六)：ID', '文字。', ':date: --10-30\n'),
        }
    )


def test_a_part_of_a_series_links_to_its_neighbours_and_shows_the_gaps(series_site):
    build = series_site.build()
    panel = build.soup('p3').select_one('.blog-series')
    assert '低秩近似之路' in panel.select_one('.blog-panel-title').get_text()
    assert panel.select_one('.blog-prev a')['href'] == 'p1.html'
    assert panel.select_one('.blog-next a')['href'] == 'p6.html'
    parts = [item.get_text(' ', strip=True) for item in panel.select('.blog-series-parts li')]
    assert len(parts) == 4
    assert parts[1].endswith('(not in this blog)')
    assert panel.select_one('.blog-series-parts strong').get_text() == '低秩近似之路(三)：CR'
    assert panel.select_one('.blog-gaps').get_text().endswith('not known here: 4–5')


def test_a_series_can_be_shown_anywhere(make_site, series_site):
    series_site.write('index.rst', 'I\n=\n\n.. series:: 低秩近似之路\n')
    panel = series_site.build().soup('index').select_one('.blog-series')
    assert len(panel.select('.blog-series-parts a')) == 3


def test_dates_are_shown_as_exactly_as_they_are_known(series_site):
    build = series_site.build()
    assert build.soup('p1').select_one('.blog-meta .blog-date').get_text() == '2024-09-15'
    assert build.soup('p6').select_one('.blog-meta .blog-date').get_text() == 'Oct 30, year unknown'


def test_dates_take_the_language_of_the_site(series_site):
    build = series_site.build(confoverrides={'language': 'zh_CN', 'post_date_format': '%Y年%m月%d日'})
    assert build.soup('p1').select_one('.blog-meta .blog-date').get_text() == '2024年09月15日'
    assert build.soup('p6').select_one('.blog-meta .blog-date').get_text() == '10月30日（年份未知）'


def test_a_title_that_is_only_a_first_clause_says_so(make_site):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. postlist::\n',
            'a.rst': post('今天我们分享一下论文', '见《没有标题》。', ':title-derived: true\n'),
        }
    ).build()
    [item] = build.soup('index').select('.blog-postlist li')
    assert item.get_text() == '今天我们分享一下论文… (untitled)'


def test_a_post_in_another_language_than_the_site_says_so_to_screen_readers(make_site):
    build = make_site(
        {'a.rst': post('学习(一)', fields=':language: zh\n'), 'b.rst': post('Learning')}
    ).build()
    section = build.soup('a').select_one('section')
    assert section['lang'] == 'zh'
    assert section.select_one('.blog-series')['lang'] == 'en'
    assert build.soup('b').select_one('section').get('lang') is None


ROTARY = '旋转位置编码的长度外推性与注意力机制的分析，外推性依赖于旋转位置编码的基数。'
HEAT = '热传导方程的数值解法与稳定性分析，时间步长由稳定性条件决定。'


def test_related_posts_say_why(make_site):
    build = make_site(
        {
            'a.rst': post('旋转位置编码', ROTARY),
            'b.rst': post('长度外推', f'{ROTARY}见《旋转位置编码》。'),
            'c.rst': post('热传导', HEAT),
            'd.rst': post('扩散', f'{HEAT}另见旋转。'),
        }
    ).build()
    item = build.soup('a').select_one('.blog-related li')
    assert item.a['href'] == 'b.html'
    reasons = item.select_one('.blog-reasons').get_text()
    assert 'cites this post' in reasons
    assert 'similar: ' in reasons
    other = build.soup('b').select_one('.blog-related li .blog-reasons').get_text()
    assert 'cited by this post' in other


def test_a_shared_formula_is_shown_as_a_formula(make_site):
    gauss = r'\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}'
    bodies = {
        'a': f'流形。\n\n.. math:: {gauss}',
        'b': f'素数。\n\n.. math:: {gauss}',
        'c': HEAT,
        'd': ROTARY,
    }
    files = {f'{name}.rst': post(f'题{name}', body) for name, body in bodies.items()}
    reasons = make_site(files).build().soup('a').select_one('.blog-related li .blog-reasons')
    assert reasons.get_text().startswith('shares the formula ')
    assert reasons.select_one('math msubsup, math munderover, math mfrac')


def test_posts_that_similar_posts_cite_say_by_which(make_site):
    build = make_site(
        {
            'a.rst': post('旋转位置编码', ROTARY),
            'b.rst': post('长度外推', f'{ROTARY}见《热传导》。'),
            'c.rst': post('热传导', HEAT),
        }
    ).build()
    items = {
        item.a['href']: item.select_one('.blog-reasons').get_text()
        for item in build.soup('a').select('.blog-related li')
    }
    assert items['c.html'] == 'cited by similar posts: “长度外推”'


def test_a_directive_stands_in_for_the_automatic_panel(make_site):
    build = make_site(
        {
            'a.rst': post('旋转位置编码', f'{ROTARY}\n\n.. related-posts::\n   :count: 1\n\n后记'),
            'b.rst': post('长度外推', ROTARY),
            'c.rst': post('外推', ROTARY),
        }
    ).build()
    [panel] = build.soup('a').select('.blog-related')
    assert len(panel.select('li')) == 1
    assert panel.find_next(string='后记')


def test_a_directive_for_another_series_hides_nothing(make_site):
    build = make_site(
        {
            'a.rst': post('学习(一)', '.. series:: 代数'),
            'b.rst': post('学习(二)'),
            'c.rst': post('代数(一)'),
            'd.rst': post('代数(二)'),
        }
    ).build()
    assert len(build.soup('a').select('.blog-series')) == 2


@pytest.mark.parametrize(
    ('directive', 'message'),
    [
        ('.. series:: Nonesuch', "there is no series 'Nonesuch' to show [blog.series]"),
        ('.. backlinks:: nope', "there is no post 'nope' to show [blog.missing]"),
        ('.. related-posts:: nope', "there is no post 'nope' to show [blog.missing]"),
    ],
)
def test_a_directive_that_names_nothing_is_warned_of(make_site, directive, message):
    build = make_site({'index.rst': f'I\n=\n\n{directive}\n', 'a.rst': post('A')}).build()
    assert f'index.rst:4: WARNING: {message}' in build.warnings


def test_automatic_panels_can_be_chosen(make_site):
    files = {
        'a.rst': post('旋转位置编码', ROTARY),
        'b.rst': post('长度外推', f'{ROTARY}见《旋转位置编码》。'),
    }
    build = make_site(files, {'blog_auto_panels': ['backlinks']}).build()
    assert [panel['class'] for panel in build.soup('a').select('.blog-panel')] == [
        ['blog-panel', 'blog-backlinks', 'no-search']
    ]


def test_a_post_links_to_its_place_in_the_graph(make_site):
    site = make_site({'sub/a.rst': post('A')}, {'blog_path': 'blog'})
    build = site.build()
    assert build.soup('sub/a').select_one('.blog-meta a')['href'] == '../blog/graph.html#n=sub%2Fa'
    without = site.build(fresh=True, confoverrides={'blog_graph_page': False})
    assert without.soup('sub/a').select_one('.blog-meta') is None


def test_a_panel_with_nothing_to_show_is_not_there(make_site):
    files = {'a.rst': post('A'), 'b.rst': post('B', 'Other.')}
    build = make_site(files, {'blog_graph_page': False}).build()
    assert build.soup('a').select('.blog-panel') == []


def test_math_in_a_citing_sentence_is_rendered_without_a_script(make_site):
    build = make_site(
        {'a.rst': post('概率空间的最小化'), 'b.rst': post('乙', '由 :math:`x^2` 见《概率空间的最小化》。')}
    ).build()
    assert build.soup('a').select_one('.blog-quote math') is not None
    assert 'mathjax' not in build.html('a').casefold()


@pytest.mark.parametrize(
    ('options', 'titles'),
    [
        ('', ['C', 'B', 'A']),
        (' 2', ['C', 'B']),
        ('\n   :sort:', ['A', 'B', 'C']),
        ('\n   :tags: x', ['B', 'A']),
        ('\n   :author: Emmy', ['C']),
        ('\n   :category: k', ['A']),
    ],
)
def test_a_list_of_posts(make_site, options, titles):
    build = make_site(
        {
            'index.rst': f'I\n=\n\n.. postlist::{options}\n',
            'a.rst': post('A', fields=':date: 2020-01-01\n:tags: x, y\n:category: k\n'),
            'b.rst': post('B', fields=':date: 2020-02-01\n:tags: x\n'),
            'c.rst': post('C', fields=':date: 2020-02-02\n:author: Emmy\n'),
        }
    ).build()
    assert [a.get_text() for a in build.soup('index').select('.blog-postlist a')] == titles


def test_missing_posts_are_listed_with_who_cites_them(make_site):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. missing-posts::\n   :works:\n   :gaps:\n',
            'a.rst': post('学习之路(四)', '见《我们真的需要它吗》与论文《Attention is All You Need》。'),
            'b.rst': post('乙', '见《我们真的需要它吗》。'),
        }
    ).build()
    items = [li.get_text(' ', strip=True) for li in build.soup('index').select('.blog-missing-posts li')]
    assert len(items) == 3
    assert items[0].startswith('我们真的需要它吗 — cited by')
    assert items[1].startswith('Attention is All You Need')
    assert items[2] == '学习之路 — not known here: 1–3'


HOSTILE = [
    '</script><script>alert(1)</script>',
    '"quoted" & \'quoted\'',
    '<img src=x onerror=alert(1)>',
    'a $x<y$ b',
    'back\\\\slash',
    '😀 emoji \u202egnp.exe',
    '{{ template }} {% raw %}',
    'x' * 10_000,
]


@pytest.mark.parametrize('title', HOSTILE, ids=range(len(HOSTILE)))
def test_a_hostile_title_is_text_everywhere(make_site, title):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. postlist::\n\n.. missing-posts::\n',
            'a.rst': post(title, f'{ROTARY}见《缺失的文章》。'),
            'b.rst': post('乙', f'{ROTARY}见 :doc:`a`。'),
        },
        {'smartquotes': False},
    ).build()
    for page in ('index', 'a', 'b', 'graph'):
        soup = build.soup(page)
        scripts = [s for s in soup.find_all('script') if s.get('type') != 'application/ld+json']
        assert [s for s in scripts if 'alert(1)' in s.get_text()] == []
        assert soup.find('img', onerror=True) is None
    shown = title.replace('\\\\', '\\')
    assert shown.split('<')[0].strip() in build.soup('b').get_text()


PLAIN = '这里从随机游走到热方程只差一步。'


def test_a_title_in_plain_text_is_offered_apart_from_citations(make_site):
    build = make_site(
        {
            'a.rst': post('从随机游走到热方程'),
            'b.rst': post('乙文', f'前言。\n\n一节\n----\n\n先说。{PLAIN}后说。'),
            'c.rst': post('丙文', '见《从随机游走到热方程》。'),
            'd.rst': post('丁文', f'见《从随机游走到热方程》。{PLAIN}'),
        },
        {'blog_related_count': 0},
    ).build()
    panel = build.soup('a').select_one('.blog-backlinks')
    assert [a.get_text() for a in panel.select('.blog-citing > li > p > a')] == ['丁文', '丙文']
    [item] = panel.select('.blog-unlinked > li')
    assert item.p.a.get_text() == '乙文'
    assert item.blockquote.get_text().strip() == PLAIN
    assert item.blockquote.a.get_text() == '从随机游走到热方程'
    # No place of its own, but its section.
    name, anchor = item.blockquote.a['href'].split('#')
    assert build.soup(name.removesuffix('.html')).find(id=anchor).h2
    assert 'Mentioned without a link' in panel.get_text()
    # What is only offered is no link in the text itself, and no citation of the graph.
    assert not build.soup('b').select('section section a[href^="a.html"]')
    edges = json.loads(build.text('graph.json'))['edges']
    kinds = {(edge['source'], edge['key']): edge for edge in edges if edge['target'] == 'a'}
    assert set(kinds) == {('b', 'mention'), ('c', 'cites'), ('d', 'cites')}
    assert kinds['b', 'mention']['weight'] <= 0.25
    assert kinds['b', 'mention']['evidence'][0]['how'] == 'mention'


def test_a_panel_of_mentions_alone_is_called_so(make_site):
    files = {'a.rst': post('从随机游走到热方程'), 'b.rst': post('乙文', PLAIN)}
    site = make_site(files, {'blog_related_count': 0})
    panel = site.build().soup('a').select_one('.blog-backlinks')
    assert panel.select_one('.blog-panel-title').get_text() == 'Mentioned without a link'
    assert 'Cited by' not in panel.get_text()
    off = site.build(confoverrides={'blog_unlinked_mentions': False})
    assert off.soup('a').select('.blog-backlinks') == []
    assert '"mention"' not in off.text('graph.json')


def test_posts_lead_to_those_before_and_after(make_site):
    files = {f'p{n}.rst': post(f'P{n}', fields=f':date: 2020-01-0{n}\n') for n in (1, 2, 3)}
    site = make_site({**files, 'undated.rst': post('U')})
    build = site.build()
    panel = build.soup('p2').select_one('.blog-neighbours')
    assert panel.select_one('.blog-older a')['href'] == 'p1.html'
    assert panel.select_one('.blog-newer a')['href'] == 'p3.html'
    assert build.soup('p3').select('.blog-newer') == build.soup('undated').select('.blog-neighbours') == []
    site.remove('p3.rst')
    assert site.build().soup('p2').select('.blog-newer') == []
    without = site.build(fresh=True, confoverrides={'post_show_prev_next': False})
    assert without.soup('p2').select('.blog-neighbours') == []


def test_a_long_post_says_how_long_it_is_and_when_it_was_updated(make_site):
    text = 'word ' * 700 + '\n\n.. update:: 2021-02-03\n\n   Mended.\n'
    build = make_site({'a.rst': post('A', text, ':date: 2020-01-01\n'), 'b.rst': post('B')}).build()
    meta = build.soup('a').select_one('.blog-meta')
    assert meta.select_one('.blog-minutes').get_text() == '3 min read'
    assert meta.select_one('.blog-updated').get_text() == 'updated 2021-02-03'
    assert 'Updated on 2021-02-03' in build.soup('a').select_one('.blog-update').get_text()
    assert build.soup('b').select('.blog-minutes') == []


def test_a_list_in_ablogs_format(make_site):
    index = (
        'I\n=\n\n.. postlist:: 5\n   :format: {date}: {title} by {author} ({tags})\n   :date: %Y\n'
        '   :excerpts:\n   :expand: Read on\n   :list-style: none\n'
    )
    build = make_site(
        {'index.rst': index, 'a.rst': post('A', fields=':date: 2020-01-01\n:author: Emmy\n:tags: x, y\n')}
    ).build()
    assert build.warnings == ''
    [item] = build.soup('index').select('.blog-postlist.blog-list-none li')
    assert item.p.get_text() == '2020: A by Emmy (x, y)'
    assert [a['href'] for a in item.p.select('a')] == [
        'a.html',
        'blog/author/emmy.html',
        'blog/tag/x.html',
        'blog/tag/y.html',
    ]
    assert item.select_one('.blog-expand a').get_text() == 'Read on'


def test_a_list_of_cards_shows_pictures(make_site):
    build = make_site(
        {
            'index.rst': 'I\n=\n\n.. postlist::\n   :cards:\n',
            'p/a.rst': post('A', '.. image:: one.png\n\nWords.', ':image: 1\n'),
            'p/one.png': b'\x89PNG\r\n\x1a\n',
        }
    ).build()
    card = build.soup('index').select_one('.blog-cards li')
    assert card.img['src'] == '_images/one.png'
    assert card.select_one('.blog-excerpt').get_text() == 'Words.'
    assert (build.outdir / '_images' / 'one.png').is_file()
