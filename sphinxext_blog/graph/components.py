"""Pack the components of a graph tightly around the largest one.

A simple relative of polyomino packing (Freivalds, Dogrusoz, Kikusts:
*Disconnected graph layout and the polyomino packing approach*, GD 2001): on a
grid the largest component occupies the cells that its nodes and edges really
cover, so that small ones can nestle in its bays; every other one is a
rectangle, largest first, at the free place nearest to the centre. Nodes
without edges fill what is left.
"""

from __future__ import annotations

from math import ceil
from typing import TYPE_CHECKING

import numpy as np
from scipy import ndimage

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    Floats = NDArray[np.float64]
    Ints = NDArray[np.int64]

__all__ = ['pack']

_CHUNK = 256
_MOST_POINTS = 500_000
"""Points on edges that are looked at to find the cells that they cover."""


def pack(
    blocks: Sequence[Floats],
    targets: Sequence[tuple[float, float] | None],
    main_edges: Ints,
    *,
    cell: tuple[float, float],
) -> list[Floats]:
    """Move every block to its place.

    :param blocks: positions of the nodes of each component, largest component first.
    :param targets: where the middle of a component should be, if anywhere; else the origin.
    :param main_edges: edges of the first block, as rows of two of its rows.
    :param cell: width and height of a grid cell in the unit of the positions: the room of one node
        and its label. The map becomes as much wider than high as a cell is.
    :returns: the blocks, moved; any nodes of two blocks are at least one cell's
        width apart horizontally or its height vertically.
    """
    field = _Field()
    side = np.array(cell)
    placed: list[Floats] = []
    for block, target in zip(blocks, targets, strict=True):
        low, high = block.min(axis=0), block.max(axis=0)
        middle = (low + high) / 2
        aim = np.zeros(2) if target is None else np.array(target)
        if not placed:
            moved = block - middle + aim
            field.cover(moved / side, main_edges)
        else:
            width, height = (ceil(cells) + 1 for cells in ((high - low) / side).tolist())
            column, row = field.take(width, height, aim / side)
            moved = block - middle + np.array([column + width / 2, row + height / 2]) * side
        placed.append(moved)
    return placed


class _Field:
    """An unbounded grid of cells that are free or taken."""

    def __init__(self) -> None:
        self._reach = 0
        self._taken = np.zeros((0, 0), dtype=bool)  # [column + reach, row + reach]
        self._offsets: Ints = np.zeros((0, 2), dtype=np.int64)
        self._tried: dict[tuple[int, int, int, int], int] = {}
        self._grow(32)

    def _grow(self, reach: int) -> None:
        """Make room for all cells with coordinates in ``[-reach, reach)``."""
        taken = np.zeros((2 * reach, 2 * reach), dtype=bool)
        before, self._reach = self._reach, reach
        taken[reach - before : reach + before, reach - before : reach + before] = self._taken
        self._taken = taken

    def cover(self, position: Floats, edges: Ints) -> None:
        """Take all cells near the nodes and edges of a drawing, and those they enclose.

        :param position: in cells.
        """
        points = [position]
        one, two = position[edges[:, 0]], position[edges[:, 1]]
        length = np.hypot(*(two - one).T)
        # Where there are so many, every few of them cover the same cells.
        some = slice(None, None, ceil(2 * float(length.sum()) / _MOST_POINTS) or 1)
        one, two, length = one[some], two[some], length[some]
        for part in range(1, ceil(2 * float(length.max(initial=0.0)))):
            along = length * 2 > part  # two points a cell
            share = (part / (length[along] * 2))[:, None]
            points.append(one[along] * (1 - share) + two[along] * share)
        drawn = np.concatenate(points)
        while self._reach < np.abs(drawn).max() + 4:
            self._grow(2 * self._reach)
        for shift in ((-0.5, -0.5), (-0.5, 0.5), (0.5, -0.5), (0.5, 0.5)):
            columns, rows = (np.floor(drawn + shift).astype(np.int64) + self._reach).T
            self._taken[columns, rows] = True
        self._taken = ndimage.binary_fill_holes(ndimage.binary_dilation(self._taken))

    def take(self, width: int, height: int, aim: Floats) -> tuple[int, int]:
        """Find the free rectangle nearest to a point, and take it.

        :returns: column and row of its first cell.
        """
        column, row = (round(float(a) - side / 2) for a, side in zip(aim, (width, height), strict=True))
        # Cells only ever fill up: what was in the way of this shape at this place still is.
        shape = (width, height, column, row)
        tried = self._tried.get(shape, 0)
        while True:
            offsets = self._spiral(tried + _CHUNK)[tried : tried + _CHUNK]
            columns, rows = offsets[:, 0] + column, offsets[:, 1] + row
            free = np.flatnonzero(self._free(columns, rows, width, height))
            if len(free):
                break
            tried += _CHUNK
        first = int(free[0])
        self._tried[shape] = tried + first
        column, row = int(columns[first]), int(rows[first])
        left, top = column + self._reach, row + self._reach
        self._taken[left : left + width, top : top + height] = True
        return column, row

    def _free(self, columns: Ints, rows: Ints, width: int, height: int) -> NDArray[np.bool_]:
        farthest = int(max(np.abs(columns).max() + width, np.abs(rows).max() + height))
        while self._reach < farthest + 1:
            self._grow(2 * self._reach)
        taken = np.zeros(len(columns), dtype=bool)
        for right in range(width):
            for down in range(height):
                taken |= self._taken[columns + self._reach + right, rows + self._reach + down]
        return ~taken

    def _spiral(self, count: int) -> Ints:
        """At least ``count`` offsets from a cell, nearest first."""
        if len(self._offsets) < count:
            radius = ceil(np.sqrt(2 * count)) + 8
            side = np.arange(-radius, radius + 1)
            offsets = np.stack(np.meshgrid(side, side, indexing='ij'), axis=-1).reshape(-1, 2)
            distance = (offsets * offsets).sum(axis=1)
            # Beyond this the square has corners but lacks what lies between them.
            complete = distance <= radius**2
            order = np.lexsort((offsets[:, 1], offsets[:, 0], distance))
            self._offsets = offsets[order[complete[order]]]
        return self._offsets
