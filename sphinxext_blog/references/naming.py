"""Finding numbers beside the name of a series: 变分自编码器（四）, 随想之二, “part 3 of my series on flows”.

Which names there are only the resolver knows: what is found here means a part when the words
beside it name a series, and mostly nothing. Behind a name, only the mark itself is the place.
"""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.references.numerals import (
    CHINESE_DIGITS,
    CHINESE_OR_ARABIC,
    HALVES,
    ORDINALS,
    label_to_int,
)
from sphinxext_blog.references.several import JOIN, numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['NAMING_HINTS', 'cut_off', 'find_about', 'find_named']

_NUMBER: Final = r'[IVX]{1,6}|[0-9]{1,3}'
_KINDS: Final = tuple(
    '系列|札记|笔记|随笔|随想|杂记|小札|漫谈|讲义|连载|专题|手记|杂谈|拾遗|散记|小记|之旅|之路'.split('|')
)
"""With these words end the names of series that are numbered without a mark: 札记4."""
_UNITS: Final = ('lecture', 'lesson', 'episode', 'chapter')

NAMING_HINTS: Final = ('part', *_UNITS, '(', '（', '第', '之', '】', '篇', *_KINDS)
"""One of these stands in every text with such a place, in small letters."""


class _Rule(NamedTuple):
    hints: tuple[str, ...]
    """One of these stands in a text that has such a place, in small letters."""
    pattern: re.Pattern[str]
    style: str


_KIND: Final = f'(?:{"|".join(_KINDS)})'
_ENDS: Final = r'(?=[，。；、：:,.;！？!?的里中）)”」\s]|提|说|介|讲|那|末|开|结|与|和|及|往|一文|所|$)'
_ZH: Final = f'[{CHINESE_DIGITS}]'
_MORE_ZH: Final = rf'(?:{JOIN}{_ZH}{{1,4}}){{0,5}}'
_MORE_BRACKETS: Final = rf'(?P<more>(?:{JOIN}[(（]{_ZH}{{1,4}}[)）]){{0,5}})'

# Each pattern begins with characters and looks back behind the first of them: where there is none of
# these, Python's `re` goes on at once, while places to look back from it tries one by one.
_RULES: Final = tuple(
    _Rule(hints, re.compile(pattern), style)
    for hints, pattern, style in (
        (
            ('(', '（'),
            rf'(?P<mark>[(（](?<=[^\W\d_].)(?P<n>{_ZH}{{1,4}}{_MORE_ZH}|[上中下])[)）]{_MORE_BRACKETS})',
            '{}',
        ),
        (
            ('第',),
            rf'(?P<mark>(?:系(?<=[^\W_]系)列(?:文章)?[的中里]?的?|的(?<=[^\W_]的))第\s?(?P<n>(?:{CHINESE_OR_ARABIC})(?:{JOIN}第?\s?(?:{CHINESE_OR_ARABIC})){{0,5}})\s?篇)',
            '{}',
        ),
        (
            ('part',),
            rf'(?P<mark>[(Pp](?:(?<=[^\W_]\s.)|(?<=[^\W_],\s.))(?:(?<=\()[Pp]art\s(?P<n>{_NUMBER})\)|(?<=[Pp])art\s(?P<m>{_NUMBER})\b))',
            '{}',
        ),
        (
            _UNITS,
            r'(?P<mark>(?P<unit>[LlEeCc](?<=[^\W_],\s.)(?:(?<=[Ll])e(?:cture|sson)|(?<=[Ee])pisode|(?<=[Cc])hapter))'
            rf'\s(?P<n>{_NUMBER})\b)',
            '{unit} {}',
        ),
        (_KINDS, rf'{_KIND}(?P<mark>\s?[:：]?\s?(?P<n>\d{{1,2}}(?:{JOIN}\d{{1,2}}){{0,5}})){_ENDS}', '{}'),
        (_KINDS, rf'{_KIND}(?P<mark>之(?P<n>{_ZH}{{1,3}})){_ENDS}', '之 {}'),
        (
            ('之',),
            rf'(?P<mark>之(?<=[㐀-鿿]之)(?<!分之)(?P<n>[二三四五六七八九]|十[一二三四五六七八九]?)){_ENDS}',
            '之 {}',
        ),
        (
            ('之',),
            rf'(?P<mark>之(?:(?<=[。；，,、\s(（]之)|(?<=^之))(?P<n>{_ZH}{{1,3}}))(?=里|中|的|末尾|提|说|讲)',
            '之 {}',
        ),
        (('】',), rf'】\s?(?P<mark>[(（]?(?P<n>{_ZH}{{1,3}}|\d{{1,2}})[)）]?){_ENDS}', '{}'),
        (('篇',), r'(?P<mark>(?P<n>[上中下])(?<![》】一].)篇(?![幅章])(?!论文|小说|博士|学术))', '{}'),
    )
)


@lru_cache(maxsize=4096)
def _rules_for(present: frozenset[str]) -> tuple[tuple[int, re.Pattern[str]], ...]:
    """The rules to be tried on a text that has these hints, by their number."""
    return tuple((n, rule.pattern) for n, rule in enumerate(_RULES) if not present.isdisjoint(rule.hints))


def find_named(text: str, hints: frozenset[str] | None = None) -> Iterator[tuple[int, int, str]]:
    """Find numbers beside words that may be the name of a series.

    :param hints: those of :data:`NAMING_HINTS` that stand in the text, where they are known.
    :returns: start, end and selector: ``named 4``, ``named 4,5``, ``named 上``, ``named 之 2``,
        ``named lecture 3``.

    >>> list(find_named('见变分自编码器（四）'))
    [(7, 10, 'named 4')]
    """
    small = text.lower()
    present = frozenset(hint for hint in NAMING_HINTS if hint in small) if hints is None else hints
    matches = [
        (match.start('mark'), rank, match)
        for rank, pattern in _rules_for(present)
        for match in pattern.finditer(text)
    ]
    done = 0
    for start, rank, match in sorted(matches, key=lambda found: found[:2]):
        groups = match.groupdict()
        label = groups['n'] or groups['m'] if 'm' in groups else groups['n']
        several = numbers_in(label + (groups.get('more') or '')) if label not in HALVES else ()
        number = label_to_int(label)
        if start < done or not (number or several):
            continue
        done = match.end()
        told = label if label in HALVES else ','.join(map(str, several or (number,)))
        unit = (groups.get('unit') or '').lower()
        yield start, match.end('mark'), f'named {_RULES[rank].style.format(told, unit=unit)}'


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
        if not number or not words or (match['n'] and match['w3']) or _OTHERS_BEHIND.match(text, end):
            continue
        yield match.start(), end, f'about {number} {words}'


def cut_off(words: str) -> str:
    """A description up to where the sentence goes on: “compactness” of “compactness that we need”."""
    return _STOP.sub('', f'{words} ').strip()
