"""What is wrong with a value that a writer gave: one function a kind of value.

Each is given a value of the right type, and returns a sentence without its
subject, which is the name of the value, or ``None`` when nothing is wrong.
"""

from __future__ import annotations

from typing import Any, get_args

from sphinxext_blog.records import ReasonKind

DEFAULT_PANELS = ('meta', 'series', 'related', 'backlinks')
"""What is put into every post, in the order in which a reader meets it."""
PANELS = (*DEFAULT_PANELS, 'graph')
"""What can be put into every post."""
REASONS = tuple(kind for kind in get_args(ReasonKind) if kind != 'pinned')
"""Why posts are related, as their ranking knows it."""
FEEDS = ('atom', 'rss', 'json')
"""Forms of feeds."""


def strings(value: Any) -> str | None:
    """A list of strings."""
    return None if all(isinstance(item, str) for item in value) else 'must be a list of strings'


def relative_path(value: Any) -> str | None:
    """A folder below the root of the site."""
    if value.startswith('/') or '..' in value.split('/') or '\\' in value:
        return 'must be a path inside the site, with forward slashes'
    return None


def one_line(value: Any) -> str | None:
    """A path."""
    return None if value.isprintable() else 'must be a path, without line breaks and control characters'


def named(value: Any) -> str | None:
    """Keys with a name, or with a name and an address."""
    for key, told in value.items():
        pair = (told,) if isinstance(told, str) else told
        strings = isinstance(pair, (list, tuple)) and all(
            isinstance(item, (str, type(None))) for item in pair
        )
        if not isinstance(key, str) or not strings or not 1 <= len(pair) <= 2 or not pair[0]:
            return f'must give each key a pair of a name and an address (or None), not {told!r}'
    return None


def feeds(value: Any) -> str | None:
    """Forms of feeds."""
    if unknown := [item for item in value if item not in FEEDS]:
        return f'knows {", ".join(FEEDS)}, not {unknown[0]!r}'
    return None


def panels(value: Any) -> str | None:
    """Kinds of panels."""
    if unknown := [item for item in value if item not in PANELS]:
        return f'knows {", ".join(PANELS)}, not {unknown[0]!r}'
    return None


def factors(value: Any) -> str | None:
    """Reasons of related posts with factors."""
    for reason, factor in value.items():
        if reason not in REASONS:
            return f'knows {", ".join(REASONS)}, not {reason!r}'
        if isinstance(factor, bool) or not isinstance(factor, (int, float)) or not 0 <= factor < float('inf'):
            return f'must have numbers from 0 on, not {factor!r} for {reason!r}'
    return None


def url_templates(value: Any) -> str | None:
    """Addresses with placeholders."""
    if problem := strings(value):
        return problem
    if bad := [item for item in value if not item.startswith(('http://', 'https://')) or '{' not in item]:
        return (
            f'{bad[0]!r} must be an address with a placeholder, such as https://example.org/archives/{{id}}'
        )
    return None


def engine(value: str) -> str | None:
    """What draws the graph page."""
    return None if value in {'auto', 'vis', 'canvas'} else "must be 'auto', 'vis' or 'canvas'"


def markdown(value: str) -> str | None:
    """Which Markdown is read with the habits of blogs."""
    return None if value in {'posts', 'all', 'none'} else "must be 'posts', 'all' or 'none'"


def not_negative(value: Any) -> str | None:
    """A number from 0 on."""
    return 'must not be negative' if value < 0 else None
