"""Where the graph page draws the nodes, computed once at build time.

:func:`place` lays out every connected component by its forces, brings it to
pixels, pushes overlapping nodes apart and packs the components, so that no
post without links is flung off the map.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

from sphinxext_blog.graph.components import pack
from sphinxext_blog.graph.forces import arrange
from sphinxext_blog.graph.measures import projection

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['LEAST_DISTANCE', 'place']

SPACING = 64.0
"""Pixels at zoom 1 between a node and its nearest neighbour, typically."""
LEAST_DISTANCE = 44.0
"""Pixels at zoom 1 that any two nodes are apart at least: nodes have radii of 10 to 30."""
SEED = 20100101
_FARTHEST_NEW = 50
"""Links between a new node and the nearest known one; beyond that it begins at the centre."""


def place(
    graph: nx.MultiDiGraph, *, seed: int = SEED, start: Mapping[str, tuple[float, float]] | None = None
) -> None:
    """Write ``x`` and ``y`` onto every node: pixels at zoom 1, one decimal, centred on the origin.

    The same graph, seed and start give the same numbers. With ``start`` the
    map stays recognisable when posts are added.

    :param start: node id -> former position in pixels; nodes it does not know
        begin beside their known neighbours.
    """
    names = list(graph)
    if not names:
        return
    simple = projection(graph)
    former = _former(names, start or {})
    components = sorted(map(sorted, nx.connected_components(simple)), key=lambda part: (-len(part), part[0]))
    edges = [_edges(simple, members) for members in components]
    # A post with the two papers that it cites is laid out once, however many there are.
    known: dict[tuple[int, bytes, bytes], Floats] = {}
    blocks = []
    for members, (ends, weights) in zip(components, edges, strict=True):
        if not np.isnan(former[members]).all():
            blocks.append(_component(ends, weights, former[members], seed))
            continue
        shape = (len(members), ends.tobytes(), weights.tobytes())
        if shape not in known:
            known[shape] = _component(ends, weights, former[members], seed)
        blocks.append(known[shape])
    targets = [_centre(former[members]) for members in components]
    position = np.zeros((len(names), 2))
    for members, placed in zip(
        components, pack(blocks, targets, edges[0][0], cell=(1.5 * SPACING, SPACING)), strict=True
    ):
        position[members] = placed
    position -= (position.max(axis=0) + position.min(axis=0)) / 2
    for name, (x, y) in zip(names, position.tolist(), strict=True):
        graph.nodes[name]['x'] = round(x, 1) + 0.0  # no -0.0
        graph.nodes[name]['y'] = round(y, 1) + 0.0


def _former(names: Sequence[str], start: Mapping[str, tuple[float, float]]) -> Floats:
    unknown = (np.nan, np.nan)
    former = np.array([start.get(name, unknown) for name in names], dtype=np.float64)
    former[~np.isfinite(former).all(axis=1)] = np.nan
    return former


def _centre(former: Floats) -> tuple[float, float] | None:
    if np.isnan(former[:, 0]).all():
        return None
    x, y = np.nanmean(former, axis=0).tolist()
    return (x, y)


def _edges(simple: nx.Graph, members: Sequence[int]) -> tuple[Ints, Floats]:
    """Edges among the members, as rows of two places in ``members``, and their weights."""
    number = {node: index for index, node in enumerate(members)}
    edges = sorted(
        (number[node], number[neighbour], data['weight'])
        for node in members
        for neighbour, data in simple.adj[node].items()
        if node < neighbour
    )
    ends = np.array([edge[:2] for edge in edges], dtype=np.int64).reshape(-1, 2)
    # Weights differ by a factor of a hundred; forces must not, or weak links are as good as none.
    weights = np.sqrt(np.array([edge[2] for edge in edges], dtype=np.float64))
    return ends, weights / max(float(weights.max(initial=0.0)), 1e-12)


def _component(ends: Ints, weights: Floats, former: Floats, seed: int) -> Floats:
    """Positions of one component in pixels."""
    count = len(former)
    if count > 3 and not np.isnan(former).all():
        begin = _filled(former, ends) / SPACING
        position = arrange(count, ends, weights, seed=seed, start=begin)
    else:
        position = _lying(arrange(count, ends, weights, seed=seed))
    return _apart(_scaled(position), seed)


def _filled(former: Floats, ends: Ints) -> Floats:
    """Former positions; a new node begins at the mean of its known neighbours, or at the centre."""
    filled = former - np.nanmean(former, axis=0)
    for _ in range(_FARTHEST_NEW):
        unknown = np.isnan(filled[:, 0])
        both = np.r_[ends, ends[:, ::-1]]
        useful = both[unknown[both[:, 0]] & ~unknown[both[:, 1]]]
        if not len(useful):
            break
        count = np.bincount(useful[:, 0], minlength=len(filled))
        for axis in (0, 1):
            total = np.bincount(useful[:, 0], filled[useful[:, 1], axis], len(filled))
            reached = count > 0
            filled[reached, axis] = total[reached] / count[reached]
    begin: Floats = np.nan_to_num(filled)
    return begin


def _lying(position: Floats) -> Floats:
    """Turned so that the longest extent is horizontal, as screens are."""
    centred = position - position.mean(axis=0)
    xx, yy = (centred * centred).sum(axis=0)
    xy = (centred[:, 0] * centred[:, 1]).sum()
    angle = 0.5 * np.arctan2(2 * xy, xx - yy)
    cosine, sine = np.cos(angle), np.sin(angle)
    x, y = centred.T
    return np.stack([cosine * x + sine * y, cosine * y - sine * x], axis=1)


def _scaled(position: Floats) -> Floats:
    """In pixels: half of the nodes have their nearest neighbour farther than :data:`SPACING`."""
    if len(position) < 2:
        return position * SPACING
    return position * (SPACING / max(float(np.median(_nearest(position))), 1e-3))


def _nearest(position: Floats) -> Floats:
    """Distance of each node to its nearest neighbour."""
    distance: Floats = np.asarray(cKDTree(position).query(position, k=2)[0])[:, 1]
    return distance


def _apart(position: Floats, seed: int) -> Floats:
    """Push nodes apart until no two are nearer than :data:`LEAST_DISTANCE`.

    Pairs that are too near share the way that is missing. Should rounds run
    out, the whole component is enlarged.
    """
    wanted = LEAST_DISTANCE + 0.5  # rounding to one decimal takes up to 0.15
    rng = np.random.default_rng(seed)
    for _ in range(100):
        pairs = cKDTree(position).query_pairs(wanted, output_type='ndarray')
        if not len(pairs):
            return position
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        along = position[pairs[:, 0]] - position[pairs[:, 1]]
        distance = np.sqrt((along * along).sum(axis=1))
        alike = distance < 1e-6
        along[alike] = rng.standard_normal((int(alike.sum()), 2))
        distance[alike] = np.sqrt((along[alike] * along[alike]).sum(axis=1))
        way = np.where(alike, wanted, wanted - distance) * 0.55 / distance
        shift = along * way[:, None]
        crowd = np.sqrt(np.bincount(pairs.ravel(), minlength=len(position)).clip(1))
        position = position.copy()
        for axis in (0, 1):
            total = np.bincount(pairs[:, 0], shift[:, axis], len(position))
            total -= np.bincount(pairs[:, 1], shift[:, axis], len(position))
            position[:, axis] += total / crowd
    return position * max(1.0, wanted / max(float(_nearest(position).min()), 0.1 * wanted))
