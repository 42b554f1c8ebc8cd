"""The topics of a blog: its communities as readers may enter them.

Of each community that has a subject, and is not just two posts that cite each
other: its posts by importance, the few to start with and what they stand for,
and the topics around it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from functools import partial
from typing import TYPE_CHECKING

from sphinxext_blog.graph.counting import count_texts
from sphinxext_blog.graph.explain import shared_terms
from sphinxext_blog.graph.measures import projection
from sphinxext_blog.graph.related import read_alike
from sphinxext_blog.graph.skeleton import LARGEST, skeleton
from sphinxext_blog.graph.terms import terms_of
from sphinxext_blog.records import FEWEST_OF_A_TOPIC, MOST_STARTS, Start, Topic
from sphinxext_blog.remembering import Remembered

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Sequence

    import networkx as nx

    from sphinxext_blog.graph.counting import Counts
    from sphinxext_blog.graph.terms import Terms

__all__ = ['find_topics']

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
    versions: Mapping[str, str] | None = None,
    counts: Counts | None = None,
) -> tuple[Topic, ...]:
    """The topics of a graph, the largest first.

    :param graph: measured, with named communities.
    :param texts: docname -> prose; what is missing is taken for empty.
    :param memory: what was found before; it saves time and changes nothing.
    :param versions: docname -> what its title and text are known by in *counts*.
    :param counts: of the ranking of the same posts; they save time and change nothing.
    :return: of each community with at least :data:`FEWEST_OF_A_TOPIC` posts.
    """
    memory = Remembered() if memory is None else memory
    titles = graph.nodes(data='title')
    rows = {key: row for row, key in enumerate(counts.keys)} if counts else {}

    def count(posts: Sequence[str]) -> Counts:
        """The terms of some posts."""
        wanted = [rows.get(versions[post]) if versions else None for post in posts]
        if counts and None not in wanted:
            return counts.only([row for row in wanted if row is not None])
        return count_texts(posts, lambda row: read_alike(titles[posts[row]], texts.get(posts[row], '')))

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
        compared = posts[:LARGEST]
        told = [versions[post] if versions else (titles[post], texts.get(post, '')) for post in compared]
        content = repr((compared, told)).encode('utf-8', 'surrogatepass')
        starts = memory.of(content, partial(_find_starts, compared, count))
        topics.append(
            Topic(number, record['name'], record['main'], tuple(posts), starts, around.get(number, ()))
        )
    return tuple(topics)


def _find_starts(posts: Sequence[str], count: Callable[[Sequence[str]], Counts]) -> tuple[Start, ...]:
    """The skeleton of some posts; of posts that explain as much the more important comes first."""
    terms = terms_of(count(posts))
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
