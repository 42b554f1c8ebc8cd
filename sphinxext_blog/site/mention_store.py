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

from sphinxext_blog.site import post_cache

if TYPE_CHECKING:
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.mentions import RawMention

__all__ = ['StoredMentions', 'load', 'pack']


def _digest_of(mentions: tuple[RawMention, ...]) -> str:
    return hashlib.sha256(repr(mentions).encode('utf-8', 'surrogatepass')).hexdigest()[:16]


def pack(mentions: tuple[RawMention, ...]) -> tuple[str, bytes]:
    """The digest of a post's mentions, and what is kept of them; both empty when there are none."""
    if not mentions:
        return '', b''
    digest = _digest_of(mentions)
    return digest, pickle.dumps((digest, mentions), protocol=5)


def load(env: BuildEnvironment, docname: str, digest: str) -> tuple[RawMention, ...]:
    """The mentions of a post that has some; found anew in its doctree when the file is not what it was.

    :param digest: as :func:`pack` returned it.
    """
    try:
        stored, mentions = pickle.loads(post_cache.load(env, docname, 'mentions'))  # noqa: S301 (as Sphinx's own doctree beside it)
        if stored == digest:
            return mentions  # type: ignore[no-any-return]
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    from sphinxext_blog.site.mentions import mark_mentions

    mentions = mark_mentions(docname, env.get_doctree(docname))
    post_cache.mend(env, docname, 'mentions', pack(mentions)[1])
    return mentions


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
