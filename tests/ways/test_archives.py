"""Exports, feeds and saved pages, from the archive to pages and a graph."""

from __future__ import annotations

import json
import time

import pytest

from sphinxext_blog.__main__ import main
from sphinxext_blog.importers import import_sources

PNG = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360606060000000050001a5f645400000000049454e44ae426082'
)
WXR = """<?xml version="1.0" encoding="UTF-8" ?>
<rss version="2.0" xmlns:excerpt="http://wordpress.org/export/1.2/excerpt/" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:wp="http://wordpress.org/export/1.2/">
<channel><title>A blog</title><wp:wxr_version>1.2</wp:wxr_version>
<wp:author><wp:author_login>emmy</wp:author_login><wp:author_display_name><![CDATA[Emmy Noether]]></wp:author_display_name></wp:author>
<item><title>The prime number theorem, $latex \\pi(x)$</title><link>https://blog.example.org/2014/12/08/pnt/</link>
<dc:creator><![CDATA[emmy]]></dc:creator><guid isPermaLink="false">https://blog.example.org/?p=12</guid>
<content:encoded><![CDATA[We know $latex \\pi(x) &lt; x$ and <em>more</em>.

See <a href="https://blog.example.org/?p=13">the other one</a>.

<img src="https://blog.example.org/wp-content/uploads/2014/12/zeta.png" alt="zeta" />

$$\\zeta(s)=\\sum_{n} n^{-s}$$

<h2>Proof</h2>
<ul><li>one</li><li>two <code>f(x)</code></li></ul>
<script>alert(1)</script><pre class="brush: python">x = 1
y = 2</pre>]]></content:encoded>
<wp:post_id>12</wp:post_id><wp:post_date>2014-12-08 10:11:12</wp:post_date><wp:post_name>pnt</wp:post_name>
<wp:status>publish</wp:status><wp:post_type>post</wp:post_type>
<category domain="category" nicename="nt"><![CDATA[Number theory]]></category><category domain="post_tag" nicename="p"><![CDATA[primes, zeta]]></category>
<wp:comment><wp:comment_author>Troll</wp:comment_author><wp:comment_content>a rude comment</wp:comment_content></wp:comment></item>
<item><title>Other</title><link>https://blog.example.org/?p=13</link><dc:creator>emmy</dc:creator><guid>https://blog.example.org/?p=13</guid>
<content:encoded><![CDATA[<p>Back to <a href="/2014/12/08/pnt/">the theorem</a> &mdash; and <img src="https://elsewhere.example.net/far.png" /></p>]]></content:encoded>
<wp:post_date>2015-01-02 00:00:00</wp:post_date><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Unfinished</title><link>https://blog.example.org/?p=14</link><content:encoded>Soon to come, all of it.</content:encoded>
<wp:post_date>0000-00-00 00:00:00</wp:post_date><wp:status>draft</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>About</title><link>https://blog.example.org/about/</link><content:encoded>Who I am and why.</content:encoded>
<wp:status>publish</wp:status><wp:post_type>page</wp:post_type></item>
<item><title>zeta</title><wp:post_type>attachment</wp:post_type></item>
</channel></rss>
"""
ATOM = """<?xml version="1.0" encoding="utf-8"?>
<feed xmlns="http://www.w3.org/2005/Atom"><title>T</title><author><name>苏某</name></author>
<entry><title>扩散模型（一）</title><link href="https://b.example.org/archives/1"/><id>https://b.example.org/archives/1</id>
<published>2022-06-13T10:00:00+08:00</published><updated>2022-07-01T10:00:00+08:00</updated><category term="生成模型"/>
<content type="html">&lt;p&gt;设$x_t &amp;lt; 1$，&lt;script type="math/tex; mode=display"&gt;a &amp;lt; b \\\\\\\\ c&lt;/script&gt;&lt;/p&gt;</content></entry>
<entry><title>扩散模型（二）</title><link href="https://b.example.org/archives/2"/><id>x</id>
<published>2022-06-14T10:00:00+08:00</published><updated>2022-06-14T10:00:00+08:00</updated>
<content type="html">&lt;p&gt;承接&lt;a href="https://b.example.org/archives/1"&gt;上文&lt;/a&gt;所说的内容。&lt;/p&gt;</content></entry></feed>
"""
RSS = """<rss version="2.0"><channel><title>T</title><item><title>One</title><link>https://r.example.org/one</link>
<pubDate>Mon, 08 Dec 2014 10:00:00 GMT</pubDate><category>algebra</category><description>&lt;p&gt;The text of one, with $x$.&lt;/p&gt;</description></item></channel></rss>
"""
HEXO = """<?xml version="1.0" encoding="utf-8"?><search>
<entry><title>梯度</title><url>/2022/06/01/gradient/</url><content><![CDATA[<p>正文 <a href="/2022/06/02/next/">下文</a> 说明了一切问题。</p><figure class="highlight python"><table><tr><td class="gutter"><pre>1</pre></td><td class="code"><pre>x = 1<br>y = 2</pre></td></tr></table></figure>]]></content>
<tags><tag>优化</tag></tags><categories><category>数学</category></categories></entry>
<entry><title>下文</title><url>/2022/06/02/next/</url><content>没有什么内容的一篇文章。</content></entry></search>
"""
KATEX = (
    '<span class="katex"><span class="katex-mathml"><math><semantics><mrow><mi>c</mi></mrow>'
    '<annotation encoding="application/x-tex">c &lt; \\frac{1}{2}</annotation></semantics></math></span>'
    '<span class="katex-html" aria-hidden="true">NOISE</span></span>'
)
PAGE = """<!DOCTYPE html><html lang="en"><head><title>{title} | My blog</title><link rel="canonical" href="https://h.example.org/{slug}.html">
<meta property="og:type" content="article"><meta property="article:published_time" content="2020-01-0{n}T00:00:00Z">
<meta name="author" content="Carl"><meta property="article:tag" content="numbers"></head><body><nav>MENU</nav>
<article><h1 class="post-title">{title}</h1><div class="post-content">{body}</div><div class="share">SHARE</div></article>
<section id="comments">COMMENTS</section></body></html>
"""
PAGES = {
    'one.html': PAGE.format(
        title='One', slug='one', n=1,
        body='<p>We see ' + KATEX + ' and <span class="MathJax_Preview">PREVIEW</span><span class="MathJax">MJ</span>'
        '<script type="math/tex">d<e</script>; <a href="two.html">next</a>.</p><p><img src="one_files/a.png" alt="A"></p>'
        '<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>$x|y$</td></tr></table>',
    ),
    'two.html': PAGE.format(title='Two', slug='two', n=2, body='<p>Math $a<em>1 + b</em>2$ was split; <b>bold $z$ too</b>.</p>'),
    'index.html': '<html><body><article><h2>One</h2><p>…</p></article><article><h2>Two</h2></article></body></html>',
    'one_files/a.png': PNG,
    'one_files/style.css': 'p {}',
}  # fmt: skip


@pytest.fixture
def archive(tmp_path):
    def write(files):
        for name, content in files.items():
            path = tmp_path / 'archive' / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return tmp_path / 'archive'

    return write


def build(make_site, folder, **conf):
    site = make_site({'index.rst': 'Index\n=====\n'}, {'blog_sources': [str(folder)], **conf})
    return site.build()


def cites(built):
    edges = json.loads(built.text('graph.json'))['edges']
    return {(e['source'], e['target']) for e in edges if e['key'] == 'cites'}


def nodes_of(built):
    return {n['id']: n for n in json.loads(built.text('graph.json'))['nodes']}


def test_an_export_of_wordpress(make_site, archive):
    built = build(make_site, archive({'export.xml': WXR, 'wp-content/uploads/2014/12/zeta.png': PNG}))
    assert built.warnings == ''
    found = {name for name in built.mtimes if name.startswith('posts/') and name.endswith('.html')}
    pnt = next(name.removesuffix('.html') for name in found if 'prime' in name)
    assert cites(built) == {(pnt, 'posts/other'), ('posts/other', pnt)}
    node = nodes_of(built)[pnt]
    assert node['date'].startswith('2014-12-08')
    assert node['authors'] == ['Emmy Noether']
    assert node['categories'] == ['Number theory']
    assert node['tags'] == ['primes, zeta']
    page = built.soup(pnt)
    assert 'alert' not in page.select_one('div.body').get_text()
    assert 'rude' not in built.html(pnt)
    assert page.select_one('img[src*="_images/zeta"]')
    assert page.select_one('div.highlight-python')
    assert [li.get_text() for li in page.select('div.body ul.simple > li')][:2] == ['one', 'two f(x)']
    assert 'zeta(s)' in built.html(pnt)
    assert 'posts/about' not in nodes_of(built)
    assert 'posts/about.html' in found
    assert 'posts/unfinished' not in nodes_of(built)
    assert built.soup('posts/other').select_one('img[src="https://elsewhere.example.net/far.png"]')


def test_feeds(make_site, archive):
    built = build(make_site, archive({'atom.xml': ATOM, 'rss.xml': RSS}))
    assert built.warnings == ''
    nodes = nodes_of(built)
    first = nodes['posts/扩散模型-一']
    assert first['date'].startswith('2022-06-13')
    assert first['updated'].startswith('2022-07-01')
    assert first['tags'] == ['生成模型']
    assert ('posts/扩散模型-二', 'posts/扩散模型-一') in cites(built)
    assert 'a &lt; b' in built.html('posts/扩散模型-一')
    assert nodes['posts/one']['tags'] == ['algebra']


def test_the_search_index_of_hexo(make_site, archive):
    built = build(make_site, archive({'search.xml': HEXO}))
    assert built.warnings == ''
    assert cites(built) == {('posts/梯度', 'posts/下文')}
    node = nodes_of(built)['posts/梯度']
    assert (node['date'], node['tags'], node['categories']) == ('2022-06-01', ['优化'], ['数学'])
    assert (
        built.soup('posts/梯度').select_one('div.highlight-python pre').get_text().strip() == 'x = 1\ny = 2'
    )


def test_a_folder_of_saved_pages(make_site, archive):
    built = build(make_site, archive(PAGES))
    assert built.warnings == ''
    nodes = nodes_of(built)
    assert sorted(nodes) == ['posts/one', 'posts/two']
    assert cites(built) == {('posts/one', 'posts/two')}
    assert nodes['posts/one']['date'].startswith('2020-01-01')
    assert nodes['posts/one']['authors'] == ['Carl']
    assert nodes['posts/one']['tags'] == ['numbers']
    page = built.soup('posts/one')
    text = page.select_one('div.body').get_text()
    for word in ('NOISE', 'PREVIEW', 'MJ', 'SHARE', 'COMMENTS', 'MENU'):
        assert word not in text
    math = [m.get_text() for m in page.select('span.math')]
    assert '\\(c < \\frac{1}{2}\\)' in math
    assert '\\(d<e\\)' in math
    assert page.select_one('img[src*="_images/a-"]')
    assert [m.get_text() for m in built.soup('posts/two').select('span.math')][:2] == [
        '\\(a_1 + b_2\\)',
        '\\(z\\)',
    ]


@pytest.mark.parametrize(
    ('name', 'content', 'words'),
    [
        (
            'x.xml',
            '<!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + RSS.replace('One', '&x;', 1),
            'declares entities',
        ),
        ('x.xml', '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;&a;&a;">]>' + RSS, 'declares entities'),
        ('x.xml', WXR[: WXR.index('<item><title>Unfinished')], 'no sound XML from here on'),
        ('x.xml', WXR.replace('2014-12-08 10:11:12', '8 Foo 14'), 'not a date'),
    ],
)
def test_what_is_wrong_with_an_archive_is_told(tmp_path, archive, name, content, words):
    report = import_sources([archive({name: content})], tmp_path / 'out')
    assert any(words in problem.message for problem in report.problems), report.problems
    assert not any('root:' in p.read_text() for p in (tmp_path / 'out').glob('*.rst'))
    assert (report.posts > 0) == ('entities' not in words)


@pytest.mark.parametrize(
    'source', ['../../secret.png', '/../../secret.png', '%2e%2e/%2e%2e/secret.png', '..\\..\\secret.png']
)
def test_no_picture_is_taken_from_outside_the_source(tmp_path, archive, source):
    (tmp_path / 'secret.png').write_bytes(PNG)
    page = PAGE.format(title='One', slug='one', n=1, body=f'<p>Text here.</p><img src="{source}">')
    report = import_sources([archive({'sub/one.html': page})], tmp_path / 'out')
    assert report.posts == 1
    assert not (tmp_path / 'out' / 'attachments').exists()


@pytest.mark.parametrize(
    'body',
    [
        '<p>word $x_1$ <em>a</em></p>',
        '<div>', '<blockquote><ul><li>', '<!-- ', '<script type="math/tex">', '$', '<em>', '$$ x', '\\begin{equation}',
        '<span class="katex">', '&amp;', '<img src=a.png>', '`', '<table><tr><td>',
    ],
)  # fmt: skip
def test_pages_of_any_size_and_kind_take_linear_time(tmp_path, archive, body):
    # Less than a second of work; what grows with the square of the text takes far longer.
    page = PAGE.format(title='One', slug='one', n=1, body=body * (200_000 // len(body)))
    folder = archive({'one.html': page})
    started = time.process_time()
    import_sources([folder], tmp_path / 'out')
    assert time.process_time() - started < 60


def test_a_closing_script_in_a_post_closes_nothing(make_site, archive):
    page = PAGE.format(
        title='One </script><b>x',
        slug='one',
        n=1,
        body='<p>Text &lt;/script&gt;&lt;script&gt;alert(1)&lt;/script&gt; here.</p>',
    )
    built = build(make_site, archive({'one.html': page}))
    assert built.warnings == ''
    assert '<script>alert(1)' not in built.html(next(iter(nodes_of(built))))


def test_saved_pages_lead_to_each_other_and_keep_what_their_authors_wrote(make_site, archive):
    body = """<p>By \\eqref{eq:one}, <del>wrong</del>, one<br>two, see <a href="../b.html">the second</a>,
        <a href="#sec">below</a> and a note<sup id="r1"><a href="#n1">1</a></sup> about everything that there is.</p>
        \\begin{equation}\\label{eq:one} x = 1 \\end{equation}<h2 id="sec">Part</h2>
        <p><a href="files/data.csv">data</a></p><ol><li id="n1">The note. <a href="#r1">up</a></li></ol>"""
    page = (
        '<!DOCTYPE html><html lang="en"><head><title>{0} | My blog</title>'
        '<meta property="article:published_time" content="2020-01-02T00:00:00Z"></head>'
        '<body><article><h1>{0}</h1><div class="post-content">{1}</div></article></body></html>'
    )
    files = {
        'deep/a.html': page.format('Alpha', body),
        'b.html': page.format(
            'Beta', '<p>Back to <a href="deep/a.html">alpha</a>, which is a text of ours.</p>'
        ),
        'c.html': '<!-- saved from url=(0020)https://e.org/gamma/ -->'
        + page.format(
            'Gamma', '<p>Of <a href="https://e.org/gamma/">itself</a> and <a href="b.html">b</a> alone.</p>'
        ),
        'deep/files/data.csv': '1,2',
    }
    built = build(make_site, archive(files))
    assert built.warnings == ''
    assert cites(built) == {
        ('posts/alpha', 'posts/beta'),
        ('posts/beta', 'posts/alpha'),
        ('posts/gamma', 'posts/beta'),
    }
    soup = built.soup('posts/alpha')
    links = {a.get_text(): a['href'] for a in soup.select('div.body a')}
    assert links['the second'] == 'beta.html'
    assert soup.find(id=links['below'].removeprefix('#')) is not None
    assert links['(1)'].startswith('#equation')
    assert soup.select_one('.blog-struck').get_text() == 'wrong'
    assert soup.select_one('div.line').get_text().strip().endswith('one')
    assert 'The note.' in soup.select_one('aside.footnote, .footnote').get_text()
    assert soup.select_one('a.download[href*="_downloads"]').get_text() == 'data'


def test_files_of_wordpress_that_are_not_at_hand_are_listed(make_site, archive, capsys):
    body = (
        'As <a href="https://b.example.org/wp-content/uploads/2014/12/paper.pdf">the paper</a> and '
        '<a href="https://arxiv.org/pdf/1706.03762.pdf">another</a> say, '
        '<a href="https://b.example.org/wp-content/uploads/2014/12/kept.pdf">kept</a>.'
    )
    export = WXR.replace('<item><title>Unfinished', f"""<item><title>Files</title><link>https://b.example.org/f/</link>
<content:encoded><![CDATA[{body}]]></content:encoded><wp:post_date>2015-01-02 00:00:00</wp:post_date>
<wp:post_name>f</wp:post_name><wp:status>publish</wp:status><wp:post_type>post</wp:post_type></item>
<item><title>Unfinished""", 1)  # fmt: skip
    files = {'export.xml': export, 'wp-content/uploads/2014/12/zeta.png': PNG}
    files['wp-content/uploads/2014/12/kept.pdf'] = b'%PDF'
    built = build(make_site, archive(files))
    assert built.warnings == ''
    main(['check', str(built.outdir)])
    printed = capsys.readouterr().out
    assert 'uploads/2014/12/paper.pdf' in printed
    assert 'arxiv.org' not in printed
    assert 'kept.pdf' not in printed
    assert built.soup('posts/files').select_one('a.download').get_text() == 'kept'
