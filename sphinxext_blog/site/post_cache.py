"""What is kept of each post beside its doctree, in one SQLite database.

Making a file costs more than filling it, so that all posts share one; whichever
process reads a document writes what it says to others, and each part is read by
itself. Each can be made again from the doctree: a database that is gone, damaged
or can't be written costs time and nothing else.
"""

from __future__ import annotations

import hashlib
import os
import sqlite3
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Final, Literal

from sphinx.util import logging

from sphinxext_blog.site.cache import cache_dir

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

__all__ = ['Part', 'close', 'load', 'mend', 'posts_path', 'remove', 'save']

logger = logging.getLogger(__name__)

Part = Literal['prose', 'passages', 'mentions', 'formulas']

_DIGEST: Final = 16
_PATIENCE: Final = 60.0
"""Seconds that one process waits for another to have written its post."""
_DAMAGED: Final = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB, sqlite3.SQLITE_ERROR})
"""Errors of the file, not of the disk, the rights or another process."""
_TABLE: Final = """
CREATE TABLE IF NOT EXISTS part (
    docname BLOB, part TEXT, digest BLOB, content BLOB, PRIMARY KEY (docname, part)
)
"""
_INSERT: Final = 'INSERT OR REPLACE INTO part VALUES (?, ?, ?, ?)'

_connections: Final[dict[Path, sqlite3.Connection]] = {}
"""The one that is open in this process."""


def posts_path(env: BuildEnvironment) -> Path:
    """The database."""
    return cache_dir(env) / 'posts.sqlite'


def save(env: BuildEnvironment, docname: str, parts: Mapping[Part, bytes]) -> None:
    """Keep all that is to be known of a post."""
    path = posts_path(env)
    try:
        with _connected(path) as connection:
            connection.execute('DELETE FROM part WHERE docname = ?', (_key(docname),))
            connection.executemany(_INSERT, [_row(docname, part, content) for part, content in parts.items()])
    except (sqlite3.Error, OSError) as error:
        _tell(path, error)


def load(env: BuildEnvironment, docname: str, part: Part) -> bytes:
    """One part of what is kept of a post.

    :raises ValueError: when it is not there or damaged.
    """
    path = posts_path(env)
    found = None
    try:
        if path.exists():
            found = (
                _connected(path)
                .execute(
                    'SELECT digest, content FROM part WHERE docname = ? AND part = ?', (_key(docname), part)
                )
                .fetchone()
            )
    except (sqlite3.Error, OSError) as error:
        _tell(path, error)
    match found:
        case (bytes(digest), bytes(content)) if digest == _digest(content):
            return content
    raise ValueError(f'{part} of {docname} are not kept')


def mend(env: BuildEnvironment, docname: str, part: Part, content: bytes) -> None:
    """Put a part that was made again beside those that are in order."""
    path = posts_path(env)
    try:
        with _connected(path) as connection:
            connection.execute(_INSERT, _row(docname, part, content))
    except (sqlite3.Error, OSError) as error:
        _tell(path, error)


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget a document that is gone or read anew."""
    path = posts_path(env)
    try:
        if path.exists():
            with _connected(path) as connection:
                connection.execute('DELETE FROM part WHERE docname = ?', (_key(docname),))
    except (sqlite3.Error, OSError) as error:
        _tell(path, error)


def close() -> None:
    """Let go of the database; it is opened again when it is asked for."""
    while _connections:
        _, connection = _connections.popitem()
        connection.close()


# SQLite must not be carried into another process.
if hasattr(os, 'register_at_fork'):
    os.register_at_fork(before=close)


def _connected(path: Path) -> sqlite3.Connection:
    connection = _connections.get(path)
    if connection is None:
        close()
        path.parent.mkdir(parents=True, exist_ok=True)
        connection = sqlite3.connect(path, timeout=_PATIENCE, check_same_thread=False)
        try:
            # Killed programs leave it whole; that a power cut may not costs no more than time.
            connection.execute('PRAGMA journal_mode = WAL')
            connection.execute('PRAGMA synchronous = OFF')
            connection.execute(_TABLE)
        except sqlite3.Error:
            connection.close()  # without its table every post would seem to be damaged
            raise
        _connections[path] = connection
    return connection


def _tell(path: Path, error: Exception) -> None:
    logger.debug('[blog] %s: %s', path, error)  # it costs time later
    if isinstance(error, sqlite3.Error) and getattr(error, 'sqlite_errorcode', None) in _DAMAGED:
        close()
        for suffix in ('', '-wal', '-shm'):
            with suppress(OSError):  # somebody else may have it open, or may be its owner
                Path(f'{path}{suffix}').unlink(missing_ok=True)


def _key(docname: str) -> bytes:
    return docname.encode('utf-8', 'surrogatepass')


def _row(docname: str, part: Part, content: bytes) -> tuple[bytes, str, bytes, bytes]:
    return _key(docname), part, _digest(content), content


def _digest(content: bytes) -> bytes:
    return hashlib.sha256(content).digest()[:_DIGEST]
