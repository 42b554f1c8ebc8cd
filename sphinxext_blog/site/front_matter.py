"""What a document says of itself before its title: fields of RST, front matter of MyST.

Both arrive as a docutils ``docinfo`` (or as options of a ``post`` directive);
:func:`read_fields` makes them a plain mapping that remembers lines, and the
readers below turn a text into a date, a list, a flag, each with a warning at
the field's own line when it can't be read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_blog.dates import PartialDate, parse_date
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Mapping

__all__ = ['Field', 'Fields', 'date_of', 'flag_of', 'list_of', 'number_of', 'read_fields']

_SYNONYMS = {
    'author': 'authors',
    'category': 'categories',
    'tag': 'tags',
    'alias': 'aliases',
    'update': 'updated',
    'lastmod': 'updated',
    'lang': 'language',
    'series_index': 'series-index',
    'part': 'series-index',
    'url': 'urls',
    'canonical_link': 'urls',
    'canonical-link': 'urls',
    'external_link': 'urls',
    'title_derived': 'title-derived',
}
_SEPARATORS = re.compile(r'\s*[,;，；、]\s*')
_TRUE = frozenset({'', 'true', 'yes', 'on', '1'})
_FALSE = frozenset({'false', 'no', 'off', '0', 'none', 'null'})


@dataclass(frozen=True, slots=True)
class Field:
    """The text of one field and the line it stands on (0 when unknown)."""

    text: str
    line: int = 0


Fields = dict[str, Field]
"""Fields by canonical name, lower case: ``authors`` also for ``:author:``."""


def canonical_name(name: str) -> str:
    """The one name of a field that can be written in several ways."""
    name = name.strip().casefold()
    return _SYNONYMS.get(name, name)


def read_fields(document: nodes.document) -> Fields:
    """The fields of *document*'s docinfo, before Sphinx takes it away."""
    fields: Fields = {}
    for docinfo in document.findall(nodes.docinfo):
        for node in docinfo:
            line = node.line or docinfo.line or 0
            if isinstance(node, nodes.authors):
                _add(fields, 'authors', '; '.join(author.astext() for author in node), line)
            elif isinstance(node, nodes.field):
                _add(fields, node[0].astext(), node[1].astext(), line)
            elif isinstance(node, nodes.TextElement):
                _add(fields, node.__class__.__name__, node.astext(), line)
    return fields


def _add(fields: Fields, name: str, text: str, line: int) -> None:
    name, text = canonical_name(name), text.strip()
    if text in {'None', 'null', '~'}:
        text = ''
    if name in fields and fields[name].text:
        text = f'{fields[name].text}, {text}'  # :tag: and :tags:, say
    fields[name] = Field(text, line)


def list_of(
    fields: Mapping[str, Field], name: str, *, separators: re.Pattern[str] = _SEPARATORS
) -> tuple[str, ...]:
    """The items of a field: a list in JSON or YAML flow style, or a text with separators."""
    text = fields[name].text if name in fields else ''
    items: list[object]
    if text.startswith('['):
        try:
            items = json.loads(text)
        except ValueError:
            items = separators.split(text.strip('[]'))
    else:
        items = list(separators.split(text))
    cleaned = (str(item).strip().strip('"\'') for item in items if item is not None)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def flag_of(fields: Mapping[str, Field], name: str, docname: str) -> bool | None:
    """A yes-or-no field; an empty one is a yes; ``None`` when it is absent or can't be read."""
    if name not in fields:
        return None
    text = fields[name].text.casefold()
    if text in _TRUE:
        return True
    if text not in _FALSE:
        warn(
            'front-matter',
            'the field %r is %r; write true or false',
            name,
            fields[name].text,
            location=(docname, fields[name].line or None),
        )
        return None
    return False


def number_of(fields: Mapping[str, Field], name: str, docname: str) -> int | None:
    """A whole number, or ``None`` when the field is absent, empty, or no such number."""
    text = fields[name].text if name in fields else ''
    if not text:
        return None
    try:
        return int(text)
    except ValueError:
        warn(
            'front-matter',
            'the field %r is %r; write a whole number',
            name,
            text,
            location=(docname, fields[name].line or None),
        )
        return None


def date_of(fields: Mapping[str, Field], name: str, docname: str) -> PartialDate | None:
    """A date, or ``None`` when the field is absent, empty, or can't be read."""
    text = fields[name].text if name in fields else ''
    if not text:
        return None
    # Smart quotes turn the two dashes of a date without year into one en dash.
    text = re.sub(r'^–(?=\d\d-)', '--', text)
    try:
        return parse_date(text)
    except ValueError as error:
        warn('date', 'the field %r: %s', name, error, location=(docname, fields[name].line or None))
        return None
