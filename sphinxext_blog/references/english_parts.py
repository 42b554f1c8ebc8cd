"""Finding “Part 3” and “Parts I and II” in English text.

Such words may be of anything, a book, a proof, a theorem: those around them decide.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.numerals import label_to_int
from sphinxext_blog.references.several import numbers_in

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['COUNT', 'ELSEWHERE_AFTER', 'NUMBER', 'find_parts']

COUNT: Final = 'two|three|four|five|six|seven|eight|nine|ten'
"""A pattern of how many parts, in words."""
NUMBER: Final = rf'(?P<open>\()?(?P<n>[IVX]{{1,6}}|[0-9]{{1,3}}|(?i:one|{COUNT}))(?(open)\)|\b)'
"""A number as parts bear it, its brackets left out or both there."""

_PART: Final = re.compile(rf'\b[Pp]art\s{NUMBER}')
_REACH: Final = 60
_PLACE_BEFORE: Final = re.compile(r'\b(?:[Ii]n|[Ss]ee|[Ff]rom|[Oo]f)\s$')
_SENTENCE_BEFORE: Final = re.compile(r'(?:[.!?…][)”"’]?\s|[。！？\n(（])\s{0,3}$')
_STATEMENT_BEFORE: Final = re.compile(
    r'(?i)\b(?:(?:proofs?|statements?|solutions?|converse|hypothes[ie]s|assumptions?|conditions?|conclusions?|'
    r'claims?|validity|analogue|half)\sof\s|'
    r'(?:theorem|lemma|proposition|corollary|exercise|problem|question|definition|claim|volume|chapter)\s'
    r'[0-9][0-9.]{0,7}(?:,?\s\(?see|[,;:]\s(?:in|from|of))\s)$'
)
ELSEWHERE_AFTER: Final = re.compile(r'[-–/%]|\.\d|\s\(?(?:of|in)\s')
"""Behind a number: it is one of something else."""
_OF_THE_SERIES: Final = re.compile(r'\s(?:of|in)\s(?:this|our|my)\s(?:blog\s|tutorial\s|post\s)?series\b')
_OF_A_WHOLE: Final = re.compile(r'\)\sof\s(?:the|a|an)\s(?!series)')
# “in part one might say”, “in part I agree”: there the number is none.
_COMMA_OR_WE: Final = re.compile(r'\s?(?:[,.;:!?)—…]|$)|\s(?:we|where)\b')
_TELLS_AFTER: Final = re.compile(
    r'\s(?:will\s(?!follow|hold|imply|need|require|be\s(?!about\b|devoted\b|published\b|out\b))|'
    r'(?:covers|covered|deals|dealt|discusses|discussed|introduces|introduced|explains|explained|explores|'
    r'explored|looks|looked|describes|described|presents|presented|(?:is|was)\s(?:about|devoted|on)|'
    r'derived|proved|showed|gave|treated|built|ended|left|reviewed|set\sup|used)\s)'
)
_PARTS_BETWEEN: Final = re.compile(
    r'\b[Pp]arts\s(?P<all>(?:[IVX]{1,6}|[0-9]{1,3})\s?(?:[-–—]|to|through)\s?(?:[IVX]{1,6}|[0-9]{1,3}))\b'
)
_PARTS: Final = re.compile(
    r'\b[Pp]arts\s(?P<n>[IVX]{1,6}|[0-9]{1,3})(?:,\s(?P<k>[IVX]{1,6}|[0-9]{1,3}),?)?\s?(?:and|&)\s(?P<m>[IVX]{1,6}|[0-9]{1,3})\b'
)


def find_parts(text: str) -> Iterator[tuple[int, int, str]]:
    """Find places that say nothing but “part 3”, and say it of the series as far as the words tell.

    :returns: start, end and selector: ``3``, ``1,2,3``.

    >>> [selector for _, _, selector in find_parts('In part 2 we saw; see Parts 1–3 of the theorem.')]
    ['2']
    """
    for match in _PART.finditer(text):
        number = label_to_int(match['n'])
        if number and _speaks_of_series(match, text):
            yield match.start(), match.end(), str(number)

    for match in _PARTS.finditer(text):
        if not _are_ours(match, text):
            continue
        for name in ('n', 'k', 'm'):
            if number := label_to_int(match[name] or ''):
                start = match.start() if name == 'n' else match.start(name)
                yield start, match.end(name), str(number)
    for match in _PARTS_BETWEEN.finditer(text):
        several = numbers_in(match['all'])
        if several and _are_ours(match, text):
            yield match.start(), match.end(), ','.join(map(str, several))


def _are_ours(match: re.Match[str], text: str) -> bool:
    """Whether parts in the plural are of no book and no theorem."""
    if ELSEWHERE_AFTER.match(text, match.end()) and not _OF_THE_SERIES.match(text, match.end()):
        return False
    return not _STATEMENT_BEFORE.search(text[max(0, match.start() - _REACH) : match.start()])


def _speaks_of_series(match: re.Match[str], text: str) -> bool:
    start, end = match.span()
    before, after = text[max(0, start - _REACH) : start], text[end : end + _REACH]
    if ELSEWHERE_AFTER.match(after):
        return False
    if _PLACE_BEFORE.search(before):
        may_be_word = match[0].startswith('part ') and (match['n'] == 'I' or match['n'].islower())
        if may_be_word and not match['open'] and not _COMMA_OR_WE.match(after):
            return False
        return not _STATEMENT_BEFORE.search(before)
    if before.endswith(('(', '(see ', '（')) and after.startswith((')', '）')):
        return _OF_A_WHOLE.match(after) is None
    begins = start == 0 or _SENTENCE_BEFORE.search(before) is not None
    return begins and match[0].startswith('Part') and _TELLS_AFTER.match(after) is not None
