"""What a title says of its place in a series, as a record."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from sphinxext_blog.references.numerals import write_like
from sphinxext_blog.references.titles import normalise_title

__all__ = ['SERIES_WORDS', 'SeriesPart', 'series_key']

SERIES_WORDS: Final = ('系列', 'series', '之')
"""Words that end the name of a series and are no part of it."""


@dataclass(frozen=True, slots=True)
class SeriesPart:
    """One way to read a title as a part of a series."""

    name: str
    """The series as the title writes it."""
    key: str
    """Normal form of the name."""
    number: tuple[int, ...]
    """One entry a level. 上, 中, 下 are 1, 2, 3 here: only the corpus tells whether there is a 中."""
    label: str
    """The number of the first level as the title writes it."""
    rest: str = ''
    """The title of the part itself, after the number."""
    counter: str = ''
    """What is counted, when the title says so: 课, 期, part, day."""
    strong: bool = True
    """Believed by its form alone."""
    head: tuple[str, str] = ('', '')
    """What stands before and behind the label up to the end of the mark: ``('X（', '）')``."""
    halves: bool = False
    """The last level is counted 上, 中, 下."""

    def head_for(self, number: int) -> str:
        """The beginning of the title that another part would have: 低秩近似之路（一）."""
        return f'{self.head[0]}{write_like(number, self.label)}{self.head[1]}'


def series_key(name: str) -> str:
    """Normal form of the name of a series; the word 系列 or “series” at its end is no part of it."""
    form = normalise_title(name)
    for word in SERIES_WORDS:
        form = form.removesuffix(word) or form
    return form
