from __future__ import annotations

import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import NO_MACROS, analyse, parse, read_macros, without_macros
from sphinxext_blog.formulas.lexer import tokenise
from sphinxext_blog.formulas.macros import expand
from sphinxext_blog.formulas.model import Problem

CONFIG = {
    'RR': r'\mathbb{R}',
    'bold': [r'{\bf #1}', 1],
    'norm': [r'\left\Vert #2\right\Vert_{#1}', 2, '2'],
}


@pytest.mark.parametrize(
    ('latex', 'meaning'),
    [
        (r'\RR^n', r'\mathbb{R}^n'),
        (r'\bold{x}y', r'\boldsymbol{x}y'),
        (r'\bold x', r'\boldsymbol{x}'),
        (r'\norm{x}', r'\Vert x\Vert_2'),
        (r'\norm[1]{x}', r'\Vert x\Vert_1'),
        (r'x^\RR', r'x^{\mathbb{R}}'),
    ],
)
def test_macros_of_a_mathjax_configuration(latex, meaning):
    assert parse(latex, read_macros(CONFIG)) == parse(meaning)


@pytest.mark.parametrize(
    'config', [{'tex': {'macros': CONFIG}}, {'TeX': {'Macros': CONFIG}}, {'macros': CONFIG}]
)
def test_a_whole_configuration_is_looked_into(config):
    assert read_macros(config).table == read_macros(CONFIG).table


@pytest.mark.parametrize(
    ('definition', 'use', 'meaning'),
    [
        (r'\newcommand{\E}{\mathbb{E}}', r'\E[x]', r'\mathbb{E}[x]'),
        (r'\newcommand\E{\mathbb{E}}', r'\E[x]', r'\mathbb{E}[x]'),
        (r'\newcommand*{\pair}[2]{(#1,#2)}', r'\pair ab', '(a,b)'),
        (r'\newcommand{\p}[2][0]{#1+#2}', r'\p{x}', '0+x'),
        (r'\newcommand{\p}[2][0]{#1+#2}', r'\p[y]{x}', 'y+x'),
        (r'\renewcommand{\le}{<}', r'a\le b', 'a<b'),
        (r'\def\half#1{\frac{#1}{2}}', r'\half 3', r'\frac32'),
        (r'\def\f#1#2{#2#1}', r'\f{a}{b}', 'ba'),
        (r'\let\eps=\varepsilon', r'\eps', r'\varepsilon'),
        (r'\let\eps\varepsilon', r'\eps', r'\varepsilon'),
        (r'\DeclareMathOperator{\msign}{msign}', r'\msign(x)', r'\operatorname{msign}(x)'),
        (r'\DeclareMathOperator*{\argmax}{arg\,max}', r'\argmax_x', r'\arg\max_x'),
        (r'\def\bm#1{\mathsf{#1}}', r'\bm{x}', 'x'),
        (r'\newcommand{\a}{b}\newcommand{\c}{\a\a}', r'\c', 'bb'),
    ],
)
def test_a_definition_holds_for_later_formulas_and_in_its_own(definition, use, meaning):
    macros = analyse(definition).macros
    assert parse(use, macros) == parse(meaning)
    assert parse(definition + use) == parse(meaning)


def test_a_definition_does_not_change_the_macros_it_was_given():
    before = read_macros({'a': 'b'})
    after = analyse(r'\def\a{c}', before).macros
    assert parse(r'\a', before) == 'vb'
    assert parse(r'\a', after) == 'vc'


def test_a_formula_without_definitions_leaves_the_macros_as_they_are():
    macros = read_macros({'a': 'b'})
    assert analyse(r'\a+1', macros).macros is macros


@pytest.mark.parametrize(
    'source',
    [
        r'\def\a{\a\a}\a',
        r'\def\a{\b}\def\b{\a}\a',
        r'\def\a#1{\a{#1#1}}\a{x}',
        r'\newcommand{\a}[1]{#1#1#1#1#1#1#1#1#1}' + r'\a{\a{\a{\a{\a{\a{\a{x}}}}}}}' * 20,
    ],
)
def test_a_macro_without_end_comes_to_an_end(source):
    tokens = tokenise(source, compound=False)
    out, _, problems = expand(tokens, NO_MACROS)
    assert len(out) < 3_000_000
    assert 'macro-limit' in {p.code for p in problems}


def test_what_calls_itself_is_reported():
    assert Problem('macro-limit', r'\a') in analyse(r'\def\a{\a\a}\a').problems


@pytest.mark.parametrize('value', [3, None, [], ['a', 'b'], ['a', 10], ['a', 1, 2], ['a', True], [1]])
def test_a_value_that_is_no_macro_is_reported(value):
    macros = read_macros({'x': value, 'y': 'z'})
    assert macros.problems == (Problem('definition', 'x'),)
    assert list(macros.table) == [r'\y']


def test_delimited_arguments_are_reported():
    assert analyse(r'\def\f#1,#2;{#1}').problems == (Problem('definition', r'\f'),)


def test_macros_travel_between_processes():
    macros = read_macros(CONFIG)
    assert pickle.loads(pickle.dumps(macros)) == macros


@given(
    st.lists(
        st.sampled_from(
            [r'\def', r'\newcommand', r'\let', r'\a', r'\b', '{', '}', '#1', '[', ']', '1', '=', 'x', '*']
        )
    )
)
def test_any_heap_of_definitions_is_survived(tokens):
    out, macros, _ = expand(tokens, NO_MACROS)
    assert r'\def' not in out
    assert all(name.startswith('\\') for name in macros.table)


PROJECT = read_macros({'RR': r'\mathbb{R}', 'norm': [r'\Vert #1\Vert', 1], 'e': ['e^{#2#1}', 2, '-']})


@pytest.mark.parametrize(
    ('latex', 'shown'),
    [
        (r'x \in \RR', r'x \in \mathbb{R}'),
        (r'\RR x', r'\mathbb{R} x'),
        (r'\norm x y', r'\Vert x\Vert y'),
        (r'\norm {x y}', r'\Vert x y\Vert'),
        (r'\e [+] x', 'e^{x+}'),
        (r'\e x', 'e^{x-}'),
        (r'x = y \text{ for all } x \in \RR', r'x = y \text{ for all } x \in \mathbb{R}'),
        (r'\newcommand{\tr}{\operatorname{tr}} \tr A \text{ and } B', r'\operatorname{tr} A \text{ and } B'),
        (r'\def \a #1 {#1^2} \a x', 'x^2'),
        (r'\let \le = \geq a \le b', r'a \geq b'),
        ('x % \\RR\n+ \\RR', r'x + \mathbb{R}'),
        (r'5\% \RR', r'5\% \mathbb{R}'),
        (r'a\ \RR', r'a\ \mathbb{R}'),
        (
            r'\begin{align} \RR &= 1 \\[5pt] x \end{align}',
            r'\begin{align} \mathbb{R} &= 1 \\[5pt] x \end{align}',
        ),
    ],
)
def test_a_formula_can_be_shown_without_its_macros(latex, shown):
    assert without_macros(latex, PROJECT) == shown


@pytest.mark.parametrize('latex', ['', 'x  +  y', r'\frac  a b % comment', r'\text{ RR }'])
def test_a_formula_without_macros_is_shown_as_it_is(latex):
    assert without_macros(latex, PROJECT) == latex


@given(st.text(alphabet='\\RenormewcommandRR{}[]#12 xy%\n=', max_size=60))
def test_what_is_shown_means_the_same(latex):
    shown = without_macros(latex, PROJECT)
    expanded, plain = analyse(latex, PROJECT), analyse(shown)
    if not expanded.problems and 'newcommand' not in latex:
        assert [unit.canonical for unit in plain.equations] == [unit.canonical for unit in expanded.equations]
