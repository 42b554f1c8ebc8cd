"""Names of tags, authors and places as parts of addresses.

The rule is ABlog's, so that a site that comes from it keeps its addresses:
letters and digits of any script in lower case, hyphens for blanks, and nothing
of other marks. Names of which nothing else tells them apart than such marks
(``C``, ``C++``, ``C#``) have addresses of their own.
"""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter, defaultdict
from functools import lru_cache
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ['ablog_slug', 'fits_a_file', 'name_key', 'shown_names', 'slugs_of']

_SPOKEN: Final = {'+': '-plus', '#': '-sharp'}
"""Marks that names end in, not ones that only decorate them."""
_MOST_BYTES: Final = 230
"""Of a file's name most systems allow 255, suffix included."""
_KEPT_BYTES: Final = 180
_MARKS: Final = re.compile(r'(?<=\w)(?:[+#])+')


@lru_cache(maxsize=4096)
def name_key(name: str) -> str:
    """What the spellings of one name have in common: ``SunPy`` and ``sunpy``."""
    return re.sub(r'[-\s]+', '-', unicodedata.normalize('NFKC', name).strip().casefold())


def ablog_slug(name: str) -> str:
    """The slug that ABlog gives a name; empty for one of marks only.

    Letters are composed again: ABlog leaves Hangul in pieces.
    """
    plain = re.sub(r'[^\w\s-]', '', unicodedata.normalize('NFKD', name)).strip().lower()
    return unicodedata.normalize('NFC', re.sub(r'[-\s]+', '-', plain))


def slugs_of(names: Iterable[str]) -> dict[str, str]:
    """The slug of each key of some names, all different; the same whatever the order of the names."""
    keys = sorted({name_key(name) for name in names})
    wanted: dict[str, list[str]] = defaultdict(list)
    for key in keys:
        spoken = _MARKS.sub(lambda marks: ''.join(_SPOKEN[mark] for mark in marks[0]), key)
        wanted[_of_a_file(ablog_slug(spoken))].append(key)
    result: dict[str, str] = {}
    for slug, rivals in wanted.items():
        # The one that is written like the slug has it; the others get something of their own.
        rivals.sort(key=lambda key: (key != slug, key))
        for number, key in enumerate(rivals):
            digest = hashlib.sha256(key.encode('utf-8', 'surrogatepass')).hexdigest()[:6]
            if not slug.strip('-'):
                result[key] = digest
            else:
                result[key] = f'{slug}-{digest}' if number else slug
    return result


def fits_a_file(slug: str) -> bool:
    """Whether a page can be called so."""
    return len(slug.encode('utf-8', 'surrogatepass')) <= _MOST_BYTES


def _of_a_file(slug: str) -> str:
    """The slug, cut when no file can have that name; a digest tells apart what was cut."""
    if fits_a_file(slug):
        return slug
    content = slug.encode('utf-8', 'surrogatepass')
    digest = hashlib.sha256(content).hexdigest()[:6]
    return f'{content[:_KEPT_BYTES].decode("utf-8", "ignore")}-{digest}'


def shown_names(names: Iterable[str]) -> dict[str, str]:
    """The spelling of each key that is used most often; of equals the first in order."""
    count = Counter(names)
    result: dict[str, str] = {}
    for name in sorted(count, key=lambda name: (-count[name], name)):
        result.setdefault(name_key(name), name)
    return result
