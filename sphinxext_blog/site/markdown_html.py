"""HTML that authors write into Markdown for its pictures and links -> what Markdown has for them.

``<img width=300>`` is the usual way to a picture's size, ``<a href>`` to a link within a
centred block. Left as raw HTML neither the picture would come to the site nor the link be
one of the blog. A block is taken whole or not at all: one that holds anything but
paragraphs, boxes, figures, simple marks, pictures and links stays raw. Of each element
only what is known here is taken over, so that no script comes with it.
"""

from __future__ import annotations

import re
from html.parser import HTMLParser
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from markdown_it.token import Token

from sphinxext_blog.importers.latex import inline_spans

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from markdown_it import MarkdownIt
    from markdown_it.rules_core import StateCore

__all__ = ['HTML', 'html_plugin']

HTML: Final = 'html'
"""Key in the meta of tokens that were HTML."""

_LONGEST: Final = 50_000
_MARKS: Final = {
    'em': ('em', '*'), 'i': ('em', '*'), 'strong': ('strong', '**'), 'b': ('strong', '**'),
    'del': ('s', '~~'), 's': ('s', '~~'), 'strike': ('s', '~~'),
}  # fmt: skip
_BOXES: Final = frozenset({'p', 'div', 'center', 'figure', 'figcaption'})
_ALIGNMENTS: Final = frozenset({'left', 'center', 'right'})
_LENGTH: Final = re.compile(r'\d+(?:\.\d+)?(?:px|em|rem|ex|cm|mm|in|pt|pc|vw)?')
_PERCENTAGE: Final = re.compile(r'(\d{1,6}(?:\.\d{1,9})?)%')
_MEANT: Final = re.compile(r'<(?:img|a)\s', re.IGNORECASE)

_Attributes = dict[str, str]


def html_plugin(md: MarkdownIt) -> None:
    """Add the rule to a parser."""
    md.core.ruler.push('blog_html', _take_html)


def _take_html(state: StateCore) -> None:
    tokens: list[Token] = []
    for token in state.tokens:
        if token.type == 'inline' and token.children and '<' in token.content:
            token.children = _inline(token.children, state.md)
        if token.type == 'html_block' and (found := _block(token, state)):
            tokens += found
        else:
            tokens.append(token)
    state.tokens = tokens


def _inline(children: list[Token], md: MarkdownIt) -> list[Token]:
    """The parts of a paragraph with pictures and links in place of their tags."""
    found = list(children)
    open_: list[tuple[int, int, _Attributes]] = []
    level = 0
    for number, token in enumerate(children):
        level += token.nesting
        if token.type != 'html_inline':
            continue
        name, attributes = _tag(token.content)
        if name == 'img' and attributes.get('src'):
            found[number] = _image(attributes)
        elif name == 'br':
            found[number] = Token('hardbreak', 'br', 0)
        elif name == 'a':
            open_.append((number, level, attributes))
        elif name == '/a' and open_:
            start, at_level, attributes = open_.pop()
            between = children[start + 1 : number]
            if (
                level == at_level
                and not any(part.type == 'link_open' for part in between)
                and (href := _address(attributes, md)) is not None
            ):
                found[start] = _link_open(href, attributes)
                found[number] = Token('link_close', 'a', -1)
    return found


def _tag(markup: str) -> tuple[str, _Attributes]:
    """Name and attributes of one tag; the name of an end begins with a slash."""
    reader = _Tag()
    reader.feed(markup)
    return reader.name, reader.attributes


class _Tag(HTMLParser):
    name = ''

    def __init__(self) -> None:
        super().__init__()
        self.attributes: _Attributes = {}

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.name, self.attributes = tag, _texts(attrs)

    def handle_endtag(self, tag: str) -> None:
        self.name = self.name or f'/{tag}'


def _texts(attributes: list[tuple[str, str | None]]) -> _Attributes:
    return {name: (value or '').strip() for name, value in attributes}


def _address(attributes: Mapping[str, str], md: MarkdownIt) -> str | None:
    """Where a link leads; ``None`` where it doesn't, or is also the place that others lead to."""
    if not attributes.get('href') or 'id' in attributes or 'name' in attributes:
        return None
    address: str = md.normalizeLink(attributes['href'])
    return address if md.validateLink(address) else None


def _link_open(href: str, attributes: Mapping[str, str]) -> Token:
    token = Token('link_open', 'a', 1, attrs={'href': href}, meta={HTML: True})
    if title := attributes.get('title'):
        token.attrs['title'] = title
    return token


def _image(attributes: Mapping[str, str], align: str = '') -> Token:
    style = dict(_declarations(attributes.get('style', '')))
    token = Token('image', 'img', 0, attrs={'src': attributes['src'], 'alt': ''}, meta={HTML: True})
    for name in ('width', 'height'):
        value = attributes.get(name) or style.get(name, '')
        if _LENGTH.fullmatch(value) or (name == 'width' and _PERCENTAGE.fullmatch(value)):
            token.attrs[name] = value
    if zoom := _PERCENTAGE.fullmatch(style.get('zoom', '')):
        token.meta['scale'] = round(float(zoom[1]))
    for value in (attributes.get('align', ''), style.get('float', ''), align):
        if value in _ALIGNMENTS:
            token.attrs['align'] = value
            break
    for name in ('title', 'class'):
        if attributes.get(name):
            token.attrs[name] = attributes[name]
    token.content = attributes.get('alt', '')
    token.children = [Token('text', '', 0, content=token.content)]
    return token


def _declarations(style: str) -> Iterator[tuple[str, str]]:
    for declaration in style.split(';'):
        name, colon, value = declaration.partition(':')
        if colon:
            yield name.strip().casefold(), value.strip().casefold()


def _block(token: Token, state: StateCore) -> list[Token]:
    """What a block of HTML holds; empty when it is to stay as it is."""
    if not _MEANT.search(token.content) or len(token.content) > _LONGEST:
        return []
    if '<![' in token.content:  # a section of XML: Python's parser raises on one that it doesn't know
        return []
    reader = _Block(token, state)
    reader.feed(token.content)
    reader.close()
    return reader.finish()


class _Box(NamedTuple):
    tag: str
    align: str
    close: str
    """Type of the token that closes it, if any."""
    is_markdown: bool
    """Whether its text is Markdown, as kramdown lets authors say."""


class _Block(HTMLParser):
    """Writes down the tokens of a block, as long as it is a simple one."""

    def __init__(self, token: Token, state: StateCore) -> None:
        super().__init__()
        self._md, self._env = state.md, state.env
        self._map, self._level = token.map, token.level
        self._tokens: list[Token] = []
        self._run: list[Token] = []
        self._boxes: list[_Box] = []
        self._marks: list[tuple[str, str]] = []
        """Open marks in the run: tag, type of the token that closes it."""
        self._is_simple = True

    def finish(self) -> list[Token]:
        self._flush()
        return self._tokens if self._is_simple and not self._boxes else []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = _texts(attrs)
        if tag in _BOXES:
            self._open_box(tag, attributes)
        elif tag in _MARKS:
            name, markup = _MARKS[tag]
            self._open_mark(tag, Token(f'{name}_open', tag, 1, markup=markup), f'{name}_close')
        elif tag == 'a' and (href := _address(attributes, self._md)) is not None:
            self._open_mark(tag, _link_open(href, attributes), 'link_close')
        elif tag == 'img' and attributes.get('src'):
            self._run.append(_image(attributes, self._alignment))
        elif tag == 'br':
            self._run.append(Token('hardbreak', 'br', 0))
        else:
            self._is_simple = False

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        if tag not in {'img', 'br'}:
            self.handle_endtag(tag)

    def handle_endtag(self, tag: str) -> None:
        if tag in _BOXES and self._boxes and self._boxes[-1].tag == tag:
            self._flush()
            if close := self._boxes.pop().close:
                self._push(close, -1)
        elif self._marks and self._marks[-1][0] == tag:
            self._run.append(Token(self._marks.pop()[1], tag, -1))
        elif tag != 'br':
            self._is_simple = False

    def handle_data(self, data: str) -> None:
        text = re.sub(r'\s+', ' ', data)
        if self._boxes and self._boxes[-1].is_markdown:
            self._md.inline.parse(text, self._md, self._env, self._run)
            return
        at = 0
        for span in inline_spans(text):
            self._run.append(Token('text', '', 0, content=text[at : span.start]))
            self._run.append(Token('math_inline', 'math', 0, content=span.body.strip(), markup='$'))
            at = span.end
        self._run.append(Token('text', '', 0, content=text[at:]))

    def handle_decl(self, decl: str) -> None:
        del decl
        self._is_simple = False

    def unknown_decl(self, data: str) -> None:
        self.handle_decl(data)

    def handle_pi(self, data: str) -> None:
        self.handle_decl(data)

    @property
    def _alignment(self) -> str:
        return next((box.align for box in reversed(self._boxes) if box.align), '')

    def _open_box(self, tag: str, attributes: _Attributes) -> None:
        self._flush()
        style = dict(_declarations(attributes.get('style', '')))
        align = 'center' if tag == 'center' else attributes.get('align') or style.get('text-align', '')
        classes = attributes.get('class', '')
        if 'admonition' in classes.split():
            self._is_simple = False  # MyST-Parser may know it
        kind = {'figure': 'blog_figure', 'figcaption': 'blog_caption'}.get(tag, '')
        if tag == 'figcaption' and (not self._boxes or self._boxes[-1].tag != 'figure'):
            kind = ''
        if tag == 'div' and classes:
            kind = 'blog_box'
        if kind:
            token = self._push(f'{kind}_open', 1)
            token.meta = {'align': align if align in _ALIGNMENTS else ''}
            if classes:
                token.attrs['class'] = classes
        is_markdown = attributes.get('markdown') in {'1', 'span'}
        align = align if align in _ALIGNMENTS else ''
        self._boxes.append(_Box(tag, align, f'{kind}_close' if kind else '', is_markdown))

    def _open_mark(self, tag: str, opening: Token, close: str) -> None:
        if tag == 'a' and any(known == 'a' for known, _ in self._marks):
            self._is_simple = False
        self._run.append(opening)
        self._marks.append((tag, close))

    def _flush(self) -> None:
        """Close the run of text that is open: a paragraph, or the content of a figure or its caption."""
        run, self._run = _stripped(self._run), []
        if self._marks:
            self._is_simple = False  # a mark around blocks
        if not run:
            return
        box = self._boxes[-1] if self._boxes else None
        within_figure = box is not None and box.tag == 'figure'
        if (box and box.close == 'blog_caption_close') or (within_figure and all(map(_is_picture, run))):
            self._inline(run)
            return
        paragraph = self._push('paragraph_open', 1)
        if self._alignment:
            paragraph.attrs['class'] = f'align-{self._alignment}'
        self._inline(run)
        self._push('paragraph_close', -1)

    def _inline(self, run: list[Token]) -> None:
        token = self._push('inline', 0)
        # without content, of which the parser would make more children
        token.children = run

    def _push(self, kind: str, nesting: Any) -> Token:
        token = Token(kind, '', nesting, map=self._map, level=self._level, block=True)
        self._tokens.append(token)
        return token


def _is_picture(token: Token) -> bool:
    return token.type in {'image', 'link_open', 'link_close'} or not token.content.strip()


def _stripped(run: list[Token]) -> list[Token]:
    """A run without the blanks at its ends; empty when there is nothing but blanks."""

    def is_blank(token: Token) -> bool:
        return token.type == 'hardbreak' or (token.type == 'text' and not token.content.strip())

    while run and is_blank(run[-1]):
        run.pop()
    first = next((n for n, token in enumerate(run) if not is_blank(token)), len(run))
    return run[first:]
