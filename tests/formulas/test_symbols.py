r"""Symbols are read off canonical texts, and can be shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse, to_mathml
from sphinxext_blog.formulas.symbols import defined_symbol, symbol_latex, symbols_of, word_latex


def canonical(latex):
    return analyse(latex).equations[0].canonical[0]


@pytest.mark.parametrize(
    ('latex', 'symbols'),
    [
        ('x', ['x']),
        ('x_i^2', ['x', 'i']),
        (r'\hat{x}_t', [r'\hat{x}', 't']),
        (r'\boldsymbol{x} = x', [r'\boldsymbol{x}', 'x']),
        (r'\mathcal{L}_{\text{rec}}', [r'\mathcal{L}_{\text{rec}}']),
        (r'\hat{\boldsymbol{\theta}}_{\max}^k', [r'\hat{\boldsymbol{\theta}}_{\text{max}}', 'k']),
        (r'x_{\text{损失}}', [r'x_{\text{损失}}']),
        (r'\frac{\partial f}{\partial \alpha}', ['f', r'\alpha']),
        (r'\int f\,dx', ['f', 'x']),
        (r'\sqrt{\pi} e^{-t} + 12', ['t']),
        (r'\log\det A', ['A']),
        (r'\overline{AB}', ['A', 'B']),
        (r'\begin{pmatrix} a & b \end{pmatrix}', ['a', 'b']),
        (r'x_{}', ['x']),
    ],
)
def test_symbols_are_letters_with_font_accent_and_name(latex, symbols):
    assert [symbol_latex(symbol) for symbol in symbols_of(canonical(latex))] == symbols


@pytest.mark.parametrize(
    ('latex', 'symbol'),
    [
        ('y = ax + b', 'y'),
        (r'X \in \mathbb{R}^{n\times m}', 'X'),
        (r'\theta := 1', r'\theta'),
        ('x_i = 1', 'x'),
        ('f(x) = x^2', 'f'),
        (r'\mathcal{L}_{\text{rec}}(\theta) = 1', r'\mathcal{L}_{\text{rec}}'),
        (r'\hat{x}_t \sim \mathcal{N}(0, 1)', r'\hat{x}'),
        (r'x = \eqref{a}', ''),
        ('a + b = c', ''),
        ('2x = 1', ''),
        (r'x \le 1', ''),
        ('x', ''),
        ('', ''),
        (r'\frac{a}{b} = c', ''),
    ],
)
def test_the_symbol_that_an_equation_defines_stands_alone_before_its_relation(latex, symbol):
    texts = [unit.canonical[0] for unit in analyse(latex).equations]
    defined = defined_symbol(texts[0]) if texts else ''
    assert (symbol_latex(defined) if defined else '') == symbol


@pytest.mark.parametrize(
    ('word', 'latex'),
    [
        ('fsoftmax', r'\text{softmax}'),
        ('cbb:E', r'\mathbb{E}'),
        ('cnabla', r'\nabla'),
        ('t}\\evil{', r'\text{evil}'),
    ],
)
def test_a_leaf_can_be_shown(word, latex):
    assert word_latex(word) == latex


@given(st.text(alphabet='\\hat{}xABab^_=() \\mathcal\\text1+α你', max_size=40))
def test_symbols_of_any_formula_can_be_read_and_shown(latex):
    for unit in analyse(latex).equations:
        defined_symbol(unit.canonical[0])
        for symbol in symbols_of(unit.canonical[0]):
            assert to_mathml(symbol_latex(symbol)) is not None
