"""Bars that are brackets, and bars that are none."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.bars import bar_sides


def sides(latex):
    """What each bar is, in order: first, second, neither."""
    words = [word for unit in analyse(latex).equations for word in (*unit.canonical[1].split(' '), ';')]
    told = zip(words, bar_sides(words, ';'), ['', *words], strict=False)
    return ''.join(
        '|()'[side] for word, side, before in told if side or (word in {'o|', 'oVert'} and before != 'S(')
    )


@pytest.mark.parametrize(
    ('latex', 'expected'),
    [
        ('|x|', '()'),
        ('|x|+|y|', '()()'),
        ('|x||y|', '()()'),
        ('||x|-|y||', '(()())'),
        ('|||x|||', '((()))'),
        ('2|x|y', '()'),
        ('P(A|B)', '|'),
        ('x|y', '|'),
        ('KL(p||q)', '|'),
        ('P(|A||B)', '()|'),
        (r'\{x||x|<1\}', '|()'),
        (r'\|x\|\|y\|', '()()'),
        (r'\|a|b\|', '(|)'),
        (r'|a\|b|', '(|)'),
        (r'\|Ax\|_F^2+|b|^2', '()()'),
        (r'\log|x|', '()'),
        (r'|\log|x||', '(())'),
        (r'|\sum_i|x_i||', '(())'),
        (r'|\text{Aut}|+|\text{End}|', '()()'),
        (r'\frac{|x|}{|y}', '()|'),
        (r'|x=|y|', '|()'),
        (r'|a|\\|b', '()|'),
        ('|x', '|'),
        ('||', '|'),
    ],
)
def test_neighbours_tell_which_bars_are_a_pair(latex, expected):
    assert sides(latex) == expected


pieces = st.sampled_from(
    ['|', r'\|', 'x', '+', '=', '(', ')', r'\log', ',', '^2', '_', '{', '}', r'\frac', '&', r'\\']
)


@given(st.lists(pieces, max_size=30).map(''.join))
def test_pairs_are_nested_in_each_row(latex):
    for unit in analyse(latex).equations:
        words = unit.canonical[1].split(' ')
        depth = 0
        for word, side in zip(words, bar_sides(words, ';'), strict=True):
            assert not side or word in {'o|', 'oVert', 'S('}
            depth += side
            assert depth >= 0
        assert depth == 0


def test_many_bars_take_no_long_time():
    words = ['o+', 'o|'] * 20_000 + ['vx', 'oVert'] * 20_000
    assert len(bar_sides(words, ';')) == 80_000
