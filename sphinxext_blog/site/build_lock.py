"""One build at a time works in a folder of doctrees; the next one waits for it.

Sphinx writes its environment, doctrees and pages where they stand: two builds in
one folder read each other's halves. The operating system holds the lock, and
lets it go when the last process of a build ends, however that happens: a worker
that outlives a killed build is waited for as well, since it still writes, and
ends soon.
"""

from __future__ import annotations

import os
import sys
import threading
import time
from pathlib import Path
from typing import IO, TYPE_CHECKING, Final

from sphinx.util import logging

from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['LONGEST_WAIT', 'hold', 'release']

logger = logging.getLogger(__name__)

LONGEST_WAIT: Final = 1800.0
"""Seconds after which a build goes on without the lock: whoever holds it may hang."""
_PAUSE: Final = 0.1
_LOOK: Final = 0.5
"""Seconds between two looks of a worker whether its build still lives."""

_held: dict[Path, tuple[IO[bytes], int]] = {}
"""By file: the lock of this process and how many of its builds hold it."""
_holder = 0
"""The process that took the locks; its workers inherit them."""
_parent = 0
"""The process that this one was forked from."""


def hold(app: Sphinx) -> None:
    """Wait until no other build works in the folder, and keep it to this one."""
    global _holder  # noqa: PLW0603 (a lock belongs to a process)
    path = _path(app)
    if path in _held:
        file, builds = _held[path]
        _held[path] = file, builds + 1
        return
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open('ab')
    except OSError as error:
        logger.debug('[blog] no lock: %s', error)  # what can't be written, Sphinx tells itself
        return
    told = False
    end = time.monotonic() + LONGEST_WAIT
    while True:
        try:
            _lock(file)
        except (BlockingIOError, PermissionError):
            if not told:
                logger.info('[blog] another build works in %s; waiting until it has ended', app.doctreedir)
                told = True
            if time.monotonic() > end:
                warn('build', 'another build still works in %s; not waiting any longer', app.doctreedir)
                file.close()
                return
            time.sleep(_PAUSE)
        except OSError as error:
            logger.debug('[blog] no lock: %s', error)  # a file system without locks
            file.close()
            return
        else:
            _held[path] = file, 1
            _holder = os.getpid()
            return


def release(app: Sphinx, _exception: Exception | None) -> None:
    """Let the next build begin."""
    path = _path(app)
    if path not in _held:
        return
    file, builds = _held.pop(path)
    if builds > 1:
        _held[path] = file, builds - 1
    else:
        _unlock(file)
        file.close()


def _watch(build: int) -> None:
    """End this worker when its build is gone.

    It holds the lock as well, since it may still write. Without this it would hold it for ever:
    Sphinx's workers hand back what they found through a pipe whose other end they keep open
    themselves, so a killed build leaves one waiting for a reader that never comes.
    """
    while os.getppid() == build:
        time.sleep(_LOOK)
    os._exit(1)


def _note_parent() -> None:
    global _parent  # noqa: PLW0603 (to be read in the child, where the parent may be gone already)
    _parent = os.getpid()


def _watch_in_worker() -> None:
    if _held and _parent == _holder:
        threading.Thread(target=_watch, args=(_holder,), daemon=True).start()


if hasattr(os, 'register_at_fork'):
    os.register_at_fork(before=_note_parent, after_in_child=_watch_in_worker)


def _path(app: Sphinx) -> Path:
    return Path(app.doctreedir).resolve() / '.sphinxext_blog' / 'lock'


if sys.platform == 'win32':
    import msvcrt

    def _lock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_NBLCK, 1)

    def _unlock(file: IO[bytes]) -> None:
        file.seek(0)
        msvcrt.locking(file.fileno(), msvcrt.LK_UNLCK, 1)

else:
    import fcntl

    def _lock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)

    def _unlock(file: IO[bytes]) -> None:
        fcntl.flock(file, fcntl.LOCK_UN)
