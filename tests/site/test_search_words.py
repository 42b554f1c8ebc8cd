"""What Sphinx's own search knows of formulas."""

from __future__ import annotations

import json

import pytest
import sphinx
from sphinx.util.inventory import InventoryFile

TITLE = 'Norms :math:`\\frac{\\boldsymbol{a}}{\\sqrt{b}}` of :math:`\\mathcal{O}(n\\log n)`'
POST = f""":blogpost: true

{TITLE}
{'=' * 80}

Halves :math:`\\operatorname{{foo}}` are known.

.. math:: \\boldsymbol{{x}} = \\frac{{1}}{{2}}

Sections *about* :math:`\\RR`
----------------------------

.. table:: Values of :math:`\\alpha_1`

   === ===
   a   b
   === ===
"""
BROKEN = 'A\n=\n\nOn :math:`\\frac{harmonic}{\\nosuchcommand\\begin{alien}`\n' + '-' * 60 + '\n'
CONF = {'mathjax3_config': {'tex': {'macros': {'RR': r'\mathbb{R}'}}}, 'suppress_warnings': ['blog.formula']}
COMMANDS = {
    *('frac', 'boldsymbol', 'operatornam', 'operatorname', 'mathcal', 'sqrt', 'rr'),
    *('foo', 'begin', 'alien', 'nosuchcommand', 'mathbb'),
}


def index_of(build):
    content = build.text('searchindex.js')
    return json.loads(content[content.index('{') : content.rindex('}') + 1])


@pytest.fixture(scope='module', params=['mathjax', 'mathml'])
def build(make_site, request):
    return make_site({'a.rst': POST, 'b.rst': BROKEN}, CONF | {'html_math_renderer': request.param}).build()


def test_latex_is_no_word_to_the_search(build):
    index = index_of(build)
    assert 'known' in index['terms'] or 'halv' in index['terms']
    numbers = [index['terms'][word] for word in COMMANDS & set(index['terms'])]
    lists = [[some] if isinstance(some, int) else some for some in numbers]
    found = {index['docnames'][number] for some in lists for number in some}
    # Before 8.2 Sphinx knows no class for what it should not index, such as titles in a table of contents.
    assert found == (set() if sphinx.version_info >= (8, 2) else {'index'})


def test_latex_is_no_word_of_a_title(build):
    terms = set(index_of(build)['titleterms'])
    assert terms >= {'norm', 'log', 'section', 'valu'} or terms >= {'norms', 'log', 'sections', 'values'}
    assert not terms & COMMANDS


def test_a_title_among_the_results_is_for_reading(build):
    titles = set(index_of(build)['alltitles'])
    assert titles >= {'Norms a/(√b) of O(n log n)', 'Sections about ℝ', 'Values of α₁', 'On harmonic'}


def test_the_page_shows_the_formula_of_its_title(build):
    html = build.html('a')
    heading = html[html.index('<h1') : html.index('</h1>')]
    assert ('\\frac{\\boldsymbol{a}}{\\sqrt{b}}' in heading) or '<mfrac>' in heading
    assert '√' not in heading.replace('<mo>√</mo>', '')


def test_pages_written_in_parallel_have_the_same_words(make_site):
    files = {'a.rst': POST} | {f'x{n}.rst': f'X {n}\n===\n\nWords.\n' for n in range(8)}
    site = make_site(files, CONF)
    assert index_of(site.build())['titleterms'] == index_of(site.build(parallel=2, fresh=True))['titleterms']


def test_the_title_of_a_page_among_the_results_and_in_the_inventory_is_for_reading(build):
    index = index_of(build)
    assert index['titles'][index['docnames'].index('a')] == 'Norms a/(√b) of O(n log n)'
    with (build.outdir / 'objects.inv').open('rb') as file:
        inventory = InventoryFile.load(file, '', lambda base, uri: uri)
    items = inventory['std:doc'].items()
    names = {name: getattr(item, 'display_name', None) or item[3] for name, item in items}
    assert names['a'] == 'Norms a/(√b) of O(n log n)'


def test_the_title_of_the_window_is_for_reading(build):
    assert build.soup('a').select_one('title').get_text().startswith('Norms a/(√b) of O(n log n)')


def test_a_link_that_names_a_page_says_its_title_as_it_is_read(make_site):
    files = {
        'a.rst': 'On :math:`\\RR^2`\n================\n\nWords.\n',
        'b.rst': 'B\n=\n\nSee :doc:`a`.\n',
    }
    site = make_site(files, CONF)
    assert site.build().soup('b').select_one('p a.reference').get_text() == 'On ℝ²'
    for builder in ('text', 'latex'):
        assert site.build(builder).warnings == ''


def test_breadcrumbs_show_the_formula_itself(make_site):
    build = make_site({'a.rst': POST}, CONF | {'html_theme': 'sphinx_rtd_theme'}).build()
    assert build.soup('a').select_one('.wy-breadcrumbs .breadcrumb-item.active .math') is not None
