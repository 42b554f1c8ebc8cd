"""Numbers that go on where a 《title》 left off: 《扩散随笔（十四）》、（十五）.

The words in front tell the series, which need not be that of the post itself.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.references.citations import Citation, find_citations
from sphinxext_blog.references.numerals import CHINESE_DIGITS, label_to_int
from sphinxext_blog.references.series_titles import parse_title

__all__ = ['find_continued']

_NEXT: Final = re.compile(
    rf'(?P<join>\s{{0,2}}(?:[、,，和与及跟]|以及|到|至)?\s{{0,2}})[(（](?P<n>[{CHINESE_DIGITS}]{{1,4}})[)）]'
)


def find_continued(text: str, citations: tuple[Citation, ...] | None = None) -> tuple[Citation, ...]:
    """Find bare numbers behind a 《title》 that bears one in the same style.

    :param citations: those of the text when they are known already.
    :returns: each number with the beginning of the title that it stands for.

    >>> [c.title for c in find_continued('见《扩散随笔（十四）：捷径》、（十五）和（十六）。')]
    ['扩散随笔（十五）', '扩散随笔（十六）']
    """
    found: list[Citation] = []
    for citation in find_citations(text) if citations is None else citations:
        match = _NEXT.match(text, citation.end)
        part = parse_title(citation.title) if match else None
        if part is None or part.head[0][-1:] not in ('(', '（'):
            continue
        while match:
            number = label_to_int(match['n'])
            if not number:
                break
            found.append(Citation(match.start() + len(match['join']), match.end(), part.head_for(number)))
            match = _NEXT.match(text, match.end())
    return tuple(found)
