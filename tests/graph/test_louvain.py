from __future__ import annotations

import networkx as nx
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph.louvain import find_communities


def arrays(graph):
    edges = [(one, two, weight) for one, two, weight in graph.edges(data='weight', default=1.0)]
    return (
        np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2),
        np.array([edge[2] for edge in edges], dtype=np.float64),
    )


def found(graph, seed=1):
    return find_communities(len(graph), *arrays(graph), seed=seed)


@pytest.mark.parametrize('inside', [0.3, 0.1])
def test_modularity_is_that_of_networkx(inside):
    graph = nx.planted_partition_graph(12, 40, inside, 0.01, seed=3)
    ours = nx.community.modularity(graph, found(graph))
    theirs = nx.community.modularity(graph, nx.community.louvain_communities(graph, seed=1))
    assert ours > theirs - 0.02


def test_planted_groups_are_found():
    graph = nx.planted_partition_graph(8, 30, 0.5, 0.01, seed=2)
    assert sorted(map(sorted, found(graph))) == [list(range(at, at + 30)) for at in range(0, 240, 30)]


def test_weights_decide():
    graph = nx.Graph()
    graph.add_weighted_edges_from([(0, 1, 5.0), (2, 3, 5.0), (1, 2, 0.1), (0, 3, 0.1)])
    assert sorted(map(sorted, found(graph))) == [[0, 1], [2, 3]]


@given(
    st.integers(1, 12).flatmap(
        lambda n: st.tuples(
            st.just(n),
            st.lists(st.tuples(st.integers(0, n - 1), st.integers(0, n - 1), st.floats(0, 10)), max_size=30),
        )
    )
)
def test_every_node_is_in_one_community_and_always_the_same(case):
    count, edges = case
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    weights = np.array([edge[2] for edge in edges], dtype=np.float64)
    ours = find_communities(count, ends, weights, seed=7)
    assert sorted(node for part in ours for node in part) == list(range(count))
    assert ours == find_communities(count, ends, weights, seed=7)
