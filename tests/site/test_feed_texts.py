"""The whole text of a post for a feed: HTML that stands alone."""

from __future__ import annotations

import pytest
from bs4 import BeautifulSoup

from sphinxext_blog.site.feed_texts import full_text

FILES = {
    'p/a.rst': (
        ':blogpost:\n:date: 2020-01-02\n\nA title\n=======\n\n'
        'See :doc:`b`, `out <https://o.org/>`_,\n`Part`_.\n\n'
        '.. _e:\n\n.. math:: y = \\frac{1}{2}\n   :label: one\n\nPart\n----\n\n.. image:: pic.png\n\n'
        ':download:`data.txt`\n\n.. related-posts::\n'
    ),
    'p/b.rst': ':blogpost:\n:date: 2021-01-02\n\nB\n=\n\nText, see :doc:`a`.\n',
    'p/pic.png': b'\x89PNG\r\n\x1a\n',
    'p/data.txt': b'1',
}
CONF = {'html_baseurl': 'https://e.org/site/'}


@pytest.fixture(scope='module')
def site(make_site):
    return make_site(FILES, CONF)


@pytest.fixture(scope='module')
def soup(site):
    app = site.build().app
    return BeautifulSoup(full_text(app, 'p/a', 'https://e.org/site/p/a.html'), 'html.parser')


def test_every_address_is_absolute(soup):
    addresses = [tag['href'] for tag in soup.select('a[href]')]
    assert 'https://e.org/site/p/b.html' in addresses
    assert 'https://o.org/' in addresses
    assert 'https://e.org/site/p/a.html#part' in addresses
    assert any(address.startswith('https://e.org/site/_downloads/') for address in addresses)
    assert soup.img['src'] == 'https://e.org/site/_images/pic.png'


def test_formulas_are_mathml_and_what_only_a_page_has_is_not_there(soup):
    assert soup.select_one('math mfrac')
    assert '(1)' in soup.get_text()
    assert not soup.select('aside, script, .headerlink, h1, .blog-formula-tools')
    assert 'A title' not in soup.get_text()
    assert soup.h2.get_text() == 'Part'


def test_the_text_is_made_again_when_what_it_shows_changed(site, soup):
    del soup
    site.write('p/b.rst', FILES['p/b.rst'].replace('B\n=', 'Another\n======='))
    text = full_text(site.build().app, 'p/a', 'https://e.org/site/p/a.html')
    assert '>Another</' in text


def test_no_script_of_a_post_is_in_a_feed(make_site):
    raw = '.. raw:: html\n\n   <p class="kept">Kept</p>\n\n.. raw:: html\n\n   <script>run()</script>\n\n'
    post = f':blogpost:\n:date: 2020-01-02\n\nA\n=\n\n{raw}.. raw:: html\n\n   <b onclick="run()">B</b>\n'
    app = make_site({'a.rst': post}, CONF).build().app
    text = full_text(app, 'a', 'https://e.org/site/a.html')
    assert 'Kept' in text
    assert 'run()' not in text
