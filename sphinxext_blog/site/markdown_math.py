r"""LaTeX in Markdown as blogs write it, on top of the dollar and amsmath plugins of MyST-Parser.

What those leave out: ``$$`` right below a line of text, ``\begin{equation}`` in
the middle of one, ``\(…\)`` and ``\[…\]`` (with the doubled backslashes that
kramdown wants), ``|`` of a formula in a table, money. :func:`mend_latex` undoes
what exporters and other Markdown dialects did to the LaTeX itself.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any

from sphinxext_blog.importers.latex import DISPLAY_ENVIRONMENTS, inline_spans

if TYPE_CHECKING:
    from collections.abc import Callable

    from markdown_it import MarkdownIt
    from markdown_it.rules_block import StateBlock
    from markdown_it.rules_core import StateCore
    from markdown_it.rules_inline import StateInline
    from markdown_it.token import Token

__all__ = ['math_plugin', 'mend_latex', 'protect_tables']

_INTERRUPTS = ['paragraph', 'reference', 'blockquote', 'list', 'footnote_def']
_ROWS = re.compile(
    r'\\begin\{(?:aligned|align|alignat|gather|gathered|split|cases|array|eqnarray|[pbBvV]?(?:small)?matrix)\*?\}'
)
_LONE_ROW_END = re.compile(r'(?<!\\)\\[ \t]*\n')
_DOUBLE_ROW_END = re.compile(r'(?<!\\)\\{4}(?=[ \t]*(?:\n|$|\\end))')
_ESCAPED_SUBSCRIPT = re.compile(r'(?<=[\w})\]])\\([_^])(?=[\w{\\])')
_ENTITY = re.compile(r'&(?:lt|gt|amp|quot|#39|#x27);')
_BEGIN = re.compile(r'\\begin\{([A-Za-z]{1,12}\*?)\}')
_BRACKETS = {'\\(': '\\)', '\\[': '\\]', '\\\\(': '\\\\)', '\\\\[': '\\\\]'}
_DELIMITER_ROW = re.compile(r'[ \t>]*\|?[ \t]*:?-+:?[ \t]*(?:\|[ \t]*:?-+:?[ \t]*)*\|?[ \t]*')
_NO_OPENING = re.compile(r'\\.|`[^`]*`|(?<!\$)\$\$(?!\$)(?:[^$]|\$(?!\$))+\$\$', re.DOTALL)
_BACKQUOTED = re.compile('`[^`]+`')
_TWO_DOLLARS = re.compile(r'(?<!\$)\$\$(?!\$)')
_MATH_TOKENS = frozenset({'math_inline', 'math_inline_double', 'math_block', 'math_block_label', 'amsmath'})


def mend_latex(latex: str) -> tuple[str, list[str]]:
    r"""LaTeX without what exporters did to it, and what that was.

    A lone ``\`` at the end of a row was ``\\``; four of them were two; ``x\_1``
    was ``x_1``; ``&lt;`` was ``<``; ``\\{`` … ``\\}`` were ``\{`` … ``\}``.
    """
    done: list[str] = []
    if _ENTITY.search(latex):
        latex = html.unescape(latex)
        done.append('character references such as &lt;')
    if _ROWS.search(latex):
        if '\\\\' not in latex and _LONE_ROW_END.search(latex):
            latex = _LONE_ROW_END.sub(lambda _: '\\\\\n', latex)
            done.append('a single backslash at the end of a row')
        elif _DOUBLE_ROW_END.search(latex):
            latex = _DOUBLE_ROW_END.sub(lambda _: '\\\\', latex)
            done.append('four backslashes at the end of a row')
    if _ESCAPED_SUBSCRIPT.search(latex):
        latex = _ESCAPED_SUBSCRIPT.sub(r'\1', latex)
        done.append('an escaped _ or ^')
    if (count := latex.count('\\\\{')) and count == latex.count('\\\\}'):
        latex = latex.replace('\\\\{', '\\{').replace('\\\\}', '\\}')
        done.append('doubled backslashes before braces')
    return latex, done


def math_plugin(md: MarkdownIt, remark: Callable[[int, str], None]) -> None:
    """Add the rules to a parser that has the rules ``math_inline``, ``math_block`` and ``amsmath``.

    :param remark: called with the line (from 1; 0 when it is not known) and what was mended.
    """
    inner: Any = next(rule.fn for rule in md.inline.ruler.__rules__ if rule.name == 'math_inline')
    block: Any = next(rule.fn for rule in md.block.ruler.__rules__ if rule.name == 'math_block')
    md.inline.ruler.at('math_inline', _without_money(inner))
    md.block.ruler.at('math_block', _below_text(block), {'alt': _INTERRUPTS})
    md.inline.ruler.before('escape', 'blog_math', _bracketed)
    md.core.ruler.before('block', 'blog_tables', _tables)

    whole = [True]  # of what directives hold, which is parsed later, the lines are not known

    def mend(state: StateCore) -> None:
        for token in state.tokens:
            if token.type == 'fence' and token.info.strip() == 'math':
                token.type = 'math_block'  # as GitHub and GitLab have it
            line = token.map[0] + 1 if token.map and whole else 0
            if token.type == 'inline' and (at := _unclosed(token)) >= 0:
                remark(
                    line and line + token.content.count('\n', 0, at),
                    'a formula begins with $$ and does not end; write $$ behind it, or \\$ for a dollar sign',
                )
            for part in (token, *(token.children or ())):
                if part.type == 'math_inline' and _BACKQUOTED.fullmatch(part.content):
                    part.content = part.content[1:-1]  # as GitLab and GitHub have it
                if part.type in _MATH_TOKENS:
                    part.content, done = mend_latex(part.content)
                    if done:
                        remark(
                            line,
                            f'the formula had {", ".join(done)}; mended for this page, better in the source',
                        )
        whole.clear()

    md.core.ruler.push('blog_mend_math', mend)


def _unclosed(inline: Token) -> int:
    """Where a formula begins that does not end; -1 where there is none."""
    if '$$' not in inline.content:
        return -1
    texts = ''.join(part.content for part in inline.children or () if part.type == 'text')
    if not _TWO_DOLLARS.search(texts):
        return -1
    bare = _NO_OPENING.sub(lambda match: 'x' * len(match[0]), inline.content)
    return bare.rfind('$$') if _TWO_DOLLARS.search(bare) else -1


def _without_money(rule: Any) -> Any:
    def math_inline(state: StateInline, silent: bool) -> bool:
        start = state.pos
        if not rule(state, True):
            return False
        end, body = state.pos, state.src[start + 1 : state.pos - 1]
        state.pos = start
        if not body.startswith('$') and body:
            blank = body[0].isspace() != body[-1].isspace()
            if blank or (body[0].isdecimal() and state.src[end : end + 1].isdecimal()) or '\n\n' in body:
                return False
        return bool(rule(state, silent))

    return math_inline


def _below_text(rule: Any) -> Any:
    def math_block(state: StateBlock, start: int, end: int, silent: bool) -> bool:
        if not silent:
            tokens, line = len(state.tokens), state.line
            if rule(state, start, end, silent) and '$$' not in state.tokens[-1].content:
                return True
            del state.tokens[tokens:]
            state.line = line
            return False  # no formula, or several of one paragraph
        at = state.bMarks[start] + state.tShift[start]
        if not state.src.startswith('$$', at):
            return False
        # The first $$ of a formula that began in this very paragraph is open: this one closes it.
        if state.src.count('$$', state.bMarks[state.line], at) % 2:
            return False
        # The rule takes no notice of `silent`.
        tokens, line = len(state.tokens), state.line
        found = bool(rule(state, start, end, silent)) and '$$' not in state.tokens[-1].content
        del state.tokens[tokens:]
        state.line = line
        return found

    return math_block


def _bracketed(state: StateInline, silent: bool) -> bool:
    r"""``\(…\)``, ``\[…\]`` and bare environments inside a paragraph."""
    src, pos = state.src, state.pos
    if src[pos] != '\\':
        return False
    environment = _BEGIN.match(src, pos)
    if environment is not None:
        if environment[1] not in DISPLAY_ENVIRONMENTS:
            return False
        opener, closer = '', f'\\end{{{environment[1]}}}'
    else:
        opener = src[pos : pos + 3] if src[pos + 1 : pos + 2] == '\\' else src[pos : pos + 2]
        if opener not in _BRACKETS:
            return False
        closer = _BRACKETS[opener]
    # One search for each kind of closer that is not there keeps this linear.
    absent = state.env.setdefault('blog_no_closer', {})
    if absent.get(closer) == (id(src), len(src)):
        return False
    end = src.find(closer, pos + max(len(opener), 1))
    if end < 0:
        absent[closer] = (id(src), len(src))
        return False
    body = src[pos + len(opener) : end]
    if not body.strip():
        return False
    if not silent:
        if environment is not None:
            token = state.push('amsmath', 'math', 0)
            token.content = src[pos : end + len(closer)]
            token.meta = {
                'environment': environment[1].rstrip('*'),
                'numbered': '*' if environment[1].endswith('*') else '',
            }
        else:
            display = opener.endswith('[')
            token = state.push('math_inline_double' if display else 'math_inline', 'math', 0)
            token.content = body.strip()
            token.markup = '$$' if display else '$'
    state.pos = end + len(closer)
    return True


def _tables(state: StateCore) -> None:
    if '|' in state.src and '$' in state.src:
        state.src = protect_tables(state.src)


def protect_tables(text: str) -> str:
    r"""Write ``\vert`` for ``|`` in formulas of table rows, where a bar ends the cell.

    Only in rows that have too many cells, and not too few then.
    """
    lines = text.split('\n')
    cells = 0
    fence = ''
    for number, line in enumerate(lines):
        mark = re.match(r'[ \t>]*(`{3,}|~{3,})', line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = '' if fence else mark[1][:3]
        if fence:
            continue
        if '|' not in line:
            cells = 0
        elif '-' in line and _DELIMITER_ROW.fullmatch(line):
            cells = _cells(line)
            if number:
                lines[number - 1] = _protected(lines[number - 1], cells)
        elif cells:
            lines[number] = _protected(line, cells)
    return '\n'.join(lines)


def _protected(line: str, cells: int) -> str:
    if '$' not in line or _cells(line) == cells:
        return line
    pieces: list[str] = []
    at = 0
    for span in inline_spans(line):
        body = line[span.start : span.end]
        # A blank before a letter alone: one before the last dollar sign would make it money.
        body = re.sub(r'\\\|(?=([A-Za-z])?)', lambda bar: f'\\Vert{" " if bar[1] else ""}', body)
        body = re.sub(r'\|(?=([A-Za-z])?)', lambda bar: f'\\vert{" " if bar[1] else ""}', body)
        pieces += [line[at : span.start], body]
        at = span.end
    changed = ''.join([*pieces, line[at:]])
    return changed if cells <= _cells(changed) < _cells(line) else line


def _cells(line: str) -> int:
    bare = re.sub(r'\\\|', '', line.strip().lstrip('> \t'))
    return bare.removeprefix('|').removesuffix('|').count('|') + 1
