"""Queries that the formula page offers."""

from __future__ import annotations

import pytest
from formula_search import stored

from sphinxext_blog.formulas import FormulaSearch, build_index
from sphinxext_blog.formulas.examples import example_queries

FORMULAS = [
    r'x^2 + y^2 = z^2',
    r'E = mc^2',
    r'\frac{x_i - \mu}{\sqrt{v + \epsilon}}',
    r'y = \operatorname{softmax}(Wx + b)',
    r'\begin{aligned}a&=b\\c&=d\end{aligned}',
    r'H = -\sum_{i=1}^n p_i \log p_i',
]


def index(*latex):
    return build_index(stored(one, f'p{n}', display=True) for n, one in enumerate(latex))


def test_examples_of_each_kind_are_found():
    files = index(*FORMULAS, FORMULAS[1])
    queries = example_queries(files)
    assert queries == ['E = mc^2', r'\frac{?a}{\sqrt{?b}}', '?a^2 + ?b^2', 'softmax(?a)']
    search = FormulaSearch(files.get)
    assert all(search.search(query)[0].kind in {'same', 'pattern'} for query in queries)


@pytest.mark.parametrize('latex', [[], ['x'], [r'\oint \aleph'], [r'\begin{aligned}a&=b\\c&=d\end{aligned}']])
def test_a_blog_without_such_formulas_has_no_examples(latex):
    assert example_queries(index(*latex)) == []


def test_what_is_too_long_for_a_button_is_no_example():
    assert example_queries(index('+'.join('abcdefghijklmnopq') + '=1')) == []
