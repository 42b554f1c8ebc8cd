"""Addresses that stand bare in Markdown: a link, and a mention of the post that they lead to.

So have it GitHub, Hugo, Hexo and Obsidian. The rules for where an address ends are GitHub's, and
those of text without blanks: ``见https://example.org/a。`` ends before 。, and Chinese
characters are part of an address only where a part of its path begins with them; hosts are ASCII. (Both the
plugin of mdit-py-plugins and linkify take all up to the next blank.)
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_inline import StateInline

__all__ = ['addresses_plugin']

_SCHEME: Final = re.compile(r'(?:^|[^0-9A-Za-z])(https?)$', re.IGNORECASE)
_ADDRESS: Final = re.compile(
    r'://(?>[0-9A-Za-z](?:[0-9A-Za-z.-]{0,252}[0-9A-Za-z])?)(?::\d{1,5}(?!\d))?(?!:\d)'
    r'(?:[/?#](?:[!-;=?-Z\[\]_a-z|~]|(?<=[/=_-])[^\W\x00-\x7f]{1,99})*+)?'
)
"""Without ``<``, ``>``, ``\\``, ``^``, backquotes and braces, of which nobody knows whose they are."""
_AFTER: Final = '?!.,:;*_~\'"'
_LONGEST: Final = 2000


def addresses_plugin(md: MarkdownIt) -> None:
    """Add the rule to a parser."""
    md.inline.ruler.push('blog_addresses', _address)


def _address(state: StateInline, silent: bool) -> bool:
    # Within the words of a link, which are skipped silently, it is none.
    if silent or state.linkLevel > 0 or not state.src.startswith('://', state.pos):
        return False
    before = _SCHEME.search(state.pending[-6:])
    match = before and _ADDRESS.match(state.src, state.pos, min(state.posMax, state.pos + _LONGEST))
    if not before or not match:
        return False
    scheme, rest = before[1], _trimmed(match[0])
    href = state.md.normalizeLink(scheme + rest)
    if not state.md.validateLink(href):
        return False
    state.pending = state.pending[: -len(scheme)]
    opening = state.push('link_open', 'a', 1)
    opening.attrs = {'href': href}
    opening.markup, opening.info = 'autolink', 'auto'
    state.push('text', '', 0).content = scheme + rest
    closing = state.push('link_close', 'a', -1)
    closing.markup, closing.info = 'autolink', 'auto'
    state.pos += len(rest)
    return True


def _trimmed(address: str) -> str:
    """An address without the marks of the sentence behind it."""
    closing = {')': address.count(')') - address.count('('), ']': address.count(']') - address.count('[')}
    end = len(address)
    while address[end - 1] in _AFTER or closing.get(address[end - 1], 0) > 0:
        end -= 1
        if address[end] in closing:
            closing[address[end]] -= 1
    return address[:end]
