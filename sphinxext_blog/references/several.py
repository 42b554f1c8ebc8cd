"""Several numbers written as one: （一、二）, （一）~（三）, 第一到第三, 1–3.

Every number is told by itself, the ones between the ends of a range as well.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS, label_to_int, write_like

__all__ = ['JOIN', 'JOINED', 'RANGE', 'numbers_in', 'parts_of_title']

RANGE: Final = r'~～\-–—到至'
"""What stands between the ends of a range, as the characters of a class of a pattern."""
_RANGE: Final = rf'[{RANGE}]|——|through|to'
JOIN: Final = rf'\s?(?:[、,，/和与及跟&]|以及|,?\s?and|{_RANGE})\s?'
"""A pattern of what stands between two numbers."""
_NUMBER: Final = rf'(?:[{CHINESE_DIGITS}]{{1,4}}|[0-9]{{1,3}}|[IVX]{{1,6}}|[上中下])'
JOINED: Final = rf'{_NUMBER}(?:{JOIN}{_NUMBER}){{1,9}}'
"""A pattern of two numbers or more."""
_MOST: Final = 20
_SPLIT: Final = re.compile(f'({JOIN})')
_SPAN: Final = re.compile(_RANGE)
_DRESS: Final = re.compile(r'[(（)）【】\[\]第篇讲课期章\s]')
_LONGEST: Final = 300
_IN_BRACKETS: Final = re.compile(
    rf'(?P<head>[^\n]{{2,80}}?[(（【\[]第?)(?P<numbers>{JOINED})(?P<tail>[篇讲课期]?[)）】\]])'
)
_EACH_IN_BRACKETS: Final = re.compile(
    rf'(?P<head>[^\n]{{2,80}}?[(（])(?P<numbers>{_NUMBER}[)）](?:(?:{JOIN})?[(（]{_NUMBER}[)）]){{0,8}}(?:{JOIN})?[(（]{_NUMBER})(?P<tail>[)）])'
)
_BARE: Final = re.compile(
    rf'(?P<head>[^\n]{{2,80}}?(?:[:：]\s?|(?<=[㐀-鿿])|\s))(?P<numbers>[0-9]{{1,3}}(?:{JOIN}[0-9]{{1,3}}){{1,9}})(?P<tail>)'
)


def numbers_in(words: str) -> tuple[int, ...]:
    """The numbers of a list or a range in ascending order; none where it is neither.

    >>> numbers_in('（一）、（三）'), numbers_in('2~4'), numbers_in('第一到第三'), numbers_in('3、1')
    ((1, 3), (2, 3, 4), (1, 2, 3), ())
    """
    parts = _SPLIT.split(re.sub(r'[)）](?=[(（])', '）、', words))
    found: list[int] = []
    for number, part in enumerate(parts):
        if number % 2:
            continue
        value = label_to_int(_DRESS.sub('', part))
        if not value or (found and value <= found[-1]):
            return ()
        if number and _SPAN.fullmatch(parts[number - 1].strip()):
            if value - found[-1] > _MOST:
                return ()
            found += range(found[-1] + 1, value)
        found.append(value)
    return tuple(found) if len(found) <= _MOST else ()


def parts_of_title(title: str) -> tuple[str, ...]:
    """The titles of the parts that one title names at once; none when it names one.

    Linear in the length of a title, of which 300 characters are looked at.

    >>> parts_of_title('扩散随笔（一、二）'), parts_of_title('扩散随笔（一）')
    (('扩散随笔（一）', '扩散随笔（二）'), ())
    >>> parts_of_title('升级之路：1~3')
    ('升级之路：1', '升级之路：2', '升级之路：3')
    """
    if len(title) > _LONGEST:
        return ()
    for form in (_IN_BRACKETS, _EACH_IN_BRACKETS, _BARE):
        if match := form.fullmatch(title.strip()):
            label = next(re.finditer(_NUMBER, match['numbers']))[0]
            return tuple(
                f'{match["head"]}{write_like(number, label)}{match["tail"]}'
                for number in numbers_in(match['numbers'])
            )
    return ()
