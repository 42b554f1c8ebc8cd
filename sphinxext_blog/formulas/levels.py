"""How nearly a formula holds what is looked for.

Levels 1 to 3 are the forms N1 to N3 of whole equations, 4 to 6 those of sides.
A formula that is looked for may have several equations: each finds one of its
own, and the weakest of them decides (the bottleneck assignment problem).
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.formulas.model import Unit

__all__ = ['SIDE', 'SMALLEST', 'level_of', 'weakest']

SIDE: Final = 3
"""What a side's level is higher than an equation's."""
SMALLEST: Final = 3
"""Symbols; what is smaller is found as a whole equation only, and only in its own letters."""


def level_of(unit: Unit, shift: int, mine: Unit) -> int:
    """On which level a formula holds a unit in one of its own; 0: it doesn't."""
    worst = 2 if unit.size < SMALLEST else 2 * SIDE
    for level, (one, other) in enumerate(zip(unit.canonical, mine.canonical, strict=True), 1 + shift):
        if one == other:
            return level if level <= worst else 0
    return 0


def weakest(levels: Sequence[Sequence[int]]) -> int:
    """The least level up to which each row finds a column of its own, 0 for none: Kuhn's augmenting paths."""
    for worst in sorted({level for row in levels for level in row if level}):
        rows: dict[int, int] = {}

        def finds(row: int, seen: set[int], worst: int = worst, rows: dict[int, int] = rows) -> bool:
            """Whether a row gets a column, those that have one moving to another where they can."""
            for column, level in enumerate(levels[row]):
                if 0 < level <= worst and column not in seen:
                    seen.add(column)
                    if column not in rows or finds(rows[column], seen):
                        rows[column] = row
                        return True
            return False

        if all(finds(row, set()) for row in range(len(levels))):
            return worst
    return 0
