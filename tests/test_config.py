"""Values of ``conf.py``: the good ones hold, the bad ones are warned of and replaced."""

from __future__ import annotations

import pytest

from sphinxext_blog.config import blog_config, described_values


def test_defaults_are_silent(make_site):
    build = make_site({'index.rst': 'I\n=\n'}).build('dummy')
    assert build.warnings == ''
    assert blog_config(build.app.config).auto_panels == ('meta', 'series', 'related', 'backlinks')


@pytest.mark.parametrize(
    ('name', 'value', 'message'),
    [
        ('blog_auto_panels', ['related', 'nonsense'], "not 'nonsense'"),
        ('blog_related_count', -1, 'must not be negative'),
        ('blog_related_count', 'five', 'must be int'),
        ('blog_path', '/etc', 'must name folders inside the site'),
        ('blog_path', '../up', 'inside the site'),
        ('blog_import_dir', '..', 'inside the site'),
        ('blog_site_urls', ['example.org/{id}'], 'where an address with a placeholder must stand'),
        ('blog_site_urls', ['https://example.org/'], 'where an address with a placeholder must stand'),
        ('blog_sources', [1], 'list of strings'),
        ('blog_post_pattern', [None], 'list of strings'),
        ('blog_graph_page', 'yes', 'must be bool'),
        ('blog_graph_map', None, 'must be str'),
        ('blog_graph_map', 'a\nb', 'without line breaks'),
        ('blog_sources', None, 'must be list or tuple, not NoneType'),
        ('blog_site_urls', 5, 'must be list or tuple, not int'),
        ('blog_auto_panels', {'meta'}, 'must be list or tuple, not set'),
        ('blog_site_urls', ['https://example.org/{名}'], 'where an address with a placeholder must stand'),
        ('blog_site_urls', ['http://[{id}'], "'http://[{id}' is no address of a post"),
        ('blog_site_urls', ['https://example.org/{id}/{id}'], 'names {id} twice'),
        ('blog_related_count', 10**30, 'must be at most 1000000'),
        ('blog_related_weights', {'text': 10**400}, 'must have numbers from 0 to 1000000'),
        ('blog_related_weights', {'text': 1e308}, 'must have numbers from 0 to 1000000'),
        ('blog_path', '.', 'must name folders inside the site'),
        ('blog_path', './blog', 'must name folders inside the site'),
        ('blog_path', '/', 'must name folders inside the site'),
        ('blog_path', '..', 'must name folders inside the site'),
        ('blog_path', 'a/../b', 'must name folders inside the site'),
        ('blog_path', 'a//b', 'must name folders inside the site'),
        ('blog_path', 'a\x00b', 'without line breaks and control characters'),
        ('blog_path', 'x' * 10_000, 'is too long for a path'),
        ('blog_path', 'x/' * 2_000 + 'x', 'is too long for a path'),
        ('blog_import_dir', 'a\x00b', 'without line breaks and control characters'),
        ('blog_sources', ['x' * 10_000], 'is too long for a path'),
        ('blog_sources', ['a\x00'], 'without line breaks and control characters'),
        ('blog_corrections', 'x' * 10_000, 'is too long for a path'),
        ('blog_authors', ['Emmy'], 'must be dict, not list'),
        ('blog_authors', {'emmy': 5}, "has 5 for the key 'emmy', where a name must stand, or a pair of"),
    ],
)
def test_a_bad_value_is_warned_of_and_its_default_used(make_site, name, value, message):
    build = make_site({'a.rst': ':date: 2020-01-01\n\nA\n=\n\nText :math:`x^2`.\n'}, {name: value}).build()
    assert build.warnings.count('WARNING') == 1
    assert message in build.warnings
    assert (build.outdir / 'graph.html').is_file() or name == 'blog_graph_page'
    assert name in build.warnings
    assert '[blog.config]' in build.warnings
    default = next(default for known, default, _, _ in described_values() if known == name)
    field = name.removeprefix('blog_')
    actual = getattr(blog_config(build.app.config), field)
    assert (type(default)(actual) if isinstance(default, (list, dict)) else actual) == default


def test_a_single_pattern_may_be_a_string(make_site):
    build = make_site({}, {'blog_post_pattern': 'posts/*'}).build('dummy')
    assert blog_config(build.app.config).post_pattern == ('posts/*',)
