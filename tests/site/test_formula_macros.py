"""Macros of posts that the search may know."""

from __future__ import annotations

import pytest

from sphinxext_blog.formulas import read_macros
from sphinxext_blog.formulas.command import open_index
from sphinxext_blog.site.formula_macros import common_macros


def post(title, *formulas):
    body = ''.join(f'.. math:: {latex}\n\n' for latex in formulas)
    return f':blogpost:\n\n{title}\n{"=" * 30}\n\n{body}'


def defined(*sources):
    return [tuple(sorted(read_macros(source).table.items())) for source in sources]


def test_macros_that_all_define_alike_are_known():
    found = common_macros(
        defined(
            r'\newcommand{\RR}{\mathbb{R}} \def\one{1} \newcommand{\half}[1]{#1/2}',
            r'\newcommand\RR{\mathbb R} \def\one{I}',
            r'\newcommand{\half}[2]{#1/2}',
        )[:2],
        read_macros({}),
    )
    assert set(found) == {r'\half'}
    found = common_macros(
        defined(r'\def\RR{\mathbb{R}}', r'\newcommand{\RR}{\mathbb{R}}'), read_macros({'E': 'e'})
    )
    assert set(found) == {r'\RR'}


def test_macros_of_the_project_and_commands_of_latex_stay_what_they_are():
    sources = defined(r'\renewcommand{\vec}[1]{\mathbf{#1}} \def\bm{b} \def\E{e} \def\rank{r} \def\R{r}')
    assert set(common_macros(sources, read_macros({'E': r'\mathbb{E}'}))) == {r'\rank', r'\R'}


@pytest.mark.parametrize('parallel', [1, 2])
def test_the_search_knows_the_macros_of_posts(make_site, parallel):
    files = {f'x{n}.rst': post(f'X {n}', 'a = b') for n in range(8)}
    files['a.rst'] = post('A', r'\newcommand{\RR}{\mathbb{R}} f: \RR \to \RR', r'\def\two{2} x = \two')
    files['b.rst'] = post('B', r'\newcommand{\RR}{\mathbb{R}} g(\RR)', r'\def\two{3} y = \two', r'\EE x')
    files['c.rst'] = post('C', r'\def\three{3}', r'\def\three{4}', r'\def\EE{E}')
    conf = {'mathjax3_config': {'tex': {'macros': {'EE': r'\mathbb{E}'}}}}
    site = make_site(files, conf)
    index, _posts, macros = open_index(site.build(parallel=parallel).outdir)
    assert set(macros.table) == {r'\RR', r'\EE'}
    assert macros.table[r'\EE'].body == (r'\mathbb', '{', 'E', '}')
    (group, *_) = index.search(r'f: \RR \to \RR', macros=macros)
    assert (group.kind, group.hits[0].places[0].docname) == ('same', 'a')
    # another definition somewhere: nobody knows which one a reader means
    site.write('b.rst', post('B', r'\newcommand{\RR}{R} g(\RR)', r'\def\two{2} y = \two'))
    assert set(open_index(site.build(parallel=parallel).outdir)[2].table) == {r'\EE', r'\two'}
