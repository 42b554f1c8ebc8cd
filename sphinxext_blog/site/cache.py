"""What can be made again from the documents, kept beside their doctrees and out of the environment.

Sphinx loads and saves its environment in every build. What is bulky and only
needed when something changed stands in files of its own instead: one a document
and kind, written by whichever process reads the document, and one for each
result that is computed from all of them.
"""

from __future__ import annotations

import hashlib
import pickle
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.util import logging

from sphinxext_blog import __version__
from sphinxext_blog.site.files import write_if_changed

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.environment import BuildEnvironment

__all__ = ['cache_dir', 'cache_path', 'cached']

logger = logging.getLogger(__name__)


def cache_dir(env: BuildEnvironment) -> Path:
    """Folder of the files."""
    return Path(env.doctreedir) / '.sphinxext_blog'


def cache_path(env: BuildEnvironment, kind: str, docname: str, suffix: str) -> Path:
    """File of one document; its folder need not exist."""
    # A digest, since a document may be called like a folder of others.
    name = hashlib.sha256(docname.encode('utf-8', 'surrogatepass')).hexdigest()[:32]
    return cache_dir(env) / kind / f'{name}{suffix}'


def cached(
    folder: Path | None, name: str, depends_on: object, make: Callable[[], Any], *, anew: bool = False
) -> Any:
    """The result *name*, made anew when what it depends on is not what it was.

    :param folder: where results are kept; ``None``: nowhere.
    :param depends_on: anything whose ``repr`` tells it from all else.
    :param anew: make it in any case: it leaves something behind that is no longer there.
    """
    if folder is None:
        return make()
    key = hashlib.sha256(repr((__version__, depends_on)).encode('utf-8', 'surrogatepass')).hexdigest()
    path = folder / f'{name}.pickle'
    try:
        known, result = pickle.loads(path.read_bytes())  # noqa: S301 (as Sphinx's own environment beside it)
        if known == key and not anew:
            return result
    except Exception as error:
        logger.debug('[blog] %s is made anew: %s', name, error)
    result = make()
    try:
        write_if_changed(path, pickle.dumps((key, result), protocol=5))
    except OSError as error:
        logger.debug('[blog] %s is not cached: %s', name, error)  # it costs time in the next build
    return result
