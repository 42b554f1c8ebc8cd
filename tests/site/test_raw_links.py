"""Links in HTML that can only stay raw."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.site.raw_links import links_of, rewrite_links

TABLE = (
    '<table><tr><td colspan="2">As <a class=x href="/2020/01/02/b/#part">B &amp; more</a> says.</td>'
    '<td><a href="https://elsewhere.example/">away</a> <a href="b.html">beside</a></td></tr></table>'
)
FILES = {
    'index.md': '# I\n\n```{toctree}\nposts/a\nposts/b\n```\n',
    'posts/a.md': f'---\ndate: 2020-01-01\n---\n\n# A\n\n{TABLE}\n',
    'posts/b.md': '---\ndate: 2020-01-02\n---\n\n# B\n\n## Part\n\nText.\n',
}


def test_links_and_the_words_around_them():
    found = links_of(TABLE)
    assert [(link.address, link.text[link.start : link.end]) for link in found] == [
        ('/2020/01/02/b/#part', 'B & more'),
        ('https://elsewhere.example/', 'away'),
    ]
    assert found[0].text.split('\n')[0] == 'As B & more says.'


@pytest.mark.parametrize(
    'markup',
    [
        '',
        '<a>x</a>',
        '<a href="#x">x</a>',
        '<a href="javascript:x">x</a>',
        '<script>"<a href=/x>y</a>"</script>',
    ],
)
def test_what_leads_to_no_page_is_no_link(markup):
    assert links_of(markup) == []


@given(st.text('<a hre="\'/>x&\n'))
def test_whatever_stays_stays_as_it_is(markup):
    links_of(markup)
    assert rewrite_links(markup, lambda _address: ('', '')) == markup


def test_scripts_and_comments_stay_and_an_id_is_given_once():
    link = '<a href="/b">x</a>'
    markup = f'<script>s = "<a href=\'/b\'>"</script><!-- {link} --><STYLE><a href=/b></style >{link}{link}'
    assert rewrite_links(markup, lambda _address: ('b.html', 'm')) == (
        markup.removesuffix(link + link) + '<a id="m" href="b.html">x</a><a href="b.html">x</a>'
    )


@pytest.mark.parametrize('section', ['<![unknown[z]]>', '<![CDATA[z]]>', '<![if !IE]>'])
def test_sections_of_xml_hide_no_link(section):
    link = '<a href="/x">y</a>'
    assert [found.address for found in links_of(f'{link} {section} {link} {section}')] == ['/x', '/x']


def test_a_long_table_keeps_its_links():
    rows = ''.join(f'<tr><td>{"word " * 20}<a href="/{at}">y</a></td></tr>' for at in range(1000))
    assert len(links_of(f'<table>{rows}</table>')) == 1000


def test_words_behind_the_last_tag_belong_to_the_sentence():
    assert links_of('See <a href="/b">x</a> &amp; more.')[0].text == 'See x & more.'


def test_tags_that_are_never_closed_are_not_read_again_and_again(monkeypatch):
    fed = []
    monkeypatch.setattr('html.parser.HTMLParser.feed', lambda _self, markup: fed.append(markup))
    links_of('<p><a href="/b">x</a>' + '<a ' * 10_000)
    assert fed == ['<p><a href="/b">x</a>']


@pytest.mark.parametrize(
    ('builder', 'href'),
    [('html', 'b.html#part'), ('dirhtml', '../b/#part'), ('singlehtml', '#document-posts/b#part')],
)
def test_a_link_leads_to_the_post_and_is_a_mention_of_it(make_site, builder, href):
    build = make_site(FILES, myst=True).build(builder)
    assert build.warnings == ''
    page = build.soup('index' if builder == 'singlehtml' else 'posts/a')
    links = page.select('td a')
    assert [link['href'] for link in links[1:]] == ['https://elsewhere.example/', 'b.html']
    if builder != 'singlehtml':
        assert links[0]['href'] == href
        cited = build.soup('posts/b').select_one('.blog-backlinks .blog-quote')
        assert cited.get_text() == 'As B & more says.'
        assert cited.a['href'].endswith(f'#{links[0]["id"]}')


def test_feeds_have_whole_addresses(make_site):
    conf = {'html_baseurl': 'https://e.org/', 'blog_feed_fulltext': True}
    build = make_site(FILES, conf, myst=True).build()
    assert 'href="https://e.org/posts/b.html#part"' in build.text('blog/atom.xml').replace('&quot;', '"')


def test_the_page_follows_when_the_post_moves(make_site):
    site = make_site(FILES, myst=True)
    site.build()
    site.write('posts/b.md', FILES['posts/b.md'].replace('2020-01-02', '2020-01-03'))
    again = site.build()
    assert again.soup('posts/a').select_one('td a')['href'] == '/2020/01/02/b/#part'
    assert again.snapshot == site.build(fresh=True).snapshot
