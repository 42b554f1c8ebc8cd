"""``[TOC]``: the sections of a document, where its author wants to list them.

docutils' own list is either that of the section where it stands or begins with the title
of the page; this one holds all sections below the title.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from docutils.transforms.parts import Contents

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['contents_list']

_CLASSES = ('contents', 'local', 'this-will-duplicate-information-and-it-is-still-useful-here')
"""The last one asks the theme furo to show it."""


class _Sections(Contents):
    def apply(self) -> None:
        self.backlinks = None
        found = list(self._top_level())
        pending = self.startnode
        assert pending is not None  # noqa: S101 (docutils makes such a transform for a node)
        box = pending.parent
        self.toc_id = box['ids'][0]
        listed = self.build_contents(found[0] if len(found) == 1 else self.document)
        if isinstance(listed, nodes.bullet_list):
            box.replace(pending, listed)
        else:
            box.parent.remove(box)

    def _top_level(self) -> Iterator[nodes.section]:
        return (child for child in self.document if isinstance(child, nodes.section))


def contents_list(document: nodes.document) -> nodes.topic:
    """What becomes the list once the whole document is read."""
    box = nodes.topic('', classes=list(_CLASSES))
    document.set_id(box, suggested_prefix='contents')
    pending = nodes.pending(_Sections)
    document.note_pending(pending)
    box += pending
    return box
