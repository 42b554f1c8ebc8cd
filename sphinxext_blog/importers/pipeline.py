"""From sources to documents: find, decode, read, correct, merge, name, write."""

from __future__ import annotations

import os
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.importers.corrections import apply_rules, read_rules
from sphinxext_blog.importers.document import file_names, plain_text
from sphinxext_blog.importers.encoding import read_text
from sphinxext_blog.importers.grouping import group_entries
from sphinxext_blog.importers.manifest import MANIFEST, read_manifest, synchronise
from sphinxext_blog.importers.merge import Merge, merge_entries
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem
from sphinxext_blog.importers.registry import load_importers
from sphinxext_blog.importers.rst import write

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinxext_blog.importers.model import Importer

__all__ = ['ImportReport', 'import_sources']

_HEAD = 1 << 16


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did."""

    entries: int = 0
    """Number of entries that were read."""
    posts: int = 0
    """Number of distinct posts that they tell of."""
    merged: tuple[Merge, ...] = ()
    written: tuple[str, ...] = ()
    """Names of files in the destination that are new or changed."""
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files of the author, or edited by him, that were left alone."""
    problems: tuple[Problem, ...] = ()


def import_sources(
    sources: Sequence[Path], destination: Path, *, corrections: Path | None = None
) -> ImportReport:
    """Import archives into a folder of RST documents, one a post.

    :param sources: files, or folders whose files are read (subfolders too,
        hidden ones not).
    :param destination: the folder of the documents; made when it is not there.
    :param corrections: a YAML file of corrections, see :mod:`.corrections`.
    :raises DestinationError: (an :class:`OSError`) when the folder can't be
        written. Bad content never raises: it is a problem in the report.
    """
    destination = Path(destination)
    importers, problems = load_importers()
    entries: list[Entry] = []
    complete = True
    for path, name in _find_files([Path(s) for s in sources], destination, corrections):
        if path is None:
            problems.append(Problem(name, 0, 'there is no such file or folder'))
            complete = False
            continue
        try:
            text, found = read_text(path, name)
        except OSError as error:
            problems.append(Problem(name, 0, f'the file can not be read: {error.strerror or error}'))
            complete = False
            continue
        problems += found
        if text is not None:
            imported = _read(path, name, text, importers)
            entries += imported.entries
            problems += imported.problems
    groups, found = group_entries(entries)
    if corrections is not None:
        corrected, more = _correct(corrections, [group for group, _ in groups])
        problems += more
        if corrected is not None:
            groups, found = group_entries(corrected)
    problems += found
    documents, merges, found = merge_entries(groups)
    problems += found
    wanted = {
        name: write(document).encode()
        for name, document in zip(file_names(documents), documents, strict=True)
    }
    if not complete:
        problems.append(
            Problem(str(destination), 0, 'not every source could be read, so no document is removed')
        )
    done = synchronise(destination, wanted, remove=complete)
    return ImportReport(
        entries=len(entries),
        posts=len(documents),
        merged=tuple(merges),
        written=done.written,
        unchanged=done.unchanged,
        removed=done.removed,
        kept=done.kept,
        problems=(*sorted(problems, key=lambda p: (p.path, p.line, p.message)), *done.problems),
    )


def _find_files(
    sources: Sequence[Path], destination: Path, corrections: Path | None
) -> Iterator[tuple[Path | None, str]]:
    """Files, each once and by name, with the name for reports; ``None`` for what is not there."""
    goal = destination.resolve()
    seen = {corrections.resolve()} if corrections is not None else set()
    found: list[tuple[str, Path | None]] = []
    ours: set[Path] | None = None
    for source in sources:
        if source.is_file():
            found.append((source.name, source))
        elif not source.is_dir():
            found.append((str(source), None))
        else:
            for folder, folders, files in os.walk(source):
                here = Path(folder)
                folders[:] = sorted(
                    name for name in folders if not name.startswith('.') and (here / name).resolve() != goal
                )
                if here.resolve() == goal and ours is None:
                    ours = {goal / name for name in read_manifest(destination)[0]}
                for name in files:
                    path = here / name
                    if not name.startswith('.') and name != MANIFEST and path.resolve() not in (ours or ()):
                        found.append((path.relative_to(source).as_posix(), path))
    for name, file in sorted(found, key=lambda item: (item[0], str(item[1]))):
        if file is not None:
            real = file.resolve()
            if real in seen:
                continue
            seen.add(real)
        yield file, name.encode('utf-8', 'replace').decode()


def _read(path: Path, name: str, text: str, importers: Sequence[Importer]) -> ImportedFile:
    """Read a file with the first importer that knows it; a plug-in that fails makes a problem."""
    problems: list[Problem] = []
    for importer in importers:
        try:
            if not importer.recognises(path, text[:_HEAD]):
                continue
            imported = importer.read(path, text)
            return ImportedFile(
                tuple(replace(entry, source=name) for entry in imported.entries),
                tuple(problems) + tuple(replace(problem, path=name) for problem in imported.problems),
            )
        except Exception as error:  # a stranger's code may raise anything
            problems.append(Problem(name, 0, f'the importer {importer.name!r} failed: {error!r}'))
    if not problems:
        problems.append(Problem(name, 0, 'no importer knows the format of this file; skipped'))
    return ImportedFile((), tuple(problems))


def _correct(path: Path, groups: Sequence[Sequence[Entry]]) -> tuple[list[Entry] | None, list[Problem]]:
    try:
        text, problems = read_text(path, str(path))
    except OSError as error:
        message = f'the corrections can not be read: {error.strerror or error}'
        return None, [Problem(str(path), 0, message)]
    if text is None:
        return None, problems
    rules, found = read_rules(text, str(path))
    texts = {entry: plain_text(entry.blocks) for group in groups for entry in group}
    entries, more = apply_rules(rules, groups, texts)
    return entries, [*problems, *found, *more]
