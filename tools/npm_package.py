"""Take files out of a package of the npm registry, checked by a digest.

The registry is asked through ``npm pack``, the ordinary client, so that its
settings (a mirror, a proxy) count here as well. Nothing is installed and no
script of the package runs.
"""

from __future__ import annotations

import hashlib
import subprocess
import tarfile
import tempfile
from pathlib import Path

__all__ = ['PackageError', 'files_of']


class PackageError(RuntimeError):
    """The package can't be had, or isn't the one that was asked for."""


def files_of(name: str, version: str, sha256: str = '') -> tuple[dict[str, bytes], str]:
    """The files of a package by their path in it, and the digest of its archive.

    :param sha256: of the archive; an empty one is not compared.
    :raises PackageError: when npm fails or the digest is another.
    """
    with tempfile.TemporaryDirectory() as folder:
        command = ('npm', 'pack', '--silent', '--ignore-scripts', f'{name}@{version}')
        try:
            subprocess.run(command, cwd=folder, stdin=subprocess.DEVNULL, capture_output=True, check=True)
        except (OSError, subprocess.CalledProcessError) as error:
            raise PackageError(f'`{" ".join(command)}` failed: {error}') from error
        (archive,) = Path(folder).glob('*.tgz')
        digest = hashlib.sha256(archive.read_bytes()).hexdigest()
        if sha256 and digest != sha256:
            raise PackageError(f'{name}@{version} has the SHA-256 {digest}, not {sha256}')
        with tarfile.open(archive) as tar:
            files = {
                member.name.removeprefix('package/'): file.read()
                for member in tar.getmembers()
                if (file := tar.extractfile(member)) is not None
            }
    return files, digest
