from __future__ import annotations

import pytest

from sphinxext_blog.formulas.fonts import embolden, join_words, one, set_letters, word
from sphinxext_blog.formulas.model import Branch


@pytest.mark.parametrize(
    ('text', 'leaf'),
    [
        ('rank', 'frank'),
        ('x', 'vx'),
        ('12', 'n12'),
        ('if and only if', 'fifandonlyif'),
        ('对比 学习', 't对比学习'),
        ('a+b', 'ta+b'),
        ('RoFormer-Sim', 'fRoFormer-Sim'),
        (' ', ''),
        ('', ''),
        ('Tr', 'ftr'),
    ],
)
def test_words_are_leaves(text, leaf):
    assert word(text) == leaf


def test_a_single_letter_is_an_operator_where_it_is_named_one():
    assert word('T', operator=True) == 'fT'


def test_runs_of_letters_are_words():
    assert join_words(['va', 'vb', 'o+', 'vc']) == ['fab', 'o+', 'vc']


def test_bold_reaches_all_variables_and_numbers():
    node = Branch('S', '', ('vx', 'n1', 'o+'))
    assert embolden(node) == Branch('S', '', ('bx', 'm1', 'o+'))


def test_letters_in_fonts_are_constants():
    assert set_letters(Branch('A', 'hat', ('bL',)), 'cal') == Branch('A', 'hat', ('ccal:L',))


def test_a_row_of_one_is_its_node():
    assert one([]) == ''
    assert one(['va']) == 'va'
    assert one(['va', 'vb']) == Branch('R', '', ('va', 'vb'))
