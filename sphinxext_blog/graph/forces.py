"""Where the nodes of one connected graph stand: a force-directed layout in numpy and scipy.

Bounded forces of the t-distribution kind (Zhong, Xue, Zhang, Zhang, Ban, Deussen, Wang:
*Force-Directed Graph Layouts Revisited: A New Force Based on the
t-Distribution*, IEEE TVCG 2023). Repulsion is a convolution: nodes are spread
onto a grid and the grid is convolved by FFT, as in Linderman, Rachh, Hoskins,
Steinerberger, Kluger: *Fast interpolation-based t-SNE* (Nature Methods 2019).
A step costs O(n + m + G log G) for G grid cells. The start is a smoothed
random projection of the graph, a cheap stand-in for its slowest eigenvectors.

Everything is computed in units of the ideal spacing between neighbours and is
the same in every run: the only randomness is numpy's seeded generator.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.fourier import fast_length, fftfreq, irfft2, rfft2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['arrange', 'deposit']

_SPRING = 0.1
"""Strength of the linear pull of an edge, which keeps far ends from losing each other."""
_PULL = 8.0
"""Strength of the bounded pull of an edge, which decides who sits beside whom."""
_PUSH = 1.0
"""Strength of the repulsion in large graphs: linked groups contract, and leave gaps between them."""
_PUSH_FEW = 16.0
"""Strength in small graphs, where each link should be seen: the ends of one rest about one unit apart."""
_FEW = 50
"""Up to so many nodes the second strength holds in full; from a hundred times as many, the first."""
_FRICTION = 0.6
_STEPS = 300
_EXACT = 200
"""Up to so many nodes all pairs are computed exactly: faster than the grid and smoother."""


def arrange(
    count: int,
    ends: Ints,
    weights: Floats,
    *,
    seed: int,
    start: Floats | None = None,
    fixed: NDArray[np.bool_] | None = None,
) -> Floats:
    """Lay out one connected graph.

    Groups of nodes that are linked among themselves come out dense, with gaps
    between them: the positions are good, the distances are not yet those of a
    drawing (see ``spreading``).

    :param count: number of nodes, at least 1.
    :param ends: edges as rows of two node numbers; no loops, no duplicates.
    :param weights: positive weights of the edges.
    :param start: former positions in units of the ideal spacing; the layout
        then only relaxes from there.
    :param fixed: the nodes that keep their former positions.
    :returns: positions, shape ``(count, 2)``, in units of the ideal spacing,
        centred on the origin unless some are fixed.
    """
    if count <= 3 and start is None:
        return _TINY[count].copy()
    rng = np.random.default_rng(seed)
    adjacency = _adjacency(count, ends, weights)
    degree = np.bincount(ends.ravel(), minlength=count).astype(np.float64)
    if start is None:
        position = _smoothed_projection(adjacency, rng) * np.sqrt(count) / 2
        steps, heat = _STEPS, 1.0
    else:
        position = start + rng.standard_normal(start.shape) * 1e-3
        if fixed is not None:
            position[fixed] = start[fixed]
        steps, heat = _STEPS // 4, 0.25
    return _relax(position, ends, weights, degree, steps=steps, heat=heat, fixed=fixed)


_TINY: dict[int, Floats] = {
    1: np.zeros((1, 2)),
    2: np.array([[-0.5, 0.0], [0.5, 0.0]]),
    3: np.array([[-0.5, 0.29], [0.0, -0.58], [0.5, 0.29]]),
}


def _push(count: int) -> float:
    share = np.log(max(count, _FEW) / _FEW) / np.log(100)
    return float(max(_PUSH, _PUSH_FEW * (_PUSH / _PUSH_FEW) ** share))


def _adjacency(count: int, ends: Ints, weights: Floats) -> sparse.csr_matrix:
    rows, columns = np.r_[ends[:, 0], ends[:, 1]], np.r_[ends[:, 1], ends[:, 0]]
    return sparse.csr_matrix((np.r_[weights, weights], (rows, columns)), shape=(count, count))


def _smoothed_projection(adjacency: sparse.csr_matrix, rng: np.random.Generator) -> Floats:
    """Two smooth coordinates per node, spread evenly over a square of side 1.

    Random vectors are averaged over neighbours again and again, which damps
    all but the slowest modes of the random walk; Gram-Schmidt keeps them apart
    (written out, since a threaded LAPACK need not give the same bits twice).
    """
    count = adjacency.shape[0]
    strength = np.asarray(adjacency.sum(axis=1)).ravel()
    walk = sparse.diags(1.0 / strength) @ adjacency
    mass = strength / strength.sum()
    block = rng.standard_normal((count, 2))
    for _ in range(60):
        block = 0.5 * block + 0.5 * (walk @ block)
        block -= (mass[:, None] * block).sum(axis=0)
        block[:, 0] /= _norm(block[:, 0])
        block[:, 1] -= (block[:, 0] * block[:, 1]).sum() * block[:, 0]
        block[:, 1] /= _norm(block[:, 1])
    # Ranks instead of values: a spike in the spectrum would heap nodes on one spot.
    ranks = np.argsort(np.argsort(block, axis=0, kind='stable'), axis=0, kind='stable')
    projection: Floats = (ranks + 0.5) / count - 0.5
    return projection


def _norm(vector: Floats) -> float:
    return float(np.sqrt((vector * vector).sum())) or 1.0


def _relax(
    position: Floats,
    ends: Ints,
    weights: Floats,
    degree: Floats,
    *,
    steps: int,
    heat: float,
    fixed: NDArray[np.bool_] | None,
) -> Floats:
    count = len(position)
    source, target = ends[:, 0], ends[:, 1]
    repulsion = _Pairs() if count <= _EXACT else _Grid()
    # Among nodes that stay, distances are theirs already: a new one need only not coincide with them.
    push = _PUSH if fixed is not None else _push(count)
    largest_step = max(1.0, 0.05 * np.sqrt(count))
    ease = 1.0 / (1.0 + 0.25 * degree)
    cooling = 0.001 ** (1.0 / steps)
    # Coordinates apart: sums over pairs of numbers are what numpy does slowest.
    place: Floats = np.ascontiguousarray(position.T)
    velocity = np.zeros_like(place)
    for _ in range(steps):
        force = push * repulsion(place)
        along = place[:, target] - place[:, source]
        along *= weights * (_SPRING + _PULL / (1.0 + along[0] * along[0] + along[1] * along[1]))
        for axis in (0, 1):
            force[axis] += np.bincount(source, along[axis], count)
            force[axis] -= np.bincount(target, along[axis], count)
        velocity += heat * ease * force
        velocity *= _FRICTION
        speed = np.sqrt(velocity[0] * velocity[0] + velocity[1] * velocity[1]) + 1e-12
        velocity *= np.minimum(1.0, largest_step / speed)
        if fixed is not None:
            velocity[:, fixed] = 0.0
        place += velocity
        if fixed is None:
            place -= place.mean(axis=1, keepdims=True)
        heat *= cooling
    return np.ascontiguousarray(place.T)


class _Pairs:
    """Repulsion ``d / (1 + |d|²)²`` between all pairs; positions and forces have two rows."""

    def __call__(self, position: Floats) -> Floats:
        x, y = (axis[:, None] - axis[None, :] for axis in position)
        nearness = 1.0 / (1.0 + x * x + y * y)
        nearness *= nearness
        return np.stack([(x * nearness).sum(axis=1), (y * nearness).sum(axis=1)])


@dataclass(slots=True)
class _Kernel:
    side: int
    """Cells of the grid along one axis."""
    cell: float
    padded: int
    x: NDArray[np.complex128]
    y: NDArray[np.complex128]


class _Grid:
    """The same repulsion through a grid of at most 640 x 640 cells."""

    _FINEST, _COARSEST_SIDE, _FINEST_SIDE = 0.7, 32, 640

    def __init__(self) -> None:
        self._kernel: _Kernel | None = None

    def __call__(self, position: Floats) -> Floats:
        low = position.min(axis=1, keepdims=True) - 1e-6
        span = float((position.max(axis=1, keepdims=True) - low).max()) * 1.0001 + 1e-9
        kernel = self._kernel_for(span)
        share, cells = deposit((position - low) / kernel.cell, kernel.side)
        density = np.bincount(cells.ravel(), share.ravel(), kernel.side**2).reshape(kernel.side, kernel.side)
        shape = (kernel.padded, kernel.padded)
        spectrum = rfft2(density, s=shape)
        force = np.empty_like(position)
        for axis, transform in enumerate((kernel.x, kernel.y)):
            field = irfft2(spectrum * transform, s=shape)[: kernel.side, : kernel.side].ravel()
            force[axis] = (share * field[cells]).sum(axis=0)
        return force

    def _kernel_for(self, span: float) -> _Kernel:
        wanted = fast_length(min(int(span / self._FINEST) + 2, self._FINEST_SIDE))
        side = int(np.clip(wanted, self._COARSEST_SIDE, self._FINEST_SIDE))
        cell = span / (side - 2)
        known = self._kernel
        # A kernel that is up to 2 % too wide serves: transforming it costs as much as a step.
        if known and known.side == side and known.cell >= cell and known.cell <= 1.02 * cell:
            return known
        cell *= 1.01
        padded = fast_length(2 * side)
        offset = fftfreq(padded) * padded * cell
        square = offset[:, None] ** 2 + offset[None, :] ** 2
        nearness = 1.0 / (1.0 + square) ** 2
        self._kernel = _Kernel(
            side,
            cell,
            padded,
            rfft2(offset[:, None] * nearness),
            rfft2(offset[None, :] * nearness),
        )
        return self._kernel


def deposit(scaled: Floats, side: int) -> tuple[Floats, Ints]:
    """Share every node among the four cells around it (bilinear).

    :param scaled: positions in cells of a square grid, two rows.
    :param side: cells of the grid along one axis.
    :returns: the shares, and the numbers of the cells; four rows each.
    """
    cell = scaled.astype(np.int64)
    right, down = scaled - cell
    left, up = 1.0 - right, 1.0 - down
    first = cell[0] * side + cell[1]
    share = np.stack([left * up, right * up, left * down, right * down])
    return share, np.stack([first, first + side, first + 1, first + side + 1])
