"""What is read of a document: ids of formulas, numbers, references in the text."""

from __future__ import annotations

import re

import pytest

from sphinxext_blog.site.equation_labels import scoped_math_domain

NOWRAP = '.. math::\n   :nowrap:\n\n   %s\n'


def page(*blocks):
    return ':blogpost: true\n\nPost\n====\n\n' + '\n\n'.join(blocks) + '\n'


def labels_of(build, docname='a'):
    table = scoped_math_domain(build.app.env).labels.get(docname, {})
    return {name: (label.number, label.anchor) for name, label in table.items()}


def formula_ids(build, docname='a'):
    return re.findall(r'id="(formula-[^"]*)"', build.html(docname))


def test_rows_count_together_with_labelled_blocks(make_site):
    text = page(
        NOWRAP % r'\begin{equation}a\label{one}\end{equation}',
        '.. math:: b\n   :label: two',
        '.. math:: unnumbered',
        NOWRAP % r'\begin{align}c\notag\\d\\e\label{four}\end{align}',
        NOWRAP % r'\begin{equation*}f\end{equation*}',
        NOWRAP % r'\begin{equation}g\tag{A}\label{tagged}\end{equation}',
        '.. math:: h \\label{five}',
    )
    build = make_site({'a.rst': text}).build()
    assert labels_of(build) == {
        'one': ('1', 'equation-one'),
        'two': ('2', 'equation-two'),
        'four': ('4', 'equation-four'),
        'tagged': ('A', 'equation-tagged'),
        'five': ('5', 'equation-five'),
    }
    assert build.warnings == ''


def test_markdown_is_numbered_alike(make_site):
    text = (
        '---\nblogpost: true\n---\n\n# Post\n\n$$ a $$ (one)\n\n'
        '\\begin{align}\nb \\label{two}\\\\\nc\n\\end{align}\n\n'
        '$$\n\\begin{equation}d\\label{four}\\end{equation}\n$$\n\n'
        '{eq}`one` $\\eqref{two}$ $\\eqref{four}$ \\eqref{four} [](#two)\n'
    )
    conf = {'myst_enable_extensions': ['dollarmath', 'amsmath']}
    site = make_site({'a.md': text}, conf, myst=True)
    build = site.build()
    assert {name: number for name, (number, _) in labels_of(build).items()} == {
        'one': '1',
        'two': '2',
        'four': '4',
    }
    links = [(a['href'], a.get_text()) for a in build.soup('a').select('p a[href^="#equation-"]')]
    assert links == [
        ('#equation-one', '(1)'),
        ('#equation-two', '(2)'),
        ('#equation-four', '(4)'),
        ('#equation-four', '(4)'),
        ('#equation-two', '(2)'),
    ]
    assert build.warnings == ''
    # MyST-Parser's own labels are random
    assert site.build(fresh=True).html('a') == build.html('a')


def test_the_id_of_a_formula_outlives_edits_elsewhere(make_site):
    formulas = ['.. math:: x', '.. math:: y', '.. math:: x']
    site = make_site({'a.rst': page(*formulas)})
    first = formula_ids(site.build())
    assert len(set(first)) == 3
    assert first[2] == f'{first[0]}-2'
    site.write('a.rst', page('Words.', '.. math:: new', *formulas))
    assert formula_ids(site.build())[1:] == first
    labelled = [formulas[0], '.. math:: y\n   :label: now', formulas[2]]
    site.write('a.rst', page(*labelled))
    assert formula_ids(site.build()) == first


def test_labels_that_have_no_ascii_form_have_ids_of_their_own(make_site):
    text = page(
        NOWRAP % r'\begin{equation}a\label{损失}\end{equation}',
        NOWRAP % r'\begin{equation}b\label{梯度}\end{equation}',
        NOWRAP % r'\begin{equation}c\label{a:b}\end{equation}',
        NOWRAP % r'\begin{equation}d\label{a-b}\end{equation}',
        ':eq:`损失` :eq:`梯度` :eq:`a:b` :eq:`a-b`',
    )
    build = make_site({'a.rst': text}).build()
    anchors = [anchor for _, anchor in labels_of(build).values()]
    assert len(set(anchors)) == 4
    soup = build.soup('a')
    links = soup.select('p a[href^="#equation-"]')
    assert [a.get_text() for a in links] == ['(1)', '(2)', '(3)', '(4)']
    assert all(soup.find(id=a['href'][1:]) for a in links)
    assert build.warnings == ''


@pytest.mark.parametrize(
    ('source', 'text', 'links'),
    [
        (r':math:`\eqref{one}`', '(1)', 1),
        (r':math:`\ref{one}`', '1', 1),
        (r':math:`\eqref{one},\eqref{two}`', '(1), (2)', 2),
        (r':math:`\eqref{one}\sim\eqref{two}`', '(1)∼(2)', 2),
        (r'\\eqref{one}', '(1)', 1),
        (r'\\ref{two}', '2', 1),
        (r'``\eqref{one}``', r'\eqref{one}', 0),
        (r':math:`x_{\eqref{one}}`', 'x(1)', 1),
        (r':math:`x\to\eqref{one}`', 'x→(1)', 1),
        (r':math:`x=1\ \eqref{one}`', 'x=1\xa0(1)', 1),
        (r':math:`x_{\text{by \eqref{one}}}`', 'xby\xa0(1)', 1),
        (r':eq:`words <one>`', 'words', 1),
        (r':eq:`two`', '(2)', 1),
    ],
)
def test_references_become_links(make_site, source, text, links):
    equations = [NOWRAP % rf'\begin{{equation}}{n}\label{{{n}}}\end{{equation}}' for n in ('one', 'two')]
    build = make_site({'a.rst': page(*equations, f'See {source}.')}, {'html_math_renderer': 'mathml'}).build()
    paragraph = next(p for p in build.soup('a').select('p') if p.get_text().startswith('See'))
    assert paragraph.get_text() == f'See {text}.'
    found = [a['href'] for a in paragraph.select('a')]
    assert len(found) == links
    assert all(href.startswith('#equation-') for href in found)
    assert build.warnings == ''


def test_a_reference_inside_a_formula_is_a_record_as_well(make_site):
    build = make_site(
        {
            'a.rst': page(NOWRAP % r'\begin{equation}a\label{only}\end{equation}'),
            'b.rst': page(NOWRAP % r'\begin{equation}b=\eqref{only}\end{equation}').replace('Post', 'Next'),
        }
    ).build()
    (reference,) = scoped_math_domain(build.app.env).references['b']
    assert reference.target == 'only'
    assert reference.anchor == formula_ids(build, 'b')[0]
    assert build.app.env.get_domain('blog').knowledge.graph.has_edge('b', 'a', 'equation')


def test_all_formulas_can_be_numbered(make_site):
    text = page('.. math:: a', '.. math:: b\n   :label: two', ':eq:`two`')
    build = make_site({'a.rst': text}, {'math_number_all': True}).build()
    numbers = [tag.get_text().strip('¶') for tag in build.soup('a').select('.eqno')]
    assert numbers == ['(1)', '(2)']
    assert labels_of(build) == {'two': ('2', 'equation-two')}


def test_numbered_figures_leave_numbers_of_formulas_alone(make_site):
    text = page('.. math:: a', '.. math:: b\n   :label: two', ':eq:`two`')
    build = make_site({'a.rst': text}, {'numfig': True}).build()
    assert [tag.get_text().strip('¶') for tag in build.soup('a').select('.eqno')] == ['(1)']
    assert build.warnings == ''


def test_switched_off_formulas_keep_their_ids(make_site):
    text = page('.. math:: a', '.. math:: b\n   :label: two', ':eq:`two`')
    site = make_site({'a.rst': text}, {'blog_scoped_equations': False})
    build = site.build()
    assert len(formula_ids(build)) == 2
    build = site.build(confoverrides={'numfig': True})
    assert [tag.get_text().strip('¶') for tag in build.soup('a').select('.eqno')] == ['(1)']
