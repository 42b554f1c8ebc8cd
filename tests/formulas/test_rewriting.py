from __future__ import annotations

import time
from xml.etree import ElementTree as ET

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import to_mathml
from sphinxext_blog.formulas.guard import RefusedError
from sphinxext_blog.formulas.rewriting import rewritten, with_limits

PIECES = (
    r'\mathop { } \text{argmin} \limits \nolimits _x ^2 \cr \\ & \cases{ \bbox[a] \unicode{65} x \href{a}'
)
PIECES += r' \begin{eqnarray} \end{eqnarray} \begin{matrix} \end{matrix} \frac \max \substack{'


def shown(latex, *, display=True):
    markup = to_mathml(latex, display=display)
    return None if markup is None else ''.join(ET.fromstring(markup).itertext()).replace('\u2061', '')


def scripts(latex, *, display):
    """The elements that hold scripts, outermost first."""
    root = ET.fromstring(to_mathml(latex, display=display))
    return [element.tag for element in root.iter() if element.tag[:4] in {'msub', 'msup', 'mund', 'move'}]


@pytest.mark.parametrize(
    ('latex', 'known'),
    [
        (r'\mathop{\text{argmin}}_{x}', r'\operatorname*{argmin}_{x}'),
        (r'\mathop{\text{arg min}}_x', r'\operatorname*{arg\ min}_x'),
        (r'\mathop {\rm argmin}_x', r'\operatorname*{argmin}_x'),
        (r'\mathop{\mathrm{argmax}}\limits_x', r'\operatorname*{argmax}\limits _x'),
        (r'\mathop{\operatorname{tr}}\nolimits_x', r'\operatorname*{tr}\nolimits _x'),
        (r'\mathop{}\!x', r'\mathop{}\!x'),
        (r'\pmb x\mathbbm{1}\mathds R', r'\boldsymbol x\mathbb{1}\mathbb R'),
        (r'\bbox[5px, red]{x}\bbox{y}', '{x}{y}'),
        (r'\style{color:red}{x}\class{a}{y}\cssId{b}{z}', '{x}{y}{z}'),
        (r'\href{https://example.org/a_b?c=%7B\#d}{x}', '{x}'),
        (r'\unicode{x3b1}\unicode[serif]{946}', r'\text{α}\text{β}'),
        (r'\cases{a&b\cr c&{d}}', r'\begin{cases}a&b\\ c&{d}\end{cases}'),
        (r'\sum_{\substack{a\\b}}', r'\sum_{\begin{subarray}{c}a\\b\end{subarray}}'),
        (r'\begin{eqnarray}a&=&b\\&&+c\end{eqnarray}', r'\begin{align*}a&= b\\& +c\end{align*}'),
        (r'\begin{eqnarray}\begin{matrix}a&b&c\end{matrix}&=&d\end{eqnarray}', None),
        (r'x\_\{\mathopen(\}', r'x\_\{\mathopen(\}'),
    ],
)
def test_what_math_core_lacks_is_written_in_what_it_knows(latex, known):
    if known is None:
        known = r'\begin{align*}\begin{matrix}a&b&c\end{matrix}&= d\end{align*}'
    assert rewritten(latex)[0] == known


@pytest.mark.parametrize('code', ['0', '10', 'x202e', 'xD800', '92', 'x7B', '9999999', 'x', '', 'abc'])
def test_a_character_that_can_not_be_shown_is_refused(code):
    with pytest.raises(RefusedError):
        rewritten(rf'\unicode{{{code}}}')


@pytest.mark.parametrize(
    ('latex', 'in_text', 'in_display'),
    [
        (r'\mathop{\text{argmin}}_x', ['msub'], ['munder']),
        (r'\mathop{\mathrm{argmax}}\limits_x f', ['munder'], ['munder']),
        (r'\mathop{\mathrm{argmax}}\nolimits_x f', ['msub'], ['msub']),
        (r'\mathop{\mathbb{E}}_x', ['msub'], ['munder']),
        (r'\mathop{\mathbb{E}}\limits_x', ['munder'], ['munder']),
        (r'\mathop{\mathbb{E}}\nolimits_x', ['msub'], ['msub']),
        (r'\mathop\oplus\limits_a^b', ['munderover'], ['munderover']),
        (r'\mathop{a+b}^n', ['msup'], ['mover']),
        (r'\frac{\mathop{a+b}_n}{2}', ['msub'], ['msub']),
        (r'x^{\mathop{a+b}_n}', ['msup', 'msub'], ['msup', 'msub']),
        (r'\displaystyle\mathop{a+b}_n', ['munder'], ['munder']),
        (r'\begin{aligned}\mathop{a+b}_n&=c\end{aligned}', ['munder'], ['munder']),
        (r'\begin{matrix}\mathop{a+b}_n\end{matrix}', ['msub'], ['msub']),
        (r'\mathop{\max_x}\limits_y', ['munder', 'msub'], ['munder', 'munder']),
    ],
)
def test_the_scripts_of_an_operator_stand_where_tex_puts_them(latex, in_text, in_display):
    assert scripts(latex, display=False) == in_text
    assert scripts(latex, display=True) == in_display


@pytest.mark.parametrize(
    ('latex', 'text'),
    [
        (r'\pmb{x}\mathbbm{1}', '𝒙𝟙'),
        (r'\bbox[red]{x}+\style{color:red}{y}+\class{a}{z}', 'x+y+z'),
        (r'\href{javascript:alert(1)}{x}', 'x'),
        (r'\unicode{x3b1}', 'α'),
        (r'f=\cases{a & b \cr c & d}', 'f={abcd\u2063'),
        (r'\pmatrix{a&b\cr c&d}', '(abcd)'),
        (r'\begin{eqnarray}a&=&b\tag{1}\\c&=&d\tag{2}\end{eqnarray}', 'a=b(1)c=d(2)'),
        (r'\begin{smallmatrix}a&b\end{smallmatrix}\large x', 'abx'),
        (r'\mathop{\mathbb{E}}_x', '𝔼x'),
        (r'\text{a\mbox{b}}', 'ab'),
    ],
)
def test_it_is_shown(latex, text):
    assert shown(latex) == text


def test_marks_stand_in_no_formula():
    first, second = rewritten('x')[1]
    assert not {first, second} & set(rewritten(f'{first}{second}')[1])
    assert shown(rf'\mathop{{{first}+{second}}}_x') == f'{first}+{second}x'


def test_markup_without_marks_stays_as_it_is():
    assert with_limits('<math  ></math>', rewritten('x')[1]) == '<math  ></math>'


@given(st.lists(st.sampled_from(PIECES.split()), max_size=30).map(' '.join))
def test_nothing_is_raised_and_no_mark_is_left(latex):
    markup = to_mathml(latex, display=True)
    assert not markup or not set(rewritten(latex)[1]) & set(markup)


@pytest.mark.parametrize(
    'unit', [r'\mathop{', r'\cases{', r'\mathop{a}', r'\bbox[', r'\href{', r'\begin{eqnarray}']
)
def test_it_is_linear(unit):
    start = time.process_time()
    rewritten(unit * (200_000 // len(unit)))
    rewritten(unit * (100_000 // len(unit)) + '}' * (100_000 // len(unit)))
    assert time.process_time() - start < 60
