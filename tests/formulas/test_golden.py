"""The keys of the golden formulas are those of the files; the browser is held to them too."""

from __future__ import annotations

import json
import re

import pytest
from formula_grammar import COMMANDS, ENVIRONMENTS, TABLES
from update_golden import FOLDER, read, with_keys

FILES = sorted(path.name for path in FOLDER.glob('*.jsonl'))


@pytest.mark.parametrize('name', FILES)
def test_keys_are_those_of_the_file(name):
    changed = [formula for formula in read(FOLDER / name) if with_keys(formula) != formula]
    assert changed == []


def test_golden_formulas_are_many():
    formulas = [formula for name in FILES for formula in read(FOLDER / name)]
    assert len({json.dumps([formula['latex'], formula.get('macros')]) for formula in formulas}) > 5000


def test_every_name_of_the_tables_stands_in_a_golden_formula():
    text = '\n'.join(formula['latex'] for name in FILES for formula in read(FOLDER / name))
    commands = set(re.findall(r'\\(?:[A-Za-z]+|.)|:=', text, re.DOTALL))
    environments = set(re.findall(r'\\begin\{([^{}]*)\}', text))
    assert set(COMMANDS) - commands == set()
    assert set(ENVIRONMENTS) - environments == set()
    assert set(TABLES['unicode']) - set(text) == set()
