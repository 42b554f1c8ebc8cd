from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName, Mention
from sphinxext_blog.references.surroundings import around, labels_behind, selector_of, title_in


@pytest.mark.parametrize(
    ('text', 'title'), [(' 《甲》 ', '甲'), ('《甲》乙', ''), ('《甲》《乙》', ''), ('甲', ''), ('', '')]
)
def test_a_text_is_a_title_when_nothing_else_stands_there(text, title):
    assert title_in(text) == title


@pytest.mark.parametrize(
    ('text', 'context', 'span', 'parts'),
    [
        ('《甲》', '见《甲》。', (1, 4), ('见', '。')),
        ('甲', '见《甲》。', (2, 3), ('见', '。')),
        ('《甲》', '见《甲》。', (0, 0), ('见', '。')),
        ('乙', '见《甲》。', (0, 0), ('', '见《甲》。')),
    ],
)
def test_the_words_around_a_mention(text, context, span, parts):
    assert around(Mention(DocName('a'), 'title', text, text, context, span)) == parts


@pytest.mark.parametrize(
    ('title', 'selector'), [('上一篇文章', '-1'), ('见上一篇文章', ''), ('（二）', '(2)'), ('a' * 100, '')]
)
def test_a_title_that_is_a_place_in_a_series(title, selector):
    assert selector_of(title) == selector


@pytest.mark.parametrize(
    ('after', 'labels'),
    [
        ('（三）中', ['三']),
        (' (12)', ['12']),
        ('系列的第十七篇文章', ['十七']),
        ('第3课', ['3']),
        ('（一）、（二）中', ['1', '2']),
        ('（一）到（三）', ['1', '2', '3']),
        ('（一、三）', ['1', '3']),
        ('的第一、第二篇', ['1', '2']),
        ('系列第2~4讲', ['2', '3', '4']),
        ('（一）给出', ['一']),
        ('（上、下）', ['上', '下']),
        ('（三、一）', []),
        ('的第三个例子', []),
        ('', []),
    ],
)
def test_numbers_behind_the_name_of_a_series(after, labels):
    assert list(labels_behind(after)) == labels
