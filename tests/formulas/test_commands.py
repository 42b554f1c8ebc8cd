from __future__ import annotations

import pytest

from sphinxext_blog.formulas import Branch, parse

SAME = [
    (r'\dfrac{a}{b}', r'\frac{a}{b}'),
    (r'\cfrac[l]{a}{b}', r'\frac{a}{b}'),
    (r'\color{red}{x}', 'x'),
    (r'\textcolor{red}{x}', 'x'),
    (r'\bbox[5px, border: 2px solid red]{x}', 'x'),
    (r'\style{display: inline}{x}', 'x'),
    (r'\class{a}{x}', 'x'),
    (r'\href{https://example.org/?a=b}{x}', 'x'),
    (r'\boxed{x}', 'x'),
    (r'\require{cancel}x', 'x'),
    (r'x\label{eq:a}\tag{1}\notag', 'x'),
    (r'x\tag*{A}', 'x'),
    (r'\underbrace{x+y}', 'x+y'),
    (r'\overbrace{x}^{}', 'x'),
    (r'\overbrace{x}^n', r'\underbrace{x}_n'),
    (r'a\overset{b}{\to}c', r'a\xrightarrow{b}c'),
    (r'a\stackrel{b}{\mapsto}c', r'a\xmapsto{b}c'),
    (r'a\xrightarrow{}c', r'a\longrightarrow c'),
    (r'a\overset{b}{=}c', r'a\xlongequal{b}c'),
    (r'a\overset{b}{\Rightarrow}c', r'a\xRightarrow{b}c'),
    (r'a\!\,\:\;\ b', 'ab'),
    (r'a\kern-3mu b', 'ab'),
    (r'a\hskip 2em b', 'ab'),
    (r'a\hspace{1cm}b', 'ab'),
    (r'\rule{1em}{0pt}x', 'x'),
    (r'\mathrm{KL}', r'\text{KL}'),
    (r'\text {KL}', r'\text{KL}'),
    (r'{\rm KL}(p)', r'\text{KL}(p)'),
    (r'{\bf x}y', r'\boldsymbol{x}y'),
    (r'\bm x', r'\mathbf{x}'),
    (r'\boldsymbol{x+y}', r'\boldsymbol{x}+\boldsymbol{y}'),
    (r'\hat{\boldsymbol{x}}', r'\boldsymbol{\hat{x}}'),
    (r'\mathbb R', r'\mathbb{R}'),
    (r'{\cal L}', r'\mathcal{L}'),
    (r'\text{if $x_i$}', r'\text{if}x_i'),
    (r'\operatorname{arg\,min}', r'\arg\min'),
    (r'a\not=b', r'a\ne b'),
    (r'a\not\in b', r'a\notin b'),
    (r'a\overset{\text{def}}{=}b', 'a:=b'),
    (r'a\stackrel{\triangle}{=}b', 'a:=b'),
    (r'a\triangleq b', 'a:=b'),
    (r'\overset{a}{X}', 'X^a'),
    (r'\underset{a}{X}', 'X_a'),
    (r'\binom{n}{k}', r'\dbinom nk'),
    (r'a \pmod{m}', r'a \bmod m'),
    (r'\genfrac{}{}{}{0}{a}{b}', r'\frac{a}{b}'),
    (r'\genfrac(){0pt}{}{n}{k}', r'\binom{n}{k}'),
    (r'\begin{aligned}x\end{aligned}', 'x'),
    (r'\begin{equation}x\end{equation}', 'x'),
    (r'\begin{array}{cc}a&b\\[5pt]c&d\end{array}', r'\begin{matrix}a&b\\c&d\end{matrix}'),
    (r'\left\{\begin{array}{ll}a&b\\c&d\end{array}\right.', r'\begin{cases}a&b\\c&d\end{cases}'),
    (r'\left(\begin{matrix}a\end{matrix}\right)', r'\begin{pmatrix}a\end{pmatrix}'),
    (r'\big<x\big>', r'\langle x\rangle'),
    (r'\sum_{\substack{i\\j}}x', r'\sum_{\substack{i\\ j}}x'),
    (r'\genfrac(){0pt}{}{n}{k}', r'\binom{n}{k}'),
    (r'\genfrac{[}{]}{0pt}{1}{n}{k}', r'{n \brack k}'),
    (r'\genfrac{\{}{\}}{0pt}{}{n}{k}', r'{n \brace k}'),
    (r'\genfrac{}{}{0pt}{}{n}{k}', r'{n \atop k}'),
    (r'\genfrac{(}{)}{}{}{n}{k}', r'\left(\frac nk\right)'),
    (r'\genfrac{.}{|}{}{}{n}{k}', r'\left.\frac nk\right|'),
    (r'a\overset{\Delta}{=}b', r'a\triangleq b'),
    ('a≝b', r'a\coloneqq b'),
    ('90°', r'90^\circ'),
    ('ẋ+ŷ', r'\dot x+\hat y'),
    (r'\fcolorbox{red}{blue}{x}', 'x'),
    (r'\definecolor{a}{rgb}{1,0,0}x', 'x'),
    (r'x=y\eqno(1)', 'x=y'),
    (r'{x\leqno{(a)}}z', 'xz'),
    (r'f^{\prime 2}', "f'^2"),
]

DIFFERENT = [
    (r'\boldsymbol{x}', 'x'),
    (r'\mathbb{R}', 'R'),
    (r'\mathcal{L}', r'\mathbb{L}'),
    (r'\text{KL}', 'KL'),
    (r'\hat{x}', r'\tilde{x}'),
    (r'\hat{x_i}', r'\hat{x}_i'),
    (r'x_2', 'x^2'),
    (r'\frac{a}{b}', r'\frac{b}{a}'),
    (r'\sqrt[3]{x}', r'\sqrt{x}'),
    (r'(a)', '[a]'),
    (r'a\le b', r'a<b'),
    (r'\begin{pmatrix}a&b\end{pmatrix}', r'\begin{pmatrix}a\\b\end{pmatrix}'),
    (r'\begin{cases}a\\b\end{cases}', r'\begin{matrix}a\\b\end{matrix}'),
    (r'\binom{n}{k}', r'\frac{n}{k}'),
    (r'\operatorname{T}', 'T'),
    (r'\xrightarrow{a}', r'\xrightarrow{b}'),
    (r'\xrightarrow[a]{}', r'\xrightarrow[b]{}'),
    (r'\xrightarrow[a]{}', r'\xrightarrow{a}'),
    (r'\xrightarrow{}', r'\xRightarrow{}'),
    (r'\underbrace{x}_a', r'\underbrace{x}_b'),
    (r'\underbrace{x+y}_a', r'x+\underbrace{y}_a z'),
    (r'a\overset{b}{\le}c', r'a\overset{d}{\le}c'),
    (r'\unicode{x1D7D9}', r'\unicode{x1D7DA}'),
    (r'\genfrac{[}{]}{0pt}{}{n}{k}', r'\genfrac{\{}{\}}{0pt}{}{n}{k}'),
    (r'\genfrac{[}{]}{0pt}{}{n}{k}', r'\frac nk'),
    (r'\genfrac{[}{]}{}{}{n}{k}', r'\frac nk'),
    (r'\genfrac{<}{>}{0pt}{}{n}{k}', r'\binom nk'),
    (r'\eqref{a}', r'\eqref{b}'),
]


@pytest.mark.parametrize(('one', 'other'), SAME)
def test_spellings_of_one_thing_are_one_tree(one, other):
    assert parse(one) == parse(other)


@pytest.mark.parametrize(('one', 'other'), DIFFERENT)
def test_what_differs_in_meaning_differs_in_the_tree(one, other):
    assert parse(one) != parse(other)


def test_an_unknown_environment_is_a_table_of_its_name():
    tree = parse(r'\begin{nosuch}a&b\end{nosuch}')
    assert isinstance(tree, Branch)
    assert (tree.kind, tree.text) == ('M', 'nosuch')


@pytest.mark.parametrize(
    ('latex', 'tree'),
    [
        (r'\nosuch', 'fnosuch'),
        (r'\é', 'fé'),
        (r'\中', 'f中'),
        (r'\ก', 'oก'),
        (r'\①', 'o①'),
        (r'\kern①', 'o①'),
    ],
)
def test_what_a_letter_is_say_the_tables_and_no_library(latex, tree):
    assert parse(latex) == tree


def test_an_interval_after_a_command_is_no_option():
    assert parse(r'\boxed[0') == parse('[0')
