"""Pictures and files of imported posts: kept when they are in the source, else linked where they are.

Nothing is fetched. A picture is looked for where its address says, and under
the end of its address below the source folder, as exports have their uploads;
no address leads out of that folder.
"""

from __future__ import annotations

import hashlib
import os
import re
from dataclasses import replace
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING
from urllib.parse import quote, unquote, urlsplit

from sphinxext_blog.importers.html_inline import (
    CLOSE_FILE,
    CLOSE_IMAGE,
    OPEN_FILE,
    OPEN_IMAGE,
    is_attachment,
)
from sphinxext_blog.importers.saved_links import OR

if TYPE_CHECKING:
    from urllib.parse import SplitResult

    from sphinxext_blog.importers.model import Entry

__all__ = ['FOLDER', 'PICTURES', 'localise']

FOLDER = 'attachments'
"""Where pictures stand, below the folder of the documents."""
PICTURES = frozenset({'.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.avif', '.bmp'})
_LARGEST = 64 * 1024 * 1024
_FILE = re.compile(
    f'{OPEN_FILE}([^{OR}{CLOSE_FILE}]*){OR}([^{OR}{CLOSE_FILE}]*){OR}([^{CLOSE_FILE}]*){CLOSE_FILE}'
)
_SIZE = re.compile(r'-\d{2,4}x\d{2,4}(?=\.\w{3,4}$)')
"""What WordPress puts behind the name of a smaller copy."""
_SCALED = re.compile(r'-scaled(?=\.\w{3,4}$)')
"""And behind that of what was larger than 2,560 pixels."""
_PLACE = re.compile(f'{OPEN_IMAGE}([^{CLOSE_IMAGE}]*){CLOSE_IMAGE}')


def localise(entry: Entry, file: Path, root: Path, found: dict[str, bytes]) -> Entry:
    """The entry with its pictures at their new place or at their address.

    :param file: the file that the entry is from.
    :param root: the folder of the source.
    :param found: gets the bytes of pictures by their names in the folder of the documents.
    """
    if not entry.image and not any(
        OPEN_IMAGE in block.text or OPEN_FILE in block.text for block in entry.blocks
    ):
        return entry

    def place(match: re.Match[str]) -> str:
        source = match[1]
        return keep(source) or _quoted(source)

    def link(match: re.Match[str]) -> str:
        name = keep(match[2]) or keep(match[3])
        return f':download:`{match[1]} <{name}>`' if name else f'`{match[1]} <{match[3]}>`__'

    def keep(source: str) -> str:
        path = _find(source, file, root)
        if path is None:
            return ''
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:8]
        stem = re.sub(r'[^\w-]+', '-', path.stem)[:60].strip('-_') or 'picture'
        name = f'{FOLDER}/{stem}-{digest}{path.suffix.casefold()}'
        found[name] = data
        return name

    texts = (_FILE.sub(link, _PLACE.sub(place, block.text)) for block in entry.blocks)
    blocks = tuple(replace(block, text=text) for block, text in zip(entry.blocks, texts, strict=True))
    return replace(entry, blocks=blocks, image=keep(entry.image) or _quoted(entry.image))


def _quoted(address: str) -> str:
    return quote(address, safe="/:?#[]@!$&'()*+,;=%~")


def _find(source: str, file: Path, root: Path) -> Path | None:
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    path = unquote(parts.path)
    if '\x00' in path or not (PurePosixPath(path).suffix.casefold() in PICTURES or is_attachment(path)):
        return None
    # the copy itself, else a larger one: the picture as it came, or the one that WordPress shows for it
    names = (path, _SIZE.sub('', path), _SIZE.sub('-scaled', path), _SCALED.sub('', path))
    found = (_at(name, parts, file, root) for name in dict.fromkeys(names))
    return next((place for place in found if place is not None), None)


def _at(path: str, parts: SplitResult, file: Path, root: Path) -> Path | None:
    candidates: list[Path] = []
    if not parts.scheme and not parts.netloc and not path.startswith('/'):
        candidates.append(file.parent / path)
    names = [name for name in path.split('/') if name not in {'', '.', '..'}]
    candidates += [root.joinpath(*names[n:]) for n in range(min(len(names), 12))][
        : 12 if len(names) > 1 else 1
    ]
    real_root = os.path.realpath(root)
    for candidate in candidates:
        try:
            real = os.path.realpath(candidate)
            inside = os.path.commonpath([real_root, real]) == real_root
            if (
                inside
                and Path(real).is_file()
                and Path(real).stat().st_size <= _LARGEST
                and os.access(real, os.R_OK)
            ):
                return Path(real)
        except (OSError, ValueError):
            continue  # no file can be called so, or it lies on another drive
    return None
