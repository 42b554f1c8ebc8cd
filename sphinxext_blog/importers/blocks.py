"""Lines of an entry -> paragraphs, headings, captions and display formulas.

Two layouts occur: blocks between blank lines, inside which a line break is a
break around a formula; and one paragraph a line without blank lines.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext_blog.importers.latex import display_spans
from sphinxext_blog.importers.model import Block
from sphinxext_blog.importers.titles import display_width, ends_like_a_sentence

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.importers.model import BlockKind

__all__ = ['Line', 'Unit', 'make_blocks', 'split_units']

_CAPTION_WIDTH = 300
_HEADING_WIDTH = 60
_PUNCTUATION = re.compile(r'[。、…,;!?:|\uff0c\uff1b\uff01\uff1f\uff1a]|\.(?:\s|$)')
_LIST_ITEM = re.compile(
    r'(?:\d{1,3}|[一二三四五六七八九十]{1,3}|[a-zA-Z])(?:[、)\uff09]|[.)]\s|[.\uff0e](?=[^\W\d_]))|[-*+•·◦▪]\s?'
)
_WRAP_WIDTH = 50
_BREAK = re.compile(r'[.!?:;。…]["\')”’]?$')


@dataclass(frozen=True, slots=True)
class Line:
    """A line of the source."""

    number: int
    text: str


@dataclass(frozen=True, slots=True)
class Unit:
    """A line of text or a display formula, before its role is known."""

    text: str
    line: int
    is_math: bool
    alone: bool
    """It stands by itself between blank lines, or the entry has one paragraph a line."""


def split_units(lines: Sequence[Line]) -> list[Unit]:
    """Cut the lines of an entry into text lines and display formulas."""
    text = '\n'.join(line.text for line in lines)
    found: list[tuple[str, int, bool, int]] = []  # text, line, math?, number of the block
    index = block = 0
    at = 0
    blank = False

    def add_text(piece: str) -> None:
        nonlocal index, block, blank
        parts = piece.split('\n')
        for nth, part in enumerate(parts):
            if nth:
                index += 1
                blank = True if not part.strip() and nth < len(parts) - 1 else blank
            if part.strip():
                block += blank
                blank = False
                found.append((part.strip(), lines[index].number, False, block))

    for span in display_spans(text):
        add_text(text[at : span.start])
        block += blank
        blank = False
        found.append((span.body, lines[index].number, True, block))
        index += text.count('\n', span.start, span.end)
        at = span.end
    add_text(text[at:])
    return _as_units(found)


def _as_units(found: list[tuple[str, int, bool, int]]) -> list[Unit]:
    sizes: dict[int, int] = {}
    texts = 0
    for _, _, is_math, block in found:
        sizes[block] = sizes.get(block, 0) + 1
        texts += not is_math
    paragraph_a_line = len(sizes) * 2 <= texts
    units: list[Unit] = []
    previous = -1
    for text, line, is_math, block in found:
        last = units[-1] if units and block == previous else None
        if last and not is_math and not last.is_math and _is_wrapped(last.text, text):
            units[-1] = Unit(f'{last.text} {text}', last.line, is_math=False, alone=last.alone)
        else:
            units.append(Unit(text, line, is_math, paragraph_a_line or sizes[block] == 1))
        previous = block
    return units


def _is_wrapped(before: str, after: str) -> bool:
    """Whether a line break is only the width of an editor: Latin text that goes on in lower case."""
    return (
        after[0].isascii()
        and after[0].islower()
        and len(before) >= _WRAP_WIDTH
        and before[-40:].isascii()
        and not _BREAK.search(before[-3:])
    )


def make_blocks(units: Sequence[Unit]) -> tuple[Block, ...]:
    """Decide what each unit is.

    A short text that stands twice in a row is the caption of a picture, kept
    once. A heading is a short line without punctuation, alone, and followed by
    text; three such lines in a row are rather a list than headings.
    """
    merged: list[tuple[Unit, bool]] = []  # unit, is it a caption?
    for unit in units:
        if merged and _is_doubled(merged[-1][0], unit):
            merged[-1] = (unit, True)
        else:
            merged.append((unit, False))
    blocks: list[Block] = []
    for nth in range(len(merged) - 1, -1, -1):
        unit, caption = merged[nth]
        if unit.is_math:
            kind: BlockKind = 'math'
        elif caption:
            kind = 'caption'
        else:
            kind = 'heading' if _is_heading(merged, nth, blocks) else 'paragraph'
        blocks.append(Block(kind, unit.text))
    return tuple(reversed(blocks))


def _is_heading(merged: list[tuple[Unit, bool]], nth: int, after: list[Block]) -> bool:
    """Whether a unit is a heading; ``after`` are the blocks that follow it, the nearest last."""
    run = 0  # candidates in a row around this one, counted no further than needed
    while run < 3 and nth - run >= 0 and _is_candidate(merged, nth - run):
        run += 1
    below = 0
    while below < 3 and nth + below + 1 < len(merged) and _is_candidate(merged, nth + below + 1):
        below += 1
    if not run or run + below > 2 or not after or after[-1].kind == 'math':
        return False
    return below == 0 or after[-1].kind == 'heading'


def _is_candidate(merged: list[tuple[Unit, bool]], nth: int) -> bool:
    unit, caption = merged[nth]
    leads_to_math = nth + 1 < len(merged) and merged[nth + 1][0].is_math
    return not caption and not leads_to_math and _looks_like_heading(unit)


def _is_doubled(first: Unit, second: Unit) -> bool:
    return (
        first.text == second.text
        and not second.is_math
        and first.is_math == second.is_math
        and len(second.text) <= _CAPTION_WIDTH
    )


def _looks_like_heading(unit: Unit) -> bool:
    text = unit.text
    return (
        unit.alone
        and not unit.is_math
        and len(text) <= _HEADING_WIDTH
        and display_width(text) <= _HEADING_WIDTH
        and any(c.isalpha() for c in text)
        and not text.startswith(('$', '\\'))
        and not _PUNCTUATION.search(text)
        and not _LIST_ITEM.match(text)
        and not ends_like_a_sentence(text)
    )
