"""The formulas of each post with their keys, kept beside its doctree and out of the environment.

The graph needs those of all posts when the formulas of one changed, and none
when nothing did: the environment keeps a digest of each post's.
"""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING, NamedTuple

from sphinxext_blog.site import post_cache
from sphinxext_blog.site.formula_macros import defined_macros
from sphinxext_blog.site.formula_reading import project_macros, read_formulas, reading_digest
from sphinxext_blog.site.surroundings import surroundings

if TYPE_CHECKING:
    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Formula, Macros
    from sphinxext_blog.site.formula_macros import DefinedMacros

__all__ = ['Read', 'Stored', 'load', 'load_all', 'read']


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


class Stored(NamedTuple):
    """What is kept."""

    reading: str
    formulas: tuple[Formula, ...]
    around: tuple[str, ...]
    """What is said around each of them."""


def read(docname: str, document: nodes.document, macros: Macros) -> tuple[Read, bytes]:
    """What the environment is to know of the formulas of *document*, and what is kept; empty without any."""
    stored = _read(docname, document, macros)
    digest = _digest_of(stored.formulas) if stored.formulas else ''
    known = Read(digest, stored.reading, _digest_of(stored.around), defined_macros(document, macros))
    return known, _pack(stored)


def _read(docname: str, document: nodes.document, macros: Macros) -> Stored:
    formulas = read_formulas(docname, document, macros)
    return Stored(reading_digest(macros), formulas, surroundings(document))


def _digest_of(value: object) -> str:
    return hashlib.sha256(repr(value).encode('utf-8', 'surrogatepass')).hexdigest()[:16]


def _pack(stored: Stored) -> bytes:
    return pickle.dumps(tuple(stored), protocol=5) if stored.formulas else b''


def load(env: BuildEnvironment, docname: str) -> tuple[Formula, ...]:
    """The formulas of a post that has some; read from its doctree when the file is gone."""
    return load_all(env, docname).formulas


def load_all(env: BuildEnvironment, docname: str) -> Stored:
    """The formulas of such a post and what is said around them."""
    macros = project_macros(env.config)
    try:
        stored = Stored(*pickle.loads(post_cache.load(env, docname, 'formulas')))  # noqa: S301 (as Sphinx's own doctree beside it)
        if stored.reading == reading_digest(macros) and len(stored.around) == len(stored.formulas):
            return stored
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    stored = _read(docname, env.get_doctree(docname), macros)
    post_cache.mend(env, docname, 'formulas', _pack(stored))
    return stored
