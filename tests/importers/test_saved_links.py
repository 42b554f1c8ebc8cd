"""Links between saved pages."""

from __future__ import annotations

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
