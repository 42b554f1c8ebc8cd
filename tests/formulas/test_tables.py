from __future__ import annotations

import json
from pathlib import Path

import pytest

from sphinxext_blog.formulas import analyse, tables
from sphinxext_blog.formulas.lexer import tokenise

RAW = json.loads(Path(tables.__file__).with_name('tables.json').read_text('utf-8'))
KINDS = ('relations', 'functions', 'constants', 'variables', 'operators', 'punctuation')


def test_every_symbol_is_of_one_kind():
    names = [name for kind in KINDS for name in RAW[kind].split()]
    assert sorted(set(names)) == sorted(names)


@pytest.mark.parametrize(
    'table', [name for name, value in RAW.items() if isinstance(value, str) and name != 'about']
)
def test_no_list_names_anything_twice(table):
    names = RAW[table].split()
    assert len(set(names)) == len(names)


def test_an_alias_leads_to_no_other_alias():
    targets = set(tables.ALIASES.values()) - {'|'}  # the character; the command of this name is another
    assert targets & tables.ALIASES.keys() == set()


def test_an_alias_is_no_symbol_of_its_own():
    symbols = {name for kind in KINDS for name in RAW[kind].split() if len(name) > 1 and name.isalpha()}
    assert symbols & tables.ALIASES.keys() == set()


def test_every_alias_is_read_without_a_problem():
    latex = {name: f'\\{name}{"" if name[-1] in "^_" else " "}{{a}}{{b}}' for name in tables.ALIASES}
    assert [name for name in latex if analyse(latex[name]).problems] == []


def test_every_unicode_character_stands_for_latex_that_is_known():
    characters = [chr(code) for code, latex in tables.UNICODE.items() if latex]
    unknown = [c for c in characters if 'unknown-command' in {p.code for p in analyse(f'a{c}b').problems}]
    assert unknown == []


def test_invisible_characters_vanish():
    assert tokenise('a\u200b\u202e\u2066b\ufeff') == ['a', 'b']


def test_mathematical_alphabets_are_letters_in_fonts():
    assert tables.UNICODE[0x1D400].strip() == r'\boldsymbol{A}'
    assert tables.UNICODE[0x1D400 + 51].strip() == r'\boldsymbol{z}'
    assert tables.UNICODE[0xFF21].strip() == 'A'
