"""Files of ours in the output."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.files import remove_below, take_if_changed, write_if_changed


def test_equal_content_is_not_written_again(tmp_path):
    path = tmp_path / 'folder' / 'file'
    assert write_if_changed(path, b'one')
    time = path.stat().st_mtime_ns
    assert not write_if_changed(path, b'one')
    assert path.stat().st_mtime_ns == time
    assert write_if_changed(path, b'two')
    assert path.read_bytes() == b'two'
    assert [p.name for p in path.parent.iterdir()] == ['file']


def test_a_file_is_removed_with_the_folders_that_it_leaves_empty(tmp_path):
    for name in ('out/a/b/c.txt', 'out/a/d.txt'):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text('x')
    assert remove_below(tmp_path / 'out', tmp_path / 'out/a/b/c.txt')
    assert not (tmp_path / 'out/a/b').exists()
    assert remove_below(tmp_path / 'out', tmp_path / 'out/a/d.txt')
    assert (tmp_path / 'out').is_dir()
    assert not remove_below(tmp_path / 'out', tmp_path / 'out/a/d.txt')


def test_nothing_elsewhere_is_removed(tmp_path):
    (tmp_path / 'out').mkdir()
    (tmp_path / 'mine').write_text('x')
    (tmp_path / 'out/link').symlink_to(tmp_path / 'mine')
    for path in ('out/../mine', 'out/link', 'out', '.'):
        assert not remove_below(tmp_path / 'out', tmp_path / path)
    assert (tmp_path / 'mine').is_file()


def test_a_file_takes_the_place_of_one_that_says_something_else(tmp_path):
    path, part = tmp_path / 'page', tmp_path / 'page.new'
    for content, changed in ((b'one', True), (b'one', False), (b'two', True)):
        part.write_bytes(content)
        before = path.stat().st_ino if path.exists() else None
        take_if_changed(path, part)
        assert path.read_bytes() == content
        assert (path.stat().st_ino != before) is changed
        assert not part.exists()


def test_nothing_is_left_beside_a_place_that_is_taken(tmp_path):
    path, part = tmp_path / 'page', tmp_path / 'page.new'
    (path / 'folder').mkdir(parents=True)
    part.write_bytes(b'one')
    with pytest.raises(OSError, match='page'):
        take_if_changed(path, part)
    assert not part.exists()
