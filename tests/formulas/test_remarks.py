r"""Remarks under braces and over relations: N1 holds them, N2 and N3 don't."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import Branch, analyse, parse
from sphinxext_blog.formulas.normal import blind_text
from sphinxext_blog.formulas.remarks import is_remark, remarked, without_remarks


def forms(latex, level=1):
    return [unit.canonical[level - 1] for unit in analyse(latex).equations]


def sizes(latex):
    return [(unit.size, unit.weight) for unit in analyse(latex).equations]


PLACES = [
    (r'\underbrace{#}', ''),
    (r'\overbrace{#}=c', 'd+'),
    (r'\frac{\underbrace{#}}{b}', ''),
    (r'\sqrt{\underbrace{#}}', ''),
    (r'\begin{pmatrix}\underbrace{#}&b\end{pmatrix}', ''),
    (r'x_{\underbrace{#}}', ''),
    (r'\int\underbrace{#}dx', ''),
    (r'(\underbrace{#},c)', ''),
]


@pytest.mark.parametrize(('place', 'before'), PLACES)
@pytest.mark.parametrize('body', ['a', 'a+b', 'a,', r'a_1', r'a\quad b', 'a=b', '(a)', r'\boldsymbol{a}'])
def test_n2_and_the_weight_are_those_without_the_remark(place, before, body):
    plain = before + place.replace('#', body).replace(r'\underbrace', '').replace(r'\overbrace', '')
    one, other = (
        before + place.replace('{#}', f'{{{body}}}_{{{remark}}}') for remark in (r'n\text{ times}', 'm')
    )
    for level in (2, 3):
        assert forms(one, level) == forms(other, level) == forms(plain, level)
    assert sizes(one) == sizes(plain)
    assert len({tuple(forms(latex)) for latex in (one, other, plain)}) == 3


def test_a_script_behind_a_brace_belongs_to_what_is_under_it():
    assert forms(r'{\underbrace{a_1}_{n}}^2', 2) == forms('a_1^2')
    assert forms(r"\underbrace{a}_{n}'", 2) == forms("a'")
    assert forms(r'{\underbrace{a+b}_{n}}^2', 2) == forms('{a+b}^2')


def test_nothing_and_lines_have_no_remarks():
    lines = parse(r'\begin{aligned}a&=b\\c&=d\end{aligned}')
    assert remarked([lines], ['vx']) == [lines]
    assert remarked(['p,', 'q'], ['vx']) == ['p,', 'q']
    assert remarked(['va'], ['']) == ['va']
    assert forms(r'\underbrace{\begin{aligned}a&=b\\c&=d\end{aligned}}_n') == [*forms('a=b'), *forms('c=d')]


def test_a_remark_stands_before_the_punctuation():
    assert remarked(['va', 'p,'], ['vx', 'vy']) == [
        'va',
        Branch('K', '', ('vx',)),
        Branch('K', '', ('vy',)),
        'p,',
    ]


def test_a_tree_without_remarks():
    assert without_remarks(parse(r'\frac{\underbrace{a}_n}{\underbrace{b+c}_m}')) == parse(r'\frac{a}{b+c}')
    assert not is_remark('va')
    matrix = parse(r'\begin{pmatrix}a\\b\end{pmatrix}')
    assert without_remarks(matrix) == matrix


BODIES = ['a', 'b_1', '+', '-', r'\frac{a}{b}', '(x)', r'\boldsymbol{y}', 'c', r'\sin ', r'\alpha ']
REMARKS = ['n', r'\text{times}', 'k+1', r'\underbrace{a}_b', r'A^T', '=']


@given(
    st.lists(st.sampled_from(BODIES), max_size=6),
    st.lists(st.sampled_from(BODIES), min_size=1, max_size=6),
    st.sampled_from(REMARKS),
)
def test_a_brace_keeps_n2_and_another_remark_is_another_n1(before, body, remark):
    start, inside = ''.join(before), ''.join(body)
    one, other = (rf'{start}\underbrace{{{inside}}}_{{{told}}}' for told in (remark, f'{remark}z'))
    assert forms(one, 2) == forms(start + inside, 2) == [blind_text(form) for form in forms(one)]
    assert forms(one) != forms(other)
