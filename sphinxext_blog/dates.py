"""Dates as honest as their source.

A blog's dates come from front matter, exports and crawled headings, and some
of them lack a year or a day. :class:`PartialDate` keeps what is known and says
what is not; :func:`parse_date` reads the forms that real blogs use.

A library such as dateutil reads more, but fills what is missing from today's
date and guesses between two readings; here neither is wanted.
"""

from __future__ import annotations

import calendar
import datetime as dt
import re
import unicodedata
from dataclasses import dataclass

from sphinxext_blog.pickling import PickledByFields

__all__ = ['PartialDate', 'parse_date']

_NUMBER_OF_DAYS = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)
_REMEDY = 'write it as YYYY-MM-DD'
_LONGEST = 64
"""Characters: no date in use is longer, and no pattern below ever sees more."""

_STORED_TIME = re.compile(
    r'(?P<h>\d\d):(?P<min>\d\d)(?::(?P<s>\d\d)(?P<fraction>\.\d+)?)?'
    r'(?:(?P<sign>[+-])(?P<zh>\d\d):(?P<zmin>\d\d))?',
    re.ASCII,
)
_TIME = re.compile(
    r"""
    (?: ^ | (?<=\d)T | [ ,] | (?<=[日号號일]) ) [ ]?
    (?P<h>\d{1,2}) : (?P<min>\d{2}) (?: : (?P<s>\d{2}) (?: [.,] (?P<fraction>\d+) )? )?
    (?: [ ]? (?P<half>[ap])\.?m\b\.? )?
    (?: [ ]? (?P<zone>
        (?:UTC|GMT)? [ ]? [+-] (?: \d{4} | \d{1,2} (?: :\d{2} )? )
        | (?: Z|UTC|GMT | AE[DS]T|[BCEIHJKMP]ST|[CEMP]DT|CES?T|EES?T|HKT|MSK|NZ[DS]T|SGT|WES?T ) \b
    ) )?
    (?= [ ,] | $ )
    """,
    re.ASCII | re.IGNORECASE | re.VERBOSE,
)
_ZONES = {
    'EST': '-05:00', 'EDT': '-04:00', 'CDT': '-05:00', 'MST': '-07:00', 'MDT': '-06:00', 'PST': '-08:00',
    'PDT': '-07:00', 'HST': '-10:00', 'WET': '+00:00', 'WEST': '+01:00', 'CET': '+01:00', 'CEST': '+02:00',
    'EET': '+02:00', 'EEST': '+03:00', 'MSK': '+03:00', 'HKT': '+08:00', 'SGT': '+08:00', 'JST': '+09:00',
    'KST': '+09:00', 'AEST': '+10:00', 'AEDT': '+11:00', 'NZST': '+12:00', 'NZDT': '+13:00',
}  # fmt: skip
"""Names of one meaning, those of America as RFC 5322 has them; CST, BST and IST have several."""
_ZONE_TAIL = re.compile(
    r' ?(?:\((?P<name>[A-Z]{2,5}|[A-Za-z .]{1,40} Time)\)?|\[[A-Za-z]+(?:/[A-Za-z_]+){1,2}\]?'
    r'|(?<= )[A-Z][a-z]+(?:/[A-Z][A-Za-z_]+){1,2})$',
    re.ASCII,
)
"""The place that a zone is named after, or its name behind its offset, as browsers write it."""
_LATE_NAME = re.compile(r' (?:UTC|GMT|[A-Z]{2,4}T)$', re.ASCII)
_OFFSET = re.compile(r'(?P<sign>[+-])(?P<h>\d{1,2}):?(?P<min>\d{2})?$', re.ASCII)
_LATE_OFFSET = re.compile(r' [+-]\d{4}$', re.ASCII)
_WEEKDAY = re.compile(
    r'\b(?:mon|tues?|wed(?:nes)?|thu(?:rs?)?|fri|sat(?:ur)?|sun)(?:day)?\b\.?,?'
    r'|\(?(?:星期|周|週|礼拜|禮拜)[一二三四五六日天]\)?',
    re.IGNORECASE,
)

_YEAR_FIRST = re.compile(
    r'(?P<y>\d{4})(?:(?P<sep>[-/.])(?P<m>\d{1,2})(?:(?P=sep)(?P<d>\d{1,2}))?)?', re.ASCII
)
_COMPACT = re.compile(r'(?P<y>\d{4})(?P<m>\d{2})(?P<d>\d{2})', re.ASCII)
_NO_YEAR = re.compile(r'--(?P<m>\d{2})(?:-(?P<d>\d{2}))?', re.ASCII)
_CJK = re.compile(
    r'(?:(?P<y>\d{4}) ?[年년] ?)?(?:(?P<m>\d{1,2}) ?[月월] ?)?(?:(?P<d>\d{1,2}) ?[日号號일])?', re.ASCII
)
_YEAR_LAST = re.compile(r'(?P<one>\d{1,2})(?P<sep>[-/.])(?P<two>\d{1,2})(?P=sep)(?P<y>\d{4}|\d{2})', re.ASCII)
_TOKEN = re.compile(
    r'(?P<word>[a-z]+)\.?|(?P<number>\d+)(?:st|nd|rd|th)?\b\.?|[ ,/-]', re.ASCII | re.IGNORECASE
)
_MONTHS = (
    *('january', 'february', 'march', 'april', 'may', 'june'),
    *('july', 'august', 'september', 'october', 'november', 'december'),
)
_MONTH_NUMBERS = {
    'sept': 9,
    **{name: number for number, name in enumerate(_MONTHS, 1)},
    **{name[:3]: number for number, name in enumerate(_MONTHS, 1)},
}
_FILLERS = frozenset({'at', 'of', 'the'})

_DASHES = str.maketrans(dict.fromkeys('‐‑‒–—―−', '-'))
_AROUND = '"\'“”‘’<>[]() ,'

_Fields = tuple[int | None, int | None, int | None]
"""Year, month, day."""


@dataclass(frozen=True, slots=True)
class PartialDate(PickledByFields):
    """A calendar date of which the year, the month or the day may be unknown.

    :param year: four digits, or ``None`` when the source does not say.
    :param month: 1 to 12, or ``None``.
    :param day: 1 to 31, or ``None``.
    :param time: ``HH:MM[:SS[.fraction]]`` with the offset from UTC where it is
        known (``14:11:02+00:00``), else empty.
    :raises ValueError: when the fields can't be a date: an impossible day or
        time, a day without a month, a time without a day, nothing at all.
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
        if self.time:
            _utc_time(self.time)
        if self.year is not None and not 1 <= self.year <= 9999:
            raise ValueError(f'no such year: {self.year}')
        if self.month is not None and not 1 <= self.month <= 12:
            raise ValueError(f'no such month: {self.month}')
        if self.day is not None and self.month is not None:
            last = _NUMBER_OF_DAYS[self.month - 1]
            if self.month == 2 and self.year is not None and not calendar.isleap(self.year):
                last = 28
            if not 1 <= self.day <= last:
                raise ValueError(f'no such day: {self.isoformat()}')

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
        """Chronological by day where the year is known; dates without one come before all others.

        The day counts as it is written. Within one day those without a time
        come first, the others in the order of their moments; a time without an
        offset is taken as UTC.
        """
        time = ''
        if self.time:
            seconds, fraction = _utc_time(self.time)
            time = f'{seconds + 86_400:06d}{fraction}'
        return (self.year or 0, self.month or 0, self.day or 0, time)

    @property
    def precision(self) -> int:
        """How much is known: the number of known fields, a time of day counting as one."""
        return sum(f is not None for f in (self.year, self.month, self.day)) + bool(self.time)

    def agrees_with(self, other: PartialDate) -> bool:
        """Whether both can be the same day: no field known to both differs, and together they are a date."""
        pairs = ((self.year, other.year), (self.month, other.month), (self.day, other.day))
        if not all(a is None or b is None or a == b for a, b in pairs):
            return False
        year, month, day = (b if a is None else a for a, b in pairs)
        try:
            PartialDate(year, month, day)
        except ValueError:  # 29 February, and a year without one
            return False
        return True

    def as_date(self) -> dt.date | None:
        """The calendar day, or ``None`` when year, month or day is unknown."""
        if self.year is None or self.month is None or self.day is None:
            return None
        return dt.date(self.year, self.month, self.day)


def parse_date(text: str) -> PartialDate:
    """Read a date as blogs write it, keeping only what the text says.

    - year first: ``2014-12-08``, ``2014/12/8``, ``2014.12.8``, ``20141208``,
      ``2014年12月8日``; reduced: ``2014-12``, ``2014``, ``12月8日``, ``--12-08``;
    - English names of months, the parts in any order: ``8 Dec``,
      ``Dec 8, 2014``, ``8th of December 2014``, ``Dec 2014``;
    - year last in numbers, when only one reading is a date: ``25/12/2014``;
    - with a time of day and an offset from UTC, or a weekday (not checked):
      ``Thu, 04 Jul 2019 14:00:00 +0800``. Names of zones that have one meaning tell
      an offset, EST and CEST among them; beside another name, such as CST or
      America/New_York, the time is kept without one.

    :raises ValueError: when the text is no date (a month alone is none), or
        one that can be read in two ways (``03/04/2019``, ``8 Dec 14``); the
        message holds the text and names the remedy.
    """
    plain = ' '.join(text.split())
    if len(plain) > _LONGEST:
        raise ValueError(f'not a date: {plain[:40]!r}…; {_REMEDY}')
    try:
        return _read(plain)
    except ValueError as error:
        raise ValueError(f'not a date: {plain!r} ({error}); {_REMEDY}') from None


def _read(text: str) -> PartialDate:
    # Byte order marks, zero-width spaces and bidi marks cling to copied dates.
    text = ''.join(c for c in text if unicodedata.category(c) != 'Cf')
    text = unicodedata.normalize('NFKC', text).translate(_DASHES).strip(_AROUND)
    text, weekdays = _WEEKDAY.subn(' ', text)
    text, time = _cut_time(' '.join(text.split()))
    year, month, day = _read_day(' '.join(text.split()).strip(_AROUND))
    if weekdays and day is None:
        raise ValueError('a weekday needs a day')
    return PartialDate(year, month, day, time)


def _read_day(text: str) -> _Fields:
    if not text:
        raise ValueError('no day')
    for pattern in (_YEAR_FIRST, _COMPACT, _NO_YEAR, _CJK):
        if match := pattern.fullmatch(text):
            fields = match.groupdict()
            year, month, day = (int(value) if (value := fields.get(name)) else None for name in 'ymd')
            if pattern is _CJK and year is None and day is None:
                raise ValueError('a month alone')
            return (year, month, day)
    if match := _YEAR_LAST.fullmatch(text):
        return _read_year_last(match)
    return _read_month_name(text)


def _read_year_last(match: re.Match[str]) -> _Fields:
    one, two = int(match['one']), int(match['two'])
    if len(match['y']) == 2 or (one <= 12 and two <= 12 and one != two):
        raise ValueError('it can be read in two ways')
    day, month = (one, two) if two <= 12 else (two, one)
    return (int(match['y']), month, day)


def _read_month_name(text: str) -> _Fields:
    month = None
    numbers = []
    at = 0
    while at < len(text):
        match = _TOKEN.match(text, at)
        if match is None:
            raise ValueError('unknown form')
        at = match.end()
        if match['number']:
            numbers.append(match['number'])
        elif match['word'] and (word := match['word'].lower()) not in _FILLERS:
            if word not in _MONTH_NUMBERS or month is not None:
                raise ValueError('unknown form')
            month = _MONTH_NUMBERS[word]
    years = [int(number) for number in numbers if len(number) == 4]
    days = [int(number) for number in numbers if len(number) <= 2]
    if month is None:
        raise ValueError('unknown form')
    if not numbers:
        raise ValueError('a month alone')
    if len(days) == 2 and not years:
        raise ValueError('it can be read in two ways')
    if len(years) > 1 or len(days) > 1 or len(years) + len(days) != len(numbers):
        raise ValueError('unknown form')
    return (years[0] if years else None, month, days[0] if days else None)


def _cut_time(text: str) -> tuple[str, str]:
    # The text without its time of day, and the time as PartialDate has it.
    name = ''
    if ':' in text and (tail := _ZONE_TAIL.search(text)):
        text, name = text[: tail.start()], tail['name'] or ''
    match = _TIME.search(text)
    if match is None:
        return text, ''
    rest = f'{text[: match.start()]} {text[match.end() :]}'
    zone = match['zone'] or ''
    if zone:
        rest = _LATE_NAME.sub('', rest)
    if not zone and (late := _LATE_OFFSET.search(rest)):
        # git writes the year between the time and the offset.
        zone, rest = late[0].strip(), rest[: late.start()]
    zone = zone or name
    hour = int(match['h'])
    if half := match['half']:
        if not 1 <= hour <= 12:
            raise ValueError('no such hour')
        hour = hour % 12 + (12 if half in 'pP' else 0)
    time = f'{hour:02d}:{match["min"]}'
    if match['s']:
        time += f':{match["s"]}'
    if match['fraction']:
        time += f'.{match["fraction"]}'
    return rest, time + _offset(zone)


def _offset(zone: str) -> str:
    # The offset from UTC as ±HH:MM; empty for a name that tells none.
    if zone.upper() in {'Z', 'UTC', 'GMT'}:
        return '+00:00'
    if zone.upper() in _ZONES:
        return _ZONES[zone.upper()]
    match = _OFFSET.search(zone)
    if match is None:
        return ''
    offset = f'{match["sign"]}{int(match["h"]):02d}:{match["min"] or "00"}'
    return '+00:00' if offset == '-00:00' else offset


def _utc_time(time: str) -> tuple[int, str]:
    # Whole seconds since the midnight (UTC) of the day as written, negative
    # where the offset leads to the day before; and the fraction, '.5'.
    match = _STORED_TIME.fullmatch(time)
    if match is None:
        raise ValueError(f'no such time: {time}')
    hour, minute, second = int(match['h']), int(match['min']), int(match['s'] or 0)
    zone_hours, zone_minutes = int(match['zh'] or 0), int(match['zmin'] or 0)
    if hour > 23 or minute > 59 or second > 59 or zone_hours > 23 or zone_minutes > 59:
        raise ValueError(f'no such time: {time}')
    offset = (zone_hours * 60 + zone_minutes) * (-60 if match['sign'] == '-' else 60)
    return hour * 3600 + minute * 60 + second - offset, match['fraction'] or ''
