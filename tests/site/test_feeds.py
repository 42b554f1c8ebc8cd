"""Feeds: three forms, the same posts, read back by a reader of feeds."""

from __future__ import annotations

import html
import json
from pathlib import Path
from xml.etree import ElementTree as ET

import feedparser
import pytest
from jsonschema import Draft202012Validator
from lxml import etree

CONF = {
    'html_baseurl': 'https://example.org/site/',
    'blog_title': 'A & B <blog>',
    'blog_authors': {'Emmy': ('Emmy Noether', 'https://example.org/emmy')},
}
FILES = {
    'p/a.rst': (
        ':blogpost:\n:date: 2020-01-02\n:updated: 2020-02-03\n:author: Emmy, Ada\n:tags: C++, 扩散\n\n'
        'A < :math:`x^2`\n===============\n\nSee :doc:`B <b>`, :math:`a < b` & more.\n\n'
        'Sub\n---\n\n.. math:: y = 1\n\n.. image:: pic.png\n'
    ),
    'p/b.rst': ':blogpost:\n:date: 2021-01-02\n\nB\n=\n\nText\x07.\n',
    'p/draft.rst': ':blogpost:\n:draft: true\n:date: 2021-01-03\n\nDraft\n=====\n\nText.\n',
    'p/undated.rst': ':blogpost:\n\nUndated\n=======\n\nText.\n',
    'p/pic.png': b'\x89PNG\r\n\x1a\n',
}
SCHEMA = {  # of JSON Feed 1.1, by its specification
    'type': 'object',
    'required': ['version', 'title', 'items'],
    'properties': {
        'version': {'const': 'https://jsonfeed.org/version/1.1'},
        'title': {'type': 'string'},
        'home_page_url': {'type': 'string', 'pattern': '^https://'},
        'feed_url': {'type': 'string', 'pattern': '^https://'},
        'items': {
            'type': 'array',
            'items': {
                'type': 'object',
                'required': ['id'],
                'anyOf': [{'required': ['content_html']}, {'required': ['content_text']}],
                'properties': {
                    'id': {'type': 'string'},
                    'url': {'type': 'string', 'pattern': '^https://'},
                    'tags': {'type': 'array', 'items': {'type': 'string'}},
                    'date_published': {'pattern': r'^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d[+-]\d\d:\d\d$'},
                    'authors': {
                        'items': {'anyOf': [{'required': ['name']}, {'required': ['url']}]},
                    },
                },
            },
        },
    },
}
SUPPORT = Path(__file__).parents[1] / 'support'
_ATOM = '{http://www.w3.org/2005/Atom}'


@pytest.fixture(scope='module')
def site(make_site):
    return make_site(FILES, CONF)


@pytest.fixture(scope='module')
def full(site):
    return site.build(fresh=True, confoverrides={'blog_feed_fulltext': True, 'blog_feed_archives': True})


@pytest.mark.parametrize('name', ['atom.xml', 'rss.xml'])
def test_a_reader_of_feeds_finds_nothing_wrong(site, name):
    build = site.build()
    assert build.warnings == ''
    feed = feedparser.parse((build.outdir / 'blog' / name).read_bytes())
    assert not feed.bozo, feed.get('bozo_exception')
    assert feed.feed.title == 'A & B <blog>'
    assert [entry.title for entry in feed.entries] == ['B', 'A < x²']
    assert [entry.link for entry in feed.entries] == [
        'https://example.org/site/p/b.html',
        'https://example.org/site/p/a.html',
    ]
    assert [entry.id for entry in feed.entries] == [entry.link for entry in feed.entries]
    entry = feed.entries[1]
    assert entry.published_parsed[:3] == (2020, 1, 2)
    assert [tag.term for tag in entry.tags] == ['C++', '扩散']
    # RSS has no texts that are no HTML
    summary = html.unescape(entry.summary) if name == 'rss.xml' else entry.summary
    assert summary == 'See B, a < b & more.'
    assert '<math>' in feedparser_content(build, name)


def feedparser_content(build, name):
    root = ET.fromstring(build.text(f'blog/{name}'))
    path = (
        f'.//{_ATOM}content' if name == 'atom.xml' else './/{http://purl.org/rss/1.0/modules/content/}encoded'
    )
    return root.findall(path)[1].text


@pytest.mark.parametrize('build', ['short', 'full'])
@pytest.mark.parametrize('form', ['atom', 'rss'])
def test_a_validator_finds_nothing_wrong(site, full, form, build):
    build = full if build == 'full' else site.build()
    schema = etree.RelaxNG(etree.parse(SUPPORT / f'{form}.rng'))
    feeds = sorted(build.outdir.rglob(f'{form}.xml'))
    assert feeds
    for feed in feeds:
        schema.assertValid(etree.parse(feed))


def test_atom_has_what_its_rfc_asks_for(site):
    root = ET.fromstring(site.build().text('blog/atom.xml'))
    assert root.tag == f'{_ATOM}feed'
    assert root.find(f'{_ATOM}link[@rel="self"]').get('href') == 'https://example.org/site/blog/atom.xml'
    for element in (root, *root.findall(f'{_ATOM}entry')):
        for name in ('id', 'title', 'updated'):
            assert len(element.findall(f'{_ATOM}{name}')) == 1
    entry = root.findall(f'{_ATOM}entry')[1]
    assert entry.find(f'{_ATOM}updated').text == '2020-02-03T00:00:00+00:00'
    names = [
        (a.find(f'{_ATOM}name').text, a.findtext(f'{_ATOM}uri')) for a in entry.findall(f'{_ATOM}author')
    ]
    assert names == [('Emmy Noether', 'https://example.org/emmy'), ('Ada', None)]
    assert all(e.find(f'{_ATOM}author') is not None for e in root.findall(f'{_ATOM}entry'))


def test_json_feed_keeps_to_its_schema(site):
    feed = json.loads(site.build().text('blog/feed.json'))
    Draft202012Validator(SCHEMA).validate(feed)
    assert [item['title'] for item in feed['items']] == ['B', 'A < x²']


def test_the_full_text_stands_alone(full):
    item = json.loads(full.text('blog/feed.json'))['items'][1]
    content = item['content_html']
    assert 'href="https://example.org/site/p/b.html"' in content
    assert 'src="https://example.org/site/_images/pic.png"' in content
    assert content.count('<math') == 2
    assert '\\(' not in content
    for unwanted in ('headerlink', 'blog-panel', '<h1', 'script'):
        assert unwanted not in content


def test_each_tag_has_feeds_of_its_own(full):
    feed = feedparser.parse((full.outdir / 'blog/tag/c-plus-plus/atom.xml').read_bytes())
    assert [entry.title for entry in feed.entries] == ['A < x²']
    assert (full.outdir / 'blog/2021/rss.xml').is_file()


def test_an_equal_build_writes_no_feed(site):
    first = site.build(confoverrides={'blog_feed_fulltext': True})
    second = site.build(confoverrides={'blog_feed_fulltext': True})
    assert [p for p in second.written(first) if p.endswith(('.xml', 'feed.json'))] == []


def test_a_feed_can_be_short_or_hold_titles_only(site):
    build = site.build(fresh=True, confoverrides={'blog_feed_length': 1, 'blog_feed_titles': True})
    [item] = json.loads(build.text('blog/feed.json'))['items']
    assert item['content_text'] == 'B'
    assert 'content_html' not in item


def test_without_an_address_there_is_no_feed(make_site):
    build = make_site(FILES).build()
    assert [p for p in build.mtimes if p.endswith(('atom.xml', 'rss.xml', 'feed.json'))] == []
    assert 'application/atom+xml' not in build.html('p/a')
