"""Dates as readers see them."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.date_text import date_text


@pytest.mark.parametrize(
    ('iso', 'language', 'text'),
    [
        ('2014-12-08', 'en', '2014-12-08'),
        ('2014-12', 'en', 'Dec 2014'),
        ('2014', 'en', '2014'),
        ('--12-08', 'en', 'Dec 8, year unknown'),
        ('--02-29', 'de', '29. Feb., year unknown'),
        ('2014-12', 'zh_CN', '2014年12月'),
        ('2014-12-08', 'zh_CN', '2014年12月8日'),
        ('2014-12-08', 'zh_TW', '2014年12月8日'),
        ('2014-12-08', 'ja', '2014年12月8日'),
        ('2014-12-08', 'ko', '2014년 12월 8일'),
        ('2014-12-08', 'de', '2014-12-08'),
        ('2014-12-08T14:05:00+00:00', 'en', '2014-12-08'),
        ('--12-08', 'xx', 'Dec 8, year unknown'),
        ('', 'en', ''),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(make_site, iso, language, text):
    config = make_site({'index.rst': 'I\n=\n'}, {'language': language}).build('dummy').app.config
    assert date_text(iso, config) == text


def test_the_author_chooses_the_form(make_site):
    values = {'language': 'zh_CN', 'post_date_format': '%d.%m.%Y'}
    config = make_site({'index.rst': 'I\n=\n'}, values).build('dummy').app.config
    assert date_text('2014-12-08', config) == '08.12.2014'
    assert date_text('2014-12-08', config, '%Y') == '2014'
