"""Dates, links and formulas that panels put into pages."""

from __future__ import annotations

import pytest
from docutils import nodes

from sphinxext_blog.site.inline import date_text, link, text_nodes


class Config(dict):
    language = 'en'

    def __getattr__(self, name):
        return self[name]


@pytest.mark.parametrize(
    ('iso', 'language', 'text'),
    [
        ('2014-12-08', 'en', '2014-12-08'),
        ('2014-12', 'en', 'Dec 2014'),
        ('2014', 'en', '2014'),
        ('--12-08', 'en', 'Dec 8, year unknown'),
        ('--02-29', 'de', '29. Feb., year unknown'),
        ('2014-12', 'zh_CN', '2014年12月'),
        ('2014-12-08T14:05:00+00:00', 'en', '2014-12-08'),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(make_site, iso, language, text):
    config = make_site({'index.rst': 'I\n=\n'}, {'language': language}).build('dummy').app.config
    assert date_text(iso, config) == text


def test_a_formula_is_mathml_in_html_and_a_math_node_elsewhere():
    [before, formula] = text_nodes('a $x^2$', html=True)
    assert isinstance(formula, nodes.raw)
    assert formula['format'] == 'html'
    assert '<math' in formula.astext()
    assert before.astext() == 'a '
    assert isinstance(text_nodes('$x^2$', html=False)[0], nodes.math)


def test_what_is_no_formula_is_shown_as_its_latex():
    [node] = text_nodes('$\\href{javascript:alert(1)}{x}$', html=True)
    assert isinstance(node, nodes.literal)


def test_a_dollar_sign_is_a_dollar_sign():
    assert [node.astext() for node in text_nodes('5\\$', html=True)] == ['5$']


def test_a_builder_without_addresses_gets_the_words(make_site):
    build = make_site({'a.rst': 'A\n=\n'}).build('gettext')
    made = link(build.app.builder, 'a', 'index', [nodes.Text('words')])
    assert made.astext() == 'words'
