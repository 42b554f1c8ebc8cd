"""What can be made again from the documents, kept beside their doctrees and out of the environment.

Sphinx loads and saves its environment in every build. What is bulky and only
needed when something changed stands in files of its own instead: one a document,
written by whichever process reads it, and one for each result that is computed
from all of them.
"""

from __future__ import annotations

import hashlib
import pickle
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinxext_blog import __version__
from sphinxext_blog.writing import write_whole

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Mapping

    from sphinx.environment import BuildEnvironment

__all__ = [
    'cache_dir',
    'cache_path',
    'cached',
    'keep',
    'kept',
    'package_stamp',
    'recalled',
    'remembered',
    'remembering',
]

logger = logging.getLogger(__name__)

_DIGEST: Final = 32
"""Bytes of a SHA-256 at the head of each file."""
_PACKAGE: Final = Path(__file__).resolve().parent.parent


def cache_dir(env: BuildEnvironment) -> Path:
    """Folder of the files."""
    return Path(env.doctreedir) / '.sphinxext_blog'


def cache_path(env: BuildEnvironment, kind: str, docname: str, suffix: str) -> Path:
    """File of one document; its folder need not exist."""
    # A digest, since a document may be called like a folder of others.
    name = hashlib.sha256(docname.encode('utf-8', 'surrogatepass')).hexdigest()[:32]
    return cache_dir(env) / kind / f'{name}{suffix}'


def keep(path: Path, content: bytes) -> None:
    """Write a file for :func:`kept`; where it can't be written, none is left.

    :raises OSError: when an older file stands there and can't be removed.
    """
    try:
        write_whole(path, hashlib.sha256(content).digest(), content)
    except OSError as error:
        logger.debug('[blog] %s is not kept: %s', path, error)  # it costs time later
        path.unlink(missing_ok=True)


def kept(path: Path) -> memoryview:
    """The content that :func:`keep` wrote, which is large: it is not copied.

    :raises OSError: when it is not there.
    :raises ValueError: when the file is damaged: no byte of it is to be trusted.
    """
    whole = memoryview(path.read_bytes())
    digest, content = whole[:_DIGEST], whole[_DIGEST:]
    if hashlib.sha256(content).digest() != digest:
        raise ValueError(f'{path} is damaged')
    return content


def remembered(folder: Path | None, name: str, empty: Callable[[], Any]) -> Any:
    """What the results *name* were found from before.

    :param folder: where it is kept; ``None``: nowhere.
    :param empty: makes a memory of nothing.
    """
    if folder:
        try:
            # As Sphinx's own environment beside it.
            version, known = pickle.loads(kept(folder / f'{name}.pickle'))  # noqa: S301
            if version == package_stamp():
                return known
        except Exception as error:
            logger.debug('[blog] %s begins with nothing: %s', name, error)
    return empty()


@contextmanager
def remembering(folder: Path | None, name: str, empty: Callable[[], Any]) -> Iterator[Any]:
    """The same, to be brought up to date; kept afterwards."""
    memory = remembered(folder, name, empty)
    yield memory
    if folder:
        keep(folder / f'{name}.pickle', pickle.dumps((package_stamp(), memory), protocol=5))


@lru_cache(maxsize=1)
def package_stamp() -> str:
    """Digest of the extension's own files as they are installed."""
    files = sorted(path for path in _PACKAGE.rglob('*') if '__pycache__' not in path.parts)
    stamps = [
        (str(path.relative_to(_PACKAGE)), found.st_size, found.st_mtime_ns)
        for path in files
        if path.is_file() and (found := path.stat())
    ]
    return hashlib.sha256(repr((__version__, stamps)).encode('utf-8', 'surrogatepass')).hexdigest()[:32]


def cached(
    folder: Path | None,
    name: str,
    depends_on: object,
    make: Callable[[], Any],
    *,
    anew: bool = False,
    noted: dict[str, str] | None = None,
) -> Any:
    """The result *name*, made anew when what it depends on is not what it was.

    :param folder: where results are kept; ``None``: nowhere.
    :param depends_on: anything whose ``repr`` tells it from all else.
    :param anew: make it in any case: it leaves something behind that is no longer there.
    :param noted: is told what :func:`recalled` finds the result by.
    """
    if folder is None:
        return make()
    key = hashlib.sha256(repr((package_stamp(), depends_on)).encode('utf-8', 'surrogatepass')).hexdigest()
    if noted is not None:
        noted[name] = key
    known = None if anew else recalled(folder, {name: key})
    if known is not None:
        return known[name]
    result = make()
    keep(folder / f'{name}.pickle', pickle.dumps((key, result), protocol=5))
    return result


def recalled(folder: Path, noted: Mapping[str, str]) -> dict[str, Any] | None:
    """The results of those names, unless one of them is no longer the one that was noted."""
    found = {}
    for name, key in noted.items():
        try:
            known, found[name] = pickle.loads(kept(folder / f'{name}.pickle'))  # noqa: S301 (as above)
        except Exception as error:
            logger.debug('[blog] %s is made anew: %s', name, error)
            return None
        if known != key:
            return None
    return found
