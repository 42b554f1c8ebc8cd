"""Topics: communities with a subject, where to start in them, and what is around them."""

from __future__ import annotations

import subprocess
import sys

import networkx as nx
import pytest

from sphinxext_blog.graph import find_topics, measure, name_communities
from sphinxext_blog.graph.counting import count_texts
from sphinxext_blog.graph.related import read_alike
from sphinxext_blog.remembering import Remembered

WORDS = {
    'flow': 'gradient flow minimises the energy along a curve of steepest descent',
    'prime': 'primes divide integers and every integer is a product of primes',
}


@pytest.fixture
def blog():
    """Two subjects of six posts that cite each other, and two posts that only cite each other."""
    graph = nx.MultiDiGraph()
    texts = {}
    for subject, words in WORDS.items():
        for number in range(6):
            name = f'{subject}-{number}'
            graph.add_node(name, kind='post', title=f'{subject.title()} {number}')
            texts[name] = f'{words}. ' * 3 + (f'Part {number} speaks of lemma{number} too. ' * number)
    for name in ('alone-0', 'alone-1'):
        graph.add_node(name, kind='post', title=name)
        texts[name] = 'something else entirely'
    graph.add_node('missing:x', kind='missing', title='x')

    def cite(one, two):
        graph.add_edge(one, two, key='cites', weight=1.0, evidence=[{'how': 'link'}])

    for subject in WORDS:
        for one in range(6):
            for two in range(one):
                cite(f'{subject}-{one}', f'{subject}-{two}')
    cite('alone-0', 'alone-1')
    cite('flow-0', 'prime-0')
    cite('flow-1', 'missing:x')
    measure(graph)
    name_communities(graph, texts)
    return graph, texts


def test_topics_have_posts_by_importance_starts_and_neighbours(blog):
    graph, texts = blog
    topics = find_topics(graph, texts)
    assert [len(topic.posts) for topic in topics] == [6, 6]
    for topic, other in zip(topics, reversed(topics), strict=True):
        ranks = [graph.nodes[post]['pagerank'] for post in topic.posts]
        assert ranks == sorted(ranks, reverse=True)
        assert 1 <= len(topic.starts) <= 2  # one for each three posts
        assert {start.post for start in topic.starts} <= set(topic.posts)
        told = [post for start in topic.starts for post in start.near]
        assert len(set(told)) == len(told) == 6 - len(topic.starts)
        assert topic.around == (other.number,)
        assert topic.name
        assert topic.main in topic.posts


def test_a_start_says_what_it_has_in_common_with_those_that_it_stands_for(blog):
    topics = find_topics(*blog)
    for topic in topics:
        words = ' '.join(topic.starts[0].terms)
        subject = topic.posts[0].partition('-')[0]
        assert any(word in WORDS[subject] for word in words.casefold().split())


def test_counts_of_the_ranking_change_nothing(blog):
    graph, texts = blog
    posts = [node for node, kind in graph.nodes(data='kind') if kind == 'post']
    titles = graph.nodes(data='title')
    versions = {post: f'version of {post}' for post in posts}
    order = sorted(posts, reverse=True)
    counts = count_texts(
        [versions[post] for post in order], lambda row: read_alike(titles[order[row]], texts[order[row]])
    )
    found = find_topics(graph, {}, versions=versions, counts=counts)  # no text is read again
    assert found == find_topics(graph, texts)
    assert any(start.terms for topic in found for start in topic.starts)
    others = count_texts(['other'], lambda _: read_alike('Other', 'words'))
    assert find_topics(graph, texts, versions=versions, counts=others) == found


def test_what_is_remembered_is_not_found_again_and_the_same(blog):
    graph, texts = blog
    memory = Remembered()
    first = find_topics(graph, texts, memory=memory)
    memory.forget()
    assert find_topics(graph, texts, memory=memory) == first == find_topics(graph, texts)
    texts['flow-3'] += ' Now it speaks of primes and integers.'
    changed = find_topics(graph, texts, memory=memory)
    assert changed == find_topics(graph, texts)


def test_a_blog_of_pairs_has_no_topics():
    graph = nx.MultiDiGraph()
    graph.add_node('a', kind='post', title='A')
    graph.add_node('b', kind='post', title='B')
    graph.add_edge('a', 'b', key='cites', weight=1.0, evidence=[{'how': 'link'}])
    measure(graph)
    name_communities(graph, {})
    assert find_topics(graph, {}) == ()


def test_posts_without_text_have_no_start():
    graph = nx.MultiDiGraph()
    for name in 'abc':
        graph.add_node(name, kind='post', title=name)
    for one, two in ('ab', 'bc', 'ca'):
        graph.add_edge(one, two, key='cites', weight=1.0, evidence=[{'how': 'link'}])
    measure(graph)
    name_communities(graph, {})
    (topic,) = find_topics(graph, {})
    assert topic.starts == ()


def test_every_process_finds_the_same():
    program = (
        'import sys; sys.path.insert(0, "tests/support"); from sample_graph import small_graph;'
        'from sphinxext_blog.graph import *; graph = small_graph(); measure(graph); '
        'texts = {n: graph.nodes[n]["title"] * 5 for n in graph}; name_communities(graph, texts); '
        'print(find_topics(graph, texts))'
    )
    found = {
        subprocess.run(
            [sys.executable, '-c', program],
            env={'PYTHONHASHSEED': seed, 'PYTHONPATH': '.'},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ('1', '2')
    }
    assert len(found) == 1
    assert 'Topic(' in found.pop()
