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
        ('blog_path', '/etc', 'inside the site'),
        ('blog_path', '../up', 'inside the site'),
        ('blog_import_dir', '..', 'inside the site'),
        ('blog_site_urls', ['example.org/{id}'], 'must be an address with a placeholder'),
        ('blog_site_urls', ['https://example.org/'], 'must be an address with a placeholder'),
        ('blog_sources', [1], 'list of strings'),
        ('blog_post_pattern', [None], 'list of strings'),
        ('blog_graph_page', 'yes', 'must be bool'),
        ('blog_graph_map', None, 'must be str'),
        ('blog_graph_map', 'a\nb', 'without line breaks'),
        ('blog_sources', None, 'must be list or tuple, not NoneType'),
        ('blog_site_urls', 5, 'must be list or tuple, not int'),
        ('blog_auto_panels', {'meta'}, 'must be list or tuple, not set'),
    ],
)
def test_a_bad_value_is_warned_of_and_its_default_used(make_site, name, value, message):
    build = make_site({}, {name: value}).build('dummy')
    assert message in build.warnings
    assert name in build.warnings
    assert '[blog.config]' in build.warnings
    default = next(default for known, default, _, _ in described_values() if known == name)
    field = name.removeprefix('blog_')
    actual = getattr(blog_config(build.app.config), field)
    assert (list(actual) if isinstance(default, list) else actual) == default


def test_a_single_pattern_may_be_a_string(make_site):
    build = make_site({}, {'blog_post_pattern': 'posts/*'}).build('dummy')
    assert blog_config(build.app.config).post_pattern == ('posts/*',)
