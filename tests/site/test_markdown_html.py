"""HTML in Markdown: its pictures come to the site, its links are mentions, and it does no harm."""

from __future__ import annotations

import json
import re

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from markdown_it import MarkdownIt
from markdown_it.tree import SyntaxTreeNode

from sphinxext_blog.site.markdown_html import html_plugin

POST = '---\ndate: 2020-01-01\n---\n\n# A\n\n{}\n'
PNG = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082'
)
FILES = {
    'index.md': '# I\n',
    'static/img/x.png': PNG,
    'posts/b.md': '---\ndate: 2020-01-02\n---\n\n# B\n\n## Sec\n\nText.\n',
}


def body(make_site, text, *, builder='html', **files):
    site = make_site({**FILES, 'posts/a.md': POST.format(text), **files}, {}, myst=True)
    build = site.build(builder)
    return build, build.soup('posts/a').select_one('section')


def cites(build):
    edges = json.loads(build.text('graph.json'))['edges']
    return [(e['source'], e['target'], e['evidence'][0]['context']) for e in edges if e['key'] == 'cites']


@pytest.mark.parametrize(
    'html',
    [
        '<img src="/img/x.png" alt="An x" width="300">',
        "<IMG alt='An x' SRC='/img/x.png' WIDTH=300 />",
        'Words <img src="/img/x.png" alt="An x" width="300"/> and more.',
        '- item <img src="/img/x.png" alt="An x" width="300">',
        '<p align="center">\n  <img src="/img/x.png" alt="An x" width="300"><br>\n  <em>Words</em>\n</p>',
        '<div style="text-align: center"><img src="/img/x.png" alt="An x" style="width:300px;top:0"></div>',
        '<figure>\n<img src="/img/x.png" alt="An x" width="300">\n<figcaption>Words</figcaption>\n</figure>',
        '> <center><img src="/img/x.png" alt="An x" width="300" onerror="alert(1)"></center>',
        '<a href="/img/x.png"><img src="/img/x.png" alt="An x" width="300"></a>',
        '| a |\n|---|\n| <img src="/img/x.png" alt="An x" width="300"> |',
    ],
)
def test_a_picture_in_html_comes_to_the_site_with_its_size(make_site, html):
    build, section = body(make_site, html)
    assert build.warnings == ''
    [picture] = section.select('img')
    assert picture['src'] == '../_images/x.png'
    assert picture['alt'] == 'An x'
    assert picture.get('width') in {'300', '300px'} or 'width: 300px' in picture['style']
    assert (build.outdir / '_images' / 'x.png').is_file()
    assert 'onerror' not in str(section)
    assert 'Words' in section.get_text() or 'Words' not in html


def test_the_sizes_of_typora_are_a_scale(make_site):
    wide = PNG[:16] + (600).to_bytes(4, 'big') + PNG[20:]
    text = '<img src="/img/x.png" style="zoom:50%;" />'
    build, section = body(make_site, text, **{'static/img/x.png': wide})
    assert build.warnings == ''
    # docutils before 0.22 has it as a style
    assert re.search(r'\b300\b', section.img.get('width') or section.img['style'])


def test_what_html_centres_is_centred(make_site):
    _build, section = body(make_site, '<center><img src="/img/x.png"><br>Fig. 1: $x^2$ & more</center>')
    paragraph = section.select_one('p.align-center')
    assert paragraph.get_text().strip().startswith('Fig. 1: ')
    assert paragraph.select_one('.math')
    assert 'align-center' in section.img['class']


def test_a_figure_has_its_caption(make_site):
    caption = 'See <a href="/posts/b/">B</a>.'
    html = f'<figure class="wide"><img src="/img/x.png"><figcaption>{caption}</figcaption></figure>'
    build, section = body(make_site, html)
    assert build.warnings == ''
    assert section.select_one('figure.wide img, div.figure.wide img')
    assert section.select_one('figcaption a[href="b.html"], .caption a[href="b.html"]')
    assert cites(build) == [('posts/a', 'posts/b', 'See B.')]


@pytest.mark.parametrize(
    ('html', 'href'),
    [
        ('As <a href="/posts/b/">it</a> says.', 'b.html'),
        ('As <a href="../b/#sec" target="_blank">it</a> says.', 'b.html#sec'),
        ('As <a href="b.html">it</a> says.', 'b.html'),
        ('As <a href="b.md">it</a> says.', 'b.html'),
        ('As *<A HREF=/posts/b/>it</A>* says.', 'b.html'),
        ('<p align="center">As <a href="/posts/b/">it</a> says.</p>', 'b.html'),
        ('<div class="box"><p>As <b><a href="/posts/b/">it</a></b> says.</p></div>', 'b.html'),
    ],
)
def test_a_link_in_html_is_a_mention(make_site, html, href):
    build, section = body(make_site, html)
    assert build.warnings == ''
    assert [a['href'] for a in section.select('a') if a.get_text() == 'it'] == [href]
    assert cites(build) == [('posts/a', 'posts/b', 'As it says.')]


@pytest.mark.parametrize(
    'html',
    [
        '<a id="here"></a>Words',
        '<a name="here" href="#here">Words</a>',
        '<a href="javascript:alert(1)">Words</a>',
        'Words <a href="/posts/b/"> and no end',
        'Words and an end </a>',
        '<div>\n\nWords *within*\n\n</div>',
        '<p>Words <span style="color: red">red</span></p>',
        '<p><a href="https://e.org/">Words<div>wrong</div></a></p>',
        '<table><tr><td><a href="https://e.org/">Words</a></td></tr></table>',
        '<iframe src="https://e.org/"></iframe> Words',
        '`<img src="none.png">` Words',
        '```\n<a href="/posts/b/"><img src="none.png"></a> Words\n```',
    ],
)
def test_other_html_is_what_it_was(make_site, html):
    build, section = body(make_site, html)
    assert build.warnings == ''
    assert 'Words' in section.get_text()
    assert cites(build) == []


def test_a_link_to_a_place_or_to_what_is_no_document_stays(make_site):
    build, section = body(make_site, 'See <a href="#top">top</a>, <a href="old.php?x=1">old</a>.')
    assert build.warnings == ''
    assert [a['href'] for a in section.find_all('p', recursive=False)[-1].select('a')] == [
        '#top',
        'old.php?x=1',
    ]


def test_marks_around_blocks_do_not_break_the_page(make_site):
    html = '<div><a href="/posts/b/">\n<p>Words <b>and</b></div></p>\n</a>'
    _build, section = body(make_site, html)
    assert 'Words' in section.get_text()


def test_long_html_takes_linear_time(make_site):
    build, _section = body(
        make_site, '\n\n'.join(['<a href="x">' * 300, '<div><img src="/img/x.png">' * 300])
    )
    assert build.soup('posts/a')


PIECES = [
    *('<a href="x">', '</a>', '<p>', '</p>', '<div class=c>', '</div>', '<img src=x>', '<b>', '</b>'),
    *('<figure>', '</figure>', '<figcaption>', '</figcaption>', '<br/>', 'x', '*', '_y_', '[z](w)', ' '),
    *('\n', '\n\n', '<!--', '-->', '&amp;', '$x$', '<', '"', '<![CDATA[', '<?', '<![x y'),
]


@given(st.lists(st.sampled_from(PIECES), max_size=40))
@example(['<p>', '<img src=x>', '<![x y', '[', ' '])
def test_no_html_breaks_the_tree(pieces):
    md = MarkdownIt('commonmark')
    html_plugin(md)
    tree = SyntaxTreeNode(md.parse(''.join(pieces)))
    assert all(node.nester_tokens or node.token for node in tree.walk() if not node.is_root)
