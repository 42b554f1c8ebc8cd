"""The words of each post, kept beside its doctree and out of the environment.

The ranking needs the prose of all posts when anything changed, and nothing of
it when nothing did. So each worker writes what it read to a small file of its
own; the environment keeps only a digest (:attr:`Post.text_hash`).
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from sphinxext_blog.site.cache import cache_path, keep, kept
from sphinxext_blog.site.text import prose

if TYPE_CHECKING:
    from collections.abc import Collection
    from pathlib import Path

    from sphinx.environment import BuildEnvironment

__all__ = ['StoredProse', 'load', 'remove', 'save']


def _path(env: BuildEnvironment, docname: str) -> Path:
    return cache_path(env, 'prose', docname, '.txt')


def save(env: BuildEnvironment, docname: str, text: str) -> None:
    """Keep the prose of a document."""
    keep(_path(env, docname), text.encode('utf-8', 'replace'))


def load(env: BuildEnvironment, docname: str) -> str:
    """The prose of a post; read from its doctree when the file is gone."""
    try:
        return kept(_path(env, docname)).decode()
    except (OSError, ValueError):
        text = prose(env.get_doctree(docname))
        save(env, docname, text)
        return text


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget the prose of a document that is gone or read anew."""
    _path(env, docname).unlink(missing_ok=True)


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
