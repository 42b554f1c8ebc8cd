from __future__ import annotations

import json
import subprocess
import sys
import time

import networkx as nx
import pytest
from graph_cases import HOSTILE, corpora, link, post, series
from hypothesis import given, settings

from sphinxext_blog.graph import build_graph, measure, name_communities, to_json
from sphinxext_blog.records import MissingPost, Resolution, Series

TEXTS = {
    'manifold': '流形上的黎曼度量决定了测地线。黎曼度量在切空间上给出内积，测地线的方程由黎曼度量得到。',
    'attention': '注意力机制用查询和键计算权重。多头注意力把查询分成几份，注意力机制的复杂度是平方的。',
    'spectral': 'The spectral theorem diagonalises an operator; a compact operator has eigenvalues.',
}


def blog(groups, titles=None, **fields):
    """Posts in groups that cite each other: ``{topic: count}``, and the texts of the posts."""
    posts, links, texts = [], [], {}
    for topic, count in groups.items():
        names = [f'{topic}{number}' for number in range(count)]
        for at, name in enumerate(names):
            posts.append(post(name, (titles or {}).get(name, f'第{at}篇'), **fields))
            texts[name] = TEXTS.get(topic, '') + f'另有一件事情，编号{at}。'
            links += [link(name, other, line=line) for line, other in enumerate(names) if other != name]
    graph = build_graph(posts, Resolution(links=tuple(links)))
    measure(graph)
    return graph, texts


def named(graph, texts):
    name_communities(graph, texts)
    records = graph.graph['communities']
    return {data['community']: records[data['community']] for _, data in graph.nodes(data=True)}


def record_of(graph, node):
    return graph.graph['communities'][graph.nodes[node]['community']]


def test_a_community_is_called_by_what_tells_it_from_others():
    graph, texts = blog({'manifold': 4, 'attention': 4, 'spectral': 4})
    name_communities(graph, texts)
    terms = {topic: record_of(graph, f'{topic}0')['terms'] for topic in TEXTS}
    assert any('黎曼度量' in term or '测地线' in term for term in terms['manifold'])
    assert any('注意力' in term for term in terms['attention'])
    assert any(term in {'operator', 'spectral', 'compact', 'eigenvalues'} for term in terms['spectral'])
    for topic in TEXTS:
        record = record_of(graph, f'{topic}0')
        assert record['name'] == ' · '.join(record['terms'])
        assert 2 <= len(record['terms']) <= 3


def test_a_record_tells_size_and_main_post():
    graph, texts = blog({'manifold': 5, 'attention': 3})
    name_communities(graph, texts)
    records = graph.graph['communities']
    assert [record['size'] for record in records] == [5, 3]
    assert [graph.nodes[record['main']]['community'] for record in records] == [0, 1]


def test_a_community_of_one_series_has_its_name():
    graph, texts = blog({'manifold': 5, 'attention': 4})
    for number in range(3):
        graph.nodes[f'manifold{number}']['series'] = '几何之路'
    name_communities(graph, texts)
    assert record_of(graph, 'manifold4')['name'] == '几何之路'
    assert record_of(graph, 'manifold4')['terms']


def test_half_of_a_community_is_not_most_of_it():
    graph, texts = blog({'manifold': 4, 'attention': 4})
    for number in range(2):
        graph.nodes[f'manifold{number}']['series'] = '几何之路'
    name_communities(graph, texts)
    assert record_of(graph, 'manifold0')['name'] != '几何之路'


def test_a_single_post_is_its_community():
    graph, texts = blog({'manifold': 1, 'attention': 3}, {'manifold0': '黎曼几何 $\\mathbb{R}^n$'})
    name_communities(graph, texts)
    assert record_of(graph, 'manifold0') == {
        'name': '黎曼几何 $\\mathbb{R}^n$', 'terms': [], 'size': 1, 'main': 'manifold0'
    }  # fmt: skip


def test_a_title_that_is_only_a_clause_ends_in_an_ellipsis():
    graph, texts = blog({'manifold': 1}, {'manifold0': '今天分享一个结果'}, title_derived=True)
    name_communities(graph, texts)
    assert record_of(graph, 'manifold0')['name'] == '今天分享一个结果…'


def test_two_posts_are_called_after_their_common_tag_or_the_main_one():
    graph, texts = blog({'manifold': 2, 'attention': 2})
    for number in range(2):
        graph.nodes[f'manifold{number}']['tags'] = ['数学', '几何', f'{number}']
    graph.add_node('other', kind='post', title='other', community=2, tags=['数学'])
    name_communities(graph, texts)
    assert record_of(graph, 'manifold0')['name'] == '几何'
    assert record_of(graph, 'attention0')['name'] == '第0篇'


def test_a_community_without_posts_is_called_after_what_is_cited():
    graph = nx.MultiDiGraph()
    graph.add_node('work:x', kind='work', title='A paper', community=0)
    name_communities(graph, {})
    assert graph.graph['communities'] == [{'name': 'A paper', 'terms': [], 'size': 1}]


def test_an_empty_graph_has_no_communities():
    graph = nx.MultiDiGraph()
    name_communities(graph, {})
    assert graph.graph['communities'] == []


def test_equal_posts_make_no_equal_names():
    graph, texts = blog({'manifold': 4, 'manifold-b': 4, 'x': 1, 'y': 1, 'z': 1}, dict.fromkeys('xyz', '同'))
    texts = dict.fromkeys(graph, TEXTS['manifold'])
    for node in ('x0', 'y0', 'z0'):
        graph.nodes[node]['title'] = '随笔'
    name_communities(graph, texts)
    names = [record['name'] for record in graph.graph['communities']]
    assert len({name.casefold() for name in names}) == len(names) == 5
    assert {'随笔', '随笔 (y0)', '随笔 (z0)'} <= set(names)


def test_two_communities_of_one_series_do_not_both_take_its_name():
    graph, texts = blog({'manifold': 4, 'attention': 3})
    for node in graph:
        graph.nodes[node]['series'] = '漫谈'
    name_communities(graph, texts)
    assert record_of(graph, 'manifold0')['name'] == '漫谈'
    assert '注意力' in record_of(graph, 'attention0')['name']


def test_stop_words_and_latex_name_nothing():
    text = (
        '我们可以得到，因此如果我们使用这个方法，证明的定理是成立的。 We therefore have '
        'the following theorem and its proof. $$\\frac{\\partial f}{\\partial x}$$ '
        '\\begin{align} a &= b \\end{align} '
        '$\\mathbb{R}\\operatorname{rank}$ '
    )
    graph, _ = blog({'a': 4, 'b': 4})
    texts = {
        node: text + ('流形上的度量。流形嵌入。' if node < 'b' else '文本分词。文本检索。') for node in graph
    }
    records = named(graph, texts).values()
    shown = ' '.join(term for record in records for term in record['terms'])
    for word in (
        '我们',
        '因此',
        '如果',
        '定理',
        '证明',
        'theorem',
        'proof',
        'frac',
        'partial',
        'align',
        'mathbb',
        'rank',
    ):
        assert word not in shown
    assert '流形' in record_of(graph, 'a0')['name']
    assert '文本' in record_of(graph, 'b0')['name']


def test_a_fragment_is_completed():
    texts = [
        '求最小公倍数与最大公约数。最小公倍数的性质：两个数的最小公倍数乘以最大公约数。' for _ in range(4)
    ]
    graph, _ = blog({'a': 4, 'attention': 4})
    given = {f'a{at}': text for at, text in enumerate(texts)} | {
        f'attention{at}': TEXTS['attention'] for at in range(4)
    }
    name_communities(graph, given)
    for term in record_of(graph, 'a0')['terms']:
        assert not '最小公倍数'.startswith(term) or term == '最小公倍数'


def test_titles_say_more_than_text():
    titles = {f'spectral{at}': f'Convex hull, part {"abcd"[at]}' for at in range(4)}
    graph, texts = blog({'spectral': 4, 'attention': 4}, titles)
    name_communities(graph, texts)
    assert record_of(graph, 'spectral0')['terms'][0] == 'Convex hull'


def test_the_same_in_every_process():
    script = (
        'import sys; sys.path[:0] = sys.argv[1:]; import test_communities as t; '
        'graph, texts = t.blog({"manifold": 5, "attention": 4, "spectral": 6}); '
        't.name_communities(graph, texts); print(t.json.dumps(graph.graph["communities"]))'
    )
    outputs = {
        subprocess.run(
            [sys.executable, '-c', script, *sys.path],
            capture_output=True, text=True, check=True, env={'PYTHONHASHSEED': seed},
            cwd=__file__.rpartition('/')[0],
        ).stdout
        for seed in ('1', '2')
    }  # fmt: skip
    assert len(outputs) == 1
    assert json.loads(outputs.pop())


@pytest.mark.parametrize('hostile', HOSTILE)
def test_hostile_text_gives_short_different_names(hostile):
    graph, _ = blog({'a': 4, 'b': 3, 'c': 2, 'd': 1})
    for node in graph:
        graph.nodes[node]['title'] = hostile
        graph.nodes[node]['tags'] = [hostile]
    name_communities(graph, dict.fromkeys(graph, hostile * 3))
    names = [record['name'] for record in graph.graph['communities']]
    assert len({name.casefold() for name in names}) == len(names)
    assert all(0 < len(name) <= 140 and '\n' not in name for name in names)


@given(corpora())
@settings(max_examples=60)
def test_any_corpus_is_named(corpus):
    posts, resolution = corpus
    graph = build_graph(posts, resolution)
    measure(graph)
    name_communities(graph, {one.docname: one.title for one in posts})
    records = graph.graph['communities']
    assert sum(record['size'] for record in records) == len(graph)
    assert len({record['name'].casefold() for record in records}) == len(records)
    assert all(record['name'] for record in records)
    to_json(graph)


def test_text_without_end_costs_no_time():
    graph, _ = blog({'a': 6, 'b': 6})
    texts = dict.fromkeys(graph, '流形' * 200000 + '$' * 200000 + 'a b ' * 100000)
    begin = time.process_time()
    name_communities(graph, texts)
    assert time.process_time() - begin < 60


def test_missing_parts_do_not_count_as_posts_of_a_series():
    resolution = Resolution(
        links=(link('a', 'missing:m'),),
        missing=(MissingPost('missing:m', 'M'),),
        series=(series('S', ('a', 1), ('missing:m', 2)),),
    )
    graph = build_graph([post('a', 'Alone')], resolution)
    measure(graph)
    name_communities(graph, {})
    assert [record['name'] for record in graph.graph['communities']] == ['Alone']
    assert isinstance(resolution.series[0], Series)
