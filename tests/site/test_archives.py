"""``blog_sources``: archives become documents before the build, and only what changed is written."""

from __future__ import annotations

from pathlib import Path

import pytest

SEEDS = Path(__file__).parents[2] / 'seeds'
LISTING = """\
8 Dec

First post

Some text.

点击阅读全文...

9 Dec

Second post

Other text.

点击阅读全文...
"""


@pytest.fixture
def site(make_site):
    made = make_site(
        {'index.rst': 'I\n=\n\n.. postlist::\n'},
        {'blog_sources': ['archive'], 'exclude_patterns': ['archive']},
    )
    made.write('archive/page.txt', LISTING)
    return made


def titles(build):
    return {a.get_text() for a in build.soup('index').select('.blog-postlist a')}


def test_posts_of_an_archive_are_pages_of_the_site(site):
    build = site.build()
    assert build.warnings == ''
    assert titles(build) == {'First post', 'Second post'}


@pytest.mark.parametrize('parallel', [1, 2])
def test_a_second_build_writes_nothing(site, parallel):
    first = site.build(parallel=parallel)
    second = site.build(parallel=parallel)
    assert not any(path.startswith('posts/') for path in second.written(first))


def test_an_entry_that_leaves_the_archive_leaves_the_site(site):
    first = site.build()
    site.write('archive/page.txt', LISTING[: LISTING.index('9 Dec')])
    build = site.build()
    assert titles(build) == {'First post'}
    assert (
        len(list((build.outdir / 'posts').glob('*.html')))
        == len(list((first.outdir / 'posts').glob('*.html')))
        == 1
    )


def test_an_authors_file_is_never_touched(site):
    site.build()
    path = next((site.src / 'posts').glob('first*.rst'))
    path.write_text(':blogpost:\n\nMine now\n========\n')
    site.write('archive/page.txt', LISTING.replace('Some text', 'New text'))
    build = site.build()
    assert path.read_text() == ':blogpost:\n\nMine now\n========\n'
    assert '[blog.import]' in build.warnings
    assert titles(build) == {'Mine now', 'Second post'}


def test_a_source_that_is_not_there_is_warned_of(make_site):
    build = make_site({}, {'blog_sources': ['nowhere'], 'blog_corrections': 'no.yaml'}).build()
    assert 'nowhere: there is no such file or folder' in build.warnings
    assert 'no.yaml: the corrections can not be read' in build.warnings
    assert ':1:' not in build.warnings


def test_corrections_that_broke_leave_the_site_as_it_was(site):
    site.write('c.yaml', '- {match: {title: First post}, set: {title: Right title}}')
    settings = {'blog_corrections': 'c.yaml'}
    assert titles(site.build(confoverrides=settings)) == {'Right title', 'Second post'}
    site.write('c.yaml', '- [')
    build = site.build(confoverrides=settings)
    assert titles(build) == {'Right title', 'Second post'}
    assert 'c.yaml:1: WARNING: not a YAML file' in build.warnings
    assert 'nothing is imported, changed or removed' in build.warnings


def test_a_source_that_vanished_takes_no_posts_along(site):
    site.build()
    (site.src / 'archive').rename(site.src / 'elsewhere')
    build = site.build(confoverrides={'exclude_patterns': ['elsewhere']})
    assert 'posts: not every source could be read, so no document is removed' in build.warnings
    assert 'posts:1' not in build.warnings
    assert titles(build) == {'First post', 'Second post'}


def test_what_cannot_be_read_is_warned_of_with_its_file(site):
    site.write('archive/empty.txt', '')
    site.write('archive/noise.dat', b'\x00\x01\x02\xff\xfe\x00' * 9)
    site.write('archive/picture.png', b'\x89PNG\r\n\x1a\n\x00\x00')  # a page may show it
    build = site.build()
    assert build.warnings.count('[blog.import]') == 2
    assert 'archive/empty.txt:' in build.warnings
    assert titles(build) == {'First post', 'Second post'}


@pytest.fixture(scope='module')
def seeds_build(make_site):
    made = make_site(
        {'index.rst': 'I\n=\n\n.. postlist::\n\n.. missing-posts::\n   :works:\n'},
        {'blog_sources': [str(SEEDS)], 'html_math_renderer': 'mathml', 'nitpicky': True},
    )
    return made.build(parallel=2)


def test_the_seeds_build_without_a_warning(seeds_build):
    assert seeds_build.warnings == ''
    assert len(titles(seeds_build)) == 35


def test_the_missing_post_of_the_seeds_series_is_found(seeds_build):
    graph = seeds_build.app.env.get_domain('blog').knowledge.graph
    [missing] = [
        node
        for node, data in graph.nodes(data=True)
        if data['kind'] == 'missing' and data.get('series') == '低秩近似之路' and data['series_index'] == 2
    ]
    third = next(node for node, data in graph.nodes(data=True) if data['title'] == '低秩近似之路(三):CR')
    assert graph.has_edge(third, missing, 'cites')


def test_a_file_of_corrections_that_is_not_there_is_warned_of(make_site):
    site = make_site({'index.rst': 'I\n=\n', 'page.txt': LISTING}, {'blog_corrections': 'nothing.yaml'})
    build = site.build()
    assert 'conf.py: blog_corrections: there is no file nothing.yaml [blog.config]' in build.warnings
    build = site.build(confoverrides={'blog_sources': ['page.txt']})
    assert 'there is no file' not in build.warnings
    assert 'nothing is imported' in build.warnings.replace('\n', ' ')
