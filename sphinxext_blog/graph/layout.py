"""Where the graph page draws the nodes, computed once at build time.

:func:`place` lays out every connected component by its forces, brings it to
pixels, gives every node its room and packs the components, so that no post
without links is flung off the map. With the positions of a map that is already
known, what the map knows stays, and what is new is fitted in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse
from scipy.sparse import csgraph

from sphinxext_blog.graph.components import pack
from sphinxext_blog.graph.forces import arrange
from sphinxext_blog.graph.measures import projection
from sphinxext_blog.graph.spreading import nearest_distances, part, thin

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    import networkx as nx
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['FARTHEST', 'LEAST_DISTANCE', 'place']

SPACING = 64.0
"""Pixels at zoom 1 between a node and its nearest neighbour, typically."""
LEAST_DISTANCE = 44.0
"""Pixels at zoom 1 that any two nodes are apart at least: nodes have radii of 10 to 30."""
FARTHEST = 100_000.0
"""Pixels from the origin that a map may reach along an axis: several times what 100,000 nodes need."""
_APART = LEAST_DISTANCE + 0.5  # rounding to one decimal takes up to 0.15
_APART_OF_ROUNDED = _APART + 0.15
SEED = 20100101
_ASPECT = 1.3
"""Width of a component, by its height, that a screen has room for: rounder ones are widened."""
_CROWDED = 56.0
"""Pixels: places where nodes could not be so far apart are thinned. Less than wanted, or gaps would close."""
_AREA = 80.0
"""Square root of the pixels that a node has on the average, before crowded places are thinned."""
_UNIT = 128.0
"""Pixels of the forces' unit, where a map is given."""
_FARTHEST_NEW = 50
"""Links between a new node and the nearest known one; beyond that it begins at the centre."""


def place(
    graph: nx.MultiDiGraph, *, seed: int = SEED, start: Mapping[str, tuple[float, float]] | None = None
) -> None:
    """Write ``x`` and ``y`` onto every node: pixels at zoom 1, one decimal, centred on the origin.

    The same graph, seed and start give the same numbers. With ``start`` the
    map stays the map when posts are added or change: the nodes that it knows
    keep their places, but for the pixels by which one gives way to a new
    neighbour, and so does the origin.

    :param start: node id -> former position in pixels; new nodes are put beside
        their known neighbours. Positions beyond :data:`FARTHEST` are ignored.
    """
    names = list(graph)
    if not names:
        return
    all_ends, all_weights = _edges(projection(graph))
    former = _former(names, start or {})
    components = _components(len(names), all_ends)
    known = ~np.isnan(former[:, 0])
    target: tuple[float, float] | None = None
    if known.any():
        tied = [members for members in components if known[members].any()]
        together = np.sort(np.concatenate(tied))
        rest = [members for members in components if not known[members].any()]
        ends, weights = _within(together, all_ends, all_weights)
        first = _continued(former[together], ends, weights, seed)
        target = _middle(first)
    else:
        together, *rest = components
        ends, weights = _within(together, all_ends, all_weights)
        first = _component(len(together), ends, weights, seed)
    blocks = [first, *_blocks(rest, all_ends, all_weights, seed)]
    placed = pack(blocks, [target, *[None] * len(rest)], ends, cell=(1.5 * SPACING, SPACING))
    position = np.zeros((len(names), 2))
    for members, block in zip([together, *rest], placed, strict=True):
        position[members] = block
    if target is None:
        position -= (position.max(axis=0) + position.min(axis=0)) / 2
    for name, (x, y) in zip(names, position.tolist(), strict=True):
        graph.nodes[name]['x'] = round(x, 1) + 0.0  # no -0.0
        graph.nodes[name]['y'] = round(y, 1) + 0.0


def _former(names: Sequence[str], start: Mapping[str, tuple[float, float]]) -> Floats:
    unknown = (np.nan, np.nan)
    former = np.array([start.get(name, unknown) for name in names], dtype=np.float64)
    former[~(np.abs(former) <= FARTHEST).all(axis=1)] = np.nan
    return former


def _middle(position: Floats) -> tuple[float, float]:
    x, y = ((position.max(axis=0) + position.min(axis=0)) / 2).tolist()
    return (x, y)


def _edges(simple: nx.Graph) -> tuple[Ints, Floats]:
    """Edges as rows of two nodes, in rising order, and their weights."""
    edges = [(min(one, two), max(one, two), weight) for one, two, weight in simple.edges(data='weight')]
    edges = sorted(edge for edge in edges if edge[0] != edge[1])
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    # Weights differ by a factor of a hundred; forces must not, or weak links are as good as none.
    return ends, np.sqrt(np.array([edge[2] for edge in edges], dtype=np.float64))


def _components(count: int, ends: Ints) -> list[Ints]:
    """Nodes of each connected component, rising; the largest component first, of equal ones the earliest."""
    matrix = sparse.coo_matrix((np.ones(len(ends)), (ends[:, 0], ends[:, 1])), shape=(count, count))
    number, label = csgraph.connected_components(matrix, directed=False)
    by_label = np.argsort(label, kind='stable')
    parts = np.split(by_label, np.cumsum(np.bincount(label, minlength=number))[:-1])
    return sorted(parts, key=lambda members: (-len(members), int(members[0])))


def _within(members: Ints, ends: Ints, weights: Floats) -> tuple[Ints, Floats]:
    """Edges from the members, as rows of two places among them, and their weights; the greatest is 1.

    :param members: rising; no edge leads out of them.
    """
    place = np.minimum(np.searchsorted(members, ends[:, 0]), len(members) - 1)
    inside = members[place] == ends[:, 0]
    own = weights[inside]
    return np.searchsorted(members, ends[inside]), own / max(float(own.max(initial=0.0)), 1e-12)


def _blocks(components: Sequence[Ints], ends: Ints, weights: Floats, seed: int) -> list[Floats]:
    # A post with the two papers that it cites is laid out once, however many there are.
    known: dict[tuple[int, bytes, bytes], Floats] = {}
    blocks = []
    for members in components:
        first, last = np.searchsorted(ends[:, 0], (members[0], members[-1] + 1))
        own, strength = _within(members, ends[first:last], weights[first:last])
        shape = (len(members), own.tobytes(), strength.tobytes())
        if shape not in known:
            known[shape] = _component(len(members), own, strength, seed)
        blocks.append(known[shape])
    return blocks


def _component(count: int, ends: Ints, weights: Floats, seed: int) -> Floats:
    """Positions of one component in pixels."""
    position = _scaled(_lying(arrange(count, ends, weights, seed=seed)))
    return part(thin(position, _CROWDED), _APART, seed, comfortable=SPACING)


def _continued(former: Floats, ends: Ints, weights: Floats, seed: int) -> Floats:
    """Positions of the nodes that the map knows and of those that hang together with them."""
    known = ~np.isnan(former[:, 0])
    if known.all() and nearest_distances(former).min(initial=np.inf) >= LEAST_DISTANCE:
        return former
    middle = former[known].mean(axis=0)
    begin = _filled(former - middle, ends) / _UNIT
    position = arrange(len(former), ends, weights, seed=seed, start=begin, fixed=known) * _UNIT + middle
    position[known] = former[known]  # to the last bit
    if known.sum() < len(former) / 2:
        position = thin(position, LEAST_DISTANCE)
    return part(position, _APART_OF_ROUNDED, seed, steady=known)


def _filled(former: Floats, ends: Ints) -> Floats:
    """Former positions; a new node begins at the mean of its known neighbours, or at the origin."""
    filled = former.copy()
    both = np.r_[ends, ends[:, ::-1]]
    for _ in range(_FARTHEST_NEW):
        unknown = np.isnan(filled[:, 0])
        useful = both[unknown[both[:, 0]] & ~unknown[both[:, 1]]]
        if not len(useful):
            break
        count = np.bincount(useful[:, 0], minlength=len(filled))
        reached = count > 0
        for axis in (0, 1):
            total = np.bincount(useful[:, 0], filled[useful[:, 1], axis], len(filled))
            filled[reached, axis] = total[reached] / count[reached]
    begin: Floats = np.nan_to_num(filled)
    return begin


def _lying(position: Floats) -> Floats:
    """Turned so that the longest extent is horizontal, and widened when it is hardly longer."""
    centred = position - position.mean(axis=0)
    xx, yy = (centred * centred).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = centred.T
    turned = np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=1)
    width, height = np.sqrt((turned * turned).sum(axis=0)).tolist()
    stretch = np.sqrt(max(1.0, _ASPECT * height / width)) if width > 0 else 1.0
    lying: Floats = turned * np.array((stretch, 1 / stretch))
    return lying


def _scaled(position: Floats) -> Floats:
    """In pixels: half of the nodes have a neighbour within :data:`SPACING` unless that takes much room."""
    count = len(position)
    if count < 2:
        return position * SPACING
    low, high = np.percentile(position, (1, 99), axis=0)
    room = np.sqrt(float(np.prod(high - low)) / count)
    near = float(np.median(nearest_distances(position)))
    scaled: Floats = position * min(SPACING / max(near, 1e-3), _AREA / max(room, 1e-3))
    return scaled
