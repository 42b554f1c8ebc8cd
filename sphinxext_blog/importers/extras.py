"""Values of HTML and XML archives on their way into an entry."""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING

from sphinxext_blog.dates import parse_date

if TYPE_CHECKING:
    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.importers.model import Problem

__all__ = ['read_date', 'slug_of', 'unique', 'words']

_TAG = re.compile(r'<[^<>]{0,2000}>')


def read_date(text: str, path: str, line: int, problems: list[Problem]) -> PartialDate | None:
    """A date, ``None`` for none; what can't be read is a problem."""
    from sphinxext_blog.importers.model import Problem

    text = text.strip()
    if not text or text.startswith('0000-'):
        return None
    try:
        return parse_date(text)
    except ValueError as error:
        problems.append(Problem(path, line, str(error), 'date'))
        return None


def slug_of(url: str) -> str:
    """The name of a page in its address: the last part of the path that names something."""
    from urllib.parse import unquote, urlsplit

    try:
        parts = [part for part in urlsplit(url).path.split('/') if part]
    except ValueError:
        return ''
    if parts and parts[-1].casefold() in {'index.html', 'index.htm', 'index.php'}:
        parts.pop()
    return re.sub(r'\.(?:html?|php|aspx?)$', '', unquote(parts[-1])) if parts else ''


def unique(items: list[str]) -> tuple[str, ...]:
    """Items without blanks around them, each once."""
    return tuple(dict.fromkeys(item for raw in items if (item := ' '.join(html.unescape(raw).split()))))


def words(text: str) -> str:
    """A title or name that may hold markup and character references, as text on one line."""
    return (
        ' '.join(html.unescape(_TAG.sub('', text)).split())
        if '<' in text or '&' in text
        else ' '.join(text.split())
    )
