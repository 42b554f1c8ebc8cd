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


@given(st.text(alphabet=st.sampled_from([*'vxnoRSFPQAMXLt,()-:; \\']), max_size=60))
def test_any_text_is_spelt(text):
    latex_of(text)


@given(st.text(max_size=60))
def test_any_formula_is_spelt(text):
    for canonical in texts_of(text):
        latex_of(canonical)
