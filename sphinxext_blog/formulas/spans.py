"""Where the formulas of a plain text are."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

__all__ = ['Span', 'split_math']

_DOLLARS = re.compile(r'\$+')


class Span(NamedTuple):
    """A stretch of text that is either prose or one formula."""

    text: str
    math: bool
    display: bool = False


def split_math(text: str) -> Iterator[Span]:
    r"""Cut a text at its formulas: ``$…$``, ``$$…$$``; ``\$`` is a dollar sign.

    As in Pandoc, an opening ``$`` stands before and a closing one after
    something that is no space, and no digit follows the closing one, so that
    “$5 and $10” is prose.
    """
    prose: list[str] = []
    position = 0
    closes: dict[str, bool] = {'$': True, '$$': True}
    while position < len(text):
        start = text.find('$', position)
        if start < 0:
            break
        if start and text[start - 1] == '\\' and start > position:
            prose.append(text[position : start - 1] + '$')
            position = start + 1
            continue
        run = _DOLLARS.match(text, start)
        fence = run[0] if run else '$'
        end = _closing_dollar(text, start + len(fence), fence) if closes.get(fence, False) else -1
        if end == -1 and fence in closes:
            closes[fence] = False  # nor will a later one find its partner
        if end < 0:
            prose.append(text[position : start + len(fence)])
            position = start + len(fence)
            continue
        prose.append(text[position:start])
        if any(prose):
            yield Span(''.join(prose), math=False)
        prose = []
        yield Span(text[start + len(fence) : end].strip(), math=True, display=fence == '$$')
        position = end + len(fence)
    prose.append(text[position:])
    if any(prose):
        yield Span(''.join(prose), math=False)


def _closing_dollar(text: str, start: int, fence: str) -> int:
    """Where the formula that begins at ``start`` ends; -1 when nothing closes it, -2 when it is none."""
    if fence == '$' and text[start : start + 1].isspace():
        return -2
    end = start
    while (end := text.find(fence, end)) >= 0:
        if text[end - 1] != '\\':
            break
        end += 1
    if end < 0:
        return -1
    body = text[start:end]
    if not body.strip() or '\n\n' in body:
        return -2
    after = text[end + 1 : end + 2]
    if fence == '$' and (body[-1].isspace() or after.isdecimal()):
        return -2
    return end
