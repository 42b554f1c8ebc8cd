"""Importer for crawled listing pages of a blog: many excerpts in one text file.

Two layouts, which may be mixed in one file:

* a date heading, a title, text, and a link “read the whole post”; each of the
  first two may be missing;
* a title, a line ``By author | date | N readers | cite`` with the text after
  the last field, and more text up to the next title.

First the lines are cut into raw entries at the furniture; then each raw entry
gives up the title of the next one, if its last line is that; then its lines
become blocks.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinxext_blog.importers.blocks import Line, Unit, make_blocks, split_units
from sphinxext_blog.importers.furniture import (
    Byline,
    is_date_heading,
    is_sidebar_heading,
    is_trailing_furniture,
    parse_heading,
    read_byline,
    split_marker,
)
from sphinxext_blog.importers.model import Entry, ImportedFile, Problem
from sphinxext_blog.importers.titles import ends_like_a_sentence, is_title_like

if TYPE_CHECKING:
    from pathlib import Path
    from typing import Literal

    from sphinxext_blog.dates import PartialDate

__all__ = ['ListingImporter', 'importer']

_LINE_END = re.compile('\r\n|[\n\r\x85\u2028\u2029]')


@dataclass(slots=True)
class _RawEntry:
    """An entry while its lines are collected."""

    line: int
    heading: str = ''
    byline: Byline | None = None
    lines: list[Line] = field(default_factory=list)
    title: str | None = None
    ended_by: Literal['marker', 'byline', 'date', 'end'] = 'end'


class ListingImporter:
    """Reads listing pages; see the module's description for the layouts."""

    name = 'listing'

    def recognises(self, path: Path, head: str) -> bool:  # noqa: ARG002
        """Whether a “read on” link, a byline or a date heading at the top is there, or only furniture."""
        lines = [line.strip() for line in _LINE_END.split(head)]
        written = [line for line in lines if line]
        if written and (is_date_heading(written[0]) or all(map(is_trailing_furniture, written))):
            return True
        return any(split_marker(line) == '' or read_byline(line) is not None for line in written)

    def read(self, path: Path, text: str) -> ImportedFile:
        """Read all entries of a page; linear in the text."""
        problems: list[Problem] = []
        lines = [Line(n, line.strip()) for n, line in enumerate(_LINE_END.split(text), 1)]
        lines = _without_sidebar(lines, path.name, problems)
        raw_entries = _cut(lines, path.name, problems)
        entries: list[Entry] = []
        title: tuple[str, int] | None = None
        for raw in raw_entries:
            units = split_units(raw.lines)
            given, title = title, None
            if raw.ended_by == 'byline':
                title, units = _give_up_title(units)
            entry = _make_entry(raw, units, given, path.name, problems)
            if entry is not None:
                entries.append(entry)
        if not entries:
            problems.append(Problem(path.name, 0, 'the listing has no entries'))
        return ImportedFile(tuple(entries), tuple(problems))


importer = ListingImporter()
"""What the entry point ``listing`` names."""


def _without_sidebar(lines: list[Line], name: str, problems: list[Problem]) -> list[Line]:
    """Take off the sidebar: headings at the end, and what follows a sidebar heading after the last entry."""
    end = len(lines)
    while end and (not lines[end - 1].text or is_trailing_furniture(lines[end - 1].text)):
        end -= 1
    cut = end
    for nth in range(end - 1, -1, -1):
        text = lines[nth].text
        if is_sidebar_heading(text):
            cut = nth
        elif split_marker(text) is not None or is_date_heading(text) or read_byline(text):
            break
    dropped = [line for line in lines[cut:end] if line.text and not is_sidebar_heading(line.text)]
    if dropped:
        message = f'{len(dropped)} lines under the sidebar heading {lines[cut].text!r} are no part of a post'
        problems.append(Problem(name, lines[cut].number, f'{message}: {dropped[0].text[:80]!r}…'))
    return lines[:cut]


def _cut(lines: list[Line], name: str, problems: list[Problem]) -> list[_RawEntry]:
    """Cut the page at its furniture."""
    following = _next_furniture(lines)
    entries: list[_RawEntry] = []
    current: _RawEntry | None = None

    def close(by: Literal['marker', 'byline', 'date']) -> None:
        nonlocal current
        if current is not None:
            current.ended_by = by
            current = None

    for nth, line in enumerate(lines):
        before = split_marker(line.text)
        if before is not None:
            if before and current is None:
                entries.append(current := _RawEntry(line.number))
            if before and current is not None:
                current.lines.append(Line(line.number, before))
            elif current is None:
                problems.append(Problem(name, line.number, 'an entry of the listing has nothing in it'))
            close('marker')
        elif (byline := read_byline(line.text)) is not None:
            close('byline')
            entries.append(current := _RawEntry(line.number, byline=byline))
            problems += [
                Problem(name, line.number, f'the field {text!r} of the byline is not understood and left out')
                for text in byline.unknown
            ]
            if byline.text:
                current.lines.append(Line(line.number, byline.text))
        elif (heading := is_date_heading(line.text)) and _opens_entry(lines, nth, current, following[nth]):
            close('date')
            entries.append(current := _RawEntry(line.number, heading=heading))
        elif line.text or current is not None:
            if current is None:
                entries.append(current := _RawEntry(line.number))
            current.lines.append(line)
    return entries


def _next_furniture(lines: list[Line]) -> list[tuple[str, int]]:
    """For each line the kind of the next furniture after it, and how many written lines come before that."""
    result = [('', 0)] * len(lines)
    kind, written = '', 0
    for nth in range(len(lines) - 1, -1, -1):
        result[nth] = (kind, written)
        text = lines[nth].text
        if split_marker(text) is not None:
            kind, written = 'marker', 0
        elif read_byline(text) is not None:
            kind, written = 'byline', 0
        elif is_date_heading(text):
            kind, written = 'date', 0
        else:
            written += bool(text)
    return result


def _opens_entry(lines: list[Line], nth: int, current: _RawEntry | None, following: tuple[str, int]) -> bool:
    """Whether a line that holds only a date is the heading of an entry, not a line of the text."""
    if current is None:
        return True
    kind, written = following
    if kind == 'byline':
        return written <= 1
    if any(line.text for line in lines[max(0, nth - 1) : nth]):
        return False
    return kind == 'marker' or current.byline is None


def _give_up_title(units: list[Unit]) -> tuple[tuple[str, int] | None, list[Unit]]:
    """The title of the entry whose byline follows, if the last unit is one, and what is left."""
    if not units or units[-1].is_math or not is_title_like(units[-1].text):
        return None, units
    if len(units) > 1 and units[-2].text == units[-1].text:
        return None, units  # a caption stands twice
    return (units[-1].text, units[-1].line), units[:-1]


def _make_entry(
    raw: _RawEntry, units: list[Unit], given: tuple[str, int] | None, name: str, problems: list[Problem]
) -> Entry | None:
    title, line = given or (None, raw.line)
    if raw.byline is not None:
        byline = raw.byline
        if byline.bad_date:
            problems.append(Problem(name, raw.line, byline.bad_date, 'date'))
        return Entry(
            title=title,
            date=byline.date,
            author=byline.author,
            readers=byline.readers,
            blocks=make_blocks(units),
            source=name,
            line=line,
        )
    if raw.ended_by == 'byline' and not any(ends_like_a_sentence(unit.text) for unit in units):
        # Only the title of the next entry stood here, or the name of the blog.
        problems += [
            Problem(name, unit.line, f'text that belongs to no entry is left out: {unit.text[:80]!r}')
            for unit in units
        ]
        return None
    date: PartialDate | None = None
    if raw.heading:
        date, reason = parse_heading(raw.heading)
        if reason:
            problems.append(Problem(name, raw.line, reason, 'date'))
    if units and _starts_with_title(units):
        title, units = units[0].text, units[1:]
    return Entry(title=title, date=date, blocks=make_blocks(units), source=name, line=line)


def _starts_with_title(units: list[Unit]) -> bool:
    first = units[0]
    if first.is_math or not first.alone or not is_title_like(first.text):
        return False
    return len(units) == 1 or units[1].text != first.text
