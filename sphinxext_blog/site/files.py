"""Files of ours in the output: written in one step, and only when they change."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ['write_if_changed']


def write_if_changed(path: Path, content: bytes) -> bool:
    """Write *content* so that no half of it can ever be read; whether the file changed."""
    try:
        if path.read_bytes() == content:
            return False
    except OSError:
        pass
    path.parent.mkdir(parents=True, exist_ok=True)
    part = path.with_name(f'{path.name}.part')
    part.write_bytes(content)
    part.replace(path)
    return True
