from __future__ import annotations

import pytest
from npm_package import PackageError, files_of
from npm_stub import put_npm

FILES = {'LICENSE': b'MIT', 'dist/a.js': b'1'}


@pytest.fixture
def digest(tmp_path, monkeypatch):
    return put_npm(tmp_path, monkeypatch, 'a@1.0', FILES)


def test_the_files_come_by_their_path_in_the_package(digest):
    assert files_of('a', '1.0', digest) == (FILES, digest)


def test_an_archive_of_another_digest_is_refused(digest):
    with pytest.raises(PackageError, match=f'a@1.0 has the SHA-256 {digest}, not 00'):
        files_of('a', '1.0', '00')


def test_a_package_that_is_not_there_is_told(digest):
    with pytest.raises(PackageError, match='npm pack'):
        files_of('a', '2.0')
