"""What the formulas of all posts say together."""

from __future__ import annotations

import json

import pytest

LONG = r'p(x) = \int p(x|z) p(z) \, dz + \frac{\lambda}{2} \sum_{i=1}^n \Vert w_i \Vert^2'


def post(title, latex):
    return f':blogpost:\n\n{title}\n{"=" * len(title)}\n\nWords of {title}.\n\n.. math:: {latex}\n'


def formula_edges(build):
    graph = json.loads(build.text('graph.json'))
    return {(edge['source'], edge['target']): edge for edge in graph['edges'] if edge['key'] == 'formula'}


@pytest.mark.parametrize('parallel', [1, 2])
def test_posts_that_share_a_formula_are_linked_with_both_sources_and_places(make_site, parallel):
    files = {f'x{n}.rst': post(f'X{n}', f'y_{n} = {n}') for n in range(8)}
    files |= {'a.rst': post('A', LONG), 'b.rst': post('B', LONG.replace(r'\frac', r'\dfrac') + ' .')}
    build = make_site(files).build(parallel=parallel)
    edge = formula_edges(build)['a', 'b']
    (evidence,) = edge['evidence']
    assert evidence['how'] == 'surface'
    assert evidence['source_latex'] == LONG
    assert evidence['target_latex'].endswith(' .')
    for end in ('source', 'target'):
        assert f'id="{evidence[f"{end}_anchor"]}"' in build.html(edge[end])
    assert list(formula_edges(build)) == [('a', 'b')]


def test_a_draft_shares_nothing(make_site):
    files = {'a.rst': post('A', LONG), 'b.rst': ':draft: true\n' + post('B', LONG)}
    assert formula_edges(make_site(files).build()) == {}


def test_a_changed_formula_changes_the_edges_of_the_next_build(make_site):
    site = make_site({'a.rst': post('A', LONG), 'b.rst': post('B', LONG)})
    assert ('a', 'b') in formula_edges(site.build())
    site.write('b.rst', post('B', 'x'))
    assert formula_edges(site.build()) == {}
    site.write('b.rst', post('B', LONG))
    again = site.build()
    assert ('a', 'b') in formula_edges(again)
    assert again.snapshot['graph.json'] == site.build(fresh=True).snapshot['graph.json']
