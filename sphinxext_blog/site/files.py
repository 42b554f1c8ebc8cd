"""Files of ours in the output: written whole and only when they change, removed with empty folders."""

from __future__ import annotations

import os
from pathlib import Path

from sphinxext_blog.writing import write_whole

__all__ = ['on_disk', 'remove_below', 'write_if_changed']


def on_disk(path: str | os.PathLike[str]) -> Path:
    """A path that can be written whatever the locale is: its name on disk is UTF-8, as on the web."""
    return Path(os.fsdecode(os.fspath(path).encode('utf-8', 'surrogateescape')))


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write *content* so that no half of it can ever be read; whether the file changed.

    :raises OSError: when it can't be written.
    """
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass
    write_whole(path, content)
    return True


def remove_below(folder: Path, path: Path) -> bool:
    """Remove a file below *folder*, and the folders between that are empty then; whether there was one.

    What lies elsewhere stays, by whatever way the path leads there.

    :raises OSError: when it can't be removed.
    """
    root, place = folder.resolve(), path.resolve()
    if root not in place.parents or not place.is_file():
        return False
    path.unlink()
    for parent in place.parents:
        if parent == root or root not in parent.parents:
            break
        try:
            parent.rmdir()
        except OSError:
            break
    return True
