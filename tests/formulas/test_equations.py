"""A formula is a list of equations, and an equation has sides."""

from __future__ import annotations

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse


def forms(latex, level=1):
    return [unit.canonical[level - 1] for unit in analyse(latex).equations]


def sides(latex, level=1):
    return [unit.canonical[level - 1] for unit in analyse(latex).sides]


@pytest.mark.parametrize(
    ('latex', 'equations'),
    [
        (r'a=b\\c=d', ['a=b', 'c=d']),
        (r'\begin{align}a&=b\\c&=d\end{align}', ['a=b', 'c=d']),
        (r'\begin{align}a&=b\\&=c\end{align}', ['a=b', 'a=c']),
        ('a=b=c', ['a=b', 'a=c']),
        ('0<x<1', ['0<x<1']),
        (r'\begin{align}a&=b\\&\quad+c\end{align}', ['a=b+c']),
        (r'\begin{align}a&=b\\&+c\\&=d\end{align}', ['a=b+c', 'a=d']),
        (r'\begin{gather}a=b\\+c\end{gather}', ['a=b', '+c']),
        (r'\begin{align}a&=b\\-c&=d\end{align}', ['a=b', '-c=d']),
        (r'a=b\quad c=d', ['a=b', 'c=d']),
        (r'a=b\Rightarrow c=d', ['a=b', 'c=d']),
        (r'a=b\iff c=d', ['a=b', 'c=d']),
        (r'\begin{array}{c}a=b\\c=d\end{array}', ['a=b', 'c=d']),
        (r'\begin{equation}\begin{aligned}a&=b,\\c&=d.\end{aligned}\end{equation}', ['a=b', 'c=d']),
        (r'a \le b = c', [r'a \le b', r'a \le c']),
        ('0 < x = y', ['0 < x', '0 < y']),
        (
            r'\begin{align} a &\le b \\ &= c \\ &< d \\ &= e \end{align}',
            [r'a \le b', r'a \le c', 'a < d', 'a < e'],
        ),
        (r'\begin{align} f &:= b \\ &= c = d \end{align}', ['f := b', 'f := c', 'f := d']),
        ('0 < x < 1', ['0 < x < 1']),
        (r'a = b \le c', [r'a = b \le c']),
        (r'\intertext{and}', [r'\text{and}']),
        (r'\begin{array}{rcl}a&:=&b\\c&:=&d\end{array}', ['a:=b', 'c:=d']),
        (r'\begin{array}{rcl}a:&=&b\\c:&=&d\end{array}', ['a:=b', 'c:=d']),
        (r'a \overset{(1)}{=} b = c', [r'a \overset{(1)}{=} b', 'a = c']),
        ('', []),
        (r'\quad,', []),
        (r'\begin{align}a&=b+\\&c\end{align}', ['a=b+c']),
        (r'\begin{align}L=&\\&x+y\end{align}', ['L=x+y']),
        (r'\begin{align}a&=b+\\&c\\&=d\end{align}', ['a=b+c', 'a=d']),
        (r'\begin{align}a=&\\=&b\end{align}', ['a=', 'a=b']),
        (r'\begin{align}x&\to0+\\y&=1\end{align}', [r'x\to0+', 'y=1']),
        (r'\begin{gather}a=b+\\c\end{gather}', ['a=b+', 'c']),
        (r'\begin{align}a&=\left(b\right.\\&\left.+c\right)^2\end{align}', ['a=(b+c)^2']),
        (r'\begin{align}a&=(b+[c+\\&d])+e\end{align}', ['a=(b+[c+d])+e']),
        (r'a=b\text{.}', ['a=b']),
    ],
)
def test_a_formula_is_a_list_of_equations(latex, equations):
    expected = [form for equation in equations for form in forms(equation, 1)]
    assert forms(latex, 1) == expected


def test_brackets_across_lines_are_matched_up_to_a_depth():
    latex = rf'\begin{{align}}a&={2000 * "("}b\\&+c{2000 * ")"}\end{{align}}'
    (form,) = forms(latex)
    assert form.count('P:()(') == 10


@pytest.mark.parametrize(
    ('latex', 'arrows'),
    [
        (r'A\Rightarrow B', ('1implies',)),
        (r'A\impliedby B', ('1impliedby',)),
        (r'\begin{align}&A\\\iff{}&B\\\implies{}&C\end{align}', ('1iff', '2implies')),
        (r'A\xRightarrow{f}B\therefore C', ('1implies', '2therefore')),
        (r'\Rightarrow A\Rightarrow', ()),
        (r'A, B', ()),
    ],
)
def test_implications_between_statements_are_told(latex, arrows):
    assert analyse(latex).arrows == arrows


def test_a_table_without_relations_is_one_formula():
    assert len(forms(r'\begin{pmatrix}a&b\\c&d\end{pmatrix}', 1)) == 1


def test_the_lines_of_a_system_in_braces_are_equations_too():
    found = forms(r'f:=\left\{\begin{aligned}a&=b\\c&=d\end{aligned}\right.', 1)
    assert forms('a=b', 1)[0] in found
    assert forms('c=d', 1)[0] in found
    assert len(found) == 3


def test_sides_stand_between_relations():
    assert sides('a+b=c') == [*forms('a+b', 1), *forms('c', 1)]
    assert sides('a+b') == []
    assert sides('a<b=a') == [*forms('a', 1), *forms('b', 1)]


@pytest.mark.parametrize(
    ('latex', 'equations'),
    [
        ('x = 1, y = 2', ['x = 1', 'y = 2']),
        ('x = 1; y = 2', ['x = 1', 'y = 2']),
        (r'A \in R^n, x = y^2', [r'A \in R^n', 'x = y^2']),
        (r'i = 1, \dots, n, j = 1, \dots, m', [r'i = 1, \dots, n', r'j = 1, \dots, m']),
        (r'i = 1, ..., n, j = 1', ['i = 1, ..., n', 'j = 1']),
        (r'f(x) = 0, \forall x \in X, y \in Y', ['f(x) = 0', r'\forall x \in X, y \in Y']),
        (r'x, y \in R, z = 1', [r'x, y \in R', 'z = 1']),
        ('|x| = 1, |y| = 2', ['|x| = 1', '|y| = 2']),
        (r'n \le 10^5, m \le 10', [r'n \le 10^5', r'm \le 10']),
        ('a = b = c, d = e', ['a = b', 'a = c', 'd = e']),
        (r'\begin{align} a &= b, c = d \\ &= e \end{align}', ['a = b', 'c = d', 'a = e']),
        (r'x = 1 \quad y = 2, z = 3', ['x = 1', 'y = 2', 'z = 3']),
    ],
)
def test_a_comma_between_statements_parts_them(latex, equations):
    assert forms(latex) == [form for equation in equations for form in forms(equation)]


@pytest.mark.parametrize(
    'latex',
    [
        'f(x, y) = 0',
        r'x, y \in R',
        r'i = 1, \dots, n',
        'x = 1, 2',
        'x = 1, 2, y = 3',
        'x = 1, y, z = 3',
        r'a_1 = b_1, \dots, a_n = b_n',
        r'a_1 = b_1, a_2 = b_2, \dots, a_n = b_n',
        r'x = 1, y_1, \dots, y_n \in R',
        r'1 \le p, q \le n',
        r'-1 < x, y \le 1',
        '0 < a, b, c < 1',
        r'\forall x \in X, y = z',
        r'\exists x \in X, y \in Y, x = y',
        'a = |b, c = d|',
        'x = [y, z = 1',
        r'x, = y',
        r'x <., y < 1',
        r'x = 1,, y = 2',
    ],
)
def test_another_comma_parts_nothing(latex):
    assert len(forms(latex)) == 1


def test_a_list_of_statements_is_no_chain_and_has_no_sides():
    latex = r'a_1 = b_1, \dots, a_n = b_n'
    assert sides(latex) == []
    assert sides(r'i = 1, \dots, n') == [*forms('i'), *forms(r'1, \dots, n')]


@pytest.mark.parametrize(
    ('latex', 'equations'),
    [
        (
            r'\begin{cases} x \equiv 2 \pmod 3 \\ x \equiv 3 \pmod 5 \end{cases}',
            [r'x \equiv 2 \pmod 3', r'x \equiv 3 \pmod 5'],
        ),
        (
            r'\begin{cases} x &\equiv 2 &\pmod 3 \\ x &\equiv 3 &(\bmod 5) \end{cases}',
            [r'x \equiv 2 \pmod 3', r'x \equiv 3 (\bmod 5)'],
        ),
        (r'\begin{cases} a &= b \\ c &= d \end{cases}', ['a = b', 'c = d']),
        (r'\begin{cases} a &= b &+ c \\ c &= d \end{cases}', ['a = b + c', 'c = d']),
        (r'\begin{cases} a = b, & x > 0 \\ c = d, & x = 0 \end{cases}', ['a = b', 'x > 0', 'c = d', 'x = 0']),
        (
            r'\begin{cases} a = b & -1 < x \\ c = d & (-1 = x) \end{cases}',
            ['a = b', '-1 < x', 'c = d', '(-1 = x)'],
        ),
        (r'\begin{array}{ll} a = b & c = d \\ e = f & \end{array}', ['a = b', 'c = d', 'e = f']),
        (r'\left\{\begin{array}{rcl} a & = & b \\ c & = & d \end{array}\right.', ['a = b', 'c = d']),
    ],
)
def test_the_lines_of_a_system_hold_all_their_cells(latex, equations):
    assert forms(latex) == [form for equation in equations for form in forms(equation)]


@pytest.mark.parametrize('before', ['f(x) = ', ''])
def test_a_definition_by_cases_is_one_equation_with_its_conditions(before):
    (found,) = forms(before + r'\begin{cases} x & x > 0 \\ -x & x \le 0 \end{cases}')
    (other,) = forms(before + r'\begin{cases} x & x > 1 \\ -x & x \le 0 \end{cases}')
    assert found != other


def test_a_remark_on_a_relation_belongs_to_no_side():
    assert sides(r'a + b \overset{(1)}{=} c') == sides('a + b = c')
    assert sides(r'\underbrace{a + b}_{n} = c', 2) == sides('a + b = c', 2)
    assert forms(r'a \overset{(1)}{\Rightarrow} b = c', 2) == forms(r'a \Rightarrow b = c')


CELLS = [
    'a',
    'b',
    'x',
    r'\alpha ',
    '1',
    '+',
    '-',
    '=',
    '<',
    r'\equiv ',
    '.',
    ':',
    r'\pmod 3',
    '(y)',
    r'\quad ',
]


@given(st.lists(st.lists(st.sampled_from(CELLS), min_size=1, max_size=5), min_size=1, max_size=4), st.data())
def test_a_change_in_any_cell_of_cases_changes_n1(rows, data):
    """Whichever cell it stands in: a letter that stands nowhere else replaces one."""
    cells = [''.join(row) for row in rows]
    n = data.draw(st.integers(0, len(cells) - 1))
    changed = [*cells[:n], cells[n] + 'z', *cells[n + 1 :]]
    latex, other = (
        rf'\begin{{cases}} {" & ".join(row)} \\ a = b & c \end{{cases}}' for row in (cells, changed)
    )
    assert forms(latex) != forms(other)


PIECES = [
    'a',
    'x_1',
    '1',
    '=',
    r'\le ',
    r'\in ',
    ',',
    ',',
    ';',
    r'\dots ',
    '|',
    '(',
    ')',
    '+',
    r'\forall ',
    '.',
    ':',
]


@given(st.lists(st.sampled_from(PIECES), max_size=30))
def test_no_comma_loses_a_symbol(pieces):
    """Cutting at commas drops punctuation and nothing else."""
    latex = ''.join(pieces)
    assume('..' not in latex.replace(',', '').replace(';', ''))  # three dots are another sign
    words = {word for form in forms(latex) for word in form.split(' ')}
    told = {word for form in forms(latex.replace(',', '').replace(';', '')) for word in form.split(' ')}
    assert {word for word in told if word[0] in 'vc'} <= words  # without a comma, numbers are one


@given(st.lists(st.sampled_from(['a=b', r'c\in D', 'x<y+1', 'f(u,v)=0']), min_size=1, max_size=6))
def test_statements_between_commas_are_those_between_quads(statements):
    assert forms(', '.join(statements)) == forms(r'\quad '.join(statements))
