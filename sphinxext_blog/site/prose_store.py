"""The words of each post, kept beside its doctree and out of the environment.

The ranking needs the prose of all posts when anything changed, and nothing of
it when nothing did. So each worker writes what it read to a small file of its
own; the environment keeps only a digest (:attr:`Post.text_hash`).
"""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import TYPE_CHECKING

from sphinxext_blog.site.text import prose

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

__all__ = ['cache_dir', 'load', 'remove', 'save']


def cache_dir(env: BuildEnvironment) -> Path:
    """Folder of what can be made again from the documents."""
    return Path(env.doctreedir) / '.sphinxext_blog'


def _path(env: BuildEnvironment, docname: str) -> Path:
    # A digest, since a document may be called like a folder of others.
    name = hashlib.sha256(docname.encode('utf-8', 'surrogatepass')).hexdigest()[:32]
    return cache_dir(env) / 'prose' / f'{name}.txt'


def save(env: BuildEnvironment, docname: str, document: nodes.document) -> None:
    """Keep the prose of *document*."""
    path = _path(env, docname)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(prose(document), encoding='utf-8', errors='replace', newline='\n')


def load(env: BuildEnvironment, docname: str) -> str:
    """The prose of a post; read from its doctree when the file is gone."""
    try:
        return _path(env, docname).read_text(encoding='utf-8')
    except (OSError, UnicodeDecodeError):
        document = env.get_doctree(docname)
        save(env, docname, document)
        return prose(document)


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget the prose of a document that is gone or read anew."""
    _path(env, docname).unlink(missing_ok=True)
