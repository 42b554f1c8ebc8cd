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
        ('2014-12-08T14:05:00+00:00', 'en', '2014-12-08'),
        ('--12-08', 'xx', 'Dec 8, year unknown'),
        ('', 'en', ''),
    ],
)
def test_a_date_is_shown_as_exactly_as_it_is_known(make_site, iso, language, text):
    config = make_site({'index.rst': 'I\n=\n'}, {'language': language}).build('dummy').app.config
    assert date_text(iso, config) == text
