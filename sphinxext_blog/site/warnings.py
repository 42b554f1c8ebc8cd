"""One way to warn, so that each warning has a type, a place and can be suppressed."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, Literal

from sphinx.util import logging

if TYPE_CHECKING:
    from collections.abc import Mapping

    from docutils import nodes

__all__ = ['SUBTYPES', 'Subtype', 'warn']

logger = logging.getLogger(__name__)

_CONTROL: Final = re.compile(
    r'[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]'
)
"""What moves the cursor, colours a terminal or turns the direction of the text, and halves of characters."""

Subtype = Literal[
    'config',
    'import',
    'front-matter',
    'markdown',
    'encoding',
    'date',
    'duplicate',
    'ambiguous',
    'missing',
    'series',
    'formula',
    'graph',
    'build',
]

SUBTYPES: Final[Mapping[Subtype, str]] = {
    'config': 'a value in :file:`conf.py` is not valid, and its default is used; or it means nothing here',
    'import': 'something of an archive could not be read or written',
    'front-matter': 'a field of a post can not be read, or means nothing',
    'markdown': 'a shortcode that means nothing here, or a formula that an exporter damaged',
    'encoding': 'a source file is not in UTF-8',
    'date': 'a date can not be read',
    'duplicate': 'entries were merged although their data contradict each other',
    'ambiguous': 'a mention fits two posts equally well, or a post and a paper',
    'missing': 'a role or an own address leads to no post, or an address can not be read',
    'series': 'two posts are the same part of a series',
    'formula': 'a formula can not be read as it was meant, or the formula page not be made',
    'graph': 'a page or an export of the graph could not be made, or the map that it starts from not be read',
    'build': 'another build works in the same folder, and does not end',
}
"""When each is given, for the manual."""


def warn(
    subtype: Subtype,
    message: str,
    *args: object,
    location: str | tuple[str, int | None] | nodes.Node | None = None,
) -> None:
    """Warn as ``blog.<subtype>``; *location* is a node, a docname, or a docname and a line.

    What controls a terminal stands in the warning as an escape: archives and notes hold anything.
    """
    text = _CONTROL.sub(_escaped, message % args if args else message)
    logger.warning('%s', text, location=location, type='blog', subtype=subtype)


def _escaped(found: re.Match[str]) -> str:
    return found[0].encode('unicode_escape').decode()
