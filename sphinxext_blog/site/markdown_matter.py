"""The front matter of Markdown posts as people write it -> front matter that MyST-Parser reads.

Hugo writes TOML between ``+++``, Hexo may leave out the first ``---``, and all
of them hold what is no YAML: colons without quotation marks, tabs, a block that
is not closed. :func:`mend` gives each line its meaning, says what it had to
guess, and never gives up on a post. Pure: text in, text and remarks out; the
lines of the body stay where they are, so that later warnings name the right ones.
"""

from __future__ import annotations

import json
import re
import tomllib
from dataclasses import dataclass, field
from typing import Any

import yaml

from sphinxext_blog.bounded_yaml import BoundedLoader
from sphinxext_blog.site.markdown_fields import Remark, canonical_fields
from sphinxext_blog.surrogates import encodable

__all__ = ['Matter', 'mend']

_KEY = re.compile(
    r'["\']?([A-Za-z_\u4e00-\u9fff][\w.\u4e00-\u9fff -]{0,60}?)["\']?[ \t]*(?:\uff1a|:(?=[ \t]|$|["\'\[{]))(.*)'  # noqa: E501
)
_TOML_KEY = re.compile(r'["\']?([A-Za-z_][\w-]{0,60})["\']?[ \t]*=[ \t]*(.*)')
_JSON_PAIR = re.compile(r'\s*"([\w-]{1,60})"\s*:(.*)')
_DATED = re.compile(r'(\d{4}-\d{1,2}-\d{1,2})-(.+)')
_HASH = re.compile(r'#[^\s#]')
_CONTROL = re.compile(r'[\x00-\x1f\x7f\x85\xa0\u2028\u2029]')
_COMMAND = re.compile(r'\$[^$]{0,500}\\[A-Za-z]{2}')
_INVISIBLE = '\ufeff\u200b\u2060'
_TYPED = frozenset({'myst', 'mystnb', 'substitutions', 'html_meta', 'jupytext', 'kernelspec'})
"""Keys whose values MyST-Parser and its relatives want as YAML types them."""


@dataclass(slots=True)
class Matter:
    """A document with front matter that can be read."""

    text: str
    fields: dict[str, Any] = field(default_factory=dict)
    """What the front matter says, scalars as they are written."""
    remarks: list[Remark] = field(default_factory=list)


class _Strings(BoundedLoader):
    """YAML in which every scalar is its text: ``2014-13-45`` is no error and ``2014-12-08`` no object."""


_Strings.yaml_implicit_resolvers = {}


def mend(text: str, name: str = '') -> Matter:
    """Read the front matter of a document and write it so that MyST-Parser reads the same.

    :param text: the whole document.
    :param name: its file name without suffix; ``2014-12-08-title`` tells a date, as in Jekyll.
    """
    if text[:1] in _INVISIBLE and text:
        text = text.lstrip(_INVISIBLE)
    lines = re.split(r'\r\n?|\n', text)
    start = next((n for n, line in enumerate(lines) if line.strip()), len(lines))
    remarks: list[Remark] = []
    first = lines[start].rstrip() if start < len(lines) else ''
    fields: dict[str, Any] | None = None
    end = start  # number of the first line of the body
    if first == '+++':
        fields, end = _toml(lines, start, remarks)
    elif re.fullmatch('-{3,}', first):
        fields, end = _yaml(lines, start + 1, remarks)
        if start and fields:
            message = 'the front matter must begin on the first line; take away the empty lines before it'
            remarks.append(Remark(start + 1, message))
    elif first == '{' or first.startswith('{"'):
        fields, end = _json(lines, start, remarks)
    elif not start and _KEY.match(first) and (end := _hexo_end(lines)):
        fields, end = _yaml(lines, 0, remarks)
    if fields is None:
        fields, end = {}, 0
    plain = start == 0 and first == '---' and not remarks and _is_yaml(lines[1 : end - 1], fields)
    told = canonical_fields(_encodable(fields), remarks, lines[:end])
    if (dated := _DATED.fullmatch(name)) and (fields or end):
        if not str(told.get('date') or '').strip():
            told['date'] = dated[1]
        told.setdefault('slug', dated[2])
    if not end or (plain and told == fields):
        return Matter('\n'.join(lines), told, remarks)
    return Matter('\n'.join([*_block(told, end), *lines[end:]]), told, remarks)


def _encodable(value: Any) -> Any:
    """A value whose texts can all be written."""
    if isinstance(value, dict):
        return {_encodable(key): _encodable(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_encodable(item) for item in value]
    return encodable(value) if isinstance(value, str) else value


def _block(fields: dict[str, Any], size: int) -> list[str]:
    """Front matter of *size* lines at least; JSON is YAML, and escapes every line end."""
    body = json.dumps(fields, ensure_ascii=False, default=str)
    # these are line ends to YAML, and to str.splitlines
    for char in '\x85\u2028\u2029\x0b\x0c\x1c\x1d\x1e':
        body = body.replace(char, ' ')
    return ['---', body, *['#'] * (size - 3), '---']


def _is_yaml(lines: list[str], fields: dict[str, Any]) -> bool:
    """Whether the block is read as it stands without complaint, and to the same texts.

    2014-13-45 is a date to YAML, and wrong; the title ``yes`` is ``True``.
    """
    try:
        typed = yaml.load('\n'.join(lines), Loader=BoundedLoader)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return False
    if not isinstance(typed, dict):
        return False
    return not any(
        isinstance(value, bool | int | float) and str(value) != fields.get(str(key))
        for key, value in typed.items()
    )


def _yaml(lines: list[str], start: int, remarks: list[Remark]) -> tuple[dict[str, Any] | None, int]:
    """The block that begins at *start*: its fields, and the first line after it; ``None``: it is none."""
    close = next((n for n in range(start, len(lines)) if re.fullmatch(r'(-{3,}|\.\.\.)\s*', lines[n])), None)
    lines = _dedented(lines, start, close, remarks)
    end = close
    if close is None or not _could_be(lines[start:close]):
        end = start
        while end < len(lines) and lines[end].strip() and _could_be([lines[end]]):
            end += 1
        if end == start or not any(_KEY.match(line) for line in lines[start:end]):
            return None, 0  # a line of dashes is a rule
        message = 'the front matter is not closed; write a line with --- after its last field'
        remarks.append(Remark(end, message))
        # an empty line after it becomes its end, so that no line moves
        close = end if end < len(lines) and not lines[end].strip() else end - 1
    assert end is not None  # noqa: S101 (for the type checker)
    if any(line.strip() for line in lines[start:end]) and not any(
        _KEY.match(line) for line in lines[start:end]
    ):
        return None, 0
    chunk = '\n'.join(lines[start:end])
    try:
        value = yaml.load(chunk, Loader=_Strings)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        value = None
    if value is None or not isinstance(value, dict) or '\uff1a' in chunk:
        value = _by_line(lines, start, end, remarks)
    fields = {str(key): item for key, item in value.items()}
    _keep_latex(fields, lines, start, end, remarks)
    seen: set[str] = set()
    for number in range(start, end):
        match = _KEY.match(lines[number])
        if match and match[1] in seen:
            remarks.append(Remark(number + 1, f'the field {match[1]!r} is there twice; the last one counts'))
        elif match:
            seen.add(match[1])
            _keep_hashes(fields, match[1].strip(), match[2].strip(), number, remarks)
    if not _TYPED.isdisjoint(fields):
        try:
            typed = yaml.load(chunk, Loader=BoundedLoader)  # noqa: S506 (a SafeLoader)
        except (yaml.YAMLError, ValueError, RecursionError):
            typed = None
        if isinstance(typed, dict):
            fields.update((key, typed[key]) for key in _TYPED & typed.keys())
    return fields, close + 1


def _dedented(lines: list[str], start: int, close: int | None, remarks: list[Remark]) -> list[str]:
    """The lines of the document, those of a block that is indented as a whole without that."""
    block = lines[start:close] if close is not None else []
    filled = [line for line in block if line.strip()]
    if not filled or filled[0][0] not in ' \t' or not _KEY.match(filled[0].lstrip()):
        return lines
    indent = filled[0][: len(filled[0]) - len(filled[0].lstrip())]
    if not all(line.startswith(indent) for line in filled):
        return lines
    message = 'the front matter is indented; begin its fields at the start of their lines'
    remarks.append(Remark(start + block.index(filled[0]) + 1, message))
    return [*lines[:start], *(line.removeprefix(indent) for line in block), *lines[close:]]


def _keep_latex(
    fields: dict[str, Any], lines: list[str], start: int, end: int, remarks: list[Remark]
) -> None:
    r"""Give back backslashes of LaTeX in double quotation marks: ``"$\nabla f$"`` is a line end to YAML."""
    for number in range(start, end):
        match = _KEY.match(lines[number])
        written = match[2].strip() if match else ''
        if match is None or len(written) < 3 or not written[0] == written[-1] == '"':
            continue
        key = match[1].strip()
        told = fields.get(key)
        if isinstance(told, str) and _CONTROL.search(told) and _COMMAND.search(written):
            fields[key] = written[1:-1].replace('\\"', '"').replace('\\\\', '\\')
            message = (
                f'double quotation marks take the backslashes from LaTeX; write the field {key!r} '
                "in single ones: '…'"
            )
            remarks.append(Remark(number + 1, message))


def _keep_hashes(fields: dict[str, Any], key: str, written: str, number: int, remarks: list[Remark]) -> None:
    """Give back a text that begins with ``#``, as tags do in notes: to YAML it is a comment."""
    if fields.get(key) or not _HASH.match(written):
        return
    words = written.split()
    is_tags = key.casefold() in {'tag', 'tags'}
    if is_tags and not all(map(_HASH.match, words)):
        return  # a comment indeed
    if is_tags:
        fields[key] = [word.strip('#,') for word in words]
        shown = f'[{", ".join(fields[key])}]'
    else:
        fields[key] = written
        shown = json.dumps(written[:60], ensure_ascii=False)
    remarks.append(Remark(number + 1, f'to YAML a # begins a comment; write {key}: {shown}'))


def _could_be(lines: list[str]) -> bool:
    """Whether lines are of a front matter: prose would be taken for one when a block is not closed."""
    for line in lines:
        bare = line.strip()
        if not bare or line[:1] in ' \t-#[]{}"\'' or _KEY.match(line) or len(bare) < 3:
            continue
        if bare.startswith(('$$', '```', '![', '<')) or len(bare) > 200:
            return False
        if re.search(r'[.。!?！？]$', bare):
            return False
    return not any(
        re.match(r'#{1,6} \S', line) and n and not lines[n - 1].strip() for n, line in enumerate(lines)
    )


def _by_line(lines: list[str], start: int, end: int, remarks: list[Remark]) -> dict[str, Any]:
    """Each field for itself, so that one mistake costs one line."""
    fields: dict[str, Any] = {}
    at = start
    while at < end:
        line, number = lines[at], at + 1
        match = _KEY.match(line)
        below = at + 1
        while below < end and (not lines[below].strip() or lines[below][:1] in ' \t-#'):
            below += 1
        if match is None:
            if line.strip() and not line.startswith('#') and line.strip() not in {'---', '...'}:
                shown = line.strip()[:40]
                remarks.append(
                    Remark(
                        number,
                        f'{shown!r} is no field of a front matter and is left out; write "name: value"',
                    )
                )
            at += 1
            continue
        key, rest = match[1].strip(), match[2].strip()
        chunk = [line, *lines[at + 1 : below]]
        if '\uff1a' in line[: match.end(1) + 3]:
            chunk[0] = f'{key}: {rest}'
            remarks.append(Remark(number, f'a Chinese colon stands after {key!r}; write "{key}: …"'))
        value = _value('\n'.join(chunk))
        if value is None and any('\t' in part for part in chunk):
            value = _value('\n'.join(part.replace('\t', '  ') for part in chunk))
            if value is not None:
                tabbed = number + next(n for n, part in enumerate(chunk) if '\t' in part)
                message = f'the field {key!r} is indented with a tab, which YAML forbids; use blanks'
                remarks.append(Remark(tabbed, message))
        if value is None:
            fields[key] = rest.strip('"\'') if rest[:1] in '"\'' else rest
            quoted = json.dumps(fields[key][:60], ensure_ascii=False)
            remarks.append(
                Remark(
                    number,
                    f'the field {key!r} is no YAML; write its text in quotation marks: {key}: {quoted}',
                )
            )
            # the lines below are read again: a field of theirs is not lost with this one
            below = at + 1
        else:
            fields.update((str(k), v) for k, v in value.items())
        at = below
    return fields


def _value(chunk: str) -> dict[Any, Any] | None:
    try:
        value = yaml.load(chunk, Loader=_Strings)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        return None
    return value if isinstance(value, dict) else None


def _toml(lines: list[str], start: int, remarks: list[Remark]) -> tuple[dict[str, Any] | None, int]:
    end = next((n for n in range(start + 1, len(lines)) if lines[n].rstrip() == '+++'), None)
    if end is None:
        end = start + 1
        while end < len(lines) and (_TOML_KEY.match(lines[end]) or lines[end].startswith('[')):
            end += 1
        if end == start + 1:
            return None, 0
        message = 'the front matter is not closed; write a line with +++ after its last field'
        remarks.append(Remark(end, message))
        after = end
    else:
        after = end + 1
    try:
        return _plain(tomllib.loads('\n'.join(lines[start + 1 : end]))), after
    except (tomllib.TOMLDecodeError, RecursionError):
        pass
    fields: dict[str, Any] = {}
    for number in range(start + 1, end):
        line = lines[number]
        try:
            fields.update(_plain(tomllib.loads(line)))
        except tomllib.TOMLDecodeError:
            if match := _TOML_KEY.match(line):
                key, value = match[1], match[2].strip().strip('"\'')
                fields[key] = value
                quoted = json.dumps(value[:60], ensure_ascii=False)
                remarks.append(Remark(number + 1, f'the field {key!r} is no TOML; write {key} = {quoted}'))
            elif line.strip() and not line.startswith('#'):
                remarks.append(
                    Remark(
                        number + 1, f'{line.strip()[:40]!r} is no TOML and is left out; write name = "value"'
                    )
                )
    return fields, after


def _plain(value: Any) -> Any:
    """A TOML value with texts for dates and flags."""
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, list):
        return [_plain(item) for item in value]
    if isinstance(value, bool):
        return str(value).lower()
    return value if isinstance(value, str) else str(value)


def _json(lines: list[str], start: int, remarks: list[Remark]) -> tuple[dict[str, Any] | None, int]:
    text = '\n'.join(lines[start:])
    try:
        value, length = json.JSONDecoder().raw_decode(text)
    except (ValueError, RecursionError) as error:
        return _broken_json(lines, start, error, remarks)
    if not isinstance(value, dict):
        return None, 0
    return _plain(value), start + text.count('\n', 0, length) + 1


def _broken_json(
    lines: list[str], start: int, error: Exception, remarks: list[Remark]
) -> tuple[dict[str, Any] | None, int]:
    """A block that was to be JSON: what can be read of it, line by line if need be."""
    end = next((n for n in range(start + 1, len(lines)) if lines[n].strip() in {'}', '},', ''}), len(lines))
    closed = end < len(lines) and lines[end].strip() != ''
    block = [lines[start].lstrip().removeprefix('{'), *lines[start + 1 : end]]
    pairs = [_JSON_PAIR.fullmatch(line) for line in block]
    if not any(pairs):
        return None, 0  # a text that begins with a brace
    told = getattr(error, 'msg', 'it is nested too deep')
    line = start + getattr(error, 'lineno', 1)
    message = f'the front matter is no JSON ({told}); look for a comma, a quotation mark or a brace'
    remarks.append(Remark(min(line, end + 1), message))
    fields: dict[str, Any] = {}
    try:
        # YAML forgives a comma at the end
        value = yaml.load('\n'.join(['{', *block, '}']), Loader=_Strings)  # noqa: S506 (a SafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError):
        value = None
    if isinstance(value, dict) and all(isinstance(key, str) for key in value):
        fields = value
    else:
        for pair in filter(None, pairs):
            written = pair[2].strip().rstrip(',').rstrip()
            try:
                fields[pair[1]] = _plain(json.loads(written))
            except (ValueError, RecursionError):
                fields[pair[1]] = written.strip('"')
    return fields, end + 1 if closed else end


def _hexo_end(lines: list[str]) -> int:
    """Line after a front matter without its first ``---``, as Hexo allows; 0 when there is none."""
    for number, line in enumerate(lines[:60]):
        if re.fullmatch(r'-{3,}\s*', line):
            return number + 1 if number and _KEY.match(lines[0]) else 0
        if not (_KEY.match(line) or line[:1] in ' \t-#'):
            return 0
    return 0
