from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.sentences import MAXIMAL_LENGTH, sentence_around


@pytest.mark.parametrize(
    ('text', 'place', 'sentence'),
    [
        ('一。在《A》中。二。', '《A》', '在《A》中。'),
        ('见《为什么？因为！》一文。后来', '《为什么？因为！》', '见《为什么？因为！》一文。'),
        ('First. See the post. Last.', 'the post', 'See the post.'),
        ('version 1.5 of x', '1.5', 'version 1.5 of x'),
        ('设$f(x)=1。5$，见《A》。', '《A》', '设$f(x)=1。5$，见《A》。'),
        ('上一行\n见《A》\n下一行', '《A》', '见《A》'),
        ('《A》', '《A》', '《A》'),
    ],
)
def test_the_sentence_around_a_place(text, place, sentence):
    start = text.index(place)
    found, (a, b) = sentence_around(text, start, start + len(place))
    assert found == sentence
    assert found[a:b] == place


def test_a_long_sentence_is_cut_at_clauses():
    text = '，'.join(['这是一个不短的分句'] * 100) + '，见《A》，' + '，'.join(['后面还有'] * 100)
    start = text.index('《A》')
    sentence, (a, b) = sentence_around(text, start, start + 3)
    assert len(sentence) <= MAXIMAL_LENGTH
    assert sentence[a:b] == '《A》'
    assert sentence.startswith('这是一个')


def test_a_formula_is_never_split():
    formula = '$' + 'x, y; ' * 60 + '$'
    text = f'设{formula}，见《A》，再设{formula}。'
    start = text.index('《A》')
    sentence, _ = sentence_around(text, start, start + 3)
    assert sentence.count('$') % 2 == 0


def test_a_place_outside_of_the_text_is_refused():
    with pytest.raises(ValueError, match='no such place'):
        sentence_around('abc', 2, 9)


@given(st.text(alphabet='ab，。$《》\n .', max_size=400), st.data())
def test_the_span_always_shows_the_place(text, data):
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    sentence, (a, b) = sentence_around(text, start, end)
    assert sentence in text
    assert sentence[a:b] == text[start:end]
