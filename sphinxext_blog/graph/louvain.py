"""Communities of very large graphs.

Louvain's method (Blondel, Guillaume, Lambiotte, Lefebvre: *Fast unfolding of
communities in large networks*, 2008), but a node is looked at again only when a
neighbour has moved (the fast local move of Traag, Waltman, van Eck: *From
Louvain to Leiden*, 2019). NetworkX looks at all of them in each round, and
takes minutes where this takes seconds.
"""

from __future__ import annotations

from collections import deque
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['find_communities']

_LEAST_GAIN = 1e-12
"""Of a move, as a part of all weights: rounding must not keep a node moving."""


def find_communities(count: int, ends: Ints, weights: Floats, *, seed: int) -> list[set[int]]:
    """Divide the nodes of a graph so that its modularity is high.

    :param count: number of nodes.
    :param ends: edges as rows of two node numbers, loops allowed.
    :param weights: of the edges, not negative.
    :param seed: of the order in which nodes are looked at first.
    :returns: the communities, in no particular order; a node without edges is one of its own.
        The same graph and seed give the same ones.
    """
    rng = np.random.default_rng(seed)
    label = np.arange(count)
    ends, weights = _simplified(ends, weights, count)
    size = count
    while len(ends):
        moved = _move(size, ends, weights, rng.permutation(size).tolist())
        names, own = np.unique(moved, return_inverse=True)
        if len(names) == size:
            break
        label, size = own[label], len(names)
        ends, weights = _simplified(own[ends], weights, size)
    order = np.argsort(label, kind='stable')
    parts = np.split(order, np.cumsum(np.bincount(label, minlength=size))[:-1])
    return [set(part.tolist()) for part in parts if len(part)]


def _simplified(ends: Ints, weights: Floats, count: int) -> tuple[Ints, Floats]:
    """The graph with one edge for all between two nodes, in rising order."""
    low, high = ends.min(axis=1, initial=count), ends.max(axis=1, initial=0)
    cells, place = np.unique(low * count + high, return_inverse=True)
    total = np.asarray(np.bincount(place, weights, len(cells)), dtype=np.float64)
    return np.stack(np.divmod(cells, count), axis=1), total


def _move(count: int, ends: Ints, weights: Floats, order: list[int]) -> list[int]:
    """Move single nodes between communities until no move is a gain; the community of each."""
    real = ends[:, 0] != ends[:, 1]
    source = np.concatenate([ends[real, 0], ends[real, 1]])
    target = np.concatenate([ends[real, 1], ends[real, 0]])
    strength = np.concatenate([weights[real], weights[real]])
    by_source = np.lexsort((target, source))
    first = np.searchsorted(source[by_source], np.arange(count + 1)).tolist()
    neighbours, strengths = target[by_source].tolist(), strength[by_source].tolist()
    degrees = np.bincount(ends.ravel(), np.repeat(weights, 2), count)
    twice = float(degrees.sum()) or 1.0
    degree, total = degrees.tolist(), degrees.tolist()
    label = list(range(count))
    waiting, is_waiting = deque(order), bytearray(b'\1') * count
    while waiting:
        node = waiting.popleft()
        is_waiting[node] = 0
        start, end = first[node], first[node + 1]
        here, own = label[node], degree[node]
        tied = {here: 0.0}
        for at in range(start, end):
            there = label[neighbours[at]]
            tied[there] = tied.get(there, 0.0) + strengths[at]
        total[here] -= own
        share = own / twice
        best, most = here, tied[here] - share * total[here] + _LEAST_GAIN * twice
        for there, weight in tied.items():
            gain = weight - share * total[there]
            if gain > most:
                best, most = there, gain
        total[best] += own
        if best != here:
            label[node] = best
            for at in range(start, end):
                other = neighbours[at]
                if label[other] != best and not is_waiting[other]:
                    is_waiting[other] = 1
                    waiting.append(other)
    return label
