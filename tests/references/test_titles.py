from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.titles import (
    exact_title,
    has_cjk,
    normalise_title,
    numbers_of,
    words_of,
)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('变分自编码器（七）：球面上的VAE', '变分自编码器(7): 球面上的vae'),
        ('变分自编码器（七）', '变分自编码器 VII'),
        ('《〈Attention is All You Need〉浅读》', '《Attention is All You Need》浅读'),
        ('【理解黎曼几何】1. 一条几何之路', '理解黎曼几何 1 一条几何之路'),
        (r'公式“$n > 8.33\log N$”', '公式 n>8.33 log N'),
        ('ＶＡＥ　的　推导', 'VAE的推导'),
        ('a\u202eb\u200bc', 'abc'),
        ('Level Set Method Part II', 'Level Set Method part 2'),
        ('第二十二次作业', '第22次作业'),
    ],
)
def test_spellings_of_one_title_are_equal(one, other):
    assert normalise_title(one) == normalise_title(other)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('特征提取3(1)', '特征提取31'),
        ('False Proof - 1 = 2', 'False Proof - 12'),
        ('变分自编码器（六）', '变分自编码器（七）'),
        ('???', '!!!'),
        ('算子（上）', '算子（下）'),
    ],
)
def test_different_titles_stay_different(one, other):
    assert normalise_title(one) != normalise_title(other)


@given(st.text(max_size=60))
def test_the_normal_form_is_idempotent(title):
    assert normalise_title(normalise_title(title)) == normalise_title(title)


@given(st.text(alphabet='一二十零IVX13(（ .·第章$\\=+', max_size=30))
def test_the_normal_form_of_numbers_is_idempotent(title):
    assert normalise_title(normalise_title(title)) == normalise_title(title)


def test_an_exact_title_differs_in_spaces_only():
    assert exact_title(' a \n b ') == 'a b'
    assert exact_title('A（一）') != exact_title('A(一)')


def test_numbers_and_volume_marks_tell_titles_apart():
    assert numbers_of('x7y上篇') == ('7', '上')
    assert numbers_of('算子上') != numbers_of('算子下')


@pytest.mark.parametrize(
    ('text', 'expected'), [('abc', False), ('aб', False), ('a中', True), ('かな', True), ('', False)]
)
def test_cjk_characters_are_recognised(text, expected):
    assert has_cjk(text) is expected


@pytest.mark.parametrize(
    ('title', 'words'),
    [
        ('Garner’s 算法(七): n>8', ('garners', '算', '法', '7', 'n', '>', '8')),
        ('ＶＡＥ+BN二十一', ('vae', '+', 'bn', '21')),
        ("don't—stop 3.14", ('dont', 'stop', '3', '14')),
        ('…', ()),
    ],
)
def test_a_title_is_words_characters_numbers_and_signs(title, words):
    assert words_of(title) == words


@given(st.text(alphabet="ab七7.-'(（ +\u200b一XIV", max_size=20))
def test_words_hold_what_the_normal_form_holds(title):
    words = ''.join(words_of(title))
    if any(c.isalnum() for c in words):
        assert normalise_title(title).replace('.', '') == words
