"""Which lines of Markdown stand in a fenced code block, before anything else is read of them."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ['fence_of', 'outside_fences']

_FENCE: Final = re.compile(r'[ \t]*(`{3,}|~{3,})')


def fence_of(line: str) -> str:
    """The marks of a fence with which a line begins; empty when it begins with none."""
    match = _FENCE.match(line)
    return match[1] if match else ''


def outside_fences(lines: Sequence[str]) -> Iterator[tuple[int, str]]:
    """The lines in no fenced block and at the edge of none, each with its number from 0.

    They are read one by one, so that whoever goes through them may change those still to come.
    """
    fence = ''
    for number, line in enumerate(lines):
        mark = fence_of(line)
        if mark and mark.startswith(fence):
            fence = '' if fence else mark
        elif not fence:
            yield number, line
