"""The topics of a blog: its communities as readers may enter them.

Of each community that has a subject, and is not just two posts that cite each
other: its posts by importance, the few to start with and what they stand for,
and the topics around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from typing import TYPE_CHECKING

from sphinxext_blog.graph.explain import shared_terms
from sphinxext_blog.graph.measures import projection
from sphinxext_blog.graph.skeleton import LARGEST, skeleton
from sphinxext_blog.graph.terms import weigh_terms
from sphinxext_blog.records import FEWEST_OF_A_TOPIC, MOST_STARTS, Start, Topic
from sphinxext_blog.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx

    from sphinxext_blog.graph.terms import Terms

__all__ = ['find_topics']

_READ = 3000
"""Characters of each post that are compared: what it is about, it says at the beginning."""
_TITLE = 3
"""The title counts so many times."""
_LEAST = 0.02
"""Share of a topic that a post to start with must explain."""
_TOLD = 3
"""Terms that tell what a start stands for, and posts that they are asked of."""
_AROUND = 5
"""Topics beside a topic."""


def find_topics(
    graph: nx.MultiDiGraph,
    texts: Mapping[str, str],
    *,
    memory: Remembered[tuple[Start, ...]] | None = None,
) -> tuple[Topic, ...]:
    """The topics of a graph, the largest first.

    :param graph: measured, with named communities.
    :param texts: docname -> prose; what is missing is taken for empty.
    :param memory: what was found before; it saves time and changes nothing.
    :return: of each community with at least :data:`FEWEST_OF_A_TOPIC` posts.
    """
    memory = Remembered() if memory is None else memory
    members: dict[int, list[str]] = defaultdict(list)
    for node, data in graph.nodes(data=True):
        if data['kind'] == 'post':
            members[data['community']].append(node)
    members = {number: posts for number, posts in members.items() if len(posts) >= FEWEST_OF_A_TOPIC}
    for posts in members.values():
        posts.sort(key=lambda node: (-graph.nodes[node]['pagerank'], node))
    around = _around(graph, members)
    topics = []
    for number, posts in sorted(members.items(), key=lambda item: (-len(item[1]), item[0])):
        record = graph.graph['communities'][number]
        starts = _starts(graph, posts[:LARGEST], texts, memory)
        topics.append(
            Topic(number, record['name'], record['main'], tuple(posts), starts, around.get(number, ()))
        )
    return tuple(topics)


def _starts(
    graph: nx.MultiDiGraph,
    posts: Sequence[str],
    texts: Mapping[str, str],
    memory: Remembered[tuple[Start, ...]],
) -> tuple[Start, ...]:
    """The skeleton of some posts; of posts that explain as much the more important comes first."""
    title = graph.nodes(data='title')
    read = [f'{title[post]}\n' * _TITLE + texts.get(post, '')[:_READ] for post in posts]
    content = repr((posts, read)).encode('utf-8', 'surrogatepass')
    return memory.of(content, lambda: _find_starts(posts, read))


def _find_starts(posts: Sequence[str], read: Sequence[str]) -> tuple[Start, ...]:
    terms = weigh_terms(read)
    taken, near = skeleton(terms.weights, min(MOST_STARTS, len(posts) // FEWEST_OF_A_TOPIC), least=_LEAST)
    return tuple(
        Start(
            posts[row],
            tuple(posts[other] for other in others.tolist()),
            _common(terms, row, others[:_TOLD].tolist()),
        )
        for row, others in zip(taken, near, strict=True)
    )


def _common(terms: Terms, row: int, others: Sequence[int]) -> tuple[str, ...]:
    """The terms that a post shares with most of some others, the heaviest first."""
    count: Counter[str] = Counter()
    first: dict[str, int] = {}
    for other in others:
        for place, word in enumerate(shared_terms(terms, row, other)[0]):
            count[word] += 1
            first[word] = min(first.get(word, place), place)
    return tuple(sorted(count, key=lambda word: (-count[word], first[word], word))[:_TOLD])


def _around(graph: nx.MultiDiGraph, members: Mapping[int, Sequence[str]]) -> dict[int, tuple[int, ...]]:
    ties: dict[int, Counter[int]] = defaultdict(Counter)
    label = [number for _node, number in graph.nodes(data='community')]
    for one, two, weight in projection(graph).edges(data='weight'):
        here, there = label[one], label[two]
        if here != there and here in members and there in members:
            ties[here][there] += weight
            ties[there][here] += weight
    return {
        number: tuple(sorted(found, key=lambda other: (-round(found[other], 6), other))[:_AROUND])
        for number, found in ties.items()
    }
