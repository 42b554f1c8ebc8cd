from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.phrases import find_series_phrases


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('上一篇文章我们讲了SVD', ['-1']),
        ('在上一篇中', ['-1']),
        ('在前一篇博文里', ['-1']),
        ('上篇文章说过', ['-1']),
        ('下一篇文章再谈', ['+1']),
        ('前三篇文章我们分别介绍了', ['<3']),
        ('前两篇介绍了', ['<2']),
        ('本系列的第三篇', ['3']),
        ('系列第3篇', ['3']),
        ('本系列文章的第十二篇', ['12']),
        ('in the previous post, we saw', ['-1']),
        ('The next article', ['+1']),
        ('our last two posts', ['<2']),
        ('part 3 of this series', ['3']),
        ('the second post in this series', ['2']),
        ('as shown in Part II.', ['2']),
        ('上一篇文章与本系列第四篇', ['-1', '4']),
    ],
)
def test_phrases_that_name_a_place_in_the_series(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors


@pytest.mark.parametrize(
    'text',
    [
        '上一篇论文提出',
        '目前三篇论文都',
        '前几篇文章',
        '两篇文章之间有互补作用',
        '（十七）',
        '第三篇',
        '每个系列第三篇',
        'part of this series',
        'in part 2 of the proof',
        'in Part 2 of the book',
        'the previous section',
        'a post office',
    ],
)
def test_phrases_that_may_mean_something_else_are_left_alone(text):
    assert find_series_phrases(text) == ()


@given(st.text(alphabet='上下一前两三篇文章本系列第的 3inPartofhseri', max_size=60))
def test_phrases_stand_in_order_without_overlap(text):
    found = find_series_phrases(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(p.start < p.end <= len(text) for p in found)
