from __future__ import annotations

import datetime as dt
import itertools
import pickle

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate, parse_date

times = st.one_of(
    st.just(''),
    st.builds(
        lambda time, offset: time.isoformat() + offset,
        st.times(),
        st.sampled_from(['', '+00:00', '+08:00', '-04:00', '+05:45']),
    ),
    st.builds(lambda time: time.strftime('%H:%M'), st.times()),
)
days = st.builds(
    lambda day, time: PartialDate(day.year, day.month, day.day, time), st.dates(dt.date(1, 1, 1)), times
)
dates = st.one_of(
    days,
    st.builds(lambda day, time: PartialDate(None, day.month, day.day, time), st.dates(), times),
    st.just(PartialDate(None, 2, 29)),
    st.builds(PartialDate, st.integers(1, 9999)),
    st.builds(PartialDate, st.integers(1, 9999), st.integers(1, 12)),
    st.builds(PartialDate, st.none(), st.integers(1, 12)),
)


# What a date may hold


@pytest.mark.parametrize(
    'fields',
    [
        (),
        (None, None, 8),
        (2014, None, 8),
        (0, 1, 1),
        (-1, 1, 1),
        (10000, 1, 1),
        (2014, 0, 1),
        (2014, 13, 1),
        (2014, 12, 0),
        (2014, 12, 32),
        (2014, 4, 31),
        (None, 4, 31),
        (2012, 2, 30),
        (2015, 2, 29),
        (1900, 2, 29),
        (2014, 12, None, '14:05'),
        (2014, None, None, '14:05'),
    ],
)
def test_fields_that_are_no_date_are_refused(fields):
    with pytest.raises(ValueError, match=r'\S'):
        PartialDate(*fields)


@pytest.mark.parametrize(
    'time',
    ['24:00', '12:60', '12:00:60', '9:05', 'noon', '12', '12:00Z', '12:00+8', '12:00+24:00', '١٢:٠٠', ' '],
)
def test_a_time_that_is_none_is_refused(time):
    with pytest.raises(ValueError, match='no such time'):
        PartialDate(2014, 12, 8, time)


def test_29_february_is_a_day_of_leap_years_and_of_an_unknown_year():
    assert PartialDate(2012, 2, 29).day == PartialDate(2000, 2, 29).day == PartialDate(None, 2, 29).day == 29


def test_dates_are_values():
    assert PartialDate(2014, 12, 8) == PartialDate(2014, 12, 8)
    assert len({PartialDate(2014, 12), PartialDate(2014, 12), PartialDate(2014)}) == 2
    assert pickle.loads(pickle.dumps(PartialDate(2014, 12, 8, '14:05'))) == PartialDate(2014, 12, 8, '14:05')
    with pytest.raises(AttributeError):
        PartialDate(2014).year = 2015


# What it says


@pytest.mark.parametrize(
    ('date', 'text', 'precision', 'day'),
    [
        (PartialDate(2014), '2014', 1, None),
        (PartialDate(2014, 5), '2014-05', 2, None),
        (PartialDate(2014, 5, 8), '2014-05-08', 3, dt.date(2014, 5, 8)),
        (PartialDate(2014, 5, 8, '09:05'), '2014-05-08T09:05', 4, dt.date(2014, 5, 8)),
        (PartialDate(2014, 5, 8, '09:05:00+08:00'), '2014-05-08T09:05:00+08:00', 4, dt.date(2014, 5, 8)),
        (PartialDate(None, 5, 8), '--05-08', 2, None),
        (PartialDate(None, 5, 8, '09:05'), '--05-08T09:05', 3, None),
        (PartialDate(None, 5), '--05', 1, None),
        (PartialDate(987, 5, 8), '0987-05-08', 3, dt.date(987, 5, 8)),
    ],
)
def test_a_date_tells_what_is_known_and_no_more(date, text, precision, day):
    assert date.isoformat() == str(date) == text
    assert date.precision == precision
    assert date.as_date() == day


# How dates compare

IN_ORDER = [
    PartialDate(None, 1, 1),
    PartialDate(None, 12, 8),
    PartialDate(987, 1, 1),
    PartialDate(2013, 9, 9),
    PartialDate(2013, 9, 9, '23:59+08:00'),
    PartialDate(2013, 9, 9, '16:00'),
    PartialDate(2013, 9, 9, '16:00:00.25'),
    PartialDate(2013, 9, 9, '16:00:00.5'),
    PartialDate(2013, 9, 9, '14:11:02-04:00'),
    PartialDate(2013, 9, 9, '23:00:00-04:00'),
    PartialDate(2013, 9, 10, '00:30+14:00'),
    PartialDate(2014),
    PartialDate(2014, 12),
    PartialDate(2014, 12, 8),
]


@pytest.mark.parametrize(('earlier', 'later'), list(itertools.pairwise(IN_ORDER)))
def test_dates_sort_by_day_and_within_a_day_by_moment(earlier, later):
    assert earlier.sort_key < later.sort_key


@given(days, days)
def test_days_sort_as_the_calendar_does(one, other):
    assume(one.as_date() != other.as_date())
    assert (one.sort_key < other.sort_key) == (one.as_date() < other.as_date())


@pytest.mark.parametrize(
    ('one', 'other', 'agree'),
    [
        ('8 Dec', '2014-12-08', True),
        ('8 Dec', '2014-12-08T14:05', True),
        ('8 Dec', '2014-12', True),
        ('8 Dec', '2014', True),
        ('2014', '2014-12-08', True),
        ('2014-12-08', '2014-12-08T14:05', True),
        ('8 Dec', '9 Dec', False),
        ('8 Dec', '8 Nov', False),
        ('8 Dec', '2014-12-09', False),
        ('2014', '2015-12-08', False),
        ('2014-12', '2014-11', False),
        ('29 Feb', '2016', True),
        ('29 Feb', '2015', False),
        ('29 Feb', '2015-02', False),
    ],
)
def test_dates_agree_when_both_can_be_one_day(one, other, agree):
    assert parse_date(one).agrees_with(parse_date(other)) is agree
    assert parse_date(other).agrees_with(parse_date(one)) is agree


@given(dates)
def test_a_date_agrees_with_itself(date):
    assert date.agrees_with(date)


# How dates are written


@pytest.mark.parametrize(
    ('text', 'iso'),
    [
        # ISO 8601, reduced or not
        ('2014', '2014'),
        ('2014-12', '2014-12'),
        ('2014-12-08', '2014-12-08'),
        ('20141208', '2014-12-08'),
        ('--12-08', '--12-08'),
        ('--12', '--12'),
        ('2020-01-02T03:04:05Z', '2020-01-02T03:04:05+00:00'),
        ('2020-01-02t03:04:05z', '2020-01-02T03:04:05+00:00'),
        ('2020-01-02T03:04', '2020-01-02T03:04'),
        ('2020-01-02T03:04:05.678+08:00', '2020-01-02T03:04:05.678+08:00'),
        ('2020-01-02 03:04:05,678', '2020-01-02T03:04:05.678'),
        ('2013-09-09 14:11:02+00:00', '2013-09-09T14:11:02+00:00'),
        ('2013-09-09 14:11:02-0400', '2013-09-09T14:11:02-04:00'),
        ('2013-09-09 14:11:02 -0000', '2013-09-09T14:11:02+00:00'),
        ('2025-06-17 11:15:00 UTC+02:00', '2025-06-17T11:15:00+02:00'),
        ('2025-12-02 12:00 UTC+01:00', '2025-12-02T12:00+01:00'),
        ('2025-12-02 12:00 UTC+8', '2025-12-02T12:00+08:00'),
        ('2025-12-02 12:00 GMT', '2025-12-02T12:00+00:00'),
        ('2025-12-02 9:05', '2025-12-02T09:05'),
        # numbers
        ('2014/12/8', '2014-12-08'),
        ('2014.12.8', '2014-12-08'),
        ('2014-1-2', '2014-01-02'),
        ('2014/12', '2014-12'),
        ('25/12/2014', '2014-12-25'),
        ('12/25/2014', '2014-12-25'),
        ('4.4.2014', '2014-04-04'),
        # Chinese, Japanese, Korean
        ('2014年12月8日', '2014-12-08'),
        ('2014年12月08号', '2014-12-08'),
        ('2014 年 12 月 8 日', '2014-12-08'),
        ('2014年12月8日 14:05', '2014-12-08T14:05'),
        ('2014年12月8日14:05:06', '2014-12-08T14:05:06'),
        ('2014年12月8日 星期一', '2014-12-08'),
        ('2014年12月8日（周一）14:05', '2014-12-08T14:05'),
        ('2014年12月', '2014-12'),
        ('2014年', '2014'),
        ('12月8日', '--12-08'),
        ('2014년 12월 8일', '2014-12-08'),
        # English names of months
        ('8 Dec', '--12-08'),
        ('08 Dec', '--12-08'),
        ('Dec 8', '--12-08'),
        ('Dec. 8', '--12-08'),
        ('17 May', '--05-17'),
        ('29 Feb', '--02-29'),
        ('Dec 2014', '2014-12'),
        ('December 2014', '2014-12'),
        ('Dec  8,  2014', '2014-12-08'),
        ('December 8th, 2014', '2014-12-08'),
        ('8th of December 2014', '2014-12-08'),
        ('8. December 2014', '2014-12-08'),
        ('2014 Dec 8', '2014-12-08'),
        ('08-Dec-2014', '2014-12-08'),
        ('8/DEC/2014', '2014-12-08'),
        ('28 Jun 2024', '2024-06-28'),
        ('Sept 23 2024', '2024-09-23'),
        ('10 Sep, 2024', '2024-09-10'),
        ('June 03, 2019', '2019-06-03'),
        ('Thu, 04 Jul 2019 14:00:00 +0800', '2019-07-04T14:00:00+08:00'),
        ('Thu Jul  4 14:00:00 2019 +0800', '2019-07-04T14:00:00+08:00'),
        ('Thu Jul 4 14:00:00 CST 2019', '2019-07-04T14:00:00'),
        ('Thu Jul 4 14:00:00 EST 2019', '2019-07-04T14:00:00-05:00'),
        ('Thu, 04 Jul 2019 14:00:00 EST', '2019-07-04T14:00:00-05:00'),
        ('2019-07-04 2:00 PM EDT', '2019-07-04T14:00-04:00'),
        ('2019-07-04 14:00 (EST)', '2019-07-04T14:00-05:00'),
        ('2019-07-04 14:00 CEST', '2019-07-04T14:00+02:00'),
        ('2019-07-04 14:00 IST', '2019-07-04T14:00'),
        ('2019-07-04 14:00:00 +0800 CST', '2019-07-04T14:00:00+08:00'),
        ('2019-07-04 14:00 America/New_York', '2019-07-04T14:00'),
        ('2019-07-04T14:00-04:00[America/New_York]', '2019-07-04T14:00-04:00'),
        ('Thu Jul 04 2019 14:00:00 GMT+0800 (China Standard Time)', '2019-07-04T14:00:00+08:00'),
        ('Thursday, July 4th, 2019 at 2:00 PM', '2019-07-04T14:00'),
        ('4 July 2019 12:05 a.m.', '2019-07-04T00:05'),
        ('4 July 2019 12:05pm', '2019-07-04T12:05'),
        ('14:05, 8 December 2014', '2014-12-08T14:05'),
        ('14:05 DEC 8 2014', '2014-12-08T14:05'),
        ('8 Dec 14:05', '--12-08T14:05'),
        # what clings to them
        ('\ufeff8 Dec\n', '--12-08'),
        ('\u200e2014-12-08\u200f', '2014-12-08'),
        ('\u3000８ Dec', '--12-08'),
        ('２０１４－１２－０８　１４：０５', '2014-12-08T14:05'),
        ('2014–12–08', '2014-12-08'),
        ('8\u00a0Dec', '--12-08'),
        ('"2014-12-08"', '2014-12-08'),
        ("'2014-12-08'", '2014-12-08'),
        ('“8 Dec”', '--12-08'),
        ('<2014-12-08 Mon>', '2014-12-08'),
        ('[2014-12-08 Mon 14:05]', '2014-12-08T14:05'),
        ('(2014-12-08)', '2014-12-08'),
    ],
)
def test_a_date_is_read_as_written(text, iso):
    assert parse_date(text).isoformat() == iso


@pytest.mark.parametrize(
    'text',
    [
        '',
        '   ',
        '""',
        '--',
        '12',
        '123',
        '123456',
        '1418000000',
        '14:05',
        '8日',
        '2014年8日',
        '2014年 14:05',
        '12-08',
        '12月',
        'May',
        'Dec 14:05',
        'Mayfly',
        'Mayfly 2014',
        'May fly',
        '8 Dec and more',
        '8 Dec 9 Nov',
        '8 Dec 9 2014',
        '8 Dec 2014 2015',
        '8 Dec 20145',
        '8 Dec 201',
        '8 décembre',
        'Monday',
        'Monday 2014',
        '<Date>',
        'today',
        'None',
        '2014-12/08',
        '2014--08',
        '2014-12-08-09',
        '2014-W50-1',
        '2014-342',
        '2014-12-08T',
        '2014-12-08 25:00',
        '2014-12-08 14:60',
        '2014-12-08 14:05 +25:00',
        '2014-12-08 14:05 tomorrow',
        '2014-12-08 0:05 pm',
        '2014-12-08 13:05 pm',
        '2012-02-30',
        '2015-02-29',
        '2014-13-01',
        '2014-00-01',
        '0000-01-01',
        '20141308',
        '31 Apr',
        '30 Feb',
        '0 Dec',
        '32 Dec 2014',
        '31/04/2014',
        '45/12/2014',
        '2014年13月8日',
        '٨ Dec',
        '💥',
        '</script>',
        '\\',
        '$2014-12-08$',
        '《2014-12-08》',
    ],
)
def test_what_is_no_date_is_refused_with_the_remedy(text):
    with pytest.raises(ValueError, match=r'not a date: .*; write it as YYYY-MM-DD'):
        parse_date(text)


@pytest.mark.parametrize(
    'text', ['03/04/2019', '03.04.2019', '03-04-2019', '03/04/19', '25/12/14', '8 Dec 14', 'Dec 8, 14']
)
def test_a_date_with_two_readings_is_refused(text):
    with pytest.raises(ValueError, match=r'two ways.*YYYY-MM-DD'):
        parse_date(text)


@pytest.mark.parametrize('text', ['2012-02-30', '2015-02-29'])
def test_the_message_names_the_text_and_the_fault(text):
    with pytest.raises(ValueError, match=rf"'{text}' \(no such day: {text}\)"):
        parse_date(f' {text}\n')


@pytest.mark.parametrize(
    'text',
    ['9' * 10_000, '8 Dec ' * 10_000, ':' * 10_000, '\u0301\u0323' * 10_000, '년' * 10_000, '[' * 5_000_000],
)
def test_a_long_text_is_refused_and_quoted_briefly(text):
    with pytest.raises(ValueError, match='not a date') as caught:
        parse_date(text)
    assert len(str(caught.value)) < 200


def test_blanks_around_a_date_do_not_make_it_long():
    assert parse_date(' ' * 1000 + '8' + ' ' * 1000 + 'Dec').isoformat() == '--12-08'


@given(st.dates(dt.date(1, 1, 1)))
def test_iso_dates_are_read_back(day):
    assert parse_date(day.isoformat()) == PartialDate(day.year, day.month, day.day)


@given(
    st.datetimes(
        timezones=st.none() | st.just(dt.UTC) | st.just(dt.timezone(dt.timedelta(hours=-4, minutes=-30)))
    )
)
def test_moments_are_read_as_yaml_and_python_write_them(moment):
    assert parse_date(str(moment)) == parse_date(moment.isoformat())
    read = dt.datetime.fromisoformat(parse_date(str(moment)).isoformat())
    assert read == moment
    assert read.utcoffset() == moment.utcoffset()


@given(dates)
def test_what_a_date_says_is_read_back(date):
    assert parse_date(date.isoformat()) == date


@given(dates, dates)
def test_different_dates_say_different_things(one, other):
    assert (one == other) == (one.isoformat() == other.isoformat())


@given(
    st.dates(dt.date(1, 1, 1)), st.sampled_from(['%d %b', '%b %d', '%B %d', '%d. %B', '%m月%d日', '--%m-%d'])
)
def test_a_day_without_a_year_stays_without(day, form):
    assert parse_date(day.strftime(form)) == PartialDate(None, day.month, day.day)


@given(
    st.dates(dt.date(1000, 1, 1)),
    st.sampled_from(
        ['%d %b %Y', '%B %d, %Y', '%a, %d %b %Y', '%A %d %B %Y', '%Y年%m月%d日', '%Y/%m/%d', '%d-%b-%Y']
    ),
)
def test_a_full_day_is_read_in_every_form(day, form):
    assert parse_date(day.strftime(form)).as_date() == day


@given(st.text() | st.text(alphabet='0123456789-/.:+ TZ,年月日decmayUTC', max_size=30))
def test_any_text_is_a_date_or_a_value_error(text):
    try:
        date = parse_date(text)
    except ValueError:
        return
    assert parse_date(date.isoformat()) == date
