"""Feeds and the search.xml of Hexo as entries."""

from __future__ import annotations

from pathlib import Path

import pytest

from sphinxext_blog.importers.feeds import feed, hexo_search

RSS = """<?xml version="1.0"?><rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/">
<channel><title>t</title><link>https://r.org/</link>
<item><title>One &amp;amp; $x_1$</title><link>/one/</link><pubDate>{date}</pubDate><category>m</category>
<description>In short</description>
<content:encoded><![CDATA[<p>Full $a_1$, and more than before.</p>]]></content:encoded>
</item></channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>x</title><id>x</id><entry>
<title>A</title><id>https://e.org/?p=1</id><link href="https://e.org/a/"/><published>2019-05-06T07:08:09Z</published>
<updated>2019-06-07T07:08:09Z</updated><author><name>N</name></author><author><name>M</name></author>
<content type="html">&lt;p&gt;Text.&lt;/p&gt;</content></entry></feed>"""
SEARCH = """<?xml version="1.0" encoding="utf-8"?><search><entry><title>搜索</title>
<url>/2020/01/02/搜索/</url>
<content type="html"><![CDATA[<p>内容</p>]]></content><tags><tag>t</tag></tags>
<categories><category>c</category></categories></entry><entry><title>B</title><url>/b/</url></entry></search>"""


def rss(date='Tue, 05 Mar 2019 00:00:00 GMT'):
    return feed.read(Path('rss.xml'), RSS.format(date=date))


def test_each_is_recognised_by_its_root():
    texts = [RSS, ATOM, SEARCH, '<!DOCTYPE html><html><feed></html>']
    assert [feed.recognises(Path('x'), text) for text in texts] == [True, True, False, False]
    assert [hexo_search.recognises(Path('x'), text) for text in texts] == [False, False, True, False]


def test_an_item_of_rss_says_who_it_is_and_has_its_longest_text():
    found = rss()
    assert found.problems == ()
    [entry] = found.entries
    assert (entry.title, entry.url, entry.slug) == ('One & $x_1$', 'https://r.org/one/', 'one')
    assert entry.date.isoformat().startswith('2019-03-05')
    assert (entry.updated, entry.tags, entry.excerpt) == (None, ('m',), 'In short')
    assert [block.text for block in entry.blocks] == ['Full \\ :math:`a_1`\\ , and more than before.']


def test_a_date_that_can_not_be_read_is_told_once():
    found = rss('garbage')
    assert found.entries[0].date is None
    [problem] = found.problems
    assert (problem.subtype, problem.line) == ('date', 3)


def test_an_entry_of_atom_has_its_authors_dates_and_addresses():
    [entry] = feed.read(Path('a.xml'), ATOM).entries
    assert (entry.author, entry.url, entry.urls) == ('N, M', 'https://e.org/a/', ('https://e.org/?p=1',))
    assert entry.date.isoformat().startswith('2019-05-06')
    assert entry.updated.isoformat().startswith('2019-06-07')


def test_hexos_search_has_its_dates_in_addresses():
    first, second = hexo_search.read(Path('search.xml'), SEARCH).entries
    assert (first.title, first.slug, first.tags, first.categories) == ('搜索', '搜索', ('t',), ('c',))
    assert first.date.isoformat() == '2020-01-02'
    assert second.date is None


@pytest.mark.parametrize(
    ('text', 'message'),
    [
        ('<rss version="2.0"><channel></channel></rss>', 'the feed has no entries'),
        (
            '<!DOCTYPE x [<!ENTITY a "b">]><rss version="2.0"><channel><item>&a;</item></channel></rss>',
            'entities',
        ),
    ],
)
def test_what_holds_no_entry_is_told(text, message):
    found = feed.read(Path('f.xml'), text)
    assert found.entries == ()
    assert any(message in problem.message for problem in found.problems)


def test_a_feed_that_breaks_off_is_read_as_far_as_it_goes():
    found = feed.read(Path('a.xml'), ATOM.removesuffix('</entry></feed>') + '</entry><entry><title>half')
    assert found.entries[0].title == 'A'
    assert found.problems
