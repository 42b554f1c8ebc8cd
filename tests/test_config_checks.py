from __future__ import annotations

import pytest

from sphinxext_blog import config_checks as checks


@pytest.mark.parametrize(
    ('check', 'good', 'bad', 'problem'),
    [
        (checks.strings, ['a'], ['a', 1], 'list of strings'),
        (checks.relative_path, 'notes/blog', '../up', 'inside the site'),
        (checks.relative_path, '', '/root', 'inside the site'),
        (checks.one_line, 'map.json', 'a\nb', 'without line breaks'),
        (checks.named, {'e': ('Emmy', None), 'k': 'Kurt'}, {'e': ('Emmy', 'x', 'y')}, 'a pair of a name'),
        (checks.feeds, ['atom'], ['pdf'], "atom, rss, json, not 'pdf'"),
        (checks.panels, ['meta', 'graph'], ['nothing'], "not 'nothing'"),
        (checks.factors, {'text': 0.5}, {'text': -1}, "numbers from 0 on, not -1 for 'text'"),
        (checks.factors, {}, {'luck': 1}, "not 'luck'"),
        (checks.factors, {}, {'text': True}, 'numbers from 0 on'),
        (checks.url_templates, ['https://a.b/{id}'], ['https://a.b/c'], 'a placeholder'),
        (checks.url_templates, [], [1], 'list of strings'),
        (checks.engine, 'canvas', 'webgl', "'auto', 'vis' or 'canvas'"),
        (checks.markdown, 'all', 'some', "'posts', 'all' or 'none'"),
        (checks.not_negative, 0, -1, 'must not be negative'),
    ],
)
def test_good_values_pass_and_bad_ones_are_told_why(check, good, bad, problem):
    assert check(good) is None
    assert problem in check(bad)
