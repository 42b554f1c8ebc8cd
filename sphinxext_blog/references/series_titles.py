"""Part numbers in titles: one title in, every way to read it as a part of a series out.

A title can bear several numbers (【随机过程2】布朗运动1), so that reading it is
collecting *candidates*. Some forms are believed by themselves (（七）：, 第3课,
Part 2:, 【X】1.); others only when several titles of the corpus agree, which is
decided in :mod:`sphinxext_blog.references.series`.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS, HALVES, label_to_int
from sphinxext_blog.references.series_part import SeriesPart, series_key
from sphinxext_blog.references.series_plain import DATED
from sphinxext_blog.references.titles import has_cjk

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

__all__ = ['parse_title', 'title_candidates']

MAXIMAL_TITLE: Final = 500
"""Characters beyond which a title is a text and names no series."""


_N: Final = rf'(?P<n>[{CHINESE_DIGITS}]{{1,7}}|\d{{1,4}}|[IVX]{{1,6}})'
_HALF: Final = r'(?P<n>[上中下]|[前中后](?=篇))篇?'
_SEP: Final = r'[:—–|·⋅•・]|(?<=\s)-(?=\s)'
_END: Final = r'(?=\s*[?!。.~*]*\s*$)'
_LESSON: Final = r'课时?|讲|章|节|期|回|集|部分|弹|话|辑|卷|天|周|季|篇'
_UNIT: Final = '|'.join(
    ['part', 'pt', 'chapter', 'lecture', 'lesson', 'episode', 'vol', 'volume', 'installment', 'instalment']
)
_LOOSE_UNIT: Final = '|'.join(
    ['day', 'week', 'post', 'issue', 'step', 'module', 'unit', 'session', 'no', 'tutorial', 'month', 'round']
)
_EN: Final = (
    r'(?P<n>\d{1,4}|[IVX]{1,6}|(?i:one|two|three|four|five|six|seven|eight|nine|ten))(?![\w.]\w)(?!\w)'
)


class _Folded:
    """A title in compatibility form that remembers where each character came from."""

    __slots__ = ('index', 'original', 'text')

    def __init__(self, title: str) -> None:
        self.original = title
        chars: list[str] = []
        self.index: list[int] = []
        for i, c in enumerate(title):
            if unicodedata.category(c) in ('Cf', 'Cc') and not c.isspace():
                continue
            for folded in unicodedata.normalize('NFKC', c):
                chars.append(folded)
                self.index.append(i)
        self.index.append(len(title))
        # What stands in a formula is no part number.
        self.text = re.sub(r'\$[^$]*\$', lambda m: '\x01' * len(m[0]), ''.join(chars))

    def source(self, start: int, end: int) -> str:
        """The original characters of a span of the folded text."""
        return self.original[self.index[start] : self.index[end]]


def _clean(name: str) -> str:
    """Take the separators off the end of a name, and the brackets that hold all of it."""
    previous = None
    while name != previous:
        previous = name
        name = name.strip().strip('*_').strip()
        name = name.rstrip(' \t-—–:：|｜·⋅•・,，、.。(（[【《〈「『/\\')
        for opening, closing in ('【】', '《》', '[]', '〈〉', '「」', '『』', '［］'):
            if name.startswith(opening) and name.endswith(closing) and name.find(closing) == len(name) - 1:
                name = name[1:-1]
            elif name.startswith(opening) and closing not in name:
                name = name[1:]
            elif name.startswith(opening) and name.endswith(closing + '系列'):
                name = name[1:-3] + '系列'
    return name


def _part(
    folded: _Folded,
    match: re.Match[str],
    *,
    strong: bool,
    counter: str = '',
    name: str | None = None,
    rest: str | None = None,
) -> SeriesPart | None:
    label = match['n']
    value = label_to_int(label)
    if value is None:
        return None
    start, end = match.span('n')
    name = _clean(folded.source(0, match.start()) if name is None else name)
    if not any(c.isalpha() for c in name or counter):
        return None
    rest = folded.source(match.end(), len(folded.text)) if rest is None else rest
    return SeriesPart(
        name=name,
        key=series_key(name) if name else '',
        number=(value,),
        label=label,
        rest=rest.strip(' \t\r\n-—–:：|｜·⋅•・,，、.。*').strip(),
        counter=counter.lower(),
        strong=strong and bool(name),
        head=(folded.source(0, start), folded.source(end, match.end()).rstrip(' \t:：—–-|')),
        halves=label in HALVES,
    )


_LEADING: Final = re.compile(
    r'^\s*[【\[〖「『](?P<stem>[^【】\[\]〖〗「」『』]{1,80})[】\]〗」』]\s*(?:[⋅·•・:—–-]\s*)*'
    rf'(?:\({_N}\)|{_N.replace("<n>", "<m>")}(?=\s*[.、:](?!\d)))\s*[.、:]?'
)
_WITHIN: Final = re.compile(
    r'^\s*[【\[《〈「『〖](?P<stem>[^【】\[\]《》〈〉「」『』〖〗]{0,80}?)\s*'
    rf'(?P<c>(?i:(?<![A-Za-z])(?:{_UNIT}|{_LOOSE_UNIT})\s*[.#]?|系列|第|\())?\s*{_N}\s*\)?\s*(?P<d>{_LESSON})?\)?'
    r'[】\]》〉」』〗]'
)
_SEPARATED: Final = re.compile(
    rf'(?:{_SEP}|[】》\]]|系列)\s*(?P<n>\d{{1,3}}|[{CHINESE_DIGITS}]{{1,4}})\s*'
    rf'(?:、(?![{CHINESE_DIGITS}]\b|\d)|\.(?!\d)|:(?!\d))\s*'
)
_BRACKETED: Final = re.compile(rf'[\(\[]\s*(?:第\s*)?{_N}\s*(?P<c>{_LESSON})?\s*[\)\]]')
_OUTER: Final = re.compile(r'\s*[《〈](?P<stem>[^《》〈〉]{2,60})[》〉]\s*\S')
_HALF_BRACKETED: Final = re.compile(rf'\(\s*{_HALF}\s*\)')
_HALF_BARE: Final = re.compile(rf'(?:{_SEP}|\s)\s*{_HALF}{_END}')
_COUNTED: Final = re.compile(rf'\(?第\s*(?P<n>[{CHINESE_DIGITS}]{{1,7}}|\d{{1,4}})\s*(?P<c>{_LESSON}|次)')
_ENGLISH: Final = re.compile(rf'(?P<open>[\(\[]?)\b(?P<c>(?i:{_UNIT}|{_LOOSE_UNIT}))\.?\s*#?\s?{_EN}[\)\]]?')
_HASH: Final = re.compile(r'(?<=\s)#(?P<n>\d{1,4})(?=\s*(?:$|[:—–|-]))')
_TRAILING: Final = re.compile(
    rf'(?P<gap>\s+(?:[—–-]\s*)?|(?<=[^\x00-\x7f])|[:—–-]\s*)(?P<n>[IVX]{{1,6}}|\d{{1,4}}|(?<=\s)[{CHINESE_DIGITS}]{{1,3}})'
    r'(?=\s*(?:[?!*]*\s*$|[:》]|\s[—–|-]\s|——))'
)
_WORD_LAST: Final = re.compile(r'[A-Za-z0-9\x01]+$')
_UNIT_LAST: Final = re.compile(rf'(?<![A-Za-z])(?i:{_UNIT}|{_LOOSE_UNIT})\.?$')
_VERSION: Final = re.compile(r'\s[Vv]?(?P<n>\d{1,2})\.(?P<m>\d{1,2})\s*$')
_VOLUME: Final = re.compile(
    r'(?:(?<=系列)|(?<=[^\x00-\x7f\s]之))(?P<n>[' + CHINESE_DIGITS + r']{1,3})(?=\s*(?:$|[:、.\s—–-]))'
)
_CONTINUED: Final = re.compile(r'\(\s*续\s*(?P<n>\d{1,2}|[' + CHINESE_DIGITS + r']{1,3})?\s*\)' + _END)
_YEAR: Final = re.compile(r'^(?P<n>(?:19|20)\d\d|[一二][零〇九一二三四五六七八]{3})\s*(?:年(?![终末中度]))?')
_YEAR_LAST: Final = re.compile(r'(?<=\s)\(?(?P<n>(?:19|20)\d\d)\)?' + _END)
_SECOND: Final = re.compile(
    rf'[\(]\s*(?P<n>[上中下]|[{CHINESE_DIGITS}]{{1,3}}|\d{{1,2}}|[IVX]{{1,5}})篇?\s*[\)]{_END}'
)


def title_candidates(title: str) -> tuple[SeriesPart, ...]:
    """Collect every reading of a title as a part of a series, the likeliest first."""
    return _candidates(title) if title.strip() and len(title) <= MAXIMAL_TITLE else ()


@lru_cache(maxsize=1 << 15)
def _candidates(title: str) -> tuple[SeriesPart, ...]:
    folded = _Folded(title.replace('\\|', '|'))
    found: list[tuple[int, SeriesPart]] = []
    for form in _FORMS:
        for place, part in form(folded):
            deep = _with_second_level(folded, part, place)
            if all(_identity(deep) != _identity(other) for _, other in found):
                found.append((place, deep))
    found.sort(key=lambda f: (not f[1].strong, f[0]))
    return tuple(part for _, part in found)


def parse_title(title: str) -> SeriesPart | None:
    """Read the series and the part number that a title states by its form alone.

    :returns: ``None`` when it states none, also when only other titles of the
        corpus could tell that a number in it is a part number.

    >>> part = parse_title('Transformer升级之路：20、MLA好在哪里?（上）')
    >>> (part.name, part.number, part.label)
    ('Transformer升级之路', (20, 1), '20')
    """
    for part in title_candidates(title):
        if part.strong:
            return part
    return None


def _identity(part: SeriesPart) -> tuple[str, str, tuple[int, ...]]:
    return part.key, part.counter, part.number


def _with_second_level(folded: _Folded, part: SeriesPart, place: int) -> SeriesPart:
    if len(part.number) > 1:
        return part
    match = _SECOND.search(folded.text, min(place + 1, len(folded.text)))
    if match is None or _is_argument(folded, match):
        return part
    value = label_to_int(match['n'])
    if value is None or part.label in HALVES:
        return part
    return replace(part, number=(*part.number, value), halves=match['n'] in HALVES)


def _is_argument(folded: _Folded, match: re.Match[str]) -> bool:
    """Whether a bracket holds the argument of a function or group: f(2), SO(3), n=4(2)."""
    bracket = match.start()
    before = _WORD_LAST.search(folded.text[max(0, bracket - 12) : bracket])
    if before is None or not match['n'].isascii():
        return False  # nobody writes SO（三）
    if not before[0].isalpha():
        return True
    return len(before[0]) < 4 and folded.source(bracket, bracket + 1) == '('


_Form = tuple[int, SeriesPart]


def _leading_bracket(folded: _Folded) -> Iterator[_Form]:
    """【X】1. Y, 【X】⋅（一）Y, 【X Day 7】Y, [Week 03] — Y, 《X（1）》——Y, 《X5》：Y."""
    if match := _LEADING.match(folded.text):
        group = 'n' if match['n'] else 'm'
        number = re.compile(rf'(?P<n>{re.escape(match[group])})').search(folded.text, match.start(group))
        stem = folded.source(*match.span('stem'))
        if number is not None and (
            part := _part(
                folded, number, strong=True, name=stem, rest=folded.source(match.end(), len(folded.text))
            )
        ):
            head = folded.source(number.end(), match.end()).rstrip(' .、:：')
            yield number.start(), replace(part, head=(part.head[0], head))
    if match := _WITHIN.match(folded.text):
        sign = (match['c'] or '').strip(' .#').lower()
        counter = (match['d'] or '') if sign in ('第', '(', '系列', '') else sign
        stem = folded.source(*match.span('stem'))
        rest = folded.source(match.end(), len(folded.text))
        part = _part(folded, match, strong=bool(sign), counter=counter, name=stem, rest=rest)
        if part and (part.name or counter):
            yield match.start('n'), part


def _separated(folded: _Folded) -> Iterator[_Form]:
    """X：7、Y; X: 1. Y; 《X》系列——3.Y."""
    match = _SEPARATED.search(folded.text, 1)
    if match and (part := _part(folded, match, strong=True, name=_before(folded, match))):
        yield match.start('n'), part


def _before(folded: _Folded, match: re.Match[str]) -> str:
    start, number = match.start(), match.start('n')
    keep = number if folded.text[start] in '】》]系' else start
    return folded.source(0, keep)


def _bracketed(folded: _Folded) -> Iterator[_Form]:
    """X（七）：Y; X（7）; X（第 150 期）：Y; X（上）; 《X》：Y（一）."""
    text = folded.text
    for match in (*_BRACKETED.finditer(text, 1), *_HALF_BRACKETED.finditer(text, 1)):
        start, end = match.span()
        is_half = match['n'] in HALVES
        counter = '' if is_half else match.groupdict().get('c') or ''
        if not is_half and not counter and _is_argument(folded, match):
            continue
        after = text[end:].lstrip('?!。.~* ')
        set_off = not after or after[0] in ':—–|、,-·' or text[end : end + 1].isspace()
        alone = text[:start].rstrip()[-1:] in ('', ':', '】', '》', ']', '—')
        strong = set_off or alone
        if match['n'].isdecimal() and len(match['n']) == 4:
            strong = False
        if part := _part(folded, match, strong=strong, counter=counter):
            outer = _OUTER.match(text)
            if outer and outer.end() <= start and not after:
                # 《X》：Y（一）: the number usually counts the parts of X.
                stem = folded.source(*outer.span('stem'))
                yield match.start('n'), replace(part, name=stem, key=series_key(stem))
            yield match.start('n'), part
    if (bare := _HALF_BARE.search(text, 1)) and (part := _part(folded, bare, strong=False)):
        yield bare.start('n'), part


def _counted(folded: _Folded) -> Iterator[_Form]:
    """X-第3课（Y）; X 第12期：Y; X第一章作业解答; 第二十二次作业."""
    text = folded.text
    for match in _COUNTED.finditer(text):
        after = text[match.end() :]
        if after.startswith(')') and match[0].startswith('('):
            continue  # read by _bracketed
        set_off = not after.strip() or after[0] in ':(（—–|-、,.[【 )】]》' or after[0] == '·'
        stem = folded.source(0, match.start())
        if set_off and match['c'] != '次':
            if part := _part(folded, match, strong=True, counter=match['c']):
                yield match.start('n'), part
        elif any(c.isalpha() for c in after):
            # What follows without a mark belongs to the name: 第三章作业 and 第三章笔记 are two series.
            name = f'{_clean(stem)}{folded.source(match.end(), len(text))}'
            if part := _part(folded, match, strong=False, counter=match['c'], name=name, rest=''):
                yield match.start('n'), part


def _english(folded: _Folded) -> Iterator[_Form]:
    """X Part 2: Y; X — Part 1; X (Part II); Part 3: Y; [Week 03]; X | Post 1 - Y; X #4."""
    text = folded.text
    for match in _ENGLISH.finditer(text):
        unit = match['c'].lower()
        before, after = text[: match.start()].rstrip(), text[match.end() :].lstrip()
        set_off = (not before or before[-1] in ':—–|-,]】.)' or bool(match['open'])) and (
            not after or after[0] in ':—–|-.]】,(?!*'
        )
        is_unit = re.fullmatch(_UNIT, unit) is not None
        if not is_unit and not set_off:
            continue
        if is_unit and match['n'].isalpha() and not match['n'].isupper() and not set_off:
            continue  # “the part one plays”
        if part := _part(folded, match, strong=True, counter={'pt': 'part', 'vol': 'volume'}.get(unit, unit)):
            yield match.start('n'), part
    if (hashed := _HASH.search(text)) and (part := _part(folded, hashed, strong=False)):
        yield hashed.start('n'), part


def _trailing(folded: _Folded) -> Iterator[_Form]:
    """X II; X - I; X VII: Y; 布朗运动1; X V0.3; 数学之美系列三; X（续1）."""
    text = folded.text
    if match := _VERSION.search(text):
        name = _clean(folded.source(0, match.start()))
        part = _part(folded, match, strong=False, name=name, rest='', counter='.')
        if part and (len(name.split()) > 1 or has_cjk(name)):
            yield match.start('n'), replace(part, number=(int(match['n']), int(match['m'])))
        return
    for match in _TRAILING.finditer(text, 1):
        if _UNIT_LAST.search(text, 0, match.start()) or re.fullmatch('(?:19|20)[0-9]{2}', match['n']):
            continue  # read by _english and _yearly
        if part := _part(folded, match, strong=False):
            yield match.start('n'), part
    if (match := _VOLUME.search(text, 1)) and (
        part := _part(folded, match, strong=False, name=folded.source(0, match.start('n')).removesuffix('之'))
    ):
        yield match.start('n'), part
    if match := _CONTINUED.search(text, 1):
        value = label_to_int(match['n']) if match['n'] else 1
        name = _clean(folded.source(0, match.start()))
        if value and name:
            label = folded.source(match.start() + 1, match.end()).rstrip(')） ')
            yield match.start(), SeriesPart(name, series_key(name), (value + 1,), label, strong=False)


def _yearly(folded: _Folded) -> Iterator[_Form]:
    """二零一七年终总结; 2017年总结; The State of X 2019."""
    if DATED.search(folded.text):
        return
    match = _YEAR.match(folded.text)
    if match and folded.text[match.end() :].strip():
        name = folded.source(match.end(), len(folded.text))
        if part := _part(folded, match, strong=False, name=name, rest='', counter='年'):
            yield 0, part
    if (match := _YEAR_LAST.search(folded.text)) and (
        part := _part(folded, match, strong=False, rest='', counter='年')
    ):
        yield match.start('n'), part


_FORMS: Final[tuple[Callable[[_Folded], Iterator[_Form]], ...]] = (
    _leading_bracket,
    _separated,
    _bracketed,
    _counted,
    _english,
    _trailing,
    _yearly,
)
