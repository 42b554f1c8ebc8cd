"""Pictures of imported posts: kept when they are in the source, linked where they are elsewhere otherwise.

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

from sphinxext_blog.importers.html_inline import CLOSE_IMAGE, OPEN_IMAGE

if TYPE_CHECKING:
    from sphinxext_blog.importers.model import Entry

__all__ = ['FOLDER', 'PICTURES', 'localise']

FOLDER = 'attachments'
"""Where pictures stand, below the folder of the documents."""
PICTURES = frozenset({'.png', '.jpg', '.jpeg', '.gif', '.svg', '.webp', '.avif', '.bmp'})
_LARGEST = 64 * 1024 * 1024
_PLACE = re.compile(f'{OPEN_IMAGE}([^{CLOSE_IMAGE}]*){CLOSE_IMAGE}')


def localise(entry: Entry, file: Path, root: Path, found: dict[str, bytes]) -> Entry:
    """The entry with its pictures at their new place or at their address.

    :param file: the file that the entry is from.
    :param root: the folder of the source.
    :param found: gets the bytes of pictures by their names in the folder of the documents.
    """
    if not any(OPEN_IMAGE in block.text for block in entry.blocks):
        return entry

    def place(match: re.Match[str]) -> str:
        source = match[1]
        path = _find(source, file, root)
        if path is None:
            return quote(source, safe="/:?#[]@!$&'()*+,;=%~")
        data = path.read_bytes()
        digest = hashlib.sha256(data).hexdigest()[:8]
        stem = re.sub(r'[^\w-]+', '-', path.stem)[:60].strip('-_') or 'picture'
        name = f'{FOLDER}/{stem}-{digest}{path.suffix.casefold()}'
        found[name] = data
        return name

    return replace(
        entry, blocks=tuple(replace(block, text=_PLACE.sub(place, block.text)) for block in entry.blocks)
    )


def _find(source: str, file: Path, root: Path) -> Path | None:
    try:
        parts = urlsplit(source)
    except ValueError:
        return None
    path = unquote(parts.path)
    if '\x00' in path or PurePosixPath(path).suffix.casefold() not in PICTURES:
        return None
    candidates: list[Path] = []
    if not parts.scheme and not parts.netloc and not path.startswith('/'):
        candidates.append(file.parent / path)
    names = [name for name in path.split('/') if name not in {'', '.', '..'}]
    candidates += [root.joinpath(*names[n:]) for n in range(min(len(names), 12))][
        : 12 if len(names) > 1 else 1
    ]
    real_root = os.path.realpath(root)
    for candidate in candidates:
        real = os.path.realpath(candidate)
        inside = os.path.commonpath([real_root, real]) == real_root
        if inside and Path(real).is_file() and Path(real).stat().st_size <= _LARGEST:
            return Path(real)
    return None
