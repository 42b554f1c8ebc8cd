"""Boxes around display formulas, and what they load."""

from __future__ import annotations

import pytest

FORMULA = '.. math:: \\boldsymbol{x} = \\frac{1}{2}\n'
POST = f':blogpost: true\n\nPost\n====\n\nHalves are known.\n\n{FORMULA}'


@pytest.fixture(scope='module')
def build(make_site):
    return make_site({'a.rst': POST, 'b.rst': 'B\n=\n\nOnly :math:`x` inline.\n'}).build()


def test_a_display_formula_stands_in_a_box_with_its_latex(build):
    box = build.soup('a').select_one('.blog-formula')
    assert box['data-latex'] == '\\boldsymbol{x} = \\frac{1}{2}'
    assert not box.get('id')
    assert box.select_one('div.math')['id'].startswith('formula-')


def test_the_box_links_to_its_formula(build):
    box = build.soup('a').select_one('.blog-formula')
    link = box.select_one('a.headerlink')
    assert link['href'] == '#' + box.select_one('div.math')['id']
    assert link['title'] == 'Link to this equation'


def test_no_links_where_the_site_wants_none(make_site):
    build = make_site({'a.rst': POST}, {'html_permalinks': False}).build()
    assert not build.soup('a').select('.blog-formula a.headerlink')


def test_a_numbered_formula_has_one_link_to_itself(make_site):
    build = make_site({'a.rst': ':blogpost:\n\nA\n=\n\n.. math:: x\n   :label: one\n'}).build()
    assert len(build.soup('a').select('.blog-formula a.headerlink')) == 1


@pytest.mark.parametrize('builder', ['html', 'singlehtml'])
def test_a_page_that_is_no_post_stays_as_it_is(make_site, builder):
    files = {'a.rst': POST, 'b.rst': f'B\n=\n\nNo post.\n\n{FORMULA}'}
    build = make_site(files).build(builder)
    soup = build.soup('b' if builder == 'html' else 'index')
    block = soup.find(string='No post.').parent.find_next('div', class_='math')
    assert 'blog-formula' not in block.parent.get('class', [])


def test_script_and_style_are_loaded_where_there_are_formulas(build):
    def loaded(docname):
        soup = build.soup(docname)
        return [
            tag
            for tag in soup.select('script[src], link[href]')
            if 'sphinxext_blog/formulas' in tag.get('src', tag.get('href', ''))
        ]

    style, script = sorted(loaded('a'), key=lambda tag: tag.name)
    assert script.has_attr('defer')
    assert script['data-copy'] == 'Copy LaTeX'
    for address in (style['href'], script['src']):
        assert (build.outdir / address.partition('?')[0]).is_file()
    assert loaded('b') == []
    assert loaded('index') == []


@pytest.mark.parametrize('builder', ['epub', 'latex', 'text', 'man', 'texinfo', 'xml'])
def test_other_builders_have_no_boxes(make_site, builder):
    site = make_site({'a.rst': POST}, {'latex_documents': [('a', 'a.tex', 'A', 'E', 'howto')]})
    build = site.build(builder)
    outputs = [path for path in build.outdir.rglob('*') if path.suffix in {'.xhtml', '.tex', '.txt', '.xml'}]
    texts = [path.read_text(encoding='utf-8') for path in outputs]
    assert not any('blog-formula' in text or 'blog_formula' in text for text in texts)
    assert 'formulas.js' not in {path.name for path in build.outdir.rglob('*')}


def test_a_hostile_formula_stays_an_attribute(make_site):
    latex = '"><script>alert(1)</script>'
    build = make_site({'a.rst': f':blogpost:\n\nA\n=\n\n.. math:: {latex}\n'}).build()
    soup = build.soup('a')
    assert soup.select_one('.blog-formula')['data-latex'] == latex
    assert not soup.select('script:-soup-contains("alert")')
