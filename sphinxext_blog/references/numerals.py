"""Numbers as titles write them: 7, ７, 七, 十七, 二零一七, VII, Ⅶ, seven, 上.

One integer comes out of every script, and :func:`write_like` goes the way
back, so that an absent part can be named as its neighbours are.
"""

from __future__ import annotations

import re
from typing import Final

__all__ = [
    'CHINESE_DIGITS',
    'CHINESE_OR_ARABIC',
    'HALVES',
    'ORDINALS',
    'chinese_to_int',
    'int_to_chinese',
    'int_to_roman',
    'label_to_int',
    'roman_to_int',
    'write_like',
]

CHINESE_DIGITS: Final = '零〇一二三四五六七八九十百千两'
"""Characters of a Chinese numeral below ten thousand."""
CHINESE_OR_ARABIC: Final = rf'[{CHINESE_DIGITS}]{{1,4}}|\d{{1,3}}'
"""A pattern of the number of a part in Chinese text: 三, 十二, 12."""

HALVES: Final = {'上': 1, '中': 2, '下': 3, '前': 1, '后': 3}
"""Volume marks. Without a middle volume the last one is the second: see ``series``."""

_DIGIT: Final = {c: i for i, c in enumerate('零一二三四五六七八九')} | {'〇': 0, '两': 2}
_UNIT: Final = {'十': 10, '百': 100, '千': 1000}
_ROMAN: Final = (
    (1000, 'M'), (900, 'CM'), (500, 'D'), (400, 'CD'), (100, 'C'), (90, 'XC'),
    (50, 'L'), (40, 'XL'), (10, 'X'), (9, 'IX'), (5, 'V'), (4, 'IV'), (1, 'I'),
)  # fmt: skip
_ROMAN_FORM: Final = re.compile(r'M{0,3}(?:CM|CD|D?C{0,3})(?:XC|XL|L?X{0,3})(?:IX|IV|V?I{0,3})')
_CARDINALS: Final = 'zero one two three four five six seven eight nine ten eleven twelve'.split()
ORDINALS: Final = {
    word: i
    for i, word in enumerate('first second third fourth fifth sixth seventh eighth ninth tenth'.split(), 1)
}
"""English ordinal numbers in words."""
_WORDS: Final = {w: i for i, w in enumerate(_CARDINALS)} | ORDINALS


def chinese_to_int(text: str) -> int | None:
    """Value of a Chinese numeral below ten thousand, ``None`` when it is none.

    Both ways of writing are read: with units (三十一, 一百零五, 廿 excluded)
    and by position (二零一七).
    """
    if not text or len(text) > 9:
        return None
    if all(c in _DIGIT for c in text):
        return int(''.join(str(_DIGIT[c]) for c in text))
    total, digit, smallest = 0, None, 10_000
    for c in text:
        if c in _UNIT:
            unit = _UNIT[c]
            if unit >= smallest or digit == 0 or (digit is None and unit != 10):
                return None
            total += (1 if digit is None else digit) * unit
            smallest, digit = unit, None
        elif c in _DIGIT:
            if digit:
                return None
            digit = _DIGIT[c]
        else:
            return None
    return total + (digit or 0)


def int_to_chinese(number: int) -> str:
    """Write 0 to 9999 with units: 31 is 三十一.

    :raises ValueError: outside of that range.
    """
    if not 0 <= number <= 9999:
        raise ValueError(f'no short Chinese numeral for {number}')
    digits = '零一二三四五六七八九'
    if number < 10:
        return digits[number]
    out, gap = '', False
    for unit, name in ((1000, '千'), (100, '百'), (10, '十'), (1, '')):
        digit, number = divmod(number, unit)
        if digit:
            out += ('零' if gap and out else '') + digits[digit] + name
        gap = not digit
    return out.removeprefix('一') if out.startswith('一十') else out


def roman_to_int(text: str) -> int | None:
    """Value of a well-formed Roman numeral in capitals, else ``None``."""
    if not 0 < len(text) <= 15 or not _ROMAN_FORM.fullmatch(text):
        return None
    total, rest = 0, text
    for value, numeral in _ROMAN:
        while rest.startswith(numeral):
            total += value
            rest = rest[len(numeral) :]
    return total


def int_to_roman(number: int) -> str:
    """Write 1 to 3999 in Roman capitals.

    :raises ValueError: outside of that range.
    """
    if not 1 <= number <= 3999:
        raise ValueError(f'no Roman numeral for {number}')
    out = ''
    for value, numeral in _ROMAN:
        count, number = divmod(number, value)
        out += numeral * count
    return out


def label_to_int(label: str) -> int | None:
    """Number of a label in any script: ``'7'``, ``'七'``, ``'VII'``, ``'上'``, ``'two'``, ``'second'``."""
    if label.isdecimal():
        return int(label) if len(label) <= 9 else None
    if label in HALVES:
        return HALVES[label]
    for value in (chinese_to_int(label), roman_to_int(label)):
        if value is not None:
            return value
    return _WORDS.get(label.lower())


def write_like(number: int, label: str) -> str:
    """Write ``number`` in the script of ``label``: ``write_like(3, 'II')`` is ``'III'``."""
    if label.isdecimal():
        return str(number).zfill(len(label)) if label.startswith('0') else str(number)
    if label in HALVES and number in (1, 2, 3):
        return '上中下'[number - 1]
    if label and all(c in CHINESE_DIGITS for c in label) and 0 <= number <= 9999:
        return int_to_chinese(number)
    if roman_to_int(label) is not None and 1 <= number <= 3999:
        return int_to_roman(number)
    if label.lower() in _CARDINALS and number < len(_CARDINALS):
        return _CARDINALS[number].capitalize() if label[0].isupper() else _CARDINALS[number]
    return str(number)
