from __future__ import annotations

import numpy as np
import pytest
from scipy.spatial import cKDTree

from sphinxext_blog.graph.forces import _Grid, _Pairs, arrange


def ring(count):
    ends = np.array([(at, (at + 1) % count) for at in range(count)], dtype=np.int64)
    return np.sort(ends, axis=1), np.ones(count)


def test_a_pair_rests_one_unit_apart():
    position = arrange(2, np.array([[0, 1]]), np.ones(1), seed=1)
    assert np.linalg.norm(position[0] - position[1]) == pytest.approx(1.0)


@pytest.mark.parametrize('count', [4, 12, 400])
def test_a_layout_is_centred_and_finite(count):
    position = arrange(count, *ring(count), seed=1)
    assert position.shape == (count, 2)
    assert np.isfinite(position).all()
    assert np.abs(position.mean(axis=0)).max() < 1e-6


def test_a_ring_is_laid_out_round():
    position = arrange(12, *ring(12), seed=1)
    radius = np.linalg.norm(position, axis=1)
    assert radius.min() > 0.8 * radius.max()


def test_the_grid_repels_as_all_pairs_do():
    rng = np.random.default_rng(3)
    position = rng.standard_normal((500, 2)) * 12
    exact, approximate = _Pairs()(position.T).T, _Grid()(position.T).T
    error = np.linalg.norm(exact - approximate, axis=1).mean()
    assert error < 0.25 * np.linalg.norm(exact, axis=1).mean()


def test_repulsion_moves_nothing_as_a_whole():
    position = np.random.default_rng(3).standard_normal((50, 2))
    assert np.abs(_Pairs()(position.T).sum(axis=1)).max() < 1e-9


@pytest.mark.parametrize('count', [50, 400])
def test_two_runs_are_equal_to_the_last_bit(count):
    one, two = (arrange(count, *ring(count), seed=5) for _ in range(2))
    assert (one == two).all()


def test_a_start_is_only_relaxed():
    first = arrange(30, *ring(30), seed=1)
    again = arrange(30, *ring(30), seed=1, start=first)
    assert np.linalg.norm(again - first, axis=1).max() < 0.5


def test_fixed_nodes_stay_to_the_last_bit_and_others_find_their_place():
    first = arrange(30, *ring(30), seed=1)
    start, fixed = first.copy(), np.ones(30, dtype=bool)
    start[7], fixed[7] = 0.0, False
    again = arrange(30, *ring(30), seed=1, start=start, fixed=fixed)
    assert (again[fixed] == first[fixed]).all()
    assert np.linalg.norm(again[7] - first[[6, 8]].mean(axis=0)) < np.linalg.norm(first[7]) / 2


def test_groups_come_out_apart():
    rng = np.random.default_rng(1)
    group = np.repeat(np.arange(10), 60)
    pairs = {tuple(sorted(60 * at + rng.integers(0, 60, 2))) for at in range(10) for _ in range(200)}
    pairs |= {tuple(sorted(rng.integers(0, 600, 2))) for _ in range(150)}
    ends = np.array(sorted((int(one), int(two)) for one, two in pairs if one != two))
    position = arrange(600, ends, np.ones(len(ends)), seed=1)
    near = cKDTree(position).query(position, k=9)[1][:, 1:]
    assert (group[near] == group[:, None]).mean() > 0.9
