"""What was found about posts before, for the posts of which it still holds.

Everything is kept under a digest of all that it was found from, so that nothing
has to be told when something changes: what is asked for under another digest is
found anew. With a memory and without one, the results are the same.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext_blog.graph.counting import Counts

__all__ = ['Memory']

Words = tuple[str, ...]


@dataclass(slots=True)
class Memory:
    """Of one corpus; it can be pickled."""

    counts: Counts | None = None
    """The terms of each text."""
    words: dict[bytes, Words] = field(default_factory=dict)
    """The words that two posts share, by the states of both."""
    asked: dict[bytes, Words] = field(default_factory=dict)
    """Those that were asked for lately."""

    def words_of(self, key: bytes, find: Callable[[], Words]) -> Words:
        """The words of a pair."""
        found = self.asked.get(key)
        if found is None:
            known = self.words.get(key)
            found = self.asked[key] = find() if known is None else known
        return found

    def forget(self) -> None:
        """Keep only what was asked for since the last time."""
        self.words, self.asked = self.asked, {}
