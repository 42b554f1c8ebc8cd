"""The ordinary search finds Chinese words in Chinese and in English sites, and mixed ones."""

from __future__ import annotations

import functools
import http.server
import json
import re
import threading

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sphinx import search
from sphinx.search.en import SearchEnglish

from sphinxext_blog.site.cjk_search import pairs, with_pairs

POSTS = {
    'index.rst': 'I\n=\n',
    'p/diffusion.rst': ':date: 2024-01-02\n\n生成扩散模型漫谈\n================\n\n我们从扩散模型谈起。\n',
    'p/descent.rst': ':date: 2024-01-03\n\n优化\n====\n\n用梯度下降来最小化熵。\n',
    'p/road.rst': ':date: 2024-01-04\n\nTransformer升级之路:7\n======================\n\nRoPE与长度外推。\n',
    'p/english.rst': ':date: 2024-01-05\n\nAttention\n=========\n\nSoftmax normalises a transformer.\n',
}
QUERIES = [
    ('扩散模型', {'diffusion'}),
    ('梯度下降', {'descent'}),
    ('下降', {'descent'}),
    ('熵', {'descent'}),
    ('度', {'descent', 'road'}),
    ('扩散 漫谈', {'diffusion'}),
    ('Transformer升级', {'road'}),
    ('Transformer', {'road', 'english'}),
    ('长度外推', {'road'}),
    ('之路7', {'road'}),
    ('normalised', {'english'}),
    ('变分自编码器', set()),
]


class Quiet(http.server.SimpleHTTPRequestHandler):
    """Says nothing on the terminal."""

    def log_message(self, *args):
        pass


@pytest.fixture(scope='module', params=['zh_CN', 'en'])
def address(request, make_site):
    """Where the built site can be asked: summaries of results are fetched, which a file can't be."""
    build = make_site(POSTS, conf={'language': request.param}).build()
    assert build.warnings == ''
    handler = functools.partial(Quiet, directory=str(build.outdir))
    with http.server.ThreadingHTTPServer(('127.0.0.1', 0), handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f'http://127.0.0.1:{server.server_port}'
        server.shutdown()


@pytest.mark.parametrize(('query', 'found'), QUERIES)
def test_words_are_found(page, address, query, found):
    page.goto(f'{address}/search.html?q={query}')
    page.wait_for_function('document.querySelector(".search-summary")?.innerText.length > 0')
    page.wait_for_timeout(50)
    links = page.eval_on_selector_all('ul.search li a', 'links => links.map(link => link.pathname)')
    names = [re.sub(r'^/p/|\.html$', '', link) for link in links]
    assert set(names) == found
    assert 'road' not in found or names[0] == 'road'


def test_results_quote_pages_without_panels_and_mark_the_words(page, address):
    page.goto(f'{address}/search.html?q=扩散模型')
    page.wait_for_selector('ul.search li p.context .highlighted')
    quoted = page.inner_text('ul.search li p.context')
    assert '我们从扩散模型谈起' in quoted
    assert '2024' not in quoted
    marked = page.eval_on_selector_all('p.context .highlighted', 'found => found.map((it) => it.innerText)')
    assert set(marked) == {'扩散模型'}
    page.click('ul.search li a')
    page.wait_for_selector('section > p .highlighted')
    assert page.inner_text('section > p .highlighted') == '扩散模型'


def test_a_splitter_of_the_author_stays(make_site):
    conf = """
from sphinx.search import SearchLanguage

class Own(SearchLanguage):
    lang = 'zh'
    language_name = 'Own'

def setup(app):
    app.add_search_language(Own)

extensions = ['sphinxext_blog']
language = 'zh_CN'
"""
    before = search.languages['zh']
    try:
        make_site(POSTS, conf=conf).build()
        assert search.languages['zh'].language_name == 'Own'
    finally:
        search.languages['zh'] = before


def test_it_can_be_switched_off(make_site):
    index = make_site(POSTS, conf={'blog_cjk_search': False}).build().text('searchindex.js')
    assert '"\\u68af\\u5ea6"' not in index
    index = make_site(POSTS).build().text('searchindex.js')
    assert '"\\u68af\\u5ea6"' in index


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('扩散模型', ['扩散', '散模', '模型']),
        ('熵', ['熵']),
        ('用VAE做', ['用', '做']),
        ('カメラ', ['カメ', 'メラ']),
        ('no such', []),
        ('𠀀𠀁𠀂', ['𠀀𠀁', '𠀁𠀂']),
    ],
)
def test_runs_are_cut_into_pairs(text, found):
    assert pairs(text) == found


@settings(max_examples=20)  # each opens a page and asks it for thirty texts
@given(st.lists(st.text(max_size=30), min_size=1, max_size=30))
def test_the_browser_cuts_as_python_does(browser, texts):
    language = with_pairs(SearchEnglish, 'en')
    context = browser.new_context()
    try:
        tab = context.new_page()
        tab.evaluate(f'() => {{ {language.js_splitter_code}; window.splitQuery = splitQuery; }}')
        # What a page and a query are made of: no half of a pair, and each lower-cased in its own way.
        asked = [re.sub('[\ud800-\udfff]', '', text) for text in texts]
        answers = tab.evaluate('texts => texts.map((text) => splitQuery(text))', asked)
    finally:
        context.close()
    for text, answer in zip(asked, answers, strict=True):
        assert [word for word in answer if pairs(word)] == pairs(text)


@pytest.mark.parametrize('parallel', [1, 2])
def test_words_of_panels_are_no_words_of_their_posts(make_site, parallel):
    """Titles of related posts and of posts with the same formula are found in these posts only."""
    formula = '.. math:: \\frac{a+b}{c} = \\sqrt{d^2 + e^2}\n'
    files = {
        'a.rst': f':date: 2024-01-02\n\n扩散\n====\n\n最小化问题。\n\n{formula}',
        'b.rst': f':date: 2024-01-03\n\n降维\n====\n\n最小化问题。\n\n{formula}',
    }
    panels = ['meta', 'series', 'related', 'backlinks', 'graph']
    build = make_site({**files, 'index.rst': 'I\n=\n'}, {'blog_auto_panels': panels}).build(parallel=parallel)
    page = build.soup('b')
    assert page.select_one('.blog-formula-tools .blog-elsewhere').get_text(strip=True).startswith('扩散')
    assert '扩散' in page.select_one('.blog-related').get_text()
    script = build.text('searchindex.js')
    index = json.loads(script[script.index('{') : script.rindex('}') + 1])
    assert '扩散' not in index['terms']
    assert index['titleterms']['扩散'] == index['docnames'].index('a')
