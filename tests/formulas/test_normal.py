from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse


def forms(latex, level):
    return [unit.canonical[level - 1] for unit in analyse(latex).equations]


SURFACE = [
    ('a+b', ' a  + b '),
    (r'\left(\frac{a}{b}\right)', r'\bigl(\dfrac ab\bigr)'),
    (r'x_i^2', 'x^{2}_{i}'),
    (r'a\leq b', r'a\leqslant b'),
    (r'\displaystyle\sum_i x', r'\sum\limits_i x'),
    (r'x,', 'x'),
    (r'x\label{a}', 'x'),
    ('x : = y', 'x := y'),
    (r'x \colon= y', r'x \mathrel{:}= y'),
    (r'\begin{align}x :&= y\end{align}', 'x := y'),
    (r'\varGamma', r'\Gamma'),
    ('φϕϑ', r'\varphi\phi\vartheta'),
    (r'\bm{x}', r'\boldsymbol{x}'),
    (r'\epsilon', r'\varepsilon'),
    ('p(x|y)', r'p(x\mid y)'),
    (r'\|x\|', r'\Vert x\Vert'),
    (r'x_1,\dots,x_n', r'x_1,\cdots,x_n'),
    (r'α≤β', r'\alpha\le\beta'),
    (r'\mathrm{d}x', 'dx'),
    (r'\mathop{\text{argmin}}_x', r'\mathop{\arg\min}\limits_{x}'),
    (r'\begin{equation}x\end{equation}', 'x'),
    (r'\begin{split}a&=b\end{split}', 'a=b'),
]

BLIND = [
    (r'\boldsymbol{x}', 'x'),
    (r'\mathbf{1}', '1'),
    (r'\boldsymbol{A}^{\top}', 'A^T'),
    (r'A^{\mathrm{T}}', r'A^\top'),
    (r'A^{\intercal}', r'\boldsymbol{A}^{\boldsymbol{T}}'),
    (r'\phi(n)', r'\varphi(n)'),
    (r'\boldsymbol{\vartheta}', r'\theta'),
    (r'\varsigma+\varrho+\varkappa', r'\sigma+\rho+\kappa'),
    (r'\underbrace{a+b}_{n}', 'a+b'),
    (r'\overset{(1)}{=}b', '=b'),
]

RENAMED = [
    ('a+b=b+a', 'x+y=y+x'),
    (r'\sum_{i=1}^n x_i', r'\sum_{k=1}^m y_k'),
    (r'\int_0^1 f(x)dx', r'\int_0^1 g(t)dt'),
    (r'\sum_{t=1}^T x_t', r'\sum_{i=1}^n x_i'),
    (r'\int_0^T f(t)dt', r'\int_0^b f(x)dx'),
    (r'\prod^T_{t=1}A^T', r'\prod_{i=1}^m B^{\top}'),
    (r'\bigoplus_t^T V_t', r'\bigoplus_i^n W_i'),
    (r'\varphi(n)', r'\psi(n)'),
    (r'\frac{dy}{dx}=y', r'\frac{df}{dt}=f'),
    (r'e^{-x}', 'e^{-t}'),
    (r'\pi r^2', r'\pi a^2'),
    (r'\boldsymbol{x}^\top\boldsymbol{y}', 'a^T b'),
]

DIFFERENT_ALWAYS = [
    ('a+b', 'a-b'),
    ('a+a', 'a+b'),
    ('x_2', 'x_3'),
    ('x^2', 'x_2'),
    ('a+b=b+a', 'a+b=a+b'),
    (r'\mathbb{E}[x]', r'\mathbb{P}[x]'),
    (r'\mathcal{N}(0,1)', r'\mathcal{U}(0,1)'),
    (r'\sin x', r'\cos x'),
    ('a<b', r'a\le b'),
    (r'\frac{a}{b}', r'\frac{b}{b}'),
    (r'\sqrt{a+b}', r'\sqrt{a}+b'),
    (r'e^x', 'a^x'),
    (r'\pi', 'x'),
    (r'\int f dx', r'\int f \, c x'),
    ('(a)b', '(ab)'),
    (r'\hat{x}', 'x'),
    (r'\text{if}', r'\text{and}'),
    ('x:=y', 'x=y'),
    (r'\pi', r'\varpi'),
    (r'\max x^T', r'\max x^n'),
    (r'A\xrightarrow{2}B', r'A\xrightarrow{3}B'),
]


@pytest.mark.parametrize(('one', 'other'), SURFACE)
def test_n1_is_blind_to_the_surface(one, other):
    assert forms(one, 1) == forms(other, 1)


@pytest.mark.parametrize(('one', 'other'), BLIND)
def test_n2_is_blind_to_bold_and_to_the_transpose(one, other):
    assert forms(one, 2) == forms(other, 2)
    assert forms(one, 1) != forms(other, 1)


@pytest.mark.parametrize(('one', 'other'), RENAMED)
def test_n3_is_blind_to_the_names_of_variables(one, other):
    assert forms(one, 3) == forms(other, 3)
    assert forms(one, 2) != forms(other, 2)


@pytest.mark.parametrize(('one', 'other'), DIFFERENT_ALWAYS)
def test_no_form_confuses_what_means_something_else(one, other):
    assert forms(one, 3) != forms(other, 3)


LETTERS = 'abfxyzABQ'
PARTS = [
    *LETTERS,
    *LETTERS,
    '+',
    '-',
    '1',
    '2',
    '(',
    ')',
    r'\sin ',
    r'\alpha ',
    r'\frac{a}{x}',
    r'x_y',
    r'\mathbb{R}',
]


@given(st.lists(st.sampled_from(PARTS), max_size=25), st.permutations(LETTERS))
def test_any_renaming_keeps_n3(parts, letters):
    table = str.maketrans(LETTERS, ''.join(letters))
    renamed = [
        part.translate(table) if not part.startswith((r'\s', r'\al', r'\m', r'\f')) else part
        for part in parts
    ]
    renamed = [
        rf'\frac{{{letters[0]}}}{{{letters[3]}}}' if part.startswith(r'\f') else part for part in renamed
    ]
    assert forms(''.join(parts), 3) == forms(''.join(renamed), 3)


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_space_and_style_keep_n1(parts):
    loose = r'\displaystyle ' + r'\, '.join(parts) + r' \label{a}.'
    assert forms(loose, 1) == forms(''.join(parts), 1)


@given(st.lists(st.sampled_from(PARTS), min_size=1, max_size=12), st.data())
def test_another_operator_is_another_form(parts, data):
    places = [n for n, part in enumerate(parts) if part in '+-']
    if places:
        n = data.draw(st.sampled_from(places))
        flipped = [*parts[:n], '-' if parts[n] == '+' else '+', *parts[n + 1 :]]
        assert forms(''.join(parts), 3) != forms(''.join(flipped), 3)


@given(st.lists(st.sampled_from(PARTS), max_size=25))
def test_equal_forms_on_a_level_are_equal_on_the_next(parts):
    latex = ''.join(parts)
    bold = ''.join(rf'\boldsymbol{{{part}}}' if part in LETTERS else part for part in parts)
    assert forms(latex, 2) == forms(bold, 2)
    assert forms(latex, 3) == forms(bold, 3)
