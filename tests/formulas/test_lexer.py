from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas.lexer import MAX_LENGTH, tokenise


@pytest.mark.parametrize(
    ('latex', 'tokens'),
    [
        ('a + b', ['a', '+', 'b']),
        (r'\alpha b', [r'\alpha', 'b']),
        (r'\\[5pt]', [r'\\', '[', '5', 'p', 't', ']']),
        ('12.5x', ['12.5', 'x']),
        ('1. ', ['1', '.']),
        (r'\mathbb{R}', [r'\mathbb{R}']),
        (r'\mathbb R', [r'\mathbb', 'R']),
        (r'\text{if }x', [r'\text{if }', 'x']),
        (r'\text{a$b$}', [r'\text', '{', 'a', '$', 'b', '$', '}']),
        ('a%comment\nb', ['a', 'b']),
        (r'50\%x', ['50', r'\%', 'x']),
        ('#1#2', ['#1', '#2']),
        ('对比学习a', ['对比学习', 'a']),
        ('α≤β', [r'\alpha', r'\le', r'\beta']),
        ('x²', ['x', '^', '2']),
        ('（a，b）', ['(', 'a', ',', 'b', ')']),
        ('a\u00a0\u3000b', ['a', 'b']),
        ('\\', ['\\']),
        ('\ud800', ['\ufffd']),
        ('', []),
    ],
)
def test_latex_is_cut_into_tokens(latex, tokens):
    assert tokenise(latex) == tokens


def test_fonts_can_be_read_in_parts():
    assert tokenise(r'\mathbb{R}', compound=False) == [r'\mathbb', '{', 'R', '}']


def test_no_more_than_the_limit_is_read():
    assert len(tokenise('a' * (MAX_LENGTH + 5))) == MAX_LENGTH


@given(st.text(max_size=300))
def test_tokens_hold_every_visible_character_of_ascii(text):
    kept = ''.join(c for c in text if '!' <= c <= '~')
    if '%' not in kept and '\\' not in kept and text.isascii():
        assert ''.join(tokenise(text)) == kept


@given(st.text(max_size=300))
def test_no_token_is_empty(text):
    assert all(tokenise(text))
