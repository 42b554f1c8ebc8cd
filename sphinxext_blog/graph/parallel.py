"""Work on many rows: one after another, or wherever joblib is told to send it.

With joblib installed (the extra ``parallel``) blocks of rows run under the
backend that is active: ``with joblib.parallel_config(backend='dask'):`` sends
them to a cluster. Without it, or without such a context, they run here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

__all__ = ['spread']

_BLOCK = 256

Common = TypeVar('Common')
Result = TypeVar('Result')


def spread(
    work: Callable[[Common, range], Sequence[Result]], common: Common, rows: int, *, block: int = _BLOCK
) -> list[Result]:
    """What *work* makes of all rows, in order.

    :param work: makes the results of a block of rows; a function of a module, so that it can be sent.
    :param common: what every block needs.
    """
    blocks = [range(first, min(first + block, rows)) for first in range(0, rows, block)]
    if len(blocks) < 2:
        return [result for part in blocks for result in work(common, part)]
    try:
        from joblib import Parallel, delayed
    except ImportError:
        return [result for part in blocks for result in work(common, part)]
    done = Parallel()(delayed(work)(common, part) for part in blocks)
    return [result for results in done for result in results]
