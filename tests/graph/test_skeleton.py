"""The skeleton of a corpus: few posts from which the others can be told."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from sphinxext_blog.graph.skeleton import LARGEST, skeleton


def unit(rows):
    matrix = np.array(rows, dtype=float)
    lengths = np.linalg.norm(matrix, axis=1, keepdims=True)
    return matrix / np.where(lengths, lengths, 1)


def left_by(rows, taken):
    """What the best combinations of some rows leave of all: the squared Frobenius norm."""
    if not taken:
        return float((rows**2).sum())
    basis = rows[taken]
    solution = np.linalg.lstsq(basis.T, rows.T, rcond=None)[0]
    return float(((rows.T - basis.T @ solution) ** 2).sum())


def test_two_subjects_have_a_skeleton_of_two_and_outliers_wait():
    rows = unit(
        [[3, 1, 0, 0, 0], [2, 2, 0, 0, 0], [3, 0, 1, 0, 0], [0, 0, 0, 4, 1], [0, 0, 0, 3, 0], [0, 0, 0, 0, 1]]
    )
    taken, near = skeleton(sparse.csr_matrix(rows), 2)
    assert taken[0] in {0, 1, 2}
    assert taken[1] in {3, 4}
    assert {taken[0], *near[0]} == {0, 1, 2}
    assert {taken[1], *near[1]} == {3, 4, 5}


def test_what_is_explained_is_not_taken():
    rows = unit([[1, 0], [1, 0], [0, 0], [1, 0]])
    taken, near = skeleton(sparse.csr_matrix(rows), 4)
    assert taken == [0]
    assert near[0].tolist() == [1, 3]


def test_a_row_that_explains_too_little_is_not_taken():
    rows = unit([[1, 0]] * 9 + [[0, 1]])
    assert skeleton(sparse.csr_matrix(rows), 2, least=0.2)[0] == [0]
    assert skeleton(sparse.csr_matrix(rows), 2, least=0.05)[0] == [0, 9]


def test_the_number_of_rows_is_bounded():
    with pytest.raises(ValueError, match=str(LARGEST)):
        skeleton(sparse.csr_matrix((LARGEST + 1, 1)), 1)


small = st.lists(st.lists(st.integers(0, 4), min_size=4, max_size=4), min_size=1, max_size=7)


@given(small, st.integers(0, 7))
def test_each_step_takes_a_row_that_leaves_least(rows, count):
    rows = unit(rows)
    taken, _near = skeleton(sparse.csr_matrix(rows), count)
    assert len(set(taken)) == len(taken) <= count
    for step in range(len(taken)):
        options = [left_by(rows, [*taken[:step], other]) for other in range(len(rows)) if rows[other].any()]
        assert left_by(rows, taken[: step + 1]) == pytest.approx(min(options), abs=1e-6)
    if len(taken) < count:
        assert left_by(rows, taken) == pytest.approx(0, abs=1e-6)


@given(small)
def test_every_row_is_near_to_one_at_most(rows):
    taken, near = skeleton(sparse.csr_matrix(unit(rows)), 3)
    members = [row for group in near for row in group.tolist()]
    assert len(set(members)) == len(members)
    assert not set(members) & set(taken)
