from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import SPELT

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.matching import matches
from sphinxext_blog.formulas.patterns import read_pattern
from sphinxext_blog.formulas.spelling import bound_latex, latex_of


def texts_of(latex):
    return [unit.canonical[1] for unit in analyse(latex).equations]


@pytest.mark.parametrize(('latex', 'spelt'), SPELT)
def test_a_text_is_latex_that_has_this_text(latex, spelt):
    (text,) = texts_of(latex)
    assert latex_of(text) == spelt
    assert texts_of(spelt) == [text]


@pytest.mark.parametrize(
    ('latex', 'spelt'),
    [
        (r'\mathbf x_i', r'{\boldsymbol{x}}_{i}'),
        (r'\boldsymbol{\alpha}+\mathbf{1}', r'\boldsymbol{\alpha}+\boldsymbol{1}'),
        ('A^T', 'A^{T}'),
        (r'A^\top', r'A^{\top}'),
        (r'A^{\mathbf T}', r'A^{\boldsymbol{T}}'),
        (r'A^{\operatorname{T}}', r'A^{\operatorname{T}}'),
    ],
)
def test_of_form_n1_bold_and_transposes_are_kept(latex, spelt):
    ((text, *_),) = [unit.canonical for unit in analyse(latex).equations]
    assert latex_of(text) == spelt
    assert [unit.canonical[0] for unit in analyse(spelt).equations] == [text]


@pytest.mark.parametrize(
    ('pattern', 'latex', 'expected'),
    [
        (
            '?a = ?b',
            r'\mathbf{y}=\boldsymbol{W}x^{\mathsf T}',
            {'a': r'\boldsymbol{y}', 'b': r'\boldsymbol{W}x^{T}'},
        ),
        (r'?a\\?b', r'\mathbf{1}\\ \mathbf{y}', {'a': r'\boldsymbol{1}', 'b': r'\boldsymbol{y}'}),
    ],
)
def test_wildcards_stand_for_what_the_formula_writes(pattern, latex, expected):
    match = matches(read_pattern(pattern), texts_of(latex))
    assert dict(bound_latex(match, latex, texts_of(latex))) == expected


def test_of_another_formula_what_was_compared_is_told():
    match = matches(read_pattern('?a=?b'), ['vx r= vy'])
    assert bound_latex(match, r'\mathbf{z}=1', ['vx r= vy']) == (('a', 'x'), ('b', 'y'))


@given(st.text(alphabet=st.sampled_from([*'vxnoRSFPQAMXLt,()-:; \\']), max_size=60))
def test_any_text_is_spelt(text):
    latex_of(text)


@given(st.text(max_size=60))
def test_any_formula_is_spelt(text):
    for canonical in texts_of(text):
        latex_of(canonical)
