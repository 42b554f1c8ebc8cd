"""Python's collector of cyclic garbage, and when it may rest."""

from __future__ import annotations

import gc
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['collector_at_rest']


@contextmanager
def collector_at_rest() -> Iterator[None]:
    """No cyclic garbage is looked for meanwhile.

    For steps that make a lot and keep it: each time that a quarter is added the
    collector looks at all objects there are, those of Sphinx's environment as
    well, and finds nothing to take away.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
