"""Rows, labels and tags of one formula: pure text."""

from __future__ import annotations

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from sphinxext_blog.site.equation_rows import (
    formula_digest,
    read_layout,
    references_in,
    replace_references,
    retag,
    row_latex,
)

LATEX = st.lists(
    st.sampled_from(
        [
            r'\begin{align}',
            r'\end{align}',
            r'\begin{equation}',
            r'\end{equation}',
            r'\begin{split}',
            r'\end{split}',
            r'\label{a}',
            r'\label{',
            r'\tag{1}',
            r'\tag*{x}',
            r'\notag',
            r'\eqref{a}',
            r'\\',
            r'\\[2pt]',
            r'\left(',
            r'\right)',
            '{',
            '}',
            '&',
            '%',
            '\\',
            '\n',
            ' ',
            'x',
            '损',
            r'\{',
        ]
    ),
    max_size=40,
).map(''.join)


def rows_of(latex):
    return [(row.environment, row.labels, row.tag, row.counted) for row in read_layout(latex).rows]


@pytest.mark.parametrize(
    ('latex', 'rows'),
    [
        ('x', [('', [], None, False)]),
        (r'x \label{a}', [('', ['a'], None, True)]),
        (r'\begin{equation}x\end{equation}', [('equation', [], None, True)]),
        (r'\begin{equation*}x\end{equation*}', [('equation*', [], None, False)]),
        (r'\begin{equation*}x\tag{7}\end{equation*}', [('equation*', [], '7', False)]),
        (r'\begin{equation}x\notag\end{equation}', [('equation', [], None, False)]),
        (r'\begin{equation}x\nonumber\end{equation}', [('equation', [], None, False)]),
        (
            r'\begin{align}a\label{a}\\b\\c\notag\end{align}',
            [('align', ['a'], None, True), ('align', [], None, True), ('align', [], None, False)],
        ),
        (r'\begin{align}a\\ \end{align}', [('align', [], None, True)]),
        (r'\begin{align}a\\[2pt]b\\*c\end{align}', [('align', [], None, True)] * 3),
        (
            r'\begin{equation}\begin{split}a\\b\end{split}\label{a}\end{equation}',
            [('equation', ['a'], None, True)],
        ),
        (r'\begin{align}\begin{matrix}1\\2\end{matrix}\\b\end{align}', [('align', [], None, True)] * 2),
        (r'\begin{align}{1\\2}\\b\end{align}', [('align', [], None, True)] * 2),
        (r'\begin{align}\left(1\\2\right)\\b\end{align}', [('align', [], None, True)] * 2),
        (r'\begin{multline}a\\b\end{multline}', [('multline', [], None, True)]),
        (
            r'\begin{equation}a\end{equation} \begin{equation}b\end{equation}',
            [('equation', [], None, True)] * 2,
        ),
        ('x % \\label{hidden}\n', [('', [], None, False)]),
        (r'50\% \label{a}', [('', ['a'], None, True)]),
        (r'x \label {a  b}', [('', ['a b'], None, True)]),
        (r'x \tag{a{b}c}', [('', [], 'a{b}c', False)]),
        (r'\labels{x} \tagged \refx{y}', [('', [], None, False)]),
        (r'x \label{open', [('', [], None, False)]),
        ('', []),
    ],
)
def test_rows_are_numbered_as_amsmath_numbers_them(latex, rows):
    assert rows_of(latex) == rows


@pytest.mark.parametrize(
    ('latex', 'numbers', 'expected'),
    [
        (r'\begin{equation}x\label{a}\end{equation}', ['3'], r'\begin{equation}x\tag{3}\end{equation}'),
        (r'\begin{align}a\\b\notag\end{align}', ['1', ''], r'\begin{align}a\tag{1}\\b\end{align}'),
        (
            r'\begin{align}\alpha % note' '\n' r'\\b\end{align}',
            ['1', '2'],
            r'\begin{align}\alpha\tag{1} % note' '\n' r'\\b\tag{2}\end{align}',
        ),
        (r'\begin{equation}x\tag*{[a]}\end{equation}', ['[a]'], r'\begin{equation}x\tag*{[a]}\end{equation}'),
        (
            r'\begin{equation}\begin{split}a\\b\label{a}\end{split}\end{equation}',
            ['1'],
            r'\begin{equation}\begin{split}a\\b\end{split}\tag{1}\end{equation}',
        ),
    ],
)
def test_labels_become_tags(latex, numbers, expected):
    assert retag(latex, read_layout(latex), numbers) == expected


def test_a_row_is_shown_without_its_directions():
    latex = r'\begin{align}a &= b \label{x}\\' '\n  ' r'c &= d \tag{1}\end{align}'
    layout = read_layout(latex)
    assert [row_latex(latex, layout, row) for row in layout.rows] == ['a = b', 'c = d']


@pytest.mark.parametrize(
    ('latex', 'found'),
    [
        (r'\eqref{a}', [('eqref', 'a', True)]),
        (r'\eqref{a},\ref{b}', [('eqref', 'a', True), ('ref', 'b', True)]),
        (r'x_{\eqref{a}}', [('eqref', 'a', False)]),
        (r'x_\eqref{a}', [('eqref', 'a', False)]),
        (r'\left(\eqref{a}\right)', [('eqref', 'a', False)]),
        (r'\begin{cases}\eqref{a}\end{cases}', [('eqref', 'a', False)]),
        (r'\href{a} \preferred{b}', []),
        ('\\eqref{a', []),
    ],
)
def test_references_tell_whether_the_formula_can_be_divided(latex, found):
    assert [(r.kind, r.label, r.top) for r in references_in(latex)] == found


def test_references_are_replaced_where_they_stand():
    assert replace_references(r'a\eqref{x}b\ref{y}c', lambda r: f'<{r.label}>') == 'a<x>b<y>c'


def test_the_digest_is_of_the_formula_alone():
    def digest(latex):
        return formula_digest(latex, read_layout(latex))

    assert digest(r'x = 1\label{a}') == digest(r'x = 1 \label{b}') == digest(r'x = 1 \tag{7}')
    assert digest('x = 1') == digest(' x  =\n1 ')
    assert digest('x = 1') != digest('x = 2')


@given(LATEX)
def test_nothing_but_directions_is_taken_out(latex):
    layout = read_layout(latex)
    kept, position = [], 0
    for start, end in layout.directions:
        assert latex[start:end].startswith(('\\label', '\\tag', '\\notag'))
        kept.append(latex[position:start])
        position = end
    kept.append(latex[position:])
    assert retag(latex, layout, [''] * len(layout.rows)) == ''.join(kept)


@given(LATEX)
@example('\\notag\\')
@example('x\\')
@example('\\\\\\')
def test_a_number_that_is_put_in_is_read_back(latex):
    layout = read_layout(latex)
    numbers = [f'N{place}' for place in range(len(layout.rows))]
    written = retag(latex, layout, numbers)
    assert [row.tag for row in read_layout(written).rows] == numbers


@given(LATEX)
def test_rows_stand_one_after_the_other(latex):
    layout = read_layout(latex)
    places = [place for row in layout.rows for place in (row.start, max(row.start, row.end))]
    assert places == sorted(places)
    assert all(row_latex(latex, layout, row) == row_latex(latex, layout, row).strip() for row in layout.rows)


@pytest.mark.parametrize(
    'text',
    [
        '{',
        r'\label{',
        r'\begin{align}',
        r'\end{a}',
        r'\\',
        r'\label{a}',
        r'\tag{a}\\',
        r'\left(',
        '%',
    ],
)
def test_a_long_repetition_is_read_to_its_end(text):
    latex = r'\begin{align}' + text * 40_000 + r'\end{align}'
    layout = read_layout(latex)
    assert all(row_latex(latex, layout, row) is not None for row in layout.rows)
    assert retag(latex, layout, ['1'] * len(layout.rows))
