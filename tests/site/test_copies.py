"""The text of a document as others show it."""

from __future__ import annotations

import pytest
from docutils import nodes

from sphinxext_blog.site.copies import resolved_copy, without_title
from sphinxext_blog.site.formula_tools import blog_formula, blog_formula_tools
from sphinxext_blog.site.panel_elements import blog_panel

FILES = {
    'a.rst': (
        ':blogpost:\n:date: 2020-01-01\n\nA\n=\n\nSee :doc:`b` and :math:`x`.\n\n'
        '.. math::\n   :label: e\n\n   y\n'
    ),
    'b.rst': ':blogpost:\n:date: 2020-01-02\n\nB\n=\n\nSee :doc:`a`.\n',
}


@pytest.mark.parametrize('builder', ['html', 'latex'])
def test_a_copy_has_links_and_formulas_and_nothing_of_its_page(make_site, builder):
    env = (app := make_site(FILES).build(builder).app).env
    domain = env.get_domain('blog')
    written = set(domain.written)
    copy = resolved_copy(env, 'a', app.builder)
    kinds = {type(node) for node in copy.findall(nodes.Element)}
    assert nodes.reference in kinds
    assert not kinds & {blog_panel, blog_formula, blog_formula_tools}
    shown = [node.astext() for node in copy.findall(nodes.raw)]
    if builder == 'html':
        assert nodes.math not in kinds
        assert sum('<math' in text for text in shown) == 2
        assert any('(1)' in text for text in shown)
    else:
        assert {nodes.math, nodes.math_block} <= kinds
    assert domain.written == written


def test_a_heading_is_left_out():
    section = nodes.section('', nodes.title('', 'T'), nodes.target(), nodes.paragraph('', 'x'))
    assert [node.astext() for node in without_title(section)] == ['x']
