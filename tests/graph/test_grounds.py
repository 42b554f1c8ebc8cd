from __future__ import annotations

import numpy as np
import pytest
from graph_cases import link, post, series

from sphinxext_blog.formulas import Formula, shared_formulas
from sphinxext_blog.graph.grounds import formula_ground, link_grounds, series_ground, tag_ground
from sphinxext_blog.graph.likeness import Near
from sphinxext_blog.records import Resolution

POSTS = [post(name) for name in 'abcde']


def nobody():
    return Near(np.zeros(0, dtype=np.int64), np.zeros(0), np.zeros(0), 0.15)


def beside(*columns):
    return Near(np.array(columns), np.ones(len(columns)), np.ones(len(columns)), 0.15)


def grounds(*links, near=None):
    made = link_grounds(POSTS, Resolution(links=links), near or [nobody()] * len(POSTS))
    return {ground.kind: ground for ground in made}


def cells(ground):
    matrix = ground.strength.tocoo()
    return set(zip(matrix.row.tolist(), matrix.col.tolist(), strict=True))


def test_citations_both_ways():
    found = grounds(link('a', 'b'), link('a', 'b', 'fuzzy', 0.5))
    assert cells(found['cites']) == {(0, 1)}
    assert cells(found['cited-by']) == {(1, 0)}
    assert found['cites'].strength[0, 1] == 1


def test_a_common_neighbour_with_many_links_says_less():
    few = grounds(link('a', 'work:w'), link('b', 'work:w'))['shared-citations'].strength[0, 1]
    many = grounds(*(link(name, 'work:w') for name in 'abcde'))['shared-citations'].strength[0, 1]
    assert 0 < many < few < 1


def test_what_similar_posts_cite():
    near = [beside(1, 2), *[nobody()] * 4]
    found = grounds(link('b', 'd'), link('c', 'd'), link('c', 'e'), near=near)['cited-by-similar']
    assert cells(found) == {(0, 3), (0, 4)}
    assert found.strength[0, 3] > found.strength[0, 4]
    assert found.detail(0, 3) == ('b', 'c')
    assert found.detail(0, 4) == ('c',)


def test_a_post_is_not_in_its_own_company():
    near = [beside(1), *[nobody()] * 4]
    assert cells(grounds(link('b', 'a'), near=near)['cited-by-similar']) == set()


def test_parts_of_a_series_the_nearer_the_stronger():
    found = series_ground(POSTS, Resolution(series=(series('S', ('a', 1), ('b', 2), ('c', 3)),)))
    assert found.strength[0, 1] > found.strength[0, 2] > 0
    assert found.detail(2, 0) == ('s',)


def test_the_rarer_tag_is_stronger_and_comes_first():
    posts = [post('a', tags=('Rare', 'all')), post('b', tags=('rare', 'all')), post('c', tags=('all',))]
    posts += [post(name) for name in 'defgh']
    found = tag_ground(posts)
    assert found.strength[0, 1] > found.strength[0, 2] > 0
    assert found.detail(0, 1) == ('Rare', 'all')


@pytest.mark.parametrize(
    ('latex', 'detail'),
    [
        (
            r'\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}',
            (r'$\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}$',),
        ),
        (
            r'\begin{equation}\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}.\label{eq:g}\end{equation}',
            (r'$\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}$',),
        ),
        (r'\begin{aligned}\int_0^\infty e^{-x^2}\,dx &= a \\ &= \frac{\sqrt{\pi}}{2}\end{aligned}', ()),
        (r'\int_0^\infty e^{-x^2}\,dx = \frac{\sqrt{\pi}}{2}\text{ for $x>0$}', ()),
    ],
)
def test_a_shared_formula_is_told_when_it_fits_into_a_sentence(latex, detail):
    formulas = [Formula(name, '', latex, display=True) for name in ('a', 'b')]
    shared = shared_formulas(formulas, 50)
    found = formula_ground(POSTS, shared)
    assert cells(found) == {(0, 1), (1, 0)}
    assert found.detail(0, 1) == found.detail(1, 0) == detail
