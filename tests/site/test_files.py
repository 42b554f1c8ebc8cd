"""Files of ours in the output."""

from __future__ import annotations

from sphinxext_blog.site.files import write_if_changed


def test_equal_content_is_not_written_again(tmp_path):
    path = tmp_path / 'folder' / 'file'
    assert write_if_changed(path, b'one')
    time = path.stat().st_mtime_ns
    assert not write_if_changed(path, b'one')
    assert path.stat().st_mtime_ns == time
    assert write_if_changed(path, b'two')
    assert path.read_bytes() == b'two'
    assert [p.name for p in path.parent.iterdir()] == ['file']
