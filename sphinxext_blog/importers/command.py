"""The command ``python -m sphinxext_blog import``: an import with a report on the terminal."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

from sphinxext_blog.importers.pipeline import import_sources

if TYPE_CHECKING:
    import argparse

    from sphinxext_blog.importers.pipeline import ImportReport

__all__ = ['add_arguments', 'report_lines', 'run']

_EXIT_STATUS = (
    'Exit status: 2 when a SRC or the corrections are not there or can not be used, or DEST can not be '
    'written; 0 otherwise, also when there are problems inside files, which are reported.'
)


def add_arguments(parser: argparse.ArgumentParser) -> None:
    """Add the arguments of the command to a parser, and what its exit status means."""
    parser.epilog = _EXIT_STATUS
    parser.add_argument('sources', metavar='SRC', nargs='+', type=Path, help='file or folder to import')
    parser.add_argument('destination', metavar='DEST', type=Path, help='folder for the documents')
    parser.add_argument('--corrections', metavar='FILE', type=Path, help='YAML file of corrections')


def run(args: argparse.Namespace) -> int:
    """Import, print the report; exit status 2 when what was named can't be read or written, else 0."""
    try:
        report = import_sources(args.sources, args.destination, corrections=args.corrections)
    except OSError as error:
        _print(sys.stderr, f'{args.destination}: {error.strerror or error}')
        return 2
    for line in report_lines(report):
        _print(sys.stdout, line)
    for problem in report.problems:
        place = f'{problem.path}:{problem.line}' if problem.line else problem.path
        _print(sys.stderr, f'{place}: {problem.message}')
    return 2 if report.unread else 0


def report_lines(report: ImportReport) -> list[str]:
    """The report without its problems, a line a fact."""
    lines = [f'{report.entries} entries read, {report.posts} distinct posts']
    for merge in report.merged:
        places = ', '.join(f'{entry.path}:{entry.line}' for entry in merge.entries)
        lines.append(f'merged ({", ".join(merge.reasons)}): {merge.title} <- {places}')
        lines += [f'    {conflict}' for conflict in merge.conflicts]
    for word in ('written', 'removed', 'kept'):
        lines += [f'{word}: {name}' for name in getattr(report, word)]
    counts = (f'{len(getattr(report, word))} {word}' for word in ('written', 'unchanged', 'removed', 'kept'))
    lines.append(f'{", ".join(counts)}; {len(report.problems)} problems')
    return lines


def _print(stream: TextIO, line: str) -> None:
    # A title may hold what the terminal's encoding has not.
    encoding = stream.encoding or 'utf-8'
    stream.write(line.encode(encoding, 'backslashreplace').decode(encoding) + '\n')
