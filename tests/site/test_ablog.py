"""Values of ABlog's conf.py."""

from __future__ import annotations

import pytest

POST = ':blogpost:\n:date: 2020-01-01\n\nA\n=\n\nText.\n'


def test_the_address_of_the_site_has_two_names(make_site):
    build = make_site({'a.rst': POST}, {'blog_baseurl': 'https://a.org/'}).build()
    assert build.app.config.html_baseurl == 'https://a.org/'
    build = make_site(
        {'a.rst': POST}, {'blog_baseurl': 'https://a.org/', 'html_baseurl': 'https://b.org/'}
    ).build()
    assert build.app.config.html_baseurl == 'https://b.org/'


@pytest.mark.parametrize('name', ['post_auto_orphan', 'fontawesome_included', 'blog_feed_templates'])
def test_a_value_that_does_nothing_is_told_of_and_is_no_warning(make_site, name):
    build = make_site({'a.rst': POST}, {name: True}).build()
    assert build.warnings == ''
    assert f'{name} is a value of ABlog that does nothing here' in build.app.status.getvalue()


def test_a_site_without_such_values_is_told_nothing(make_site):
    assert 'ABlog' not in make_site({'a.rst': POST}).build().app.status.getvalue()


def test_templates_of_ablog_are_taken_out_of_the_sidebars(make_site):
    sidebars = {
        '**': ['ablog/postcard.html', 'tagcloud.html'],
        'a': ['localtoc.html', 'ablog/archives.html', 'recentposts.html'],
    }
    files = {'a.rst': POST, '_templates/recentposts.html': '<p class="mine">Mine</p>'}
    site = make_site(
        files, {'html_sidebars': sidebars, 'templates_path': ['_templates'], 'html_theme': 'alabaster'}
    )
    build = site.build()
    assert build.warnings == ''
    assert (
        'ablog/archives.html, ablog/postcard.html, tagcloud.html are templates of ABlog'
        in build.app.status.getvalue()
    )
    assert build.app.config.html_sidebars == {'a': ['localtoc.html', 'recentposts.html']}
    assert build.soup('a').select_one('.mine')


def test_places_have_names_and_addresses(make_site):
    post = ':blogpost:\n:date: 2020-01-01\n:location: gott, here\n\nA\n=\n\n:ref:`blog-locations`\n'
    conf = {'blog_locations': {'gott': ('Göttingen', None), 'here': ('Here', 'https://here.org/')}}
    build = make_site({'a.rst': post}, conf).build()
    assert build.warnings == ''
    assert 'Göttingen' in build.soup('blog/location').get_text()
    assert build.soup('blog/location/here').select_one('a[href="https://here.org/"]')
