"""Finding phrases that name a place in the series: 上一篇文章, “part 3 of this series”.

Only phrases that can hardly mean anything else are taken. They count only in a
post that is in a series; that is for the resolver to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS, label_to_int

__all__ = ['SeriesPhrase', 'find_series_phrases']


@dataclass(frozen=True, slots=True)
class SeriesPhrase:
    """Words that point to other parts of the same series."""

    start: int
    end: int
    selector: str
    """As in :attr:`sphinxext_blog.records.Mention.target`: ``3``, ``-1``, ``+1``, ``<3``."""


_CN: Final = rf'[{CHINESE_DIGITS}]{{1,4}}|\d{{1,3}}'
_POST: Final = r'(?:文章|博文|博客|帖子)'
_NOT_OURS: Final = r'(?!论文|工作|报道|新闻|paper|Paper|小说|作文)'
_COUNT: Final = 'two|three|four|five|six|seven|eight|nine|ten'
_ORDINAL: Final = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth'
_ROMAN_OR_DIGITS: Final = r'[IVX]{1,6}|\d{1,3}'

_RULES: Final = tuple(
    (re.compile(pattern), selector)
    for pattern, selector in (
        (rf'(?:上|前)一篇{_POST}?{_NOT_OURS}|上篇{_POST}', '-1'),
        (rf'(?:下|后)一篇{_POST}?{_NOT_OURS}|下篇{_POST}', '+1'),
        (
            rf'(?<![目当提空以])前面?(?P<n>[两二三四五六七八九十]|[2-9]|1\d){{1}}篇{_POST}?{_NOT_OURS}',
            '<',
        ),
        (
            rf'(?:(?:本|这个|这一|该|此)系列{_POST}?(?:的|中的?|里的?)?|(?<![》】”"个一])系列(?:的|之)?)'
            rf'第\s?(?P<n>{_CN})\s?(?:篇{_POST}?{_NOT_OURS}|部分|讲|课|期|章|回)',
            '',
        ),
        (
            r'\b(?i:(?:the|my|our)\s(?:previous|last|preceding)\s'
            r'(?:blog\s?)?(?:post|article|installment|instalment|entry))\b',
            '-1',
        ),
        (r'\b(?i:(?:the|my|our)\snext\s(?:blog\s?)?(?:post|article|installment|instalment|entry))\b', '+1'),
        (
            rf'\b(?i:(?:the|my|our)\s(?:previous|last|preceding)\s(?P<n>{_COUNT})\s'
            r'(?:blog\s?)?(?:posts|articles|installments|instalments|entries|parts))\b',
            '<',
        ),
        (
            rf'\b(?:(?i:part|post|installment|chapter))\s(?P<n>{_ROMAN_OR_DIGITS})\s'
            r'(?i:(?:of|in)\s(?:this|the|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '',
        ),
        (
            rf'\b(?i:the\s(?P<n>{_ORDINAL})\s(?:part|post|article|installment|instalment|entry)\s'
            r'(?:of|in)\s(?:this|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '',
        ),
        (rf'\b(?:[Ii]n|[Ss]ee|[Ff]rom)\sPart\s(?P<n>{_ROMAN_OR_DIGITS})\b(?!\s(?:of|in)\s|[.]\d)', ''),
    )
)


def find_series_phrases(text: str) -> tuple[SeriesPhrase, ...]:
    """Find phrases that select parts of the writer's own series, in order, without overlap.

    >>> [p.selector for p in find_series_phrases('上一篇文章讲了SVD，本系列的第三篇讲CR。')]
    ['-1', '3']
    """
    found: list[SeriesPhrase] = []
    for pattern, selector in _RULES:
        for match in pattern.finditer(text):
            chosen = selector
            if 'n' in match.groupdict():
                number = label_to_int(match['n'])
                if not number:
                    continue
                chosen = f'{selector}{number}'
            found.append(SeriesPhrase(match.start(), match.end(), chosen))
    found.sort(key=lambda p: (p.start, -p.end))
    out: list[SeriesPhrase] = []
    for phrase in found:
        if not out or phrase.start >= out[-1].end:
            out.append(phrase)
    return tuple(out)
