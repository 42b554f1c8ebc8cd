"""Files of ours in the output: written whole and only when they change, removed with empty folders."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.errors import SphinxError

from sphinxext_blog.site.warnings import warn
from sphinxext_blog.writing import write_whole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = [
    'is_extra',
    'is_file',
    'on_disk',
    'reason_of',
    'remove_below',
    'remove_or_warn',
    'take_if_changed',
    'write_if_changed',
    'write_or_stop',
    'write_or_warn',
]


def on_disk(path: str | os.PathLike[str]) -> Path:
    """A path that can be written whatever the locale is: its name on disk is UTF-8, as on the web."""
    return Path(os.fsdecode(os.fspath(path).encode('utf-8', 'surrogateescape')))


def is_file(path: Path) -> bool:
    """Whether there is a file; none where nothing can be called so, as a line of prose in brackets."""
    try:
        return path.is_file()
    except (OSError, ValueError):  # Python before 3.14 passes on that a name is too long
        return False


def is_extra(app: Sphinx, path: Path) -> bool:
    """Whether a place of the output is that of a file which the author has in ``html_extra_path``."""
    outdir = Path(app.outdir)
    if not path.is_relative_to(outdir):
        return False
    place = path.relative_to(outdir)
    sources = [Path(app.confdir, entry) for entry in getattr(app.config, 'html_extra_path', ())]
    return any(
        is_file(source / place) or (Path(source.name) == place and is_file(source)) for source in sources
    )


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


def take_if_changed(path: Path, part: Path) -> None:
    """Put a file that was written beside it in the place of *path*, unless it says the same.

    :raises OSError: when it can't be put there; *part* is gone in any case.
    """
    try:
        if path.read_bytes() == part.read_bytes():
            part.unlink()
            return
    except OSError:
        pass
    try:
        part.replace(path)
    except OSError:
        part.unlink(missing_ok=True)
        raise


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


def remove_or_warn(folder: Path, path: Path) -> bool:
    """Remove a file as :func:`remove_below` does; whether there was one, warned of where it stays."""
    try:
        return remove_below(folder, path)
    except OSError as error:
        warn('graph', '%s of an earlier build could not be removed: %s', path, reason_of(error))
        return False


def write_or_warn(path: Path, content: bytes) -> bool:
    """Write *content* as :func:`write_if_changed` does; whether it stands there now, warned of where not."""
    try:
        write_if_changed(path, content)
    except OSError as error:
        warn('graph', '%s could not be written: %s', path, reason_of(error))
        return False
    return True


def write_or_stop(path: Path, content: bytes) -> None:
    """Write *content* as :func:`write_if_changed` does; for what every page depends on.

    :raises sphinx.errors.SphinxError: where it can't be written: pages without it would stay when it can.
    """
    try:
        write_if_changed(path, content)
    except OSError as error:
        raise SphinxError(f'{path} could not be written: {reason_of(error)}') from error


def reason_of(error: OSError) -> str:
    """Why something could not be read or written, as the system says it; what is in the way is named."""
    if isinstance(error, (IsADirectoryError, NotADirectoryError, FileExistsError)):
        what = 'folder' if isinstance(error, IsADirectoryError) else 'file'
        return f'a {what} is in the way; remove it, or clear the output'
    return error.strerror or str(error)
