"""Pictures of imported posts: those at hand are kept, others linked, none from elsewhere taken."""

from __future__ import annotations

import pytest

from sphinxext_blog.importers.attachments import FOLDER, localise
from sphinxext_blog.importers.html_inline import CLOSE_FILE, CLOSE_IMAGE, OPEN_FILE, OPEN_IMAGE
from sphinxext_blog.importers.model import Block, Entry
from sphinxext_blog.importers.saved_links import OR


@pytest.fixture
def root(tmp_path):
    files = {'2014/12/a b.PNG': b'one', 'uploads/2014/c.png': b'two', 'd.txt': b'text', '扩散.png': b'three'}
    files['wp-content/uploads/2014/big-scaled.png'] = b'four'
    for name, data in files.items():
        path = tmp_path / 'root' / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(data)
    (tmp_path / 'secret.png').write_bytes(b'secret')
    return tmp_path / 'root'


def place(source, root, file='2014/post.html'):
    found: dict[str, bytes] = {}
    entry = Entry('T', blocks=(Block('rst', f'.. image:: {OPEN_IMAGE}{source}{CLOSE_IMAGE}'),))
    [block] = localise(entry, root / file, root, found).blocks
    return block.text.removeprefix('.. image:: '), found


@pytest.mark.parametrize(
    ('source', 'data', 'name'),
    [
        ('12/a%20b.PNG', b'one', 'a-b'),
        ('https://old.example.org/wp-content/uploads/2014/c.png', b'two', 'c'),
        ('https://e.org/wp-content/uploads/2014/c-1024x683.png', b'two', 'c'),
        ('https://e.org/wp-content/uploads/2014/big-1024x683.png', b'four', 'big-scaled'),
        ('https://e.org/wp-content/uploads/2014/c-scaled.png', b'two', 'c'),
        ('https://cdn.example.org/2014/c.png?w=300', None, ''),
        ('/uploads/2014/c.png#x', b'two', 'c'),
        ('/扩散.png', b'three', '扩散'),
    ],
)
def test_a_picture_at_hand_is_kept_under_a_name_of_its_content(root, source, data, name):
    address, found = place(source, root)
    if data is None:
        assert (address, found) == (source, {})
    else:
        assert found == {address: data}
        assert address.startswith(f'{FOLDER}/{name}-')
        assert address.endswith('.png')


@pytest.mark.parametrize(
    'source', ['../../secret.png', '/../secret.png', 'd.txt', 'none.png', 'http://[x', 'a\x00.png', '']
)
def test_nothing_else_is_taken(root, source):
    address, found = place(source, root)
    assert found == {}
    assert ' ' not in address


def test_a_picture_that_may_not_be_read_stays_a_link_and_stops_no_import(root, monkeypatch):
    # root, who may run the tests, may read everything
    monkeypatch.setattr('os.access', lambda path, mode: False)
    assert place('12/a%20b.PNG', root) == ('12/a%20b.PNG', {})


def test_no_link_leads_out_of_the_source(root):
    (root / 'link.png').symlink_to(root.parent / 'secret.png')
    assert place('/link.png', root)[1] == {}


def test_a_post_without_pictures_stays_the_same_object(root):
    entry = Entry('T', blocks=(Block('rst', 'Text.'),))
    assert localise(entry, root / 'x', root, {}) is entry


def test_a_smaller_copy_of_a_picture_is_the_picture(root):
    (root / 'uploads/2014/c-big.png').write_bytes(b'big')
    address, found = place('https://old.example.org/uploads/2014/c-300x200.png', root)
    assert list(found.values()) == [b'two']
    address, found = place('https://old.example.org/uploads/2014/c-big-150x150.png', root)
    assert found == {address: b'big'}


def test_a_linked_file_at_hand_is_kept_and_another_stays_linked(root):
    (root / 'uploads/2014/a paper.pdf').write_bytes(b'paper')
    found: dict[str, bytes] = {}
    texts = [
        f'{OPEN_FILE}words{OR}x{OR}https://old.example.org/wp-content/uploads/2014/a%20paper.pdf{CLOSE_FILE}',
        f'{OPEN_FILE}words{OR}x{OR}https://old.example.org/wp-content/uploads/2014/gone.pdf{CLOSE_FILE}',
    ]
    entry = Entry('T', blocks=tuple(Block('rst', text) for text in texts))
    kept, linked = (block.text for block in localise(entry, root / 'x.xml', root, found).blocks)
    [name] = found
    assert kept == f':download:`words <{name}>`'
    assert linked == '`words <https://old.example.org/wp-content/uploads/2014/gone.pdf>`__'


def test_an_address_too_long_for_a_file_stays_an_address(root):
    source = f'12/{"a" * 300}.png'
    assert place(source, root) == (source, {})


def test_the_picture_that_stands_for_a_post_is_kept_too(root):
    found: dict[str, bytes] = {}
    entry = localise(Entry('T', image='/uploads/2014/c.png'), root / 'wp.xml', root, found)
    assert found == {entry.image: b'two'}
    away = localise(Entry('T', image='https://e.org/a b.png'), root / 'wp.xml', root, found)
    assert away.image == 'https://e.org/a%20b.png'
