"""How wide labels are thought to be, and where they break and end."""

from __future__ import annotations

import pytest
from graph_cases import texts
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph.labels import clean, fit, shortened, width_of


@pytest.mark.parametrize(
    ('text', 'least', 'most'),
    [
        ('', 0, 0),
        ('图谱', 2, 2),
        ('，', 1, 1),
        ('illicit', 2.5, 3.6),
        ('WWW', 2.5, 3.1),
        ('e\u0301', 0.5, 0.7),  # one letter and its accent
        ('😀', 1, 1),
        ('👨\u200d👩\u200d👧', 1, 3),
    ],
)
def test_widths_are_about_those_of_a_sans_serif(text, least, most):
    assert least <= width_of(text) <= most


@pytest.mark.parametrize(
    ('text', 'width', 'lines', 'shown'),
    [
        ('', 10, 2, ()),
        ('short', 10, 1, ('short',)),
        ('低秩近似之路', 6, 1, ('低秩近似之路',)),
        ('低秩近似之路', 5, 1, ('低秩近似…',)),
        ('低秩近似之路', 3, 2, ('低秩近', '似之路')),
        ('低秩近似之路：一', 3, 2, ('低秩近', '似之…')),
        ('variational principles', 9, 2, ('variational', 'principles')),
        ('variational principles of mechanics', 9, 2, ('variational', 'principles of m…')),
        ('x' * 100, 6, 2, ('xxxxxxxxxx', 'xxxxxxxx…')),
    ],
)
def test_a_label_takes_as_many_lines_as_it_may(text, width, lines, shown):
    assert fit(text, width, lines) == shown


def test_no_line_begins_with_a_closing_mark():
    assert fit('概率空间，最小化', 4, 2) == ('概率空', '间，最…')


def test_a_composed_character_is_never_cut():
    family = '👨\u200d👩\u200d👧'
    assert fit(f'ab{family}cdefgh', 4.2, 1)[0] in {'ab…', f'ab{family}…'}
    assert shortened('e\u0301e\u0301', 2) == '…'


@given(texts, st.floats(3, 30), st.integers(1, 3))
def test_no_line_is_too_wide_and_no_text_is_made_up(text, width, lines):
    text = clean(text)
    shown = fit(text, width, lines)
    assert len(shown) <= lines
    assert all(width_of(line) <= width for line in shown)
    whole = text.replace(' ', '')
    told = ''.join(shown).replace(' ', '')
    assert told == whole or (told.endswith('…') and whole.startswith(told[:-1]))


@pytest.mark.parametrize(
    ('text', 'shown'),
    [
        (' two\n\twords ', 'two words'),
        ('a\x00b\x1b', 'a b'),
        ('a\u2028b\ufffe\ud800', 'a b'),
        ('\u202egnp.exe', 'gnp.exe'),
        ('\u2067عنوان', 'عنوان'),
        ('a\u200fb', 'a\u200fb'),  # a mark has no end that could be lost
    ],
)
def test_what_would_break_a_line_or_turn_what_follows_is_dropped(text, shown):
    assert clean(text) == shown


def test_titles_of_any_length_are_cut():
    assert len(clean('x' * 10_000_000)) == 2000
    assert shortened('abc', 3) == 'abc'
    assert shortened('abcd', 3) == 'ab…'
