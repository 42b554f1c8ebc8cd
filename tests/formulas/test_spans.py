from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas.spans import Span, split_math


def prose(text):
    return Span(text, math=False)


def formula(text, *, display=False):
    return Span(text, math=True, display=display)


@pytest.mark.parametrize(
    ('text', 'spans'),
    [
        ('no formula', [prose('no formula')]),
        ('', []),
        ('$x$', [formula('x')]),
        ('a $x$ b', [prose('a '), formula('x'), prose(' b')]),
        ('$x$$y$', [formula('x'), formula('y')]),
        ('$$x$$', [formula('x', display=True)]),
        ('$$ x $$ y', [formula('x', display=True), prose(' y')]),
        ('costs $5 and $10', [prose('costs $5 and $10')]),
        ('$ x $', [prose('$ x $')]),
        (r'\$5 and \$6', [prose('$5 and $6')]),
        (r'$a\$b$', [formula(r'a\$b')]),
        ('one $ alone', [prose('one $ alone')]),
        ('$$$$$', [prose('$$$$$')]),
        ('$a\n\nb$', [prose('$a\n\nb$')]),
        ('《$x$》', [prose('《'), formula('x'), prose('》')]),
    ],
)
def test_formulas_stand_between_dollar_signs(text, spans):
    assert list(split_math(text)) == spans


@given(st.text(st.sampled_from('$\\ ab1\n')))
def test_nothing_of_the_text_is_lost(text):
    def letters(s):
        return [c for c in s if c in 'ab1']

    assert letters(''.join(span.text for span in split_math(text))) == letters(text)


@pytest.mark.parametrize('unit', ['$', r'\$', '$ ', '$$ ', 'a', '$\\'])
def test_a_megabyte_of_one_thing_is_split(unit):
    assert sum(len(span.text) for span in split_math(unit * (1_000_000 // len(unit)))) > 300_000
