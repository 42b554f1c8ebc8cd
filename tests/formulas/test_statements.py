"""Where one statement of a line ends and the next begins."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas import analyse


def forms(latex):
    return [unit.canonical[0] for unit in analyse(latex).equations]


def sides(latex):
    return [unit.canonical[0] for unit in analyse(latex).sides]


@pytest.mark.parametrize(
    ('latex', 'statements'),
    [
        (r'x=1 \text{ or } x=2', ['x=1', r'\text{or}', 'x=2']),
        (r'f(x)=0 \text{ if } x=1', ['f(x)=0', r'\text{if}', 'x=1']),
        (r'x=1\mbox{, where }y=2', ['x=1', r'\text{,where}', 'y=2']),
        (r'n\sigma^2=1 \text{ 或等价于 } \sigma=2', [r'n\sigma^2=1', r'\text{或等价于}', r'\sigma=2']),
        (r'x=1, \text{ and } y=2, z=3', ['x=1', r'\text{and}', 'y=2', 'z=3']),
        (r'x=1 \therefore y=2', ['x=1', 'y=2']),
        (r'x=1 \because y=2', ['x=1', 'y=2']),
        (r'\text{if } x=1 \text{ then } y=2', [r'\text{if } x=1', r'\text{then}', 'y=2']),
        (r'x=1\quad\text{or}\quad x=2', ['x=1', r'\text{or}', 'x=2']),
    ],
)
def test_words_between_statements_part_them(latex, statements):
    assert forms(latex) == [form for statement in statements for form in forms(statement)]


@pytest.mark.parametrize(
    'latex',
    [
        r'\forall x=1 \text{ and } y=2',
        r'x=1 \land x=2',
        r'x=1 \lor x=2',
        r'x=1 \mid y=2',
        'x=1 : y=2',
    ],
)
def test_what_may_part_statements_is_no_chain(latex):
    """``x = 1`` or ``x = 2`` says nowhere that ``x = 2``."""
    (form,) = forms(latex)
    assert form.count('r=') == 2
    assert sides(latex) == []


@pytest.mark.parametrize(
    ('latex', 'links'),
    [
        (r'P=\text{收入}-\text{成本}=5', [r'P=\text{收入}-\text{成本}', 'P=5']),
        (r'P=\text{正确}=0.5', [r'P=\text{正确}', 'P=0.5']),
        (r'r=2\operatorname{rank}A=n', [r'r=2\operatorname{rank}A', 'r=n']),
        (r'y=\text{for}\cdot x=1', [r'y=\text{for}\cdot x', 'y=1']),
        ('a=|b|=c', ['a=|b|', 'a=c']),
        ('a=(b:c)=d', ['a=(b:c)', 'a=d']),
    ],
)
def test_words_in_a_term_part_nothing(latex, links):
    assert forms(latex) == [form for link in links for form in forms(link)]
