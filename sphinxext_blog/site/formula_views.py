"""What pages show of the formulas of other posts, as data: where else, index, notation.

As with all panels, `formula_nodes` writes this data into a page and `rebuild`
takes a digest of it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext_blog.config import blog_config
from sphinxext_blog.site import formula_store

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.formulas import Entry, Head, Place
    from sphinxext_blog.records import DocName
    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.panels import Panel

__all__ = [
    'Elsewhere',
    'FormulaItem',
    'FormulaPlace',
    'HeadView',
    'NotationRow',
    'elsewhere',
    'formula_index',
    'head_views',
    'notation',
]


@dataclass(frozen=True, slots=True)
class FormulaPlace:
    """A formula in a post, as a link names it."""

    docname: str
    title: str
    anchor: str = ''
    section: str = ''
    number: str = ''


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """A display formula of the page, and the other posts in which it stands."""

    anchor: str
    same: tuple[FormulaPlace, ...]
    renamed: tuple[FormulaPlace, ...]
    """With other letters only."""


@dataclass(frozen=True, slots=True)
class FormulaItem:
    """A formula of the index."""

    latex: str
    same: tuple[FormulaPlace, ...]
    renamed: tuple[FormulaPlace, ...]


@dataclass(frozen=True, slots=True)
class HeadView:
    """Formulas that are about the same."""

    head: Head
    groups: tuple[tuple[str, tuple[FormulaItem, ...]], ...]
    """LaTeX of what tells the formulas of a group from the others of the head (or empty), and they."""


@dataclass(frozen=True, slots=True)
class NotationRow:
    """A symbol of a post."""

    latex: str
    first: FormulaPlace
    definition: str
    """LaTeX of the formula that says what it is; empty when none does by itself."""
    count: int
    """Formulas that hold it."""
    shared: tuple[FormulaPlace, ...]
    """Other posts that use it for the same."""


def elsewhere(docname: str, knowledge: Knowledge) -> tuple[Elsewhere, ...]:
    """The display formulas of a post that stand in other posts as well, by anchor."""
    catalogue = knowledge.mathematics.catalogue
    found: list[Elsewhere] = []
    for anchor in catalogue.at.get(docname, {}):
        same, renamed = catalogue.elsewhere(docname, anchor)
        if same or renamed:
            found.append(Elsewhere(anchor, _places(same, knowledge), _places(renamed, knowledge)))
    return tuple(found)


def formula_index(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[HeadView, ...]:
    """The formulas of the blog (of one post, of posts with a tag) by what they are about."""
    smallest = blog_config(knowledge.builder.config).formula_min_size
    tags = {tag.strip() for tag in panel.option('tags').split(',') if tag.strip()}
    posts = {name for name, post in knowledge.posts.items() if not tags or tags & set(post.tags)}
    named = bool(panel.option('post'))
    if named:
        posts &= {subject}
    least = int(panel.option('min-posts') or (1 if named or tags else 2))
    return head_views(
        (
            entry
            for entry in knowledge.mathematics.catalogue.entries.values()
            if entry.size >= smallest
            and len(entry.places) >= least
            and any(place.docname in posts for place in entry.places)
        ),
        knowledge,
    )


def head_views(entries: Iterable[Entry], knowledge: Knowledge) -> tuple[HeadView, ...]:
    """Formulas by their heads."""
    from sphinxext_blog.formulas import group_by_head, word_latex

    return tuple(
        HeadView(
            group.head,
            tuple(
                (word_latex(mark) if mark else '', tuple(_item(entry, knowledge) for entry in marked))
                for mark, marked in group.groups.items()
            ),
        )
        for group in group_by_head(entries)
    )


def _item(entry: Entry, knowledge: Knowledge) -> FormulaItem:
    return FormulaItem(entry.latex, _places(entry.places, knowledge), _places(entry.renamed, knowledge))


def notation(panel: Panel, subject: str, knowledge: Knowledge) -> tuple[NotationRow, ...]:
    """The symbols of a post."""
    from sphinxext_blog.formulas import notation_of

    del panel
    if subject not in {name for name, _ in knowledge.mathematics.digest}:
        return ()
    formulas = formula_store.load(knowledge.builder.env, subject)
    rows: list[NotationRow] = []
    for symbol in notation_of(formulas, knowledge.mathematics.catalogue.stated):
        first = symbol.first
        rows.append(
            NotationRow(
                latex=symbol.latex,
                first=FormulaPlace(subject, '', first.anchor, first.section, first.number),
                definition=symbol.definition.shown if symbol.definition else '',
                count=symbol.count,
                shared=tuple(FormulaPlace(name, _title(name, knowledge)) for name in symbol.shared),
            )
        )
    return tuple(rows)


def _places(places: Iterable[Place], knowledge: Knowledge) -> tuple[FormulaPlace, ...]:
    return tuple(
        FormulaPlace(
            place.docname, _title(place.docname, knowledge), place.anchor, place.section, place.number
        )
        for place in places
    )


def _title(docname: DocName, knowledge: Knowledge) -> str:
    return knowledge.shown_title(docname)
