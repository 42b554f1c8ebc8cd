from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.spelling import latex_of


def texts_of(latex):
    return [unit.canonical[1] for unit in analyse(latex).equations]


@pytest.mark.parametrize(
    ('latex', 'spelt'),
    [
        (r'\dfrac{a+b}2', r'\frac{a+b}{2}'),
        ('x_i^2', 'x_{i}^{2}'),
        ("f''(x)", r'f^{\prime\prime}(x)'),
        (r'\alpha x', r'\alpha x'),
        (r'\alpha+x', r'\alpha+x'),
        (r'\boldsymbol{A}^T', r'A^{\top}'),
        (r'\sqrt[3]x', r'\sqrt[3]{x}'),
        (r'\sqrt x', r'\sqrt{x}'),
        (r'\left<x,y\right>', r'\langle x,y\rangle'),
        ('[0,1)', '[0,1)'),
        (r'\{x\}', r'\lbrace x\rbrace'),
        (r'\hat xy', r'\hat{x}y'),
        (r'\mathbb{E}_p[x]', r'{\mathbb{E}}_{p}[x]'),
        (r'\text{如果}', r'\text{如果}'),
        (r'\operatorname{ReLU}x', r'\operatorname{ReLU}x'),
        (r'\sin x', r'\sin x'),
        (r'{ab}^2', '{ab}^{2}'),
        (r'\int f\,dx', r'\int fdx'),
        ('e^x', 'e^{x}'),
        (r'\binom nk', r'\binom{n}{k}'),
        (r'{n\atop k}', r'{n \atop k}'),
        (r'\begin{pmatrix}a&b+c\\d\end{pmatrix}', r'(\begin{matrix} a & b+c \\ d \end{matrix})'),
        (r'x=\begin{cases}1&a\\&b\end{cases}', r'x=\begin{cases} 1 & a \\  & b \end{cases}'),
        (r'f\begin{aligned}a\\b+c\end{aligned}', r'f\begin{aligned} a \\ b+c \end{aligned}'),
        ('a:=b', 'a:=b'),
        (r'a\not=b', r'a\ne b'),
    ],
)
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
