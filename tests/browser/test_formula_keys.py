"""The keys of formulas that the browser finds are those of Python."""

from __future__ import annotations

import itertools
import random
import re

import formula_grammar as grammar
import pytest
from formula_page import (
    SCRIPTS,
    STATIC,
    evaluate,
    in_javascript,
    in_python,
    keys_in_javascript,
    well_paired,
)
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from update_golden import FOLDER, read

from sphinxext_blog.formulas import analyse, parse, read_macros
from sphinxext_blog.formulas.analysis import hash_of
from sphinxext_blog.formulas.similar import likeness, renaming, skeleton, stretches

GOLDEN = {path.stem: read(path) for path in sorted(FOLDER.glob('*.jsonl'))}
KNOWN = [formula['latex'] for formulas in GOLDEN.values() for formula in formulas]


def test_the_order_of_loading_is_documented():
    documented = (STATIC / 'formula-tables.js').read_text('utf-8')
    assert re.findall(r'^ {5}(\S+\.js)', documented, re.MULTILINE) == SCRIPTS
    assert {path.relative_to(STATIC).as_posix() for path in STATIC.rglob('*.js')} <= {*SCRIPTS}


@pytest.mark.parametrize('name', GOLDEN)
def test_the_browser_finds_the_golden_keys(scripts, name):
    def full(text):
        first, second, third = text.split(' ')
        second = first if second == '=' else second
        return [first, second, second if third == '=' else third]

    found = keys_in_javascript(scripts, GOLDEN[name])
    for formula, keys in zip(GOLDEN[name], found, strict=True):
        expected = [[full(text) for text in formula[part]] for part in ('equations', 'sides')]
        assert (formula['latex'], keys) == (formula['latex'], expected)


@pytest.mark.parametrize('name', GOLDEN)
def test_the_browser_reads_golden_formulas_as_python_does(scripts, name):
    agree(scripts, [formula['latex'] for formula in GOLDEN[name]])


def test_the_browser_reads_real_formulas_as_python_does(scripts, corpora):
    files = [path for path in sorted(corpora.rglob('*')) if path.suffix in {'.md', '.rst', '.tex'}]
    text = '\n'.join(path.read_text('utf-8', errors='replace') for path in files)
    found = re.findall(r'\$\$([^$]+)\$\$|\$([^$\n]+)\$|:math:`([^`]+)`', text)
    agree(scripts, [''.join(groups) for groups in dict.fromkeys(found)])


def agree(scripts, formulas, macros=None, *, chained=False):
    formulas = [well_paired(latex) for latex in formulas]
    found = in_javascript(scripts, formulas, macros, chained=chained)
    expected = in_python(formulas, read_macros(macros or {}), chained=chained)
    for latex, yours, mine in zip(formulas, found, expected, strict=True):
        assert (latex, yours) == (latex, mine)


@st.composite
def formulas(draw):
    return grammar.any_formula(draw(st.randoms(use_true_random=False)), KNOWN)


bytes_as_text = st.binary(max_size=10_000).map(lambda data: data.decode('utf-8', 'surrogateescape'))
long_text = st.builds(lambda text, n: text * n, st.text(max_size=3), st.integers(0, 3000))
words = st.lists(st.sampled_from(['va', 'vb', 'vc', 'vd', 'o+', 'n1', 'S(', '-', 'r=']), max_size=25)

many = settings(max_examples=12, suppress_health_check=[*HealthCheck])


@given(st.lists(formulas() | st.text(max_size=200), min_size=25, max_size=60), st.booleans())
@many
def test_any_formulas_are_read_as_in_python(scripts, drawn, chained):
    agree(scripts, drawn, chained=chained)


@given(st.lists(bytes_as_text, max_size=20))
@many
def test_any_bytes_are_read_as_in_python(scripts, drawn):
    agree(scripts, drawn)


@pytest.mark.parametrize(('closed', 'count'), [(True, 10_000), (False, 3_000)])
def test_nesting_of_thousands_is_read_as_in_python(scripts, closed, count):
    agree(scripts, [opener * count + 'x' + closer * (count * closed) for opener, closer in grammar.NESTS])


def test_a_page_of_formulas_hands_its_macros_on_as_in_python(scripts):
    rng = random.Random(1)
    for _ in range(12):
        agree(scripts, [grammar.definitions(rng) for _ in range(10)], chained=True)


CONFIGURATIONS = [
    {'RR': r'\mathbb{R}', 'bold': [r'{\bf #1}', 1], 'norm': [r'\left\Vert #2\right\Vert_{#1}', 2, '2']},
    {'tex': {'macros': {'le': '<', 'mathbb': [r'\mathcal{#1}', 1]}}},
    {'TeX': {'Macros': {'α': 'x', 'constructor': 'c', '__proto__': 'p', 'toString': ['#1', 1, None]}}},
    {'a': 3, 'b': None, 'c': [], 'd': ['x', 'y'], 'e': ['x', 10], 'f': ['x', 1, 2], 'g': [1]},
    {
        'a': ['x', True],
        'b': ['x', -1],
        'c': ['x', 0, 1],
        'd': ['x', 9, '', 'z'],
        'e': [['x']],
        'f': {'x': 'y'},
    },
    {'': 'x', 'a': {'macros': 'x'}, 'macros': 'x', 'tex': ['x']},
    {'macros': {'a': [r'\a\a', 0], 'b': ['#1#1#9', 2], 'c': ['\ud800中', 0]}},
    r'\newcommand{\RR}{\mathbb{R}}\def\a#1{#1}\let\b=\alpha x \def\c#1,{#1}',
    '',
]
USES = [
    *(r'\RR^n', r'\bold x+\bold{y}', r'\norm{x}+\norm[1]{x}', r'a\le b', r'\mathbb{R}\mathbb R', '\\α'),
    *('ℝ', 'ℝ\\,', r'\b x12', r'\constructor+\toString{x}+\__proto__', r'\a\b\c', r'\b12', r'\c', r'\a{x}'),
    *(r'\def\le{>}a\le b', r'\a[\b]\c,x', r'\macros\tex'),
]


@pytest.mark.parametrize('configuration', CONFIGURATIONS)
def test_macros_of_a_project_are_read_as_in_python(scripts, configuration):
    agree(scripts, USES, configuration)
    function = 'text => JSON.stringify(blogFormulas.readMacros(JSON.parse(text)))'
    found = evaluate(scripts, function, configuration)
    assert found['problems'] == [problem._asdict() for problem in read_macros(configuration).problems]


def test_trees_are_those_of_python(scripts):
    def tree(node):
        if isinstance(node, str):
            return node
        return {'kind': node.kind, 'text': node.text, 'kids': [tree(kid) for kid in node.kids]}

    sample = KNOWN[::10]
    function = 'text => JSON.stringify(JSON.parse(text).map((latex) => blogFormulas.parse(latex)))'
    assert evaluate(scripts, function, sample) == [tree(parse(latex)) for latex in sample]


LONG = [
    'a' * 100_000,
    'a' * 100_001,
    '😀' * 100_000,
    '😀' * 99_999 + 'ab',
    '\ud800' * 100_001,
    'a' * 99_999 + '😀b',
]
MARKS = ['[', '(', '{', '\\', '&', '^', "'", '%', '=', '*', 'a=', '《', r'\begin{*', r'\text{']


@pytest.mark.parametrize('latex', LONG)
def test_the_limit_counts_characters_and_not_halves_of_them(scripts, latex):
    (found,) = in_javascript(scripts, [latex])
    assert found == in_python([latex])[0]


@pytest.mark.parametrize('mark', MARKS)
def test_a_megabyte_of_one_mark_is_read(scripts, mark):
    # A quadratic step would not come back today.
    function = '([mark, count]) => blogFormulas.analyse(mark.repeat(count)).problems.length'
    assert scripts.evaluate(function, [mark, 1_000_000 // len(mark)]) >= 1


@given(st.lists(st.text(max_size=200) | long_text))
@many
def test_the_digest_is_that_of_the_library(scripts, texts):
    found = evaluate(scripts, 'text => JSON.stringify(JSON.parse(text).map(blogFormulas.hashOf))', texts)
    assert found == [hash_of(text) for text in texts]


LIKENESS = """text => JSON.stringify(JSON.parse(text).map(([query, other]) => [
  blogFormulas.likeness(query, other), [...blogFormulas.renaming(query, other)]]))"""


def likeness_agrees(scripts, pairs):
    found = evaluate(scripts, LIKENESS, pairs)
    for (query, other), (share, names) in zip(pairs, found, strict=True):
        assert share == likeness(query, other)  # to the last digit: hits are ranked by it
        assert dict(names) == renaming(query, other)


def test_likeness_of_golden_formulas_is_that_of_python(scripts):
    rng = random.Random(1)
    sample = [skeleton(unit.canonical[1]) for latex in KNOWN[::4] for unit in analyse(latex).equations]
    far = [(rng.choice(sample), rng.choice(sample)) for _ in range(1000)]
    likeness_agrees(scripts, [*itertools.pairwise(sample), *far])


@given(st.lists(st.tuples(words, words)))
@many
def test_likeness_of_any_words_is_that_of_python(scripts, pairs):
    likeness_agrees(scripts, pairs)


def test_features_are_those_of_python(scripts):
    texts = [unit.canonical[1] for latex in KNOWN[::20] for unit in analyse(latex).equations]
    function = """text => JSON.stringify(JSON.parse(text).map((canonical) => {
      const words = blogFormulas.skeleton(canonical);
      return [words, blogFormulas.stretches(words)];
    }))"""
    expected = [[[*skeleton(text)], stretches(skeleton(text))] for text in texts]
    assert evaluate(scripts, function, texts) == expected


@pytest.mark.parametrize(
    ('latex', 'tree'),
    [
        (r'\constructor', 'fconstructor'),
        (r'\mathrm{toString}', 'ftoString'),
        (r'\begin{valueOf}', {'kind': 'M', 'text': 'valueOf', 'kids': []}),
    ],
)
def test_no_formula_reaches_into_an_object(scripts, latex, tree):
    assert scripts.evaluate('latex => blogFormulas.parse(latex)', latex) == tree
