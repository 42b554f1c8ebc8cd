"""LaTeX that exporters damaged, and bars in the formulas of tables."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.markdown_math import mend_latex, protect_tables


@pytest.mark.parametrize(
    ('latex', 'mended'),
    [
        ('\\begin{cases}a \\\nb\\end{cases}', '\\begin{cases}a \\\\\nb\\end{cases}'),
        ('\\begin{cases}a \\\\\\\\\nb\\end{cases}', '\\begin{cases}a \\\\\nb\\end{cases}'),
        ('x\\_1 + y\\_{ij}', 'x_1 + y_{ij}'),
        ('a &lt; b', 'a < b'),
        ('\\\\{x\\\\}', '\\{x\\}'),
    ],
)
def test_a_damaged_formula_is_mended_and_told(latex, mended):
    found, done = mend_latex(latex)
    assert found == mended
    assert len(done) == 1


@pytest.mark.parametrize(
    'latex', ['a \\ b', '\\begin{cases}a \\\\ b\\end{cases}', '\\text{a\\_ b}', '\\{x\\}', 'a & b']
)
def test_a_sound_formula_stays(latex):
    assert mend_latex(latex) == (latex, [])


@pytest.mark.parametrize(
    ('row', 'result'),
    [
        ('| $|x|$ | b |', '| $\\vert x\\vert$ | b |'),
        ('| a | b |', '| a | b |'),
        ('| $a | b$ |', '| $a | b$ |'),
    ],
)
def test_a_bar_of_a_formula_ends_no_cell(row, result):
    assert protect_tables(f'| h | i |\n|---|---|\n{row}') == f'| h | i |\n|---|---|\n{result}'


def test_code_is_no_table():
    text = '```\n|---|---|\n| $|x|$ | b |\n```'
    assert protect_tables(text) == text
