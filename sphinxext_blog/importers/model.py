"""What importers speak: entries made of blocks, and the problems met on the way.

An importer turns one file into an :class:`ImportedFile`; everything after it
(corrections, merging, writing) knows nothing of the file's format.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, Protocol, runtime_checkable

if TYPE_CHECKING:
    from pathlib import Path

    from sphinxext_blog.dates import PartialDate

__all__ = ['Block', 'BlockKind', 'Entry', 'ImportedFile', 'Importer', 'Problem', 'ProblemSubtype']

BlockKind = Literal['paragraph', 'heading', 'caption', 'math', 'rst']
"""What a block of an entry is; ``math`` is a display formula, ``rst`` is written as it stands."""

ProblemSubtype = Literal['import', 'date', 'duplicate']
"""Subtype of the warning ``blog.<subtype>`` that a problem becomes."""


@dataclass(frozen=True, slots=True)
class Block:
    """One block of an entry's text, in the order of the source."""

    kind: BlockKind
    text: str
    """Text in which inline LaTeX stands between ``$`` or ``\\(…\\)``; for ``math``
    the LaTeX itself without ``$$``, environments with their ``\\begin`` and ``\\end``."""


@dataclass(frozen=True, slots=True)
class Entry:
    """One post as one file tells it; ``None`` and empty mean that the file does not say."""

    title: str | None = None
    date: PartialDate | None = None
    author: str = ''
    readers: int | None = None
    blocks: tuple[Block, ...] = ()
    source: str = ''
    """Name of the file below the source folder, with ``/``."""
    line: int = 1
    """Line of the entry's first trace in the file."""
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    updated: PartialDate | None = None
    series: str = ''
    series_index: int | None = None
    url: str = ''
    urls: tuple[str, ...] = ()
    """Further addresses that the post has or had."""
    slug: str = ''
    """Its name in its address."""
    excerpt: str = ''
    image: str = ''
    """The picture that stands for it: an address, or a path from the file."""
    page: bool = False
    """It is a page of the site, such as “About”, and no post."""
    language: str = ''
    draft: bool = False
    identity: str = ''
    """What its archive tells it from others by: entries of one file with two of these are two posts."""
    corrected: frozenset[str] = frozenset()
    """Names of the fields that the owner set by a correction: they win every merge."""


@dataclass(frozen=True, slots=True)
class Problem:
    """Something the owner should know, at its place."""

    path: str
    line: int
    """1 for the first line; 0 when the problem is with the file as a whole."""
    message: str
    subtype: ProblemSubtype = 'import'


@dataclass(frozen=True, slots=True)
class ImportedFile:
    """What one importer found in one file."""

    entries: tuple[Entry, ...] = ()
    problems: tuple[Problem, ...] = ()
    passed: str = ''
    """Why a file of a known format holds no post; empty when it should hold one."""


@runtime_checkable
class Importer(Protocol):
    """Reader of one format of archive.

    Offered to this package by an entry point of the group
    ``sphinxext_blog.importers`` that names an object of this shape.
    """

    @property
    def name(self) -> str:
        """Short name of the format, for messages."""

    def recognises(self, path: Path, head: str) -> bool:
        """Whether the file is of this format; ``head`` is its text up to 64 Ki characters."""

    def read(self, path: Path, text: str) -> ImportedFile:
        """Read the whole decoded text; the caller puts its own file name into ``Entry.source``."""
