"""What note-takers write beyond CommonMark: callouts, comments, marked words, notes and tags in the line.

Callouts are those of Obsidian, of which GitHub's alerts are five: a quotation
that begins with ``[!tip]`` and may have a title. Comments, ``%% … %%``, are for
the author alone. Neither MyST-Parser nor mdit-py-plugins has rules for them
(MyST's ``alert`` knows GitHub's kinds, without titles).
"""

from __future__ import annotations

import re
from collections import defaultdict
from typing import TYPE_CHECKING, Any, Final

from markdown_it.token import Token
from mdit_py_plugins.footnote.index import footnote_inline

if TYPE_CHECKING:
    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline

__all__ = ['CALLOUTS', 'notes_plugin', 'tags_plugin']

CALLOUTS: Final = {
    'note': 'note', 'info': 'note', 'todo': 'note', 'abstract': 'note', 'summary': 'note', 'tldr': 'note',
    'example': 'note', 'question': 'note', 'help': 'note', 'faq': 'note', 'quote': 'note', 'cite': 'note',
    'tip': 'tip', 'success': 'tip', 'check': 'tip', 'done': 'tip', 'hint': 'hint', 'important': 'important',
    'warning': 'warning', 'attention': 'attention', 'caution': 'caution', 'danger': 'danger',
    'error': 'error', 'failure': 'error', 'fail': 'error', 'missing': 'error', 'bug': 'error',
}  # fmt: skip
"""Kind of a callout -> the admonition that it is; a kind of the author's own is a note."""

_CALLOUT: Final = re.compile(r'\[!([A-Za-z\u0080-\uffff][\w|-]{0,40})\]([+-]?)[ \t]*([^\n]*)\n?')
_BLOCK_ID: Final = re.compile(r'(?:^|(?<=\S)[ \t\n]{1,8})\^([A-Za-z][\w-]{0,60}|[0-9a-f]{6})[ \t]*\Z')
"""Obsidian makes up six digits where the author gives no name."""
_TAG: Final = re.compile(r'#((?:[^\W_]|[-_/])*[^\W\d_](?:\w|[-/])*)')
"""As Obsidian has them: no blank, and no number alone."""
_MARKED: Final = re.compile(r'==(?![\s=])([^=\n]{1,500})(?<!\s)==(?!=)')


def notes_plugin(md: MarkdownIt) -> None:
    """Add the rules to a parser."""
    md.core.ruler.after('block', 'blog_callouts', _callouts)
    md.block.ruler.before(
        'fence', 'blog_comment', _comment_block, {'alt': ['paragraph', 'blockquote', 'list']}
    )
    md.inline.ruler.before('escape', 'blog_comment', _comment)
    md.inline.ruler.before('escape', 'blog_mark', _mark)
    md.core.ruler.after('block', 'blog_block_ids', _block_ids)
    # MyST-Parser leaves this rule out, since it lets no note be collected at the end
    md.inline.ruler.after('image', 'footnote_inline', footnote_inline)
    md.core.ruler.push('blog_inline_notes', _inline_notes)


def tags_plugin(md: MarkdownIt) -> None:
    """Let ``#tag`` in the text be a tag of the note."""
    md.inline.ruler.before('escape', 'blog_tag', _tag)


def _tag(state: StateInline, silent: bool) -> bool:
    before = state.src[state.pos - 1 : state.pos]
    match = _TAG.match(state.src, state.pos) if not before.strip() and not state.linkLevel else None
    if match is None:
        return False
    if not silent:
        token = state.push('blog_tag', '', 0)
        token.content = match[1].strip('/')
    state.pos = match.end()
    return True


def _inline_notes(state: StateCore) -> None:
    """Write ``^[words]`` as a footnote whose text stands at the end."""
    notes: Any = state.env.get('footnotes', {}).get('list', {})
    waiting = [token for token in state.tokens if token.type == 'inline']
    for inline in waiting:  # it grows: a note may hold notes
        for token in inline.children or ():
            number: Any = token.meta.get('id') if token.type == 'footnote_ref' else None
            if number not in notes or 'label' in token.meta:
                continue
            label = f'inline-note-{number + 1}'
            token.meta = {'label': label}
            made = Token('inline', '', 0, level=2, block=True, map=inline.map)
            # without content, of which the parser would make more children
            made.children = notes[number]['tokens']
            waiting.append(made)
            state.tokens += [
                Token('footnote_reference_open', '', 1, block=True, map=inline.map, meta={'label': label}),
                Token('paragraph_open', 'p', 1, level=1, block=True, map=inline.map),
                made,
                Token('paragraph_close', 'p', -1, level=1, block=True),
                Token('footnote_reference_close', '', -1, block=True),
            ]


def _callouts(state: StateCore) -> None:
    open_: list[int] = []
    found: list[tuple[int, re.Match[str]]] = []
    for number, token in enumerate(state.tokens):
        if token.type == 'blockquote_open':
            open_.append(number)
        elif token.type == 'blockquote_close' and open_:
            start = open_.pop()
            following = state.tokens[start + 1 : start + 3]
            if [part.type for part in following] == ['paragraph_open', 'inline'] and (
                match := _CALLOUT.match(following[1].content)
            ):
                token.type = 'blog_callout_close'
                found.append((start, match))
    for start, match in sorted(found, key=lambda one: -one[0]):  # so that places before it stay
        _make_callout(state.tokens, start, match)


def _make_callout(tokens: list[Token], start: int, match: re.Match[str]) -> None:
    title = match[3].strip()
    opening = tokens[start]
    opening.type = 'blog_callout_open'
    opening.meta = {
        'kind': match[1].partition('|')[0].casefold(),
        'folded': match[2] == '-',
        'titled': bool(title),
    }
    inline = tokens[start + 2]
    inline.content = inline.content[match.end() :]
    if not inline.content.strip():
        del tokens[start + 1 : start + 4]
    if title:
        level = opening.level + 1
        tokens[start + 1 : start + 1] = [
            Token('blog_title_open', 'p', 1, level=level, block=True, map=opening.map),
            Token('inline', '', 0, level=level + 1, content=title, children=[], map=opening.map),
            Token('blog_title_close', 'p', -1, level=level, block=True),
        ]


def _comment_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
    """Lines from ``%%`` to the next ``%%``; without one, what MyST takes it for."""
    if state.is_code_block(start) or not _line(state, start).startswith('%%'):
        return False
    first = _line(state, start)
    last = start
    if '%%' not in first[2:]:
        absent: Any = state.env
        if absent.get('blog_no_comment_end', end) <= start:
            return False  # so that many openings without an end take linear time
        last = next((line for line in range(start + 1, end) if '%%' in _line(state, line)), -1)
        if last < 0:
            absent['blog_no_comment_end'] = start
            return False
    if not silent:
        state.line = last + 1
        if behind := _line(state, last).rpartition('%%')[2].strip():
            _paragraph(state, last, behind)  # of MyST it would be a comment to the end of the line
    return True


def _paragraph(state: StateBlock, line: int, text: str) -> None:
    place = [line, line + 1]
    state.push('paragraph_open', 'p', 1).map = place
    inline = state.push('inline', '', 0)
    inline.content, inline.map, inline.children = text, place, []
    state.push('paragraph_close', 'p', -1)


def _block_ids(state: StateCore) -> None:
    """``^name`` at the end of a block is its name, and not shown; alone, that of the block before."""
    tokens = state.tokens
    named: defaultdict[int, list[str]] = defaultdict(list)
    alone: set[int] = set()
    for number, token in enumerate(tokens):
        if token.type != 'inline' or '^' not in token.content or tokens[number - 1].type != 'paragraph_open':
            continue
        match = _BLOCK_ID.search(token.content)
        if match is None:
            continue
        token.content = token.content[: match.start()]
        if token.content:
            named[number - 1].append(match[1])
        else:
            alone.update((number - 1, number, number + 1))
            named[_beginning(tokens, number - 2)].append(match[1])
    if not named:
        return
    state.tokens = []
    for number, token in enumerate(tokens):
        if number in named:
            meta = {'names': named[number]}
            state.tokens.append(Token('blog_block', '', 0, level=token.level, map=token.map, meta=meta))
        if number not in alone:
            state.tokens.append(token)


def _beginning(tokens: list[Token], end: int) -> int:
    """The first token of the block whose last one is at *end*; -1 when none ends there."""
    if end < 0 or tokens[end].nesting == 1:
        return -1
    level = tokens[end].level
    start = end
    while tokens[end].nesting and not (tokens[start].nesting == 1 and tokens[start].level == level):
        start -= 1
    return start


def _line(state: StateBlock, number: int) -> str:
    return state.src[state.bMarks[number] + state.tShift[number] : state.eMarks[number]]


def _comment(state: StateInline, silent: bool) -> bool:
    del silent  # nothing is pushed
    if not state.src.startswith('%%', state.pos):
        return False
    end = state.src.find('%%', state.pos + 2)
    if end < 0:
        return False
    state.pos = end + 2
    return True


def _mark(state: StateInline, silent: bool) -> bool:
    """``==words==``, where no word or sign touches it from outside: ``a==b`` is none."""
    match = _MARKED.match(state.src, state.pos)
    if match is None or _touches(state.src, state.pos - 1) or _touches(state.src, match.end()):
        return False
    if not silent:
        state.push('blog_mark_open', 'mark', 1)
        maximum, state.pos, state.posMax = state.posMax, match.start(1), match.end(1)
        state.md.inline.tokenize(state)
        state.posMax = maximum
        state.push('blog_mark_close', 'mark', -1)
    state.pos = match.end()
    return True


def _touches(text: str, place: int) -> bool:
    return 0 <= place < len(text) and text[place].isascii() and (text[place].isalnum() or text[place] in '=_')
