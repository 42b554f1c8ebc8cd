"""Give every node of a layout its room: no two too near, and groups still groups.

Forces make groups of linked nodes far denser than a drawing can be. Two steps
mend that without mixing the groups:

:func:`thin` makes room where it is crowded, as density-equalising maps do
(Gastner, Newman: *Diffusion-based method for producing density-equalizing
maps*, PNAS 2004). Not by diffusion, though, which would blur the gaps between
groups too, but by a flow whose sources are the crowded places alone: between
them it is incompressible, so that the rest moves aside as a whole.

:func:`part` then pushes single pairs apart (found by a k-d tree), which also
settles what the grid of the first step can't see.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
from scipy import ndimage
from scipy.spatial import cKDTree

from sphinxext_blog.graph.forces import deposit
from sphinxext_blog.graph.fourier import fast_length, fftfreq, irfft2, rfft2

if TYPE_CHECKING:
    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['nearest_distances', 'part', 'thin']

_FULL = 0.55
"""Nodes in a square of the least distance that are no crowd; a hexagonal packing holds 1.15."""
_FLOWS = 15
_RATE = 0.5
"""Part of the surplus, as a logarithm, that one flow takes away: more would overshoot."""
_CROWDED = 0.05
"""Mean surplus of the nodes at which the flow ends."""
_LEAST_SIDE, _MOST_SIDE = 32, 640
_BORDER = 3
"""Cells around the nodes that are left free: the density is smoothed across so many."""
_ROUNDS = 100
_STEADY = 0.05
"""How far a steady node gives way, by the way of one that isn't."""
_YIELDING = 30
"""Rounds after which steady nodes give way like all others."""
_COMFORTING = 15
"""Rounds that try for the comfortable distance."""
_ROUNDED = 0.5
"""Pixels by which two steady nodes may be too near: they were rounded, and shall not tremble for that."""


def nearest_distances(position: Floats) -> Floats:
    """Distance of each node to its nearest neighbour; infinite for a single one."""
    distance: Floats = np.asarray(cKDTree(position).query(position, k=2)[0])[:, 1]
    return distance


def thin(position: Floats, least: float) -> Floats:
    """Enlarge the crowded places and move the rest aside, neighbours staying neighbours.

    :param least: the distance that any two nodes will have at least.
    :returns: positions at which few places are so dense that the distance can't be had.
    """
    position = position.copy()
    kernel: tuple[int, NDArray[np.complex128], NDArray[np.complex128]] | None = None
    for _ in range(_FLOWS):
        low = position.min(axis=0)
        span = max(float((position.max(axis=0) - low).max()), least)
        wanted = fast_length(min(int(span / least) + 2 * _BORDER + 2, _MOST_SIDE))
        side = int(np.clip(wanted, _LEAST_SIDE, _MOST_SIDE))
        cell = span / (side - 2 * _BORDER - 1)
        share, cells = deposit(((position - low) / cell + _BORDER).T, side)
        density = np.bincount(cells.ravel(), share.ravel(), side**2).reshape(side, side)
        surplus = np.log(np.maximum(_smoothed(density) * (least / cell) ** 2 / _FULL, 1.0))
        if (surplus * density).sum() < _CROWDED * len(position):
            break
        if kernel is None or kernel[0] != side:
            kernel = (side, *_flow_kernel(side))
        shape = (2 * side, 2 * side)
        spectrum = rfft2(surplus * _RATE, s=shape)
        for axis, transform in enumerate(kernel[1:]):
            flow = irfft2(spectrum * transform, s=shape)[:side, :side].ravel()
            position[:, axis] += cell * (share * flow[cells]).sum(axis=0)
    return position


def _smoothed(density: NDArray[Any]) -> Floats:
    smoothed: Floats = ndimage.gaussian_filter(density.astype(np.float64), 1.0, mode='constant')
    return smoothed


def _flow_kernel(side: int) -> tuple[NDArray[np.complex128], NDArray[np.complex128]]:
    """Spectrum of the flow from a source of divergence 1, ``d / (2π |d|²)``, in cells."""
    offset = fftfreq(2 * side) * (2 * side)
    square = offset[:, None] ** 2 + offset[None, :] ** 2
    square[0, 0] = np.inf
    inverse = 1.0 / (2.0 * np.pi * square)
    return rfft2(offset[:, None] * inverse), rfft2(offset[None, :] * inverse)


def part(
    position: Floats,
    least: float,
    seed: int,
    *,
    comfortable: float = 0.0,
    steady: NDArray[np.bool_] | None = None,
) -> Floats:
    """Push nodes apart until no two are nearer than a distance.

    Pairs that are too near share the way that is missing. Should rounds run
    out, the whole drawing is enlarged.

    :param comfortable: a greater distance, which is tried first and may not be had everywhere.
    :param steady: the nodes that leave the way to others as far as these can take it,
        and that may be half a pixel nearer to each other.
    """
    if len(position) < 2:
        return position
    rng = np.random.default_rng(seed)
    mobility = None if steady is None else np.where(steady, _STEADY, 1.0)
    for number in range(_ROUNDS):
        wanted = max(least, comfortable) if number < _COMFORTING else least
        pairs = cKDTree(position).query_pairs(wanted, output_type='ndarray')
        if steady is not None:
            gap = position[pairs[:, 0]] - position[pairs[:, 1]]
            enough = np.hypot(gap[:, 0], gap[:, 1]) >= least - _ROUNDED
            pairs = pairs[~(enough & steady[pairs].all(axis=1))]
        if not len(pairs):
            return position
        pairs = pairs[np.lexsort((pairs[:, 1], pairs[:, 0]))]
        one, two = pairs.T
        along = position[one] - position[two]
        distance = np.hypot(along[:, 0], along[:, 1])
        alike = distance < 1e-6
        along[alike] = rng.standard_normal((int(alike.sum()), 2))
        distance[alike] = np.hypot(along[alike, 0], along[alike, 1])
        way = np.where(alike, wanted, wanted - distance) * 1.1 / distance
        if mobility is None or number >= _YIELDING:
            left = right = np.full(len(pairs), 0.5)
        else:
            left = mobility[one] / (mobility[one] + mobility[two])
            right = 1.0 - left
        crowd = np.sqrt(np.bincount(pairs.ravel(), minlength=len(position)).clip(1))
        position = position.copy()
        for axis in (0, 1):
            shift = along[:, axis] * way
            total = np.bincount(one, shift * left, len(position))
            total -= np.bincount(two, shift * right, len(position))
            position[:, axis] += total / crowd
    if steady is not None:
        least -= _ROUNDED
    closest = float(nearest_distances(position).min())
    return position * max(1.0, least / max(closest, 0.1 * least))
