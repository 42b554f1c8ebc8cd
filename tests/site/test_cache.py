"""Where what is read of a document is kept."""

from __future__ import annotations

import pytest

from sphinxext_blog.site import cache
from sphinxext_blog.site.cache import cache_dir, cache_path, keep, kept, remembering


def test_no_name_of_a_document_leads_out_of_the_cache(make_site):
    env = make_site({'p.rst': 'P\n=\n'}).build('dummy').app.env
    for name in ('../../up', '/etc/passwd', 'a\udcff', ''):
        assert cache_path(env, 'prose', name, '.txt').parent == cache_dir(env) / 'prose'


def test_a_memory_is_kept_until_the_extension_changes(tmp_path, monkeypatch):
    with remembering(tmp_path, 'm', dict) as memory:
        memory['a'] = 1
    with remembering(tmp_path, 'm', dict) as memory:
        assert memory == {'a': 1}
    monkeypatch.setattr(cache, 'package_stamp', lambda: 'other')
    with remembering(tmp_path, 'm', dict) as memory:
        assert memory == {}
    with remembering(None, 'm', dict) as memory:
        assert memory == {}


@pytest.mark.parametrize('damage', [b'', b'damaged', b'\x80\x05]\x94.'])
def test_a_damaged_memory_is_one_of_nothing(tmp_path, damage):
    (tmp_path / 'm.pickle').write_bytes(damage)
    with remembering(tmp_path, 'm', dict) as memory:
        assert memory == {}
        memory['a'] = 1
    with remembering(tmp_path, 'm', dict) as memory:
        assert memory == {'a': 1}


@pytest.mark.parametrize('damage', [b'', b'x', b'x' * 100])
def test_what_is_kept_is_read_whole_or_not_at_all(tmp_path, damage):
    path = tmp_path / 'folder' / 'file'
    keep(path, b'content')
    assert kept(path) == b'content'
    path.write_bytes(path.read_bytes()[:-1] if damage == b'x' else damage)
    with pytest.raises(ValueError, match='damaged'):
        kept(path)


def test_what_can_not_be_kept_leaves_nothing_old(tmp_path):
    path = tmp_path / 'file'
    keep(path, b'old')
    (tmp_path / 'file.part').mkdir()
    (tmp_path / 'file.part' / 'x').write_text('')
    with pytest.raises(OSError, match=r'file\.part'):
        path.with_name('file.part').write_bytes(b'')
    keep(path, b'new')
    assert not path.exists()
