from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import LONG, READING, RUNS

from sphinxext_blog.formulas import analyse, read_macros
from sphinxext_blog.formulas.patterns import (
    MAX_NAMES,
    constant_runs,
    read_pattern,
)


@pytest.mark.parametrize(('latex', 'words', 'names'), READING)
def test_a_query_is_read_as_words_with_wildcards(latex, words, names):
    pattern = read_pattern(latex)
    assert ' '.join(pattern.words) == words
    assert ' '.join(pattern.names) == names


def test_macros_are_expanded_around_wildcards_and_take_them():
    macros = read_macros({'norm': [r'\Vert #1\Vert', 1]})
    assert read_pattern(r'\norm?a', macros).words == ('oVert', '?a', 'oVert', ';')
    assert read_pattern(r'\newcommand{\two}[1]{#1#1}\two{?a}').words == ('?a', '?a', ';')


@pytest.mark.parametrize(
    'latex', ['x^2', r'\frac{a?}{b}', r'a=b\\c', r'\boldsymbol{A}^\top', r'\int f\,dx', '\ue000']
)
def test_without_wildcards_the_words_are_those_of_the_formula(latex):
    texts = [unit.canonical[1] for unit in analyse(latex).equations]
    assert read_pattern(latex).words == tuple(word for text in texts for word in (*text.split(' '), ';'))


def test_after_so_many_names_a_question_mark_is_one():
    pattern = read_pattern(' '.join(f'?a{n}' for n in range(MAX_NAMES + 1)) + ' ?a0')
    assert len(pattern.names) == MAX_NAMES
    assert pattern.words[MAX_NAMES:] == ('p?', 'va', f'n{MAX_NAMES}', '?a0', ';')


@pytest.mark.parametrize(('latex', 'runs'), RUNS)
def test_what_stands_between_the_wildcards_stands_in_every_match(latex, runs):
    found = constant_runs(read_pattern(latex))
    assert [[' '.join(run) for run in equation] for equation in found] == runs


@pytest.mark.parametrize('latex', LONG)
def test_long_and_hostile_queries_are_read(latex):
    pattern = read_pattern(latex)
    constant_runs(pattern)
    assert len(pattern.words) <= 700_000


@given(st.text(alphabet=st.sampled_from([*'?a1x^_{}()\\ +=&', '\ue000', '\ud800', '？', '中']), max_size=60))
def test_any_text_is_a_query(text):
    pattern = read_pattern(text)
    constant_runs(pattern)
    wild = {word[1:] for word in pattern.words if word[:1] in {'?', '!'}}
    assert wild == set(pattern.names)
