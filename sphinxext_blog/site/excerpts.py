"""The first words of a post, for lists and feeds: its formulas with them, those set apart, too."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinxext_blog.site.equation_rows import read_layout
from sphinxext_blog.site.excerpt_references import END, START, text_with_references
from sphinxext_blog.site.line_joins import join_lines
from sphinxext_blog.site.text import SHOWN

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_blog.site.front_matter import Fields

__all__ = ['excerpt_of', 'shorten']

_LENGTH: Final = 300
"""Characters of a paragraph."""
_LONGEST: Final = 2000
"""Characters of what the author ends with ``<!-- more -->``."""
_LONGEST_FORMULA: Final = 400
_MORE: Final = re.compile(r'<!--\s*more\b[^>]{0,200}-->|more', re.IGNORECASE)
_SENTENCE_END: Final = re.compile(r'[.!?。！？…]["”’\'»)）\]]*$')
_PARAGRAPHS: Final = (nodes.paragraph, nodes.line_block)
_PASSED_OVER: Final = (nodes.target, nodes.comment, nodes.substitution_definition)


def excerpt_of(section: nodes.Element, fields: Fields, default: int) -> str:
    """What lists show of a post.

    That is the text that its front matter tells, else the paragraphs before ``<!-- more -->``,
    else the first ones: as many as its front matter tells, or *default*.
    """
    told = fields['excerpt'].text if 'excerpt' in fields else ''
    if told and not told.isdecimal():
        return join_lines(told)
    # a number is ABlog's count of paragraphs
    count = int(told[:6]) if told else default  # of thousands of digits Python makes no number
    if not count:
        return ''
    end = None if told else next(filter(_is_end, section.findall()), None)
    if end is not None:
        return shorten(' '.join(_before(section, end)), _LONGEST)
    return shorten(' '.join(_first(section, count)), _LENGTH * count)


def _is_end(node: nodes.Node) -> bool:
    """Whether the author ends the excerpt here, as Hugo, Hexo and WordPress have it."""
    return isinstance(node, (nodes.raw, nodes.comment)) and _MORE.fullmatch(node.astext().strip()) is not None


def _before(section: nodes.Element, end: nodes.Node) -> Iterator[str]:
    for node in section.findall():
        if node is end:
            return
        if isinstance(node, nodes.math_block) and _is_own(node):
            yield _formula(node) or '…'
        elif isinstance(node, _PARAGRAPHS) and _is_own(node):
            if end in node.children:
                yield text_with_references(
                    nodes.paragraph('', '', *node.deepcopy().children[: node.index(end)])
                )
                return
            yield _text(node)


def _first(section: nodes.Element, count: int) -> Iterator[str]:
    taken: list[nodes.Node] = []
    for paragraph in section.findall(lambda node: isinstance(node, _PARAGRAPHS)):
        assert isinstance(paragraph, nodes.Element)  # noqa: S101 (for the type checker)
        if not _is_own(paragraph) or paragraph in taken:
            continue
        text = _sentence(paragraph, taken)
        if text:
            yield text
            count -= 1
        if not count:
            return


def _is_own(node: nodes.Element) -> bool:
    """Whether a block stands in the text itself, and not in a box or a list."""
    return isinstance(node.parent, (nodes.section, nodes.document)) and 'blog-caption' not in node['classes']


def _sentence(paragraph: nodes.Element, taken: list[nodes.Node]) -> str:
    """A paragraph, with the formulas set apart that its sentence goes on to, and what follows them.

    :param taken: is added what was taken besides it.
    """
    parts = [_text(paragraph)]
    following = _following(paragraph)
    while parts[0] and not _SENTENCE_END.search(parts[-1]) and sum(map(len, parts)) < _LENGTH:
        node = next(following, None)
        if not isinstance(node, nodes.math_block):
            break
        latex = _formula(node)
        if not latex:
            parts.append('…')
            break
        parts.append(latex)
        if latex.rstrip('$ }').endswith(('.', '。')):
            break
        node = next(following, None)
        text = _text(node) if isinstance(node, _PARAGRAPHS) else ''
        if not text or text[0].isupper():
            break  # another sentence, though no full stop ended the first
        assert node is not None  # noqa: S101 (for the type checker)
        taken.append(node)
        parts.append(text)
    return ' '.join(filter(None, parts))


def _text(block: nodes.Element) -> str:
    """The text of a paragraph, or of lines that their author ended."""
    if isinstance(block, nodes.line_block):
        return ' '.join(text_with_references(line) for line in block.findall(nodes.line))
    return text_with_references(block)


def _following(node: nodes.Element) -> Iterator[nodes.Node]:
    parent = node.parent
    siblings = parent.children[parent.index(node) + 1 :]
    return (sibling for sibling in siblings if not isinstance(sibling, _PASSED_OVER))


def _formula(block: nodes.math_block) -> str:
    """A formula set apart as one in the line, without its numbers; empty when it is too long for that."""
    latex = str(block.get(SHOWN) or block.astext())
    layout = read_layout(latex)
    rows: list[str] = []
    for row in layout.rows:
        text, at = '', row.start
        for start, end in layout.directions:
            if row.start <= start < row.end:
                text += latex[at:start]
                at = max(at, end)
        text += latex[at : row.end]
        if '\\begin' not in text and '\\\\' in text:
            text = f'\\begin{{aligned}}{text}\\end{{aligned}}'
        elif '\\begin' not in text:
            text = text.replace('&', ' ')
        text = ' '.join(text.split())
        rows.append(f'${text}$')
    if not rows or '$' in latex or '%' in latex or sum(map(len, rows)) > _LONGEST_FORMULA:
        return ''
    return ' '.join(rows)


def shorten(text: str, length: int) -> str:
    """*text* cut to *length* characters: after a sentence, else a clause, else a word; never in a formula."""
    if len(text) <= length:
        return text
    cut = length
    for marks in ('。！？!?', '；;，,、', ' '):
        best = max(text.rfind(mark, length // 2, length) for mark in marks)
        if best > 0:
            cut = best + 1
            break
    if text.count(START, 0, cut) > text.count(END, 0, cut):
        cut = text.rfind(START, 0, cut)
    if text[:cut].count('$') % 2:
        before, after = text.rfind('$', 0, cut), text.find('$', cut)
        cut = after + 1 if 0 < after < length + 200 else before
    return text[:cut].rstrip(' ，,、；;') + '…'
