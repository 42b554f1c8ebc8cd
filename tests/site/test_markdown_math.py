"""LaTeX that exporters damaged, and bars in the formulas of tables."""

from __future__ import annotations

import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.amsmath import amsmath_plugin
from mdit_py_plugins.dollarmath import dollarmath_plugin

from sphinxext_blog.site.markdown_math import math_plugin, mend_latex, protect_tables


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


def _parser(remarks: list[tuple[int, str]] | None = None) -> MarkdownIt:
    md = (
        MarkdownIt('commonmark')
        .enable('table')
        .use(dollarmath_plugin, double_inline=True)
        .use(amsmath_plugin)
    )
    math_plugin(md, lambda line, message: (remarks if remarks is not None else []).append((line, message)))
    return md


def _formulas(text: str) -> list[str]:
    return [
        part.content.strip()
        for token in _parser().parse(text)
        for part in (token, *(token.children or ()))
        if part.type in {'math_inline', 'math_inline_double', 'math_block'}
    ]


@pytest.mark.parametrize(
    ('text', 'formulas'),
    [
        ('$$a \\tag{1}$$ $$b$$', ['a \\tag{1}', 'b']),
        ('$$a$$$$b$$', ['a', 'b']),
        ('text\n$$a$$ and $$b$$\n', ['a', 'b']),
        ('$$\na\n$$ $$b$$', ['a', 'b']),
        ('$$\na\n$$\n\n$$\nb\n$$', ['a', 'b']),
        ('```math\nx_1 * y\n```', ['x_1 * y']),
        ('As $`a_1 * b`$ is', ['a_1 * b']),
        ('```python\n$$\n```', []),
        ('| a | b |\n|---|---|\n| $P(A|B)$ | `a|b` |', ['P(A\\vert B)']),
    ],
)
def test_each_formula_is_one(text, formulas):
    assert _formulas(text) == formulas


@pytest.mark.parametrize(
    ('text', 'lines'),
    [
        ('One.\n\nTwo\n$$ x\nthree', [4]),
        ('$$\nnever\n\nLast.', [1]),
        ('$$a$$ and $$ b', [1]),
        ('- item\n\n  $$ x', [3]),
        ('`$$` and \\$\\$ and $$$ and $$a$$', []),
        ('```\n$$\n```', []),
    ],
)
def test_a_formula_that_does_not_end_is_told(text, lines):
    remarks: list[tuple[int, str]] = []
    _parser(remarks).parse(text)
    assert [line for line, message in remarks if 'does not end' in message] == lines
