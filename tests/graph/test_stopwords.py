from __future__ import annotations

from sphinxext_blog.graph.stopwords import CHINESE, ENGLISH, FUNCTION_CHARACTERS, PLACE_CHARACTERS, WEAK_ENDS


def test_chinese_stop_words_are_ideographs_of_two_to_five():
    assert all(2 <= len(word) <= 6 and not word.isascii() for word in CHINESE)
    assert {'我们', '一个', '可以', '这个'} - CHINESE == {'这个'}
    assert '这' in FUNCTION_CHARACTERS  # so that 这个 is never in one run


def test_english_stop_words_are_in_lower_case():
    assert all(word.islower() and word.isascii() for word in ENGLISH)
    assert {'the', 'we', 'of'} <= ENGLISH


def test_subjects_of_mathematics_are_no_stop_words():
    assert not {'函数', '空间', '梯度', '概率', '矩阵', '方程'} & CHINESE
    assert not {'function', 'space', 'gradient', 'ring', 'field', 'set', 'group'} & ENGLISH


def test_no_character_is_listed_twice():
    characters = FUNCTION_CHARACTERS + WEAK_ENDS + PLACE_CHARACTERS
    assert len(characters) == len(set(characters))
