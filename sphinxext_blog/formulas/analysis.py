r"""One formula's LaTeX to its equations, sides and keys."""

from __future__ import annotations

import functools
import hashlib
from typing import Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.commands import read
from sphinxext_blog.formulas.equations import links_of, parts_of, sides_of
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.lexer import MAX_LENGTH
from sphinxext_blog.formulas.macros import NO_MACROS, Macros, tokens_of
from sphinxext_blog.formulas.model import Analysis, Key, Level, Node, Problem, Unit
from sphinxext_blog.formulas.normal import WordCache, unit_of

__all__ = ['KEY_VERSION', 'analyse', 'hash_of', 'keys_of', 'parse']

KEY_VERSION: Final = tables.VERSION
"""Changes whenever the key of any formula may change."""

_LEVELS: Final[tuple[Level, ...]] = (1, 2, 3)


def parse(latex: str, macros: Macros = NO_MACROS) -> Node:
    r"""Read LaTeX as a tree, see :class:`~.model.Branch`.

    :param latex: one formula without its dollar signs; any text.
    :return: the tree; a formula that holds nothing is the empty string.
        Nothing is raised.

    >>> parse('x^2')
    Branch(kind='S', text='', kids=('vx', '', 'n2'))
    """
    return one(read(tokens_of(latex, macros)[0])[0])


def analyse(latex: str, macros: Macros = NO_MACROS) -> Analysis:
    r"""Read one formula: its equations and sides in normal form, its problems.

    :param latex: one formula without its dollar signs, environments included.
    :param macros: those of the project, or :attr:`Analysis.macros` of the
        formula before on the same page, so that a ``\newcommand`` holds for
        the formulas after it.
    :return: what it says. Nothing is raised: what can't be read is a problem.
    """
    tokens, after, problems = tokens_of(latex, macros)
    if len(latex) > MAX_LENGTH:
        problems = (Problem('too-long', ''), *problems)
    row, met = read(tokens)
    equations: list[Unit] = []
    cache: WordCache = {}
    sides: dict[str, Unit] = {}
    parts, arrows = parts_of(row)
    for part in parts:
        for equation in links_of(part):
            equations.append(unit_of(equation, 'equation', cache))
            for side in sides_of(equation):
                unit = unit_of(side, 'side', cache)
                sides.setdefault(unit.canonical[0], unit)
    return Analysis(tuple(equations), tuple(sides.values()), (*problems, *met), after, arrows)


def keys_of(analysis: Analysis) -> tuple[Key, ...]:
    """The keys of all equations and sides, each unit once: always three in a row, N1, N2, N3.

    Of a unit without meaning of its own (:attr:`Unit.weight` 0) there are keys
    too, so that it can be searched for.
    """
    units: dict[tuple[str, str], Unit] = {}
    for unit in (*analysis.equations, *analysis.sides):
        units.setdefault((unit.kind, unit.canonical[0]), unit)
    return tuple(key for unit in units.values() for key in _keys_of_unit(unit))


@functools.lru_cache(maxsize=4096)
def _keys_of_unit(unit: Unit) -> tuple[Key, Key, Key]:
    """The keys of one unit; cached, so that the frequent small units share theirs in memory and pickles."""
    first, second, third = unit.canonical
    digest = hash_of(first)
    digests = (digest, digest if second == first else hash_of(second), hash_of(third))
    one, two, three = (
        Key(level, digest, unit.weight, unit.kind) for level, digest in zip(_LEVELS, digests, strict=True)
    )
    return one, two, three


def hash_of(canonical: str) -> str:
    """16 hexadecimal digits: the first of the SHA-256 of a canonical text in UTF-8."""
    return hashlib.sha256(canonical.encode()).hexdigest()[:16]
