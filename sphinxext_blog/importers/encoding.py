"""Files of unknown origin -> text, with a word about every one that is not plain UTF-8."""

from __future__ import annotations

import codecs
import errno
import re
import unicodedata
from stat import S_ISREG
from typing import TYPE_CHECKING

from sphinxext_blog.importers.model import Problem

if TYPE_CHECKING:
    from pathlib import Path

__all__ = ['decode', 'read_text', 'restore_backslashes']

_BOMS = (
    (codecs.BOM_UTF32_LE, 'utf-32'),
    (codecs.BOM_UTF32_BE, 'utf-32'),
    (codecs.BOM_UTF8, 'utf-8-sig'),
    (codecs.BOM_UTF16_LE, 'utf-16'),
    (codecs.BOM_UTF16_BE, 'utf-16'),
)
_SAMPLE = 1 << 16
_LOST_BACKSLASH = {
    '\x07': ('a', re.compile('lpha|pprox|st|ngle|leph|rg|rc|lign|rray|mp')),
    '\x08': ('b', re.compile('eta|ig|ar|oldsymbol|egin|f|inom|matrix|ackslash|ullet|ot|mod|oxed|ecause|ra')),
    '\x0b': ('v', re.compile('ec|ar|ert|ee|dots|space|Dash|box')),
    '\x0c': ('f', re.compile('rac|orall|lat|box')),
}
"""Escape -> the letter of the macro it ate the backslash of, and how such macros go on."""
_CONTROL = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]')
_HAN = re.compile('[\u4e00-\u9fff]')


def read_text(path: Path, name: str) -> tuple[str | None, list[Problem]]:
    """Read a file; ``None`` when it holds no text that can be used.

    :param name: how problems call the file.
    :raises OSError: when the file can't be read, or is no regular file.
    """
    if not S_ISREG(path.stat().st_mode):
        # A pipe may never end, a folder has no bytes.
        raise OSError(errno.EINVAL, 'not a regular file', str(path))
    data = path.read_bytes()
    if not data.strip():
        return None, [Problem(name, 0, 'the file is empty')]
    text, encoding = decode(data)
    if text is None:
        return None, [Problem(name, 0, 'the file is binary, or in an encoding that is not known; skipped')]
    problems = []
    if encoding != 'utf-8':
        problems.append(Problem(name, 0, f'the file is not plain UTF-8; read as {encoding}'))
    if not text.strip():
        return None, [*problems, Problem(name, 0, 'the file is empty')]
    text, damaged = restore_backslashes(text)
    problems += [Problem(name, line, message) for line, message in damaged]
    return text, problems


def decode(data: bytes) -> tuple[str | None, str]:
    """Decode bytes: by byte order mark, as UTF-8, as UTF-16 without mark, then by guess.

    :returns: the text, or ``None`` for binary data, and the name of the encoding.
    """
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            try:
                text = data.decode(encoding)
            except UnicodeError:
                break
            return text.removeprefix('\ufeff'), 'utf-8 with BOM' if bom is codecs.BOM_UTF8 else encoding
    if b'\x00' not in data:
        try:
            return data.decode('utf-8'), 'utf-8'
        except UnicodeDecodeError:
            return _guess(data)
    return _decode_utf16(data)


def _decode_utf16(data: bytes) -> tuple[str | None, str]:
    # Without a mark the ASCII characters, line ends at least, show the byte
    # order: read the wrong way round they are Chinese or not assigned.
    best: tuple[int, str, str] = (0, '', '')
    for encoding in ('utf-16-le', 'utf-16-be'):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        sample = text[:_SAMPLE]
        if any(unicodedata.category(c) in {'Cc', 'Cn', 'Co'} and c not in '\t\n\r' for c in sample):
            continue
        best = max(best, (sum(c.isascii() for c in sample), encoding, text))
    count, encoding, text = best
    return (text, encoding) if count * 100 >= min(len(text), _SAMPLE) > 0 else (None, '')


def _guess(data: bytes) -> tuple[str | None, str]:
    from charset_normalizer import from_bytes

    sample = data[:_SAMPLE]
    if sum(b < 9 or 13 < b < 27 for b in sample) > len(sample) // 100:
        return None, ''
    # GB18030 first when it gives Chinese: the guess needs more text than a
    # short post has to tell it from the other East Asian encodings.
    try:
        text = data.decode('gb18030')
    except UnicodeDecodeError:
        pass
    else:
        foreign = [c for c in text if ord(c) > 127 and c.isalpha()]
        if len(_HAN.findall(''.join(foreign))) > 0.9 * len(foreign) and _looks_common(text):
            return text, 'gb18030'
    best = from_bytes(data[: 8 * _SAMPLE]).best()
    if best is None:
        return None, ''
    try:
        return data.decode(best.encoding), best.encoding
    except (UnicodeDecodeError, LookupError):
        return None, ''


def _looks_common(text: str) -> bool:
    """Whether it has the characters that Chinese uses most: a false decoding gives rare ones."""
    common = set('的是一不了在有我们人个这上中大为来他和时要以就地出会可也你对生能而子那得于着下自之')
    han = _HAN.findall(text)
    return sum(c in common for c in han) >= len(han) / 20 if len(han) >= 20 else bool(han)


def restore_backslashes(text: str) -> tuple[str, list[tuple[int, str]]]:
    r"""Undo what a crawl's string escapes did to LaTeX, and take out what no document may hold.

    ``\beta`` that was read as an escaped string is a backspace and ``eta``; a
    control character before the rest of a macro becomes the backslash and letter it was.
    Other control characters become U+FFFD.

    :returns: the text, and (line, message) for every line that was touched.
    """
    if not _CONTROL.search(text):
        return text, []
    damaged: list[tuple[int, str]] = []
    line, last = 1, 0
    pieces: list[str] = []
    for match in _CONTROL.finditer(text):
        char, at = match[0], match.start()
        line += text.count('\n', last, at)
        pieces.append(text[last:at])
        last = at + 1
        letter, rest = _LOST_BACKSLASH.get(char, ('', None))
        if rest is not None and rest.match(text, last):
            pieces.append('\\' + letter)
            message = f'control character U+{ord(char):04X} read as the lost \\{letter} of a macro'
        else:
            pieces.append('\ufffd')
            message = f'control character U+{ord(char):04X} replaced by U+FFFD'
        if not damaged or damaged[-1] != (line, message):
            damaged.append((line, message))
    pieces.append(text[last:])
    return ''.join(pieces), damaged
