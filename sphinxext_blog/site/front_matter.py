"""What a document says of itself before its title: fields of RST, front matter of MyST.

Both arrive as a docutils ``docinfo`` (or as options of a ``post`` directive);
:func:`read_fields` makes them a plain mapping that remembers lines, and the
readers below turn a text into a date, a list, a flag, each with a warning at
the field's own line when it can't be read.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinxext_blog.dates import PartialDate, parse_date
from sphinxext_blog.site.markdown_fields import PICTURES
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.surrogates import encodable

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinx.environment import BuildEnvironment

__all__ = [
    'FIELDS',
    'FIELD_SYNONYMS',
    'Field',
    'Fields',
    'date_of',
    'flag_of',
    'is_flag',
    'list_of',
    'number_of',
    'place_of',
    'read_fields',
]

FIELDS: Final[Mapping[str, str]] = {
    'blogpost': 'whether the document is a post, whatever else says so',
    'title': 'instead of the heading, which stays as it is',
    'date': 'when it was published, as exactly as is known: ``2014-12-08``, ``2014-12``, ``2014``, or '
    '``--12-08`` of an unknown year',
    'updated': 'when it was last changed',
    'authors': 'who wrote it, by name or by a key of :confval:`blog_authors`',
    'tags': 'in commas, or a list',
    'categories': 'in commas, or a list',
    'location': 'where it was written; several in commas',
    'language': 'code of its language, such as ``zh-CN``',
    'series': 'the series that it is a part of, when its title does not say so',
    'series-index': 'which part it is',
    'draft': 'not for readers yet',
    'aliases': 'other titles that it is cited by',
    'urls': 'addresses that it has or had elsewhere; the first is the canonical one',
    'redirect': 'pages of this site that lead here from now on: ``old/address``',
    'related': 'documents or titles of posts to put first among the related ones, as ``one | another``',
    'not-related': 'documents or titles of posts that are not related, as ``one | another``',
    'excerpt': 'a text, or the number of paragraphs to take',
    'image': 'the picture that stands for it: a file or an address, or which of its own, counted from 1',
    'title-derived': 'the source had no title; the heading is the first words, and nobody cites it',
    'exclude': 'as an option of the ``post`` directive',
    'nocomments': 'as an option of the ``post`` directive',
}
"""What a document can say of itself, by canonical name, each with its meaning in reStructuredText."""

FIELD_SYNONYMS: Final[Mapping[str, str]] = {
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
    'not_related': 'not-related',
    'unpublishdate': 'expirydate',
}
_SEPARATORS = re.compile(r'(?:(?<!\s)\s++)?[,;，；、]\s*+')
_STRAIGHT: Final = str.maketrans('“”„‟', '""""')
_TRUE = frozenset({'', 'true', 'yes', 'on', '1'})
_FALSE = frozenset({'false', 'no', 'off', '0', 'none', 'null'})


@dataclass(frozen=True, slots=True)
class Field:
    """The text of one field and where it stands."""

    text: str
    line: int = 0
    """0 when docutils doesn't tell; then :meth:`location` looks for it in *source*."""
    source: str = ''

    def location(self, docname: str, name: str) -> tuple[str, int | None]:
        """Document and line of the field called *name*, for a warning."""
        if self.line or not self.source:
            return docname, self.line or None
        names = {name, *(synonym for synonym, meant in FIELD_SYNONYMS.items() if meant == name)}
        if name == 'image':
            names.update(PICTURES)
        try:
            lines = Path(self.source).read_text(encoding='utf-8', errors='replace').splitlines()
        except OSError:
            return docname, None
        for number, line in enumerate(lines, 1):
            name_there = re.split('[:=\uff1a]', line.strip().removeprefix(':'), maxsplit=1)[0]
            if name_there.strip().strip('"\'').casefold() in names:
                return docname, number
        return docname, None


def place_of(env: BuildEnvironment, docname: str, *names: str) -> tuple[str, int | None]:
    """Document and line of the first field called one of *names*, when its document is no longer at hand."""
    field = Field('', 0, str(env.doc2path(docname)))
    places = (field.location(docname, name) for name in names)
    return next((place for place in places if place[1]), (docname, None))


Fields = dict[str, Field]
"""Fields by canonical name, lower case: ``authors`` also for ``:author:``."""


def canonical_name(name: str) -> str:
    """The one name of a field that can be written in several ways."""
    name = name.strip().casefold()
    return FIELD_SYNONYMS.get(name, name)


def read_fields(document: nodes.document) -> Fields:
    """The fields of *document*'s docinfo, before Sphinx takes it away."""
    fields: Fields = {}
    source = str(document.get('source') or '')
    for docinfo in document.findall(nodes.docinfo):
        for node in docinfo:
            if isinstance(node, nodes.authors):
                names = [author.astext() for author in node]
                # docutils takes a list of MyST-Parser apart at its commas
                mark = ', ' if names[:1] and names[0].startswith('[') else '; '
                field = Field(mark.join(names), 0, source)
                _add(fields, 'authors', field)
            elif isinstance(node, nodes.field):
                # MyST gives all its fields the line of the first.
                line = 0 if source.endswith(('.md', '.markdown')) else node.line or 0
                _add(fields, node[0].astext(), Field(_body_text(node[1]), line, source))
            elif isinstance(node, nodes.TextElement):
                _add(fields, node.__class__.__name__, Field(node.astext(), 0, source))
    return fields


def _body_text(body: nodes.Node) -> str:
    # docutils puts its own complaint about an empty date into the field
    return '\n\n'.join(
        child.astext() for child in body.children if not isinstance(child, nodes.system_message)
    )


def _add(fields: Fields, name: str, field: Field) -> None:
    name, text = canonical_name(name), encodable(field.text).strip()
    if text in {'None', 'null', '~'}:
        text = ''
    if name in fields and fields[name].text:
        known = fields[name].text  # :tag: and :tags:, say
        if known.startswith('[') or text.startswith('['):
            text = json.dumps([*_items(known, _SEPARATORS), *_items(text, _SEPARATORS)], ensure_ascii=False)
        else:
            text = f'{known}, {text}'
    fields[name] = replace(field, text=text)


def list_of(
    fields: Mapping[str, Field], name: str, *, separators: re.Pattern[str] = _SEPARATORS
) -> tuple[str, ...]:
    """The items of a field: a list in JSON or YAML flow style, or a text with separators."""
    return _items(fields[name].text if name in fields else '', separators)


def _items(text: str, separators: re.Pattern[str]) -> tuple[str, ...]:
    items: list[object] = []
    if text.startswith('['):
        # docutils' smart quotes come before the fields of names are read
        for written in (text, text.translate(_STRAIGHT)):
            try:
                items = json.loads(written)
            except (ValueError, RecursionError):
                continue
            break
        else:
            items = list(separators.split(text.strip('[]').translate(_STRAIGHT)))
    else:
        items = list(separators.split(text))
    cleaned = (encodable(str(item)).strip().strip('"\'') for item in items if item is not None)
    return tuple(dict.fromkeys(item for item in cleaned if item))


def is_flag(text: str) -> bool:
    """Whether the text of a field is a yes or a no."""
    return text.casefold() in _TRUE | _FALSE


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
            location=fields[name].location(docname, name),
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
            location=fields[name].location(docname, name),
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
        warn('date', 'the field %r: %s', name, error, location=fields[name].location(docname, name))
        return None
