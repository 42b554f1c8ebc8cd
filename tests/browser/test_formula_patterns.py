"""The browser reads wildcards, and finds what they stand for, as Python does."""

from __future__ import annotations

import json
import random

import formula_grammar as grammar
import pytest
from formula_page import evaluate, well_paired
from formula_patterns import Case, differences, with_wildcards
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from pattern_cases import (
    BINDINGS,
    HOSTILE,
    LONG,
    MATCHING,
    PIECES,
    READING,
    RUNS,
    SMALL_PIECES,
    SMALL_WILD_PIECES,
    SPELT,
    VICTIMS,
    WILD_PIECES,
)
from update_golden import FOLDER, read

from sphinxext_blog.formulas import analyse, read_macros, tables
from sphinxext_blog.formulas.matching import MAX_STEPS, best_matches
from sphinxext_blog.formulas.patterns import MAX_NAMES, read_pattern
from sphinxext_blog.formulas.spelling import latex_of

KNOWN = [formula['latex'] for path in sorted(FOLDER.glob('*.jsonl')) for formula in read(path)]
SAID = """text => JSON.stringify(JSON.parse(text).map(([pattern, latex]) => {
  const texts = blogFormulas.analyse(latex).equations.map((unit) => unit.canonical[1]);
  const match = blogFormulas.matches(blogFormulas.readPattern(pattern), texts);
  return match && [match.kind, match.binding.map(([name, part]) => [name, blogFormulas.latexOf(part)])];
}))"""

# What differs is told; to make it smaller takes many minutes.
many = settings(
    max_examples=12,
    suppress_health_check=[*HealthCheck],
    phases=[Phase.explicit, Phase.reuse, Phase.generate],
)


def agree(scripts, cases):
    paired = (
        case._replace(pattern=well_paired(case.pattern), latex=well_paired(case.latex)) for case in cases
    )
    assert differences(scripts, paired) == []


def texts_of(latex):
    return [unit.canonical[1] for unit in analyse(latex).equations]


# the tables


def test_queries_are_read_as_in_the_table(scripts):
    function = """text => JSON.stringify(JSON.parse(text).map((latex) => {
      const { words, names } = blogFormulas.readPattern(latex);
      return [latex, words.join(' '), names.join(' ')];
    }))"""
    assert evaluate(scripts, function, [latex for latex, _, _ in READING]) == [[*case] for case in READING]


def test_constant_runs_are_those_of_the_table(scripts):
    function = """text => JSON.stringify(JSON.parse(text).map((latex) => {
      const equations = blogFormulas.constantRuns(blogFormulas.readPattern(latex));
      return [latex, equations.map((runs) => runs.map((run) => run.join(' ')))];
    }))"""
    assert evaluate(scripts, function, [latex for latex, _ in RUNS]) == [[*case] for case in RUNS]


def test_formulas_have_the_forms_of_the_table(scripts):
    found = evaluate(scripts, SAID, [[pattern, latex] for pattern, latex, _ in MATCHING])
    kinds = [said and said[0] for said in found]
    assert [(*case[:2], kind) for case, kind in zip(MATCHING, kinds, strict=True)] == MATCHING


def test_wildcards_stand_for_the_parts_of_the_table(scripts):
    found = evaluate(scripts, SAID, [[pattern, latex] for pattern, latex, _ in BINDINGS])
    assert [dict(binding) for _, binding in found] == [expected for _, _, expected in BINDINGS]


def test_texts_are_spelt_as_in_the_table(scripts):
    function = 'text => JSON.stringify(JSON.parse(text).map(blogFormulas.latexOf))'
    texts = [text for latex, _ in SPELT for text in texts_of(latex)]
    assert evaluate(scripts, function, texts) == [spelt for _, spelt in SPELT]


def test_every_leaf_is_spelt_as_in_python(scripts):
    leaves = [
        *tables.LEAVES.values(),
        *'vé tié oé rab oab oxé co cbb:é cbb'.split(),
        r'v\nosuch',
        "o''",
        "o'é",
    ]
    leaves += [f'P:{first}{last}( vx , )' for first in tables.BRACKETS for last in tables.BRACKETS.values()]
    leaves += [f'S( {base} , va , vb )' for base in ('vx', 'v𝔸', r'v\alpha', 'oé', 'o\\é', 'fgéo', '-')]
    function = 'text => JSON.stringify(JSON.parse(text).map(blogFormulas.latexOf))'
    assert evaluate(scripts, function, leaves) == [latex_of(text) for text in leaves]


def test_all_cases_of_the_tables_agree_in_all(scripts):
    agree(scripts, [Case(pattern, latex) for pattern, latex, _ in [*MATCHING, *BINDINGS]])
    agree(scripts, [Case(pattern, latex) for pattern, *_ in READING for latex, _ in SPELT])


# the limits


def test_long_and_hostile_queries_are_read_as_in_python(scripts):
    agree(scripts, [Case(latex, 'x+1') for latex in LONG])


def test_the_work_for_a_formula_ends_at_the_same_step(scripts):
    budgets = (1000, MAX_STEPS)
    agree(scripts, [Case(query, victim, n) for query in HOSTILE for victim in VICTIMS for n in budgets])


def test_any_number_of_steps_ends_at_the_same_step(scripts):
    hard = [('?a?b?a?b?c?a?c y', 'x' * 60), ('?a?b y', 'x' * 300 + 'y'), (r'?a=?b\\?a+?b', 'xx=y' * 9)]
    hard.append((r'?a+?b=?b+?a\quad ?c(?a)', 'x+y=y+x=z+y,\\quad f(x+y)+g(x)=z'))
    agree(scripts, [Case(*case, steps) for case in hard for steps in (*range(300), 3000, 9999)])


def test_after_so_many_names_a_question_mark_is_one(scripts):
    query = ' '.join(f'?a{n}' for n in range(MAX_NAMES + 1)) + ' ?a0'
    agree(scripts, [Case(query, 'x' * 100), Case(query + '?x', 'x' * 65 + '?')])


BEST = """async text => {
  const { pattern, formulas, limit } = JSON.parse(text);
  let read = 0;
  function* counted() {
    for (const formula of formulas) {
      read += 1;
      yield formula;
    }
  }
  const found = await blogFormulas.bestMatches(blogFormulas.readPattern(pattern), counted(), limit);
  return JSON.stringify([found, read]);
}"""


@pytest.mark.parametrize('limit', [0, 1, 4, 100])
@pytest.mark.parametrize(
    ('pattern', 'latex'),
    [
        ('?a^2', ['1+x^2', 'y', 'z=x^2', 'x^2', 'u=v^2', 'y^2'] * 2),
        # more than a query may take: some are not read
        ('?a?b?a?b?c?a?c y', ['x' * n for n in range(40, 80)] + ['xyxyzxzy'] * 3),
    ],
)
def test_the_best_are_those_of_python_and_no_more_is_read(scripts, pattern, latex, limit):
    formulas = [(n, texts_of(one)) for n, one in enumerate(latex)]
    read_there = []
    expected = best_matches(
        read_pattern(pattern), (read_there.append(item) or item for item in formulas), limit
    )
    value = {'pattern': pattern, 'formulas': formulas, 'limit': limit}
    found, count = evaluate(scripts, BEST, value)
    told = [[number, match._asdict()] for number, match in expected]
    assert found == json.loads(json.dumps(told))
    assert count == len(read_there)


def test_macros_hold_in_patterns(scripts):
    macros = {'norm': [r'\Vert #1\Vert', 1], 'E': r'\mathbb{E}', 'two': ['#1#1', 1]}
    queries = [
        r'\norm{?a}=\E',
        r'\norm?a',
        r'\two{?a}',
        r'\def\b#1{?x#1}\b?a',
        r'\E\E',
        r'\newcommand{?a}{?b}?a',
    ]
    function = """text => {
      const { queries, macros } = JSON.parse(text);
      const known = blogFormulas.readMacros(macros);
      return JSON.stringify(queries.map((latex) => blogFormulas.readPattern(latex, known).words));
    }"""
    found = evaluate(scripts, function, {'queries': queries, 'macros': macros})
    assert found == [[*read_pattern(latex, read_macros(macros)).words] for latex in queries]


# anything


def pieces(of, most):
    return st.lists(st.sampled_from(of), max_size=most).map(''.join)


@st.composite
def from_formulas(draw):
    """Patterns made of formulas, compared with these and with others."""
    rng = draw(st.randoms(use_true_random=False))
    latex = rng.choice([rng.choice(KNOWN), grammar.any_formula(rng, KNOWN)])
    other = latex if rng.randrange(4) else rng.choice([rng.choice(KNOWN), grammar.mutated(rng, latex)])
    steps = rng.choice([MAX_STEPS, MAX_STEPS, rng.randrange(400)])
    return Case(with_wildcards(rng, latex), other, steps)


cases = st.one_of(
    st.builds(Case, pieces(SMALL_WILD_PIECES, 6), pieces(SMALL_PIECES, 9), st.just(MAX_STEPS)),
    st.builds(Case, pieces(WILD_PIECES, 30), pieces(PIECES, 30), st.integers(0, 3000)),
    from_formulas(),
    st.builds(Case, st.text(max_size=100).map('?a{}?b'.format), st.text(max_size=100), st.just(MAX_STEPS)),
)


@given(st.lists(cases, min_size=40, max_size=80))
@many
def test_any_patterns_and_formulas_are_compared_as_in_python(scripts, drawn):
    agree(scripts, drawn)


def test_golden_formulas_with_wildcards_are_compared_as_in_python(scripts):
    rng = random.Random(1)
    drawn = [Case(with_wildcards(rng, latex), latex) for latex in rng.sample(KNOWN, 800)]
    agree(scripts, drawn)
    assert sum(read_pattern(case.pattern).names != () for case in drawn) > 400


marks = [
    *'vxnoRSFPQAMXLt,()-:; \\é',
    ' v𝔸',
    ' o\\𝔸',
    ' t𝔸',
    ' R( ',
    ' S( ',
    ' M:matrix( ',
    ' M:aligned( ',
    ' ) ',
]


@given(st.lists(st.lists(st.sampled_from(marks), max_size=60).map(''.join), min_size=30))
@many
def test_any_texts_are_spelt_as_in_python(scripts, texts):
    function = 'text => JSON.stringify(JSON.parse(text).map(blogFormulas.latexOf))'
    assert evaluate(scripts, function, texts) == [latex_of(text) for text in texts]
