"""All formulas of a blog, each once, with its places."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas import Formula, analyse, keys_of, make_catalogue
from sphinxext_blog.records import DocName

if TYPE_CHECKING:
    import random

ATTENTION = r'A = \text{softmax}(QK^{\top}/\sqrt{d})V'


def formula(docname, latex, anchor='', *, display=True, **fields):
    analysis = analyse(latex)
    return Formula(
        DocName(docname),
        anchor or f'{docname}-{len(latex)}',
        latex,
        display,
        keys=keys_of(analysis),
        equations=tuple(unit.canonical[0] for unit in analysis.equations),
        arrows=analysis.arrows,
        **fields,
    )


def posts(places):
    return [place.docname for place in places]


def test_equal_formulas_are_one_entry_with_a_place_for_each_post():
    bold = r'\bm{A} = \operatorname{softmax}(\boldsymbol{Q}\boldsymbol{K}^T/\sqrt{d})\,\boldsymbol{V}.'
    catalogue = make_catalogue([formula('a', ATTENTION), formula('b', bold, number='3', section='Heads')])
    (entry,) = catalogue.entries.values()
    assert entry.latex == ATTENTION
    assert [(place.docname, place.section, place.number) for place in entry.places] == [
        ('a', '', ''),
        ('b', 'Heads', '3'),
    ]
    assert entry.renamed == ()


def test_a_display_formula_knows_where_else_it_stands():
    catalogue = make_catalogue(
        [
            formula('a', ATTENTION, 'f1'),
            formula('b', ATTENTION, 'f2', display=False),
            formula('c', ATTENTION.replace('Q', 'U').replace('K', 'W'), 'f3'),
        ]
    )
    same, renamed = catalogue.elsewhere(DocName('a'), 'f1')
    assert posts(same) == ['b']
    assert posts(renamed) == ['c']
    assert catalogue.elsewhere(DocName('a'), 'no such anchor') == ((), ())
    assert catalogue.elsewhere(DocName('none'), 'f1') == ((), ())


def test_implications_tell_formulas_apart():
    left, right = 'a^2+b^2=c^2+d', 'e^x+f^2=g^2+h'
    catalogue = make_catalogue(
        [
            formula('a', rf'{left}\Rightarrow {right}', 'f1'),
            formula('b', rf'{left}\Leftarrow {right}', 'f2'),
            formula('c', rf'{left}\implies {right}.', 'f3'),
            formula('d', left, 'f4'),
        ]
    )
    assert len(catalogue.entries) == 3
    assert catalogue.at['a']['f1'] == catalogue.at['c']['f3'] != catalogue.at['b']['f2']
    # The post that says the contrary is no place of it; one that states a part of it is.
    assert posts(catalogue.elsewhere(DocName('a'), 'f1')[0]) == ['c', 'd']
    assert posts(catalogue.elsewhere(DocName('b'), 'f2')[0]) == ['d']
    assert posts(catalogue.elsewhere(DocName('d'), 'f4')[0]) == ['a', 'b', 'c']


def test_of_a_post_the_display_speaks_and_the_earlier_of_two():
    catalogue = make_catalogue(
        [
            formula('a', ATTENTION, 'section', display=False),
            formula('a', ATTENTION, 'first'),
            formula('a', ATTENTION, 'second'),
            formula('b', ATTENTION, 'other'),
        ]
    )
    (entry,) = catalogue.entries.values()
    assert [place.anchor for place in entry.places] == ['first', 'other']


def test_one_equation_of_many_makes_a_place_when_it_is_large():
    both = rf'\begin{{align}} {ATTENTION} \\ x &= 0 \end{{align}}'
    catalogue = make_catalogue([formula('a', both, 'f1'), formula('b', ATTENTION), formula('c', 'x = 0')])
    assert posts(catalogue.elsewhere(DocName('a'), 'f1')[0]) == ['b']


@pytest.mark.parametrize('latex', ['x', 'x_i', r'X\in\mathbb{R}^{n\times m}', '', r'\alpha'])
def test_what_says_nothing_is_left_out(latex):
    assert not make_catalogue([formula('a', latex), formula('b', latex)]).entries


def test_an_inline_formula_of_one_post_is_left_out():
    catalogue = make_catalogue([formula('a', 'a+b=c', display=False), formula('b', 'x^2+y=z')])
    assert [entry.latex for entry in catalogue.entries.values()] == ['x^2+y=z']


def test_small_formulas_are_not_called_equal_up_to_renaming():
    catalogue = make_catalogue([formula('a', 'a = b + c', 'f1'), formula('b', 'x = y + z')])
    assert catalogue.elsewhere(DocName('a'), 'f1') == ((), ())


def test_entries_have_ids_that_depend_on_the_formula_only():
    alone = make_catalogue([formula('a', ATTENTION)])
    others = make_catalogue([formula('z', 'a+b=c'), formula('b', ATTENTION.replace('/', ' / '))])
    assert alone.entries.keys() < others.entries.keys()


@given(
    st.lists(
        st.tuples(st.sampled_from('abcd'), st.sampled_from([ATTENTION, 'a+b=c', 'x_1+x_2=y', r'\int f=0'])),
        max_size=12,
    ),
    st.randoms(use_true_random=False),
)
def test_the_order_of_the_posts_does_not_matter(pairs, rng: random.Random):
    formulas = [formula(name, latex, f'f{n}') for n, (name, latex) in enumerate(pairs)]
    by_post = {name: [f for f in formulas if f.docname == name] for name in 'abcd'}
    names = list(by_post)
    rng.shuffle(names)
    assert make_catalogue(f for name in names for f in by_post[name]) == make_catalogue(
        f for name in sorted(names) for f in by_post[name]
    )
