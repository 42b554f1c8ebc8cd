from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import Row
from sphinxext_blog.formulas.rows import read_rows


def row(latex: str, label: str = '', tag: str = '', *, notag: bool = False) -> Row:
    return Row(label, tag, notag, latex)


@pytest.mark.parametrize(
    ('latex', 'rows'),
    [
        ('x^2', [row('x^2')]),
        (r'x\label{eq:a}', [row(r'x\label{eq:a}', 'eq:a')]),
        (r'\begin{equation}x\label{eq:a}\end{equation}', [row(r'x\label{eq:a}', 'eq:a')]),
        (
            r'\begin{align}a&=b\label{p}\\ c&=d\tag{3}\notag\end{align}',
            [row(r'a&=b\label{p}', 'p'), row(r'c&=d\tag{3}\notag', '', '3', notag=True)],
        ),
        (
            r'\begin{equation}\begin{aligned}a\\b\end{aligned}\label{q}\end{equation}',
            [row(r'\begin{aligned}a\\b\end{aligned}\label{q}', 'q')],
        ),
        (r'\begin{align}a\\[5pt] b\\ \end{align}', [row('a'), row('b')]),
        (
            r'\begin{align*}a\\ b\tag{1}\end{align*}',
            [row('a', notag=True), row(r'b\tag{1}', '', '1', notag=True)],
        ),
        (r'\begin{alignat}{2}a\\ b\end{alignat}', [row('a'), row('b')]),
        (r'\begin{align}a\end{align}\label{late}', [row('a', 'late')]),
        (
            r'\begin{gather}\begin{split}a\\b\end{split}\\c\end{gather}',
            [row(r'\begin{split}a\\b\end{split}'), row('c')],
        ),
        (r'a\\b', [row(r'a\\b')]),
        (
            r'f=\begin{cases}a\\b\end{cases}\label{c}',
            [row(r'f=\begin{cases}a\\b\end{cases}\label{c}', 'c')],
        ),
        (r'{a\\b}', [row(r'{a\\b}')]),
        (r'\tag{$\text{a}_{1}$}x', [row(r'\tag{$\text{a}_{1}$}x', '', r'$\text{a}_{1}$')]),
        (r'\tag*{A}x', [row(r'\tag*{A}x', '', 'A')]),
        ('', [row('')]),
        (r'\label{open', [row(r'\label{open')]),
        (r'a%\label{no}', [row(r'a%\label{no}')]),
    ],
)
def test_rows_of_the_outermost_alignment(latex, rows):
    assert list(read_rows(latex)) == rows


@given(st.text(alphabet='\\{}ab&%[] beginlaend*', max_size=200))
def test_there_is_always_a_row(text):
    assert read_rows(text)


@given(
    st.lists(
        st.sampled_from(['a', r'\alpha', r'{\\}', r'\begin{cases}a\\b\end{cases}', '&']),
        min_size=1,
        max_size=6,
    )
)
def test_every_row_of_an_alignment_keeps_its_label(rows):
    latex = r'\\'.join(rf'{content}\label{{l{n}}}' for n, content in enumerate(rows))
    found = read_rows(rf'\begin{{align}}{latex}\end{{align}}')
    assert [r.label for r in found] == [f'l{n}' for n in range(len(rows))]
