"""What Jekyll's posts hold beyond CommonMark: its parser is kramdown.

Lists of attributes (``{: .class}``) are left out, as is the table of contents that one of
them asks for; they say how something looks and nothing else. Of pictures the size stays. ``$$…$$`` within a
paragraph is a formula of the line, where other parsers set it apart.
"""

from __future__ import annotations

import re
from pathlib import PurePosixPath
from typing import TYPE_CHECKING, Final

from sphinxext_blog.site.markdown_fences import outside_fences

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

__all__ = ['inline_dollars', 'is_jekylls', 'without_attributes']

_DATED: Final = re.compile(r'\d{4}-\d{1,2}-\d{1,2}-.')
_OF_A_BLOCK: Final = re.compile(r'[ \t]*\{::?[^{}\n]{0,300}\}[ \t]*')
_OF_A_SPAN: Final = re.compile(r'(?<=[)*_`\]])\{:[ \t]*(?:[.#][\w-]|[\w-]{1,40}=["\'])[^{}\n]{0,300}\}')
_PICTURE_BEFORE: Final = re.compile(r'!\[[^\[\]]*\]\([^()]*\)$')
_SIDE: Final = re.compile(r'\b(width|height)=["\'](\d{1,5}(?:\.\d{1,3})?(?:px|em|rem|%)?)["\']')
_CONTENTS: Final = re.compile(r'[ \t]*\{:[ \t]*(?:\.[\w-]+[ \t]+)*toc\b[^{}\n]{0,300}\}[ \t]*')
_ITEM: Final = re.compile(r'[ \t]*(?:[*+-]|\d{1,3}\.)[ \t]')


def is_jekylls(docname: str) -> bool:
    """Whether a post is called and placed as Jekyll wants it: ``_posts/2014-12-08-name``."""
    path = PurePosixPath(docname)
    return '_posts' in path.parts[:-1] and _DATED.match(path.name) is not None


def without_attributes(text: str) -> str:
    """The text without lists of attributes; no line more or less."""
    if '{:' not in text:
        return text
    lines = text.split('\n')
    for number, line in outside_fences(lines):
        if '{:' not in line:
            continue
        if _CONTENTS.fullmatch(line) and number and _ITEM.match(lines[number - 1]):
            lines[number - 1] = ''
        lines[number] = '' if _OF_A_BLOCK.fullmatch(line) else _OF_A_SPAN.sub(_size, line)
    return '\n'.join(lines)


def _size(match: re.Match[str]) -> str:
    """The size in a list of attributes, as MyST-Parser has it behind a picture."""
    if not _PICTURE_BEFORE.search(match.string[max(match.start() - 500, 0) : match.start()]):
        return ''
    found = ' '.join(f'{name}={length}' for name, length in dict(_SIDE.findall(match[0])).items())
    return f'{{{found}}}' if found else ''


def inline_dollars(md: MarkdownIt) -> None:
    """Let ``$$…$$`` beside other words of its paragraph be a formula of the line."""
    md.core.ruler.push('blog_inline_dollars', _inline_dollars)


def _inline_dollars(state: StateCore) -> None:
    for token in state.tokens:
        children = token.children or []
        if any(child.type != 'math_inline_double' and child.content.strip() for child in children):
            for child in children:
                if child.type == 'math_inline_double':
                    child.type, child.markup = 'math_inline', '$'
