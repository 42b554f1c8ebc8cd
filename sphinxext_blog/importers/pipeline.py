"""From sources to documents: find, decode, read, correct, merge, name, write."""

from __future__ import annotations

from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.importers.attachments import localise
from sphinxext_blog.importers.corrections import apply_rules, read_rules
from sphinxext_blog.importers.document import file_names, plain_text
from sphinxext_blog.importers.encoding import read_text
from sphinxext_blog.importers.grouping import group_entries
from sphinxext_blog.importers.html_inline import is_attachment
from sphinxext_blog.importers.html_tree import MissingPackageError
from sphinxext_blog.importers.manifest import synchronise
from sphinxext_blog.importers.merge import Merge, merge_entries
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem
from sphinxext_blog.importers.registry import load_importers
from sphinxext_blog.importers.rst import write
from sphinxext_blog.importers.saved_links import link_pages, name_pages
from sphinxext_blog.importers.sources import find_files, reason

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.importers.corrections import Rule
    from sphinxext_blog.importers.model import Importer

__all__ = ['ImportReport', 'import_sources']

_HEAD = 1 << 16
_ASSETS = frozenset(
    '.png .jpg .jpeg .gif .svg .webp .avif .bmp .ico .css .js .mjs .map .woff .woff2 .ttf .otf .eot .mp4 .webm .mp3 .pdf .zip'.split()  # noqa: E501
)


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
    unread: tuple[str, ...] = ()
    """Sources, and the corrections, that are not there or can't be used."""
    passed: tuple[str, ...] = ()
    """Pages of a known format that are no posts, such as lists of posts."""


def import_sources(
    sources: Sequence[Path], destination: Path, *, corrections: Path | None = None
) -> ImportReport:
    """Import archives into a folder of RST documents, one a post.

    :param sources: files, or folders whose files are read (subfolders too,
        hidden ones not); what is no regular file is not opened.
    :param destination: the folder of the documents; made when it is not there.
    :param corrections: a YAML file of corrections, see :mod:`.corrections`. When
        it can't be read or parsed, nothing at all is written or removed.
    :raises DestinationError: (an :class:`OSError`) when the folder can't be
        written. Bad content never raises: it is a problem in the report.
    """
    destination = Path(destination)
    found_files = find_files([Path(s) for s in sources], destination, corrections)
    problems = list(found_files.problems)
    unread = list(found_files.unread)
    rules: list[Rule] | None = []
    if corrections is not None:
        rules, found = _read_corrections(Path(corrections))
        problems += found
        if rules is None:
            # Without its rules an import would undo what earlier ones corrected.
            message = 'the corrections can not be used, so nothing is imported, changed or removed'
            problems.append(Problem(str(corrections), 0, message))
            return ImportReport(problems=tuple(problems), unread=(*unread, str(corrections)))
    importers, found = load_importers()
    problems += found
    entries: list[Entry] = []
    complete = found_files.complete
    passed: list[str] = []
    attachments: dict[str, bytes] = {}
    for name, path, is_source in found_files.files:
        if (path.suffix.casefold() in _ASSETS or is_attachment(path.name)) and not is_source:
            continue  # what pages are made with; pictures and files are taken with the posts that name them
        try:
            text, found = read_text(path, name)
        except OSError as error:
            problems.append(Problem(name, 0, f'the file can not be read: {reason(error)}'))
            complete = False
            if is_source:
                unread.append(name)
            continue
        problems += found
        if text is not None:
            imported = _read(path, name, text, importers)
            root = path.parents[name.count('/')]
            entries += [
                name_pages(localise(entry, path, root, attachments), path, root) for entry in imported.entries
            ]
            if imported.passed:
                passed.append(name)
            problems += imported.problems
    groups, found = group_entries(link_pages(entries))
    if rules:
        corrected, more = _correct(rules, [group for group, _ in groups])
        problems += more
        groups, found = group_entries(corrected)
    problems += found
    documents, merges, found = merge_entries(groups)
    problems += found
    wanted = {
        name: write(document).encode()
        for name, document in zip(file_names(documents), documents, strict=True)
    }
    # only those of texts that won
    used = b'\n'.join(wanted.values())
    pictures = {document.image for document in documents}
    wanted |= {
        name: data
        for name, data in attachments.items()
        if data and (name in pictures or name.encode() in used)
    }
    done = synchronise(destination, wanted, remove=complete)
    if done.spared:
        problems.append(
            Problem(str(destination), 0, 'not every source could be read, so no document is removed')
        )
    return ImportReport(
        entries=len(entries),
        posts=len(documents),
        merged=tuple(merges),
        written=done.written,
        unchanged=done.unchanged,
        removed=done.removed,
        kept=done.kept,
        problems=(*sorted(problems, key=lambda p: (p.path, p.line, p.message)), *done.problems),
        unread=tuple(unread),
        passed=tuple(passed),
    )


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
                imported.passed,
            )
        except MissingPackageError as error:
            problems.append(Problem(name, 0, str(error)))
            break
        except Exception as error:  # a stranger's code may raise anything
            problems.append(Problem(name, 0, f'the importer {importer.name!r} failed: {error!r}'))
    if not problems:
        problems.append(Problem(name, 0, 'no importer knows the format of this file; skipped'))
    return ImportedFile((), tuple(problems))


def _read_corrections(path: Path) -> tuple[list[Rule] | None, list[Problem]]:
    """The rules; ``None`` when the file as a whole can't be read or parsed."""
    try:
        text, problems = read_text(path, str(path))
    except OSError as error:
        return None, [Problem(str(path), 0, f'the corrections can not be read: {reason(error)}')]
    if text is None:
        # An empty file is more likely a lost one than a wish for no rules, which is written ``[]``.
        return None, problems
    rules, found = read_rules(text, str(path))
    return rules, [*problems, *found]


def _correct(rules: Sequence[Rule], groups: Sequence[Sequence[Entry]]) -> tuple[list[Entry], list[Problem]]:
    texts = {entry: plain_text(entry.blocks) for group in groups for entry in group}
    return apply_rules(rules, groups, texts)
