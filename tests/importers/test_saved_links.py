"""Links between saved pages."""

from __future__ import annotations

import re

from sphinxext_blog.importers.html_rst import html_blocks
from sphinxext_blog.importers.html_tree import parse_html
from sphinxext_blog.importers.model import Block, Entry
from sphinxext_blog.importers.saved_links import CLOSE_PAGE, OPEN_PAGE, OR, link_pages, name_pages


def entry(source, *hrefs, url=''):
    text = ' '.join(f'{OPEN_PAGE}{href}{OR}/was/{href}{CLOSE_PAGE}' for href in hrefs)
    return Entry('T', source=source, blocks=(Block('rst', text),), url=url)


def linked(tmp_path, entries, files):
    for name in files:
        path = tmp_path / 'saved' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text('x')
    root = tmp_path / 'saved'
    named = [name_pages(e, root / e.source, root) for e in entries]
    return [(e.url, e.blocks[0].text) for e in link_pages(named)]


def test_a_file_of_the_folder_is_the_post_of_that_file(tmp_path):
    entries = [
        entry('2020/a.html', 'b.html#x', '../2021/c%20d.html', '../2021/', 'gone.html', '../../out.html'),
        entry('2020/b.html', 'a.html', url='https://e.org/b/'),
        entry('2021/c d.html'),
        entry('2021/index.html'),
    ]
    (tmp_path / 'out.html').write_text('x')
    found = linked(tmp_path, entries, [e.source for e in entries])
    assert found == [
        (
            '/2020/a.html',
            'https://e.org/b/#x /2021/c%20d.html /2021/index.html /was/gone.html /was/../../out.html',
        ),
        ('https://e.org/b/', '/2020/a.html'),
        ('/2021/c%20d.html', ''),
        ('/2021/index.html', ''),
    ]


def test_pages_that_nobody_links_to_get_no_address(tmp_path):
    assert linked(tmp_path, [entry('a.html'), entry('b.html', 'x.html')], ['a.html']) == [
        ('', ''),
        ('', '/was/x.html'),
    ]


def page(source, body, url=''):
    name = source.removesuffix('.html')
    blocks = html_blocks(parse_html(body), url or f'/{source}', name=name, for_others=True)
    return Entry('T', source=source, blocks=blocks, url=url)


def texts(tmp_path, *entries):
    for entry in entries:
        (tmp_path / entry.source).write_text('x')
    named = [name_pages(entry, tmp_path / entry.source, tmp_path) for entry in entries]
    return ['\n'.join(block.text for block in entry.blocks) for entry in link_pages(named)]


def test_a_link_to_a_place_in_another_page_leads_there(tmp_path):
    a = page(
        'a.html',
        '<p id="p1">See <a href="b.html#thm-1">Theorem &lt;1&gt;</a>, <a href="https://e.org/b/#Sec">two</a>,'
        ' <a href="b.html#none">none</a> and <a href="#here">here</a>.</p><p id="here">Here.</p>',
    )
    b = page(
        'b.html',
        '<div id="thm-1"><p>All.</p></div><h2 id="Sec">Two</h2><p id="x">Text.</p>',
        'https://e.org/b/',
    )
    first, second = texts(tmp_path, a, b)
    [theorem] = re.findall(r'^\.\. _(b-[0-9a-f]{6}-thm-1):\n', second, re.MULTILINE)
    [section] = re.findall(r'^\.\. _(b-[0-9a-f]{6}-sec):\n', second, re.MULTILINE)
    assert f':ref:`Theorem \\<1> <{theorem}>`' in first
    assert f':ref:`two <{section}>`' in first
    assert '`none <https://e.org/b/#none>`__' in first
    assert re.findall(r'^\.\. _a-[0-9a-f]{6}-(.*):$', first, re.MULTILINE) == ['here']
    assert second.count('.. _') == 2


def test_places_to_which_nothing_leads_have_no_labels(tmp_path):
    body = '<div id="a"><p id="b">One.</p><ul id="c"><li id="d">Two.</li></ul></div>'
    assert texts(tmp_path, page('a.html', body)) == ['One.\n* Two.']
