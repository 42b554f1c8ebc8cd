"""A run of text, links, formulas and emphasis of HTML -> one paragraph of reStructuredText.

Everything that is no text becomes one private character in a flat string, so
that a formula which stands in the text is found also where a Markdown processor
put its ``_`` into ``<em>`` or a line break into ``<br>``.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING
from urllib.parse import quote

from sphinxext_blog.addresses import joined
from sphinxext_blog.importers.html_anchors import Anchors
from sphinxext_blog.importers.html_math import UNREADABLE, formula_of, is_rendering
from sphinxext_blog.importers.latex import display_spans, inline_spans
from sphinxext_blog.importers.rst import display, escape, role, start_of_block
from sphinxext_blog.importers.saved_links import CLOSE_PAGE, OPEN_PAGE, OR

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.importers.html_tree import Element

__all__ = [
    'CLOSE_FILE',
    'CLOSE_IMAGE',
    'OPEN_FILE',
    'OPEN_IMAGE',
    'Image',
    'Run',
    'image_of',
    'is_attachment',
    'tidy',
]

OPEN_IMAGE, CLOSE_IMAGE = '\ue010', '\ue011'
"""Around the address of a picture, until it is known whether the picture is at hand."""

OPEN_FILE, CLOSE_FILE = '\ue016', '\ue017'
"""Around the words of a link to a file, its path or address, and its address, with `OR` between them."""

_BREAK = '\ue012'
"""Stands for the end of a line that its author made."""
_FIRST = 0xF0000
_PRIVATE = re.compile('[\ue010-\ue017\U000f0000-\U0010ffff]')
_TOKEN = re.compile('[\U000f0000-\U0010ffff]')
_STYLES = {
    'em': '*', 'i': '*', 'cite': '*', 'dfn': '*', 'strong': '**', 'b': '**',
    'del': ':blog-struck:', 's': ':blog-struck:', 'strike': ':blog-struck:', 'mark': ':blog-marked:',
}  # fmt: skip
_MATH_OF_STYLE = {'*': '_', '**': '**'}
_REFERENCE = re.compile(r'\\(?:eq)?ref\{[^{}\\\s]{1,100}\}')
_ATTACHMENT = re.compile(
    r'\.(?:pdf|djvu|epub|csv|tsv|xlsx?|docx?|pptx?|zip|gz|7z|bib|tex|py|ipynb|mp3|m4a|ogg|wav|flac|mp4|mov|webm)'
    r'(?:[?#]|$)',
    re.IGNORECASE,
)
_ROLES = {'sup': 'sup', 'sub': 'sub', 'kbd': 'kbd'}
_WIDTH = re.compile(r'([1-9]\d{0,3})(?:\.\d{1,9})?(px|%)?')
_LITERAL = frozenset({'code', 'samp', 'tt'})
_SPACE = re.compile(r'[ \t\r\n\f]+')
_RELATIVE = re.compile(r'(?![A-Za-z][A-Za-z0-9+.-]*:|[/#?])')
_BLANKS = re.compile(r'[ \t\r\n]{0,20}')
_TWO_BREAKS = re.compile(f'{_BREAK}[ \\\\]{{0,20}}(?:{_BREAK}[ \\\\]{{0,20}})+')
_LONGEST_BLOCK = 8000
_SEPARATED = re.compile(r'^(?:\\ )+ *|(?<!\\)(?: *\\ )* *(?<!\\)\\$')
"""The escaped blanks around markup that have nothing to part at an end of a paragraph."""


@dataclass(frozen=True, slots=True)
class Image:
    """A picture between pieces of text."""

    source: str
    words: str
    target: str = ''
    width: str = ''
    title: str = ''
    """What the author said of it where nothing stands below it."""


@dataclass(frozen=True, slots=True)
class _Mark:
    kind: str
    """What it is: ``open`` and ``close`` of a style, ``math``, ``display``, ``code``, ``link`` …"""
    text: str = ''
    extra: str = ''
    image: Image | None = None


def tidy(text: str) -> str:
    """Text without the characters that stand for something here."""
    return _PRIVATE.sub('', text)


def image_of(element: Element, base: str) -> Image | None:
    """The picture of an ``img``; lazy ones have their address elsewhere. ``None`` for emoji and such."""
    attributes = element.attributes
    source = (
        attributes.get('data-src')
        or attributes.get('data-original')
        or attributes.get('data-lazy-src')
        or attributes.get('src', '')
    )
    source = source.strip()
    if not source or element.classes & {'emoji', 'wp-smiley', 'avatar'}:
        return None
    if base.startswith('http') or source.startswith(('http:', 'https:', '//')):
        source = joined(base if base.startswith('http') else 'https://localhost/', source)
    words = tidy(' '.join(attributes.get('alt', '').split()))
    title = tidy(' '.join(attributes.get('title', '').split()))
    # WordPress takes the name of the file for a title
    says = title != words and (' ' in title or not title.isascii())
    return Image(tidy(source), words, title=title if says else '', width=_width(attributes.get('width', '')))


def _width(told: str) -> str:
    """A width as reStructuredText has it: HTML's is in pixels."""
    match = _WIDTH.fullmatch(told.strip())
    return f'{match[1]}{match[2] or "px"}' if match else ''


def is_attachment(address: str) -> bool:
    """Whether a link leads to a file and no page."""
    return _ATTACHMENT.search(address) is not None


class Run:
    """Gathers inline content; :meth:`write` gives paragraphs, displays and pictures in order."""

    def __init__(self, base: str, anchors: Anchors | None = None, *, breaks: bool = True) -> None:
        self._base = base
        self._anchors = anchors or Anchors()
        self._breaks = breaks
        self._flat: list[str] = []
        self._marks: list[_Mark] = []

    def add(self, item: Element | str) -> None:
        """Take in a text or an inline element."""
        # A stack of its own: pages nest deeper than Python does.
        stack: list[Element | str | _Mark] = [item]
        while stack:
            now = stack.pop()
            if isinstance(now, str):
                self._flat.append(tidy(now))
            elif isinstance(now, _Mark):
                self._mark(now)
            elif (formula := formula_of(now)) is not None:
                self._mark(_Mark('display' if formula[1] else 'math', formula[0]))
            elif now.tag in UNREADABLE:
                # Its letters, without what stands above and below, were another formula.
                self._flat.append('[…]')
            elif is_rendering(now) or now.tag in {'script', 'meta', 'link'}:
                continue
            elif now.tag == 'br':
                self._mark(_Mark('br'))
            elif now.tag == 'img':
                self._add_image(now, '')
            elif now.tag in _LITERAL:
                self._mark(_Mark('code', tidy(now.text())))
            elif (
                now.tag in _ROLES
                and now.text().strip()
                and len(now.children) == 1
                and isinstance(now.children[0], str)
            ):
                self._mark(_Mark('role', tidy(now.text()), _ROLES[now.tag]))
            elif now.tag == 'a' and now.attributes.get('href', '').strip():
                self._add_link(now)
            elif style := _STYLES.get(now.tag):
                stack.append(_Mark('close', style))
                stack.extend(reversed(now.children))
                stack.append(_Mark('open', style))
            else:
                stack.extend(reversed(now.children))

    def end_line(self) -> None:
        """End a line, unless it has ended."""
        behind = next((text for text in reversed(self._flat) if text.strip()), '')
        last = self._marks[ord(behind[0]) - _FIRST] if _TOKEN.fullmatch(behind) else None
        if last is None or last.kind != 'br':
            self._mark(_Mark('br'))

    def _mark(self, mark: _Mark) -> None:
        self._flat.append(chr(_FIRST + min(len(self._marks), 0xFFFF)))
        self._marks.append(mark)

    def _add_image(self, element: Element, target: str) -> None:
        image = image_of(element, self._base)
        if image is None:
            self._flat.append(tidy(element.attributes.get('alt', '')))
        else:
            self._mark(_Mark('image', image=replace(image, target=target)))

    def _add_link(self, element: Element) -> None:
        href = element.attributes['href'].strip()
        if id(element) in self._anchors.back:
            return
        if note := self._anchors.references.get(id(element)):
            self._mark(_Mark('note', note))
            return
        target = _address(href, self._base)
        pictures = [inner for inner in element.walk() if inner.tag == 'img' and formula_of(inner) is None]
        inner = Run(self._base, self._anchors)
        for child in element.children:
            inner.add(child)
        words = inner.plain()
        for picture in pictures:
            # a picture that leads to its own larger self
            self._add_image(
                picture, '' if re.search(r'\.(?:png|jpe?g|gif|svg|webp)$', target, re.IGNORECASE) else target
            )
        if not words.strip() or words.strip() in {'¶', '#', '§'}:
            return
        if href.startswith('#') and (label := self._anchors.labels.get(href[1:])):
            self._mark(_Mark('link', words, f'{label}_'))
        elif href.startswith('#') or not target:
            self._flat.append(words)
        elif is_attachment(target):
            beside = _address(href, '') if self._anchors.in_folder and _RELATIVE.match(href) else target
            self._mark(_Mark('file', words, f'{beside}{OR}{target}'))
        elif self._anchors.in_folder and _RELATIVE.match(href):
            self._mark(_Mark('link', words, f'{OPEN_PAGE}{_address(href, "")}{OR}{target}{CLOSE_PAGE}'))
        else:
            self._mark(_Mark('link', words, target))

    def plain(self) -> str:
        """The run as text, formulas between dollar signs."""

        def shown(match: re.Match[str]) -> str:
            mark = self._marks[ord(match[0]) - _FIRST]
            if mark.kind in {'math', 'display'}:
                return f'${mark.text}$'
            return '' if mark.kind in {'open', 'close', 'image', 'note'} else mark.text or ' '

        return _TOKEN.sub(shown, ''.join(self._flat))

    def write(self) -> list[str | Image]:
        """Paragraphs and displays as RST, and the pictures between them."""
        flat = ''.join(self._flat)
        if not flat.strip():
            return []
        parts: list[str | Image] = []
        at = 0
        for span in display_spans(self._with_breaks(flat)):
            parts += self._texts(flat[at : span.start])
            parts.append(self._display(span.body))
            at = span.end
        return [part for part in parts + self._texts(flat[at:]) if part]

    def _with_breaks(self, flat: str) -> str:
        # One character for one, so that places stay.
        return (
            _TOKEN.sub(lambda m: '\n' if self._marks[ord(m[0]) - _FIRST].kind == 'br' else m[0], flat)
            if '$$' in flat or '\\begin' in flat or '\\[' in flat
            else flat
        )

    def _display(self, latex: str) -> str:
        return '\n\n'.join(display(self._as_latex(latex)))

    def _as_latex(self, text: str) -> str:
        def source(match: re.Match[str]) -> str:
            mark = self._marks[ord(match[0]) - _FIRST]
            if mark.kind in {'open', 'close'}:
                return _MATH_OF_STYLE.get(mark.text, '')
            return '\n' if mark.kind == 'br' else mark.text

        return _TOKEN.sub(source, text)

    def _texts(self, flat: str) -> list[str | Image]:
        """The pieces of a text between its displays and pictures."""
        parts: list[str | Image] = []
        start = 0
        spans = inline_spans(flat)
        covered = [(span.start, span.end) for span in spans]
        nth = 0
        for match in _TOKEN.finditer(flat):
            while nth < len(covered) and covered[nth][1] <= match.start():
                nth += 1
            if nth < len(covered) and covered[nth][0] < match.start():
                continue
            mark = self._marks[ord(match[0]) - _FIRST]
            if mark.kind in {'display', 'image'}:
                parts.append(self._paragraph(flat[start : match.start()]))
                parts.append(mark.image if mark.image else '\n\n'.join(display(mark.text)))
                start = match.end()
        parts.append(self._paragraph(flat[start:]))
        return [part for part in parts if part]

    def _paragraph(self, flat: str) -> str:
        pieces: list[str] = []
        styles: list[str] = []
        at = 0
        for start, end, body in _spans(flat):
            self._inline(flat[at:start], styles, pieces)
            pieces.append(role(self._as_latex(body)))
            at = end
        self._inline(flat[at:], styles, pieces)
        whole = ''.join(pieces)
        if len(whole) > _LONGEST_BLOCK:
            whole = whole.replace(_BREAK, ' ')  # a line of a block can't be broken
        found: list[str] = []
        for group in _TWO_BREAKS.split(whole):
            lines = [_SEPARATED.sub('', line.strip(' ')) for line in group.split(_BREAK)]
            lines = [line for line in lines if line.replace('\\ ', '').strip()]
            if len(lines) > 1:
                found.append('\n'.join(f'| {line}' for line in lines))
            elif lines:
                text = lines[0]
                found.append(start_of_block(text[:-1] + '\\:' if text.endswith('::') else text))
        return '\n\n'.join(found)

    def _inline(self, flat: str, styles: list[str], pieces: list[str]) -> None:
        at = 0
        for match in _TOKEN.finditer(flat):
            pieces.append(_styled(flat[at : match.start()], styles))
            at = match.end()
            mark = self._marks[ord(match[0]) - _FIRST]
            if mark.kind == 'open':
                styles.append(mark.text)
            elif mark.kind == 'close':
                if mark.text in styles:
                    del styles[len(styles) - 1 - styles[::-1].index(mark.text)]
            elif mark.kind == 'math':
                pieces.append(role(mark.text))
            elif mark.kind == 'br' and self._breaks:
                pieces.append(_BREAK)
            elif mark.kind == 'note':
                pieces.append(f'\\ [#{mark.text}]_\\ ')
            elif mark.kind == 'file':
                words = escape(_SPACE.sub(' ', mark.text).strip()).replace('<', '\\<')
                pieces.append(f'\\ {OPEN_FILE}{words}{OR}{mark.extra}{CLOSE_FILE}\\ ')
            elif mark.kind == 'br':
                behind = _BLANKS.match(flat, at)
                at_next = behind.end() if behind else at
                if _is_wide(flat[max(0, match.start() - 1) : match.start()]) and _is_wide(
                    flat[at_next : at_next + 1]
                ):
                    at = at_next  # no blank joins lines of Chinese
                else:
                    pieces.append(' ')
            elif mark.kind == 'code':
                pieces.append(_code(mark.text))
            elif mark.kind == 'role':
                pieces.append(f'\\ :{mark.extra}:`{escape(_SPACE.sub(" ", mark.text).strip())}`\\ ')
            elif mark.kind == 'link':
                words = escape(_SPACE.sub(' ', mark.text).strip()).replace('<', '\\<')
                pieces.append(f'\\ `{words} <{mark.extra}>`__\\ ')
        pieces.append(_styled(flat[at:], styles))


def _spans(flat: str) -> list[tuple[int, int, str]]:
    """Formulas, and references to equations that stand outside of any, as MathJax finds them."""
    spans = [(span.start, span.end, span.body) for span in inline_spans(flat)]
    if 'ref{' in flat:
        ends = [0, *(end for _, end, _ in spans)]
        starts = [*(start for start, _, _ in spans), len(flat)]
        for at, until in zip(ends, starts, strict=True):
            spans += [(m.start(), m.end(), m[0]) for m in _REFERENCE.finditer(flat, at, until)]
    return sorted(spans)


def _is_wide(character: str) -> bool:
    return bool(character) and unicodedata.east_asian_width(character) in 'WF'


def _styled(text: str, styles: Iterable[str]) -> str:
    text = _SPACE.sub(' ', text)
    bare = text.strip()
    style = max(styles, key=len, default='')
    if not style or not any(c.isalnum() for c in bare):
        return escape(text)
    before = ' ' if text[0] == ' ' else ''
    after = ' ' if text[-1] == ' ' else ''
    if style.startswith(':'):
        return f'{before}\\ {style}`{escape(bare)}`\\ {after}'
    return f'{before}\\ {style}{escape(bare)}{style}\\ {after}'


def _code(text: str) -> str:
    text = _SPACE.sub(' ', text).strip()
    if not text:
        return ''
    if '`' in text or text.endswith('\\') or text.startswith('\\'):
        return f'\\ :code:`{escape(text)}`\\ ' if '\\' not in text else escape(text)
    return f'\\ ``{text}``\\ '


def _address(href: str, base: str) -> str:
    whole = joined(base, href) if base else href
    # what would end the address in RST, or begin a substitution of a name
    return quote(tidy(whole), safe="/:?#[]@!$&'()+,;=%~.-_*").replace('`', '%60').rstrip('_') if whole else ''
