from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import Branch, Problem, analyse, parse
from sphinxext_blog.formulas.parser import MAX_DEPTH


def S(base, below='', above=''):  # noqa: N802 (as in the tree)
    return Branch('S', '', (base, below, above))


def R(*kids):  # noqa: N802
    return Branch('R', '', kids)


def P(inner, ends='( )'):  # noqa: N802
    return Branch('P', ends, (inner,))


def F(above, below):  # noqa: N802
    return Branch('F', '', (above, below))


@pytest.mark.parametrize(
    ('latex', 'tree'),
    [
        ('', ''),
        ('x', 'vx'),
        ('{x}', 'vx'),
        ('x_i^2', S('vx', 'vi', 'n2')),
        ('x^2_i', S('vx', 'vi', 'n2')),
        ('x^12', R(S('vx', '', 'n1'), 'n2')),
        ('x^{12}', S('vx', '', 'n12')),
        ("x'", S('vx', '', "o'")),
        (r'x^\prime', S('vx', '', "o'")),
        (r'x^{\prime\prime}', S('vx', '', "o''")),
        ("x'^2", S('vx', '', R("o'", 'n2'))),
        ('12.5', 'n12.5'),
        ('1 2', 'n12'),
        (r'\frac12', F('n1', 'n2')),
        (r'\frac{a}b', F('va', 'vb')),
        (r'{a\over b}+c', R(F('va', 'vb'), 'o+', 'vc')),
        (r'\sqrt[3]{x}', Branch('Q', '', ('vx', 'n3'))),
        (r'\sqrt x', Branch('Q', '', ('vx', ''))),
        ('(a)', P('va')),
        ('(a)^2', S(P('va'), '', 'n2')),
        ('[0,1)', P(R('n0', 'p,', 'n1'), '[ )')),
        ('(a', R('o(', 'va')),
        ('a)', R('va', 'o)')),
        ('([a)', R('o(', P('va', '[ )'))),
        (r'\{a\}', P('va', '{ }')),
        (r'\left<a\right>', P('va', 'langle rangle')),
        (r'\left.a\right|', R('va', 'o|')),
        ('{a+b}^2', S(R('va', 'o+', 'vb'), '', 'n2')),
        ('{}_a', S('', 'va')),
        (r'\sum\limits_i^n', S('fsum', 'vi', 'vn')),
        (r'\arg\min_x', S('fargmin', 'vx')),
        (r'\underset{x}{\arg\min}', S('fargmin', 'vx')),
        (r'\operatorname*{argmin}_x', S('fargmin', 'vx')),
        (r'\mathop{\text{argmin}}\limits_x', S('fargmin', 'vx')),
        ('a:=b', R('va', 'r:=', 'vb')),
        (r'\hat x', Branch('A', 'hat', ('vx',))),
        ('概率', 't概率'),
        ('é', 'vé'),
    ],
)
def test_latex_is_a_tree(latex, tree):
    assert parse(latex) == tree


@pytest.mark.parametrize(
    ('latex', 'problem'),
    [
        ('a}', Problem('unbalanced', '}')),
        ('{a', Problem('unbalanced', '{')),
        (r'\nosuch', Problem('unknown-command', r'\nosuch')),
        (r'\begin{align}a', Problem('environment', 'align')),
        (r'\begin{align}a\end{gather}', Problem('environment', 'align')),
        (r'a\end{align}', Problem('environment', 'align')),
        (r'a\over b\over c', Problem('unbalanced', r'\over')),
        ('{' * 100 + 'a' + '}' * 100, Problem('too-deep', '')),
        ('(' * 100 + 'a' + ')' * 100, Problem('too-deep', '')),
        (r'\label{x', Problem('unbalanced', '{')),
        ('a' * 100_001, Problem('too-long', '')),
    ],
)
def test_what_can_not_be_read_is_reported(latex, problem):
    assert problem in analyse(latex).problems


def test_a_problem_is_reported_once():
    assert analyse(r'\nosuch+\nosuch').problems == (Problem('unknown-command', r'\nosuch'),)


def depth_of(tree):
    deepest = 0
    stack = [(tree, 1)]
    while stack:
        node, depth = stack.pop()
        deepest = max(deepest, depth)
        if isinstance(node, Branch):
            stack.extend((kid, depth + 1) for kid in node.kids)
    return deepest


NESTS = [
    ('{', '}'),
    ('(', ')'),
    (r'\left(', r'\right)'),
    (r'\{', r'\}'),
    (r'\frac{', '}{2}'),
    (r'\frac', ''),
    ('x^{', '}'),
    ('x^', ''),
    ('_', ''),
    ("'", ''),
    (r'\sqrt[', ']{x}'),
    (r'\sqrt', ''),
    (r'\hat', ''),
    (r'\not', ''),
    (r'\text{$', '$}'),
    (r'\bf', ''),
    (r'{\rm a', '}'),
    (r'\boldsymbol{', '}'),
    (r'\overset', ''),
    (r'\begin{matrix}', r'\end{matrix}'),
    (r'\begin{aligned}a\\', r'\end{aligned}'),
    (r'\left\{\begin{array}{l}', r'\end{array}\right.'),
    (r'{a\over', '}'),
    (r'a\over', ''),
    (r'\underbrace{', '}_{b}'),
    (r'\underset{a}', ''),
    (r'\xrightarrow[', ']{a}'),
    (r'\color{', '}'),
    (r'\begin{', '}'),
    (r'\newcommand{', '}'),
    (r'\def\a{', '}'),
    (r'a=\\', ''),
    ('a_1,\\dots,', ''),
]


@pytest.mark.parametrize(('opener', 'closer'), NESTS)
@pytest.mark.parametrize('closed', [True, False])
def test_nesting_of_ten_thousand_is_read_in_bounded_depth(opener, closer, closed):
    latex = opener * 10_000 + 'x' + (closer * 10_000 if closed else '')
    if closed:
        analyse(latex)
    else:
        assert depth_of(parse(latex)) <= 4 * MAX_DEPTH


@pytest.mark.parametrize(
    'unit',
    ['[', '(', '{', '\\', '$', '&', '^', '_', "'", '\\\\', '%', '=', 'a', '1', '</script>', '《', '\u202e'],
)
def test_five_megabytes_of_one_mark_are_read(unit):
    # A quadratic step would not come back today.
    assert analyse(unit * (5_000_000 // len(unit))) is not None


def test_too_deep_groups_keep_their_content_and_what_follows():
    tree = parse('{' * 100 + 'a' + '}' * 100 + 'b')
    assert tree == R('va', 'vb')


PIECES = [
    *'abx12+-=<>()[]{}|,.;:!^_&~$#%\'" ',
    r'\frac', r'\sqrt', r'\left', r'\right', r'\right.', r'\begin{aligned}', r'\end{aligned}', r'\end{array}',
    r'\begin{array}{c}', r'\begin{cases}', r'\end{cases}', r'\\', r'\text{如果}', r'\text', r'\mathbb',
    r'\boldsymbol{x}', r'\bf', r'\rm', r'\hat', r'\quad', r'\Rightarrow', r'\le', r'\in', r'\sum', r'\limits',
    r'\int', 'd', 'e', r'\dots', r'\over', r'\label{a}', r'\tag', r'\def', r'\newcommand', r'\a', r'\color',
    r'\bbox', r'\operatorname*', r'\arg', r'\min', r'\not', r'\overset', r'\xrightarrow', r'\kern', r'\prime',
    '中', '\u0301', 'ﬁ', '😀', '\x00', '\ud834',
]  # fmt: skip


@given(st.lists(st.sampled_from(PIECES), max_size=60))
def test_any_heap_of_latex_is_read(pieces):
    latex = ''.join(pieces)
    assert depth_of(parse(latex)) <= 4 * MAX_DEPTH
    analyse(latex)


@given(st.text(max_size=200))
def test_any_text_is_read(text):
    analyse(text)


@given(st.binary(max_size=10_000))
def test_any_bytes_are_read(data):
    analyse(data.decode('utf-8', errors='surrogateescape'))


@given(
    st.lists(
        st.sampled_from(['a', '+', 'x_i', r'\frac12', '(', ')', r'\hat{b}', '12', r'\text{if}']), max_size=20
    )
)
def test_braces_around_a_formula_change_nothing(pieces):
    latex = ''.join(pieces)
    assert parse(f'{{{latex}}}') == parse(latex)
