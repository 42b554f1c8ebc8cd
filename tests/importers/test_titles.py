from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.titles import (
    derive_title,
    display_width,
    ends_like_a_sentence,
    is_title_like,
    normalise,
)


@pytest.mark.parametrize(
    'title',
    [
        '梯度流:探索通往最小值之路',
        '对比学习可以使用梯度累积吗?',
        '真的吗\uff1f',
        'SimBERTv2来了!融合检索和生成的RoFormer-Sim模型',
        '大自然的隐身术——保护色',
        '【理解黎曼几何】1. 一条几何之路',
        'Why AdamW works...',
        'a' * 10_000,
    ],
)
def test_a_short_line_without_the_end_of_a_sentence_is_title_like(title):
    assert is_title_like(title)


@pytest.mark.parametrize(
    'text',
    [
        '在这篇文章中,我们继续沿着这个思路。',
        '他说:“不对。”',
        '读完本文,你或许可以了解到:',
        '那么,我们可以吗?本文就来分析这个问题,可以吗?',
        'We begin with a lemma.',
        '一。' + '二' * 200,
        '——',
        '',
    ],
)
def test_a_text_that_ends_like_a_sentence_is_no_title(text):
    assert not is_title_like(text)


@pytest.mark.parametrize('text', ['完了。', '完了。”', '完了\uff01)', 'so it goes.', '其一;'])
def test_closing_quotes_do_not_hide_the_end_of_a_sentence(text):
    assert ends_like_a_sentence(text)


@pytest.mark.parametrize(
    ('text', 'title'),
    [
        ('《从A看B(一):从SGD到动量》一文中,我们提出了', '《从A看B(一):从SGD到动量》一文中'),
        ('本文的主题是“为什么,我们”,所谓“有限”', '本文的主题是“为什么,我们”'),
        ('设$f(x,y)$光滑,则', '设$f(x,y)$光滑'),
        ('共有1,000个点。', '共有1,000个点'),
        ('首先,我们看一个例子。', '首先,我们看一个例子'),
        ('为什么需要学习率\uff1f因为', '为什么需要学习率\uff1f'),
        ('《没有关上的书名,然后继续。', '《没有关上的书名'),
        ('无标点', '无标点'),
        ('', ''),
        ('..', ''),
        ('=====', ''),
        ('————,————。', ''),
        ('====。我们从头说起,然后', '我们从头说起'),
        ('=' * 100 + ' a', ''),
    ],
)
def test_the_first_clause_is_the_title_of_an_untitled_post(text, title):
    assert derive_title(text) == title


@given(st.text())
def test_a_derived_title_is_short_and_cuts_no_formula(text):
    title = derive_title(text)
    assert len(title) <= 100 or '$' in title or '\\(' in title
    assert '\n' not in title
    assert not title or any(map(str.isalnum, title))


def test_spellings_of_one_title_are_equal_when_normalised():
    assert normalise('变分自编码器\uff08七\uff09\uff1a VAE') == normalise('变分自编码器(七):vae\u200b')


def test_a_chinese_character_takes_two_columns():
    assert display_width('a中\uff09') == 5
