from __future__ import annotations

from dataclasses import replace

import pytest

from sphinxext_blog.dates import parse_date
from sphinxext_blog.importers.merge import merge_entries
from sphinxext_blog.importers.model import Block, Entry

TEXT = '这是正文。'
CRUDE = Entry('通往', parse_date('8 Dec'), blocks=(Block('paragraph', TEXT),), source='0.txt', line=3)
PRECISE = replace(
    CRUDE, title='通向', date=parse_date('2014-12-08'), author='甲', readers=7, source='2.txt', line=5
)


def merged(*entries: Entry):
    documents, merges, problems = merge_entries([(entries, ('same text',))])
    return (*documents, *merges, *problems)


def test_the_more_precise_record_gives_the_title_and_the_other_becomes_an_alias():
    document, merge = merged(CRUDE, PRECISE)
    assert (document.title, document.aliases, str(document.date)) == ('通向', ('通往',), '2014-12-08')
    assert (document.author, document.readers, document.sources) == ('甲', 7, ('0.txt', '2.txt'))
    assert [(e.path, e.line) for e in merge.entries] == [('0.txt', 3), ('2.txt', 5)]
    assert merge.reasons == ('same text',)
    assert merge.conflicts == ()


def test_two_spellings_that_are_equal_when_normalised_make_no_alias():
    document, _ = merged(replace(CRUDE, title='题 \uff08一\uff09'), replace(PRECISE, title='题(一)'))
    assert (document.title, document.aliases) == ('题(一)', ())


def test_the_longer_text_wins_and_a_text_that_differs_is_told():
    longer = replace(CRUDE, blocks=(*CRUDE.blocks, Block('paragraph', '还有。')))
    document, merge = merged(longer, PRECISE)
    assert document.blocks == longer.blocks
    assert merge.conflicts == ()
    document, merge = merged(longer, replace(PRECISE, blocks=(Block('paragraph', '别的。'),)))
    assert document.blocks == longer.blocks
    assert '2.txt:5' in merge.conflicts[0]


def test_a_text_with_captions_wins_over_the_same_without():
    pictured = replace(CRUDE, blocks=(Block('caption', '图'), *CRUDE.blocks))
    assert merged(pictured, PRECISE)[0].blocks == pictured.blocks


def test_the_larger_number_of_readers_wins_and_the_conflict_is_told():
    document, merge = merged(replace(CRUDE, readers=9), PRECISE)
    assert document.readers == 9
    assert merge.conflicts == ('readers: 9 kept of 7, 9',)


def test_dates_and_authors_that_contradict_are_told():
    _, merge = merged(replace(CRUDE, date=parse_date('2015-12-08'), author='乙'), PRECISE)
    assert [conflict.split(':')[0] for conflict in merge.conflicts] == ['date', 'author']


def test_an_untitled_entry_takes_the_title_of_its_twin():
    document, _ = merged(replace(PRECISE, title=None), CRUDE)
    assert (document.title, document.title_derived) == ('通往', False)


def test_an_untitled_post_is_named_by_its_first_clause():
    (document,) = merged(replace(CRUDE, title=None, blocks=(Block('paragraph', '首先来看,然后。'),)))
    assert (document.title, document.title_derived) == ('首先来看', True)


def test_an_untitled_formula_is_named_by_its_date():
    (document,) = merged(replace(CRUDE, title=None, blocks=(Block('math', 'x'),)))
    assert (document.title, document.title_derived) == ('--12-08', True)


def test_an_entry_with_neither_title_nor_text_is_no_post_but_a_problem():
    (problem,) = merged(replace(PRECISE, title=None, blocks=()))
    assert (problem.path, problem.line) == ('2.txt', 5)
    assert '2014-12-08' in problem.message


def test_what_the_owner_corrected_wins():
    fixed = replace(CRUDE, title='真', date=parse_date('2016'), corrected=frozenset({'title', 'date'}))
    document, _ = merged(fixed, PRECISE)
    assert (document.title, str(document.date), document.author) == ('真', '2016', '甲')


def test_a_series_index_of_zero_is_known():
    document, _ = merged(replace(CRUDE, series='系', series_index=0), PRECISE)
    assert (document.series, document.series_index) == ('系', 0)


def test_an_untitled_post_is_not_named_by_a_line_without_a_letter():
    blocks = (Block('paragraph', '=' * 5), Block('paragraph', '..'), Block('paragraph', '正文在此,还有。'))
    (document,) = merged(replace(CRUDE, title=None, blocks=blocks))
    assert (document.title, document.title_derived) == ('正文在此', True)
    (document,) = merged(replace(CRUDE, title=None, blocks=blocks[:2]))
    assert document.title == str(CRUDE.date)


@pytest.mark.parametrize(
    ('text', 'title'),
    [
        ('The :math:`x^2` of *things* `linked <https://e.org>`__, and more', 'The $x^2$ of things linked'),
        ('短文，没有标题。后面还有。', '短文，没有标题'),
        ('.. image:: a.png', 'Untitled'),
        ('* item', 'Untitled'),
    ],
)
def test_a_title_is_made_of_the_first_words(text, title):
    [document] = merged(Entry(blocks=(Block('rst', text),)))
    assert (document.title, document.title_derived) == (title, True)
