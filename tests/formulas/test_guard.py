from __future__ import annotations

import pytest

from sphinxext_blog.formulas.guard import MAX_DEPTH, RefusedError, bounded


@pytest.mark.parametrize(
    'latex',
    [
        r'\frac{a}{b}',
        r'\left( \frac{(x)}{[y]} \right]',
        r'[0,1)\cup(2,3]',
        '(' * 8,
        '{' * MAX_DEPTH + '}' * MAX_DEPTH,
        r'(a)' * 1000,
        r'\begin{aligned}(a&+b)\\&c\end{aligned}',
    ],
)
def test_ordinary_formulas_pass_unchanged(latex):
    assert bounded(latex) == latex


@pytest.mark.parametrize(
    'latex',
    [
        '{' * (MAX_DEPTH + 1),
        r'\left(' * (MAX_DEPTH + 1),
        '(' * (MAX_DEPTH + 1) + ')' * (MAX_DEPTH + 1),
        r'\sqrt ' * (MAX_DEPTH + 1),
        r'\frac1' * (MAX_DEPTH + 1),
        r'\color{red}' * (MAX_DEPTH + 1),
        r'\def\a{' + '{' * 30 + '}' * 30 + r'}\a',
        r'\def\a{x}' + '(' * 9,
    ],
)
def test_what_is_nested_too_deeply_is_refused(latex):
    with pytest.raises(RefusedError):
        bounded(latex)


@pytest.mark.parametrize(
    ('opener', 'text'), [('(', '('), (r'\langle ', '⟨'), (r'\{', r'\{'), (r'\bigl[', '[')]
)
def test_surplus_opening_delimiters_become_text(opener, text):
    assert bounded(opener * 9).count(rf'\text{{{text}}}') == 9


def test_partners_are_looked_for_in_the_same_group_only():
    assert bounded('{(}' * 9 + ')' * 9).count(r'\text') == 9
