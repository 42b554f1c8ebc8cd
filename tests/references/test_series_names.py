from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, NodeId, Post
from sphinxext_blog.references.series import group_series
from sphinxext_blog.references.series_names import SeriesNames, begins_a_name, stands_free

TITLES = [
    '关于注意力的随想之一：缩放', '关于注意力的随想之二：归一化', '漫谈最优传输（一）：蒙日',
    '漫谈最优传输（二）：对偶', '线性规划小札（一）：单纯形', '线性规划小札（二）：内点',
    'Math 290, Lecture 1: Sums', 'Math 290, Lecture 2: Covers',
]  # fmt: skip
POSTS = [
    Post(DocName(f'p{i}'), title, date=PartialDate(2000 + i), tags=('additive combinatorics', f'tag {i}'))
    for i, title in enumerate(TITLES)
]


@pytest.fixture(scope='module')
def names():
    return SeriesNames(group_series(POSTS), {NodeId(p.docname): p.tags for p in POSTS[6:]})


def named(groups):
    return [group.series.name for group in groups]


@pytest.mark.parametrize(
    ('words', 'found'),
    [
        ('见随想', ['关于注意力的随想']),
        ('他的随想', []),
        ('见线性规划小札', ['线性规划小札']),
        ('非线性规划小札', []),
        ('最优传输', ['漫谈最优传输']),
        ('最优', []),
        ('', []),
    ],
)
def test_the_end_of_a_name_names_a_series(names, words, found):
    assert named(names.ending(words)) == found


@pytest.mark.parametrize(
    ('words', 'found'),
    [
        ('在线性规划系列', ['线性规划小札']),
        ('最优传输', ['漫谈最优传输']),
        ('随想', []),
        ('见非线性规划', []),
    ],
)
def test_a_piece_of_a_name_names_a_series(names, words, found):
    assert named(names.holding(words)) == found


@pytest.mark.parametrize(
    ('words', 'found'),
    [
        ('additive combinatorics', ['Math 290']),
        ('the combinatorics', ['Math 290']),
        ('tag', []),
        ('algebra', []),
        ('of the', []),
    ],
)
def test_a_series_is_about_what_all_its_posts_are_tagged_with(names, words, found):
    assert named(names.about(words)) == found


@pytest.mark.parametrize(
    ('before', 'name', 'begins'),
    [
        ('', '化学', True),
        ('见', '化学', True),
        ('大学', '化学', False),
        ('介绍', '变分自编码器', True),
        ('之前写的', '变分自编码器', True),
        ('我同学的', '变分自编码器', False),
        ('Tao的', '变分自编码器', False),
        ('非', '欧几里得几何学', False),
        ('in ', 'Math 290', True),
    ],
)
def test_a_whole_name_is_no_end_of_a_longer_word(before, name, begins):
    assert begins_a_name(before, name) is begins


def test_a_name_begins_behind_small_words_alone():
    assert [stands_free(before) for before in ('', '参见', '我的', '他的', '非')] == [
        True,
        True,
        True,
        False,
        False,
    ]
