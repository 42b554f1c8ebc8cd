from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree
from scipy.spatial.distance import pdist

from sphinxext_blog.graph.spreading import nearest_distances, part, thin

LEAST = 44.0


def crowds(count=400, gap=3000.0):
    """Two crowds with a gap between them, and which of them each node is in."""
    rng = np.random.default_rng(2)
    position = rng.standard_normal((2 * count, 2)) * 100
    position[count:, 0] += gap
    return position, np.repeat([0, 1], count)


def crowding(position):
    """The largest number of nodes that stand within the least distance of one."""
    tree = cKDTree(position)
    return max(len(near) for near in tree.query_ball_point(position, LEAST))


def test_the_nearest_distance_is_that_to_another_node():
    assert nearest_distances(np.array([(0.0, 0.0), (3.0, 4.0), (3.0, 5.0)])).tolist() == [5.0, 1.0, 1.0]


def test_a_crowd_gets_room():
    position, _ = crowds()
    assert crowding(thin(position, LEAST)) < crowding(position) / 3


def test_crowds_grow_into_no_other():
    position, group = crowds()
    placed = thin(position, LEAST)
    near = cKDTree(placed).query(placed, k=9)[1][:, 1:]
    assert (group[near] == group[:, None]).all()


def test_neighbours_stay_neighbours():
    position, _ = crowds()
    before, after = (cKDTree(p).query(p, k=9)[1][:, 1:] for p in (position, thin(position, LEAST)))
    kept = [len(set(one) & set(two)) / 8 for one, two in zip(before.tolist(), after.tolist(), strict=True)]
    assert np.mean(kept) > 0.7


def test_where_there_is_room_nothing_moves():
    grid = np.stack(np.meshgrid(np.arange(20.0), np.arange(20.0)), axis=-1).reshape(-1, 2) * 100
    assert (thin(grid, LEAST) == grid).all()
    assert (part(grid, LEAST, 1) == grid).all()


@pytest.mark.parametrize(
    'position',
    [
        np.zeros((1, 2)),
        np.zeros((2, 2)),
        np.zeros((300, 2)),
        np.stack([np.arange(200.0), np.zeros(200)], axis=1),
        np.array([(0.0, 0.0), (1e-9, 0.0), (1e6, 1e6)]),
        crowds()[0],
    ],
    ids=['one', 'two on a spot', 'many on a spot', 'a line', 'far', 'crowds'],
)
def test_in_the_end_no_two_are_near(position):
    placed = part(thin(position, LEAST), LEAST, 1)
    assert np.isfinite(placed).all()
    assert len(placed) < 2 or pdist(placed).min() >= LEAST - 1e-9


def test_where_there_is_room_nodes_are_comfortable():
    position = thin(crowds()[0], 56.0)
    placed = part(position, LEAST, 1, comfortable=64.0)
    assert np.median(nearest_distances(placed)) > 60
    assert nearest_distances(placed).min() >= LEAST


def test_a_steady_node_leaves_the_way_to_others():
    position = np.array([(0.0, 0.0), (10.0, 0.0)])
    placed = part(position, LEAST, 1, steady=np.array([True, False]))
    moved = np.abs(placed - position).max(axis=1)
    assert moved[0] < 0.1 * moved[1]
    assert pdist(placed).min() >= LEAST


def test_steady_nodes_on_one_spot_give_way_all_the_same():
    placed = part(np.zeros((40, 2)), LEAST, 1, steady=np.full(40, True))
    assert pdist(placed).min() >= LEAST - 0.5


def test_two_runs_are_equal_to_the_last_bit():
    position, _ = crowds()
    one, two = (part(thin(position, LEAST), LEAST, 5) for _ in range(2))
    assert (one == two).all()
