"""The few posts that span the rest: where to start.

The rows of a post–term matrix are approximated by combinations of a few of
them, an interpolative decomposition (Cheng, Gimbutas, Martinsson, Rokhlin: *On
the compression of low rank matrices*, SIAM J. Sci. Comput. 2005). Pivoted QR, as
in ``scipy.linalg.interpolative``, takes the row that is least explained, and so
the outliers first; here each step takes the row that explains most of what is
left of all rows: greedy column subset selection (Farahat, Ghodsi, Kamel: *An
efficient greedy method for unsupervised feature selection*, ICDM 2011), which
works on the matrix of cosines alone.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray
    from scipy import sparse

    Floats = NDArray[np.float64]

__all__ = ['LARGEST', 'skeleton']

LARGEST = 3000
"""Rows that are looked at; the matrix of cosines has their square."""
_LEFT = 1e-9
"""Share of a row below which it counts as explained."""


def skeleton(
    rows: sparse.csr_matrix, count: int, *, least: float = 0.0
) -> tuple[list[int], list[NDArray[np.int64]]]:
    """The rows that span the others, the one that explains most first.

    The cost is quadratic in the number of rows, in time for each row that is taken, and in memory.

    :param rows: one a post, of length 1 (or 0: a post without terms is never taken).
    :param count: how many are wanted.
    :param least: no row is taken that explains less than this share of all, in [0, 1].
    :return: their numbers, fewer when fewer explain everything; and for each the numbers of the other
        rows that are nearest to it among those taken, nearest first. Of equal rows the first is taken.
    :raises ValueError: when there are more than :data:`LARGEST` rows.
    """
    number = rows.shape[0]
    if number > LARGEST:
        raise ValueError(f'more than {LARGEST} rows: {number}')
    cosines: Floats = (rows @ rows.T).toarray()
    whole = cosines.diagonal().copy()
    left = whole.copy()
    explained = np.square(cosines).sum(axis=0)
    taken: list[int] = []
    factors = np.zeros((0, number))
    total = whole.sum()
    while len(taken) < min(count, number):
        open_rows = left > _LEFT * np.maximum(whole, _LEFT)
        gains = np.where(open_rows, explained / np.where(open_rows, left, 1.0), -1.0)
        # Sums in another order differ in their last bits: what is nearly equal is equal.
        best = int(np.argmax(gains >= gains.max() * (1 - 1e-9)))
        if gains[best] <= max(least * total, 0.0):
            break
        column = cosines[:, best] - factors.T @ factors[:, best]
        step = column / np.sqrt(column[best])
        rest = cosines @ step - factors.T @ (factors @ step)
        explained = np.maximum(explained - 2 * step * rest + (step @ step) * np.square(step), 0.0)
        left = np.maximum(left - np.square(step), 0.0)
        factors = np.vstack([factors, step])
        taken.append(best)
    return taken, _nearest(cosines, taken)


def _nearest(cosines: Floats, taken: list[int]) -> list[NDArray[np.int64]]:
    """For each of the rows taken, the others that are nearer to it than to the rest of those taken."""
    if not taken:
        return []
    near = cosines[:, taken]
    owner = near.argmax(axis=1)
    owner[near.max(axis=1) <= 0] = -1
    owner[taken] = -1
    groups = []
    for place, row in enumerate(taken):
        members = np.flatnonzero(owner == place)
        groups.append(members[np.argsort(-cosines[members, row], kind='stable')])
    return groups
