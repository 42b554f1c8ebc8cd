"""Finding phrases that name a place in the series: 上一篇文章, “part 3 of this series”.

Only phrases that can hardly mean anything else are taken. They count only in a
post that is in a series; that is for the resolver to decide.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.english_parts import COUNT, ELSEWHERE_AFTER, NUMBER, find_parts
from sphinxext_blog.references.naming import NAMING_HINTS, find_about, find_named
from sphinxext_blog.references.numerals import (
    CHINESE_DIGITS,
    CHINESE_OR_ARABIC,
    HALVES,
    ORDINALS,
    label_to_int,
)
from sphinxext_blog.references.several import JOIN, RANGE, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['SeriesPhrase', 'find_series_phrases']


@dataclass(frozen=True, slots=True)
class SeriesPhrase:
    """Words that point to other parts of the same series."""

    start: int
    end: int
    selector: str
    """As in :attr:`sphinxext_blog.records.Mention.target`: ``3``, ``-1``, ``+1``, ``<3``, ``1..3``,
    ``3,5``, ``lecture 3``, ``(3)``, ``named 3``, ``about 3 flows``, ``week``, ``yesterday``."""


_POST: Final = r'(?:文章|博文|博客|帖子)'
_NOT_OURS: Final = r'(?!论文|工作|报道|新闻|paper|Paper|小说|作文|序言|前言|投稿|稿件|社论)'
_OF_OTHERS: Final = re.compile(
    r'(?:(?:(?<!其)他|她|作者)(?:们)?(?:(?:之前|刚刚?|最近)?(?:写|发布?|发表)过?的|的?)|(?:老师|教授|同学|博主|网友|大佬|大神|》)的)$'
)
"""他的前一篇文章, 她写的上一篇文章, 《几何讲义》的前一篇 are no posts."""
_OF_US: Final = re.compile(
    r'(?:系列|专题|连载|我|我们|咱们|本人|笔者|自己|本站|小站|博客|科普|里|中|前|后|上来|刚才|刚刚|最近|最新|昨天|前天|上周|上个月|去年|今年|[写发布表更推讲说谈聊绍论到导学看读完过了]'
    r'|(?:关于|有关|讲|谈|聊|介绍|讨论|推导)[^。，、；！？,;!?\n]{1,12})的$'
)
"""Whose a post before is, what it is on, what was done with it; Kingma的 and all else is somebody else's."""
_UNIT: Final = 'lecture|lesson|episode'
"""What series count that are no blog posts by their words: they count in a series whose titles do."""
_ORDINAL: Final = 'first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth'

_SEVERAL: Final = rf'(?:{CHINESE_OR_ARABIC})(?:{JOIN}第?\s?(?:{CHINESE_OR_ARABIC})){{0,5}}'

_LINKING: Final = '[在见看从到的们如据由即与和]'
"""What may stand before 系列 and is no name of one."""

# Words that a text must have, in small letters, for a rule to be tried: most texts have none of them.
_RULES: Final = tuple(
    (hints, re.compile(pattern), selector)
    for hints, pattern, selector in (
        (('上上',), rf'上上一?篇{_POST}?{_NOT_OURS}', '-2'),
        (
            ('一篇', '上篇'),
            rf'(?<![上栏网乎坛刊志号库圈报])(?<!微博)(?:上|前)一篇{_POST}?{_NOT_OURS}|(?<!上)上篇{_POST}',
            '-1',
        ),
        (
            ('第',),
            # 今年的第三篇文章, 读到的第三篇文章 count something else.
            rf'(?:(?<=[。！？；，、,;!?(（\s在见如从与和及要即由用看])|^)第\s?(?P<n>{_SEVERAL})\s?篇{_POST}?'
            r'(?=[中里会将已讲谈]|的(?!论文|作者|文献|文章)|结尾|末尾|开头|介绍|讨论|证明|给出|推导'
            rf'|(?:[和与及、]|以及)第\s?{CHINESE_OR_ARABIC}\s?篇{_POST}?[中里])',
            'nth',
        ),
        (
            ('(', '（'),
            # Only in a series whose titles have such brackets: see `select`.
            # The bracket comes first: Python's `re` finds characters faster than places to look back from.
            r'[(（](?:(?<=[在见从].)|(?<=(?:参考|参看|推荐|回顾|承接|接着|结合|对比).))'
            rf'(?P<n>[{CHINESE_DIGITS}]{{1,4}}|[上中下])[)）](?=[中里的。；;，,、和与及]|[{RANGE}]\s?[(（]|以及|一文|[那两三]篇|$)',
            '()',
        ),
        (
            ('(', '（'),
            rf'[(（](?:(?<=[。！？；，,;\s而与和].)|(?<=^.))(?P<n>[{CHINESE_DIGITS}]{{1,4}})[)）]'
            r'(?=里的?|中(?:的|，|我|已|给|介|推|证|讨|引))',
            '()',
        ),
        (
            ('开篇', '首篇'),
            r'(?:(?:本|这个|这一|该|此)系列|(?<![》】”"个一])系列)(?:文章)?的?(?:开篇|首篇)',
            '1',
        ),
        (('一篇', '下篇'), rf'(?:下|后)一篇{_POST}?{_NOT_OURS}|下篇{_POST}', '+1'),
        (
            ('上',),
            rf'(?:(?<=[。！？；，,、;!?(（\s在见从如与和及由接])|^)上(?P<n>[两二三四五])篇{_NOT_OURS}',
            '<',
        ),
        (
            ('前',),
            rf'(?<![目当提空以])前面?(?P<n>[两二三四五六七八九十]|[2-9]|1\d)篇{_POST}?{_NOT_OURS}',
            '<',
        ),
        (
            ('系列',),
            rf'(?:(?:本|这个|这一|该|此)系列{_POST}?(?:的|中的?|里的?)?|(?:(?<=[^\w》】”"])|(?<={_LINKING})|^)系列(?:的|之)?)'
            rf'第\s?(?P<n>{_SEVERAL})\s?(?:篇{_POST}?{_NOT_OURS}|部分|讲|课|期|章|回)',
            '',
        ),
        (
            ('previous', 'last', 'preceding'),
            # “the last entry of the list” is none, and “this is the last post” speaks of this one, but
            # “this was the previous post” of another
            r'\b(?!(?:(?<=\bis\s)|(?<=\bbe\s)|(?<=\bwas\s))\w{2,3}\slast\b)(?i:(?:the|my|our)\s(?:previous|last|preceding)\s'
            r'(?:(?:blog\s?)?(?:post|article|installment|instalment)|blog\sentry))\b',
            '-1',
        ),
        (
            ('next',),
            r'\b(?i:(?:the|my|our)\snext\s(?:blog\s?)?(?:post|article|installment|instalment|entry))\b',
            '+1',
        ),
        (
            ('previous', 'last', 'preceding'),
            rf'\b(?i:(?:the|my|our)\s(?:previous|last|preceding)\s(?P<n>{COUNT})\s'
            r'(?:blog\s?)?(?:posts|articles|installments|instalments|entries|parts))\b',
            '<',
        ),
        (
            ('previous', 'last', 'preceding'),
            r'\b(?!(?:(?<=\bis\s)|(?<=\bbe\s)|(?<=\bwas\s))\w{2,3}\slast\b)'
            rf'(?i:(?:the|my|our)\s(?:previous|last|preceding)\s(?P<unit>{_UNIT}))\b',
            '-1',
        ),
        (('next',), rf'\b(?i:(?:the|my|our)\snext\s(?P<unit>{_UNIT}))\b', '+1'),
        (
            ('last week', 'yesterday'),
            r'\b(?:[Ll]ast\s(?=week)|(?=[Yy]esterday))(?P<days>week|[Yy]esterday)[’\']s\s(?:blog\s)?(?:post|article|entry)\b'
            r'(?!\s(?:by|in|on|at|from)\s)',
            '',
        ),
        (
            ('上周', '昨天'),
            rf'(?P<days>上周|昨天)(?:写|发|发布|说)?的?(?:那一?篇(?!论文|报道|新闻)|(?:一篇)?{_POST}){_NOT_OURS}',
            '',
        ),
        (
            ('last', 'previous'),
            # “Last time I checked” speaks of no post.
            r'(?:(?<=[.!?…)”"\n]\s)|(?<=[。！？\n])|^)(?:Last|Previous)\s(?:time|week|lecture)(?=,?\swe\s(?:also\s|briefly\s)?'
            r'(?:saw|found|proved|showed|discussed|introduced|derived|looked\sat|studied|talked|began|started|considered|'
            r'computed|learned|covered|left|built|treated|bounded|extended|finished|stopped|stated|trained|implemented|reviewed|defined|developed|described|established|used|constructed|set\sup|gave)\b)',
            '-1',
        ),
        (
            ('previous', 'last', 'preceding'),
            rf'\b(?i:(?:the|my|our)\s(?:previous|last|preceding)\s(?P<n>{COUNT})\s(?P<unit>{_UNIT})s)\b',
            '<',
        ),
        (
            ('first',),
            rf'\b(?i:(?:the|my|our)\sfirst\s(?P<n>{COUNT})\s(?P<unit>{_UNIT})s)\b',
            '1..',
        ),
        (
            ('first',),
            rf'\b(?i:the\sfirst\s(?P<n>{COUNT})\s(?:posts|articles|installments|instalments|entries|parts)\s'
            r'(?:of|in)\s(?:this|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '1..',
        ),
        (
            ('series',),
            rf'\b(?i:the\s(?P<n>{_ORDINAL})\s(?P<unit>{_UNIT})\s'
            r'(?:of|in)\s(?:this|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '',
        ),
        (
            ('series',),
            rf'\b(?:(?i:part|post|installment|chapter))\s{NUMBER}\s'
            r'(?i:(?:of|in)\s(?:this|the|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '',
        ),
        (
            ('series',),
            rf'\b(?i:the\s(?P<n>{_ORDINAL})\s(?:part|post|article|installment|instalment|entry)\s'
            r'(?:of|in)\s(?:this|our|my)\s(?:blog\s|tutorial\s|post\s)?series)\b',
            '',
        ),
    )
)

_DAYS: Final = {'week': 'week', '上周': 'week', 'yesterday': 'yesterday', '昨天': 'yesterday'}
_REACH: Final = 60
_SELECTORS: Final = {'()': '({})', 'nth': '{}'}
_COUNTS_OTHERS: Final = re.compile(
    r'(?:论文|文献|博客里|专栏|教程|讲义|[Pp]apers?|[两三四五六七八九十几\d]\s?篇|[一二三四五六七八九十\d]\s?篇(?:文章)?是)[^。！？!?\n]{0,60}$'
)


def _is_of_others(before: str) -> bool:
    """Whether the words before 上一篇 say that it is somebody else's."""
    return _OF_OTHERS.search(before) is not None or (before.endswith('的') and not _OF_US.search(before))


def find_series_phrases(text: str) -> tuple[SeriesPhrase, ...]:
    """Find phrases that select parts of the writer's own series, in order, without overlap.

    >>> [p.selector for p in find_series_phrases('上一篇文章讲了SVD，本系列的第三篇讲CR。')]
    ['-1', '3']
    """
    small = text.lower()
    present = frozenset([hint for hint in _ALL_HINTS if hint in small])
    if not present:
        return ()
    found: list[SeriesPhrase] = []
    for pattern, selector in _rules_for(present):
        for match in pattern.finditer(text):
            chosen = selector
            if match[0][0] in '上下前后' and _is_of_others(text[max(0, match.start() - 20) : match.start()]):
                continue
            if match[0][0] in '前后' and selector in {'-1', '+1'} and _counts_others(text, match.start()):
                continue  # the former and the latter of two papers
            groups = match.groupdict()
            if 'n' in groups:
                number = label_to_int(match['n'])
                several = numbers_in(match['n']) if number is None else ()
                if not (number or several) or (selector == 'nth' and _counts_others(text, match.start())):
                    continue
                told = ','.join(map(str, several or (number,)))
                chosen = _SELECTORS.get(selector, f'{selector}{{}}').format(told)
                if match['n'] in HALVES:
                    chosen = f'named {match["n"]}'
            if days := groups.get('days'):
                chosen = _DAYS[days.lower()]
            if unit := groups.get('unit'):
                chosen = f'{unit.lower()} {chosen}'
            found.append(SeriesPhrase(match.start(), match.end(), chosen))
            if selector == '()':
                found += _further(text, match.end(), number or 0)
    if 'part' in present:
        found += [SeriesPhrase(*place) for place in find_parts(text)]
    if '(' in present:
        found += _bracketed(text)
    if not present.isdisjoint(NAMING_HINTS):
        # 见（十五）: 见 is no name
        bare = {phrase.start for phrase in found if phrase.selector.startswith('(')}
        found += [SeriesPhrase(*place) for place in find_named(text, present) if place[0] not in bare]
    if not present.isdisjoint(_ABOUT_HINTS):
        found += [SeriesPhrase(*place) for place in find_about(text)]
    if not present.isdisjoint(_COUNTED_HINTS):
        found += _counted(text)
    found.sort(key=lambda p: (p.start, -p.end))
    out: list[SeriesPhrase] = []
    for phrase in found:
        if not out or phrase.start >= out[-1].end:
            out.append(phrase)
    return tuple(out)


_ABOUT_HINTS: Final = ('series', 'notes', 'lectures', 'posts', 'course', *ORDINALS)
_COUNTED_HINTS: Final = ('第', 'lecture', 'lesson', 'episode', 'chapter', 'installment', 'volume')
_COUNTED: Final = re.compile(
    r'\b(?P<unit>[Ll]ecture|[Ll]esson|[Ee]pisode|[Cc]hapter|[Ii]nstallment|[Vv]olume)(?:\s(?P<n>[IVX]{1,6}|[0-9]{1,3})\b'
    rf'|s\s(?P<several>[0-9]{{1,3}}(?:{JOIN}[0-9]{{1,3}}){{1,5}})\b)'
    rf'|(?:(?<=[。！？；，,;!?(（\s在见如从和与、])|^)第\s?(?P<m>{CHINESE_OR_ARABIC})\s?(?P<zh>课|讲|章|节|期|回|集|话|辑|卷)'
)
_POSSESSIVE: Final = re.compile(r"(?:\w['’]s|\b(?:his|her|their|whose|your)|\w{2,}s['’])\s$")
_FURTHER: Final = re.compile(
    rf'\s?(?P<join>[、,，和与及{RANGE}]|以及)\s?(?P<mark>[(（])(?P<n>[{CHINESE_DIGITS}]{{1,4}})[)）]'
)
_ALL_HINTS: Final = tuple(
    {*_COUNTED_HINTS, *NAMING_HINTS, *_ABOUT_HINTS, *(hint for hints, _, _ in _RULES for hint in hints)}
)


@lru_cache(maxsize=4096)
def _rules_for(present: frozenset[str]) -> tuple[tuple[re.Pattern[str], str], ...]:
    """The rules to be tried on a text that has these hints."""
    return tuple((pattern, selector) for hints, pattern, selector in _RULES if not present.isdisjoint(hints))


_BARE: Final = re.compile(
    r'(?P<mark>\((?:(?<=\b[Ii]n\s\()|(?<=\b[Ss]ee\s\()|(?<=\b[Ff]rom\s\()|(?<=\b(?:[Aa]fter|[Ss]ince)\s\())'
    r'(?P<n>[1-9]\d?)\))(?=\s(?:we|I)\b|\sand\s\(\d|[,.;:!?]|$)'
)
_BARE_MORE: Final = re.compile(r'(?:,|,?\sand)\s(?P<mark>\((?P<n>[1-9]\d?)\))')
_ANY_BRACKET: Final = re.compile(r'\(\d{1,2}\)')
_CALLED: Final = re.compile(
    r'(?i)\b(?:equations?|eqs?\.?|formulas?|inequality|inequalities|identity|condition|property|theorem|lemma)\s$'
)


def _bracketed(text: str) -> list[SeriesPhrase]:
    """“In (1) we used”, “after (1) and (2)”: parts of a series whose titles have such numbers.

    Nothing where the text has other numbers in brackets, a list or equations that are not called so.
    """
    found: list[SeriesPhrase] = []
    for first in _BARE.finditer(text):
        match: re.Match[str] | None = first
        while match:
            found.append(SeriesPhrase(*match.span('mark'), f'({match["n"]})'))
            match = _BARE_MORE.match(text, match.end())
    places = {phrase.start for phrase in found}
    others = (
        match.start() for match in _ANY_BRACKET.finditer(text if found else '') if match.start() not in places
    )
    are_called = (_CALLED.search(text[max(0, at - 16) : at]) for at in others)
    return found if all(are_called) else []


def _counts_others(text: str, at: int) -> bool:
    """Whether the sentence before 第三篇 counts papers or somebody's posts, and no parts of the series."""
    before = text[max(0, at - 2 * _REACH) : at]
    match = _COUNTS_OTHERS.search(before)
    return match is not None and '系列' not in before[max(0, match.start() - 12) :]


def _counted(text: str) -> Iterator[SeriesPhrase]:
    """“Lecture 3”, 第三讲: a part of a series that counts lectures, if the post is in one."""
    for match in _COUNTED.finditer(text):
        number = label_to_int(match['n'] or match['m'] or '')
        numbers = (number,) if number else numbers_in(match['several'] or '')
        if numbers and not ELSEWHERE_AFTER.match(text, match.end()) and not _owned(match, text):
            unit = (match['unit'] or match['zh']).lower()
            yield SeriesPhrase(match.start(), match.end(), f'{unit} {",".join(map(str, numbers))}')


def _owned(match: re.Match[str], text: str) -> bool:
    """“Boyd's Lecture 3” is one of Boyd's."""
    before = text[max(0, match.start() - _REACH) : match.start()]
    return bool(match['unit']) and _POSSESSIVE.search(before) is not None


def _further(text: str, at: int, last: int) -> Iterator[SeriesPhrase]:
    """The numbers that go on behind one: （十五）、（十六）, and those up to one: （十五）到（十八）."""
    while match := _FURTHER.match(text, at):
        number = label_to_int(match['n'])
        if number:
            told = numbers_in(f'{last}{match["join"]}{number}')[1:] or (number,)
            yield SeriesPhrase(match.start('mark'), match.end(), f'({",".join(map(str, told))})')
            last = number
        at = match.end()
