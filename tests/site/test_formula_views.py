"""Formulas of other posts as pages show them: where else, index, notation."""

from __future__ import annotations

import pytest

LONG = r'p(x) = \int p(x|z) p(z) \, dz + \frac{\lambda}{2} \sum_{i=1}^n \Vert w_i \Vert^2'
SUM = r's = \sum_{k=1}^{m} \mu_k (y_k - \bar{y})^2'


def post(title, *formulas, tags=''):
    head = f':blogpost:\n:tags: {tags}\n\n' if tags else ':blogpost:\n\n'
    body = ''.join(f'.. math:: {latex}\n\n' for latex in formulas)
    return f'{head}{title}\n{"=" * len(title)}\n\nWords of {title}.\n\nPart\n----\n\n{body}'


def shown(soup, css):
    return [element.get_text(' ', strip=True) for element in soup.select(css)]


@pytest.fixture(scope='module')
def site(make_site):
    renamed = SUM.replace('k', 'j').replace('y', 'u')
    return make_site(
        {
            'a.rst': post('Post A', LONG, SUM, tags='ml'),
            'b.rst': post('Post B :math:`x^2`', LONG, 'x = 1'),
            'c.rst': post('Post C', renamed, tags='stats'),
            'all.rst': 'All\n===\n\n.. formula-index::\n',
            'one.rst': 'One\n===\n\n.. formula-index::\n   :post: c\n',
            'tags.rst': 'Tags\n====\n\n.. formula-index::\n   :tags: ml, nothing\n   :min-posts: 2\n',
            'none.rst': 'None\n====\n\n.. formula-index::\n   :tags: nothing\n',
            'bad.rst': 'Bad\n===\n\n.. formula-index::\n   :post: no such post\n',
            'names.rst': 'Names\n=====\n\n.. notation:: a\n',
        }
    )


@pytest.fixture(scope='module')
def build(site):
    return site.build()


def test_a_display_formula_says_where_else_it_stands(build):
    (box,) = build.soup('b').select('.blog-formula .blog-elsewhere')
    (link,) = box.select('a')
    assert link['href'].startswith('a.html#formula-')
    assert f'id="{link["href"].split("#")[1]}"' in build.html('a')
    assert box.parent.name == 'details'
    assert box.parent.summary.get_text() == 'Elsewhere: 1'
    first, second = build.soup('a').select('.blog-elsewhere')
    assert first.select('a math')  # the title's formula
    assert second.get_text(' ', strip=True) == 'With other letters: Post C § Part'


def test_the_index_lists_what_two_posts_hold_by_topic(build):
    soup = build.soup('all')
    assert shown(soup, '.blog-formulas .blog-panel-title') == ['Integrals']
    (entry,) = soup.select('.blog-formula-index > li')
    assert entry.select('math[display=block]')
    assert [link['href'].split('#')[0] for link in entry.select('.blog-formula-places a')] == [
        'a.html',
        'b.html',
    ]


def test_the_index_of_one_post_lists_all_of_it(build):
    (entry,) = build.soup('one').select('.blog-formula-index > li')
    assert 'With other letters: Post A' in entry.get_text(' ', strip=True)


def test_the_index_of_a_tag_lists_the_formulas_of_its_posts(build):
    assert len(build.soup('tags').select('.blog-formula-index > li')) == 1
    assert not build.soup('none').select('.blog-panel')


def test_a_post_that_is_not_there_is_reported(build):
    assert 'bad.rst:4: WARNING' in build.warnings
    assert not build.soup('bad').select('.blog-panel')


def test_the_notation_of_a_post_is_a_table(build):
    soup = build.soup('names')
    rows = [
        [cell.get_text(' ', strip=True) for cell in row.select('td')]
        for row in soup.select('.blog-notation-table tbody tr')
    ]
    assert rows[0][0] == 'p'
    assert rows[0][2:4] == ['§ Part', '1']
    assert rows[0][4].startswith('Post B')
    symbols = [row[0] for row in rows]
    assert symbols[:3] == ['p', 'x', 'z']
    assert len(symbols) == len(set(symbols))
    s = next(row for row in rows if row[0] == 's')
    assert '∑' in s[1]
    assert s[4] == ''


def test_the_notation_has_no_column_of_nothing(make_site):
    files = {
        'a.rst': post('Post A', 'x + y'),
        'names.rst': 'Names\n=====\n\n.. notation:: a\n',
    }
    site = make_site(files)
    heads = [head.get_text() for head in site.build().soup('names').select('.blog-notation-table th')]
    assert heads == ['Symbol', 'First', 'Formulas']
    (tex,) = (path.read_text() for path in site.build('latex').outdir.glob('*.tex'))
    assert 'Symbol' in tex
    assert 'The same in' not in tex


@pytest.mark.parametrize('builder', ['latex', 'text', 'man', 'epub', 'singlehtml', 'dirhtml', 'texinfo'])
def test_every_builder_writes_index_and_notation(site, builder):
    build = site.build(builder, fresh=True)
    errors = [line for line in build.warnings.splitlines() if 'bad.rst' not in line]
    assert [line for line in errors if 'formula' in line or 'math' in line] == []


def test_the_index_of_a_book_has_neither_numbers_nor_labels(make_site):
    labelled = rf'\begin{{equation}} {LONG} \label{{eq:a}} \end{{equation}}'
    files = {f'{name}.rst': post(f'Post {name}', labelled) for name in 'ab'}
    files['index.rst'] = 'Index\n=====\n\n.. formula-index::\n\n.. toctree::\n\n   a\n   b\n'
    build = make_site(files).build('latex')
    (tex,) = (path.read_text() for path in build.outdir.glob('*.tex') if 'dz' in path.read_text())
    index = tex[: tex.index(r'\chapter{Post')]
    assert r'\begin{equation*}' in index
    assert r'\label{eq:a}' not in index


@pytest.mark.parametrize('parallel', [1, 2])
def test_pages_are_written_anew_when_a_formula_of_another_post_changes(make_site, parallel):
    files = {f'x{n}.rst': post(f'X{n}', f'y_{n} = {n}') for n in range(8)}
    files |= {
        'a.rst': post('A', LONG),
        'b.rst': post('B', SUM),
        'all.rst': 'All\n===\n\n.. formula-index::\n',
    }
    site = make_site(files)
    first = site.build(parallel=parallel)
    assert not first.soup('a').select('.blog-elsewhere')
    site.write('b.rst', post('B', SUM, LONG))
    second = site.build(parallel=parallel)
    assert {'a.html', 'b.html', 'all.html'} <= second.written(first)
    assert not {name for name in second.written(first) if name.startswith('x')}
    assert second.soup('a').select('.blog-elsewhere a')
    assert second.snapshot == site.build(parallel=parallel, fresh=True).snapshot
    site.write('b.rst', post('B', SUM, LONG, 'z = 3'))
    third = site.build(parallel=parallel)
    assert 'a.html' not in third.written(second)


def test_a_small_formula_is_listed_when_the_writer_wants_it(make_site):
    files = {f'{name}.rst': post(f'Post {name}', 'a = b^2') for name in 'ab'}
    files['all.rst'] = 'All\n===\n\n.. formula-index::\n'
    site = make_site(files)
    assert not site.build().soup('all').select('.blog-formula-index')
    small = site.build(fresh=True, confoverrides={'blog_formula_min_size': 2})
    assert len(small.soup('all').select('.blog-formula-index > li')) == 1
