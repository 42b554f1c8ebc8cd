from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.naming import cut_off, find_about, find_named


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('见随想之二。', ['named 之 2']),
        ('之一里的原理', ['named 之 1']),
        ('最重要的工具之一，', []),
        ('百分之二的误差', []),
        ('放在札记2里', ['named 2']),
        ('梯度流札记：3的出发点', ['named 3']),
        ('札记2019年', []),
        ('【不等式漫谈】2中的', ['named 2']),
        ('素数定理上篇里', ['named 上']),
        ('素数定理（下）', ['named 下']),
        ('一上篇', []),
        ('中篇小说与上篇幅', []),
        ('see Math 290, Lecture 4 for', ['named lecture 4']),
        ('最优传输系列的第二篇', ['named 2']),
    ],
)
def test_numbers_beside_words_that_may_name_a_series(text, selectors):
    assert [selector for _, _, selector in find_named(text)] == selectors


@pytest.mark.parametrize(
    ('text', 'places'),
    [
        ('in Part 2 of my series on flows, we', [('Part 2 of my series on flows', 'about 2 flows')]),
        (
            'Part 3 of the policy gradient series, only',
            [('Part 3 of the policy gradient series', 'about 3 policy gradient')],
        ),
        (
            'The second post on the polynomial method was',
            [('The second post on the polynomial method', 'about 2 the polynomial method')],
        ),
        ('Lecture 3 of our notes on flows by Smith', []),
        ('Part 2 of the proof', []),
    ],
)
def test_numbers_before_what_a_series_is_about(text, places):
    assert [(text[start:end], selector) for start, end, selector in find_about(text)] == places


def test_a_description_ends_where_the_sentence_goes_on():
    assert cut_off('compactness that we need') == 'compactness'
    assert cut_off('large models') == 'large models'


@given(st.text('系列札记之一二（)(上中下篇】第 Part1of my serieson,', max_size=200))
def test_places_lie_in_the_text_and_apart(text):
    places = list(find_named(text))
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_long_texts_are_read_in_linear_time():
    text = '札记之上篇（' * 50_000 + 'Part 1 of my ' + 'very ' * 50_000
    assert len(list(find_named(text))) == 50_000
    assert list(find_about(text)) == []
