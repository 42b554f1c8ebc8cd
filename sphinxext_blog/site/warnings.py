"""One way to warn, so that each warning has a type, a place and can be suppressed."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from sphinx.util import logging

if TYPE_CHECKING:
    from docutils import nodes

__all__ = ['Subtype', 'warn']

logger = logging.getLogger(__name__)

Subtype = Literal[
    'config',
    'import',
    'front-matter',
    'markdown',
    'date',
    'duplicate',
    'ambiguous',
    'missing',
    'series',
    'formula',
    'graph',
]


def warn(
    subtype: Subtype,
    message: str,
    *args: object,
    location: str | tuple[str, int | None] | nodes.Node | None = None,
) -> None:
    """Warn as ``blog.<subtype>``; *location* is a node, a docname, or a docname and a line."""
    logger.warning(message, *args, location=location, type='blog', subtype=subtype)
