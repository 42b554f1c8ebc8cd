"""Files that are there as a whole or not at all, whatever ends the program that writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ['write_whole']

_TRIES = 3


def write_whole(path: Path, *content: bytes) -> None:
    """Write pieces of *content*, one after another.

    No half of it can ever be read under its name; the folder is made.
    A program that is killed leaves at most a file ``….part``, which the next one
    takes over. Where the disk is full that file is removed, and what stood at
    *path* stays.

    :raises OSError: when it can't be written.
    """
    part = path.with_name(f'{path.name}.part')
    for left in reversed(range(_TRIES)):
        try:
            with part.open('wb') as file:
                file.writelines(content)
            part.replace(path)
        except FileNotFoundError:  # no folder yet, or another program wrote the same file and was first
            if not left:
                raise
            path.parent.mkdir(parents=True, exist_ok=True)
        except OSError:
            part.unlink(missing_ok=True)
            raise
        else:
            return
