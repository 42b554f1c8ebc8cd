"""Records that are pickled as a call of their class.

What ``dataclasses`` do by themselves for frozen records with slots looks through
the fields of each one again: loading thousands of them took several times as long.
"""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from operator import attrgetter
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['PickledByFields']


class PickledByFields:
    """Base of dataclasses all of whose fields are arguments, in their order."""

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        kind: Any = type(self)
        return kind, _values_of(kind)(self)


@cache
def _values_of(kind: Any) -> Callable[[object], tuple[object, ...]]:
    names = [entry.name for entry in fields(kind)]
    if len(names) > 1:
        return attrgetter(*names)
    return lambda record: tuple(getattr(record, name) for name in names)
