from __future__ import annotations

import hashlib
import pickle

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import KEY_VERSION, NO_MACROS, analyse, keys_of, parse

LORA = (
    r'\begin{equation}W = W_0 + A B,\qquad A\in\mathbb{R}^{n\times r},'
    r'B\in\mathbb{R}^{r\times m}\label{eq:l}\end{equation}'
)


def test_keys_come_in_threes():
    keys = keys_of(analyse(LORA))
    assert [key.level for key in keys] == [1, 2, 3] * (len(keys) // 3)
    assert {key.kind for key in keys[:6]} == {'equation'}
    assert keys[-1].kind == 'side'


def test_a_key_is_the_beginning_of_the_digest_of_the_canonical_text():
    (unit,) = analyse('a+b').equations
    assert unit.canonical == ('va o+ vb', 'va o+ vb', 'v1 o+ v2')
    assert [key.hash for key in keys_of(analyse('a+b'))] == [
        hashlib.sha256(text.encode()).hexdigest()[:16] for text in unit.canonical
    ]


@pytest.mark.parametrize(
    ('latex', 'hashes'),
    [
        (r'a+b', ('9389d1d2c499b088', '9389d1d2c499b088', '652b8ad272bbab9c')),
        (
            r'\Gamma(x)=\int_0^{+\infty}t^{x-1}e^{-t}dt',
            ('77ce0fb97718fdd0', '77ce0fb97718fdd0', 'c6d87fd9fbeeac4d'),
        ),
        (
            r'\mathop{\text{argmin}}_{\text{rank}(\boldsymbol{A})\leq r}\Vert \boldsymbol{A}^{\top}\Vert_F^2',
            ('0afba2b8f4a2e2e2', '62ddc7e4199dbff5', '4948694827dabb21'),
        ),
        (
            r'f(x)=\begin{cases}x^2,&x>0\\0,&\text{否则}\end{cases}',
            ('7d95f7f3f7ea3444', '7d95f7f3f7ea3444', '4ef76c91da567a83'),
        ),
    ],
)
def test_keys_are_stable_while_the_version_stays(latex, hashes):
    assert KEY_VERSION == 2
    assert tuple(key.hash for key in keys_of(analyse(latex))[:3]) == hashes


def test_a_unit_that_says_nothing_has_keys_of_size_nothing():
    assert [key.size for key in keys_of(analyse(r'x_i\in\mathbb{R}^n'))][:3] == [0, 0, 0]


def test_no_unit_has_keys_twice():
    keys = keys_of(analyse(r'\begin{align}a+b&=c\\a+b&=c\end{align}'))
    assert len(keys) == 9


def test_macros_are_passed_on():
    assert analyse('x').macros is NO_MACROS
    assert parse(r'\E', analyse(r'\def\E{\mathbb{E}}').macros) == 'cbb:E'


def test_an_analysis_travels_between_processes():
    analysis = analyse(r'\def\E{\mathbb{E}}\E[x]=1')
    assert pickle.loads(pickle.dumps(analysis)) == analysis


@given(st.text(max_size=300))
def test_the_same_text_has_the_same_keys(text):
    assert keys_of(analyse(text)) == keys_of(analyse(text))


@given(st.text(alphabet='ab+=\\{}^_&$ ', max_size=80))
def test_every_canonical_text_is_a_list_of_words(text):
    for unit in analyse(text).equations:
        for canonical in unit.canonical:
            assert all(canonical.split(' '))
