"""Headings that are not in ASCII have ids that readers can read and links can keep.

docutils makes an id of the letters from a to z only: a Chinese heading is ``id1``,
the next one ``id2``, and one more heading before them shifts all addresses
(https://github.com/sphinx-doc/sphinx/issues/8709). Here its words come first among
its ids. The ids of docutils stay behind it, so that every reference still arrives.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.transforms import SphinxTransform

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['ReadableIds', 'readable_id', 'setup_heading_ids']

_BEFORE_ALL: Final = 10
"""Before translations (20), so that headings keep their ids in every language."""
_NUMBER: Final = re.compile(r'\d+(?:\.\d+)*(?:[.、)）:：\s]\s*)(?=\D)')
"""Of “2.1 引言”: it changes when a section comes before it, and no id begins with a digit."""


def readable_id(name: str) -> str:
    """The words of *name* as an id, or nothing when docutils keeps all of its letters.

    >>> readable_id('2.1 Transformer升级之路（一）')
    'transformer升级之路-一'
    >>> readable_id('Über uns')
    ''
    """
    letters = {character for character in name if character.isalnum() and not character.isascii()}
    if all(nodes.make_id(f'a{character}') != 'a' for character in letters):
        return ''
    text = unicodedata.normalize('NFKC', _NUMBER.sub('', name, count=1) if _NUMBER.match(name) else name)
    kept = (c if unicodedata.category(c)[0] in 'LNM' else ' ' for c in text.lower())
    result = '-'.join(''.join(kept).split())
    # What comes before the first letter is no beginning of an XML name, which EPUB asks for.
    return (
        f'_{result}' if result[:1].isdigit() or unicodedata.category(result[:1] or 'a')[0] == 'M' else result
    )


class ReadableIds(SphinxTransform):
    """Give headings and labels ids of their words."""

    default_priority = _BEFORE_ALL

    def apply(self, **_kwargs: Any) -> None:
        for section in self.document.findall(nodes.section):
            if section['ids'] and section.children and isinstance(section[0], nodes.title):
                self._put_first(section, section[0].astext())
        for name, is_explicit in list(self.document.nametypes.items()):
            target = self.document.ids.get(self.document.nameids.get(name) or '')
            if is_explicit and isinstance(target, nodes.target) and name in target['names']:
                self._put_first(target, name)

    def _put_first(self, node: nodes.Element, name: str) -> None:
        wanted = readable_id(name)
        if not wanted:
            return
        found, number = wanted, 0
        while found in self.document.ids:
            number += 1
            found = f'{wanted}-{number}'
        old = node['ids'][0]
        node['ids'].insert(0, found)
        self.document.ids[found] = node
        for known in node['names']:
            if self.document.nameids.get(known) == old:
                self.document.nameids[known] = found
        # MyST-Parser keeps where its own links to headings lead
        slugs: Any = getattr(self.document, 'myst_slugs', {})
        for slug, (line, anchor, text) in list(slugs.items()):
            if anchor == old:
                slugs[slug] = (line, found, text)


def setup_heading_ids(app: Sphinx) -> None:
    """Have every document's headings and labels read."""
    app.add_transform(ReadableIds)
