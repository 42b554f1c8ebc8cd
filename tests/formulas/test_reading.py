"""Words without a backslash."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import analyse
from sphinxext_blog.formulas.reading import letter_runs, with_words

WORDS = frozenset(['fab', 'fsoftmax', 'fReLU', 'fmax', 'flog', 'fKL', 'ftext', 'fmatrix', 'vabc'])


@pytest.mark.parametrize(
    ('latex', 'expected'),
    [
        ('softmax(?a)', r'\operatorname{softmax}(?a)'),
        ('y=softmax(ReLU(x))', r'y=\operatorname{softmax}(\operatorname{ReLU}(x))'),
        ('max_x log f', r'\max_x \log f'),
        ('2softmax x', r'2\operatorname{softmax} x'),
        ('?softmax', '?softmax'),
        ('?a softmax', r'?a \operatorname{softmax}'),
        # what is no such word
        ('softmaxx', 'softmaxx'),
        ('KL', 'KL'),
        ('abc', 'abc'),
        ('Softmax', 'Softmax'),
        # what is written as a word, or as something else
        (r'\softmax x', r'\softmax x'),
        (r'\operatorname{softmax}', r'\operatorname{softmax}'),
        (r'\text{the softmax}', r'\text{the softmax}'),
        (r'\mathbf {max}', r'\mathbf {max}'),
        (r'\begin{matrix}max\end{matrix}', r'\begin{matrix}\max\end{matrix}'),
        (r'\frac{max}{log}', r'\frac{\max}{\log}'),
        (r'\\max', r'\\\max'),
        ('', ''),
    ],
)
def test_runs_of_letters_that_are_words_are_read_as_words(latex, expected):
    assert with_words(latex, WORDS) == expected


@pytest.mark.parametrize(
    ('latex', 'least', 'expected'),
    [
        ('KL(p)', 2, r'\operatorname{KL}(p)'),
        ('KL(p)', 3, 'KL(p)'),
        ('n_{ab}+n_{max}', 3, r'n_{\operatorname{ab}}+n_{\max}'),
        ('n_{ab}+n_{abc}', 3, 'n_{ab}+n_{abc}'),
        ('n_{xy}+n_{max}', 3, r'n_{xy}+n_{\max}'),
        ('a+b', 2, 'a+b'),
    ],
)
def test_all_words_of_a_query_are_read_as_words_or_none(latex, least, expected):
    assert with_words(latex, WORDS, least) == expected


def test_what_is_read_has_the_word():
    (unit,) = analyse(with_words('softmax(x)', WORDS)).equations
    assert unit.canonical[0].split(' ')[0] == 'fsoftmax'


@pytest.mark.parametrize(
    ('latex', 'runs'),
    [('low rank', ['low', 'rank']), (r'\alpha\text{if it is}', []), ('f(x)', []), ('?abc xyz', ['xyz'])],
)
def test_runs_that_could_be_words(latex, runs):
    assert letter_runs(latex) == runs


@given(st.text(alphabet='abmax\\{}?1 _', max_size=40))
def test_without_words_nothing_changes(latex):
    assert with_words(latex, ()) == latex
    if not letter_runs(latex):
        assert with_words(latex, WORDS) == latex
