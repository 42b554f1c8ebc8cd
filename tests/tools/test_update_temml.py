from __future__ import annotations

import pytest
import update_temml
from npm_stub import put_npm

FILES = {'dist/temml.min.js': b'var temml', 'LICENSE': b'MIT', 'dist/temml.js': b'more'}


@pytest.fixture
def digest(tmp_path, monkeypatch):
    return put_npm(tmp_path, monkeypatch, f'temml@{update_temml.VERSION}|temml@1.2.3', FILES)


@pytest.fixture
def folder(tmp_path, monkeypatch, digest):
    place = tmp_path / 'vendor'
    place.mkdir()
    monkeypatch.setattr(update_temml, 'FOLDER', place)
    monkeypatch.setattr(update_temml, 'SHA256', digest)
    return place


def test_script_and_licence_are_taken(folder):
    assert update_temml.main([]) == 0
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == {
        'temml.min.js': b'var temml',
        'temml-licence.txt': b'MIT',
    }


def test_a_check_writes_nothing_and_tells_a_change(folder):
    assert update_temml.main(['--check']) == 1
    assert list(folder.iterdir()) == []
    update_temml.main([])
    assert update_temml.main(['--check']) == 0


def test_another_digest_is_refused_in_one_line(folder, monkeypatch, capsys):
    monkeypatch.setattr(update_temml, 'SHA256', '00')
    assert update_temml.main([]) == 1
    assert list(folder.iterdir()) == []
    assert 'has the SHA-256' in capsys.readouterr().err


def test_another_version_is_taken_and_its_digest_told(folder, digest, capsys):
    assert update_temml.main(['1.2.3']) == 0
    assert digest in capsys.readouterr().out
    assert (folder / 'temml.min.js').is_file()


def test_a_version_that_is_not_there_is_told(folder, capsys):
    assert update_temml.main(['9.9.9']) == 1
    assert 'update_temml: `npm pack' in capsys.readouterr().err
