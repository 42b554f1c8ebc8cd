from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.similar import likeness, renaming, skeleton, stretches


def words(latex):
    return skeleton(analyse(latex).equations[0].canonical[1])


def test_the_skeleton_has_no_closing_marks():
    assert words('x^{a+b}') == ('S(', 'vx', '-', 'va', 'o+', 'vb')


def test_what_is_the_same_is_alike():
    assert likeness(words('a+b'), words('a+b')) == 1


def test_other_names_cost_little():
    assert 0.9 < likeness(words('a(b+c)=ab+ac'), words('x(y+z)=xy+xz')) < 1


def test_a_change_costs_more_than_other_names():
    query = words('a(b+c)=ab+ac')
    assert likeness(query, words('x(y+z)=xy+xz')) > likeness(query, words('x(y-z)=xy-xz'))


def test_a_swap_of_names_is_no_identity():
    assert likeness(words('a-b'), words('b-a')) < 1


def test_the_renaming_is_one_to_one_and_survives_a_change():
    names = renaming(words('a(b+c)=ab+ac'), words('x(y+z)=xy-xz'))
    assert names == {'va': 'vx', 'vb': 'vy', 'vc': 'vz'}


def test_a_change_leaves_most_stretches():
    one, other = set(stretches(words('a(b+c)d=ab+ac+ad'))), set(stretches(words('a(b+c)d=ab+ac-ad')))
    assert len(one & other) > len(one) / 2


@pytest.mark.parametrize(('one', 'other'), [('a', 'b'), ('1', r'\sin'), ('x', r'\frac{a}{b}')])
def test_likeness_is_a_share(one, other):
    assert 0 <= likeness(words(one), words(other)) <= 1


@given(st.lists(st.sampled_from(['va', 'vb', 'vc', 'o+', 'n1', 'S(', '-']), max_size=30))
def test_everything_is_like_itself(sequence):
    assert likeness(sequence, sequence) == 1


@given(
    st.lists(st.sampled_from(['va', 'vb', 'o+', 'n1']), max_size=20),
    st.lists(st.sampled_from(['vx', 'vy', 'o+']), max_size=20),
)
def test_a_renaming_never_sends_two_names_to_one(one, other):
    names = renaming(one, other)
    assert len(set(names.values())) == len(names)
