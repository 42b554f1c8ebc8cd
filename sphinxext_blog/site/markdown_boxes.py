"""Boxes that shortcodes put around text: notices of Hugo's themes and of Hexo's, and their quotations.

``{{% notice tip "Title" %}} … {{% /notice %}}`` and ``{% note info %} … {% endnote %}`` are what Obsidian
writes as a callout, ``{% blockquote Author %} … {% endblockquote %}`` is a quotation. Pure: lines in, as many
lines out.
"""

from __future__ import annotations

import re
from collections import Counter
from typing import Final, NamedTuple

from sphinxext_blog.site.markdown_fences import outside_fences
from sphinxext_blog.site.markdown_notes import CALLOUTS

__all__ = ['Box', 'boxes_of', 'draw_boxes']

_OF_SOMEBODY: Final = frozenset({'blockquote', 'quote'})
_QUOTATIONS: Final = _OF_SOMEBODY | {'pullquote', 'centerquote', 'cq'}
_NAMES: Final = _QUOTATIONS.union(
    'note notice alert admonition callout hint tip info important warning caution attention danger success '
    'error question example'.split()
)
_STYLES: Final = frozenset(
    'primary secondary default light dark true false open closed flat simple modern disabled icon no-icon '
    'left right center'.split()
)
"""How a box looks, which is the theme's own affair here."""
_EDGE: Final = re.compile(
    r'(?P<indent>[ \t]*+)(?:\{\{[<%][ \t]*+(?P<close>/?)[ \t]*+(?P<hugo>[A-Za-z]{2,12}+)(?![\w/.-])'
    r'(?P<said>[^\n]{0,500}?)[>%]\}\}'
    r'|\{%-?[ \t]*+(?P<end>(?:end)?)(?P<liquid>[a-z]{2,12}+)(?![\w/.-])(?P<told>[^\n]{0,500}?)-?%\})[ \t]*'
)
_SAID: Final = re.compile(
    r'(?:(?P<name>[\w-]{1,40}+)[ \t]*+=[ \t]*+)?'
    r'(?:"(?P<double>[^"]*)"|\'(?P<single>[^\']*)\'|(?P<bare>[^\s"\']++))'
)
_CAN_BREAK: Final = re.compile(r'[\w.,;:!?…。，；：！？”’"\')）》」]$')
_DEEPEST: Final = 8
"""Boxes within one another: each line of the innermost is written with as many marks."""


class Box(NamedTuple):
    """A box: its lines, from 0, and what stands at its edges."""

    start: int
    end: int
    indent: int
    heading: str
    """``[!kind] title``; empty: a quotation."""
    by: str
    """Whom a quotation is of."""


def boxes_of(lines: list[str]) -> list[Box]:
    """The boxes whose edges stand on lines of their own, inner ones before those around them."""
    found: list[Box] = []
    waiting: list[tuple[str, int, re.Match[str]]] = []
    open_: Counter[str] = Counter()
    for number, line in outside_fences(lines):
        edge = _EDGE.fullmatch(line) if '{' in line else None
        if edge is None:
            continue
        name = (edge['hugo'] or edge['liquid']).casefold()
        if name not in _NAMES or (edge['said'] or '').rstrip().endswith('/'):
            continue
        if not edge['close'] and not edge['end']:
            waiting.append((name, number, edge))
            open_[name] += 1
            continue
        while open_[name]:
            opened, start, opening = waiting.pop()
            open_[opened] -= 1
            if opened == name:
                if len(waiting) < _DEEPEST:
                    found.append(_box(name, start, number, opening))
                break
    return found


def draw_boxes(lines: list[str], boxes: list[Box]) -> None:
    """Write boxes as quotations and callouts; no line more or less."""
    for box in boxes:
        lines[box.start] = f'{" " * box.indent}> {box.heading}' if box.heading else ''
        lines[box.end] = ''
        if box.by:
            last = lines[box.end - 1]
            if _CAN_BREAK.search(last) and box.end - 1 > box.start:
                lines[box.end - 1] = f'{last}\\'
            lines[box.end] = f'{" " * box.indent}— {box.by}'
        for number in range(box.start + 1, box.end + bool(box.by)):
            line = lines[number]
            inside = not line[: box.indent].strip()
            lines[number] = f'{" " * box.indent}> {line[box.indent :]}' if inside else f'> {line}'


def _box(name: str, start: int, end: int, opening: re.Match[str]) -> Box:
    said = (opening['said'] or opening['told'] or '').strip()
    indent = len(opening['indent'].expandtabs(4))
    if name in _QUOTATIONS:
        return Box(start, end, indent, '', _person(said) if name in _OF_SOMEBODY else '')
    kind, title = _kind_and_title(name, said, bare_title=opening['liquid'] is not None)
    return Box(start, end, indent, f'[!{kind}] {title}'.rstrip(), '')


def _person(said: str) -> str:
    """Whom Hexo's ``blockquote`` or a theme's ``quote`` is of: its words, a link made of an address."""
    named = {match['name']: _value(match) for match in _SAID.finditer(said) if match['name']}
    if named:
        return ', '.join(named[name] for name in ('author', 'source', 'title') if named.get(name))
    return ' '.join(f'<{word}>' if _is_address(word) else word for word in said.strip('"\'').split())


def _is_address(word: str) -> bool:
    return word.startswith(('http://', 'https://')) and not set(word) & set('<>')


def _kind_and_title(name: str, said: str, *, bare_title: bool) -> tuple[str, str]:
    kind = name if name in CALLOUTS else ''
    titles: list[str] = []
    told = False
    for match in _SAID.finditer(said):
        value = _value(match)
        word = value.casefold()
        if match['name']:
            if match['name'].casefold() in {'type', 'color', 'style', 'class', 'level', 'kind'}:
                kind = word if word in CALLOUTS else kind
            elif match['name'].casefold() in {'title', 'header'}:
                titles = [value]
        elif not told and not titles and word in CALLOUTS:
            kind, told = word, True
        elif word not in _STYLES and 'fa-' not in word and (bare_title or not match['bare']):
            titles.append(value)
    return kind or 'note', ' '.join(titles)


def _value(match: re.Match[str]) -> str:
    return next(match[part] for part in ('double', 'single', 'bare') if match[part] is not None).strip()
