"""What was found about posts before, for the posts of which it still holds.

Everything is kept under a digest of all that it was found from, so that nothing
has to be told when something changes: what is asked for under another digest is
found anew. With a memory and without one, the results are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from sphinxext_blog.graph.counting import Counts

__all__ = ['Measured', 'Memory', 'Remembered']

Found = TypeVar('Found')
Measured = tuple['NDArray[Any]', 'NDArray[Any]', 'NDArray[Any]', float]


@dataclass(slots=True)
class Remembered(Generic[Found]):
    """Results of one kind, each under a digest of all that it depends on."""

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


@dataclass(slots=True)
class Memory:
    """Of one corpus; it can be pickled."""

    counts: Counts | None = None
    """The terms of each text."""
    near: Remembered[Measured] = field(default_factory=Remembered)
    """How near its candidates are to a post."""
    words: Remembered[tuple[str, ...]] = field(default_factory=Remembered)
    """The words that two posts share."""

    def forget(self) -> None:
        """Keep only what was asked for since the last time."""
        self.near.forget()
        self.words.forget()
