"""Numbers and links as every renderer and builder writes them."""

from __future__ import annotations

import re
from xml.etree import ElementTree as ET

import pytest
from bs4 import BeautifulSoup

POST = r""":blogpost: true

%(title)s
=========================

.. math::
   :nowrap:

   \begin{align}
   a &= b \label{eq:loss} \\
   c &= d \notag \\
   e &= f \tag{$\ast$} \label{star}
   \end{align}

.. math:: x = y
   :label: block

See :math:`\eqref{eq:loss}`, :math:`\eqref{star}`, :eq:`block`, :math:`x_{\eqref{block}}`.
"""
FILES = {
    'a.rst': POST % {'title': 'Post :math:`A` & 50%'},
    'b.rst': POST % {'title': 'Post B'} + '\nOf A: :eq:`a:eq:loss`, :math:`y_{\\eqref{a:block}}`.\n',
}


@pytest.fixture(scope='module')
def site(make_site):
    return make_site(FILES)


def paragraph(build, docname, start):
    return next(p for p in build.soup(docname).select('p') if p.get_text().startswith(start))


@pytest.mark.parametrize('renderer', ['mathjax', 'mathml'])
def test_each_row_shows_its_number_once(site, renderer):
    build = site.build(confoverrides={'html_math_renderer': renderer})
    rows, block = build.soup('a').select('div.math')
    text = rows.get_text()
    if renderer == 'mathjax':
        assert re.findall(r'\\tag\{([^}]*)\}', text) == ['1', r'$\ast$']
        assert not re.search(r'\\(label|notag)', text)
    else:
        assert re.findall(r'\(.\)', text) == ['(1)', '(∗)']
    assert block.select_one('.eqno').get_text() == '(2)¶'
    assert r'\tag' not in block.get_text()


@pytest.mark.parametrize('renderer', ['mathjax', 'mathml'])
def test_references_in_text_are_links_for_every_renderer(site, renderer):
    build = site.build(confoverrides={'html_math_renderer': renderer})
    links = paragraph(build, 'b', 'See').select('a[href^="#equation-"]')
    assert [a['href'] for a in links][:3] == ['#equation-eq-loss', '#equation-star', '#equation-block']
    assert [a.get_text() for a in links][:3] == ['(1)', '(∗)', '(2)']


def test_a_reference_inside_a_formula_is_mathjaxs_own_link(site):
    build = site.build(confoverrides={'html_math_renderer': 'mathjax'})
    assert r'\href{#equation-block}{\text{(2)}}' in paragraph(build, 'a', 'See').get_text()
    text = paragraph(build, 'b', 'Of A').get_text()
    assert r'\href{a.html#equation-block}{\text{“Post $A$ \& 50\%” (2)}}' in text


@pytest.mark.parametrize(
    ('latex', 'shown'),
    [
        (r'a = b \text{ by \eqref{one}.}', r'a = b \text{ by }\href{#equation-one}{\text{(1)}}\text{.}'),
        (r'a = \mbox{\ref{one}}', r'a = \mbox{}\href{#equation-one}{\text{1}}\mbox{}'),
        (r'a = \text{by {\eqref{one}}}', r'a = \text{by {(1)}}'),
        (r'a = \text{by $\eqref{one}$}', r'a = \text{by $\href{#equation-one}{\text{(1)}}$}'),
    ],
)
def test_a_reference_in_the_text_of_a_formula_is_no_link_within_it(make_site, latex, shown):
    """MathJax shows commands in text as they are."""
    post = f'A\n=\n\n.. math:: x = 1\n   :label: one\n\nSee :math:`{latex}`.\n'
    build = make_site({'a.rst': post}).build(confoverrides={'html_math_renderer': 'mathjax'})
    assert shown in paragraph(build, 'a', 'See').get_text()


def test_a_control_space_before_a_reference_stays_whole(make_site):
    post = 'A\n=\n\n.. math:: x = 1\n   :label: one\n\nSee :math:`x = 1\\ \\eqref{one}`.\n'
    build = make_site({'a.rst': post}).build(confoverrides={'html_math_renderer': 'mathjax'})
    assert r'\(x = 1\ {}\)' in paragraph(build, 'a', 'See').get_text()


def test_a_reference_inside_a_formula_is_a_link_in_mathml(site):
    build = site.build(confoverrides={'html_math_renderer': 'mathml'})
    link = paragraph(build, 'b', 'Of A').select_one('math mtext a')
    assert link['href'] == 'a.html#equation-block'
    assert link.get_text() == '“Post A & 50%” (2)'


def test_an_unknown_renderer_gets_the_number(make_site):
    conf = (
        'extensions = ["sphinxext_blog"]\n'
        'html_math_renderer = "plain"\n'
        'def visit(self, node):\n    self.body.append(f"<tt>{self.encode(node.astext())}</tt>")\n'
        '    raise __import__("docutils").nodes.SkipNode\n'
        'def setup(app):\n    app.add_html_math_renderer("plain", (visit, None), (visit, None))\n'
    )
    build = make_site({**FILES, 'conf.py': conf, 'index.rst': 'I\n=\n'}).build()
    assert r'x_{\text{(2)}}' in build.html('a')


def test_links_lead_to_places_that_exist(site):
    for name in ('html', 'dirhtml', 'singlehtml'):
        build = site.build(name)
        for docname in ('index',) if name == 'singlehtml' else ('a', 'b'):
            soup = build.soup(docname)
            own = [a['href'][1:] for a in soup.select('a[href^="#equation-"], a[href*="#formula-"]')]
            assert own
            assert [anchor for anchor in own if soup.find(id=anchor) is None] == []


def test_one_page_for_all_tells_equal_labels_apart(make_site):
    files = {
        'a.rst': 'A\n=\n\n.. math:: x = 1 \\label{one}\n\nSee :eq:`one`.\n',
        'b.rst': 'B\n=\n\n.. math:: x = 2 \\label{one}\n\nSee :eq:`one`.\n',
    }
    build = make_site(files).build('singlehtml')
    anchors = [
        a['href']
        for p in build.soup('index').select('p')
        if p.get_text() == 'See (1).'
        for a in p.select('a')
    ]
    assert len(set(anchors)) == 2


def test_books_have_numbers_and_links(site):
    build = site.build('epub')
    soup = BeautifulSoup(build.html('b'), 'html.parser')
    assert soup.select_one('a[href="a.xhtml#equation-eq-loss"]').get_text() == '“Post A & 50%” (1)'
    ET.fromstring(build.html('b').replace('<!DOCTYPE html>', ''))


def test_latex_has_the_same_numbers_and_its_own_references(make_site):
    conf = {'latex_documents': [('index', 'blog.tex', 'Blog', 'E', 'manual')]}
    tex = make_site(FILES, conf).build('latex').text('blog.tex')
    labels = re.findall(r'\\label\{(equation:[^}]*)\}', tex)
    assert len(labels) == len(set(labels)) == 6
    used = re.findall(r'\\(?:eq)?ref\{(equation:[^}]*)\}', tex)
    assert len(used) == 10
    assert set(used) <= set(labels)
    assert re.findall(r'\\tag\{([^}]*)\}', tex) == ['1', r'$\ast$', '2'] * 2
    assert r'\text{“Post $A$ \& 50\%” }\eqref{' in tex


def test_plain_text_shows_the_numbers(site):
    text = site.build('text').text('b.txt')
    assert r'x = y \tag{2}' in text
    assert re.search(r'See \(1\), \(\\ast\), \(2\),\s', text)
    assert '“Post A & 50%” (1)' in ' '.join(text.split())


@pytest.mark.parametrize(
    ('format_', 'shown'),
    [('Eq. {number}', 'Eq. 2'), ('({number})', '(2)'), ('{nothing}', '(2)')],
)
def test_roles_follow_the_format_of_the_site(site, format_, shown):
    build = site.build(confoverrides={'math_eqref_format': format_}, fresh=True)
    links = [a.get_text() for a in paragraph(build, 'a', 'See').select('a')]
    assert links[:3] == ['(1)', '(∗)', shown]
    assert ('Invalid math_eqref_format' in build.warnings) == (format_ == '{nothing}')
