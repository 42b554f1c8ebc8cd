"""Results of before, for all of which it still holds.

A result is kept under a digest of all that it was found from. So nothing has to
be told when something changes: what depends on other things is found anew. With
a memory and without one, the results are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['Remembered']

Found = TypeVar('Found')


@dataclass(slots=True)
class Remembered(Generic[Found]):
    """Results of one kind; they can be pickled when the results can."""

    known: dict[bytes, Found] = field(default_factory=dict)
    """Those of before."""
    asked: dict[bytes, Found] = field(default_factory=dict)
    """Those that were asked for lately."""

    def of(self, depends_on: bytes, find: Callable[[], Found]) -> Found:
        """The result for what it depends on."""
        key = blake2b(depends_on, digest_size=16).digest()
        found = self.asked.get(key)
        if found is None:
            before = self.known.get(key)
            found = self.asked[key] = find() if before is None else before
        return found

    def forget(self) -> None:
        """Keep only what was asked for since the last time."""
        self.known, self.asked = self.asked, {}
