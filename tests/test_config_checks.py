from __future__ import annotations

import pytest

from sphinxext_blog import config_checks as checks


@pytest.mark.parametrize(
    ('check', 'good', 'bad', 'problem'),
    [
        (checks.strings, ['a'], ['a', 1], 'list of strings'),
        (checks.relative_path, 'notes/blog', '../up', 'inside the site'),
        (checks.relative_path, '', '/root', 'inside the site'),
        (checks.path, '图\u3000map.json', 'a\nb', 'without line breaks'),
        (checks.path, '', 'ü' * 128, 'too long'),
        (checks.paths, ['a', 'b'], ['a', 'x' * 300], 'too long'),
        (checks.paths, [], ['a', 1], 'list of strings'),
        (checks.site_folder, 'notes/blog', 'notes/./blog', 'must name folders'),
        (checks.site_folder, 'notes/', '//', 'must name folders'),
        (checks.site_folder, '', 'x' * 250, 'too long'),
        (checks.site_folder, '数学 & blog', 'c#', 'must have no #'),
        (checks.site_folder, 'search/blog', 'search', "another name than 'search'"),
        (checks.site_folder, 'blog/_static', '_static/blog', "another name than '_static'"),
        (checks.site_folder, 'blog', 'C:/blog', 'must have no #'),
        (checks.site_folder, 'x' * 240, '\ud800', 'control characters'),
        (checks.named, {'e': ('Emmy', None), 'k': 'Kurt'}, {'e': ('Emmy', 'x', 'y')}, "for the key 'e'"),
        (checks.feeds, ['atom'], ['pdf'], "atom, rss, json, not 'pdf'"),
        (checks.panels, ['meta', 'graph'], ['nothing'], "not 'nothing'"),
        (checks.factors, {'text': 0.5}, {'text': -1}, "numbers from 0 to 1000000, not -1 for 'text'"),
        (checks.factors, {}, {'luck': 1}, "not 'luck'"),
        (checks.factors, {}, {'text': True}, 'numbers from 0 to'),
        (checks.url_templates, ['https://a.b/{id}'], ['https://a.b/c'], 'a placeholder'),
        (checks.url_templates, [], [1], 'list of strings'),
        (checks.engine, 'canvas', 'webgl', "'auto', 'vis' or 'canvas'"),
        (checks.markdown, 'all', 'some', "'posts', 'all' or 'none'"),
        (checks.factors, {}, {'text': 10**5000}, 'such a large int'),
        (checks.factors, {}, {'x' * 500: 1}, '… (502 characters)'),
        (checks.count, 0, -1, 'must not be negative'),
        (checks.count, 5, 10**30, 'must be at most'),
    ],
)
def test_good_values_pass_and_bad_ones_are_told_why(check, good, bad, problem):
    assert check(good) is None
    assert problem in check(bad)
