from __future__ import annotations

import os
import socket
from pathlib import Path

import pytest

from sphinxext_blog.importers.manifest import synchronise
from sphinxext_blog.importers.sources import find_files


@pytest.fixture
def folder(tmp_path):
    (tmp_path / 'src' / 'sub').mkdir(parents=True)
    for name in ('b.txt', 'a.txt', 'sub/c.txt', '.hidden'):
        (tmp_path / 'src' / name).write_text('x')
    return tmp_path / 'src'


def test_files_are_found_once_by_name(folder, tmp_path):
    found = find_files([folder, folder / 'b.txt'], tmp_path / 'out')
    assert [(f.name, f.is_source) for f in found.files] == [
        ('a.txt', False),
        ('b.txt', True),
        ('sub/c.txt', False),
    ]
    assert (found.problems, found.unread, found.complete) == ((), (), True)


def test_documents_of_an_import_and_the_corrections_are_no_sources(folder):
    synchronise(folder, {'d.rst': b'd'})
    found = find_files([folder], folder, folder / 'a.txt')
    assert [f.name for f in found.files] == ['b.txt', 'sub/c.txt']


@pytest.mark.skipif(os.name != 'posix', reason='pipes and sockets are files on POSIX')
def test_what_is_no_regular_file_in_a_folder_is_a_problem_and_is_not_opened(folder, tmp_path, monkeypatch):
    os.mkfifo(folder / 'pipe')
    (folder / 'link').symlink_to(folder / 'pipe')
    monkeypatch.chdir(folder)  # the path of a socket must be short
    with socket.socket(socket.AF_UNIX) as made:
        made.bind('socket')
        found = find_files([folder], tmp_path / 'out')
    assert [f.name for f in found.files] == ['a.txt', 'b.txt', 'sub/c.txt']
    assert [p.path for p in found.problems] == ['link', 'pipe', 'socket']
    assert {p.message for p in found.problems} == {'this is no regular file; skipped'}
    assert (found.unread, found.complete) == ((), True)


def test_a_link_to_a_file_is_read_and_one_to_nowhere_or_itself_leaves_the_import_incomplete(folder, tmp_path):
    (tmp_path / 'real').write_text('x')
    (folder / 'good').symlink_to(tmp_path / 'real')
    (folder / 'lost').symlink_to(tmp_path / 'nowhere')
    (folder / 'ring').symlink_to(folder / 'ring')
    found = find_files([folder], tmp_path / 'out')
    assert 'good' in [f.name for f in found.files]
    assert [p.path for p in found.problems] == ['lost', 'ring']
    assert not found.complete


@pytest.mark.parametrize('name', ['nowhere', 'a\x00b', 'x' * 5000, 'pipe', 'src/a.txt/below'])
def test_a_source_that_can_not_be_read_is_told(folder, tmp_path, name):
    os.mkfifo(tmp_path / 'pipe')
    source = tmp_path / name
    found = find_files([source, folder], tmp_path / 'out')
    assert found.unread == (str(source),)
    assert [p.path for p in found.problems] == [str(source)]
    assert len(found.files) == 3
    assert not found.complete


@pytest.mark.skipif(os.name != 'posix' or os.geteuid() == 0, reason='root may read everywhere')
def test_a_folder_without_permission_leaves_the_import_incomplete(folder, tmp_path):
    (folder / 'sub').chmod(0)
    found = find_files([folder], tmp_path / 'out')
    (folder / 'sub').chmod(0o700)
    assert [Path(p.path).name for p in found.problems] == ['sub']
    assert not found.complete
