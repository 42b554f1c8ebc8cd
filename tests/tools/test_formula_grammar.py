from __future__ import annotations

import random

import formula_grammar as grammar
import pytest


@pytest.mark.parametrize('make', [grammar.expression, grammar.heap, grammar.nest, grammar.definitions])
def test_a_seed_names_a_formula(make):
    assert make(random.Random(7)) == make(random.Random(7))


def test_known_formulas_are_changed():
    rng = random.Random(7)
    assert sum('known' in grammar.any_formula(rng, ['x' * 50 + 'known']) for _ in range(100)) > 5


def test_formulas_of_every_name_are_many():
    assert len(set(grammar.of_every_name())) > 2000
