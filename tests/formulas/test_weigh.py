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
        r'x\in S',
        'a_k<b_k',
        "x'=y^*",
        r'\gamma=-\theta',
        r'0\le i<n',
        r'\theta=\pi/2',
        r'1\le n\le 2\times 10^5',
        r'x\to\log 2',
        r'x\in[0,1]',
        r'x\in\{-1,1\}^n',
        r'k\in\{0,1,\dots,n-1\}',
        'G=(V,E)',
        "G'=(V',E')",
        r'f:X\to Y',
        r'p_i\ge 0\ (i=1,2,\dots,n)',
        r's\in\mathcal{S},a\in\mathcal{A}',
        r'5\times 10^4,1',
        r'-\log 2',
    ],
)
def test_symbols_and_declarations_weigh_nothing(latex):
    assert set(weights(latex)) == {0}


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
        (r'x\in\mathbb{R}+y', 5),
        ('x_1,x_2,...,x_n', 2),
        ('x_1,x_2,...x_n', 2),
        (r'0,1,\dots,n-1', 1),
        (r'x_0,x_0+h,\dots,x_0+nh', 2),
        (r'(x_1,y_1),(x_2,y_2),\dots,(x_m,y_m)', 4),
        (r'(x_1,\dots,x_n,y),\dots,(z_1,\dots,z_n,y)', 3),
        (r'\dots,x', 2),
    ],
)
def test_an_enumeration_weighs_as_much_as_its_first_member(latex, weight):
    assert weights(latex) == [weight]


def test_longer_enumerations_weigh_no_more():
    assert weights(r'x_1,x_2,x_3,x_4,\dots,x_n') == weights(r'x_1,\dots,x_n')


@pytest.mark.parametrize(
    ('sum_', 'dots'),
    [
        (r'X=\sum_{i=1}^n X_i', r'X=X_1+\dots+X_n'),
        (r'f(x)=\sum_{i=0}^{n-1} a_i x^i', r'f(x)=a_0 x^0+\dots+a_{n-1}x^{n-1}'),
        (r'\bigcup_{n=1}^\infty A_n', r'A_1\cup A_2\cup\dots'),
    ],
)
def test_bounds_that_only_count_weigh_nothing(sum_, dots):
    (with_sum,), (with_dots,) = weights(sum_), weights(dots)
    assert 0 <= with_sum - with_dots <= 3  # the operator, and powers that dots swallow


@pytest.mark.parametrize(
    ('latex', 'weight'),
    [
        (r'\sum_{i=1}^{n-1}x_i', 3),
        (r'\sum_i x_i', 3),
        (r'\sum_{i,j}x_{ij}', 4),
        (r'\sum_{1\le i<j\le n}x_i', 3),
        (r'\sum_{d\mid n}x_d', 6),
        (r'\sum_{x\in S}x', 5),
        (r'\prod_{i=1}^{\lfloor n/2\rfloor}x_i', 6),
        (r'\int_a^b f(x)dx', 7),
        (r'\lim_{x\to 0}f(x)', 6),
    ],
)
def test_other_bounds_belong_to_what_is_said(latex, weight):
    assert weights(latex) == [weight]


@pytest.mark.parametrize(
    ('latex', 'weight'),
    [
        ('O(n)', 1),
        (r'O(n\log n)', 2),
        (r'\tilde{O}(n^2)', 3),
        (r'T(n)=T(n/2)+O(n\log n)', 10),
        (r'O(|V||E|+|V|^2\log|V|)', 8),
        ('P(n)', 2),
    ],
)
def test_the_argument_of_a_growth_rate_counts_half(latex, weight):
    assert weights(latex) == [weight]


@pytest.mark.parametrize(
    'latex',
    [
        'n=p_1p_2',
        'x^2=a',
        r'W^\top=W^{-1}',
        'f(0)=0',
        r'P(X=1)=p',
        r'\mathbb{P}(X=1)=p',
        r'\varphi=\frac{1+\sqrt{5}}{2}',
        r'A\subseteq X\times Y',
        r'S\in(\mathcal{F}\times\mathcal{K})_\sigma',
        r'p=(0.2,0.8)^\top',
        'x,y>x+y',
    ],
)
def test_what_computes_or_applies_something_is_no_declaration(latex):
    assert min(weights(latex)) > 0


@pytest.mark.parametrize('latex', ['-' * 3000, 'x=' + '-' * 3000, r'x=(i=1,\dots,n)' * 2000])
def test_long_rows_are_no_deep_recursion(latex):
    assert weights(latex)
