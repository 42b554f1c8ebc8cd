"""What formulas are about."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas import Entry, analyse, group_by_head
from sphinxext_blog.formulas.catalogue import Place
from sphinxext_blog.formulas.heads import head_of


def texts(latex):
    return tuple(unit.canonical[0] for unit in analyse(latex).equations)


def entry(latex, posts=1):
    places = tuple(Place(f'p{n}', '', '', '') for n in range(posts))
    return Entry(latex, latex, True, texts(latex), 9, places, ())


@pytest.mark.parametrize(
    ('latex', 'head'),
    [
        (r'y = \sum_{i=1}^n x_i', 'sum'),
        (r'\Gamma(x) = \int_0^{\infty} t^{x-1} e^{-t} dt', 'integral'),
        (r'\prod_i p_i', 'product'),
        (r'\lim_{n\to\infty} a_n = 0', 'limit'),
        (r'x^* = \arg\min_x f(x)', 'optimum'),
        (r'\mathbb{E}_{x\sim p}[\log q(x)]', 'expectation'),
        (r'\frac{\partial L}{\partial w} = 0', 'derivative'),
        (r'\theta_{n+1} = \theta_n - \gamma\nabla L(\theta_n)', 'derivative'),
        (r'A = \begin{pmatrix} 1 & 2 \\ 3 & 4 \end{pmatrix}', 'matrix'),
        (r'|x| = \begin{cases} x & x>0 \\ -x & x<0 \end{cases}', 'cases'),
        (r'\operatorname{rank}(A) = \operatorname{tr}(B)', 'invariant'),
        (r'\|x\|^2', 'norm'),
        (r'\log n + 1', 'logarithm'),
        (r'\frac{e^x}{1 + e^x}', 'exponential'),
        (r'\sin^2 x + \cos^2 x = 1', 'trigonometric'),
        (r'\sqrt{a+b}', 'root'),
        (r'\binom{n}{k}', 'binomial'),
        (r'a \equiv b \pmod{n}', 'congruence'),
        (r'A \cup B \subset C', 'set'),
        (r'a + b \le c', 'inequality'),
        ('a + b = c', 'equation'),
        ('a + b', 'expression'),
        ('', 'expression'),
        # the sum stands outside, the logarithm inside
        (r'-\sum_i p_i \log p_i', 'sum'),
        (r'\log(\sum_i e^{x_i}) = \log Z', 'logarithm'),
    ],
)
def test_the_head_is_the_construct_that_governs_the_formula(latex, head):
    assert head_of(texts(latex)) == head


def test_formulas_of_one_head_are_grouped_by_what_tells_them_from_others():
    entries = [
        entry(r'\sum_i \operatorname{relu}(x_i)'),
        entry(r'\sum_i \operatorname{relu}(x_i) + 1', posts=3),
        entry(r'\sum_i a_i'),
        entry(r'\sum_i b_i + c'),
        entry('x = y'),
    ]
    groups = group_by_head(entries)
    assert [group.head for group in groups] == ['sum', 'equation']
    first, last = groups[0].groups.items()
    assert (first[0], [len(e.places) for e in first[1]]) == ('frelu', [3, 1])
    assert last[0] == ''
    assert {e.latex for e in last[1]} == {r'\sum_i a_i', r'\sum_i b_i + c'}


def test_the_order_of_the_entries_does_not_matter():
    entries = [entry(rf'\sum_i {a}_i {b}') for a in 'abc' for b in ('x', r'\sigma', r'\lambda y')]
    shown = [
        [(group.head, list(group.groups.items())) for group in group_by_head(order)]
        for order in (entries, entries[::-1], sorted(entries, key=lambda e: e.latex[::-1]))
    ]
    assert shown[0] == shown[1] == shown[2]
