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


def test_the_label_of_drafts_leads_nowhere_while_there_are_none(make_site):
    files = {
        'index.rst': 'I\n=\n\nSee :ref:`blog-drafts`, :ref:`these <blog-drafts>`.\n',
        'a.rst': ':date: 2020-01-01\n\nA\n=\n',
    }
    site = make_site(files)
    build = site.build()
    assert build.warnings == ''
    assert not build.soup('index').select('p a')
    assert 'See Drafts, these.' in build.soup('index').get_text()
    site.write('b.rst', ':date: 2020-01-01\n:draft:\n\nB\n=\n')
    again = site.build()
    assert [a['href'] for a in again.soup('index').select('p a')] == ['blog/drafts.html'] * 2
    assert again.snapshot == site.build(fresh=True).snapshot
    site.remove('b.rst')
    assert not site.build().soup('index').select('p a')


@pytest.mark.parametrize(
    ('options', 'excerpt'),
    [
        ('   :excerpt: 2\n\n   The excerpt.\n', 'The excerpt.'),
        ('   :excerpt: 2\n', 'One. Two.'),
        ('   :excerpt: My words.\n\n   The content.\n', 'My words.'),
        ('\n   The excerpt.\n', 'The excerpt.'),
        ('   :exclude:\n   :excerpt: 1\n\n   The excerpt.\n', 'The excerpt.'),
    ],
)
def test_the_content_of_a_post_directive_is_its_excerpt_whatever_number_stands_beside(
    make_site, options, excerpt
):
    source = f'A\n=\n\nOne.\n\nTwo.\n\n.. post:: 2020-01-01\n{options}'
    build = make_site({'a.rst': source, 'index.rst': 'I\n=\n'}).build('dummy')
    assert build.warnings == ''
    assert build.app.env.get_domain('blog').posts['a'].excerpt == excerpt


@pytest.mark.parametrize('length', [None, 0])
def test_a_feed_may_hold_all_posts(make_site, length):
    files = {f'p{n}.rst': f':date: 2020-01-{n:02}\n\nP{n}\n===\n\nText.\n' for n in range(1, 24)}
    conf = {'blog_feed_length': length, 'html_baseurl': 'https://e.org/', 'blog_feeds': ['atom']}
    build = make_site(files, conf).build()
    assert build.warnings == ''
    assert build.text('blog/atom.xml').count('<entry>') == 23


@pytest.mark.parametrize('page', ['blog/tag/t', 'blog/tag/t/page-2', 'blog/2020'])
def test_the_page_of_a_tag_names_its_own_feed(make_site, page):
    files = {f'p{n}.rst': f':date: 2020-01-{n:02}\n:tags: t\n\nP{n}\n==\n' for n in range(1, 4)}
    conf = {
        'blog_feed_archives': True,
        'blog_page_size': 2,
        'html_baseurl': 'https://e.org/',
        'blog_feeds': ['atom'],
        'blog_title': 'B & C',
    }
    site = make_site(files, conf)
    build = site.build()
    assert build.warnings == ''
    own = page.removesuffix('/page-2')
    links = build.soup(page).select('link[rel=alternate][type="application/atom+xml"]')
    assert [link['href'] for link in links] == [
        f'https://e.org/{own}/atom.xml',
        'https://e.org/blog/atom.xml',
    ]
    assert links[0]['title'].startswith('B & C – ')
    assert (build.outdir / own / 'atom.xml').is_file()
    assert len(build.soup('p1').select('link[type="application/atom+xml"]')) == 1
    plain = site.build(confoverrides={'blog_feed_archives': False})
    assert len(plain.soup(page).select('link[type="application/atom+xml"]')) == 1
