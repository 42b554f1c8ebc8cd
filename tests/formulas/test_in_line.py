r"""Displayed formulas as they can stand in a sentence."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas.in_line import LONGEST, in_line


@pytest.mark.parametrize(
    ('latex', 'expected'),
    [
        ('x^2', 'x^2'),
        ('  a\n  + b  ', 'a + b'),
        (r'\begin{equation}a = b\label{eq:1}\end{equation}', 'a = b'),
        (r'\begin{equation*} a = b. \tag{$*$} \end{equation*}', 'a = b'),
        (r'\begin{align} a &= b \nonumber\\ \end{align}', 'a = b'),
        (r'\begin{equation}\begin{aligned}a &= b\end{aligned}\end{equation}', 'a = b'),
        (r'\begin{equation}\begin{split} f &= g,\end{split}\label{x}\end{equation}', 'f = g'),
        (r'A \& B', r'A \& B'),
        (r'\left\{ x \right.', r'\left\{ x \right.'),
        (r'a\,', r'a'),
        ('a\\ ', 'a'),
        # comments
        ('a % why\n+ b', 'a + b'),
        ('\\alpha%\nb', '\\alpha b'),
        ('\\begin{equation} a = b % c\n\\end{equation}', 'a = b'),
        (r'a = 5\% % half', r'a = 5\%'),
        # several rows, tables, something else
        (r'\begin{align} a &= b \\ c &= d \end{align}', ''),
        (r'a \\ b', ''),
        (r'\begin{aligned}[t] a &= b \end{aligned}', ''),
        (r'\begin{pmatrix} a & b \end{pmatrix}', ''),
        (r'\begin{equation}a\end{equation} \begin{equation}b\end{equation}', ''),
        (r'\begin{equation}a', ''),
        ('x' * (LONGEST + 1), ''),
        ('\\\\' * 100_000, ''),
        ('', ''),
    ],
)
def test_one_row_can_stand_in_a_sentence(latex, expected):
    assert in_line(latex) == expected


@given(st.text(alphabet='ab&%\\{}$,. \n', max_size=60) | st.text(max_size=40))
def test_an_environment_and_a_label_change_nothing(latex):
    plain = in_line(latex)
    assert '\n' not in plain
    assert in_line(plain) == plain
    if plain:
        assert in_line(f'\\begin{{equation}}{plain}\\label{{eq:x}}\\end{{equation}}') == plain
