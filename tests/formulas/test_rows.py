"""What is one sign in several tokens."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas import parse


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        (r'\arg\min_x f', r'\operatorname{argmin}_x f'),
        ('x:=y', r'x\coloneqq y'),
        ('x_1,...,x_n', r'x_1,\dots,x_n'),
        ('||x||_2^2', r'\|x\|_2^2'),
        (r'||x||\,||y||', r'\|x\|\|y\|'),
        (r'\mathrm{KL}(p||q)', r'\mathrm{KL}(p\|q)'),
        ('{|x|}^2', '|x|^2'),
        (r'{\left\|x\right\|}^2', r'\|x\|^2'),
        ('.5+x=.5^2', '0.5+x=0.5^2'),
        (r'(.5,.25)\le.5', r'(0.5,0.25)\le0.5'),
    ],
)
def test_spellings_of_one_sign_are_one(one, other):
    assert parse(one) == parse(other)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('.5', '5'),
        ('x.5', 'x 0.5'),
        ('x....', r'x\dots'),
        ('||x|-|y||', r'\|x|-|y\|'),
        ('|x||y|', r'|x\|y|'),
        ('{|x|y|}^2', '|x|y|^2'),
    ],
)
def test_what_only_looks_so_is_left(one, other):
    assert parse(one) != parse(other)
