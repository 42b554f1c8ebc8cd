"""The words of each post, kept beside its doctree and out of the environment.

The ranking needs the prose of all posts when anything changed, and nothing of
it when nothing did: the environment keeps only a digest (:attr:`Post.text_hash`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sphinxext_blog.site import post_cache
from sphinxext_blog.site.text import prose

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.environment import BuildEnvironment

__all__ = ['StoredProse', 'load', 'pack']


def pack(text: str) -> bytes:
    """The prose of a document, to be kept."""
    return text.encode('utf-8', 'replace')


def load(env: BuildEnvironment, docname: str) -> str:
    """The prose of a post; read from its doctree when the file is gone."""
    try:
        return post_cache.load(env, docname, 'prose').decode()
    except (OSError, ValueError):
        text = prose(env.get_doctree(docname))
        post_cache.mend(env, docname, 'prose', pack(text))
        return text


class StoredProse(Mapping[str, str]):
    """The prose of some posts, each read when it is asked for."""

    def __init__(self, env: BuildEnvironment, docnames: Collection[str]) -> None:
        self._env = env
        self._docnames = docnames

    def __getitem__(self, docname: str) -> str:
        if docname not in self._docnames:
            raise KeyError(docname)
        return load(self._env, docname)

    def __iter__(self) -> Iterator[str]:
        return iter(self._docnames)

    def __len__(self) -> int:
        return len(self._docnames)
