"""Raw HTML that can only stay raw: what it shows is on the site."""

from __future__ import annotations

import time

import pytest

from sphinxext_blog.__main__ import main

PNG = b'\x89PNG\r\n\x1a\n'
TABLE = '<table><tr><td><img src="/img/x.png"></td><td><img width=9 src=\'x%20y.png\'></td></tr></table>'
FILM = '<video controls poster="/img/x.png"><source src="film.mp4?t=1"></video>'
FILES = {
    'index.md': '# I\n',
    'static/img/x.png': PNG,
    'posts/x y.png': PNG,
    'posts/film.mp4': b'film',
    'posts/a.md': f'---\ndate: 2020-01-01\n---\n\n# A\n\n{TABLE}\n\n{FILM}\n',
}


@pytest.mark.parametrize(
    ('builder', 'root'), [('html', '../_images/'), ('dirhtml', '../../_images/'), ('singlehtml', '_images/')]
)
def test_files_in_raw_html_are_on_the_site(make_site, builder, root):
    site = make_site({**FILES, 'index.md': '# I\n\n```{toctree}\nposts/a\n```\n'}, myst=True)
    build = site.build(builder)
    assert build.warnings == ''
    page = build.soup('index' if builder == 'singlehtml' else 'posts/a')
    assert [image['src'] for image in page.select('td img')] == [f'{root}x.png', f'{root}x%20y.png']
    assert page.video['poster'] == f'{root}x.png'
    assert page.source['src'] == f'{root}film.mp4'
    assert {path.name for path in (build.outdir / '_images').iterdir()} >= {'x.png', 'x y.png', 'film.mp4'}


def test_words_about_a_file_are_no_address(make_site):
    html = '<table><tr><td><img alt="now src=none.png or src=x.png" SRC="/img/x.png"></td></tr></table>'
    build = make_site(
        {**FILES, 'posts/a.md': f'---\ndate: 2020-01-01\n---\n\n# A\n\n{html}\n'}, myst=True
    ).build()
    assert build.warnings == ''
    image = build.soup('posts/a').select_one('td img')
    assert image.attrs == {'alt': 'now src=none.png or src=x.png', 'src': '../_images/x.png'}


def test_files_in_raw_html_of_an_embedded_note_are_found_from_where_it_is_shown(make_site):
    note = '---\ndate: 2020-01-02\n---\n\n# B\n\n![[a]]\n'
    build = make_site({**FILES, 'b.md': note}, myst=True).build()
    assert build.warnings == ''
    assert build.soup('b').select_one('.blog-embed td img')['src'] == '_images/x.png'


@pytest.mark.parametrize('piece', ['<!--', '<img "', "<img src='", '<img src="a" '])
def test_broken_markup_takes_no_time(make_site, piece):
    # quadratic work would take minutes
    text = f'---\ndate: 2020-01-01\n---\n\n# A\n\n<table><tr><td>{piece * 100_000}\n'
    start = time.process_time()
    make_site({'posts/a.md': text}, myst=True).build('dummy')
    assert time.process_time() - start < 60


def test_feeds_have_whole_addresses(make_site):
    conf = {'html_baseurl': 'https://e.org/', 'blog_feed_fulltext': True}
    build = make_site(FILES, conf, myst=True).build()
    assert 'https://e.org/_images/x.png' in build.text('blog/atom.xml')


def test_what_is_not_there_is_told_and_listed(make_site, capsys):
    html = (
        '<table><tr><td><img src="none.png"><img src="https://elsewhere.example/y.png"><img src="data:,">'
        '<img src="#"><video src="blob:https://e.org/1"></video><embed src="about:blank">'
        '<!-- <img src="hidden.png"> --></td></tr></table>'
    )
    site = make_site({**FILES, 'posts/a.md': f'---\ndate: 2020-01-01\n---\n\n# A\n\n{html}\n'}, myst=True)
    build = site.build()
    assert build.warnings.startswith("posts/a.md:7: WARNING: the file 'none.png' is not there")
    assert build.warnings.count('WARNING') == 1
    main(['check', str(build.outdir)])
    printed = capsys.readouterr().out
    assert 'posts/a:7: posts/none.png' in printed
    assert 'https://elsewhere.example/y.png' in printed
    assert 'hidden' not in printed
    assert 'blob:' not in printed
    site.write('posts/none.png', PNG)
    again = site.build()
    assert again.warnings == ''
    assert again.snapshot == site.build(fresh=True).snapshot


def test_each_picture_of_a_set_is_on_the_site(make_site):
    html = (
        '<table><tr><td><picture>'
        '<source srcset="/img/x.png 2x, x%20y.png 300w,https://e.org/a,b.png" media="(min-width: 9px)">'
        '<img src="/img/x.png" srcset="/img/x.png"></picture></td></tr></table>'
    )
    text = f'---\ndate: 2020-01-01\n---\n\n# A\n\n{html}\n'
    conf = {'html_baseurl': 'https://e.org/', 'blog_feed_fulltext': True}
    build = make_site({**FILES, 'posts/a.md': text}, conf, myst=True).build()
    assert build.warnings == ''
    picture = build.soup('posts/a').picture
    assert picture.source['srcset'] == '../_images/x.png 2x, ../_images/x%20y.png 300w,https://e.org/a,b.png'
    assert picture.img['srcset'] == '../_images/x.png'
    assert 'https://e.org/_images/x.png 2x' in build.text('blog/atom.xml')
