from __future__ import annotations

import subprocess
import sys

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph.fourier import fast_length, irfft2, rfft2


def smooth(number):
    for prime in (2, 3, 5):
        while number % prime == 0:
            number //= prime
    return number == 1


def test_the_length_is_the_next_without_large_factors():
    smooths = [number for number in range(1, 3000) if smooth(number)]
    for least in range(1, 2500):
        assert fast_length(least) == next(number for number in smooths if number >= least)


@given(st.integers(1, 1 << 20))
def test_no_length_is_far(least):
    assert least <= fast_length(least) <= 1.2 * least + 2
    assert smooth(fast_length(least))


def test_a_length_beyond_any_map_is_refused():
    with pytest.raises(ValueError, match='larger than any map'):
        fast_length(10**9)


def test_what_is_transformed_comes_back():
    values = np.random.default_rng(1).normal(size=(12, 20))
    assert np.allclose(irfft2(rfft2(values), s=values.shape), values)


def test_no_pool_of_threads_is_loaded_that_forks_would_wait_for():
    code = (
        'import sys, sphinxext_blog.graph.layout, sphinxext_blog.graph.topics, sphinxext_blog.graph.related\n'
        'print([name for name in sys.modules if name.startswith("scipy.fft")])'
    )
    done = subprocess.run([sys.executable, '-c', code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == '[]'
