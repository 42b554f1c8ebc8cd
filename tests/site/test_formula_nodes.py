"""Formulas and their places as nodes."""

from __future__ import annotations

from typing import get_args

import pytest
from docutils import nodes

from sphinxext_blog.formulas import Head
from sphinxext_blog.site.formula_nodes import head_name, index_nodes, place_detail, place_links
from sphinxext_blog.site.formula_views import FormulaItem, FormulaPlace, HeadView


@pytest.fixture(scope='module')
def builder(make_site):
    return make_site({'p.rst': 'P\n=\n'}).build().app.builder


@pytest.mark.parametrize('head', get_args(Head))
def test_every_head_has_a_name(head):
    assert head_name(head)


@pytest.mark.parametrize(
    ('place', 'detail'),
    [
        (FormulaPlace('p', 'P', number='3', section='S'), '(3)'),
        (FormulaPlace('p', 'P', section='S $x$'), '§ S $x$'),
        (FormulaPlace('p', 'P'), ''),
    ],
)
def test_a_place_is_told_by_its_number_else_by_its_section(place, detail):
    assert place_detail(place) == detail


def test_of_very_many_posts_some_are_named_and_the_others_counted(builder):
    links = place_links(builder, 'index', [FormulaPlace(f'p{n}', f'P {n}') for n in range(40)])
    text = ''.join(node.astext() for node in links)
    assert text.startswith('P 0, P 1, ')
    assert text.endswith(' and 28 more')


def test_a_formula_without_markup_is_shown_as_its_text(builder):
    item = FormulaItem(r'\nonsense{</script>', (FormulaPlace('p', '<b>P</b>'),), ())
    topics = [HeadView('sum', (('', (item,)),))]
    fragment = builder.render_partial(nodes.container('', *index_nodes(builder, 'index', topics)))['fragment']
    assert r'\nonsense{&lt;/script&gt;' in fragment
    assert '<b>P' not in fragment
