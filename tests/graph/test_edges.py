from __future__ import annotations

import pytest
from graph_cases import link, post, series

from sphinxext_blog.formulas import Formula, SharedFormula, SharedKey
from sphinxext_blog.graph import build_graph
from sphinxext_blog.graph.edges import all_edges, chapters_of, equation_edges
from sphinxext_blog.records import DocName, EquationLink, MissingPost, Reason, Related, Resolution


def chain(posts, *all_series, missing=()):
    """The series edges as ``{(source, target): (weight, gap)}``."""
    resolution = Resolution(missing=tuple(MissingPost(m, m) for m in missing), series=all_series)
    graph = build_graph([post(name) for name in posts], resolution)
    return {
        (source, target): (data['weight'], data.get('gap'))
        for source, target, kind, data in graph.edges(keys=True, data=True)
        if kind == 'series'
    }


@pytest.mark.parametrize(
    ('how', 'score', 'weight'),
    [
        ('role', 1.0, 1.0),
        ('url', 1.0, 1.0),
        ('title', 1.0, 0.95),
        ('series-number', 1.0, 0.85),
        ('fuzzy', 0.9, 0.63),
    ],
)
def test_the_weight_is_the_confidence_in_the_mention(how, score, weight):
    graph = build_graph([post('a'), post('b')], Resolution(links=(link('a', 'b', how, score),)))
    assert graph.edges['a', 'b', 'cites']['weight'] == weight


def test_further_mentions_raise_the_weight_but_never_beyond_1():
    links = (link('a', 'b', 'fuzzy', line=1), link('a', 'b', 'fuzzy', line=2))
    graph = build_graph([post('a'), post('b')], Resolution(links=links))
    assert graph.edges['a', 'b', 'cites']['weight'] == 0.91
    graph = build_graph([post('a'), post('b')], Resolution(links=links * 50))
    assert graph.edges['a', 'b', 'cites']['weight'] == 1.0


def test_the_smallest_confidence_is_still_a_weight():
    graph = build_graph([post('a'), post('b')], Resolution(links=(link('a', 'b', 'fuzzy', 1e-9),)))
    assert graph.edges['a', 'b', 'cites']['weight'] > 0


def test_a_series_leads_from_part_to_part():
    assert chain('abc', series('S', ('a', 1), ('b', 2), ('c', 3))) == {
        ('a', 'b'): (1.0, None),
        ('b', 'c'): (1.0, None),
    }


def test_a_gap_is_listed_and_weakens_the_step():
    assert chain('ab', series('S', ('a', 1), ('b', 4), gaps=(2, 3))) == {('a', 'b'): (0.3333, [2, 3])}


def test_a_missing_part_stands_between_its_neighbours():
    parts = series('S', ('a', 1), ('missing:m', 2), ('b', 4), gaps=(3,))
    assert chain('ab', parts, missing=['missing:m']) == {
        ('a', 'b'): (0.3333, [2, 3]),
        ('a', 'missing:m'): (1.0, None),
        ('missing:m', 'b'): (0.5, [3]),
    }


def test_a_wild_number_does_not_fill_the_memory():
    assert chain('ab', series('S', ('a', 1), ('b', 10**30))) == {('a', 'b'): (1.0, None)}


def test_parts_of_parts_follow_each_other_without_a_gap():
    parts = series('S', ('a', (20, 1)), ('b', (20, 2)), ('c', (21,)))
    assert chain('abc', parts) == {('a', 'b'): (1.0, None), ('b', 'c'): (1.0, None)}


def test_parts_without_numbers_follow_each_other():
    assert chain('ab', series('S', ('a', ()), ('b', ()))) == {('a', 'b'): (1.0, None)}


def test_a_step_in_two_series_is_one_edge_with_two_pieces_of_evidence():
    found, named = series('S', ('a', 1), ('b', 2)), series('T', ('a', 5), ('b', 6), declared=True)
    graph = build_graph([post('a'), post('b')], Resolution(series=(found, named)))
    assert graph.edges['a', 'b', 'series']['evidence'] == [
        {'how': 'title', 'series': 'S', 'source_number': [1], 'target_number': [2]},
        {'how': 'metadata', 'series': 'T', 'source_number': [5], 'target_number': [6]},
    ]


def test_a_related_edge_lists_its_reasons():
    reasons = (Reason('text', 0.3, ('流形',)), Reason('cites', 0.2))
    related = {'a': (Related('b', 0.5, reasons), Related('gone', 0.4, reasons), Related('a', 0.4, reasons))}
    graph = build_graph([post('a'), post('b')], Resolution(), related=related)
    assert list(graph.edges(keys=True, data=True)) == [
        (
            'a',
            'b',
            'related',
            {
                'weight': 0.5,
                'evidence': [
                    {'how': 'text', 'score': 0.3, 'detail': ['流形']},
                    {'how': 'cites', 'score': 0.2},
                ],
            },
        )
    ]


def test_references_to_equations_are_one_edge_between_two_posts():
    links = [
        EquationLink('b', 'a', 'eq:loss', '2', 'By (2).', (3, 6), 'mention-1', 9),
        EquationLink('b', 'a', 'eq:kl', '1', line=4),
        EquationLink('b', 'b', 'own', '1'),
        EquationLink('b', 'draft', 'eq:x', '1'),
    ]
    (edge,) = equation_edges(links, {'a', 'b'})
    assert (edge.source, edge.target, edge.kind, edge.attributes['weight']) == ('b', 'a', 'equation', 1.0)
    assert edge.attributes['evidence'] == [
        {'how': 'label', 'label': 'eq:kl', 'number': '1', 'line': 4},
        {
            'how': 'label',
            'label': 'eq:loss',
            'number': '2',
            'context': 'By (2).',
            'span': [3, 6],
            'anchor': 'mention-1',
            'line': 9,
        },
    ]


def shared(source, target, score=20.0, level=1):
    first = Formula(DocName(source), 'f1', r'\dfrac ab', number='2')
    second = Formula(DocName(target), '', r'\frac{a}{b}')
    key = SharedKey(level, '0123456789abcdef', 9, 2, score, first, second)
    return SharedFormula(DocName(source), DocName(target), score, (key,))


def test_a_shared_formula_is_told_with_both_sources_and_places():
    graph = build_graph([post('a'), post('b')], Resolution(), formulas=[shared('a', 'b')])
    assert graph.edges['a', 'b', 'formula'] == {
        'weight': 0.5507,
        'evidence': [
            {
                'how': 'surface',
                'key': '0123456789abcdef',
                'score': 20.0,
                'size': 9,
                'posts': 2,
                'source_latex': r'\dfrac ab',
                'source_anchor': 'f1',
                'source_number': '2',
                'target_latex': r'\frac{a}{b}',
            }
        ],
    }


@pytest.mark.parametrize(('level', 'how'), [(1, 'surface'), (2, 'bold-blind'), (3, 'renamed')])
def test_the_evidence_names_the_normal_form(level, how):
    graph = build_graph([post('a'), post('b')], Resolution(), formulas=[shared('a', 'b', level=level)])
    assert graph.edges['a', 'b', 'formula']['evidence'][0]['how'] == how


def test_the_more_two_posts_share_the_greater_the_weight_and_never_beyond_1():
    weights = [
        build_graph([post('a'), post('b')], Resolution(), formulas=[shared('a', 'b', score)]).edges[
            'a', 'b', 'formula'
        ]['weight']
        for score in (1e-9, 7.5, 100.0, 1e9)
    ]
    assert weights == sorted(weights)
    assert 0 < weights[0] < 0.01
    assert weights[-1] == 1


def test_a_formula_that_a_withheld_draft_shares_makes_no_edge():
    graph = build_graph([post('a')], Resolution(), formulas=[shared('a', 'draft')])
    assert not list(graph.edges)


def test_the_edges_of_the_graph_can_be_had_without_it():
    resolution = Resolution(
        links=(link('b', 'a'), link('a', 'missing:x')),
        missing=(MissingPost('missing:x', 'X'),),
        series=(series('S', ('a', 1), ('b', 2)),),
    )
    related = {DocName('a'): (Related(DocName('b'), 0.5, ()),)}
    edges = all_edges({'a', 'b'}, {'a', 'b', 'missing:x'}, resolution, related=related)
    graph = build_graph([post('a'), post('b')], resolution, related=related)
    assert [(edge.source, edge.target, edge.kind, edge.attributes) for edge in edges] == [
        (source, target, kind, data) for source, target, kind, data in graph.edges(keys=True, data=True)
    ]
    assert len(edges) == 4


def test_a_chapter_holds_those_members_that_are_there():
    one, none = series('S', ('a', 1), ('gone', 2)), series('T', ('gone', 1))
    assert [(found.name, [m.id for m in members]) for found, members in chapters_of([none, one], {'a'})] == [
        ('S', ['a'])
    ]


def test_a_title_in_plain_text_is_an_edge_of_its_own_and_of_little_weight():
    plain = tuple(link('a', 'b', 'mention', score, line=line) for line, score in ((1, 0.4), (2, 0.8)))
    outside = link('a', 'missing:x', 'mention')
    graph = build_graph([post('a'), post('b')], Resolution(), unlinked=[*plain, outside])
    assert list(graph.edges(keys=True)) == [('a', 'b', 'mention')]
    edge = graph.edges['a', 'b', 'mention']
    assert edge['weight'] == 0.2
    assert [item['how'] for item in edge['evidence']] == ['mention', 'mention']
    assert [item['score'] for item in edge['evidence']] == [0.8, 0.4]
