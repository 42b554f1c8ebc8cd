"""What was found about posts before, for the posts of which it still holds.

With a memory and without one, the results are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from sphinxext_blog.remembering import Remembered

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from sphinxext_blog.graph.counting import Counts

__all__ = ['Measured', 'Memory']

Measured = tuple['NDArray[Any]', 'NDArray[Any]', 'NDArray[Any]', float]


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
