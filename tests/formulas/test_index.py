from __future__ import annotations

import pytest

from sphinxext_blog.formulas import Formula, FormulaIndex, read_macros
from sphinxext_blog.records import DocName

CORPUS = {
    'gamma': r'\Gamma(x)=\int_0^{+\infty}t^{x-1}e^{-t}dt',
    'norm': r'\Vert\boldsymbol{A}-\boldsymbol{B}\Vert_F^2',
    'softmax': r'\sigma(z)_i=\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}',
    'chain': r'\begin{aligned}L&=\sum_i p_i\log q_i\\&=\mathbb{E}[\log q]\end{aligned}',
    'sphere': 'x^2+y^2+z^2=r^2',
    'hyperboloid': 'x^2+y^2-z^2=r^2',
    'letter': 'x',
}


@pytest.fixture(scope='module')
def index():
    index = FormulaIndex()
    for anchor, latex in CORPUS.items():
        index.add(Formula(DocName('post'), anchor, latex))
    return index


def found(index, latex, limit=20):
    return {group.kind: [hit.formula.anchor for hit in group.hits] for group in index.search(latex, limit)}


@pytest.mark.parametrize(
    ('query', 'kind', 'anchor'),
    [
        (r'\Gamma(x) = \int\limits_0^{+\infty} t^{x-1} e^{-t} \mathrm{d}t', 'same', 'gamma'),
        (r'\|A-B\|_F^2', 'same', 'norm'),
        (r'G(s)=\int_0^{+\infty}u^{s-1}e^{-u}du', 'renamed', 'gamma'),
        (r'\frac{e^{z_i}}{\sum_{j=1}^K e^{z_j}}', 'contains', 'softmax'),
        (r'\frac{e^{a_k}}{\sum_{l=1}^m e^{a_l}}', 'contains', 'softmax'),
        (r'L=\mathbb{E}[\log q]', 'same', 'chain'),
        ('a^2+b^2+c^2=d^2', 'renamed', 'sphere'),
        ('x^2+y^2+z^2=1', 'similar', 'sphere'),
    ],
)
def test_formulas_are_found_in_the_group_they_belong_to(index, query, kind, anchor):
    assert found(index, query)[kind][0] == anchor


def test_no_formula_is_in_two_groups(index):
    anchors = [a for group in found(index, 'x^2+y^2+z^2=r^2').values() for a in group]
    assert len(anchors) == len(set(anchors))


def test_the_same_comes_before_the_similar(index):
    groups = found(index, 'x^2+y^2+z^2=r^2')
    assert list(groups) == ['same', 'similar']
    assert groups['same'] == ['sphere']
    assert groups['similar'][0] == 'hyperboloid'


@pytest.mark.parametrize('limit', [0, 1, 2])
def test_no_more_than_asked_for(index, limit):
    assert sum(map(len, found(index, 'x^2+y^2+z^2=r^2', limit).values())) <= limit


@pytest.mark.parametrize('query', ['', '{', r'\quad', r'\nosuch', '<script>', '\u202e'])
def test_a_query_that_says_nothing_finds_nothing_and_breaks_nothing(index, query):
    assert all(kind in {'contains', 'similar'} for kind in found(index, query))


def test_of_several_equations_all_must_be_there_to_be_the_same(index):
    groups = found(index, r'L=\mathbb{E}[\log q]\quad a+b=c')
    assert 'same' not in groups
    assert 'chain' in groups['similar']


def test_macros_hold_for_both_sides():
    index = FormulaIndex()
    macros = read_macros({'E': r'\mathbb{E}'})
    index.add(Formula(DocName('a'), '', r'\E[x+y]'), macros)
    assert [g.kind for g in index.search(r'\mathbb{E}[x+y]')] == ['same']
    assert [g.kind for g in index.search(r'\E[x+y]', macros=macros)] == ['same']


def test_scores_fall(index):
    for group in index.search('x^2+y^2+z^2=1'):
        scores = [hit.score for hit in group.hits]
        assert scores == sorted(scores, reverse=True)
        assert all(0 < score <= 1 for score in scores)


def test_a_query_of_thousands_of_equations_is_answered(index):
    groups = index.search(r'\\'.join(f'x_{n}+y=z' for n in range(5000)))
    assert all(0 < hit.score <= 1 for group in groups for hit in group.hits)


def test_a_query_with_wildcards_finds_formulas_of_its_form(index):
    assert found(index, '?a^2+?b^2+?c^2=?d^2') == {'pattern': ['sphere']}
    assert found(index, r'\frac{?a}{?b}') == {'pattern': ['softmax']}
    assert found(index, r'\mathbb{E}[?f]') == {'pattern': ['chain']}
    assert found(index, r'\int_?l^?u ?f\,d?x') == {'pattern': ['gamma']}
    assert found(index, '?x+?y=?x') == {}


def test_whole_equations_come_before_sides_and_sides_before_parts():
    index = FormulaIndex()
    for anchor, latex in {'part': '1+f(x)', 'side': 'y=f(x)', 'long': 'f(x+y+z)', 'whole': 'f(x)'}.items():
        index.add(Formula(DocName('post'), anchor, latex))
    assert found(index, 'f(?x)') == {'pattern': ['whole', 'long', 'side', 'part']}
    assert found(index, 'f(?x)', 2) == {'pattern': ['whole', 'long']}
    assert [hit.score for hit in index.search('f(?x)')[0].hits] == [1.0, 1.0, 0.9, 0.8]


@pytest.mark.parametrize('query', ['?a', '?a?b', '?a?a?a', r'?a\\?b', '?a' * 10_000])
def test_a_pattern_that_is_too_general_finds_nothing(index, query):
    assert index.search(query) == ()


def test_a_blank_that_is_escaped_is_indexed():
    index = FormulaIndex()
    index.add(Formula(DocName('a'), '', r'\unicode{\ }'))
    assert index.search('x') == ()


def test_an_empty_index_answers():
    assert FormulaIndex().search('x') == ()
