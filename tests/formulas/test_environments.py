"""Tables and alignments, as environments and as plain TeX has them."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas import analyse, parse


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        (r'\matrix{a&b\cr c&d}', r'\begin{matrix}a&b\\c&d\end{matrix}'),
        (r'\pmatrix{a&b\cr c&d\cr}^2', r'\begin{pmatrix}a&b\\c&d\end{pmatrix}^2'),
        (r'x=\cases{a&b\cr c&d}', r'x=\begin{cases}a&b\\c&d\end{cases}'),
        (r'\pmatrix{\matrix{a\cr b}&c}', r'\begin{pmatrix}\begin{matrix}a\\b\end{matrix}&c\end{pmatrix}'),
        (r'\displaylines{x=y}', 'x=y'),
    ],
)
def test_a_table_of_plain_tex_is_that_of_the_environment(one, other):
    assert parse(one) == parse(other)
    assert analyse(one).problems == ()


def test_lines_of_plain_tex_are_equations():
    lines = analyse(r'\eqalign{a&=b\cr &=c}').equations
    assert [unit.canonical[0] for unit in lines] == ['va r= vb', 'va r= vc']


@pytest.mark.parametrize('name', ['rcases', 'drcases'])
def test_a_brace_on_the_right_is_another_table(name):
    table = rf'x=\begin{{{name}}}a\\b\end{{{name}}}'
    assert parse(table) == parse(r'x=\begin{rcases}a\\b\end{rcases}')
    assert parse(table) != parse(r'x=\begin{cases}a\\b\end{cases}')
    assert analyse(table).problems == ()


@pytest.mark.parametrize('latex', [r'\matrix{a&b', r'\matrix{a\end{x}}', r'\matrix', r'\begin{matrix}a'])
def test_a_table_without_an_end_is_a_problem(latex):
    assert analyse(latex).problems
