from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate, parse_date
from sphinxext_blog.importers.grouping import group_entries
from sphinxext_blog.importers.model import Block, Entry

LONG = '这是一段足够长的正文' * 10


def entry(title: str | None, date: str = '', text: str = '', line: int = 1, source: str = 'a.txt') -> Entry:
    blocks = (Block('paragraph', text),) if text else ()
    return Entry(title, parse_date(date) if date else None, blocks=blocks, source=source, line=line)


def groups(*entries: Entry) -> list[list[int]]:
    return [[e.line for e in group] for group, _ in group_entries(entries)[0]]


@pytest.mark.parametrize(
    ('one', 'two', 'same'),
    [
        (('甲', '8 Dec', LONG), ('甲', '2014-12-08', LONG), True),
        (('通往', '8 Dec', LONG), ('通向', '2014-12-08', LONG), True),
        ((None, '', LONG), ('甲', '2014-12-08', LONG), True),
        (('甲', '8 Dec', '一二三'), ('甲', '2014-12-08', '四五六'), True),
        (('甲\uff08一\uff09', '8 Dec', ''), ('甲 (一)', '2014-12-08', LONG), True),
        (('甲', '', '一二三'), ('甲', '2014-12-08', '四五六'), True),
        (('甲', '8 Dec', '一二三'), ('甲', '2014-12-09', '四五六'), False),
        (('甲', '2013-12-08', '一'), ('甲', '2014-12-08', '二'), False),
        (('甲', '8 Dec', LONG + '尾巴'), ('甲', '2014-12-08', LONG), True),
        ((None, '8 Dec', LONG + '尾巴'), ('甲', '2014-12-08', LONG[:80] + '...'), True),
        (('甲', '', LONG + '尾巴'), ('乙', '', LONG), False),
        (('甲', '2014-12-08', LONG), ('乙', '2015-12-08', LONG), False),
        (('甲', '2014-12-08', LONG), ('甲', '2015-12-08', LONG), True),
        ((None, '8 Dec', '如题。'), (None, '9 Dec', '如题。'), False),
        ((None, '8 Dec', ''), (None, '8 Dec', ''), False),
        (('甲', '8 Dec', LONG), ('乙', '8 Dec', '别的' * 40), False),
    ],
)
def test_two_entries_are_one_post_or_two(one, two, same):
    entries = (entry(*one, line=1), entry(*two, line=2))
    assert groups(*entries) == ([[1, 2]] if same else [[1], [2]])
    assert groups(*reversed(entries)) == groups(*entries)


def test_captions_do_not_make_texts_differ():
    one = entry('甲', '8 Dec', LONG, 1)
    two = Entry('乙', None, blocks=(Block('caption', '图'), Block('paragraph', LONG)), line=2, source='a.txt')
    assert groups(one, two) == [[1, 2]]


def test_sameness_is_transitive():
    chain = (
        entry('甲', '8 Dec', '一二三', 1),
        entry('甲', '2014-12-08', LONG, 2),
        entry('乙', '8 Dec', LONG, 3),
    )
    assert groups(*chain) == [[1, 2, 3]]


def test_a_date_without_year_does_not_join_posts_of_two_years():
    found, problems = group_entries(
        [
            entry('甲', '2013-12-08', '一', 1),
            entry('甲', '2014-12-08', '二', 2),
            entry('甲', '8 Dec', '三', 3),
        ]
    )
    assert [len(group) for group, _ in found] == [1, 1, 1]
    assert [(p.line, p.subtype) for p in problems] == [(3, 'duplicate')]


def test_same_text_under_two_titles_and_dates_is_told():
    _, problems = group_entries([entry('甲', '2014-12-08', LONG, 1), entry('乙', '2015-12-08', LONG, 2)])
    assert [p.subtype for p in problems] == ['duplicate']


def test_reasons_are_given():
    (group,) = group_entries(
        [entry('甲', '8 Dec', LONG, 1), entry('甲', '', LONG, 2), entry('甲', '', '', 3)]
    )[0]
    assert group[1] == ('same text', 'same title')


entries = st.lists(
    st.builds(
        entry,
        st.sampled_from([None, '甲', '乙']),
        st.sampled_from(['', '8 Dec', '2014-12-08', '2015-12-08', '2014']),
        st.sampled_from(['', LONG, LONG + 'x', '短']),
        st.integers(1, 9),
    ),
    max_size=8,
)


@given(entries, st.randoms())
def test_the_order_of_the_entries_does_not_matter(some, random):
    shuffled = random.sample(some, len(some))
    assert group_entries(some) == group_entries(shuffled)
    assert sorted(map(repr, some)) == sorted(repr(e) for group, _ in group_entries(some)[0] for e in group)


def test_many_posts_with_one_title_are_grouped():
    many = [
        Entry('周刊', PartialDate(1 + n % 9999, 1 + n % 12, 1 + n // 9999), source='a', line=n)
        for n in range(20_000)
    ]
    many += [Entry('周刊', PartialDate(None, 1 + n % 12), source='b', line=n) for n in range(2_000)]
    # A quadratic comparison would not come back today.
    groups, _problems = group_entries(many)
    assert sum(len(group) for group, _reasons in groups) == len(many)


@pytest.mark.parametrize(
    ('one', 'two', 'same'),
    [
        ('https://e.org/a/', 'https://e.org/b/', False),
        ('https://e.org/?p=1', 'https://e.org/?p=2', False),
        ('https://e.org/a/', 'http://www.e.org/a/index.html', True),
        ('https://e.org/a/', 'https://old.example/b/', True),
        ('https://e.org/a/', '', True),
        ('https://[', 'https://e.org/a/', True),
    ],
)
def test_two_addresses_of_one_host_are_two_posts(one, two, same):
    entries = [
        replace(entry('甲', '2014-12-08', text, line=n, source=f'{n}.html'), url=url)
        for n, (url, text) in enumerate(((one, '一二三'), (two, '四五六')), 1)
    ]
    found, problems = group_entries(entries)
    assert len(found) == (1 if same else 2)
    assert [p.message for p in problems if 'another address' in p.message] == (
        [] if same else ['same title and date as 1.html:1, at another address: kept as two posts']
    )
