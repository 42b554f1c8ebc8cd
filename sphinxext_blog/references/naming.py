"""Finding numbers beside the name of a series: 变分自编码器（四）, 随想之二, “part 3 of my series on flows”.

Which names there are only the resolver knows: what is found here means a part when the words
beside it name a series, and mostly nothing. Behind a name, only the mark itself is the place.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS, ORDINALS, label_to_int

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['NAMING_HINTS', 'cut_off', 'find_about', 'find_named']

_CN: Final = rf'[{CHINESE_DIGITS}]{{1,4}}|\d{{1,3}}'
_NUMBER: Final = r'[IVX]{1,6}|[0-9]{1,3}'
_KINDS: Final = '系列|札记|笔记|随笔|随想|杂记|小札|漫谈|讲义|连载|专题|手记|杂谈|拾遗|散记|小记|之旅|之路'
"""With these words end the names of series that are numbered without a mark: 札记4."""
_ENDS: Final = r'(?=[，。；、：:,.;！？!?的里中）)”」\s]|提|说|介|讲|那|末|开|结|与|和|及|往|一文|所|$)'
_UNIT: Final = '[Ll]ecture|[Ll]esson|[Ee]pisode|[Cc]hapter'

NAMING_HINTS: Final = (
    *('part', 'lecture', 'lesson', 'episode', 'chapter', '(', '（', '第', '之', '】', '篇'),
    *_KINDS.split('|'),
)
"""One of these stands in every text with such a place, in small letters."""

_BEHIND_A_NAME: Final = re.compile(
    rf'(?<=[^\W\d_])(?P<m1>[(（](?P<n1>[{CHINESE_DIGITS}]{{1,4}}|[上中下])[)）])'
    rf'|(?<=[^\W_])(?P<m2>(?:系列(?:文章)?[的中里]?的?|的)第\s?(?P<n2>{_CN})\s?篇)'
    rf'|(?<=[^\W_]),?\s(?P<m3>\([Pp]art\s(?P<n3>{_NUMBER})\)|[Pp]art\s(?P<n4>{_NUMBER})\b)'
    rf'|(?<=[^\W_]),\s(?P<m4>(?P<u5>{_UNIT})\s(?P<n11>{_NUMBER})\b)'
    rf'|(?<={"|".join(_KINDS.split("|"))})(?P<m5>\s?[:：]?\s?(?P<n5>\d{{1,2}})){_ENDS}'
    rf'|(?<={"|".join(_KINDS.split("|"))})(?P<m6>之(?P<n6>[{CHINESE_DIGITS}]{{1,3}})){_ENDS}'
    rf'|(?<=[㐀-鿿])(?<!分)(?P<m7>之(?P<n7>[二三四五六七八九]|十[一二三四五六七八九]?)){_ENDS}'
    rf'|(?:(?<=[。；，,、\s(（])|^)(?P<m8>之(?P<n8>[{CHINESE_DIGITS}]{{1,3}}))(?=里|中|的|末尾|提|说|讲)'
    rf'|】\s?(?P<m9>[(（]?(?P<n9>[{CHINESE_DIGITS}]{{1,3}}|\d{{1,2}})[)）]?){_ENDS}'
    r'|(?<![》】一])(?P<m10>(?P<n10>[上中下])篇(?![幅章])(?!论文|小说|博士|学术))'
)
_MARKS: Final = ('m1', 'm2', 'm3', 'm4', 'm5', 'm6', 'm7', 'm8', 'm9', 'm10')
_NUMBERS: Final = ('n1', 'n2', 'n3', 'n4', 'n5', 'n6', 'n7', 'n8', 'n9', 'n10', 'n11')


def find_named(text: str) -> Iterator[tuple[int, int, str]]:
    """Find numbers beside words that may be the name of a series.

    :returns: start, end and selector: ``named 4``, ``named 上``, ``named 之 2``, ``named lecture 3``.

    >>> list(find_named('见变分自编码器（四）'))
    [(7, 10, 'named 4')]
    """
    for match in _BEHIND_A_NAME.finditer(text):
        label = next(filter(None, map(match.__getitem__, _NUMBERS)))
        number = label_to_int(label)
        if not number:
            continue
        mark = next(name for name in _MARKS if match[name])
        if label in '上中下':
            style = label
        elif mark in ('m6', 'm7', 'm8'):
            style = f'之 {number}'
        elif unit := match['u5']:
            style = f'{unit.lower()} {number}'
        else:
            style = str(number)
        yield match.start(mark), match.end(mark), f'named {style}'


_WORD: Final = r"[\w’'-]{1,30}"
_OWNER: Final = r'(?:my|our|the|this|the\sblog’s)'
_WHOLE: Final = r'(?:series|notes|lectures|lecture\snotes|posts|course)'
_ORDINALS: Final = '|'.join(ORDINALS)
_ABOUT: Final = re.compile(
    rf'\b(?:(?:[Pp]art|[Ll]ecture|[Ll]esson|[Ee]pisode|[Ii]nstallment|[Pp]ost)\s(?P<n>{_NUMBER})'
    rf'|[Tt]he\s(?P<o>{_ORDINALS})\s(?:part|post|lecture|lesson|episode|installment|instalment|article|entry))\s'
    rf'(?:(?:of|in|from)\s{_OWNER}\s(?:(?P<w1>{_WORD}(?:\s{_WORD}){{0,4}}?)\s{_WHOLE}\b'
    rf'|(?:blog\s)?{_WHOLE}\s(?:on|about)\s(?P<w2>{_WORD}(?:\s{_WORD}){{0,5}}))'
    rf'|(?:on|about)\s(?P<w3>{_WORD}(?:\s{_WORD}){{0,5}}))'
)
_OTHERS_BEHIND: Final = re.compile(r'\s(?:by|at|in|from)\s[A-Z]')
_STOP: Final = re.compile(
    r'\s(?:and|or|but|that|which|where|who|when|while|for|is|was|are|were|will|would|can|has|have|had|we|i|you|he|she|it|they|'
    r'in|by|at|from|as|if|so|then|only|with|may|might|must|should|could|does|did|also|before|earlier|'
    r'previously|already|here|there|recently|last|contains?|shows?|introduced|showed|proved|discussed|covered|ended|gave|explained|uses?|used)\s.*$',
    re.IGNORECASE,
)


def find_about(text: str) -> Iterator[tuple[int, int, str]]:
    """Find a number and what the series is about: “Part 2 of my series on flows”, “the second post on flows”.

    >>> [about for _, _, about in find_about('In Lecture 3 of my ergodic theory notes we')]
    ['about 3 ergodic theory']
    """
    for match in _ABOUT.finditer(text):
        number = label_to_int(match['n'] or match['o'])
        words = cut_off(match['w1'] or match['w2'] or match['w3'])
        end = match.end() if match['w1'] else match.start('w2' if match['w2'] else 'w3') + len(words)
        if not number or not words or _OTHERS_BEHIND.match(text, end):
            continue
        yield match.start(), end, f'about {number} {words}'


def cut_off(words: str) -> str:
    """A description up to where the sentence goes on: “compactness” of “compactness that we need”."""
    return _STOP.sub('', f'{words} ').strip()
