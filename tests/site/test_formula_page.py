"""The formula page and the files of its search."""

from __future__ import annotations

import json
import os

import pytest

from sphinxext_blog.formulas.command import open_index
from sphinxext_blog.scripts import read_data_script
from sphinxext_blog.site.formula_page import SCRIPTS, search_address

SUM = r's = \sum_{k=1}^{m} \mu_k (y_k - \bar{y})^2'


def post(title, *formulas, tags=''):
    head = f':blogpost:\n:tags: {tags}\n\n' if tags else ':blogpost:\n\n'
    body = ''.join(f'.. math:: {latex}\n\n' for latex in formulas)
    return f'{head}{title}\n{"=" * 60}\n\nWords.\n\nPart\n----\n\n{body}'


FILES = {'a.rst': post('Post A', SUM, 'x = y + z', tags='ml'), 'b.rst': post('Post B :math:`x^2`', SUM)}


@pytest.fixture(scope='module')
def build(make_site):
    return make_site(FILES).build()


def test_the_page_is_one_of_the_theme_and_lists_the_formulas(build):
    soup = build.soup('formulas')
    assert soup.h1.get_text() == 'Formulas'
    assert soup.select('.sphinxsidebar')
    assert [title.get_text() for title in soup.select('.blog-panel-title')] == ['Sums', 'Equations']
    links = [link['href'].split('#')[0] for link in soup.select('.blog-formula-places a')]
    assert links == ['a.html', 'b.html', 'a.html']


def test_the_page_loads_the_scripts_in_their_order_and_nothing_from_elsewhere(build):
    soup = build.soup('formulas')
    loaded = [script['src'].split('?')[0] for script in soup.select('script[src]')]
    ours = [src.removeprefix('_static/sphinxext_blog/') for src in loaded if 'sphinxext_blog/' in src]
    assert ours == list(SCRIPTS)
    assert all((build.outdir / '_static' / 'sphinxext_blog' / name).is_file() for name in SCRIPTS)
    assert not [src for src in loaded if '//' in src and 'mathjax' not in src.lower()]
    assert 'formula-page.js' not in build.html('a')


def test_a_post_leads_to_the_search_for_its_formula(build):
    link = build.soup('a').select_one('.blog-formula-find a')
    assert link['href'].startswith('formulas.html#q=s%20%3D%20%5Csum')


@pytest.mark.parametrize(
    ('builder', 'path', 'page', 'address', 'base', 'index'),
    [
        ('html', '', 'formulas.html', 'formulas.html', '', 'formula-index/'),
        ('html', 'blog', 'blog/formulas.html', 'blog/formulas.html', '../', 'formula-index/'),
        ('dirhtml', '', 'formulas/index.html', 'formulas/', '../', '../formula-index/'),
        ('dirhtml', 'blog', 'blog/formulas/index.html', 'blog/formulas/', '../../', '../formula-index/'),
    ],
)
def test_addresses_fit_the_builder_and_the_path(make_site, builder, path, page, address, base, index):
    build = make_site(FILES, {'blog_path': path}).build(builder)
    form = build.soup(page.removesuffix('.html').removesuffix('/index')).select_one('#blog-formula-search')
    assert (form['data-base'], form['data-index']) == (base or './', index) or form['data-base'] == base
    assert ((build.outdir / page).parent / index / 'index.js').resolve().is_file()
    assert search_address(build.app.builder, 'a', 'x').endswith(f'{address}#q=x')


def test_a_long_formula_has_no_address(build):
    assert search_address(build.app.builder, 'a', 'x' * 10_000) == ''


def test_the_index_can_be_searched(build):
    index, posts, _macros = open_index(build.outdir)
    assert posts['b']['html'].startswith('Post B <math>')
    assert posts['a']['text'] == 'Post A ml'
    (group, *_others) = index.search(SUM)
    assert [place.docname for place in group.hits[0].places] == ['a', 'b']
    assert group.hits[0].places[0].section == 'Part'


@pytest.mark.parametrize('parallel', [1, 2])
def test_the_index_is_written_anew_when_a_formula_changes_and_not_otherwise(make_site, parallel):
    files = FILES | {f'x{n}.rst': post(f'X {n}', f'a_{n} + {n} = b') for n in range(8)}
    site = make_site(files)
    first = site.build(parallel=parallel)
    site.write('a.rst', post('Post A', SUM, 'x = y + z', tags='ml').replace('Words', 'Other words'))
    second = site.build(parallel=parallel)
    assert not [name for name in second.written(first) if name.startswith('formula-index/')]
    site.write('a.rst', post('Renamed', SUM, 'x = y + z'))
    third = site.build(parallel=parallel)
    changed = [name for name in third.written(second) if name.startswith('formula-index/')]
    assert changed == ['formula-index/posts.js']
    site.write('a.rst', post('Renamed', 'q'))
    fourth = site.build(parallel=parallel)
    assert fourth.snapshot == site.build(parallel=parallel, fresh=True).snapshot


def test_an_index_that_is_damaged_or_gone_is_made_again(make_site):
    site = make_site(FILES)
    folder = site.build().outdir / 'formula-index'
    for damage in (b'', b'blogFormulas.receive("index",[]);\n'):
        (folder / 'index.js').write_bytes(damage)
        site.write('a.rst', FILES['a.rst'] + '\n')
        site.build()
        assert read_data_script((folder / 'index.js').read_bytes())[1]['entries'] > 0


@pytest.mark.skipif(os.geteuid() == 0, reason='root may write everywhere')
def test_an_index_that_can_not_be_written_is_reported(make_site):
    site = make_site(FILES)
    folder = site.build().outdir / 'formula-index'
    folder.chmod(0o500)
    site.write('a.rst', post('Post A', 'x + y'))
    assert 'the index of formulas could not be written' in site.build().warnings


def test_a_folder_in_the_place_of_a_file_is_reported_and_the_build_goes_on(make_site):
    site = make_site(FILES)
    folder = site.build().outdir / 'formula-index'
    (folder / 'posts.js').unlink()
    (folder / 'posts.js').mkdir()
    (folder / 'posts.js' / 'x').write_text('')
    site.write('a.rst', post('Other', 'x + y'))
    assert 'the index of formulas could not be written' in site.build().warnings


def test_a_document_of_that_name_comes_first(make_site):
    build = make_site(FILES | {'formulas.rst': 'Mine\n====\n'}).build()
    assert build.soup('formulas').h1.get_text().startswith('Mine')
    assert "the document 'formulas' has the name of the formula page" in build.warnings
    assert not build.soup('a').select('.blog-formula-find')


def test_a_site_may_do_without(make_site):
    files = FILES | {'c.rst': 'C\n=\n\n:ref:`blog-formulas` and :ref:`these <blog-formulas>`\n'}
    build = make_site(files, {'blog_formula_page': False}).build()
    assert not (build.outdir / 'formulas.html').exists()
    assert not (build.outdir / 'formula-index').exists()
    assert not build.soup('a').select('.blog-formula-find')
    assert 'Formulas and these' in build.soup('c').get_text()
    assert build.warnings == ''


def test_a_label_leads_to_the_page(make_site):
    build = make_site(FILES | {'c.rst': 'C\n=\n\n:ref:`blog-formulas`\n'}).build()
    assert build.soup('c').select_one('.body a[href="formulas.html"]').get_text() == 'Formulas'
    assert build.warnings == ''


def test_a_blog_without_formulas_has_an_empty_index(make_site):
    build = make_site({'a.rst': ':blogpost:\n\nA\n=\n\nWords.\n'}).build()
    assert build.soup('formulas').select('#blog-formula-search')
    assert open_index(build.outdir)[0].search('x') == ()


def test_hostile_titles_and_formulas_end_no_script_and_no_attribute(make_site):
    title = '</script><img src=x onerror=alert(1)> "quoted" \'\u202e$'
    build = make_site({'a.rst': post(title, r'\text{</script>"<b>}')}).build()
    for path in (build.outdir / 'formula-index').iterdir():
        assert b'<' not in path.read_bytes()
    soup = build.soup('formulas')
    assert not soup.select('img[onerror]')
    assert json.loads(soup.select_one('#blog-formula-search')['data-messages'])['formulas']


def test_the_page_speaks_the_language_of_the_site(make_site):
    build = make_site(FILES, {'language': 'zh_CN'}).build()
    assert build.soup('formulas').h1.get_text() == '公式'
