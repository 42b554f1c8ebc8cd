"""Pictures that the site does not hold are listed by ``check``; the one of a post is found on the site."""

from __future__ import annotations

import json
import re

import pytest

from sphinxext_blog.__main__ import main

PIXEL = bytes.fromhex(
    '89504e470d0a1a0a0000000d4948445200000001000000010806000000'
    '1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082'
)
RST = """:date: 2024-01-02

A
=

.. image:: here.png

.. image:: gone/“picture”.png

.. figure:: https://elsewhere.example/a.png

   A caption.

.. image:: //elsewhere.example/b.png

:download:`the data <data.csv>` and again

.. image:: https://elsewhere.example/a.png
"""
MARKDOWN = """---
date: 2024-01-02
---

# A

![](here.png)

![](gone/“picture”.png)

![A](https://elsewhere.example/a.png)

{download}`the data <data.csv>`

![](data:image/png;base64,AAAA)
"""


@pytest.mark.parametrize(('name', 'source'), [('p/a.rst', RST), ('p/a.md', MARKDOWN)])
def test_check_lists_what_is_missing_and_what_lies_elsewhere(make_site, capsys, name, source):
    site = make_site({name: source, 'p/here.png': PIXEL}, myst=True)
    build = site.build()
    assert main(['check', str(build.outdir)]) == 0
    printed = capsys.readouterr().out
    missing, elsewhere = printed.split('Pictures and files on other sites')
    assert 'Pictures and files that are not there (2)' in missing
    assert 'p/gone/“picture”.png' in missing
    assert 'p/data.csv' in missing
    assert elsewhere.count('https://elsewhere.example/a.png') == 1
    assert 'here.png' not in printed
    assert 'data:' not in printed
    line = source.splitlines().index(next(part for part in source.splitlines() if 'gone/' in part)) + 1
    # docutils 0.20 tells the line after it.
    assert f'p/a:{line}: p/gone' in missing or f'p/a:{line + 1}: p/gone' in missing


def test_a_picture_that_comes_is_no_longer_listed(make_site, capsys):
    site = make_site({'p/a.rst': RST, 'p/here.png': PIXEL})
    site.build()
    site.write('p/data.csv', '1,2\n')
    site.write('p/gone/“picture”.png', PIXEL)
    build = site.build()
    main(['check', str(build.outdir)])
    assert 'that are not there' not in capsys.readouterr().out
    assert build.snapshot == site.build(fresh=True).snapshot


def test_the_picture_of_a_post_is_shown_where_it_is(make_site):
    files = {
        'p/a.rst': RST.replace(':date:', ':image: 1\n:date:'),
        'p/here.png': PIXEL,
        'index.rst': 'I\n=\n\n.. postlist::\n   :cards:\n',
    }
    page = make_site(files).build().soup('index')
    assert page.select_one('.blog-cards img')['src'] == '_images/here.png'


CARDS = '# I\n\n```{postlist}\n:cards:\n```\n'


def card_of(make_site, matter, where, name='content/posts/a.md'):
    files = {name: f'---\ndate: 2024-01-02\n{matter}\n---\n\n# A\n\nText.\n', 'index.md': CARDS, where: PIXEL}
    site = make_site(files, {'html_baseurl': 'https://example.org/'}, myst=True)
    return site, site.build()


@pytest.mark.parametrize(
    ('matter', 'where'),
    [
        ('image: /img/x.png', 'static/img/x.png'),  # Hugo
        ('image: /img/x.png', 'source/img/x.png'),  # Hexo
        ('image: /img/x.png', 'img/x.png'),  # Jekyll
        ('image: /img/图%20x.png', 'img/图 x.png'),
        ('image: x.png', 'content/posts/x.png'),
        ('image: x.png', 'content/posts/a/x.png'),  # Hexo's folder of the post
        ('image: img/x.png', 'static/img/x.png'),
        ('image: "[[x.png]]"', 'attachments/x.png'),  # Obsidian
        ('image: [[x.png]]', 'attachments/x.png'),
        ('cover: /img/x.png', 'static/img/x.png'),
        ('thumbnail: /img/x.png', 'static/img/x.png'),
        ('featured_image: /img/x.png', 'static/img/x.png'),
        ('images: [/img/x.png, /img/y.png]', 'static/img/x.png'),
        ('cover:\n  image: /img/x.png\n  alt: An x', 'static/img/x.png'),
        ('image:\n  path: /img/x.png\n  alt: An x', 'img/x.png'),
        ('header:\n  teaser: /img/x.png', 'img/x.png'),
        ('cover: true\nthumbnail: /img/x.png', 'static/img/x.png'),
    ],
)
def test_the_picture_that_the_front_matter_names_is_that_of_the_post(make_site, matter, where):
    _site, build = card_of(make_site, matter, where)
    assert build.warnings == ''
    name = where.rpartition('/')[2].replace(' ', '%20').replace('图', '%E5%9B%BE')
    picture = build.soup('index').select_one('.blog-cards img')['src']
    assert picture == f'_images/{name}'
    assert (build.outdir / '_images' / where.rpartition('/')[2]).read_bytes() == PIXEL
    told = re.search(
        r'<script type="application/ld\+json">(.*?)</script>', build.html('content/posts/a'), re.DOTALL
    )
    assert json.loads(told[1])['image'] == f'https://example.org/_images/{name}'


@pytest.mark.parametrize(
    'matter', ['cover: true', 'header: All about it', 'banner:', 'thumbnail: ""', 'cover:\n  hidden: true']
)
def test_what_names_no_picture_is_none(make_site, matter):
    _site, build = card_of(make_site, matter, 'x.png')
    assert build.warnings == ''
    assert build.soup('index').select_one('.blog-cards')
    assert not build.soup('index').select_one('.blog-cards img')


@pytest.mark.parametrize('parallel', [1, 2])
def test_a_picture_that_is_not_there_is_told_until_it_comes(make_site, capsys, parallel):
    site, build = card_of(make_site, 'cover: /img/gone.png', 'x.png')
    assert "a.md:3: WARNING: the picture '/img/gone.png' is not there" in build.warnings
    assert not build.soup('index').select_one('.blog-cards img')
    assert main(['check', str(build.outdir)]) == 0
    assert 'content/posts/a:3: img/gone.png' in capsys.readouterr().out
    site.write('static/img/gone.png', PIXEL)
    again = site.build(parallel=parallel)
    assert again.warnings == ''
    assert again.soup('index').select_one('.blog-cards img')['src'] == '_images/gone.png'
    assert again.snapshot == site.build(fresh=True).snapshot


def test_the_picture_of_a_draft_is_not_on_the_site(make_site):
    _site, build = card_of(make_site, 'cover: x.png\ndraft: true', 'x.png')
    assert build.warnings == ''
    assert not (build.outdir / '_images' / 'x.png').exists()


def test_a_picture_elsewhere_is_linked_and_listed(make_site, capsys):
    _site, build = card_of(make_site, 'cover: https://elsewhere.example/x.png', 'y.png')
    assert build.warnings == ''
    assert build.soup('index').select_one('.blog-cards img')['src'] == 'https://elsewhere.example/x.png'
    main(['check', str(build.outdir)])
    assert 'https://elsewhere.example/x.png' in capsys.readouterr().out


def test_what_lies_beside_the_folder_of_sources_is_no_picture_by_its_bare_name(make_site):
    site = make_site({'index.rst': 'I\n=\n', 'p.rst': ':blogpost:\n:image: private.png\n\nP\n=\n\nText.\n'})
    (site.src.parent / 'private.png').write_bytes(b'\x89PNG')
    build = site.build()
    assert "the picture 'private.png' is not there" in build.warnings
    assert not list(build.outdir.rglob('private.png'))
