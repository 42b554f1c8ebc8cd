"""Numbers that go on where a 《title》 left off: 《扩散随笔（十四）》、（十五）.

The words in front tell the series, which need not be that of the post itself.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.citations import Citation, find_citations
from sphinxext_blog.references.numerals import CHINESE_DIGITS, label_to_int
from sphinxext_blog.references.series_titles import parse_title
from sphinxext_blog.references.several import RANGE

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['find_continued']

_LATER: Final = re.compile(
    r'[(（](?P<n>[上中下])[)）](?=(?:[、,，和与及]?[(（][上中下][)）]){0,2}[两三那这]?篇)'
)
_REACH: Final = 40
_SENTENCE_END: Final = re.compile(r'[。！？!?；;\n《]')

_NEXT: Final = re.compile(
    rf'(?P<join>\s{{0,2}}(?:[、,，和与及跟{RANGE}]|以及)?\s{{0,2}})[(（](?P<n>[{CHINESE_DIGITS}]{{1,4}})[)）]'
)

_RANGE: Final = re.compile(f'[{RANGE}]')


def find_continued(text: str, citations: tuple[Citation, ...] | None = None) -> tuple[Citation, ...]:
    """Find bare numbers behind a 《title》 that bears one in the same style.

    :param citations: those of the text when they are known already.
    :returns: each number with the beginning of the title that it stands for; behind 到 or ~ one
        that :func:`~sphinxext_blog.references.several.parts_of_title` reads as all up to there.

    >>> [c.title for c in find_continued('见《扩散随笔（十四）：捷径》、（十五）和（十六）。')]
    ['扩散随笔（十五）', '扩散随笔（十六）']
    """
    found: list[Citation] = []
    for citation in find_citations(text) if citations is None else citations:
        found += _halves_behind(text, citation)
        match = _NEXT.match(text, citation.end)
        part = parse_title(citation.title) if match else None
        if part is None or part.head[0][-1:] not in ('(', '（'):
            continue
        last = part.number[0]
        while match:
            number = label_to_int(match['n'])
            if not number:
                break
            title = part.head_for(number)
            if _RANGE.search(match['join']) and last + 1 < number:
                title = f'{part.head_for(last + 1).removesuffix(part.head[1])}~{match["n"]}{part.head[1]}'
            found.append(Citation(match.start() + len(match['join']), match.end(), title))
            last, match = number, _NEXT.match(text, match.end())
    return tuple(found)


def _halves_behind(text: str, citation: Citation) -> Iterator[Citation]:
    """《X（上）》 in a sentence that goes on with 后来又有（中）、（下）两篇."""
    if not _LATER.search(text, citation.end, citation.end + _REACH):
        return
    part = parse_title(citation.title)
    if part is None or not part.halves or len(part.number) > 1 or part.head[0][-1:] not in ('(', '（'):
        return
    stop = _SENTENCE_END.search(text, citation.end, citation.end + _REACH)
    for match in _LATER.finditer(text, citation.end, stop.start() if stop else citation.end + _REACH):
        yield Citation(match.start(), match.end(), f'{part.head[0]}{match["n"]}{part.head[1]}')
