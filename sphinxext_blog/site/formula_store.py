"""The formulas of each post with their keys, kept beside its doctree and out of the environment.

The graph needs those of all posts when the formulas of one changed, and none
when nothing did: the environment keeps a digest of each post's.
"""

from __future__ import annotations

import hashlib
import pickle
from typing import TYPE_CHECKING

from sphinxext_blog.site.cache import cache_path
from sphinxext_blog.site.formula_reading import project_macros, read_formulas, reading_digest

if TYPE_CHECKING:
    from pathlib import Path

    from docutils import nodes
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Formula, Macros

__all__ = ['load', 'remove', 'save']


def _path(env: BuildEnvironment, docname: str) -> Path:
    return cache_path(env, 'formulas', docname, '.pickle')


def save(env: BuildEnvironment, docname: str, document: nodes.document, macros: Macros) -> tuple[str, str]:
    """Keep the formulas of *document*.

    :return: a digest of them (empty when there are none), and one of what they
        were read with: other macros may make other keys.
    """
    return _save(env, docname, read_formulas(docname, document, macros), reading_digest(macros))


def _save(
    env: BuildEnvironment, docname: str, formulas: tuple[Formula, ...], reading: str
) -> tuple[str, str]:
    path = _path(env, docname)
    if not formulas:
        path.unlink(missing_ok=True)
        return '', reading
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(pickle.dumps((reading, formulas), protocol=5))
    return hashlib.sha256(repr(formulas).encode('utf-8', 'surrogatepass')).hexdigest()[:16], reading


def load(env: BuildEnvironment, docname: str) -> tuple[Formula, ...]:
    """The formulas of a post that has some; read from its doctree when the file is gone."""
    macros = project_macros(env.config)
    reading = reading_digest(macros)
    try:
        stored, formulas = pickle.loads(_path(env, docname).read_bytes())  # noqa: S301 (as Sphinx's own doctree beside it)
        if stored == reading and isinstance(formulas, tuple):
            return formulas
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    formulas = read_formulas(docname, env.get_doctree(docname), macros)
    _save(env, docname, formulas, reading)
    return formulas


def remove(env: BuildEnvironment, docname: str) -> None:
    """Forget the formulas of a document that is gone or read anew."""
    _path(env, docname).unlink(missing_ok=True)
