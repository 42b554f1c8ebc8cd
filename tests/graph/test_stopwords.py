from __future__ import annotations

import pytest

from sphinxext_blog.graph.stopwords import (
    CHINESE,
    ENGLISH,
    FUNCTION_CHARACTERS,
    GENERAL,
    LEADING,
    LONGEST_CHINESE,
    NAMELESS,
    TRAILING,
)


def test_chinese_stop_words_are_ideographs_of_two_to_six():
    assert all(2 <= len(word) <= LONGEST_CHINESE == 6 and not word.isascii() for word in CHINESE)
    assert {'我们', '一个', '可以', '这个'} - CHINESE == {'这个'}
    assert '这' in FUNCTION_CHARACTERS  # so that 这个 is never in one run


def test_english_stop_words_are_in_lower_case():
    assert all(word.islower() and word.isascii() for word in ENGLISH)
    assert {'the', 'we', 'of'} <= ENGLISH


def test_subjects_of_mathematics_are_no_stop_words():
    assert not {'函数', '空间', '梯度', '概率', '矩阵', '方程', '约束', '对偶'} & (CHINESE | GENERAL)
    assert not {'函数', '空间', '梯度', '概率', '矩阵', '约束', '对偶', '群', '拓扑'} & NAMELESS
    assert not {'function', 'space', 'gradient', 'ring', 'field', 'group', 'matrix'} & NAMELESS
    assert not {'function', 'space', 'gradient', 'ring', 'field', 'set', 'group'} & ENGLISH


def test_no_character_is_listed_twice():
    for characters in (FUNCTION_CHARACTERS, LEADING, TRAILING):
        assert len(characters) == len(set(characters))
    assert not set(FUNCTION_CHARACTERS) & set(LEADING + TRAILING)


def test_a_word_is_in_one_list_only():
    assert not CHINESE & GENERAL
    assert not ENGLISH & GENERAL


@pytest.mark.parametrize('word', ['重要', '方向', '选择', '完全'])
def test_words_that_terms_may_be_made_of_split_no_text(word):
    assert word in GENERAL
