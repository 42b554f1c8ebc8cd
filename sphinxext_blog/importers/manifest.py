"""The folder of written documents: writes what changed, removes what it made, spares what it did not.

A manifest in the folder tells which file is ours: name -> SHA-256 of what was
written. A file that is not in it, or has other bytes, belongs to the author.
Before an import writes, the manifest says what it is about to write as well: the
files of one that was killed are known as ours, whichever of both they hold.
"""

from __future__ import annotations

import hashlib
import json
import os
import secrets
from dataclasses import dataclass
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from sphinxext_blog.importers.attachments import FOLDER, PICTURES
from sphinxext_blog.importers.model import Problem

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

__all__ = ['MANIFEST', 'DestinationError', 'Synchronised', 'read_manifest', 'synchronise']

MANIFEST = '.sphinxext_blog-import.json'
_VERSION = 1


class DestinationError(OSError):
    """The folder for the documents can't be written."""


@dataclass(frozen=True, slots=True)
class Synchronised:
    """What happened to the files of the folder, by name."""

    written: tuple[str, ...] = ()
    unchanged: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    kept: tuple[str, ...] = ()
    """Files of the author that stand where a document should, or were edited."""
    problems: tuple[Problem, ...] = ()
    spared: tuple[str, ...] = ()
    """Files of ours that are wanted no more, and stay only because nothing was to be removed."""


def read_manifest(folder: Path) -> tuple[dict[str, str], list[Problem]]:
    """Names of our files with their hashes; a broken manifest counts as none and is a problem."""
    path = folder / MANIFEST
    try:
        data = json.loads(path.read_bytes())
        files = data['files']
        if data['version'] != _VERSION or not all(isinstance(v, str) for kv in files.items() for v in kv):
            raise ValueError('not a manifest of this version')  # noqa: TRY301 (handled with the other defects)
    except FileNotFoundError:
        return {}, []
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f'the manifest can not be read ({error}); files that are there count as the author’s'
        return {}, [Problem(str(path), 0, message)]
    safe = {name: digest for name, digest in files.items() if _is_safe(name)}
    problems = [
        Problem(str(path), 0, f'the manifest names {name!r}, which is no file of this folder; left alone')
        for name in sorted(files.keys() - safe.keys())
    ]
    return safe, problems


def _is_safe(name: str) -> bool:
    """Whether a name is that of a document or picture in the folder: a manifest must not lead elsewhere."""
    plain = name.removeprefix(f'{FOLDER}/')
    if plain.startswith(('.', '_')) or set(plain) & set('/\\:\x00'):
        return False
    return name.endswith('.rst') if plain == name else PurePosixPath(plain).suffix in PICTURES


def _digest(data: bytes) -> str:
    return hashlib.sha256(data).hexdigest()


def _current(path: Path) -> bytes | None:
    """The bytes of a regular file, ``None`` when nothing is there; of a link or folder: empty."""
    if path.is_symlink():
        return b''
    try:
        return path.read_bytes()
    except FileNotFoundError:
        return None
    except OSError:
        return b''


def synchronise(folder: Path, wanted: Mapping[str, bytes], *, remove: bool = True) -> Synchronised:
    """Bring the folder to hold the wanted files, and no other file of ours.

    :param wanted: name -> content, which is never empty.
    :param remove: whether files of ours that are wanted no more are deleted.
    :raises DestinationError: when the folder can't be made or written.
    """
    ours, problems = read_manifest(folder)
    begun = _begun(folder)

    def is_ours(name: str, content: bytes) -> bool:
        return _digest(content) in {ours.get(name), *begun.get(name, ())}

    written: list[str] = []
    unchanged: list[str] = []
    removed: list[str] = []
    kept: list[str] = []
    spared: list[str] = []
    manifest: dict[str, str] = {}
    try:
        if wanted:
            folder.mkdir(parents=True, exist_ok=True)
        if any(name.startswith(f'{FOLDER}/') for name in wanted):
            (folder / FOLDER).mkdir(exist_ok=True)
        for name, content in wanted.items():
            current = _current(folder / name)
            if current is None or (current != content and is_ours(name, current)):
                begun.setdefault(name, []).append(_digest(content))
        if begun:
            _save(folder, ours, begun)
        for name, content in sorted(wanted.items()):
            current = _current(folder / name)
            if current == content:
                unchanged.append(name)
            elif current is None or is_ours(name, current):
                _write(folder / name, content)
                written.append(name)
            else:
                kept.append(name)
                why = 'was edited' if name in ours else 'is not from an import'
                problems.append(
                    Problem(str(folder / name), 0, f'the file {why}; left alone, the post is not written')
                )
                if name in ours:
                    manifest[name] = ours[name]
                continue
            manifest[name] = _digest(content)
        for name in sorted((ours.keys() | begun.keys()) - wanted.keys()):
            current = _current(folder / name)
            if current is None:
                continue
            edited = not is_ours(name, current)
            if edited and name not in ours:
                continue
            if not edited and remove:
                (folder / name).unlink()
                removed.append(name)
                continue
            # An edited file is remembered too: its post may come back.
            manifest[name] = ours[name] if edited else _digest(current)
            if not edited:
                spared.append(name)
            elif remove:
                kept.append(name)
                problems.append(
                    Problem(str(folder / name), 0, 'the post is gone, but its file was edited; left alone')
                )
        _save(folder, manifest)
    except OSError as error:
        raise DestinationError(
            error.errno, f'can not write to the folder of imported posts: {error}'
        ) from error
    return Synchronised(
        tuple(written),
        tuple(unchanged),
        tuple(removed),
        tuple(sorted(kept)),
        tuple(problems),
        tuple(spared),
    )


def _begun(folder: Path) -> dict[str, list[str]]:
    """What imports that did not come to their end were about to write: name -> SHA-256 of each."""
    try:
        begun = json.loads((folder / MANIFEST).read_bytes()).get('begun', {})
        return {
            name: [str(digest) for digest in digests] for name, digests in begun.items() if _is_safe(name)
        }
    except (OSError, ValueError, TypeError, AttributeError, RecursionError):
        return {}


def _save(folder: Path, files: Mapping[str, str], begun: Mapping[str, list[str]] = {}) -> None:
    path = folder / MANIFEST
    data: dict[str, object] = {
        'generator': 'sphinxext_blog',
        'version': _VERSION,
        'files': dict(sorted(files.items())),
    }
    if begun:
        data['begun'] = dict(sorted(begun.items()))
    content = (json.dumps(data, indent=1, ensure_ascii=False) + '\n').encode()
    if not files and not begun and not path.exists():
        return
    if _current(path) != content:
        _write(path, content)


def _write(path: Path, content: bytes) -> None:
    """Write a file so that a reader sees the old one or the new one, never a part."""
    temporary = path.with_name(f'.sphinxext_blog-{secrets.token_hex(8)}.tmp')
    try:
        with temporary.open('xb') as stream:
            stream.write(content)
        os.replace(temporary, path)  # noqa: PTH105 (named so in the contract of atomicity)
    finally:
        temporary.unlink(missing_ok=True)
