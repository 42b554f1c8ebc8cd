from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.graph import components
from sphinxext_blog.graph.components import pack

NO_EDGES = np.zeros((0, 2), dtype=np.int64)
CELL = (3.0, 2.0)


def block(width, height):
    """The corners of a rectangle that is so many cells wide and high."""
    return np.array(
        [(0.0, 0.0), (width * CELL[0], 0.0), (0.0, height * CELL[1]), (width * CELL[0], height * CELL[1])]
    )


def apart(one, two):
    """Whether all nodes of two blocks are a cell apart in one direction at least."""
    across = np.abs(one[:, None, :] - two[None, :, :])
    return ((across[..., 0] >= CELL[0] - 1e-9) | (across[..., 1] >= CELL[1] - 1e-9)).all()


def overlap(one, two):
    """Whether the rectangles around two blocks overlap."""
    return bool(
        (np.minimum(one.max(axis=0), two.max(axis=0)) > np.maximum(one.min(axis=0), two.min(axis=0))).all()
    )


def test_one_block_is_centred():
    (placed,) = pack([block(2, 4)], [None], NO_EDGES, cell=CELL)
    assert np.allclose(placed.mean(axis=0), 0)


def test_shapes_are_kept():
    blocks = [block(5, 5), block(1, 3), np.zeros((1, 2))]
    for before, after in zip(blocks, pack(blocks, [None] * 3, NO_EDGES, cell=CELL), strict=True):
        assert np.allclose(before - before[0], after - after[0])


@given(
    st.lists(st.tuples(st.integers(0, 6), st.integers(0, 6)), min_size=1, max_size=12),
    st.lists(st.none() | st.tuples(st.floats(-50, 50), st.floats(-50, 50)), min_size=12, max_size=12),
)
@settings(max_examples=60)
def test_blocks_never_come_near_each_other(sizes, targets):
    placed = pack([block(*size) for size in sizes], targets[: len(sizes)], NO_EDGES, cell=CELL)
    for at, one in enumerate(placed):
        for two in placed[at + 1 :]:
            assert apart(one, two)
            assert at == 0 or not overlap(one, two)


def test_a_hundred_single_nodes_fill_a_disc():
    placed = np.concatenate(pack([np.zeros((1, 2))] * 100, [None] * 100, NO_EDGES, cell=CELL))
    width, height = (placed.max(axis=0) - placed.min(axis=0)) / CELL
    assert max(width, height) <= 14
    assert len(np.unique(placed, axis=0)) == 100


def test_nothing_stands_on_an_edge_of_the_main_block():
    main = np.array([(-30.0, 0.0), (30.0, 0.0)])
    placed = pack([main, *[np.zeros((1, 2))] * 20], [None] * 21, np.array([[0, 1]]), cell=CELL)
    for single in placed[1:]:
        x, y = single[0]
        assert abs(x) > 30 or abs(y) >= CELL[1] / 2


def test_nothing_stands_inside_a_ring():
    angle = np.linspace(0, 2 * np.pi, 40, endpoint=False)
    ring = np.stack([30 * np.cos(angle), 30 * np.sin(angle)], axis=1)
    edges = np.array([(at, (at + 1) % 40) for at in range(40)])
    placed = pack([ring, *[np.zeros((1, 2))] * 10], [None] * 11, edges, cell=CELL)
    assert all(np.linalg.norm(single[0]) > 30 for single in placed[1:])


def test_a_block_stands_where_it_is_wanted_when_there_is_room():
    placed = pack([block(2, 2), np.zeros((1, 2))], [None, (300.0, -200.0)], NO_EDGES, cell=CELL)
    assert np.abs(placed[1][0] - (300.0, -200.0)).max() <= max(CELL)


@pytest.mark.parametrize('count', [5000])
def test_thousands_of_single_nodes_are_quick(count):
    placed = np.concatenate(pack([np.zeros((1, 2))] * count, [None] * count, NO_EDGES, cell=CELL))
    assert len(np.unique(placed, axis=0)) == count


def test_of_very_many_edges_some_tell_where_the_drawing_is(monkeypatch):
    rng = np.random.default_rng(1)
    main = rng.uniform(-60, 60, (300, 2))
    edges = rng.integers(0, 300, (6000, 2))
    blocks = [main, *[np.zeros((1, 2))] * 30]
    monkeypatch.setattr(components, '_MOST_POINTS', 20_000)
    placed = pack(blocks, [None] * 31, edges, cell=CELL)
    assert all(np.abs(single[0]).max() > 55 for single in placed[1:])
