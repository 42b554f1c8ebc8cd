from __future__ import annotations

import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

PAGE = r"""Formulas
========

Inline :math:`a<b`, unknown :math:`\oops{x}{<y>}`.

.. math:: e^{i\pi} + 1 = 0
   :label: euler

.. math::

   a &= b \\
     &= c

.. math::

   x = 1

   y = 2

.. math::
   :nowrap:

   \begin{equation}z=3\label{own}\end{equation}

See :eq:`euler`.
"""
CONF = """
from sphinxext_blog.site.mathml_renderer import setup_mathml_renderer
project = 'Tests'
html_theme = 'basic'
html_math_renderer = 'mathml'
show_warning_types = True

def setup(app):
    setup_mathml_renderer(app)
"""


@pytest.fixture(scope='module')
def site(make_site):
    return make_site({'conf.py': CONF, 'index.rst': PAGE})


@pytest.fixture(scope='module')
def build(site):
    return site.build()


def blocks(build):
    return build.soup('index').select('div.math')


def test_formulas_are_mathml_and_no_script_is_loaded(build):
    assert build.soup('index').select_one('span.math math').get_text() == 'a<b'
    assert 'mathjax' not in build.html('index').lower()


def test_a_numbered_equation_has_its_number_and_its_anchor(build):
    block = blocks(build)[0]
    assert block['id'] == 'equation-euler'
    assert block.select_one('.eqno').get_text().startswith('(1)')
    assert block.select_one('.eqno a.headerlink')['href'] == '#equation-euler'
    assert build.soup('index').select_one('a.reference.internal[href="#equation-euler"]').get_text() == '(1)'


def test_aligned_lines_are_the_rows_of_a_table(build):
    assert len(blocks(build)[1].select('mtr')) == 2


def test_parts_divided_by_a_blank_line_stand_below_each_other(build):
    assert len(blocks(build)[2].select('mtr')) == 2


def test_an_environment_of_the_author_gets_no_second_number(build):
    assert blocks(build)[3].get_text(strip=True) == 'z=3'


def test_an_unknown_formula_is_shown_as_latex_with_a_warning(build):
    assert build.soup('index').select_one('code.blog-latex').get_text() == r'\oops{x}{<y>}'
    assert re.search(
        r'index\.rst:4: WARNING: this formula has no MathML form.*\[blog\.formula\]', build.warnings
    )


def test_an_empty_formula_is_nothing_to_warn_of(make_site):
    page = 'T\n=\n\n.. math::\n   :nowrap:\n\n   \\newcommand{\\oo}{o}\n\nEnd.\n'
    build = make_site({'index.rst': page}, {'html_math_renderer': 'mathml'}).build()
    assert 'shown as LaTeX' not in build.warnings
    assert build.soup('index').select_one('code.blog-latex') is None


def test_an_epub_holds_well_formed_mathml(site):
    build = site.build('epub')
    (book,) = build.outdir.glob('*.epub')
    with zipfile.ZipFile(book) as archive:
        root = ET.fromstring(archive.read('index.xhtml'))
    assert len(root.findall('.//{http://www.w3.org/1998/Math/MathML}math')) == 5


@pytest.mark.parametrize('builder', ['dirhtml', 'singlehtml'])
def test_other_html_builders_show_mathml_too(site, builder):
    assert len(site.build(builder).soup('index').select('math')) == 5


def test_macros_of_the_project_and_of_the_page_are_expanded(make_site):
    conf = {
        'html_math_renderer': 'mathml',
        'mathjax3_config': {'tex': {'macros': {'RR': r'\mathbb{R}', 'norm': [r'\Vert #1\Vert', 1]}}},
    }
    page = (
        'Title :math:`\\RR`\n==================\n\n:math:`\\norm{x}`\n\n'
        '.. math:: \\newcommand{\\tr}{\\operatorname{tr}} \\tr A\n\n:math:`\\tr B`\n'
    )
    build = make_site({'p.rst': page, 'q.rst': 'Q\n=\n\n:math:`\\tr`\n'}, conf).build()
    assert [formula.get_text() for formula in build.soup('p').select('.body .math math')] == [
        'ℝ',
        '‖x‖',
        'tr\u2061A',
        'tr\u2061B',
    ]
    assert 'q.rst:4: WARNING' in build.warnings
    assert 'p.rst' not in build.warnings


def test_unless_it_is_asked_for_mathjax_stays_the_renderer(make_site):
    build = make_site({'p.rst': 'P\n=\n\n:math:`x`\n'}).build()
    assert build.app.builder.math_renderer_name == 'mathjax'


def test_another_renderer_may_be_added(make_site):
    conf = {'extensions': ['sphinxext_blog', 'sphinx.ext.imgmath'], 'html_math_renderer': 'imgmath'}
    build = make_site({'p.rst': 'P\n=\n'}, conf).build()
    assert build.app.builder.math_renderer_name == 'imgmath'
    conf = {'extensions': ['sphinxext_blog', 'sphinx.ext.imgmath']}
    assert make_site({'p.rst': 'P\n=\n'}, conf).build().app.builder.math_renderer_name == 'imgmath'
