"""Dates, links and formulas that panels put into pages."""

from __future__ import annotations

from docutils import nodes

from sphinxext_blog.site.inline import link, text_nodes


class Builder:
    """What `text_nodes` asks a builder."""

    def __init__(self, name):
        self.name = name
        self.format = {'epub': 'html'}.get(name, name)


def test_a_formula_is_mathml_in_html_and_a_math_node_elsewhere():
    [before, formula] = text_nodes('a $x^2$', Builder('html'))
    assert isinstance(formula, nodes.raw)
    assert formula['format'] == 'html'
    assert '<math' in formula.astext()
    assert before.astext() == 'a '
    assert isinstance(text_nodes('$x^2$', Builder('latex'))[0], nodes.math)


def test_what_is_no_formula_is_shown_as_its_latex():
    [node] = text_nodes('$\\oops{javascript:alert(1)}{x}$', Builder('html'))
    assert isinstance(node, nodes.literal)


def test_a_dollar_sign_is_a_dollar_sign():
    assert [node.astext() for node in text_nodes('5\\$', Builder('html'))] == ['5$']


def test_epub_is_told_the_namespace():
    [formula] = text_nodes('$x$', Builder('epub'))
    assert 'xmlns="http://www.w3.org/1998/Math/MathML"' in formula.astext()


def test_a_builder_without_addresses_gets_the_words(make_site):
    build = make_site({'a.rst': 'A\n=\n'}).build('gettext')
    made = link(build.app.builder, 'a', 'index', [nodes.Text('words')])
    assert made.astext() == 'words'
