"""Which files an import reads: regular files only, each once, in the order of their names."""

from __future__ import annotations

import errno
import os
from dataclasses import dataclass
from pathlib import Path
from stat import S_ISDIR, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from sphinxext_blog.importers.manifest import MANIFEST, read_manifest
from sphinxext_blog.importers.model import Problem

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

__all__ = ['FoundFiles', 'SourceFile', 'find_files', 'reason']


class SourceFile(NamedTuple):
    """One file to read."""

    name: str
    """Its place below its source, with ``/``: how reports and documents call it."""
    path: Path
    is_source: bool
    """Whether it was named as a source itself, not found in a folder."""


@dataclass(frozen=True, slots=True)
class FoundFiles:
    """What there is to read."""

    files: tuple[SourceFile, ...] = ()
    problems: tuple[Problem, ...] = ()
    unread: tuple[str, ...] = ()
    """Sources that are not there or can't be read."""
    complete: bool = True
    """Whether all sources, and all folders and links in them, could be followed."""


def reason(error: OSError) -> str:
    """What the system says of a failure, without the path."""
    return error.strerror or str(error)


def find_files(sources: Sequence[Path], destination: Path, corrections: Path | None = None) -> FoundFiles:
    """Find the regular files of the sources; folders are read with subfolders, hidden ones not.

    A pipe, socket or device is never opened, as reading it may not end: it is a problem.

    :param destination: the documents that its manifest names are no sources.
    :param corrections: is no source either.
    """
    goal = _real(destination)
    ours = {goal / name for name in read_manifest(destination)[0]}
    found: list[tuple[str, Path]] = []
    named: set[Path] = set()
    problems: list[Problem] = []
    unread: list[str] = []
    complete = True
    for source in sources:
        try:
            mode = _mode(source)
            if S_ISDIR(mode):
                os.scandir(source).close()
            elif not S_ISREG(mode):
                raise OSError(errno.EINVAL, 'neither a regular file nor a folder')  # noqa: TRY301 (reported alike)
        except OSError as error:
            gone = isinstance(error, FileNotFoundError | NotADirectoryError)
            message = (
                'there is no such file or folder' if gone else f'the source can not be read: {reason(error)}'
            )
            problems.append(Problem(_printable(str(source)), 0, message))
            unread.append(_printable(str(source)))
            continue
        if S_ISREG(mode):
            found.append((source.name, source))
            named.add(_real(source))
            continue
        errors: list[OSError] = []
        for path in _walk(source, goal, errors):
            name = path.relative_to(source).as_posix()
            try:
                regular = S_ISREG(_mode(path))
            except OSError as error:
                problems.append(Problem(_printable(name), 0, f'the file can not be read: {reason(error)}'))
                complete = False
                continue
            if not regular:
                problems.append(Problem(_printable(name), 0, 'this is no regular file; skipped'))
            elif _real(path) not in ours:
                found.append((name, path))
        for failed in errors:
            place = _printable(str(failed.filename or source))
            problems.append(Problem(place, 0, f'the folder can not be read: {reason(failed)}'))
            complete = False
    seen = {_real(corrections)} if corrections is not None else set()
    files: list[SourceFile] = []
    for name, path in sorted(found, key=lambda item: (item[0], str(item[1]))):
        real = _real(path)
        if real not in seen:
            seen.add(real)
            files.append(SourceFile(_printable(name), path, real in named))
    return FoundFiles(tuple(files), tuple(problems), tuple(unread), complete and not unread)


def _walk(source: Path, goal: Path, errors: list[OSError]) -> Iterator[Path]:
    """All that is no folder, below a folder; the destination's own folders aside."""
    for folder, folders, files in os.walk(source, onerror=errors.append):
        here = Path(folder)
        folders[:] = sorted(
            name for name in folders if not name.startswith('.') and _real(here / name) != goal
        )
        for name in sorted(files):
            if not name.startswith('.') and name != MANIFEST:
                yield here / name


def _mode(path: Path) -> int:
    """Mode of what a path leads to, links followed."""
    try:
        return path.stat().st_mode
    except ValueError as error:  # a NUL in the name
        raise OSError(errno.EINVAL, str(error)) from error


def _real(path: Path) -> Path:
    # Path.resolve raises for a circle of links before Python 3.13.
    return Path(os.path.realpath(path))


def _printable(name: str) -> str:
    """The name of a file as text: bytes that are no UTF-8 become question marks."""
    return name.encode('utf-8', 'replace').decode()
