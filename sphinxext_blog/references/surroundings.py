"""What stands in and around a mention: bare titles, words before and behind, numbers that follow."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.citations import find_citations
from sphinxext_blog.references.numerals import CHINESE_DIGITS, HALVES, label_to_int
from sphinxext_blog.references.phrases import find_series_phrases
from sphinxext_blog.references.several import JOIN, JOINED, numbers_in

if TYPE_CHECKING:
    from sphinxext_blog.records import Mention

__all__ = ['around', 'labels_behind', 'selector_of', 'title_in']

_LONGEST_PHRASE: Final = 60
_BARE_NUMBER: Final = re.compile(rf'[(（](?P<n>[{CHINESE_DIGITS}]{{1,4}})[)）]')
_LABEL: Final = rf'[{CHINESE_DIGITS}]{{1,4}}|\d{{1,3}}'
_LABELS_BEHIND: Final = re.compile(
    rf'\s?[(（](?P<n>{_LABEL}|[上中下]|{JOINED})[)）](?P<more>(?:{JOIN}[(（](?:{_LABEL})[)）]){{0,8}})'
    r'|\s?(?:的|之)?(?P<half>[上中下])篇(?![幅章])'
    rf'|(?:这个|这一)?(?:系列|专题)?(?:文章)?[中里]?的?第\s?(?P<m>(?:{_LABEL})(?:{JOIN}第?(?:{_LABEL})){{0,8}})\s?[篇讲课期]'
)


def title_in(text: str) -> str:
    """The title when a text is nothing but one 《title》."""
    text = text.strip()
    citations = find_citations(text)
    if len(citations) == 1 and citations[0].start == 0 and citations[0].end == len(text):
        return citations[0].title
    return ''


def around(mention: Mention) -> tuple[str, str]:
    """The context before and behind a mention, the marks of its title taken off."""
    start, end = mention.span
    if start == end and (place := mention.context.find(mention.text)) >= 0:
        start, end = place, place + len(mention.text)
    before, after = mention.context[:start], mention.context[end:]
    if before.endswith('《') and after.startswith('》'):
        before, after = before[:-1], after[1:]
    return before, after


def selector_of(title: str) -> str:
    """The selector when a title is nothing but the name of a place in a series: 上一篇文章, （二）."""
    if number := _BARE_NUMBER.fullmatch(title):
        return f'({label_to_int(number["n"])})'
    phrases = find_series_phrases(title) if len(title) <= _LONGEST_PHRASE else ()
    is_all = len(phrases) == 1 and (phrases[0].start, phrases[0].end) == (0, len(title))
    return phrases[0].selector if is_all else ''


def labels_behind(after: str) -> tuple[str, ...]:
    """The numbers behind the name of a series in marks: 《扩散随笔》（三）, 《X》系列的第三篇, 《X》下篇.

    >>> labels_behind('（三）中'), labels_behind('系列的第一、二篇'), labels_behind('里')
    (('三',), ('1', '2'), ())
    """
    match = _LABELS_BEHIND.match(after[:60])
    if match is None:
        return ()
    told: str = (match['n'] or match['half'] or match['m']) + (match['more'] or '')
    if re.fullmatch(f'{_LABEL}|[上中下]', told):
        return (told,)
    if halves := [letter for letter in told if letter in HALVES]:
        return tuple(halves)
    return tuple(map(str, numbers_in(told)))
