"""The mentions of each post, kept beside its doctree and out of the environment.

They hold the sentences around them, most of what the extension knows of a post;
only a build in which some document changed asks for them. The environment keeps
a digest of each post's.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sphinxext_blog.site.cache import cache_path, keep, kept

if TYPE_CHECKING:
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.mentions import RawMention

__all__ = ['StoredMentions', 'load', 'remove', 'save']


def _path(env: BuildEnvironment, docname: str) -> Path:
    return cache_path(env, 'mentions', docname, '.pickle')


def _digest_of(mentions: tuple[RawMention, ...]) -> str:
    return hashlib.sha256(repr(mentions).encode('utf-8', 'surrogatepass')).hexdigest()[:16]


def save(env: BuildEnvironment, docname: str, mentions: tuple[RawMention, ...]) -> str:
    """Keep the mentions of a post.

    :return: their digest; empty when there are none.
    """
    path = _path(env, docname)
    if not mentions:
        path.unlink(missing_ok=True)
        return ''
    digest = _digest_of(mentions)
    keep(path, pickle.dumps((digest, mentions), protocol=5))
    return digest


def load(env: BuildEnvironment, docname: str, digest: str) -> tuple[RawMention, ...]:
    """The mentions of a post that has some; found anew in its doctree when the file is not what it was.

    :param digest: as :func:`save` returned it.
    """
    try:
        stored, mentions = pickle.loads(kept(_path(env, docname)))  # noqa: S301 (as Sphinx's own doctree beside it)
        if stored == digest:
            return mentions  # type: ignore[no-any-return]
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    from sphinxext_blog.site.mentions import mark_mentions

    mentions = mark_mentions(docname, env.get_doctree(docname))
    save(env, docname, mentions)
    return mentions


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget the mentions of a document that is gone or read anew."""
    _path(env, docname).unlink(missing_ok=True)


class StoredMentions(Mapping[str, tuple['RawMention', ...]]):
    """The mentions of all posts that have some, each post's read when they are asked for."""

    def __init__(
        self, env: BuildEnvironment, digests: Mapping[str, str], fresh: Mapping[str, tuple[RawMention, ...]]
    ) -> None:
        """:param fresh: those of documents that this process read: they need no file."""
        self._env = env
        self._digests = digests
        self._fresh = fresh

    def __getitem__(self, docname: str) -> tuple[RawMention, ...]:
        digest = self._digests[docname]
        known = self._fresh.get(docname)
        return load(self._env, docname, digest) if known is None else known

    def __iter__(self) -> Iterator[str]:
        return iter(self._digests)

    def __len__(self) -> int:
        return len(self._digests)
