"""What is wrong with a value that a writer gave: one function a kind of value.

Each is given a value of the right type, and returns a sentence without its
subject, which is the name of the value, or ``None`` when nothing is wrong.
"""

from __future__ import annotations

import re
import unicodedata
from typing import Any, Final, get_args

from sphinxext_blog.records import ReasonKind

DEFAULT_PANELS = ('meta', 'series', 'related', 'backlinks')
"""What is put into every post, in the order in which a reader meets it."""
PANELS = (*DEFAULT_PANELS, 'graph')
"""What can be put into every post."""
REASONS = tuple(kind for kind in get_args(ReasonKind) if kind != 'pinned')
"""Why posts are related, as their ranking knows it."""
FEEDS = ('atom', 'rss', 'json')
"""Forms of feeds."""

_TEMPLATE: Final = re.compile(r'https?://.*\{[A-Za-z_][A-Za-z0-9_]*\}')
_OF_SPHINX: Final = frozenset({'_static', '_sources', '_images', '_downloads', '_modules'})
_LONGEST_NAME: Final = 255
"""Bytes of the name of a file or folder, on all file systems in use."""
_LONGEST_PATH: Final = 1000
"""Bytes of a path, so that another one may stand before it."""
_SUFFIX: Final = 15
"""Bytes that names of ours add to that of a folder: ``.html`` and what it is while it is written."""
_MOST: Final = 1_000_000
"""No count and no factor need be larger."""


def strings(value: Any) -> str | None:
    """A list of strings."""
    return None if all(isinstance(item, str) for item in value) else 'must be a list of strings'


def shown(value: Any) -> str:
    """A value as a warning shows it: a part of a long one."""
    try:
        text = repr(value)
    except ValueError:  # a number of more digits than Python writes
        return f'such a large {type(value).__name__}'
    return text if len(text) <= 80 else f'{text[:60]}… ({len(text)} characters)'


def path(value: Any) -> str | None:
    """A file or folder."""
    if any(unicodedata.category(character) in {'Cc', 'Cs', 'Zl', 'Zp'} for character in value):
        return 'must be a path, without line breaks and control characters'
    names = [len(name.encode()) for name in value.replace('\\', '/').split('/')]
    if max(names) > _LONGEST_NAME or sum(names) > _LONGEST_PATH:
        return 'is too long for a path'
    return None


def paths(value: Any) -> str | None:
    """Files or folders."""
    return strings(value) or next((problem for item in value if (problem := path(item))), None)


def relative_path(value: Any) -> str | None:
    """A folder below another one."""
    if value.startswith('/') or '..' in value.split('/') or '\\' in value:
        return 'must be a path inside the site, with forward slashes'
    return path(value)


def site_folder(value: Any) -> str | None:
    """A folder of pages below the root of the site; addresses are made of it."""
    names = value.removesuffix('/').split('/')
    if value and not {'', '.', '..'}.isdisjoint(names):
        return (
            'must name folders inside the site, with forward slashes, such as notes/blog, '
            f'or be empty for the root; not {shown(value)}'
        )
    if names[0] in _OF_SPHINX or value.strip('/') in {'search', 'genindex'}:
        return f'must be another name than {names[0]!r}, where Sphinx puts something of its own'
    if not set('#?%:').isdisjoint(value):
        return f'must have no # ? % :, which mean something else in addresses; not {shown(value)}'
    if max(len(name.encode('utf-8', 'replace')) for name in names) > _LONGEST_NAME - _SUFFIX:
        return 'is too long for a path'
    return relative_path(value)


def named(value: Any) -> str | None:
    """Keys with a name, or with a name and an address."""
    for key, told in value.items():
        pair = (told,) if isinstance(told, str) else told
        strings = isinstance(pair, (list, tuple)) and all(
            isinstance(item, (str, type(None))) for item in pair
        )
        if not isinstance(key, str) or not strings or not 1 <= len(pair) <= 2 or not pair[0]:
            return (
                f'has {shown(told)} for the key {shown(key)}, where a name must stand, or a pair of a name '
                "and an address, as in {'emmy': ('Emmy Noether', 'https://example.org/emmy')}"
            )
    return None


def feeds(value: Any) -> str | None:
    """Forms of feeds."""
    if unknown := [item for item in value if item not in FEEDS]:
        return f'knows {", ".join(FEEDS)}, not {shown(unknown[0])}'
    return None


def panels(value: Any) -> str | None:
    """Kinds of panels."""
    if unknown := [item for item in value if item not in PANELS]:
        return f'knows {", ".join(PANELS)}, not {shown(unknown[0])}'
    return None


def factors(value: Any) -> str | None:
    """Reasons of related posts with factors."""
    for reason, factor in value.items():
        if reason not in REASONS:
            return f'knows {", ".join(REASONS)}, not {shown(reason)}'
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 <= factor <= _MOST:
            return f'must have numbers from 0 to {_MOST}, not {shown(factor)} for {reason!r}'
    return None


def url_templates(value: Any) -> str | None:
    """Addresses with placeholders."""
    if problem := strings(value):
        return problem
    if bad := [item for item in value if not _TEMPLATE.match(item)]:
        return (
            f'has {shown(bad[0])}, where an address with a placeholder must stand, '
            'such as https://example.org/archives/{id}'
        )
    if value:
        return _unusable(value)
    return None


def _unusable(templates: Any) -> str | None:
    from sphinxext_blog.references.urls import SiteUrls

    try:
        SiteUrls((), templates)
    except ValueError as error:
        return f'has a template that can not be used: {error}'
    return None


def engine(value: str) -> str | None:
    """What draws the graph page."""
    return None if value in {'auto', 'vis', 'canvas'} else "must be 'auto', 'vis' or 'canvas'"


def markdown(value: str) -> str | None:
    """Which Markdown is read with the habits of blogs."""
    return None if value in {'posts', 'all', 'none'} else "must be 'posts', 'all' or 'none'"


def count_or_none(value: Any) -> str | None:
    """A number from 0 on, or ``None``, as ABlog says all."""
    return None if value is None else count(value)


def count(value: Any) -> str | None:
    """A number from 0 on."""
    if value < 0:
        return 'must not be negative'
    return f'must be at most {_MOST}' if value > _MOST else None
