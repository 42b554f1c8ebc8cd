"""Fourier transforms of the layout, by NumPy.

Not by ``scipy.fft``: that keeps a pool of threads which it joins before each fork of the
process, and a parallel build of Sphinx, which forks, was seen to wait there for ever.
"""

from __future__ import annotations

from itertools import product
from typing import Final

from numpy.fft import fftfreq, irfft2, rfft2

__all__ = ['fast_length', 'fftfreq', 'irfft2', 'rfft2']

_LARGEST: Final = 1 << 20


def fast_length(least: int) -> int:
    """The smallest number from *least* on without prime factors above 5, which transforms quickly.

    :raises ValueError: beyond a million.
    """
    if least > _LARGEST:
        raise ValueError(f'a transform of {least} points is larger than any map')
    best = 1 << max(least - 1, 0).bit_length()
    for fives, threes in product(range(9), range(13)):
        odd = 5**fives * 3**threes
        if odd < best:
            twos = max(0, -(-least // odd) - 1).bit_length()
            best = min(best, odd << twos)
    return best
