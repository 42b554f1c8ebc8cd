"""The texts of an index in memory."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas.index import characters
from sphinxext_blog.formulas.texts import Texts

WORDS = ['vx', 'va', 'vb', 'o+', 'r=', 'n1', 'S(', ',', '-', ')', 'n2']


def texts_of(*entries):
    """Of entries, each a list of equations."""
    character = dict(zip(WORDS, characters(), strict=False))
    equations = [(number, text) for number, entry in enumerate(entries) for text in entry]
    coded = [''.join(character[word] for word in text.split(' ')) for _, text in equations]
    return Texts(WORDS, coded, [number for number, _ in equations])


@pytest.fixture(scope='module')
def texts():
    return texts_of(
        ['va o+ vb r= S( vx , - , n2 )'],
        ['va r= n1', 'vb r= n2'],
        ['vb r= n2', 'va r= n1'],
        ['va o+ vb'],
    )


def test_an_entry_has_the_texts_of_its_equations(texts):
    assert texts.of(0) == ['va o+ vb r= S( vx , - , n2 )']
    assert texts.of(1) == ['va r= n1', 'vb r= n2']


def test_the_words_of_an_equation_are_those_that_carry_meaning(texts):
    assert texts.words_of(0) == ('va', 'o+', 'vb', 'r=', 'S(', 'vx', '-', 'n2')


@pytest.mark.parametrize(
    ('runs', 'entries'),
    [
        ([['va o+ vb']], [3, 0]),
        ([['va', 'n2']], [0]),
        ([['n2', 'va']], []),
        ([['va va']], []),
        ([['va r= n1'], ['vb']], [1]),
        ([['vb'], ['va r=']], [2]),
        ([['vq']], []),
        ([[]], [3, 1, 2, 0]),
    ],
)
def test_entries_hold_runs_of_words_in_order_the_smallest_first(texts, runs, entries):
    split = [[run.split(' ') for run in equation] for equation in runs]
    assert texts.holding(split, 0, 9) == entries


def test_entries_can_be_too_small_or_too_many(texts):
    assert texts.holding([[['va']]], 5, 9) == [1, 2, 0]
    assert texts.holding([[['va']]], 0, 2) == [3, 1]


def test_an_equation_that_shares_rare_stretches_is_a_candidate_before_others(texts):
    assert texts.candidates(texts.words_of(5))[0] == 5
    assert texts.candidates(texts.words_of(0))[0] == 0
    assert texts.candidates(['nothing', 'alike', 'in', 'it']) == []


def test_no_texts_hold_nothing():
    none = Texts([], [], [])
    assert none.holding([[['va']]], 0, 9) == []
    assert none.candidates(['va', 'o+', 'vb']) == []
