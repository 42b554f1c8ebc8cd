"""Data as a script: one call of one function with a JSON literal.

A page that was opened from a folder may load scripts but fetch nothing, so all
data of our pages comes in this form. No character sequence in it can end a
script element or a line.
"""

from __future__ import annotations

import json
import re
from typing import Any, Final

__all__ = ['data_script', 'read_data_script']

_UNSAFE: Final = {c: f'\\u{ord(c):04x}' for c in '<>&\u2028\u2029'}
_CALL: Final = re.compile(r'[A-Za-z.]+\("(?P<name>[^"\\]*)",(?P<data>.*)\);\s*', re.DOTALL)


def data_script(function: str, name: str, value: object) -> bytes:
    """A script that calls *function* with *name* and *value*, in UTF-8.

    :raises ValueError: for a number that JSON lacks.
    """
    literal = json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(',', ':'))
    for character, escape in _UNSAFE.items():  # one by one: str.translate takes seven times as long
        literal = literal.replace(character, escape)
    return f'{function}("{name}",{literal});\n'.encode('utf-8', 'replace')


def read_data_script(content: bytes) -> tuple[str, Any]:
    """Name and value of such a script.

    :raises ValueError: when it is none.
    """
    match = _CALL.fullmatch(content.decode('utf-8'))
    if match is None:
        raise ValueError('no data of sphinxext_blog')
    return match['name'], json.loads(match['data'])
