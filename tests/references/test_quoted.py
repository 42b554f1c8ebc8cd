from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.quoted import find_quoted, may_be_title


@pytest.mark.parametrize(
    ('text', 'titles'),
    [
        ('In “Lecture 3: Norms” we', ['Lecture 3: Norms']),
        ('In "The Permanent Income Model," we', ['The Permanent Income Model']),
        ('as ‘the Gamma function’ shows', ['the Gamma function']),
        (
            '见「从随机游走到热方程」与『扩散随笔（二）：噪声的来源』',
            ['从随机游走到热方程', '扩散随笔（二）：噪声的来源'],
        ),
        ('“one Two three” and “four five Six”', ['one Two three', 'four five Six']),
        ('而“动量就是摩擦”那篇里的方程，“随机”那篇', ['动量就是摩擦']),
        # too little to stand for one post
        ('“Notes” and “so on” and 「概率」 and “概率分布”', []),
        # no quotation
        ("the dogs' bowls and the cats' beds", []),
        ('5" pipes of steel and 7" pipes', []),
        ('“never closed, and on\nit goes”', []),
    ],
)
def test_words_in_quotation_marks_are_found(text, titles):
    found = find_quoted(text)
    assert [c.title for c in found] == titles
    assert all(c.title in text[c.start : c.end] for c in found)


@pytest.mark.parametrize(
    ('words', 'enough'),
    [
        ('Random Walks', True),
        ('random walks', False),
        ('inner product space', False),
        ('a gentle primer on random walks', True),
        ('a walk', False),
        ('Transformers', False),
        ('三个字的题目啊', False),
        ('', False),
    ],
)
def test_few_words_name_no_post(words, enough):
    assert may_be_title(words) == enough


@given(st.text(alphabet='“”‘’"「」『』 ab中，.\n', max_size=60))
def test_quotations_stand_in_order_without_overlap(text):
    found = find_quoted(text)
    assert all(a.end <= b.start for a, b in pairwise(found))


@pytest.mark.parametrize('piece', ['“', '"', '‘a ', '「a', '"ab cd ef gh" '])
def test_megabytes_of_marks_are_read_to_the_end(piece):
    text = piece * (1_000_000 // len(piece))
    assert all(c.end <= len(text) for c in find_quoted(text))


def test_a_capital_within_a_sentence_tells_a_title():
    assert [c.title for c in find_quoted('We use "Freiman\'s theorem" here')] == ["Freiman's theorem"]
    assert find_quoted('"Freiman\'s theorem" is a word. "Freiman\'s theorem" again') == ()
