from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rapidfuzz.distance import Levenshtein

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.similar import distance_of_part, likeness, renaming, skeleton, stretches


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


def test_a_part_is_like_what_holds_it_but_less_than_the_same():
    query = words(r'\frac{a+b}{c}-d')
    part = likeness(query, words(r'x^2+y^2+z^2=\frac{a+b}{c}-d+\sqrt{x+y+z}'))
    assert 0.8 < part < likeness(query, words(r'\frac{a+b}{c}+d')) < 1


@given(
    st.lists(st.sampled_from('abc'), min_size=1, max_size=70), st.lists(st.sampled_from('abcd'), max_size=40)
)
def test_the_distance_of_a_part_is_that_of_the_nearest_run(query, other):
    runs = {tuple(other[n:m]) for n in range(len(other) + 1) for m in range(n, len(other) + 1)}
    assert distance_of_part(query, other) == min(Levenshtein.distance(query, run) for run in runs)


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
