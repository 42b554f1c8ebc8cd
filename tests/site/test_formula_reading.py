r"""Formulas of documents, their places and what is wrong with them."""

from __future__ import annotations

import pytest

from sphinxext_blog.site import formula_store

HEAD = ':blogpost:\n\nTitle $x$\n=========\n\n'


def formulas_of(build, name='p'):
    return formula_store.load(build.app.env, name)


def read(make_site, text, **options):
    return make_site({'p.rst': f':blogpost:\n\nTitle\n=====\n\n{text}\n'}, **options).build('dummy')


def test_each_formula_is_read_with_its_place(make_site):
    build = read(
        make_site,
        'Let :math:`a+b`.\n\nPart\n----\n\nSo :math:`c`:\n\n.. math::\n   :label: sum\n\n   a + b = c\n',
    )
    first, second, third = formulas_of(build)
    assert (first.latex, first.display, first.anchor, first.section) == ('a+b', False, 'title', '')
    assert (second.latex, second.anchor, second.section) == ('c', 'part', 'Part')
    assert (third.latex, third.display, third.section, third.number) == ('a + b = c', True, 'Part', '1')
    assert third.anchor.startswith('formula-')
    assert third.equations == ('va o+ vb r= vc',)
    assert len(third.keys) == 9


def test_myst_and_environments_are_read(make_site):
    site = make_site(
        {
            'p.md': '---\nblogpost: true\n---\n# T\n\nInline $a+b$ and\n\n$$\nc^2\n$$\n\n'
            '\\begin{align}x&=y\\\\z&=w\\end{align}\n'
        },
        conf={'myst_enable_extensions': ['dollarmath', 'amsmath']},
        myst=True,
    )
    build = site.build('dummy')
    assert [formula.display for formula in formulas_of(build)] == [False, True, True]
    assert [len(formula.equations) for formula in formulas_of(build)] == [1, 1, 2]
    assert formulas_of(build)[2].number == '1–2'


def test_a_definition_holds_for_the_formulas_after_it(make_site):
    build = read(
        make_site,
        r':math:`\RR`' + '\n\n' + r'.. math:: \newcommand{\RR}{\mathbb{R}} \RR + 1' + '\n\n' + r':math:`\RR`',
    )
    assert [formula.equations[0] for formula in formulas_of(build)] == ['fRR', 'cbb:R o+ n1', 'cbb:R']
    assert build.warnings == ''


@pytest.mark.parametrize('value', ['mathjax3_config', 'mathjax4_config'])
def test_macros_of_the_project_hold_everywhere(make_site, value):
    conf = {value: {'tex': {'macros': {'RR': r'\mathbb{R}', 'norm': [r'\Vert #1\Vert', 1]}}}}
    build = read(make_site, r':math:`\norm{x} \in \RR`', conf=conf)
    if value in build.app.config:
        assert formulas_of(build)[0].equations == ('oVert vx oVert rin cbb:R',)


def test_other_macros_read_the_posts_anew(make_site):
    site = make_site({'p.rst': HEAD + r':math:`\RR`' + '\n', 'q.rst': 'Q\n=\n'})
    site.build('dummy')
    macros = {'tex': {'macros': {'RR': r'\mathbb{R}'}}}
    site.write('conf.py', site.src.joinpath('conf.py').read_text() + f'\nmathjax3_config = {macros!r}\n')
    again = site.build('dummy')
    assert formulas_of(again)[0].equations == ('cbb:R',)
    assert again.app.env.get_domain('blog').formulas.keys() == {'p'}


def test_a_macro_of_the_project_that_is_none_is_reported(make_site):
    conf = {'mathjax3_config': {'tex': {'macros': {'bad': 7, 'RR': r'\mathbb{R}'}}, 'chtml': {'scale': 1}}}
    build = read(make_site, r':math:`\RR`', conf=conf)
    assert build.warnings.count("the macro 'bad' of MathJax is not read") == 1
    assert formulas_of(build)[0].equations == ('cbb:R',)


@pytest.mark.parametrize(
    ('latex', 'told'),
    [
        (r'\frac{a}{b', "the formula \\frac{a}{b has no partner for '{'"),
        (r'\begin{aligned} a', "begins or ends an environment 'aligned' without its partner"),
        ('{' * 60 + 'x' + '}' * 60, 'is nested too deep'),
        (r'\def\a{\a\a}\a', "expands macros without end at '\\\\a'"),
        (r'\def\a#1.{b}\a', "defines the macro '\\\\a' in a way that is not read"),
    ],
)
def test_what_can_not_be_read_as_meant_is_reported_once_with_its_line(make_site, latex, told):
    build = read(make_site, f'A paragraph.\n\n.. math:: {latex}\n\n.. math:: {latex}')
    lines = [line for line in build.warnings.splitlines() if 'formula' in line]
    assert len(lines) == 1
    assert told in lines[0]
    assert lines[0].startswith('p.rst:8: WARNING:')
    assert len(formulas_of(build)) == 2


@pytest.mark.parametrize(
    'latex',
    [
        r'\unknowncommand{x}',
        r'\begin{tikzcd} A \arrow[r] & B \end{tikzcd}',
        r'\style{color:red}{x}',
        r'\require{cancel} \cancel{x}',
        r'\bbox[5px]{x}',
        r'\color{red} x',
        r'\text{其中} x',
    ],
)
def test_what_belongs_to_another_package_is_no_fault(make_site, latex):
    build = read(make_site, f'.. math:: {latex}')
    assert build.warnings == ''
    assert len(formulas_of(build)) == 1


def test_a_warning_can_be_suppressed(make_site):
    assert read(make_site, r'.. math:: {', conf={'suppress_warnings': ['blog.formula']}).warnings == ''


def test_an_array_of_fifty_thousand_characters_is_read(make_site):
    rows = r' \\ '.join(' & '.join(str(n) for n in range(20)) for _ in range(1000))
    build = read(make_site, rf'.. math:: \begin{{pmatrix}} {rows} \end{{pmatrix}}')
    assert build.warnings == ''
    assert len(formulas_of(build)[0].latex) > 50_000


def test_titles_and_sentences_are_shown_elsewhere_without_macros(make_site):
    conf = {'mathjax3_config': {'tex': {'macros': {'RR': r'\mathbb{R}'}}}}
    files = {
        'p.rst': ':date: 2020-01-01\n\nOn :math:`\\RR`\n============\n\nWords.\n',
        'q.rst': ':date: 2020-01-02\n\nQ\n=\n\n:math:`\\def\\a{x^2}`\n\nAs :math:`\\a` in :doc:`p`.\n',
    }
    build = make_site(files, conf).build()
    domain = build.app.env.get_domain('blog')
    assert domain.posts['p'].title == r'On $\mathbb{R}$'
    (panel,) = build.soup('p').select('.blog-backlinks blockquote')
    assert panel.select('msup')
    assert not build.soup('p').select('.blog-latex')


def test_a_formula_that_was_reported_is_not_reported_again_when_it_is_shown(make_site):
    build = make_site(
        {'p.rst': HEAD + r':math:`\frac{a}{b`' + '\n'}, {'html_math_renderer': 'mathml'}
    ).build()
    assert build.warnings.count('[blog.formula]') == 1
    assert build.soup('p').select('.blog-latex')
