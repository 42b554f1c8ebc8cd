from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.latex import display_spans, inline_spans, is_balanced

latex_like = st.text(alphabet='${}\\ab1 \n()[]中。', max_size=60)


@pytest.mark.parametrize(
    ('text', 'bodies'),
    [
        ('$x$', ['x']),
        ('当$x>0$时$y$', ['x>0', 'y']),
        ('$a$$b$', ['a', 'b']),
        (r'$\text{若 $x>0$ 则}$', [r'\text{若 $x>0$ 则}']),
        (r'价格\$0.01和$x$', ['x']),
        (r'$10^9 \$0.01$', [r'10^9 \$0.01']),
        ('$ x $', [' x ']),
        (r'\(x\)和\(y\)', ['x', 'y']),
        ('it costs $5 and $10 more', []),
        ('from $5-$10', []),
        ('$$', []),
        ('$$$$', []),
        ('$', []),
        ('$a{b$', []),
        ('$a}b$ $c$', ['c']),
        (r'\(a{\)', []),
        ('$ $', []),
        ('{$x} y$', []),
    ],
)
def test_inline_formulas_of_a_paragraph(text, bodies):
    assert [span.body for span in inline_spans(text)] == bodies


@pytest.mark.parametrize(
    ('text', 'bodies'),
    [
        ('是\n$$x$$\n的', ['x']),
        (r'\[x\]', ['x']),
        ('\\begin{equation}x\n\\end{equation}', ['\\begin{equation}x\n\\end{equation}']),
        (r'$$\begin{align}x\end{align}$$', [r'\begin{align}x\end{align}']),
        (
            r'\begin{equation}\begin{aligned}a\end{aligned}\end{equation}',
            [r'\begin{equation}\begin{aligned}a\end{aligned}\end{equation}'],
        ),
        (r'\begin{array}{c}a\\[5pt]b\end{array}', [r'\begin{array}{c}a\\[5pt]b\end{array}']),
        (
            'open \\begin{equation}x and \\begin{equation}y\\end{equation}',
            ['\\begin{equation}y\\end{equation}'],
        ),
        ('$a$$b$ and $c$', []),
        ('$$a', []),
        ('$$a\n\n$$b$$', ['b']),
        (r'\begin{theorem}$x$\end{theorem}', []),
        (r'\$$x$', []),
        ('$$ $$', []),
    ],
)
def test_display_formulas_of_a_text(text, bodies):
    assert [span.body for span in display_spans(text)] == bodies


@given(latex_like)
def test_spans_are_in_order_disjoint_and_hold_their_bodies(text):
    for find in (inline_spans, display_spans):
        end = 0
        for span in find(text):
            assert end <= span.start < span.end <= len(text)
            assert span.body in text[span.start : span.end]
            assert span.body.strip()
            end = span.end


@given(latex_like)
def test_inline_formulas_are_balanced(text):
    assert all(is_balanced(span.body) for span in inline_spans(text))


@pytest.mark.parametrize(
    'unit',
    [
        '$',
        '{',
        '${',
        '{$',
        '$$',
        '\\begin{equation}',
        '\\end{array}',
        '\\[',
        '\\(',
        '\\({',
        '\n$',
        '$a{$',
        '\\',
    ],
)
def test_a_repeated_delimiter_is_read_to_the_end(unit):
    # A quadratic search would not come back today.
    text = unit * (60_000 // len(unit))
    for case in (text, text + '}' * 1000, text + '$x$', '{$ ' * 15_000 + '}$ ' * 15_000):
        assert inline_spans(case) is not None
        assert display_spans(case) is not None
