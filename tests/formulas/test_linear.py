from __future__ import annotations

import pytest

from sphinxext_blog.formulas import to_plain
from sphinxext_blog.formulas.linear import linearise


@pytest.mark.parametrize(
    ('latex', 'plain'),
    [
        (r'n > 8.33\log N', 'n > 8.33 log N'),
        (r'\mathcal{O}(\log N)', 'O(log N)'),
        (r'\boldsymbol{x}_{t+1}^2', 'xₜ₊₁²'),
        (r'\mathbb{R}^n', 'ℝⁿ'),
        ('x^{i,j}', 'x^(i, j)'),
        ('e^{-t}', 'e⁻ᵗ'),
        (r'\frac{a+b}{2}', '(a + b)/2'),
        (r'\frac12', '1/2'),
        (r'\sqrt{x+1}', '√(x + 1)'),
        (r'\sqrt[3]{x}', '³√x'),
        (r'\binom{n}{k}', 'C(n, k)'),
        (r'\tilde{p}(x|z)', 'p̃(x|z)'),
        (r'\hat x', 'x̂'),
        ('-x-y', '−x − y'),
        ("f'(x)", 'f′(x)'),
        (r'\begin{pmatrix}1&2\\3&4\end{pmatrix}', '(1 2; 3 4)'),
        (r'\operatorname*{argmin}_x f', 'argminₓ f'),
        (r'a\leq b', 'a ≤ b'),
        (r'f(x, y)', 'f(x, y)'),
        (r'\text{对比 }x', '对比 x'),
        (r'\frac1Z e^{-E}', '(1/Z)e⁻ᴱ'),
        (r'\frac ab c', '(a/b)c'),
        (r'\frac ab\,c', '(a/b) c'),
        (r'n\frac12(a+b)', 'n(1/2)(a + b)'),
        (r'(a+b)\frac12', '(a + b)(1/2)'),
        (r'{\frac ab}^2+\frac ab', '(a/b)² + a/b'),
        (r'\sum_i\frac1i', '∑ᵢ(1/i)'),
        (r'\log\frac12', 'log(1/2)'),
        (r'-\frac{dy}{dx}, x', '−dy/dx, x'),
        (r'\mathbb{E}[\mathbf{x}]', '𝔼[x]'),
        (r'\mathbb{1}_A', '𝟙_A'),
    ],
)
def test_a_formula_reads_as_one_writes_it_on_one_line(latex, plain):
    assert to_plain(f'${latex}$') == plain


def test_an_annotation_is_not_part_of_the_formula():
    markup = '<math><semantics><mi>x</mi><annotation encoding="TeX">x</annotation></semantics></math>'
    assert linearise(markup) == 'x'


def test_an_unknown_formula_keeps_its_latex():
    assert to_plain(r'see $\oops{x}$') == r'see \oops{x}'
