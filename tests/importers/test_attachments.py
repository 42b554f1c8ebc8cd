"""Pictures of imported posts: those at hand are kept, others linked, none from elsewhere taken."""

from __future__ import annotations

import pytest

from sphinxext_blog.importers.attachments import FOLDER, localise
from sphinxext_blog.importers.html_inline import CLOSE_IMAGE, OPEN_IMAGE
from sphinxext_blog.importers.model import Block, Entry


@pytest.fixture
def root(tmp_path):
    files = {'2014/12/a b.PNG': b'one', 'uploads/2014/c.png': b'two', 'd.txt': b'text', '扩散.png': b'three'}
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


def test_no_link_leads_out_of_the_source(root):
    (root / 'link.png').symlink_to(root.parent / 'secret.png')
    assert place('/link.png', root)[1] == {}


def test_a_post_without_pictures_stays_the_same_object(root):
    entry = Entry('T', blocks=(Block('rst', 'Text.'),))
    assert localise(entry, root / 'x', root, {}) is entry
