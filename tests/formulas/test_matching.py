from __future__ import annotations

import functools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pattern_cases import (
    BINDINGS,
    HOSTILE,
    MATCHING,
    PIECES,
    SMALL_PIECES,
    SMALL_WILD_PIECES,
    VICTIMS,
    WILD_PIECES,
)

from sphinxext_blog.formulas import Branch, analyse, parse, read_macros
from sphinxext_blog.formulas.commands import read
from sphinxext_blog.formulas.equations import equations_of
from sphinxext_blog.formulas.lexer import tokenise
from sphinxext_blog.formulas.matching import MAX_QUERY_STEPS, MAX_STEPS, Steps, best_matches, matches
from sphinxext_blog.formulas.patterns import LIMITED, constant_runs, pattern_of, read_pattern
from sphinxext_blog.formulas.spelling import latex_of


@functools.lru_cache(maxsize=16)
def texts_of(latex):
    return [unit.canonical[1] for unit in analyse(latex).equations]


def match(pattern, latex):
    return matches(read_pattern(pattern), texts_of(latex))


def kind(pattern, latex):
    found = match(pattern, latex)
    return found and found.kind


def bound(pattern, latex):
    found = match(pattern, latex)
    return found and {name: latex_of(text) for name, text in found.binding}


@pytest.mark.parametrize(('pattern', 'latex', 'expected'), MATCHING)
def test_a_formula_has_the_form_of_a_pattern_or_not(pattern, latex, expected):
    assert kind(pattern, latex) == expected


@pytest.mark.parametrize(('pattern', 'latex', 'expected'), BINDINGS)
def test_each_wildcard_is_told_with_its_part(pattern, latex, expected):
    assert bound(pattern, latex) == expected


def test_macros_hold_in_patterns():
    macros = read_macros({'norm': [r'\Vert #1\Vert', 1], 'E': r'\mathbb{E}'})
    assert matches(read_pattern(r'\norm{?a}=\E', macros), texts_of(r'\|x+y\|=\mathbb{E}'))


def test_the_best_come_first_and_keep_their_order():
    pattern = read_pattern('?a^2')
    formulas = enumerate([texts_of(latex) for latex in ('1+x^2', 'y', 'z=x^2', 'x^2', 'u=v^2', 'y^2')])
    assert [(n, found.kind) for n, found in best_matches(pattern, formulas, 4)] == [
        (3, 'whole'),
        (5, 'whole'),
        (2, 'side'),
        (4, 'side'),
    ]


def test_no_more_is_read_than_is_needed():
    read_so_far = []

    def formulas():
        for n in range(1000):
            read_so_far.append(n)
            yield n, ['vx']

    assert len(best_matches(read_pattern('?a'), formulas(), 3)) == 3
    assert len(read_so_far) <= 4


def test_a_query_ends_when_all_its_steps_are_used_up():
    hard = read_pattern('?a?b?a?b?c?a?c y')
    read_so_far = []

    def formulas():
        for n in range(1000):
            read_so_far.append(n)
            yield n, ['vx ' * 99 + 'vx']

    assert best_matches(hard, formulas(), 1) == []
    assert len(read_so_far) <= MAX_QUERY_STEPS // MAX_STEPS + 1


# The definition of a match, once more and without care for time: on trees, every choice tried.

OPERATORS = {'o+', 'o-'}


def reference(pattern, tree):
    """Whether one tree has the form of another, in which ``v?…`` are wildcards."""
    return any(True for _ in in_row(kids(pattern), kids(tree), {}, own=True))


def kids(node):
    return list(node.kids) if isinstance(node, Branch) and node.kind == 'R' else [node] if node else []


def is_wild(node):
    return isinstance(node, str) and node[:2] == 'v?'


def in_slot(pattern, tree, binding):
    if is_wild(pattern):
        if tree and binding.get(pattern, kids(tree)) == kids(tree):
            yield {**binding, pattern: kids(tree)}
    elif isinstance(pattern, str) or isinstance(tree, str):
        if pattern == tree:
            yield binding
    elif pattern.kind == tree.kind == 'R':
        yield from in_row(kids(pattern), kids(tree), binding, own=False)
    elif (pattern.kind, pattern.text, len(pattern.kids)) == (tree.kind, tree.text, len(tree.kids)):
        yield from in_slots(pattern.kids, tree.kids, binding)


def in_slots(patterns, trees, binding):
    if not patterns:
        yield binding
        return
    for one in in_slot(patterns[0], trees[0], binding):
        yield from in_slots(patterns[1:], trees[1:], one)


def in_row(patterns, nodes, binding, own, before=None):
    if not patterns:
        if not nodes:
            yield binding
        return
    first, *rest = patterns
    if not is_wild(first):
        if nodes:
            for one in in_slot(first, nodes[0], binding):
                yield from in_row(rest, nodes[1:], one, own, nodes[0])
        return
    for n in range(1, len(nodes) + 1):
        run = nodes[:n]
        sign = run[0] in OPERATORS and (before is None or before in OPERATORS or before == 'r=')
        is_term = run[-1] not in {*OPERATORS, 'r='} and (sign or run[0] not in {*OPERATORS, 'r='})
        if is_term and not (own and 'r=' in run) and binding.get(first, run) == run:
            yield from in_row(rest, nodes[n:], {**binding, first: run}, own, run[-1])


def variables_for_marks(node, names):
    if isinstance(node, str):
        return names.get(node, node)
    return Branch(node.kind, node.text, tuple(variables_for_marks(kid, names) for kid in node.kids))


@given(
    st.lists(st.sampled_from(SMALL_WILD_PIECES), min_size=1, max_size=6),
    st.lists(st.sampled_from(SMALL_PIECES), max_size=9),
)
def test_what_is_found_is_what_trying_everything_finds(pattern_pieces, pieces):
    pattern, latex = ''.join(pattern_pieces), ''.join(pieces)
    if len(texts_of(latex)) != 1 or read_pattern(pattern).words.count(';') != 1:
        return
    (equation,) = equations_of(kids(parse(latex)))
    names = {f'v{letter}': f'v?{letter}' for letter in 'αβ'}
    tree = parse(pattern.replace('?a', 'α').replace('?b', 'β'))
    (form,) = equations_of(kids(variables_for_marks(tree, {r'v\alpha': 'v?a', r'v\beta': 'v?b', **names})))
    expected = reference(Branch('R', '', tuple(form)), Branch('R', '', tuple(equation)))
    assert (kind(pattern, latex) == 'whole') == expected


def holds_runs(pattern, texts):
    """Whether all words of a pattern that are none of a wildcard stand in one of the texts, in order."""
    return all(
        any(
            re.search('(?:^| )' + '.* '.join(re.escape(' '.join(run)) for run in runs) + '(?: |$)', text)
            for text in texts
        )
        for runs in constant_runs(pattern)
        if runs
    )


# A formula some of whose parts are replaced by wildcards is a pattern that it has the form of.


def replaceable(node, alone, own):
    """Whether a wildcard may stand for a node: for no bar, which may have a partner, unless it is alone."""
    bar = node
    while isinstance(bar, Branch) and bar.kind == 'S':
        bar = bar.kids[0]
    if bar in {'o|', 'oVert'} and not alone:
        return False
    if node in LIMITED:  # with a wildcard for it the T above would be read as a transpose
        return False
    if alone or not isinstance(node, str):
        base = node
        while own and isinstance(base, Branch) and base.kind == 'S':
            base = base.kids[0]
        return bool(node) and node != 'q' and not (own and base[:1] == 'r')
    operators = {'+', '-', '*', '/', 'pm', 'mp', 'times', 'cdot'}
    return bool(node) and node[0] not in 'rpq' and node[1:] not in operators


def with_wildcards(draw, node, alone, own, cells=False):
    if replaceable(node, alone, own) and draw(st.integers(0, 4)) == 0:
        # Of these letters the place says what they mean, so that two of them are not the same part.
        known = isinstance(node, str) and node[1:] not in {'e', 'T'}
        return draw(st.sampled_from(['v?new', f'v?{node}' if known else 'v?new']))
    if isinstance(node, str):
        return node
    row = node.kind == 'R'
    inside = [
        with_wildcards(draw, kid, not row or cells, own=False, cells=node.kind == 'M') for kid in node.kids
    ]
    return Branch(node.kind, node.text, tuple(inside))


def numbered(node, names):
    """Wildcards for new parts are new, those for the same leaf have one name."""
    if isinstance(node, str):
        if node == 'v?new':
            node = f'v?{len(names)}'
        if node[:2] == 'v?':
            names.setdefault(node, f'w{len(names)}')
        return node
    return Branch(node.kind, node.text, tuple(numbered(kid, names) for kid in node.kids))


@given(st.lists(st.sampled_from(PIECES), max_size=40), st.data())
def test_a_formula_has_the_form_of_what_is_left_of_it(pieces, data):
    latex = ''.join(pieces)
    equations = equations_of(read(tokenise(latex))[0])
    names = {}
    left = [
        [numbered(with_wildcards(data.draw, node, False, own=True), names) for node in equation]
        for equation in equations
    ]
    pattern = pattern_of(left, names)
    found = matches(pattern, texts_of(latex))
    if pattern.words:
        assert found is not None
        assert found.kind == 'whole'
    assert holds_runs(pattern, texts_of(latex))


def base_of_scripts(latex):
    """Scripts of scripts are those of one base, so that no wildcard may stand for a part that has some."""
    return re.sub('[\x01\x02]', '', latex) if set(latex) & set('_^') else latex


ATOMS = st.recursive(
    st.sampled_from(['x', 'y', r'\alpha', '1', r'\mathbb{R}', r'\boldsymbol{z}', r'\text{2 cm}', r'\log']),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: rf'\frac{{{pair[0]}+y}}{{{pair[1]}}}'),
        st.tuples(inner, inner).map(lambda pair: f'{{{base_of_scripts(pair[0])}}}_{{{pair[1]}}}'),
        st.tuples(inner, inner).map(lambda pair: f'{{{base_of_scripts(pair[0])}}}^{{{pair[1]} + 1}}'),
        st.tuples(inner, inner).map(lambda pair: f'({pair[0]},{pair[1]}-x)'),
        st.tuples(inner, inner).map(lambda pair: rf'\begin{{pmatrix}}{pair[0]}&{pair[1]}z\end{{pmatrix}}'),
        inner.map(lambda part: rf'\sqrt{{{part}}}'),
        inner.map(lambda part: rf'\int {part}\,dx'),
        inner.map('\x01{}\x02'.format),
    ),
    max_leaves=12,
)


@given(st.lists(ATOMS, min_size=1, max_size=4), st.sampled_from(['+', '=', r'\le', '']))
def test_latex_has_the_form_of_itself_with_wildcards(atoms, between):
    # A part between the marks is replaced; of marks within marks, the outer ones count.
    pattern, latex, depth, count = '', '', 0, 0
    for character in between.join(f' {atom} ' for atom in atoms):
        depth += (character == '\x01') - (character == '\x02')
        if character == '\x01' and depth == 1:
            pattern += f'{{?w{count} }}'
            count += 1
        elif character not in '\x01\x02':
            pattern += '' if depth else character
        if character in '\x01\x02':
            latex += '{' if character == '\x01' else '}'
        else:
            latex += character
    found = matches(read_pattern(pattern), texts_of(latex), Steps(1_000_000))
    assert found is not None
    assert found.kind == 'whole'


@given(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4), st.lists(st.sampled_from(PIECES), max_size=4)
)
def test_without_wildcards_whole_is_equal(pieces, others):
    for latex in (
        ''.join(others),
        ''.join([*others, *pieces]),
        ''.join(pieces).replace('x', r'\boldsymbol{x}'),
    ):
        texts = texts_of(''.join(pieces))
        if len(texts) == 1:
            assert (kind(''.join(pieces), latex) == 'whole') == (texts[0] in texts_of(latex))


@given(st.lists(st.sampled_from(WILD_PIECES), max_size=30), st.lists(st.sampled_from(PIECES), max_size=30))
def test_what_has_the_form_of_a_pattern_holds_its_constant_runs(wild, pieces):
    pattern, texts = read_pattern(''.join(wild)), texts_of(''.join(pieces))
    if matches(pattern, texts) is None:
        return
    assert holds_runs(pattern, texts)


@given(st.text(max_size=100), st.lists(st.text(max_size=100), max_size=3))
def test_no_text_breaks_anything(query, texts):
    matches(read_pattern(query), texts)
    matches(read_pattern(f'?a {query} ?b'), texts_of(query))
    matches(read_pattern('?a ?b + ?a'), texts)


@pytest.mark.parametrize('query', HOSTILE, ids=lambda query: query[:20])
@pytest.mark.parametrize('victim', VICTIMS, ids=lambda victim: victim[:20])
def test_the_work_for_a_formula_is_bounded(query, victim):
    texts = texts_of(victim)
    length = sum(len(text.split(' ')) + 1 for text in texts)
    steps = Steps()
    matches(read_pattern(query), texts, steps)
    # The last choice may be made to its end.
    assert MAX_STEPS - steps.left <= MAX_STEPS + 2 * length


def test_without_repeated_names_work_grows_with_the_lengths_alone():
    used = []
    for size in (20, 40, 80):
        steps = Steps(10_000_000)
        pattern = read_pattern('?a+?b+?c+?d+?e+?f = y')
        assert matches(pattern, texts_of('+'.join('x' * size) + '=z'), steps) is None
        used.append(10_000_000 - steps.left)
    assert used[2] <= 4.5 * used[1] <= 4.5 * 4.5 * used[0]  # nodes to choose from, times places


def test_a_formula_that_takes_too_many_steps_has_not_the_form():
    latex = 'x' * 60
    assert kind('?a?b?a?b?c?a?c y', latex) is None
    assert kind('?a?b y', 'x' * 300 + 'y') == 'whole'
    assert matches(read_pattern('?a?b y'), texts_of('x' * 300 + 'y'), Steps(100)) is None
