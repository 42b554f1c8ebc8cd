r"""The words of the room of formulas: trees, units, keys and what is made of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal, NamedTuple

from sphinxext_blog.pickling import PickledByFields

if TYPE_CHECKING:
    from sphinxext_blog.formulas.macros import Macros
    from sphinxext_blog.records import DocName

__all__ = [
    'Analysis',
    'Branch',
    'Formula',
    'Key',
    'Level',
    'Node',
    'Problem',
    'SharedFormula',
    'SharedKey',
    'Unit',
]

Level = Literal[1, 2, 3]
"""The normal forms: 1 surface; 2 blind to bold and to how a transpose is
written; 3 blind to the names of variables."""

UnitKind = Literal['equation', 'side']


class Branch(NamedTuple):
    r"""An inner node of a formula's tree.

    ======  ==========================  ==================================
    kind    text                        kids
    ======  ==========================  ==================================
    ``R``   empty                       a row: any nodes
    ``S``   empty                       base, subscript, superscript (empty string: none)
    ``F``   empty                       numerator, denominator
    ``Q``   empty                       radicand, index (empty string: none)
    ``A``   accent                      body
    ``P``   opening and closing mark    one node between brackets
    ``M``   ``matrix``, ``cases``, …    rows, each an ``R`` of cells
    ``L``   environment                 lines of an alignment, each an ``R``
    ``X``   command                     arguments
    ``K``   empty                       a remark on the node before, see :mod:`~.remarks`
    ======  ==========================  ==================================
    """

    kind: str
    text: str
    kids: tuple[Node, ...]


Node = str | Branch
r"""A leaf is a string whose first character is its class: ``v`` variable, ``b``
bold variable, ``n`` number, ``m`` bold number, ``o`` operator, ``r`` relation,
``f`` function or word, ``c`` constant, ``t`` text, ``p`` punctuation, ``q`` quad."""


class Problem(NamedTuple):
    """Something in a formula that could not be read as it was meant."""

    code: Literal[
        'unknown-command',
        'unbalanced',
        'environment',
        'too-deep',
        'too-long',
        'macro-limit',
        'definition',
    ]
    text: str
    """The command, bracket or environment; empty when the code says all."""


class Unit(NamedTuple):
    """An equation of a formula, or one of its sides."""

    kind: UnitKind
    canonical: tuple[str, str, str]
    """The canonical texts N1, N2, N3."""
    size: int
    """Leaves and fractions, roots, accents, tables; punctuation weighs nothing."""
    weight: int
    """Effective size: enumerations count as one symbol; 0 when it says nothing
    (a single symbol with its scripts, a declaration of a space)."""


class Key(NamedTuple):
    """The key of one unit on one level: equal keys, equal formulas."""

    level: Level
    hash: str
    """16 hexadecimal digits."""
    size: int
    """Effective size of the unit, see :attr:`Unit.weight`."""
    kind: UnitKind


class Analysis(NamedTuple):
    """All that one formula's LaTeX says."""

    equations: tuple[Unit, ...]
    sides: tuple[Unit, ...]
    """Sides of the equations that have two or more, in order, without repetition."""
    problems: tuple[Problem, ...]
    macros: Macros
    """The macros in force after this formula: those it was given and those it defines."""
    arrows: tuple[str, ...] = ()
    """The implications between its statements, each with the number of statements before it: ``1implies``."""


@dataclass(frozen=True, slots=True)
class Formula(PickledByFields):
    """A math node of a post with its keys."""

    docname: DocName
    anchor: str
    """Id of a display formula, or of the section around an inline one."""
    latex: str
    """As the author wrote it."""
    display: bool = False
    keys: tuple[Key, ...] = ()
    section: str = ''
    """Heading of the section that it stands in, LaTeX between dollar signs."""
    number: str = ''
    """As the page shows it, without parentheses; empty for a formula without."""
    equations: tuple[str, ...] = ()
    """The canonical texts N1 of its equations."""
    expanded: str = ''
    """Its LaTeX without macros; empty when it needs none."""
    arrows: tuple[str, ...] = ()
    """See :attr:`Analysis.arrows`: formulas that differ in them say the same equations, but not the same."""

    @property
    def shown(self) -> str:
        """The LaTeX that other pages can show, which don't know its macros."""
        return self.expanded or self.latex


class SharedKey(NamedTuple):
    """One piece of evidence that two posts share mathematics."""

    level: Level
    hash: str
    size: int
    """Effective size of what is shared."""
    df: int
    """Number of posts that hold it."""
    score: float
    first: Formula
    """In the post whose name sorts first."""
    second: Formula


@dataclass(frozen=True, slots=True)
class SharedFormula:
    """Two posts that share formulas."""

    source: DocName
    """The name that sorts first."""
    target: DocName
    score: float
    """Effective symbols in common, weighed by level and rarity."""
    evidence: tuple[SharedKey, ...]
    """Strongest first; at most five."""
