r"""Words in place of a formula: formulas whose posts, sections or neighbouring sentences say them.

Titles and tags are read as they are, a word being anything in them; what is
said around a formula is in the index (:mod:`~.index`), cut into *terms*: words
of letters and digits, and of Chinese, which has no blanks, pairs of characters.
"""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.analysis import hash_of

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping

    from sphinxext_blog.formulas.catalogue import Place

__all__ = [
    'PLACES',
    'are_words',
    'from_differences',
    'inverted',
    'places_said',
    'said_in',
    'terms_of',
]

PLACES: Final = 64
"""A place is one number: that of its entry times this, and its own within the entry."""

_LETTER: Final = f'(?:[A-Za-z0-9]|{tables.LETTER.pattern})'
_TERM: Final = re.compile(f'([{tables.CJK}]+)|{_LETTER}+')
_WORDS: Final = re.compile(f"(?:[{tables.CJK}{tables.WHITE}'’·—，。、：；《》“”-]|{_LETTER})+")
_WORD: Final = re.compile(f'[{tables.CJK}]|{_LETTER}{{3}}')


def said_in(words: str, texts: Mapping[str, str]) -> Callable[[Place], bool] | None:
    """Which places are in posts or sections that say all of some words.

    :param words: parted by white space; upper and lower case are alike.
    :param texts: what is known of each post by docname: its title, tags, series.
    :return: for :meth:`FormulaSearch.search`; ``None`` when there are no words.
    """
    wanted = _folded(words).split()
    if not wanted:
        return None
    folded = {name: _folded(text) for name, text in texts.items()}

    def says(place: Place) -> bool:
        text = f'{folded.get(place.docname, "")} {_folded(place.section)}'
        return all(word in text for word in wanted)

    return says


def are_words(query: str) -> bool:
    """Whether a query could be words: of letters, three in a row at least, or of Chinese, without a sign.

    >>> are_words('low rank'), are_words('x y'), are_words('f(abc)')
    (True, False, False)
    """
    return _WORDS.fullmatch(query) is not None and _WORD.search(query) is not None


def terms_of(text: str) -> list[str]:
    """The terms of a text, in order, with repetition.

    >>> terms_of('Low-rank 低秩矩阵')
    ['low', 'rank', '低秩', '秩矩', '矩阵']
    """
    out: list[str] = []
    for match in _TERM.finditer(_folded(text)):
        run = match[1]
        if run is None:
            out.append(match[0])
        elif len(run) == 1:
            out.append(run)
        else:
            out.extend(run[n : n + 2] for n in range(len(run) - 1))
    return out


def _shard_of(term: str) -> str:
    """The file of the index that knows a term: one hexadecimal digit."""
    return hash_of(term)[0]


def from_differences(steps: Iterable[int]) -> list[int]:
    """Ascending numbers that are written as the first and the steps from each to the next."""
    numbers: list[int] = []
    number = 0
    for step in steps:
        number += step
        numbers.append(number)
    return numbers


def places_said(
    words: str, texts: Mapping[str, str], shards: str, read: Callable[[str], Any]
) -> list[tuple[int, float]]:
    """The places of formulas about which all of some words are said.

    :param words: parted by white space; upper and lower case are alike.
    :param texts: what is known of each post by docname.
    :param shards: those that the index has, a digit each.
    :param read: gives the content of a file of the index.
    :return: places as numbers, each with its share in (0, 1]: 1 when all words
        stand around the formula or in the heading of its section, a half when
        all are of the post alone. The highest come first, then the most important entries.
    """
    wanted = list(dict.fromkeys(_folded(words).split()))
    folded = {name: _folded(text) for name, text in texts.items()}
    counts: dict[int, int] | None = None
    for word in wanted:
        near = _places_near(word, shards, read)
        found = dict.fromkeys(near, 1)
        names = [name for name, text in folded.items() if word in text]
        holders = read('holders') if names else {}
        for name in names:
            for place in from_differences(holders.get(name, [])):
                found.setdefault(place, 0)
        if counts is None:
            counts = found
        else:
            counts = {place: count + found[place] for place, count in counts.items() if place in found}
    total = len(wanted)
    ranked = sorted((counts or {}).items(), key=lambda item: (-item[1], item[0]))
    return [(place, (total + count) / (2 * total)) for place, count in ranked]


def _places_near(word: str, shards: str, read: Callable[[str], Any]) -> set[int]:
    """Places around which all terms of a word stand."""
    terms = set(terms_of(word))
    found: set[int] | None = None
    for term in sorted(terms):
        shard = _shard_of(term)
        file = read(f'said-{shard}') if shard in shards else {}
        places = set(from_differences(file.get(term, [])))
        found = places if found is None else found & places
    return found or set()


def inverted(said: Mapping[int, str]) -> dict[str, dict[str, list[int]]]:
    """For each shard its terms, each with the places that it stands around, ascending.

    :param said: what stands around each place.
    """
    shards: defaultdict[str, defaultdict[str, list[int]]] = defaultdict(lambda: defaultdict(list))
    for place in sorted(said):
        for term in dict.fromkeys(terms_of(said[place])):
            shards[_shard_of(term)][term].append(place)
    return {shard: dict(sorted(table.items())) for shard, table in sorted(shards.items())}


def _folded(text: str) -> str:
    return unicodedata.normalize('NFKC', text).lower()
