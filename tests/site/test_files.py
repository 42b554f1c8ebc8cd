"""Files of ours in the output."""

from __future__ import annotations

from sphinxext_blog.site.files import remove_below, write_if_changed


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
