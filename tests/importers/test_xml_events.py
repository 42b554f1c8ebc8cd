"""XML of archives: whole records, whatever stands around or behind them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.html_tree import MissingPackageError
from sphinxext_blog.importers.xml_events import read_records

FEED = (
    '<?xml version="1.0"?>\n<rss><channel><title>Blog</title>\n'
    + '<item><title>A</title><x y="1">b</x></item></channel></rss>'
)


def test_records_are_told_from_what_is_around_them():
    [record], around, problems = read_records(FEED, 'a.xml', 'item')
    assert problems == []
    assert around.get('title') == 'Blog'
    assert (record.get('title'), record.get('none')) == ('A', '')
    assert [node.attributes for node in record.all('x')] == [{'y': '1'}]
    assert record.line == 3


@pytest.mark.parametrize(
    ('text', 'read'),
    [
        ('a &amp; b', 'a & b'),
        ('a & b', 'a & b'),
        ('caf&eacute;', 'café'),
        ('&nbsp;', '\xa0'),
        ('<![CDATA[a & <b>]]>', 'a & <b>'),
    ],
)
def test_text_is_read_as_it_was_meant(text, read):
    [record], _around, problems = read_records(f'<r><item><t>{text}</t></item></r>', 'a.xml', 'item')
    assert ([node.text for node in record.all('t')], problems) == ([read], [])


def test_what_came_whole_before_a_defect_is_kept():
    records, _around, [problem] = read_records('<r>\n<item/>\n<item></r>', 'a.xml', 'item')
    assert len(records) == 1
    assert (problem.path, problem.line) == ('a.xml', 3)


def test_entities_are_an_attack():
    text = '<!DOCTYPE r [<!ENTITY a "aaaa"><!ENTITY b "&a;&a;">]><r><item>&b;</item></r>'
    records, _around, [problem] = read_records(text, 'a.xml', 'item')
    assert records == []
    assert 'may be an attack' in problem.message


def test_a_missing_package_is_named(monkeypatch):
    for name in ('defusedxml', 'defusedxml.common', 'defusedxml.ElementTree'):
        monkeypatch.setitem(__import__('sys').modules, name, None)
    with pytest.raises(MissingPackageError, match='defusedxml'):
        read_records(FEED, 'a.xml', 'item')


@given(st.text('<>/&;"=itemrx \n![]CDAT-?', max_size=60))
def test_any_text_is_read_or_told_of(text):
    records, _around, problems = read_records(text, 'a.xml', 'item')
    assert isinstance(records, list)
    assert problems or '<' in text
