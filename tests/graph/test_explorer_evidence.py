from __future__ import annotations

from explorer_graphs import evidence_of, graph_of, read
from sample_graph import large_graph, small_graph

from sphinxext_blog.graph.explorer import EDGE_KINDS, by_importance
from sphinxext_blog.graph.explorer_data import explorer_files


def told_of(graph, node=0, place=0, **options):
    """The evidence of one link of a node."""
    return evidence_of(graph, **options)['links'][str(node)][place][3]


def test_the_mention_is_marked_in_its_sentence():
    graph = graph_of('A', 'B')
    evidence = {
        'how': 'title',
        'text': '《B》',
        'context': 'as $x<1$ in 《B》.',
        'span': [12, 15],
        'anchor': 'here',
    }
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[evidence])
    (told,) = told_of(graph)
    assert told['html'].endswith('</math> in <mark>《B》</mark>.')
    assert told['anchor'] == 'here'


def test_a_shared_formula_is_shown_once_where_both_write_it_alike():
    graph = graph_of('A', 'B')
    evidence = {'how': 'surface', 'source_latex': 'x^2', 'target_latex': '{x}^{2}', 'source_anchor': 'f'}
    graph.add_edge('p0', 'p1', 'formula', weight=1, evidence=[evidence, evidence | {'how': 'renamed'}])
    alike, renamed = told_of(graph)
    assert [sorted(formula) for formula in alike['formulas']] == [['anchor', 'html'], ['anchor']]
    assert [formula['anchor'] for formula in alike['formulas']] == ['f', '']
    assert all(formula['html'].startswith('<math') for formula in renamed['formulas'])


def test_a_formula_that_has_no_markup_is_shown_as_its_text():
    graph = graph_of('A', 'B')
    latex = '\\nothing</script>{'
    evidence = {'how': 'renamed', 'source_latex': latex, 'target_latex': latex}
    graph.add_edge('p0', 'p1', 'formula', weight=1, evidence=[evidence])
    (told,) = told_of(graph)
    assert told['formulas'][0]['html'] == '<code class="blog-latex">\\nothing&lt;/script&gt;{</code>'


def test_a_sentence_with_several_mentions_is_told_once_with_all_of_them_marked():
    graph = graph_of('A', 'B')
    sentence = 'By (1) and (2).'
    mentions = [
        {'how': 'role', 'context': sentence, 'span': span, 'anchor': f'm{span[0]}'}
        for span in ([3, 6], [11, 14])
    ]
    other = {'how': 'title', 'context': 'See 《B》.', 'span': [4, 7]}
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[mentions[0], other, mentions[1]])
    told = told_of(graph)
    assert [item['html'] for item in told] == [
        'By <mark>(1)</mark> and <mark>(2)</mark>.',
        'See <mark>《B》</mark>.',
    ]
    assert told[0]['anchor'] == 'm3'


def test_mentions_without_a_sentence_are_told_each():
    graph = graph_of('A', 'B')
    evidence = [{'how': 'url', 'text': 'one'}, {'how': 'url', 'text': 'two'}]
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=evidence)
    assert [item['html'] for item in told_of(graph)] == ['one', 'two']


def test_a_sentence_that_cites_an_equation_is_told_with_the_citation():
    graph = graph_of('A', 'B')
    sentence = {'context': 'By (1).', 'span': [3, 6]}
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[{'how': 'role', **sentence}])
    equations = [
        {'how': 'label', 'number': '1', **sentence},
        {'how': 'label', 'number': '2', 'context': 'Also (2).'},
    ]
    graph.add_edge('p0', 'p1', 'equation', weight=1, evidence=equations)
    cites, equation = (told_of(graph, place=place) for place in (0, 1))
    assert [item['html'] for item in cites] == ['By <mark>(1)</mark>.']
    assert [item.get('html') for item in equation] == [None, 'Also (2).']
    assert [item['number'] for item in equation] == ['1', '2']


def test_a_span_that_cuts_a_formula_marks_nothing():
    graph = graph_of('A', 'B')
    graph.add_edge(
        'p0', 'p1', 'cites', weight=1, evidence=[{'how': 'url', 'context': '$x+y$', 'span': [0, 2]}]
    )
    assert '<mark>' not in told_of(graph)[0]['html']


def test_reasons_name_posts_by_their_titles():
    graph = graph_of('A', 'The $x$ of B')
    reason = {'how': 'cited-together', 'score': 0.5, 'detail': ['p1', '梯度']}
    graph.add_edge('p0', 'p1', 'related', weight=0.5, evidence=[reason])
    assert told_of(graph)[0]['detail'] == ['The x of B', '梯度']


def test_a_series_step_tells_its_numbers_and_its_gap():
    graph = graph_of('A', 'B')
    step = {'how': 'title', 'series': 'S', 'source_number': [1], 'target_number': [4]}
    graph.add_edge('p0', 'p1', 'series', weight=0.3, gap=[2, 3], evidence=[step])
    told = told_of(graph)[0]
    assert (told['series'], told['source_number'], told['target_number'], told['gap']) == (
        'S',
        [1],
        [4],
        [2, 3],
    )


def test_excerpts_stand_with_the_evidence():
    assert evidence_of(graph_of('A', 'B'), excerpts={'p1': 'a < $b$'})['excerpts'] == {
        '1': 'a &lt; <math><mi>b</mi></math>'
    }


def test_a_link_is_told_at_both_of_its_ends():
    graph = graph_of('A', 'B')
    graph.add_edge('p0', 'p1', 'cites', weight=1, evidence=[{'how': 'title', 'context': 'See B.'}])
    links = evidence_of(graph)['links']
    cites = EDGE_KINDS.index('cites')
    assert links == {
        '0': [[1, cites, 1, [{'how': 'title', 'html': 'See B.'}]]],
        '1': [[0, cites, 0, [{'how': 'title', 'html': 'See B.'}]]],
    }


def test_each_node_is_told_in_the_file_that_the_first_one_says():
    graph = large_graph(300)
    files = explorer_files(graph)
    starts = read(files['nodes-0.js'])['evidence']
    assert len(starts) > 1
    assert starts == sorted(set(starts))
    told = {}
    for number, start in enumerate(starts):
        links = read(files[f'evidence-{number}.js'])['links']
        end = starts[number + 1] if number + 1 < len(starts) else len(graph)
        assert all(start <= int(node) < end for node in links)
        told |= links
    ids = by_importance(graph)
    degrees = {str(n): graph.degree(node) for n, node in enumerate(ids) if graph.degree(node)}
    assert {node: len(links) for node, links in told.items()} == degrees


def test_of_a_post_that_everyone_cites_the_strongest_links_are_told():
    graph = graph_of(*(f'T{n}' for n in range(201)))
    for n in range(1, 201):
        graph.add_edge(f'p{n}', 'p0', 'cites', weight=n / 200, evidence=[{'how': 'title', 'context': 'c'}])
    links = evidence_of(graph)['links']
    number = {node: n for n, node in enumerate(by_importance(graph))}
    told = {link[0] for link in links[str(number['p0'])]}
    assert told == {number[f'p{n}'] for n in range(200, 140, -1)}


def test_an_edge_to_itself_is_told_once():
    graph = graph_of('A')
    graph.add_edge('p0', 'p0', 'cites', weight=1, evidence=[{'how': 'title', 'context': 'c'}])
    assert [link[:3] for link in evidence_of(graph)['links']['0']] == [[0, 0, 1]]


def test_the_small_graph_has_one_file_of_evidence():
    assert read(explorer_files(small_graph())['nodes-0.js'])['evidence'] == [0]


def test_a_mention_without_a_link_is_not_drawn():
    graph = graph_of('A', 'B')
    graph.add_edge('p0', 'p1', 'mention', weight=0.2, evidence=[{'how': 'mention', 'text': 'B'}])
    assert evidence_of(graph)['links'] == {}
    assert read(explorer_files(graph)['nodes-0.js'])['total'] == {'nodes': 2, 'edges': 0}
