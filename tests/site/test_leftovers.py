"""After a change of what is made and where, the output holds what a first build would write, and no more."""

from __future__ import annotations

import json

import pytest

from sphinxext_blog.site.leftovers import FILES_STATE


def post(number):
    return (
        f':date: 2020-01-0{number}\n:tags: a, b{number}\n:redirect: old/{number}\n:series: S\n\n'
        f'P{number}\n==\n\nText :math:`a^2 + b^2 = c^2` 《P{number % 3 + 1}》.\n\n'
        f'.. math:: \\int_{number} x^2 + y\n'
    )


FILES = {'index.rst': 'I\n=\n\n.. postlist::\n', **{f'posts/p{n}.rst': post(n) for n in (1, 2, 3)}}
CONF = {
    'blog_post_pattern': 'posts/**',
    'html_baseurl': 'https://example.org/',
    'blog_feed_archives': True,
}


def everything(build):
    """All files and folders of an output, the empty ones too."""
    found = {path.relative_to(build.outdir).as_posix() for path in build.outdir.rglob('*')}
    return {name for name in found if not name.startswith(('.doctrees', '.buildinfo'))}


@pytest.mark.parametrize(
    'change',
    [
        {'blog_path': 'notes/blog'},
        {'html_baseurl': ''},
        {'blog_graph_page': False},
        {'blog_formula_page': False},
        {'blog_feeds': []},
        {'blog_feeds': ['rss']},
        {'blog_feed_archives': False},
        {'blog_archive_pages': False},
        {'blog_topic_pages': False},
    ],
    ids='-'.join,
)
@pytest.mark.parametrize('builder', ['html', 'dirhtml'])
def test_nothing_old_stays_when_a_value_changes(make_site, builder, change):
    site = make_site(FILES, CONF)
    before = everything(site.build(builder))
    changed = site.build(builder, confoverrides=change)
    expected = site.build(builder, confoverrides=change, fresh=True)
    assert changed.warnings == ''
    assert everything(changed) == everything(expected)
    assert changed.snapshot == expected.snapshot
    assert everything(site.build(builder)) == before


def test_a_second_build_after_the_change_writes_nothing(make_site):
    site = make_site(FILES, CONF)
    site.build()
    changed = site.build(confoverrides={'blog_graph_page': False})
    written = site.build(confoverrides={'blog_graph_page': False}).written(changed)
    assert not {
        name for name in written if name.startswith(('index', 'posts', 'blog', 'formula', '.sphinxext'))
    }


def test_the_feed_of_a_tag_that_is_gone_goes_and_the_authors_own_stays(make_site):
    extra = {'extra/blog/news/atom.xml': '<feed/>', 'extra/blog/atom.json': '{}'}
    site = make_site({**FILES, **extra}, {**CONF, 'html_extra_path': ['extra']})
    assert (site.build().outdir / 'blog/tag/b3/atom.xml').is_file()
    site.write('posts/p3.rst', post(3).replace(', b3', ''))
    build = site.build()
    assert not (build.outdir / 'blog/tag/b3').exists()
    assert build.text('blog/news/atom.xml') == '<feed/>'
    assert build.text('blog/atom.json') == '{}'


def test_what_takes_the_place_of_a_page_of_ours_stays(make_site):
    site = make_site(FILES, CONF)
    site.build()
    site.write('graph.rst', 'My own graph\n============\n')
    site.write('extra/formulas.html', 'my own formulas')
    site.write('index.rst', 'I\n=\n\n.. postlist::\n\n.. toctree::\n\n   graph\n')
    build = site.build(confoverrides={'html_extra_path': ['extra'], 'blog_formula_page': False})
    assert 'My own graph' in build.html('graph')
    assert build.text('formulas.html') == 'my own formulas'
    assert not (build.outdir / 'graph-data').exists()
    again = site.build(confoverrides={'html_extra_path': ['extra'], 'blog_formula_page': False})
    assert 'My own graph' in again.html('graph')


@pytest.mark.parametrize('damage', ['', '[]', '{"version": 1, "parts": {"exports": 5}}', '{"version": 9}'])
def test_a_damaged_list_removes_nothing(make_site, damage):
    site = make_site(FILES, CONF)
    build = site.build()
    (build.outdir / FILES_STATE).write_text(damage)
    changed = site.build(confoverrides={'blog_graph_page': False})
    assert changed.warnings == ''
    assert (changed.outdir / 'graph.html').is_file()


def test_a_list_that_names_files_elsewhere_removes_none_of_them(make_site, tmp_path):
    site = make_site(FILES, CONF)
    build = site.build()
    outside = tmp_path / 'mine.txt'
    outside.write_text('mine')
    listed = [str(outside), '../../src/conf.py', '.', '']
    state = {'version': 1, 'parts': {'graph page': ['elsewhere', listed]}}
    (build.outdir / FILES_STATE).write_text(json.dumps(state))
    assert site.build().warnings == ''
    assert outside.is_file()
    assert (site.src / 'conf.py').is_file()


def test_a_file_of_the_author_takes_the_place_of_an_old_page(make_site):
    site = make_site({**FILES, 'extra/robots.txt': ''}, {**CONF, 'html_extra_path': ['extra']})
    assert 'P1' in (site.build().outdir / 'old' / '1.html').read_text(encoding='utf-8')
    site.write('posts/p1.rst', post(1).replace(':redirect: old/1\n', ''))
    site.write('extra/old/1.html', 'mine')
    build = site.build()
    assert (build.outdir / 'old' / '1.html').read_text(encoding='utf-8') == 'mine'
    assert not build.warnings
