from __future__ import annotations

import functools
import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import Branch, analyse, parse, read_macros
from sphinxext_blog.formulas.commands import read
from sphinxext_blog.formulas.lexer import tokenise
from sphinxext_blog.formulas.matching import MAX_QUERY_STEPS, MAX_STEPS, Steps, best_matches, matches
from sphinxext_blog.formulas.normal import equations_of
from sphinxext_blog.formulas.patterns import constant_runs, pattern_of, read_pattern
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


MATCHING = [
    # what a reader would ask
    (r'\int ?a\, d?x', r'\int f(x)\,dx', 'whole'),
    (r'\int ?a\, d?x', r'F = \int_0^1 f(x)\,dx', None),
    (r'\int_{?l}^{?u} ?a\, d?x', r'F = \int_0^1 f(x)\,dx', 'side'),
    ('?a^2 + ?b^2 = ?c^2', 'x^2+y^2=z^2', 'whole'),
    ('?a^2 + ?b^2 = ?c^2', '(x+1)^2+(y-1)^2=r_0^2', None),
    ('?a^2 + ?b^2 = ?c^2', r'(x+1)^2+(y-1)^2=\hat{r}^2', 'whole'),
    ('?a^2 + ?b^2 = ?c^2', 'x^2+y^2=z^3', None),
    (r'\sum_{?i=1}^{?n} ?i = ?r', r'\sum_{k=1}^m k=\frac{m(m+1)}{2}', 'whole'),
    (r'\sum_{?i=1}^{?n} ?i = ?r', r'\sum_{k=1}^m j=s', None),
    (r'\mathbb{E}_{?d}[?f]', r'\mathbb{E}_{x\sim p(x)}[\log q(x)]', 'whole'),
    (r'\mathbb{E}_{?d}[?f]', r'L=\mathbb{E}_p[x]', 'side'),
    (r'\mathbb{E}_{?d}[?f]', r'L=-\mathbb{E}_p[x]+c', 'part'),
    (r'\mathbb{E}_{?d}[?f]', r'L=\mathbb{E}[x]', None),
    (r'\frac{?a}{\sqrt{?d}}', r'\frac{QK^\top}{\sqrt{d_k}}', 'whole'),
    (r'\frac{?a}{\sqrt{?d}}', r'A=f\left(\frac{QK^\top}{\sqrt{d_k}}\right)V', 'part'),
    (r'\frac{?a}{\sqrt{?d}}', r'\frac{x}{\sqrt[3]{y}}', None),
    ('?f(?x)', 'g(y)', 'whole'),
    ('?f(?x)', r'\log(x+1)', 'whole'),
    ('?f(?x)', r"h'(x,y)", 'whole'),
    ('?f(?x)', r'\operatorname{ReLU}(Wx+b)', 'whole'),
    ('?f(?x)', '(x)', None),
    ('?f(?x)', 'a+(x)', None),
    # one node or a run of a row
    ('?a + b', 'x y + b', 'whole'),
    ('?a + b', 'x + y + b', 'whole'),
    ('?a + b', r'\frac{x}{y}+b', 'whole'),
    ('?a + b', '-x+b', 'whole'),
    ('?a + b', '+b', None),
    ('?a + b', 'c+x+b', 'whole'),
    ('a + ?b', 'a-c+b', None),
    ('?a ?b', 'xy', 'whole'),
    ('?a ?b', 'x', None),
    ('?a = ?a', 'x+y=x+y', 'whole'),
    ('?a, ?b', 'x+1,y', 'whole'),
    ('f(?a, ?b)', 'f(x,y,z)', 'whole'),
    ('f(?a, ?b)', 'f(x)', None),
    ('f(?x)', 'f()', None),
    # a term, not a piece of one
    ('x ?y', 'x+1', None),
    ('x ?y', 'x y + 1', 'whole'),
    ('?x y', '1+y', None),
    ('x + ?y', 'x+-1', 'whole'),
    ('x = ?y', 'x=-1', 'whole'),
    ('x ?r y', 'x=y', None),
    ('x ?o y', 'x+y', None),
    # relations of the equation part the runs, others do not
    ('?a = ?b', '0<x=y<1', 'part'),
    ('?a < ?b', '0<x<1', 'part'),
    (r'P(?a \mid ?b)', r'P(X=x\mid Y=y)', 'whole'),
    (r'\{?x \mid ?p\}', r'\{x\in A\mid x>0\}', 'whole'),
    # the same name, the same part
    ('?a + ?a', 'x+x', 'whole'),
    ('?a + ?a', 'x+y', None),
    ('?a + ?b', 'x+x', 'whole'),
    ('?a^2 + ?a', '(x+1)^2+(x+1)', 'whole'),
    ('?a^2 + ?a', '(x+1)^2+x', None),
    (r'?a + \frac{?a}{2}', r'xy+\frac{xy}{2}', 'whole'),
    (r'\frac{?a}{2} + ?a', r'\frac{xy}{2}+xy', 'whole'),
    (r'\frac{?a}{2} + ?a', r'\frac{xy}{2}+x', None),
    (r'\frac{?a}{2} = ?b ?a', r'\frac{-x}{2}=y-x', None),
    ('?x = ?x', r'A=\boldsymbol{A}', 'whole'),
    ('?x = ?x', r'A^T=\boldsymbol{A}^\top', 'whole'),
    ('?x = ?x', 'A=a', None),
    ('?f(?f(?x)) = ?x', r'\sigma(\sigma(z))=z', 'whole'),
    ('?f(?f(?x)) = ?x', r'\sigma(\tau(z))=z', None),
    ('?f(?x) ?f(?y) = ?f(?x + ?y)', r'\exp(a)\exp(b)=\exp(a+b)', 'whole'),
    # scripts and primes
    ('?a_i', 'x_i', 'whole'),
    ('?a_i', r'\hat{x}_i', 'whole'),
    ('?a_i', 'x_i^2', None),
    ('?a_i', 'x_j', None),
    ('x_?i', 'x_{i+1}', 'whole'),
    ('x_?i', 'x_i^2', None),
    ('x_?i^?n', 'x_i^2', 'whole'),
    ('x^?n', 'x', None),
    ('x^?n', 'x^*', 'whole'),
    ('x^?n', "x'", 'whole'),
    ("?f'", "g'", 'whole'),
    ("?f'", "g''", None),
    ("?f'", 'g', None),
    ("?f'(?x) = ?f(?x)", "y'(t)=y(t)", 'whole'),
    ('?A^T', r'X^\top', 'whole'),
    ('?A^T', r'(XY)^{\mathsf T}', 'whole'),
    ('?A^?B', r'X^\top', 'whole'),
    ('?A^T ?A', r'\boldsymbol{W}^\top W', 'whole'),
    ('?A^T ?A', r'\boldsymbol{W}^\top V', None),
    (r'\hat?a', r'\hat{x}', 'whole'),
    (r'\hat?a', r'\bar{x}', None),
    (r'\sqrt[?n]{?x}', r'\sqrt[3]{x}', 'whole'),
    (r'\sqrt[?n]{?x}', r'\sqrt{x}', None),
    ('e^?x', r'e^{-x^2/2}', 'whole'),
    ('?a^x', 'e^x', 'whole'),
    # fixed parts: blind to bold and to how a transpose is written, to nothing else
    ('x + ?a', r'\boldsymbol{x}+y', 'whole'),
    (r'\mathbf{x} + ?a', 'x+y', 'whole'),
    ('y + ?a', 'x+y', None),
    (r'\dfrac{?a}b', r'\frac{x}{b},', 'whole'),
    (r'\left(?a\right)', '(x)', 'whole'),
    # integrals and derivatives
    (r'\int ?a\,d?x', r'\int f\,dx+c', 'part'),
    (r'\int ?a\,d?x', r'\int f\,d\mu(x)', 'whole'),
    (r'\int ?a\,d?x', r'\int f\,d(x^2)', 'whole'),
    (r'\int ?a\,d?x', r'\int f\,\mathrm{d}\boldsymbol{x}', 'whole'),
    (r'\int d?x\,?a', r'\int dx\,f(x)', 'whole'),
    (r'?a\,dx', r'\int f\,dx', 'whole'),
    (r'f\,dx', r'\int f\,dx', None),
    (r'?a = f\,dx', r'\int f\,dx=f\,dx', 'whole'),
    (r'f\,dx+?a', r'\int f\,dx+c', 'part'),
    (r'\frac{d?f}{d?x}', r'\frac{df(x)}{dx}', 'whole'),
    (r'\frac{d}{d?x}?f', r'\frac{\mathrm d}{\mathrm dt}x', 'whole'),
    (r'\frac{\partial ?f}{\partial ?x}', r'\frac{\partial L}{\partial w_{ij}}', 'whole'),
    (r'?a = \frac{?b}{dx}', r'y=\frac{dy}{dx}', 'whole'),
    # words
    (r'?a = \text{如果}', r'x=\text{如果}', 'whole'),
    ('?a = 概率', 'x=概率', 'whole'),
    ('?a = 概率', 'x=可能', None),
    ('准确率 = ?a', r'准确率=\frac{正确}{总数}', 'whole'),
    ('准确率=？a', r'准确率=1', 'whole'),
    (r'\text{?a}', r'\text{如果}', 'whole'),
    (r'\operatorname{?f}(?x)', r'\operatorname{sign}(x)', 'whole'),
    (r'\mathrm{d ?x}', 'dx', 'whole'),
    (r'\mathbb{?a}', r'\mathbb{R}', 'whole'),
    # tables
    (r'\begin{pmatrix}?a&?b\\?c&?d\end{pmatrix}', r'\begin{pmatrix}1&0\\0&x+1\end{pmatrix}', 'whole'),
    (r'\begin{pmatrix}?a&?b\\?b&?a\end{pmatrix}', r'\begin{pmatrix}1&0\\0&1\end{pmatrix}', 'whole'),
    (r'\begin{pmatrix}?a&?b\\?b&?a\end{pmatrix}', r'\begin{pmatrix}1&0\\0&2\end{pmatrix}', None),
    (r'\begin{pmatrix}?a\\?b\end{pmatrix}', r'\begin{pmatrix}1&2\\3&4\end{pmatrix}', None),
    (r'\begin{pmatrix}?a&?b\end{pmatrix}', r'\begin{pmatrix}1&2&3\end{pmatrix}', None),
    (r'\begin{pmatrix}?a&?b\end{pmatrix}', r'\begin{pmatrix}1&\end{pmatrix}', None),
    (r'\begin{bmatrix}?a\end{bmatrix}', r'\begin{pmatrix}1\end{pmatrix}', None),
    ('x y', r'A=\begin{pmatrix}x&y\end{pmatrix}', None),
    ('x + ?a', r'A=\begin{pmatrix}x+1&y\end{pmatrix}', 'part'),
    (
        r'?f(?x) = \begin{cases}?a, & ?p\\ ?b, & ?q\end{cases}',
        r'|x| = \begin{cases}x,&x\ge 0\\-x,&x<0\end{cases}',
        None,
    ),
    (
        r'?f(?x) = \begin{cases}?a & ?p\\ ?b & ?q\end{cases}',
        r'f(x) = \begin{cases}x&x\ge 0\\-x&x<0\end{cases}',
        'whole',
    ),
    # several equations: each in its own, in order
    ('?a = ?b = ?c', 'x=y=z', 'whole'),
    ('?a = ?b = ?c', 'x=y', None),
    ('?a = ?b', 'x=y=z', 'whole'),
    ('?a = z', 'x=y=z', 'whole'),
    (r'?a = y \quad ?b = ?a', r'x=y,\quad z=x', 'whole'),
    (r'?a = y \quad ?b = ?a', r'x=y,\quad z=y', None),
    (r'?a = y \quad ?b = ?a', r'z=x,\quad x=y', None),
    (r'\begin{aligned}?a&=?b\\&=?c\end{aligned}', 'x=y=z', 'whole'),
    (r'?L = ?a', r'\begin{aligned}L&=x+y\\&=z\end{aligned}', 'whole'),
    (r'\log ?q', r'\begin{aligned}L&=x+y\\&=\log z\end{aligned}', 'side'),
    (r'x \quad \log ?q', r'x=y \quad 1+\log z', 'part'),
    # no wildcard at all
    ('x^2', r'\boldsymbol{x}^2', 'whole'),
    ('x^2', 'y=x^2', 'side'),
    ('x^2', 'y=1+x^2', 'part'),
    ('x^2', 'x^3', None),
    ('a?', 'a', None),
    ('a?=b', 'a?=b', 'whole'),
    # nothing
    ('?a', '', None),
    ('', 'x', None),
    ('?a', 'x', 'whole'),
    ('?a', 'x=y', 'side'),
]


@pytest.mark.parametrize(('pattern', 'latex', 'expected'), MATCHING)
def test_a_formula_has_the_form_of_a_pattern_or_not(pattern, latex, expected):
    assert kind(pattern, latex) == expected


@pytest.mark.parametrize(
    ('pattern', 'latex', 'expected'),
    [
        ('?a + b', 'x y + b', {'a': 'xy'}),
        (r'\int ?a\,d?x', r'1+\int f(x)g\,dx', {'a': 'f(x)g', 'x': 'x'}),
        (r'\int ?a\,d?m', r'\int f\,d\mu(x)', {'a': 'f', 'm': r'\mu(x)'}),
        (r'\frac{?a1}{?B}', r'\frac{x+\boldsymbol{y}}{z}', {'a1': 'x+y', 'B': 'z'}),
        (r'?b = ?a', r'x=\begin{cases}1\\0\end{cases}', {'b': 'x', 'a': r'\begin{cases} 1 \\ 0 \end{cases}'}),
        (r'?a = ?b = ?c', 'x=y=z', {'a': 'x', 'b': 'y', 'c': 'z'}),
        ('?a^T', r'\boldsymbol{A}^\top', {'a': 'A'}),
        ('x', 'x', {}),
    ],
)
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


SMALL = st.lists(
    st.sampled_from(['x', 'y', '+', '-', '=', '(', ')', 'x_y', 'x^2', r'\frac{xy}{x}']), max_size=9
)
SMALL_PATTERNS = st.lists(
    st.sampled_from(['x', '+', '-', '=', '(', ')', '?a', '?b', '?a', 'x_?a', '?b^2', r'\frac{?a}{?b}']),
    min_size=1,
    max_size=6,
)


@given(SMALL_PATTERNS, SMALL)
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

PIECES = [
    *'abdex12+-=<()[]{}|,^_&\' ', r'\frac', r'\sqrt', r'\left', r'\right.', r'\begin{aligned}',
    r'\end{aligned}', r'\begin{cases}', r'\end{cases}', r'\begin{pmatrix}', r'\end{pmatrix}', r'\\',
    r'\text{如果}', r'\mathbb', r'\boldsymbol{x}', r'\rm', r'\hat', r'\quad', r'\Rightarrow', r'\le', r'\sum',
    r'\int', r'\,dx', r'\dots', r'\over', r'\operatorname{f}', r'\arg', r'\min', '概率', '^T', r'^\top',
]  # fmt: skip


def replaceable(node, alone, own):
    """Whether a wildcard may stand for a node."""
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


ATOMS = st.recursive(
    st.sampled_from(['x', 'y', r'\alpha', '1', r'\mathbb{R}', r'\boldsymbol{z}', r'\text{如果}', r'\log']),
    lambda inner: st.one_of(
        st.tuples(inner, inner).map(lambda pair: rf'\frac{{{pair[0]}+y}}{{{pair[1]}}}'),
        st.tuples(inner, inner).map(lambda pair: f'{{{pair[0]}}}_{{{pair[1]}}}'),
        st.tuples(inner, inner).map(lambda pair: f'{{{pair[0]}}}^{{{pair[1]} + 1}}'),
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


WILD_PIECES = [*PIECES, *('?a ?b ?c ?a1 d?x ?f(?x) \\hat?a _?i ^{?n} ? \\? \ue000 \\\ue000').split(' ')]


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


LETTERS = 'abcdefghijklmnopqrstuvwxyz'
ALL_TWICE = ''.join(f'?{letter}' for letter in LETTERS) * 2
HOSTILE = [
    '?a' * 10_000,
    ''.join(f'?{letter}' for letter in LETTERS),
    ALL_TWICE,
    '+'.join(f'?{letter}' for letter in LETTERS) + '=z',
    '?a?b?a?b?c?a?c y',
    '?a ' * 30 + 'y',
    '(' * 10_000 + '?a' + ')' * 10_000,
    r'\frac{?a}' * 10_000,
    '{' * 10_000 + '?a',
    '?a=' * 5_000,
    r'?a\\' * 5_000,
    r'\begin{aligned}' + r'?a&=?b?b\\' * 20 + r'\end{aligned}',
    ''.join(f'?a{n}' for n in range(20_000)),
    f'?a{"1" * 99_000}',
    '?x' * 50_000,
]
VICTIMS = [
    'x' * 300,
    'xy' * 150 + 'z',
    '+'.join('x' * 300),
    'x=' * 300,
    'x+' * 50_000,
    r'\begin{aligned}' + r'x&=xxxx\\' * 100 + r'\end{aligned}',
    '(' * 5_000 + 'x' + ')' * 5_000,
    r'\begin{pmatrix}' + 'x&' * 500 + r'\end{pmatrix}',
]


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
