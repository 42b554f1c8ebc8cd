"""Feeds as bytes, from plain records."""

from __future__ import annotations

import datetime as dt
import json
from pathlib import Path

import feedparser
import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from sphinxext_blog.site.feed_forms import FORMS, Entry, Feed, to_atom, to_json_feed, to_rss

SUPPORT = Path(__file__).parents[1] / 'support'
DAY = dt.datetime(2020, 1, 2, 3, 4, 5, tzinfo=dt.UTC)
LATER = DAY + dt.timedelta(days=3)
HOSTILE = '</title><script>"\'& ]]> \x00\x0b\ufffe\ud800 《》 😀 \u202e'


def entry(**more):
    values = {'url': 'https://e.org/a.html', 'title': 'A', 'published': DAY, 'updated': LATER}
    return Entry(**{**values, **more})


def feed(*entries, **more):
    values = {'title': 'T', 'url': 'https://e.org/atom.xml', 'home': 'https://e.org/', 'entries': entries}
    return Feed(**{**values, **more})


@pytest.mark.parametrize('form', ['atom', 'rss'])
@given(text=st.text(max_size=30), language=st.sampled_from(['en', 'zh-CN']))
def test_any_text_makes_a_valid_feed(form, text, language):
    told = feed(
        entry(title=text, summary=text, content=text, authors=((text.strip() or 'x', ''),)),
        title=text,
        subtitle=text,
        language=language,
    )
    content = FORMS[form][2](told)
    etree.RelaxNG(etree.parse(SUPPORT / f'{form}.rng')).assertValid(etree.fromstring(content))


@pytest.mark.parametrize('write', [to_atom, to_rss])
def test_hostile_text_is_text(write):
    parsed = feedparser.parse(write(feed(entry(title=HOSTILE))))
    assert not parsed.bozo
    # What XML can't hold is replaced.
    assert parsed.entries[0].title.startswith('</title><script>"\'& ]]> \ufffd\ufffd')


def test_a_feed_changed_when_its_last_entry_did():
    assert feed(entry(), entry(updated=DAY)).updated == LATER
    assert feed().updated.year == 1970  # the time of the build would make each build a change


def test_an_entry_without_an_author_is_the_blogs():
    assert b'<author>\n      <name>T</name>' in to_atom(feed(entry()))


def test_a_json_item_has_content_in_any_case():
    items = json.loads(to_json_feed(feed(entry(), entry(content='<p>x</p>'), entry(summary='s'))))['items']
    assert [(item.get('content_html'), item.get('content_text')) for item in items] == [
        (None, 'A'),
        ('<p>x</p>', None),
        (None, 's'),
    ]
    assert 'image' not in items[0]


def test_the_summary_of_rss_is_html():
    assert feedparser.parse(to_rss(feed(entry(summary='1 < 2')))).entries[0].summary == '1 &lt; 2'


def test_equal_feeds_are_equal_bytes():
    for _file, _type, write in FORMS.values():
        assert write(feed(entry(tags=('b', 'a')))) == write(feed(entry(tags=('b', 'a'))))
