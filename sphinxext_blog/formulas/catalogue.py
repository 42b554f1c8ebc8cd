r"""All formulas of a blog that say something, each once, with the places where it stands.

Two math nodes are one *entry* when their equations are equal on form N2, and the
implications between these. Its
*places* are the posts that hold one of its equations, each with the best place
in it: the display before the inline formula, the earlier before the later.
Posts that hold one up to the names of variables are kept apart, and one that
holds the same equations with other implications between them (:math:`\Leftarrow` in place
of :math:`\Rightarrow`) is no place of it.

An equation of a formula with several must have an effective size of
:data:`SMALLEST_PART` to count by itself: that ``x = 0`` stands in both says
nothing. Up to renaming every equation must have :data:`SMALLEST_RENAMED`.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.formulas.analysis import hash_of
from sphinxext_blog.pickling import PickledByFields

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext_blog.formulas.model import Formula, Key
    from sphinxext_blog.records import DocName

__all__ = ['SMALLEST_PART', 'SMALLEST_RENAMED', 'Catalogue', 'Entry', 'Place', 'make_catalogue']

SMALLEST_PART: Final = 5
SMALLEST_RENAMED: Final = 8
_MOST_POSTS: Final = 60
"""What more posts state than this tells nothing about any of them."""


class Place(NamedTuple):
    """Where a formula stands."""

    docname: DocName
    anchor: str
    section: str
    """Heading of the section; empty for that of the whole post."""
    number: str
    """As the page shows it; empty for a formula without."""


@dataclass(frozen=True, slots=True)
class Entry(PickledByFields):
    """One formula of the blog."""

    id: str
    """Ten hexadecimal digits that depend on the formula only."""
    latex: str
    """As its first place writes it, macros expanded."""
    display: bool
    equations: tuple[str, ...]
    """The canonical texts N1 of its equations."""
    size: int
    """Effective size of its largest equation."""
    places: tuple[Place, ...]
    """One a post, sorted by docname."""
    renamed: tuple[Place, ...]
    """Posts that hold it with other letters only, sorted by docname."""


@dataclass(frozen=True, slots=True)
class Catalogue:
    """The formulas of a blog."""

    entries: Mapping[str, Entry]
    """By their ids, sorted."""
    at: Mapping[str, Mapping[str, str]]
    """Id of the entry by post and anchor, for display formulas."""

    stated: Mapping[str, tuple[DocName, ...]]
    """The posts that state an equation with a relation in it, by its key N1, where several do."""

    def elsewhere(self, docname: str, anchor: str) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
        """The places of a display formula in other posts: as it is, and with other letters."""
        entry = self.entries.get(self.at.get(docname, {}).get(anchor, ''))
        if entry is None:
            return (), ()
        same, renamed = (
            tuple(place for place in places if place.docname != docname)
            for places in (entry.places, entry.renamed)
        )
        return same, renamed


class _Held(NamedTuple):
    """What a post holds of an equation."""

    place: Place
    whole: tuple[str, ...]
    """Keys of all equations of a formula with implications; else empty."""
    arrows: tuple[str, ...]


class _Holders:
    """The posts that hold an equation, one place each."""

    def __init__(self, formulas: Sequence[Formula], level: int, smallest: int) -> None:
        self.level = level
        self.smallest = smallest
        self._places: defaultdict[str, dict[DocName, list[_Held]]] = defaultdict(dict)
        for formula in formulas:
            held: _Held | None = None
            for key in _equation_keys(formula, level):
                if key.size >= smallest:
                    others = self._places[key.hash].setdefault(formula.docname, [])
                    # Seldom more than one: only what an implication may tell apart is kept beside it.
                    if not others or all(other.arrows != formula.arrows for other in others):
                        held = held or self._held(formula)
                        others.append(held)

    def _held(self, formula: Formula) -> _Held:
        place = Place(formula.docname, formula.anchor, formula.section, formula.number)
        return _Held(place, formula.arrows and self._whole(formula), formula.arrows)

    def _whole(self, formula: Formula) -> tuple[str, ...]:
        return tuple(key.hash for key in _equation_keys(formula, self.level))

    def of(self, formula: Formula) -> dict[DocName, Place]:
        """The posts that hold an equation of *formula*."""
        keys = _equation_keys(formula, self.level)
        smallest = self.smallest if len(keys) == 1 else max(self.smallest, SMALLEST_PART)
        found: dict[DocName, Place] = {}
        whole = formula.arrows and self._whole(formula)
        for key in keys:
            if key.size >= smallest:
                for docname, others in self._places[key.hash].items():
                    for held in others:
                        if not whole or held.whole != whole or held.arrows == formula.arrows:
                            found.setdefault(docname, held.place)
                            break
        return found


def make_catalogue(formulas: Iterable[Formula]) -> Catalogue:
    """Gather the formulas of all posts.

    Left out are formulas without an equation that says something (see
    :attr:`~.model.Unit.weight`), and inline ones that only one post holds.

    :param formulas: with their keys, in the reading order of each post.
    """
    ordered = sorted(formulas, key=lambda formula: (formula.docname, not formula.display))
    same = _Holders(ordered, 2, 1)
    renamed = _Holders(ordered, 3, SMALLEST_RENAMED)
    entries: dict[str, Entry] = {}
    at: defaultdict[DocName, dict[str, str]] = defaultdict(dict)
    # A display formula speaks for the inline ones that are equal to it.
    for formula in sorted(ordered, key=lambda formula: not formula.display):
        keys = [key for key in _equation_keys(formula, 2) if key.size]
        if not keys:
            continue
        identity = hash_of(' '.join([*(key.hash for key in keys), *formula.arrows]))[:10]
        if formula.display and formula.anchor:
            at[formula.docname].setdefault(formula.anchor, identity)
        if identity in entries:
            continue
        places = same.of(formula)
        places.setdefault(
            formula.docname, Place(formula.docname, formula.anchor, formula.section, formula.number)
        )
        if not formula.display and len(places) < 2:
            continue
        others = renamed.of(formula)
        entries[identity] = Entry(
            id=identity,
            latex=formula.shown,
            display=formula.display,
            equations=formula.equations,
            size=max(key.size for key in keys),
            places=tuple(places[name] for name in sorted(places)),
            renamed=tuple(others[name] for name in sorted(others) if name not in places),
        )
    return Catalogue(
        entries=dict(sorted(entries.items())),
        at={name: dict(sorted(table.items())) for name, table in sorted(at.items())},
        stated=_stated(ordered),
    )


def _stated(formulas: Sequence[Formula]) -> dict[str, tuple[DocName, ...]]:
    posts: defaultdict[str, dict[DocName, None]] = defaultdict(dict)
    for formula in formulas:
        for text in formula.equations:
            if any(word[0] == 'r' for word in text.split(' ')):
                posts[hash_of(text)][formula.docname] = None
    return {key: tuple(names) for key, names in sorted(posts.items()) if 1 < len(names) <= _MOST_POSTS}


def _equation_keys(formula: Formula, level: int) -> list[Key]:
    """Keys of the equations on one level; keys come in threes, N1 to N3."""
    return [key for key in formula.keys[level - 1 :: 3] if key.kind == 'equation']
