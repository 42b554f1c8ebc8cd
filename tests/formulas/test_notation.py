"""The symbols of a post and who means the same by them."""

from __future__ import annotations

from sphinxext_blog.formulas import Formula, analyse, keys_of, make_catalogue, notation_of
from sphinxext_blog.records import DocName


def formula(docname, latex, anchor='f'):
    analysis = analyse(latex)
    equations = tuple(unit.canonical[0] for unit in analysis.equations)
    return Formula(DocName(docname), anchor, latex, keys=keys_of(analysis), equations=equations)


def test_symbols_come_in_reading_order_with_their_first_place_and_meaning():
    formulas = [
        formula('a', 'x + y', 'one'),
        formula('a', 'y = 2x', 'two'),
        formula('a', r'\begin{align} x &= 1 \\ z &= 2 \end{align}', 'three'),
        formula('a', 'x x', 'four'),
    ]
    rows = {row.latex: row for row in notation_of(formulas)}
    assert list(rows) == ['x', 'y', 'z']
    assert [row.first.anchor for row in rows.values()] == ['one', 'one', 'three']
    assert [row.count for row in rows.values()] == [4, 2, 1]
    assert rows['y'].definition is formulas[1]
    # of several equations a table would have to show all
    assert rows['x'].definition is None


def test_posts_use_a_symbol_for_the_same_when_they_state_an_equation_with_it_alike():
    a, b, c, d = (
        formula('a', r'\sigma = \sqrt{v}'),
        formula('b', r'\sigma=\sqrt v.'),
        formula('c', r'\sigma = (1\,2)'),
        formula('d', r'\boldsymbol{\sigma} = \sqrt{v}'),
    )
    stated = make_catalogue([a, b, c, d]).stated
    rows = {row.latex: row.shared for row in notation_of([a], stated)}
    assert rows == {r'\sigma': ('b',), 'v': ('b',)}
    assert all(row.shared == () for row in notation_of([c], stated))


def test_an_expression_alone_is_no_statement():
    a, b = formula('a', r'n \times m'), formula('b', r'n \times m')
    assert all(row.shared == () for row in notation_of([a], make_catalogue([a, b]).stated))


def test_a_post_without_formulas_has_no_notation():
    assert notation_of([]) == ()
