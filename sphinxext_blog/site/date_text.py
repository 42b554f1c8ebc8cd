"""Dates as readers see them: in the form and language of the site, as exactly as they are known."""

from __future__ import annotations

import datetime as dt
from functools import lru_cache
from typing import TYPE_CHECKING, Final

from babel.core import Locale, UnknownLocaleError
from babel.dates import format_date as format_in_locale
from babel.dates import format_skeleton
from sphinx.locale import get_translation
from sphinx.util.i18n import format_date

from sphinxext_blog.config import blog_config
from sphinxext_blog.dates import PartialDate, parse_date

if TYPE_CHECKING:
    from sphinx.config import Config

__all__ = ['date_text']

_ = get_translation('sphinxext_blog')

_ISO: Final = '%Y-%m-%d'
_IN_FIGURES: Final = frozenset({'ja', 'ko', 'zh'})
"""Languages that write a whole date in figures, each with its unit: 2014年12月8日."""


def date_text(iso: str, config: Config, date_format: str = '') -> str:
    """A date of a record in words; a full one by ``post_date_format``.

    Where that is empty, the date is ISO 8601's, or in Chinese, Japanese and Korean the usual 2014年12月8日.

    :param iso: as :meth:`PartialDate.isoformat` writes it; empty for no date.
    :param date_format: another format of full dates.
    """
    if not iso:
        return ''
    return _in_words(iso, date_format or blog_config(config).date_format, config.language or 'en')


@lru_cache(maxsize=16384)  # pages show the date of each post many times
def _in_words(iso: str, date_format: str, language: str) -> str:
    date = parse_date(iso)
    try:
        locale = Locale.parse(language, sep='_' if '_' in language else '-')
    except (ValueError, UnknownLocaleError):
        locale = Locale('en')
    if (day := date.as_date()) is not None:
        if not date_format and locale.language in _IN_FIGURES:
            return str(format_in_locale(day, 'long', locale=locale))
        return _full_date(day, date_format or _ISO, language)
    # A leap year, so that 29 February has a day to stand for.
    day = dt.date(date.year or 2000, date.month or 1, date.day or 1)
    text = str(format_skeleton(_skeleton(date), day, locale=locale))
    return text if date.year else str(_('%s, year unknown')) % text


def _full_date(day: dt.date, date_format: str, language: str) -> str:
    if date_format == _ISO:  # the same in every language
        return day.isoformat()
    moment = dt.datetime(day.year, day.month, day.day, tzinfo=dt.UTC)
    return format_date(date_format, date=moment, language=language)


def _skeleton(date: PartialDate) -> str:
    return f'{"y" if date.year else ""}{"MMM" if date.month else ""}{"d" if date.day else ""}'
