from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import SPELT

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.spelling import latex_of


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


@given(st.text(alphabet=st.sampled_from([*'vxnoRSFPQAMXLt,()-:; \\']), max_size=60))
def test_any_text_is_spelt(text):
    latex_of(text)


@given(st.text(max_size=60))
def test_any_formula_is_spelt(text):
    for canonical in texts_of(text):
        latex_of(canonical)
