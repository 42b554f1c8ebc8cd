"""What a first reading of all mentions teaches a second one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Collection

__all__ = ['Experience', 'learn']

_ENOUGH_TITLES: Final = 20
_COMPLETE: Final = 0.8
_MANY: Final = 5


@dataclass(frozen=True, slots=True)
class Experience:
    """What a first reading of all mentions teaches the second one."""

    publications: frozenset[str] = frozenset()
    """Normal forms of titles that some post calls a paper, or links to one."""
    complete: bool = False
    """Nearly all posts that are cited are there, so that an absent title is somebody else's."""
    outnumbered: bool = False
    """Most posts that are cited are there, and absent titles that no words claim are many times more:
    hardly one of these is a post."""


def learn(
    publications: Collection[str],
    present: Collection[str],
    own_absent: Collection[str],
    unclaimed: Collection[str],
) -> Experience:
    """Learn from the titles of a reading, each in its normal form.

    A blog is complete when four of five titles that must be its own are there; fewer than twenty titles
    tell nothing. It is outnumbered when two of three are there, and five times as many are absent and
    unclaimed.

    :param publications: those that some post calls a paper.
    :param present: those of posts that are there.
    :param own_absent: those that must be of the blog itself, and are not there.
    :param unclaimed: absent ones of which no words tell whose they are.
    """
    own = len(present) + len(own_absent)
    complete = own >= _ENOUGH_TITLES and len(present) >= _COMPLETE * own
    outnumbered = own >= _ENOUGH_TITLES and 3 * len(present) >= 2 * own and len(unclaimed) >= _MANY * own
    return Experience(frozenset(publications), complete, outnumbered)
