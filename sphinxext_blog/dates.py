"""Dates as honest as their source.

A blog's dates come from front matter, exports and crawled headings, and some
of them lack a year or a day. :class:`PartialDate` keeps what is known and says
what is not; :func:`parse_date` reads the forms that real blogs use.
"""

from __future__ import annotations

import datetime as dt
import re
from dataclasses import dataclass

__all__ = ['PartialDate', 'parse_date']

_NUMBER_OF_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_ISO = re.compile(
    r'(?P<y>\d{4})(?:-(?P<m>\d{1,2})(?:-(?P<d>\d{1,2})'
    r'(?:[T ](?P<time>\d{1,2}:\d{2}(?::\d{2})?(?:\.\d+)?)\s*(?P<zone>Z|(?:UTC|GMT)?[+-]\d{2}:?\d{2}|UTC|GMT)?)?)?)?'
)
_NO_YEAR = re.compile(r'--(?P<m>\d{2})-(?P<d>\d{2})')
_CJK = re.compile(
    r'(?:(?P<y>\d{4})\s*年)?\s*(?:(?P<m>\d{1,2})\s*月)?\s*(?:(?P<d>\d{1,2})\s*[日号])?\s*(?P<time>\d{1,2}:\d{2}(?::\d{2})?)?'
)
_SLASHED = re.compile(r'(?P<y>\d{4})[/.](?P<m>\d{1,2})[/.](?P<d>\d{1,2})')
_AMBIGUOUS = re.compile(r'(\d{1,2})[/.-](\d{1,2})[/.-](\d{4}|\d{2})')
_MONTH_NAME = re.compile(
    r'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec', re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class PartialDate:
    """A calendar date of which the year, the month or the day may be unknown.

    :param year: four digits, or ``None`` when the source does not say.
    :param month: 1 to 12, or ``None``.
    :param day: 1 to 31, or ``None``.
    :param time: ``HH:MM[:SS]`` with the offset from UTC where it is known
        (``14:11:02+00:00``), else empty.
    :raises ValueError: when the fields can't be a date: an impossible day, a
        day without a month, a time without a day, nothing at all.
    """

    year: int | None = None
    month: int | None = None
    day: int | None = None
    time: str = ''

    def __post_init__(self) -> None:
        if self.year is None and self.month is None:
            raise ValueError('a date needs at least a year or a month')
        if self.day is not None and self.month is None:
            raise ValueError('a day needs a month')
        if self.time and self.day is None:
            raise ValueError('a time of day needs a day')
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f'no such year: {self.year}')
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f'no such month: {self.month}')
        if self.day is not None and self.month is not None:
            last = _NUMBER_OF_DAYS[self.month - 1]
            if not 1 <= self.day <= last:
                raise ValueError(f'no such day: {self.month}-{self.day}')
            if self.year is not None:
                dt.date(self.year, self.month, self.day)  # 29 February

    def isoformat(self) -> str:
        """ISO 8601 in reduced precision: ``2014-12-08``, ``2014-12``, ``2014``, ``--12-08``."""
        if self.year is None:
            text = f'--{self.month:02d}'
        else:
            text = f'{self.year:04d}'
            if self.month is not None:
                text += f'-{self.month:02d}'
        if self.day is not None:
            text += f'-{self.day:02d}'
        return f'{text}T{self.time}' if self.time else text

    __str__ = isoformat

    @property
    def sort_key(self) -> tuple[int, int, int, str]:
        """Chronological where the year is known; dates without one come before all others."""
        return (self.year or 0, self.month or 0, self.day or 0, self.time)

    @property
    def precision(self) -> int:
        """How much is known: the number of known fields, a time of day counting as one."""
        return sum(f is not None for f in (self.year, self.month, self.day)) + bool(self.time)

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether both can be the same day: no field known to both differs."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        return all(a is None or b is None or a == b for a, b in pairs)

    def as_date(self) -> dt.date | None:
        """The calendar day, or ``None`` when year, month or day is unknown."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)


def parse_date(text: str) -> PartialDate:
    """Read a date as blogs write it, keeping only what the text says.

    ISO 8601 (also reduced, also ``--12-08``), ``2014/12/8``, ``2014.12.8``,
    ``2014年12月8日``, ``8 Dec``, ``Dec 8, 2014``, ``8 December 2014 14:05``,
    with a time zone or without.

    :raises ValueError: when the text is no date, or one that can be read in
        two ways (``03/04/2019``); the message names the remedy.
    """
    text = ' '.join(text.split()).strip('"\'')
    if len(text) > 64:
        raise ValueError(f'not a date: {text[:40]!r}…')
    for pattern in (_ISO, _NO_YEAR, _SLASHED, _CJK):
        match = pattern.fullmatch(text)
        if match and text:
            return _from_groups(match.groupdict())
    if match := _AMBIGUOUS.fullmatch(text):
        raise ValueError(f'{text!r} can be read in two ways; write it as YYYY-MM-DD')
    if _MONTH_NAME.search(text):
        return _from_month_name(text)
    raise ValueError(f'not a date: {text!r}; write it as YYYY-MM-DD')


def _from_groups(groups: dict[str, str | None]) -> PartialDate:
    number = {k: int(v) for k in 'ymd' if (v := groups.get(k))}
    time = groups.get('time') or ''
    zone = (groups.get('zone') or '').replace('UTC', '').replace('GMT', '')
    if groups.get('zone') and zone in {'', 'Z'}:
        zone = '+00:00'
    elif zone and ':' not in zone:
        zone = f'{zone[:3]}:{zone[3:]}'
    if time:
        hour, _, rest = time.partition(':')
        time = f'{int(hour):02d}:{rest}{zone}'
    return PartialDate(number.get('y'), number.get('m'), number.get('d'), time)


def _from_month_name(text: str) -> PartialDate:
    # dateutil fills what is missing from a default date. Reading the text
    # against two defaults that differ in every field shows what it says.
    from dateutil import parser

    text = re.sub(r'(?<=\d)(st|nd|rd|th)\b', '', text, flags=re.IGNORECASE)
    text = re.sub(r'\bsept\b', 'sep', text, flags=re.IGNORECASE)
    one, two = dt.datetime(1904, 1, 1), dt.datetime(1908, 2, 2, 1, 1, 1)  # noqa: DTZ001 (a default)
    try:
        a, b = (parser.parse(text, default=default, dayfirst=True) for default in (one, two))
    except (ValueError, OverflowError) as error:
        raise ValueError(f'not a date: {text!r}; write it as YYYY-MM-DD') from error
    time = ''
    if a.hour == b.hour and a.minute == b.minute:
        time = a.strftime('%H:%M') if a.second != b.second else a.strftime('%H:%M:%S')
        if a.tzinfo is not None:
            time += a.isoformat()[-6:]
    if a.month != b.month:
        raise ValueError(f'not a date: {text!r}; write it as YYYY-MM-DD')
    return PartialDate(
        a.year if a.year == b.year else None,
        a.month,
        a.day if a.day == b.day else None,
        time if a.day == b.day else '',
    )
