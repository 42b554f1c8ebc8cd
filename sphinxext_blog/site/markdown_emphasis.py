"""``**words**`` beside Chinese, Japanese and Korean marks.

CommonMark tells the beginning of emphasis from its end by blanks and marks around the
asterisks, and these scripts have no blanks: in ``**注意：**这是`` the second ``**`` ends
nothing, so that it begins something, and all that follows is bold the wrong way round
(https://github.com/commonmark/commonmark-spec/issues/650). The remedy is that of the
amendment proposed there: beside a character of these scripts a mark says nothing.
The plugin for it that markdown-it-py has wants its versions before 4.
"""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, Any

from markdown_it.common.utils import isMdAsciiPunct, isPunctChar, isWhiteSpace

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

__all__ = ['emphasis_plugin']


def emphasis_plugin(md: MarkdownIt) -> None:
    """Let asterisks and tildes mean beside such characters what their author sees in them."""
    for name in ('emphasis', 'strikethrough'):
        rule = next((rule for rule in md.inline.ruler.__rules__ if rule.name == name), None)
        if rule is not None:
            md.inline.ruler.at(name, _beside_cjk(rule.fn))


def _beside_cjk(rule: Any) -> Any:
    def delimit(state: StateInline, silent: bool) -> bool:
        start, known = state.pos, len(state.delimiters)
        if not rule(state, silent):
            return False
        if state.src[start] == '_':
            return True  # within a word it is no emphasis, and no blank says where words end
        before = state.src[start - 1 : start] or ' '
        after = state.src[state.pos : state.pos + 1] if state.pos < state.posMax else ' '
        cjk_before, cjk_after = _is_cjk(before), _is_cjk(after)
        if not (cjk_before or cjk_after):
            return True
        blank_before, blank_after = isWhiteSpace(ord(before)), isWhiteSpace(ord(after))
        mark_before = not cjk_before and _is_mark(before)
        mark_after = not cjk_after and _is_mark(after)
        for delimiter in state.delimiters[known:]:
            delimiter.open = not blank_after and (not mark_after or blank_before or mark_before or cjk_before)
            delimiter.close = not blank_before and (not mark_before or blank_after or mark_after or cjk_after)
        return True

    return delimit


def _is_mark(character: str) -> bool:
    return isMdAsciiPunct(ord(character)) or isPunctChar(character)


def _is_cjk(character: str) -> bool:
    """Whether a character is one of these scripts, or one of their marks."""
    # Emoji are as wide, and are none of them.
    wide = unicodedata.east_asian_width(character) in {'W', 'F', 'H'}
    return wide and unicodedata.category(character) != 'So'
