from __future__ import annotations

import json
import os

import pytest

from sphinxext_blog.importers import manifest
from sphinxext_blog.importers.manifest import MANIFEST, DestinationError, read_manifest, synchronise


def files(folder):
    return {p.name: p.read_bytes() for p in folder.iterdir() if p.name != MANIFEST}


def test_files_are_written_then_unchanged_then_removed(tmp_path):
    folder = tmp_path / 'new' / 'posts'
    assert synchronise(folder, {'a.rst': b'a', 'b.rst': b'b'}).written == ('a.rst', 'b.rst')
    times = {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    again = synchronise(folder, {'a.rst': b'a', 'b.rst': b'b'})
    assert (again.written, again.unchanged, again.problems) == ((), ('a.rst', 'b.rst'), ())
    assert times == {p: p.stat().st_mtime_ns for p in folder.iterdir()}
    last = synchronise(folder, {'a.rst': b'A'})
    assert (last.written, last.removed) == (('a.rst',), ('b.rst',))
    assert files(folder) == {'a.rst': b'A'}


def test_a_file_of_the_author_is_left_alone_with_a_warning(tmp_path):
    (tmp_path / 'a.rst').write_bytes(b'mine')
    (tmp_path / 'own.rst').write_bytes(b'own')
    done = synchronise(tmp_path, {'a.rst': b'a'})
    assert done.kept == ('a.rst',)
    assert 'not from an import' in done.problems[0].message
    assert synchronise(tmp_path, {}).removed == ()
    assert files(tmp_path) == {'a.rst': b'mine', 'own.rst': b'own'}


def test_an_edited_file_is_left_alone_until_the_edit_is_undone(tmp_path):
    synchronise(tmp_path, {'a.rst': b'a'})
    (tmp_path / 'a.rst').write_bytes(b'edited')
    done = synchronise(tmp_path, {'a.rst': b'new'})
    assert done.kept == ('a.rst',)
    assert 'edited' in done.problems[0].message
    (tmp_path / 'a.rst').write_bytes(b'a')
    assert synchronise(tmp_path, {'a.rst': b'new'}).written == ('a.rst',)


def test_an_edited_file_of_a_post_that_is_gone_is_left_alone(tmp_path):
    synchronise(tmp_path, {'a.rst': b'a'})
    (tmp_path / 'a.rst').write_bytes(b'edited')
    done = synchronise(tmp_path, {})
    assert (done.kept, done.removed) == (('a.rst',), ())
    assert files(tmp_path) == {'a.rst': b'edited'}
    again = synchronise(tmp_path, {'a.rst': b'a'})
    assert (again.kept, 'was edited' in again.problems[0].message) == (('a.rst',), True)


@pytest.mark.parametrize(('content', 'spared'), [(b'b', ('b.rst',)), (b'edited', ()), (None, ())])
def test_only_what_would_have_been_removed_is_spared(tmp_path, content, spared):
    synchronise(tmp_path, {'a.rst': b'a', 'b.rst': b'b'})
    if content is None:
        (tmp_path / 'b.rst').unlink()
    else:
        (tmp_path / 'b.rst').write_bytes(content)
    assert synchronise(tmp_path, {'a.rst': b'a'}, remove=False).spared == spared
    assert synchronise(tmp_path, {'a.rst': b'a'}).spared == ()


def test_a_deleted_file_is_written_again(tmp_path):
    synchronise(tmp_path, {'a.rst': b'a'})
    (tmp_path / 'a.rst').unlink()
    assert synchronise(tmp_path, {'a.rst': b'a'}).written == ('a.rst',)


@pytest.mark.parametrize(
    'content',
    [
        b'',
        b'{',
        b'[]',
        b'{"version": 1}',
        b'{"version": 2, "files": {}}',
        b'\xff',
        b'{"version":1,"files":{"a":1}}',
    ],
)
def test_a_broken_manifest_makes_all_files_the_author_s(tmp_path, content):
    synchronise(tmp_path, {'a.rst': b'a', 'b.rst': b'b', 'c.rst': b'c'})
    (tmp_path / MANIFEST).write_bytes(content)
    done = synchronise(tmp_path, {'a.rst': b'a', 'b.rst': b'B'})
    assert (done.unchanged, done.kept, done.removed) == (('a.rst',), ('b.rst',), ())
    assert 'manifest' in done.problems[0].message
    # What has our bytes is ours again.
    assert synchronise(tmp_path, {'a.rst': b'A'}).written == ('a.rst',)


@pytest.mark.parametrize(
    'name', ['../victim.rst', '/etc/victim.rst', 'a/../../victim.rst', '..\\victim.rst', 'x.txt']
)
def test_a_manifest_never_leads_out_of_the_folder(tmp_path, name):
    folder = tmp_path / 'posts'
    folder.mkdir()
    victim = tmp_path / 'victim.rst'
    victim.write_bytes(b'v')
    digest = '4c94485e0c21ae6c41ce1dfe7b6bfaceea5ab68e40a2476f50208e526f506080'
    (folder / MANIFEST).write_text(json.dumps({'version': 1, 'files': {name: digest}}))
    assert name not in read_manifest(folder)[0]
    assert synchronise(folder, {}).removed == ()
    assert victim.exists()


def test_a_link_is_the_author_s_and_its_target_is_not_written(tmp_path):
    target = tmp_path / 'target.rst'
    target.write_bytes(b't')
    folder = tmp_path / 'posts'
    folder.mkdir()
    (folder / 'a.rst').symlink_to(target)
    assert synchronise(folder, {'a.rst': b'a'}).kept == ('a.rst',)
    assert target.read_bytes() == b't'


def test_a_destination_that_is_a_file_can_not_be_written(tmp_path):
    path = tmp_path / 'file'
    path.write_bytes(b'')
    with pytest.raises(DestinationError, match='can not write'):
        synchronise(path, {'a.rst': b'a'})


@pytest.mark.skipif(os.name != 'posix' or os.geteuid() == 0, reason='root may write everywhere')
def test_a_destination_without_permission_can_not_be_written(tmp_path):
    tmp_path.chmod(0o500)
    with pytest.raises(DestinationError):
        synchronise(tmp_path, {'a.rst': b'a'})


def test_nothing_to_write_makes_no_folder(tmp_path):
    synchronise(tmp_path / 'posts', {})
    assert not (tmp_path / 'posts').exists()


def test_files_are_kept_when_removal_is_off_and_removed_later(tmp_path):
    synchronise(tmp_path, {'a.rst': b'a', 'b.rst': b'b'})
    assert synchronise(tmp_path, {'a.rst': b'a'}, remove=False).removed == ()
    assert synchronise(tmp_path, {'a.rst': b'a'}).removed == ('b.rst',)


def test_files_of_an_import_that_was_killed_are_known_as_ours(tmp_path, monkeypatch):
    synchronise(tmp_path, {'a.rst': b'a1', 'b.rst': b'b1'})
    write = manifest._write

    def killed(path, content):
        if path.name == 'b.rst':
            raise KeyboardInterrupt
        write(path, content)

    monkeypatch.setattr(manifest, '_write', killed)
    with pytest.raises(KeyboardInterrupt):
        synchronise(tmp_path, {'a.rst': b'a2', 'b.rst': b'b2', 'c.rst': b'c2'})
    monkeypatch.undo()
    # the archive has changed again before the next import: neither file is the author's
    done = synchronise(tmp_path, {'b.rst': b'b3'})
    assert (done.written, done.removed, done.kept, done.problems) == (('b.rst',), ('a.rst',), (), ())
    assert 'begun' not in (tmp_path / MANIFEST).read_text()


def test_an_author_s_file_is_not_taken_for_ours_by_a_note(tmp_path):
    (tmp_path / 'a.rst').write_bytes(b'mine')
    for _ in range(2):
        done = synchronise(tmp_path, {'a.rst': b'a1', 'b.rst': b'b1'})
        assert done.kept == ('a.rst',)
        assert (tmp_path / 'a.rst').read_bytes() == b'mine'
