from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.levels import SIDE, level_of, weakest


@pytest.mark.parametrize(
    ('asked', 'there', 'level'),
    [('a+b=c', 'a+b=c', 1), (r'a+b=\boldsymbol c', 'a+b=c', 2), ('x+y=z', 'a+b=c', 3), ('a-b=c', 'a+b=c', 0)],
)
def test_the_level_is_that_of_the_first_form_in_common(asked, there, level):
    (one,), (other,) = analyse(asked).equations, analyse(there).equations
    assert level_of(one, 0, other) == level
    assert level_of(one, SIDE, other) == (level + SIDE if level else 0)


def test_the_weakest_level_is_as_good_as_it_can_be():
    # the first could take what only the second can be
    assert weakest([[1, 2], [1, 0]]) == 2
    assert weakest([[1, 4], [3, 6]]) == 4
    assert weakest([[1, 0], [1, 0]]) == 0
    assert weakest([[0]]) == 0


@given(st.lists(st.lists(st.integers(0, 6), min_size=4, max_size=4), min_size=1, max_size=4))
def test_the_weakest_level_is_that_of_the_best_choice(levels):
    choices = [
        [levels[row][column] for row, column in enumerate(columns)]
        for columns in itertools.permutations(range(4), len(levels))
    ]
    assert weakest(levels) == min((max(choice) for choice in choices if all(choice)), default=0)
