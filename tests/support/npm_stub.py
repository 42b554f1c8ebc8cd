"""A client in place of npm, which packs one package and knows no other."""

from __future__ import annotations

import hashlib
import io
import os
import tarfile
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pytest


def put_npm(folder: Path, monkeypatch: pytest.MonkeyPatch, packages: str, files: Mapping[str, bytes]) -> str:
    """Put it on the path for packages that fit a pattern of the shell; returns the digest of the archive."""
    archive = io.BytesIO()
    with tarfile.open(fileobj=archive, mode='w:gz') as tar:
        for name, content in files.items():
            member = tarfile.TarInfo(f'package/{name}')
            member.size = len(content)
            tar.addfile(member, io.BytesIO(content))
    (folder / 'packed').write_bytes(archive.getvalue())
    npm = folder / 'npm'
    npm.write_text(
        f'#!/bin/sh\ncase "$4" in {packages}) cp "{folder}/packed" made.tgz;; *) exit 1;; esac\n',
        encoding='utf-8',
    )
    npm.chmod(0o755)
    monkeypatch.setenv('PATH', f'{folder}{os.pathsep}{os.environ["PATH"]}')
    return hashlib.sha256(archive.getvalue()).hexdigest()
