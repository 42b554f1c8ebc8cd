"""What is kept of each post beside its doctree: one file, whose parts are read one by one.

Making a file costs more than filling it, so what a document says to others is
written at once by whichever process reads it. Each part can be made again from
the doctree: a file that is gone, or was not written to its end, costs time and
nothing else.
"""

from __future__ import annotations

import pickle
from typing import TYPE_CHECKING, Literal

from sphinxext_blog.site.cache import cache_path, keep, kept

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

__all__ = ['Part', 'load', 'mend', 'post_path', 'remove', 'save']

Part = Literal['prose', 'passages', 'mentions', 'formulas']


def post_path(env: BuildEnvironment, docname: str) -> Path:
    """The file of a post."""
    return cache_path(env, 'posts', docname, '.pickle')


def save(env: BuildEnvironment, docname: str, parts: Mapping[Part, bytes]) -> None:
    """Keep all that is to be known of a post."""
    keep(post_path(env, docname), pickle.dumps(dict(parts), protocol=5))


def load(env: BuildEnvironment, docname: str, part: Part) -> bytes:
    """One part of what is kept of a post.

    :raises OSError: when its file is not there.
    :raises ValueError: when the file is damaged, or holds no such part.
    """
    content = _parts(env, docname).get(part)
    if not isinstance(content, bytes):
        raise ValueError(f'{part} of {docname} are not kept')  # noqa: TRY004 (the file's fault, not the caller's)
    return content


def mend(env: BuildEnvironment, docname: str, part: Part, content: bytes) -> None:
    """Put a part that was made again beside those that are in order."""
    try:
        parts = _parts(env, docname)
    except (OSError, ValueError):
        parts = {}
    save(env, docname, {**parts, part: content})


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget a document that is gone or read anew."""
    post_path(env, docname).unlink(missing_ok=True)


def _parts(env: BuildEnvironment, docname: str) -> dict[Part, bytes]:
    content = kept(post_path(env, docname))
    try:
        parts = pickle.loads(content)  # noqa: S301 (as Sphinx's own doctree beside it)
    except Exception as error:
        raise ValueError(f'what is kept of {docname} can not be read') from error
    return parts if isinstance(parts, dict) else {}
