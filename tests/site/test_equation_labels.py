"""Labels belong to their posts: who is meant, what the reader sees, what others can look up."""

from __future__ import annotations

import pytest
from sphinx.util.inventory import InventoryFile

from sphinxext_blog.formulas import read_macros
from sphinxext_blog.site.equation_labels import equation_links, hover_text

LOSS = '.. math::\n   :nowrap:\n\n   \\begin{equation}%s\\label{eq:loss}\\end{equation}\n'
POST_A = f':blogpost: true\n\nPost A\n======\n\n{LOSS % "a=1"}\nSee :math:`\\eqref{{eq:loss}}` of A.\n'
POST_B = (
    f':blogpost: true\n\nPost B\n======\n\n{LOSS % "q"}\n{(LOSS % "b=2").replace("eq:loss", "eq:b")}\n'
    'See :eq:`eq:loss` here, :eq:`a:eq:loss` there.\n'
)


def links_of(build, docname):
    return [
        (a['href'], a.get_text())
        for a in build.soup(docname).select('p a.reference.internal')
        if '#equation-' in a['href']
    ]


@pytest.fixture(scope='module')
def site(make_site):
    site = make_site({'a.rst': POST_A, 'b.rst': POST_B})
    site.build()
    return site


@pytest.fixture(scope='module')
def build(site):
    return site.last


def test_two_posts_may_use_one_label(build):
    assert build.warnings == ''


def test_a_label_means_the_equation_of_its_own_post(build):
    assert ('#equation-eq-loss', '(1)') in links_of(build, 'a')
    assert links_of(build, 'b')[0] == ('#equation-eq-loss', '(1)')


def test_a_reference_into_another_post_names_it(build):
    assert links_of(build, 'b')[1] == ('a.html#equation-eq-loss', '“Post A” (1)')


def test_a_reference_shows_the_equation_on_hover(build):
    link = build.soup('b').select_one('p a[href="a.html#equation-eq-loss"]')
    assert link['title'] == 'a = 1'


def test_a_reference_across_posts_is_an_edge(build):
    (link,) = equation_links(build.app.env)
    assert (link.source, link.target, link.label, link.number) == ('b', 'a', 'eq:loss', '1')
    assert 'a:eq:loss' in link.context[slice(*link.span)]
    graph = build.app.env.get_domain('blog').knowledge.graph
    (evidence,) = graph.edges['b', 'a', 'equation']['evidence']
    assert evidence['label'] == 'eq:loss'
    assert evidence['context'] == 'See (1) here, “Post A” (1) there.'
    assert evidence['context'][slice(*evidence['span'])] == '“Post A” (1)'
    assert build.soup('b').find(id=link.anchor)


def test_labels_are_in_the_inventory(build):
    with (build.outdir / 'objects.inv').open('rb') as file:
        inventory = InventoryFile.load(file, 'https://example.org', lambda base, uri: f'{base}/{uri}')
    entries = inventory['math:equation']
    assert sorted(entries) == ['a:eq:loss', 'b:eq:b', 'b:eq:loss']
    assert tuple(entries['b:eq:b'])[2:] == ('https://example.org/b.html#equation-eq-b', '“Post B” (2)')


def test_another_posts_page_is_written_again_when_the_number_changes(make_site):
    site = make_site({'a.rst': POST_A, 'b.rst': POST_B, 'c.rst': ':blogpost: true\n\nPost C\n======\n'})
    first = site.build()
    site.write('a.rst', POST_A.replace('======\n', '======\n\n' + (LOSS % 'x').replace('eq:loss', 'new'), 1))
    second = site.build()
    assert ('a.html#equation-eq-loss', '“Post A” (2)') in links_of(second, 'b')
    assert 'c.html' not in second.written(first)
    third = site.build()
    assert 'b.html' not in third.written(second)


def test_a_page_that_asks_for_anything_of_that_name_is_written_again_too(make_site):
    site = make_site({'a.rst': POST_A, 'c.rst': 'C\n=\n\n:any:`eq:loss`\n'})
    first = site.build()
    assert links_of(first, 'c') == [('a.html#equation-eq-loss', '“Post A” (1)')]
    site.write('a.rst', POST_A.replace('======\n', '======\n\n' + (LOSS % 'x').replace('eq:loss', 'new'), 1))
    assert links_of(site.build(), 'c') == [('a.html#equation-eq-loss', '“Post A” (2)')]


def test_workers_and_one_process_agree(make_site):
    files = {'a.rst': POST_A, 'b.rst': POST_B}
    files |= {f'p{n}.rst': f':blogpost: true\n\nP{n}\n==\n\n{LOSS % n}\n:eq:`eq:loss`\n' for n in range(8)}
    site = make_site(files)
    one = site.build(fresh=True)
    many = site.build(fresh=True, parallel=2)
    assert one.warnings == many.warnings == ''
    assert one.snapshot == many.snapshot


@pytest.mark.parametrize(
    ('reference', 'warning'),
    [
        (':eq:`nowhere`', 'equation not found: nowhere'),
        (':math:`\\eqref{nowhere}`', 'equation not found: nowhere'),
        (':math:`x_{\\eqref{nowhere}}`', 'equation not found: nowhere'),
        (':eq:`eq:loss`', "the equation 'eq:loss' can be a:eq:loss, b:eq:loss"),
        (':math:`x_{\\eqref{eq:loss}}`', "the equation 'eq:loss' can be a:eq:loss, b:eq:loss"),
    ],
)
def test_a_reference_without_one_equation_warns(make_site, reference, warning):
    files = {'a.rst': POST_A, 'b.rst': POST_B, 'c.rst': f'C\n=\n\nSee {reference}.\n'}
    warnings = make_site(files).build().warnings
    assert warnings.count(warning) == 1
    assert 'c.rst:4' in warnings


def test_a_label_of_one_other_post_needs_no_name(make_site):
    build = make_site({'a.rst': POST_A, 'c.rst': 'C\n=\n\n:eq:`eq:loss`\n'}).build()
    assert links_of(build, 'c') == [('a.html#equation-eq-loss', '“Post A” (1)')]


def test_two_equations_of_one_post_with_one_label_warn(make_site):
    text = POST_A.replace('See', f'{LOSS % "z"}\nSee')
    build = make_site({'a.rst': text}).build()
    assert "labelled 'eq:loss'" in build.warnings
    assert links_of(build, 'a') == [('#equation-eq-loss', '(1)')]


def test_switched_off_sphinx_goes_its_own_way(make_site):
    files = {'a.rst': 'A\n=\n\n.. math:: x\n   :label: one\n\n:eq:`one`\n', 'b.rst': 'B\n=\n\n:eq:`one`\n'}
    site = make_site(files)
    on = site.build()
    assert ('a.html#equation-one', '“A” (1)') in links_of(on, 'b')
    off = site.build(confoverrides={'blog_scoped_equations': False})
    assert links_of(off, 'b') == [('a.html#equation-one', '(1)')]
    assert type(off.app.env.get_domain('math')).__name__ == 'MathDomain'


def test_hostile_tags_and_titles_stay_text(make_site):
    files = {
        'a.rst': ':blogpost: true\n\n</script>&<b>$%_{\n================\n\n.. math::\n   :nowrap:\n\n'
        '   \\begin{equation}x\\tag{<img src=x onerror=alert(1)>}\\label{t}\\end{equation}\n\n'
        '.. math::\n\n   y \\tag{"><i>} \\label{u}\n',
        'b.rst': ':blogpost: true\n\nB\n=\n\n:eq:`t` :eq:`u` :math:`x_{\\eqref{t}}`\n',
    }
    build = make_site(files).build()
    for docname in 'ab':
        soup = build.soup(docname)
        assert not soup.select('img, i, main b, script:-soup-contains("onerror")')
    assert '(<img src=x onerror=alert(1)>)' in links_of(build, 'b')[0][1]


def test_the_hover_text_is_unicode_or_latex():
    from sphinxext_blog.site.equation_labels import EquationLabel

    assert hover_text(EquationLabel('l', '1', 'a', 'f', r'x^2 \le y')) == 'x² ≤ y'
    assert hover_text(EquationLabel('l', '1', 'a', 'f', r'\unknown{x}')) == r'\unknown{x}'
    macros = read_macros({'E': [r'\mathbb{E}[#1]', 1]})
    assert hover_text(EquationLabel('l', '1', 'a', 'f', r'\E{x}'), macros) == '𝔼[x]'
    assert len(hover_text(EquationLabel('l', '1', 'a', 'f', 'x' * 10_000))) == 300


def test_labels_of_other_extensions_stay(make_site):
    conf = (
        'extensions = ["sphinxext_blog"]\n'
        'from docutils import nodes\n'
        'from sphinx.util.docutils import SphinxDirective\n'
        'class Theorem(SphinxDirective):\n    def run(self):\n'
        '        self.env.get_domain("math").note_equation(self.env.docname, "thm")\n'
        '        return [nodes.paragraph("", "Theorem", ids=["equation-thm"])]\n'
        'def setup(app):\n    app.add_directive("theorem", Theorem)\n'
    )
    files = {'a.rst': f'A\n=\n\n.. theorem::\n\n{LOSS % "x"}', 'b.rst': 'B\n=\n\n:eq:`thm`\n'}
    site = make_site({**files, 'conf.py': conf, 'index.rst': 'I\n=\n'})
    build = site.build()
    assert links_of(build, 'b') == [('a.html#equation-thm', '“A” (1)')]
    site.write('a.rst', files['a.rst'].replace('.. theorem::', 'Nothing.'))
    assert 'equation not found: thm' in site.build().warnings
