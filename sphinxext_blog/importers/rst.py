"""A document -> reStructuredText that reproduces its text exactly.

Every character that could be markup is escaped, every formula becomes a role
or a directive, every paragraph stands on one line (a line break would become a
blank between Chinese characters). docutils refuses lines of more than 10,000
characters; longer ones are broken where the reader gets the same text.
"""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from sphinxext_blog.importers.latex import DISPLAY_ENVIRONMENTS, display_spans, inline_spans
from sphinxext_blog.importers.titles import display_width

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_blog.importers.document import Document
    from sphinxext_blog.importers.model import Block

__all__ = ['broken', 'display', 'escape', 'inline', 'role', 'start_of_block', 'write']

_LINE_LIMIT = 9000
# Smart quotes change dashes and dots too, take a literal backslash before these
# for an escape, and five character references for the characters. docutils makes links of
# addresses in plain text, also of those that are scripts.
_MARKUP = re.compile(
    r'[\\*`_|"\']|-(?=-)|(?<=[-\\])-|\.(?= ?\.)|(?<=[.\\])\.|(?<=\. )\.|(?<=&)#(?=(?:34|39|45|46|92|96);)'
    r'|(?:(?<=script)|(?<=data)):',
    re.IGNORECASE,
)
_UNWANTED = re.compile(r'[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]')
_SPACE = re.compile(r'[\t\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]+')
_ENUMERATOR = re.compile(r'\(?(?:[0-9]+|[A-Za-z]|[ivxlcdmIVXLCDM]+|#)[.)](?:\s|$)')
_RST_TOKEN = re.compile(r'\\ (?::math:`[^`]*`\\ )?|(?:\\[^ ]){1,200}|[^\\\s]{1,400}|\s{1,400}')
_LATEX_TOKEN = re.compile(r'\\[A-Za-z]+\*?|\\.|\s+|.', re.DOTALL)
_ENVIRONMENT = re.compile(r'\\begin ?\{([A-Za-z]+\*?)\}')


def write(document: Document) -> str:
    """The whole document: metadata, title, blocks; ends in a line end.

    The metadata is a field list before the title, which Sphinx reads into
    ``env.metadata`` and does not show.
    """
    parts = ['\n'.join(_fields(document)), _title(document.title)]
    parts += [part for block in document.blocks for part in _block(block)]
    return _UNWANTED.sub('\ufffd', '\n\n'.join(parts)) + '\n'


def _fields(document: Document) -> Iterator[str]:
    yield ':blogpost: false' if document.page else ':blogpost: true'
    if document.page:
        yield ':orphan:'
    aliases = document.aliases
    if _fitting_title(document.title) != document.title:
        aliases = (document.title, *aliases)
    fields = (
        ('date', document.date.isoformat() if document.date else ''),
        ('updated', document.updated.isoformat() if document.updated else ''),
        ('author', document.author),
        ('readers', '' if document.readers is None else str(document.readers)),
        ('sources', ', '.join(name.replace(',', '%2C') for name in document.sources)),
        # An alias may hold the separator itself: no-break spaces keep it one alias.
        ('aliases', ' | '.join(alias.replace(' | ', '\xa0|\xa0') for alias in aliases)),
        ('title-derived', 'true' if document.title_derived else ''),
        ('tags', _listed(document.tags)),
        ('categories', _listed(document.categories)),
        ('series', document.series),
        ('series-index', '' if document.series_index is None else str(document.series_index)),
        ('url', _listed(tuple(filter(None, (document.url, *document.urls))))),
        ('slug', document.slug),
        ('excerpt', document.excerpt),
        ('image', document.image),
        ('draft', 'true' if document.draft else ''),
        ('language', document.language),
    )
    for name, value in fields:
        if value:
            yield f':{name}: {broken(start_of_block(escape(_flat(value))), "   ")}'


def _listed(items: tuple[str, ...]) -> str:
    """Items with commas between them; those that hold a separator make it a list in JSON."""
    if any(set(item) & set(',;，；、[') for item in items):
        return json.dumps(items, ensure_ascii=False)
    return ', '.join(items)


def _title(title: str) -> str:
    text = inline(_flat(_fitting_title(title)))
    line = '=' * max(display_width(text), 4)
    return f'{line}\n{text}\n{line}'


def _fitting_title(title: str) -> str:
    """The title, cut if its line would be too long for docutils: a heading can't be broken."""
    while display_width(inline(_flat(title))) > _LINE_LIMIT:
        cut = min(_LINE_LIMIT, len(title)) // 2
        for span in inline_spans(title):
            if span.start < cut < span.end:
                cut = span.start or cut
        title = title[:cut].rstrip() + '…'
    return title


def _block(block: Block) -> Iterator[str]:
    if block.kind == 'math':
        yield from display(block.text)
        return
    if block.kind == 'rst':
        yield block.text
        return
    text = inline(_flat(block.text))
    if not text:
        return
    if block.kind == 'heading':
        yield f'.. rubric:: {broken(text, "   ")}'
    elif block.kind == 'caption':
        yield '.. rst-class:: blog-caption'
        yield broken(text, '')
    else:
        yield broken(text, '')


def display(latex: str) -> Iterator[str]:
    """Directives for a display formula; an environment that is a display itself is kept as it is."""
    spans = display_spans(latex)
    displays = [span for span in spans if _environment(span.body) in DISPLAY_ENVIRONMENTS]
    at = 0
    for span in displays:
        if latex[at : span.start].strip():
            yield _directive(latex[at : span.start])
        yield _directive(span.body, nowrap=True)
        at = span.end
    if latex[at:].strip():
        yield _directive(latex[at:])


def _environment(latex: str) -> str:
    match = _ENVIRONMENT.match(latex)
    return match[1] if match else ''


def _directive(latex: str, *, nowrap: bool = False) -> str:
    # A blank line ends a formula in TeX, and has no meaning in one.
    lines = [
        line.rstrip() for line in re.split('\r\n|[\n\r\x0b\x0c\x1c-\x1e\x85\u2028\u2029]', latex.strip())
    ]
    body = '\n'.join(
        f'   {part}' for line in lines if line for part in _broken_latex(line.replace('\t', ' '))
    )
    option = '\n   :nowrap:' if nowrap else ''
    return f'.. math::{option}\n\n{body}'


def inline(text: str) -> str:
    r"""A paragraph as RST: text escaped, ``$x$`` and ``\(x\)`` as ``:math:`` roles."""
    pieces: list[str] = []
    at = 0
    for span in inline_spans(text):
        pieces.append(escape(text[at : span.start]))
        pieces.append(role(span.body))
        at = span.end
    pieces.append(escape(text[at:]))
    result = ''.join(pieces)
    # A paragraph that ends in two colons announces a literal block.
    if result.endswith('::'):
        result = result[:-1] + '\\:'
    return start_of_block(result)


def role(body: str) -> str:
    """An inline formula."""
    # A role's text can't hold a backquote, which TeX prints as an opening
    # quotation mark; nor end in a backslash, which is there a control space.
    body = body.strip().replace('`', '‘')
    if (len(body) - len(body.rstrip('\\'))) % 2:
        body += ' {}'
    body = '\n'.join(_broken_latex(body))
    return f'\\ :math:`{body}`\\ '


def escape(text: str) -> str:
    """Escape all characters that docutils, or its smart quotes, would read as markup inside a line."""
    return _MARKUP.sub(r'\\\g<0>', text)


def start_of_block(text: str) -> str:
    """Keep the start of a block from being read as a list, field, directive, table, …"""
    if text and (
        (text[0].isascii() and not text[0].isalnum()) or text[0] in '•‣⁃' or _ENUMERATOR.match(text)
    ):
        return text if text.startswith('\\ ') else f'\\ {text}'
    return text


def _flat(text: str) -> str:
    return _SPACE.sub(' ', text).strip()


def broken(text: str, indent: str = '') -> str:
    """Break a line that is too long; a backslash before the line end keeps the text together."""
    if len(text) <= _LINE_LIMIT:
        return text.replace('\n', f'\n{indent}')
    lines: list[str] = []
    line: list[str] = []
    length = 0
    for match in _RST_TOKEN.finditer(text):
        token = match[0]
        if line and length + len(token) > _LINE_LIMIT:
            lines.append(''.join(line))
            # White space at the start of a line would be an indentation, a row
            # of backslashes the underline of a title.
            line, length = ['\\ '], 0
        line.append(token)
        length += len(token)
    lines.append(''.join(line))
    return f'\\\n{indent}'.join(part.replace('\n', f'\n{indent}') for part in lines)


def _broken_latex(line: str) -> list[str]:
    """Break a long line of LaTeX where TeX does not mind: at white space, else between two signs."""
    if len(line) <= _LINE_LIMIT:
        return [line]
    lines: list[str] = []
    part: list[str] = []
    length = blank = 0
    for match in _LATEX_TOKEN.finditer(line):
        token = ' ' if match[0].isspace() else match[0]
        if part and length + len(token) > _LINE_LIMIT:
            cut = blank or len(part)
            lines.append(''.join(part[:cut]).rstrip(' '))
            part = part[cut:]
            length, blank = sum(map(len, part)), 0
        part.append(token)
        length += len(token)
        blank = len(part) if token.isspace() else blank
    lines.append(''.join(part))
    return lines
