from __future__ import annotations

import sys

import joblib
import pytest

from sphinxext_blog.graph.parallel import spread


def squares(offset, rows):
    return [offset + row * row for row in rows]


@pytest.mark.parametrize('rows', [0, 1, 255, 256, 1000])
@pytest.mark.parametrize('block', [1, 7, 256])
def test_all_rows_in_order(rows, block):
    assert spread(squares, 3, rows, block=block) == [3 + row * row for row in range(rows)]


def test_without_joblib_the_work_is_done_here(monkeypatch):
    monkeypatch.setitem(sys.modules, 'joblib', None)
    assert spread(squares, 0, 600) == [row * row for row in range(600)]


def test_joblib_makes_the_same_of_it():
    with joblib.parallel_config(backend='threading', n_jobs=2):
        assert spread(squares, 0, 600) == [row * row for row in range(600)]
