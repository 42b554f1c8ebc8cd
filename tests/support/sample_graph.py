"""Made-up graphs for the tests of the graph page: the shape of a small blog, and of a large one."""

from __future__ import annotations

import math
import random

import networkx as nx

_SERIES = {
    'Walks on graphs': [
        'Why they mix',
        r'The spectral gap $\lambda_2$',
        r'Cover times in $O(n\log n)$',
        'Electricity',
    ],
    '优化算法笔记': ['从梯度下降开始', r'动量与 $\beta$ 的选择', r'收敛速度 $O(1/\sqrt{T})$', '自适应学习率'],
    'Kernels': ['What a kernel is', r'The space $\mathcal{H}_k$', 'Random features'],
}
_OTHERS = [
    r'A bound for $\|A^{-1}\|_2$',
    '抛硬币问题的三种解法',
    r'为什么 $e^{i\pi}+1=0$ 并不神秘',
    'Notes on reading proofs',
    '浅谈概率空间中的最小化问题与它的几种常见近似方法',
    r'How large is $\binom{2n}{n}$?',
    'Counting trees',
    '矩阵的低秩近似',
]


def small_graph() -> nx.MultiDiGraph:
    """A blog of 35 posts with 25 missing posts and works, 6 to 10 series edges, about 120 related ones."""
    rng = random.Random(7)
    titles: list[tuple[str, str, int]] = []
    for series, parts in _SERIES.items():
        for index, part in enumerate(parts, 1):
            mark = f'({"一二三四"[index - 1]}):' if series[0] > 'z' else f', part {index}: '
            titles.append((series + mark + part, series, index))
    for again in ('', ' (revisited)', ' (再谈)'):
        titles += [(title + again, '', 0) for title in _OTHERS]
    return _graph(rng, titles[:35], others=25, related=4, topics=4)


def large_graph(posts: int = 1000) -> nx.MultiDiGraph:
    """A blog of many posts on twelve topics."""
    rng = random.Random(11)
    words = [
        '梯度',
        '熵',
        'kernel',
        '矩阵',
        'walk',
        '概率',
        'bound',
        '注意力',
        'prior',
        '流形',
        '采样',
        'norm',
    ]
    titles = []
    for number in range(posts):
        first, second, third = rng.sample(words, 3)
        titles.append(
            (f'{first}与{second}:关于 {third} 的第 {number + 1} 篇笔记 $x_{{{number % 10}}}$', '', 0)
        )
    return _graph(rng, titles, others=posts // 10, related=4, topics=12)


def _graph(
    rng: random.Random, titles: list[tuple[str, str, int]], *, others: int, related: int, topics: int
) -> nx.MultiDiGraph:
    graph = nx.MultiDiGraph()
    nodes: list[str] = []
    for number, (title, series, index) in enumerate(titles):
        topic = list(_SERIES).index(series) if series else number % topics
        node = f'posts/p{number:04d}'
        attributes = {
            'kind': 'post',
            'title': title,
            'url': f'{node}.html',
            'date': f'{2009 + number % 16}-{number % 12 + 1:02d}-{number % 28 + 1:02d}'
            if number % 9
            else f'--{number % 12 + 1:02d}-08',
            'tags': [['algebra', '概率', 'graphs'][number % 3], f'topic {topic}'],
            'community': topic,
        }
        if series:
            attributes |= {'series': series, 'series_index': index}
        graph.add_node(node, **attributes)
        nodes.append(node)
        if index > 1:
            evidence = {
                'how': 'title',
                'series': series,
                'source_number': [index - 1],
                'target_number': [index],
            }
            graph.add_edge(nodes[-2], node, 'series', weight=1.0, evidence=[evidence])
    for number in range(others):
        work = number % 3 == 0
        node = f'work:w{number}' if work else f'missing:m{number}'
        title = (
            f'On the size of ${chr(97 + number % 26)}^{{{number}}}$'
            if work
            else f'一篇还没有写的文章之{number}'
        )
        source = rng.choice(nodes)
        graph.add_node(
            node, kind='work' if work else 'missing', title=title, community=graph.nodes[source]['community']
        )
        if work:
            graph.nodes[node]['url'] = 'https://arxiv.org/abs/1706.03762'
        for citing in {source, *rng.sample(nodes, number % 3)}:
            _cite(graph, citing, node)
    by_topic: dict[int, list[str]] = {}
    for node in nodes:
        by_topic.setdefault(graph.nodes[node]['community'], []).append(node)
    for node in nodes:
        own = [other for other in by_topic[graph.nodes[node]['community']] if other != node]
        for other in rng.sample(own, min(related, len(own))):
            weight = round(rng.uniform(0.1, 0.9), 4)
            evidence = [
                {'how': 'text', 'score': weight / 2, 'detail': ['梯度下降', 'momentum']},
                {'how': 'cited-together', 'score': weight / 2, 'detail': [rng.choice(nodes)]},
            ]
            graph.add_edge(node, other, 'related', weight=weight, evidence=evidence)
        if rng.random() < 0.5:
            target = rng.choice(nodes)
            if target != node:
                _cite(graph, node, target)
    _place(rng, graph)
    rank = nx.pagerank(nx.DiGraph(graph))
    nx.set_node_attributes(graph, {node: round(value, 6) for node, value in rank.items()}, 'pagerank')
    return graph


def _cite(graph: nx.MultiDiGraph, source: str, target: str) -> None:
    title = graph.nodes[target]['title']
    before = r'我们知道 $\nabla f(x)=0$ 只是必要条件,在《'
    context = f'{before}{title}》中已经证明了这一点。'
    span = [len(before) - 1, len(before) + len(title) + 1]
    evidence = {
        'how': 'title',
        'text': f'《{title}》',
        'context': context,
        'span': span,
        'anchor': 'the-proof',
        'line': 3,
    }
    graph.add_edge(source, target, 'cites', weight=0.95, evidence=[evidence])


def _place(rng: random.Random, graph: nx.MultiDiGraph) -> None:
    """Each topic a sunflower around its centre: no two nodes closer than 40 px."""
    topics: dict[int, list[str]] = {}
    for node in graph:
        topics.setdefault(graph.nodes[node]['community'], []).append(node)
    spread = 46 * math.sqrt(max(map(len, topics.values())))
    for number, (_topic, nodes) in enumerate(sorted(topics.items())):
        angle = 2 * math.pi * number / len(topics)
        ring = 0.0 if len(topics) == 1 else spread * 1.3 * max(1.0, len(topics) / 6)
        for place, node in enumerate(nodes):
            radius, turn = 42 * math.sqrt(place), place * 2.39996 + rng.uniform(-0.1, 0.1)
            graph.nodes[node]['x'] = round(1.4 * ring * math.cos(angle) + radius * math.cos(turn), 1)
            graph.nodes[node]['y'] = round(ring * math.sin(angle) + radius * math.sin(turn), 1)
