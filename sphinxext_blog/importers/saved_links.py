"""Links between saved pages: from file to file in the folder, from post to post on the site.

What another page's address is, and which of its places others lead to, is known when all pages
are read; until then a link names its file, and every place has a label.
"""

from __future__ import annotations

import os
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, unquote

from sphinxext_blog.importers.html_anchors import label_of

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Sequence

    from sphinxext_blog.importers.model import Entry

__all__ = ['CLOSE_PAGE', 'OPEN_PAGE', 'OR', 'link_pages', 'name_pages']

OPEN_PAGE, OR, CLOSE_PAGE = '\ue013', '\ue014', '\ue015'
"""Around the path of a linked file and, behind :data:`OR`, the address to take where there is none."""

_PLACE: Final = re.compile(f'{OPEN_PAGE}([^{OR}{CLOSE_PAGE}]*){OR}([^{CLOSE_PAGE}]*){CLOSE_PAGE}')
_LABEL: Final = re.compile(r'\.\. _([\w-]+):')
_NEEDED: Final = re.compile(r'<([\w-]+?)_?>`')
"""A label that a link names, of its own page or of another."""
_DIGEST: Final = re.compile(r'-[0-9a-f]{6}\Z')
_LINK: Final = re.compile(
    rf'`(?P<words>(?:[^`<\\]|\\.)*) <(?:{OPEN_PAGE}(?P<file>[^{OR}{CLOSE_PAGE}]*){OR}'
    rf'(?P<place>[^{CLOSE_PAGE}]*){CLOSE_PAGE}|(?P<page>https?://[^<>`#\s]+)#(?P<fragment>[^<>`#\s]+))>`__'
)
_SUFFIXES: Final = frozenset({'.html', '.htm', '.xhtml', '.shtml', '.php', '.asp', '.aspx', ''})


def name_pages(entry: Entry, file: Path, root: Path) -> Entry:
    """The entry with its links naming files of the source by their paths, and the rest their addresses.

    :param file: the file that the entry is from.
    :param root: the folder of the source.
    """

    def place(match: re.Match[str]) -> str:
        path, hash_, fragment = match[1].partition('#')
        found = _find(unquote(path.partition('?')[0]), file, root)
        return f'{OPEN_PAGE}{found}{OR}{hash_}{fragment}{CLOSE_PAGE}' if found else match[2]

    return _changed(entry, lambda text: _PLACE.sub(place, text))


def _find(path: str, file: Path, root: Path) -> str:
    """A file of the source, by its path below the folder of the source; empty when it is none."""
    if '\x00' in path or PurePosixPath(path).suffix.casefold() not in _SUFFIXES:
        return ''
    real_root = Path(os.path.realpath(root))
    for name in (path, f'{path.rstrip("/")}.html', f'{path.rstrip("/")}/index.html'):
        try:
            real = Path(os.path.realpath(file.parent / name))
            if real.is_file() and real.is_relative_to(real_root):
                return real.relative_to(real_root).as_posix()
        except (OSError, ValueError):
            continue
    return ''


def link_pages(entries: Sequence[Entry]) -> list[Entry]:
    """The entries with the address of each linked page; one that has none gets that of its file.

    A link to a place within another page becomes a reference to its label, and labels that
    no link needs go.
    """
    named = {match[1] for entry in entries for block in entry.blocks for match in _PLACE.finditer(block.text)}
    found: dict[str, str] = {}
    told: list[Entry] = []
    labels: dict[str, frozenset[str]] = {}
    for entry in entries:
        if entry.source in named and not entry.url:
            entry = replace(entry, url=f'/{quote(entry.source)}')  # noqa: PLW2901 (the same entry, completed)
        found.setdefault(entry.source, entry.url)
        told.append(entry)
        if own := frozenset(match[1] for block in entry.blocks if (match := _LABEL.fullmatch(block.text))):
            labels.update((key, own) for key in (entry.source, entry.url, *entry.urls) if key)

    def place(match: re.Match[str]) -> str:
        return (found.get(match[1]) or f'/{quote(match[1])}') + match[2]

    def refer(match: re.Match[str]) -> str:
        page, fragment = (
            (match['file'], match['place'].removeprefix('#'))
            if match['file'] is not None
            else (match['page'], match['fragment'])
        )
        label = _label(unquote(fragment), labels.get(page, frozenset())) if fragment else ''
        return f':ref:`{match["words"]} <{label}>`' if label else match[0]

    if labels:
        told = [_changed(entry, lambda text: _LINK.sub(refer, text)) for entry in told]
    if named:
        told = [_changed(entry, lambda text: _PLACE.sub(place, text)) for entry in told]
    if not labels:
        return told
    needed = {match[1] for entry in told for block in entry.blocks for match in _NEEDED.finditer(block.text)}
    return [_without_labels(entry, needed) for entry in told]


def _without_labels(entry: Entry, needed: Container[str]) -> Entry:
    found = [(block, _LABEL.fullmatch(block.text)) for block in entry.blocks]
    blocks = tuple(block for block, label in found if label is None or label[1] in needed)
    return replace(entry, blocks=blocks) if len(blocks) < len(found) else entry


def _label(place: str, labels: Iterable[str]) -> str:
    """The label of a place among those of its page, which begin with the page's name and a digest."""
    end = f'-{label_of("", place)}'
    return next(
        (name for name in sorted(labels) if name.endswith(end) and _DIGEST.search(name.removesuffix(end))), ''
    )


def _changed(entry: Entry, change: Callable[[str], str]) -> Entry:
    blocks = tuple(
        replace(block, text=text) if (text := change(block.text)) != block.text else block
        for block in entry.blocks
    )
    return replace(entry, blocks=blocks) if blocks != entry.blocks else entry
