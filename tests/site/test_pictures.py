"""Pictures that the site does not hold are listed by ``check``; the one of a post is found on the site."""

from __future__ import annotations

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
