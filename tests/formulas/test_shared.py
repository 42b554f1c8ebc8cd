from __future__ import annotations

import math
import random
import re
from dataclasses import replace
from pathlib import Path

import pytest

from sphinxext_blog.formulas import Formula, analyse, keys_of, shared_formulas
from sphinxext_blog.formulas.shared import MIN_SCORE
from sphinxext_blog.records import DocName

SEEDS = Path(__file__).resolve().parents[2] / 'seeds'
LONG = r'\mathcal{L}=-\sum_{i=1}^n t_i\log\frac{e^{s_i}}{\sum_{j=1}^n e^{s_j}}'
LONG_RENAMED = r'\mathcal{L}=-\sum_{k=1}^m p_k\log\frac{e^{u_k}}{\sum_{l=1}^m e^{u_l}}'


def formula(docname, latex, anchor=''):
    return Formula(DocName(docname), anchor, latex, display=True, keys=keys_of(analyse(latex)))


def pairs(formulas, posts=50, **options):
    return [(s.source, s.target) for s in shared_formulas(formulas, posts, **options)]


def test_posts_with_the_same_formula_share_it():
    (shared,) = shared_formulas([formula('b', LONG, 'y'), formula('a', LONG + ',', 'x')], 50)
    (evidence,) = shared.evidence
    assert (shared.source, shared.target) == ('a', 'b')
    assert (evidence.first.anchor, evidence.second.anchor) == ('x', 'y')
    assert (evidence.level, evidence.df) == (1, 2)
    assert evidence.size == analyse(LONG).equations[0].weight
    assert math.isclose(shared.score, evidence.size)


@pytest.mark.parametrize(
    ('other', 'level'), [(LONG.replace('t_i', r'\boldsymbol{t}_i'), 2), (LONG_RENAMED, 3)]
)
def test_the_level_of_the_evidence_is_the_strongest(other, level):
    (shared,) = shared_formulas([formula('a', LONG), formula('b', other)], 50)
    assert [e.level for e in shared.evidence] == [level]


def test_scores_fall_from_level_to_level():
    others = (LONG, LONG.replace('t_i', r'\boldsymbol{t}_i'), LONG_RENAMED)
    scores = [shared_formulas([formula('a', LONG), formula('b', other)], 50)[0].score for other in others]
    assert scores == sorted(scores, reverse=True)
    assert len(set(scores)) == 3


@pytest.mark.parametrize(
    'latex',
    [
        r'\boldsymbol{W}\in\mathbb{R}^{n_1\times m_1\times n_2\times m_2\times n_3\times m_3}',
        r'\hat{\boldsymbol{\theta}}_{t+1+a+b+c+d+e+f+g}',
        r'x_1,x_2,\dots,x_n',
        'x=1',
    ],
)
def test_what_says_nothing_links_nothing(latex):
    assert pairs([formula('a', latex), formula('b', latex)]) == []


@pytest.mark.parametrize(
    'latex',
    [
        r'O(n\log^2 n)',
        'a_1>b_1',
        r'i=1,2,\dots,p-1',
        r'0<\varepsilon<1/2',
        r'1\le n\le 2\times 10^5,1\le m\le 2\times 10^5',
        '(x_1,y_1),(x_2,y_2),...,(x_m,y_m)',
        r'X=\sum_{i=1}^n X_i',
    ],
)
def test_ranges_costs_and_lists_link_nothing_in_a_blog_of_any_size(latex):
    assert all(pairs([formula('a', latex), formula('b', latex)], posts) == [] for posts in (2, 20, 2000))


def evidence_size(one, other):
    (shared,) = shared_formulas([formula('a', one), formula('b', other)], 50, min_score=0)
    (evidence,) = shared.evidence
    return evidence.size


def test_each_name_that_differs_costs_two_symbols():
    model = 'x_{t+1}=Ax_t+Bu_t+Cw_{t+1}'
    sizes = [
        evidence_size(model, other)
        for other in (
            model,
            'x_{t+1}=Ax_t+Bu_t+Ce_{t+1}',
            'x_{t+1}=Ax_t+Bv_t+Ce_{t+1}',
            'y_{t+1}=Ay_t+Bv_t+Ce_{t+1}',
        )
    ]
    assert sizes == [sizes[0] - 2 * n for n in range(4)]


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        (r'F=\sum_{d|n}g(d)h(n/d)', r'F=\sum_{k|n}g(k)h(n/k)'),
        (r'F=\sum_{i,j}a_{ij}b_{ij}', r'F=\sum_{k,l}a_{kl}b_{kl}'),
        (r'F=\prod_{i=1}^n(1+a_i+b_i)', r'F=\prod_{k=1}^m(1+a_k+b_k)'),
        (r'F=\int_a^b f(x)g(x)dx', r'F=\int_a^b f(t)g(t)dt'),
        (r'F=\max_{x\in X}f(x)+g(x)', r'F=\max_{y\in X}f(y)+g(y)'),
    ],
)
def test_a_name_that_an_operator_binds_costs_nothing(one, other):
    assert evidence_size(one, other) == analyse(one).equations[0].weight


def test_many_skeletons_are_no_evidence():
    one = [r'e_t:=E_t/N_t', r'X_{t+1}=AX_t', r'e_{t+1}+u_{t+1}=1', r'n=\prod_{i=1}^k p_i^{e_i}']
    other = [r'v_t:=p_t/d_t', r'd_{t+1}=gd_t', r'p_{t+1}+d_{t+1}=2', r'm=\prod_{j=1}^l q_j^{c_j}']
    assert pairs([*(formula('a', x) for x in one), *(formula('b', x) for x in other)], 20) == []


def test_names_behind_macros_are_known_from_the_expanded_formula():
    known = formula('a', LONG)
    renamed = replace(formula('b', LONG_RENAMED), latex=r'\loss')
    assert pairs([known, renamed]) == []
    assert pairs([known, replace(renamed, expanded=LONG_RENAMED)]) == [('a', 'b')]


def test_a_side_is_evidence_where_the_equation_is_not():
    side = LONG.partition('=')[2]
    (shared,) = shared_formulas([formula('a', f'L={side}'), formula('b', f'K(x)={side}')], 50)
    assert len(shared.evidence) == 1
    assert shared.score < shared_formulas([formula('a', LONG), formula('b', LONG)], 50)[0].score


def test_an_equation_is_not_counted_again_by_its_sides():
    latex = r'a+b\log c+\frac{d}{e}=\sum_{i=1}^n x_i\log x_i+y'
    (shared,) = shared_formulas([formula('a', latex), formula('b', latex)], 50)
    assert len(shared.evidence) == 1


def test_a_formula_of_every_post_says_nothing():
    crowd = [formula(f'p{n:02}', LONG) for n in range(60)]
    assert pairs(crowd, 60) == []


def test_rarity_is_what_counts():
    few = [formula(f'p{n}', LONG) for n in range(2)]
    many = [formula(f'p{n}', LONG) for n in range(8)]
    assert shared_formulas(few, 50)[0].score > shared_formulas(many, 50, min_score=0)[0].score


@pytest.mark.parametrize('posts', [2, 8, 20, 300, 2000])
def test_one_threshold_serves_blogs_of_all_sizes(posts):
    assert pairs([formula('a', LONG), formula('b', LONG)], posts) == [('a', 'b')]
    assert pairs([formula('a', 'x^2+y^2=1'), formula('b', 'x^2+y^2=1')], posts) == []


def test_the_order_of_the_formulas_does_not_matter():
    formulas = [formula(f'p{n % 7}', f'{LONG}+{n % 5}a+b', str(n)) for n in range(40)]
    expected = shared_formulas(formulas, 50, min_score=0)
    shuffled = formulas[:]
    random.Random(1).shuffle(shuffled)
    assert [(s.source, s.target, s.score) for s in shared_formulas(shuffled, 50, min_score=0)] == [
        (s.source, s.target, s.score) for s in expected
    ]


def test_formulas_without_keys_are_analysed():
    assert pairs([Formula(DocName('a'), '', LONG), Formula(DocName('b'), '', LONG)]) == [('a', 'b')]


def test_five_pieces_of_evidence_are_enough():
    formulas = [formula(d, LONG.replace('n', str(n))) for n in range(2, 12) for d in 'ab']
    (shared,) = shared_formulas(formulas, 50)
    assert len(shared.evidence) == 5
    assert math.isclose(shared.score, math.fsum(e.score for e in shared.evidence))


def test_a_key_of_thousands_of_posts_makes_no_crowd_of_pairs():
    keys = keys_of(analyse(LONG))
    formulas = [Formula(DocName(f'p{n:05}'), '', LONG, keys=keys) for n in range(5000)]
    assert shared_formulas(formulas, 5000, min_score=0) == ()


def test_nothing_in_nothing_out():
    assert shared_formulas([], 0) == ()


SPLIT = re.compile(r'点击阅读全文|\d+位读者')
MATH = re.compile(r'\$\$(.+?)\$\$|\$([^$]+)\$|(\\begin\{(equation|align|array)\}.+?\\end\{\4\})', re.DOTALL)


def test_in_the_seeds_the_parts_of_a_series_that_share_their_first_formula_are_found():
    formulas = []
    posts = 0
    for file in sorted(SEEDS.glob('*.txt')):
        for number, post in enumerate(SPLIT.split(file.read_text('utf-8'))):
            posts += 1
            docname = f'{file.stem}-{number}'
            formulas.extend(formula(docname, m[1] or m[2] or m[3]) for m in MATH.finditer(post))
    found = shared_formulas(formulas, posts)
    argmin = [s for s in found if r'\text{argmin}' in s.evidence[0].first.latex]
    assert len(argmin) == 1
    assert argmin[0].source != argmin[0].target
    assert argmin[0].score >= MIN_SCORE
    assert argmin[0].evidence[0].level == 1
    # Besides, only posts that stand in two files share anything.
    assert len(found) == 3
