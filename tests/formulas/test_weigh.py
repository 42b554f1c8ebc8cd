from __future__ import annotations

import pytest

from sphinxext_blog.formulas import analyse


def weights(latex):
    return [unit.weight for unit in analyse(latex).equations]


@pytest.mark.parametrize(
    'latex',
    [
        'x',
        'x_{t+1}',
        r'\hat{m}_t',
        r"\boldsymbol{W}'",
        r'\mathbb{R}^{n\times m}',
        r'x\in\mathbb{R}',
        r'\boldsymbol{A}\in\mathbb{R}^{n\times m}',
        r'x,y\in\mathbb{R}^n',
        r'A\in\mathbb{R}^{n\times r},B\in\mathbb{R}^{r\times m}',
        r'z\in\mathbb{R}^n\times\mathbb{R}^m',
        '(x)',
    ],
)
def test_symbols_and_declarations_weigh_nothing(latex):
    assert weights(latex) == [0]


@pytest.mark.parametrize(
    ('latex', 'weight'),
    [
        ('a+b', 3),
        (r'\frac{a}{b}', 3),
        (r'\sqrt{a+b}', 4),
        ('f(x)', 2),
        ('a,b', 2),
        (r'x_1,x_2,\dots,x_n', 2),
        (r'x_1,\dots,x_n', 2),
        (r'x_1+x_2+\cdots+x_n=1', 4),
        (r'f(x_1,\dots,x_n)', 3),
        (r'a+x_1 x_2\cdots x_n', 4),
        (r'x\in S', 3),
        (r'x\in\mathbb{R}+y', 5),
    ],
)
def test_an_enumeration_weighs_as_much_as_its_first_member(latex, weight):
    assert weights(latex) == [weight]


def test_longer_enumerations_weigh_no_more():
    assert weights(r'x_1,x_2,x_3,x_4,\dots,x_n') == weights(r'x_1,\dots,x_n')
