"""The formulas of each post with their keys, kept beside its doctree and out of the environment.

The graph needs those of all posts when the formulas of one changed, and none
when nothing did: the environment keeps a digest of each post's.
"""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, NamedTuple

from sphinxext_blog.site.cache import cache_path, keep, kept
from sphinxext_blog.site.formula_macros import defined_macros
from sphinxext_blog.site.formula_reading import project_macros, read_formulas, reading_digest
from sphinxext_blog.site.surroundings import surroundings

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Formula, Macros
    from sphinxext_blog.site.formula_macros import DefinedMacros

__all__ = ['Read', 'load', 'load_around', 'remove', 'save']


def _path(env: BuildEnvironment, docname: str) -> Path:
    return cache_path(env, 'formulas', docname, '.pickle')


class Read(NamedTuple):
    """What the environment keeps of the formulas of a post."""

    digest: str
    """Of the formulas; empty when there are none."""
    reading: str
    """Of what they were read with: other macros may make other keys."""
    around: str
    """Of what is said around them."""
    macros: DefinedMacros
    """Those that they define."""


class _Stored(NamedTuple):
    """The content of a file."""

    reading: str
    formulas: tuple[Formula, ...]
    around: tuple[str, ...]


def save(env: BuildEnvironment, docname: str, document: nodes.document, macros: Macros) -> Read:
    """Keep the formulas of *document*."""
    stored = _read(docname, document, macros)
    _write(env, docname, stored)
    digest = _digest_of(stored.formulas) if stored.formulas else ''
    return Read(digest, stored.reading, _digest_of(stored.around), defined_macros(document, macros))


def _read(docname: str, document: nodes.document, macros: Macros) -> _Stored:
    formulas = read_formulas(docname, document, macros)
    return _Stored(reading_digest(macros), formulas, surroundings(document))


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode('utf-8', 'surrogatepass')).hexdigest()[:16]


def _write(env: BuildEnvironment, docname: str, stored: _Stored) -> None:
    path = _path(env, docname)
    if not stored.formulas:
        path.unlink(missing_ok=True)
        return
    keep(path, pickle.dumps(tuple(stored), protocol=5))


def load(env: BuildEnvironment, docname: str) -> tuple[Formula, ...]:
    """The formulas of a post that has some; read from its doctree when the file is gone."""
    return _load(env, docname).formulas


def load_around(env: BuildEnvironment, docname: str) -> tuple[str, ...]:
    """What is said around each of these formulas."""
    return _load(env, docname).around


def _load(env: BuildEnvironment, docname: str) -> _Stored:
    macros = project_macros(env.config)
    try:
        stored = _Stored(*pickle.loads(kept(_path(env, docname))))  # noqa: S301 (as Sphinx's own doctree beside it)
        if stored.reading == reading_digest(macros) and len(stored.around) == len(stored.formulas):
            return stored
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    stored = _read(docname, env.get_doctree(docname), macros)
    _write(env, docname, stored)
    return stored


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget the formulas of a document that is gone or read anew."""
    _path(env, docname).unlink(missing_ok=True)
