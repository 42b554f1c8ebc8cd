"""Places of a page that its own links lead to: footnotes, and what else has an id.

A link and a place are a footnote when the place holds a link back. Other places get
labels that begin with the name of the page, since labels are those of a whole site.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_blog.importers.html_tree import Element

__all__ = ['Anchors', 'find_anchors', 'label_of']

_HOLDERS: Final = frozenset({'ul', 'ol', 'dl', 'table', 'blockquote', 'figure', 'details', 'pre', 'svg'})
"""What is written as a whole: a label within it could not be taken out again."""
_NOTES: Final = frozenset({'li', 'p', 'div', 'aside', 'dd'})
_MARKER: Final = re.compile(r'\[?\W{0,2}(?:\d{1,3}|[a-z]|[ivx]{1,4}|注\d{0,3}|\*{1,3}|[†‡§]{1,3})\W{0,2}\]?')
_SIGNS: Final = frozenset({'', '¶', '#', '§'})


@dataclass(slots=True)
class Anchors:
    """What links within a page lead to. Elements are told by their ``id()``."""

    labels: dict[str, str] = field(default_factory=dict)
    """Label of each place, by its id."""
    references: dict[int, str] = field(default_factory=dict)
    """Name of the footnote that a link leads to."""
    notes: dict[int, str] = field(default_factory=dict)
    """Name of the footnote that an element is."""
    back: set[int] = field(default_factory=set)
    """Links from footnotes to where they belong."""
    in_folder: bool = False
    """The page is a file beside others: a link may name one of them."""

    def labels_in(self, element: Element, *, deep: bool) -> list[str]:
        """The labels of an element, or of all within it."""
        found = (self.labels.get(name) for e in (element.walk() if deep else (element,)) for name in _ids(e))
        return list(dict.fromkeys(label for label in found if label))


def find_anchors(root: Element, page: str, *, for_others: bool = False) -> Anchors:
    """Find what the links of a page to itself lead to.

    :param page: name of the page, with which the labels begin.
    :param for_others: places to which other pages may lead get labels, too, as long as they stand in the text
        itself.
    """
    anchors = Anchors()
    parents: dict[int, Element] = {}
    places: dict[str, Element] = {}
    links: list[Element] = []
    for element in root.walk():
        for child in element.children:
            if not isinstance(child, str):
                parents[id(child)] = element
        for name in _ids(element):
            places.setdefault(name, element)
        if element.tag == 'a' and len(element.attributes.get('href', '')) > 1:
            links.append(element)
    inner = [link for link in links if link.attributes['href'].startswith('#')]
    names: dict[int, str] = {}
    for link in inner:
        if id(link) in anchors.back or not _MARKER.fullmatch(link.text().strip()):
            continue
        note = _note(link, places, parents)
        back = _link_back(note, link, parents) if note is not None else None
        if note is not None and back is not None:
            name = names.setdefault(id(note), f'note-{len(names) + 1}')
            anchors.notes[id(note)] = anchors.references[id(link)] = name
            anchors.back.add(id(back))
    for link in inner:
        target = link.attributes['href'][1:]
        told = id(link) in anchors.references or id(link) in anchors.back
        if not told and target in places and link.text().strip() not in _SIGNS:
            anchors.labels[target] = label_of(page, target)
    if for_others:
        for name, element in places.items():
            if id(element) not in anchors.notes and not _is_within(element, _HOLDERS, parents):
                anchors.labels.setdefault(name, label_of(page, name))
    return anchors


def label_of(page: str, place: str) -> str:
    """The label of a place of a page."""
    return re.sub(r'[\W_]+', '-', f'{page} {place}').strip('-').casefold()


def _is_within(element: Element, tags: frozenset[str], parents: dict[int, Element]) -> bool:
    around: Element | None = element
    while around is not None and around.tag not in tags:
        around = parents.get(id(around))
    return around is not None


def _ids(element: Element) -> Iterator[str]:
    for attribute in ('id', 'name'):
        if name := element.attributes.get(attribute, ''):
            yield name


def _note(link: Element, places: dict[str, Element], parents: dict[int, Element]) -> Element | None:
    """The block that a link leads to."""
    place = places.get(link.attributes['href'][1:])
    while place is not None and place.tag not in _NOTES:
        place = parents.get(id(place))
    return place


def _link_back(note: Element, link: Element, parents: dict[int, Element]) -> Element | None:
    """The link in a note that leads to where *link* stands."""
    here = {name for e in link.walk() for name in _ids(e)}
    around: Element | None = link
    for _ in range(2):
        around = parents.get(id(around)) if around is not None else None
        if around is not None and around.tag in {'sup', 'span', 'small'}:
            here.update(_ids(around))
    return next(
        (
            e
            for e in note.walk()
            if e.tag == 'a' and e is not link and e.attributes.get('href', '').removeprefix('#') in here
        ),
        None,
    )
