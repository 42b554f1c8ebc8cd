from __future__ import annotations

import pickle

import pytest

from sphinxext_blog.formulas import Branch, Formula, Key
from sphinxext_blog.records import DocName


def test_a_formula_is_a_frozen_record_that_travels():
    formula = Formula(DocName('a'), 'id', 'x', display=True, number='3', keys=(Key(1, '0' * 16, 3, 'side'),))
    assert pickle.loads(pickle.dumps(formula)) == formula
    with pytest.raises(AttributeError):
        formula.latex = 'y'  # type: ignore[misc]


def test_a_branch_can_not_be_changed():
    with pytest.raises(AttributeError):
        Branch('R', '', ()).kind = 'S'  # type: ignore[misc]
