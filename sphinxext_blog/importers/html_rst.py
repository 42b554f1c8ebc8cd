"""The tree of a post in HTML -> blocks of reStructuredText.

What can't be read as structure is text: nothing of the page is passed through
as HTML.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING

from sphinxext_blog.importers.extras import slug_of
from sphinxext_blog.importers.html_anchors import Anchors, find_anchors
from sphinxext_blog.importers.html_inline import CLOSE_IMAGE, OPEN_IMAGE, Image, Run, image_of, tidy
from sphinxext_blog.importers.html_math import UNREADABLE, formula_of, is_rendering
from sphinxext_blog.importers.html_tree import Element
from sphinxext_blog.importers.model import Block
from sphinxext_blog.importers.rst import broken, escape, start_of_block
from sphinxext_blog.importers.titles import display_width

if TYPE_CHECKING:
    from collections.abc import Iterable

__all__ = ['html_blocks']

_HEADINGS = {f'h{n}': n for n in range(1, 7)}
_BLOCKS = (
    frozenset(
        'address article aside blockquote body center dd details div dl dt figure figcaption footer header hr iframe li main '  # noqa: E501
        'nav ol p pre section summary table tbody td tfoot th thead tr ul video'.split()
    )
    | _HEADINGS.keys()
)
_DEEPEST = 25
"""Lists and quotations nested deeper than this are taken for their paragraphs."""
_UNDERLINES = '=-~^"\'+'
_LANGUAGE = re.compile(
    r'(?:^|\s)(?:language|lang|brush:?|highlight|highlight-source|sourceCode)[-:\s]+([A-Za-z0-9+#]+)'
)
_LANGUAGES = frozenset(
    'python py c cpp c++ java javascript js bash sh shell r julia matlab latex tex html css json yaml rust go haskell ruby sql text fortran lua perl php scala typescript'.split()  # noqa: E501
)
_PARAGRAPHS = re.compile(r'\n[ \t\r]*\n')


def html_blocks(
    root: Element, base: str = '', *, wordpress: bool = False, name: str = '', for_others: bool = False
) -> tuple[Block, ...]:
    """The blocks of a post.

    :param base: the address of the page, to which its relative links relate.
    :param wordpress: blank lines in text part paragraphs, as WordPress stores posts.
    :param name: name of a saved page, with which the labels of its places begin. Its links to files beside
        it are to be named by `saved_links`.
    :param for_others: places to which other pages may lead get labels, too; `saved_links` takes those
        out that none needs.
    """
    holders: set[int] = set()
    for element in reversed(list(root.walk())):
        if any(isinstance(c, Element) and (c.tag in _BLOCKS or id(c) in holders) for c in element.children):
            holders.add(id(element))
    # pages of one name, as index.html in every folder, have labels of their own
    digest = hashlib.sha256(f'{base}\n{root.text()}'.encode('utf-8', 'surrogatepass')).hexdigest()[:6]
    anchors = find_anchors(root, f'{name or slug_of(base) or "page"} {digest}', for_others=for_others)
    anchors.in_folder = bool(name)
    while True:
        writer = _Writer(base, wordpress, holders, anchors)
        found = [text for text in writer.blocks(root.children, top=True) if text.strip()]
        lost = set(anchors.labels.values()) - writer.labelled
        if not lost:
            return tuple(Block('rst', text) for text in found)
        # it stands in what is left out: what leads there is text
        anchors.labels = {place: label for place, label in anchors.labels.items() if label not in lost}


class _Writer:
    def __init__(self, base: str, wordpress: bool, holders: set[int], anchors: Anchors) -> None:
        self._base = base
        self._anchors = anchors
        self._breaks = True
        self.labelled: set[str] = set()
        """Places that have got their labels."""
        self._holders = holders
        """Ids of the elements that have a block somewhere below."""
        self._depth = 0
        self._wordpress = wordpress
        self._levels: list[int] = []

    def blocks(self, items: Iterable[Element | str], *, top: bool = False) -> list[str]:
        """Chunks of RST that stand below one another."""
        found: list[str] = []
        run = self._run()
        self._depth += 1

        def close() -> None:
            nonlocal run
            for part in run.write():
                found.append(self._picture(part) if isinstance(part, Image) else broken(part))
            run = self._run()

        # Elements without a meaning of their own are opened where they stand: no recursion for them.
        stack: list[Element | str | None] = list(reversed(list(items)))
        while stack:
            item = stack.pop()
            if item is None:
                close()
            elif isinstance(item, str):
                parts = _PARAGRAPHS.split(item) if self._wordpress else [item]
                for nth, part in enumerate(parts):
                    if nth:
                        close()
                    # WordPress ends a line where its author does
                    for line_number, line in enumerate(part.split('\n') if self._wordpress else [part]):
                        if line_number:
                            run.end_line()
                        run.add(line)
            elif is_rendering(item) and item.tag not in UNREADABLE:
                continue
            elif id(item) in self._anchors.notes:
                close()
                found.append(self._note(item))
            elif formula_of(item) is not None or not self._holds_block(item):
                found += self._labels(item, deep=True)  # before the paragraph, which is still open
                run.add(item)
            elif (item.tag in _OPAQUE or _is_figure(item)) and self._depth < _DEEPEST:
                close()
                found += self._labels(item, deep=item.tag in _HEADINGS)
                found += self._block(item, top)
            else:
                if labels := self._labels(item, deep=False):
                    close()
                    found += labels
                stack += [None, *reversed(item.children), None]
        close()
        self._depth -= 1
        return found

    def _run(self) -> Run:
        return Run(self._base, self._anchors, breaks=self._breaks)

    def _labels(self, element: Element, *, deep: bool) -> list[str]:
        """The labels of an element, or of all within it, that are not written yet."""
        new = [label for label in self._anchors.labels_in(element, deep=deep) if label not in self.labelled]
        self.labelled.update(new)
        return [f'.. _{label}:' for label in new]

    def _lines(self, element: Element) -> list[str]:
        """The chunks of an element in which no line ends but at a paragraph's end."""
        kept, self._breaks = self._breaks, False
        found = self.blocks(element.children)
        self._breaks = kept
        return found

    def _note(self, element: Element) -> str:
        """A footnote."""
        inner = self.blocks(element.children) or ['…']
        return f'.. [#{self._anchors.notes[id(element)]}] {_indented(inner, "   ").lstrip()}'

    def _holds_block(self, element: Element) -> bool:
        return element.tag in _BLOCKS or id(element) in self._holders

    def _block(self, element: Element, top: bool) -> list[str]:
        tag = element.tag
        if tag in _HEADINGS:
            return self._heading(element, _HEADINGS[tag], top)
        if tag == 'pre':
            return self._code(element)
        if tag in {'ul', 'ol'}:
            return self._list(element)
        if tag == 'dl':
            return self._definitions(element)
        if tag == 'blockquote':
            inner = self.blocks(element.children)
            return ['..', _indented(inner, '   ')] if inner else []
        if tag == 'table':
            return self._table(element)
        if _is_figure(element):
            return self._figure(element)
        if tag in {'iframe', 'video'}:
            source = tidy(element.attributes.get('src', ''))
            return [f'`{escape(source)} <{source}>`__'] if source.startswith('http') else []
        return []  # a rule

    def _heading(self, element: Element, level: int, top: bool) -> list[str]:
        run = Run(self._base, self._anchors, breaks=False)
        for child in element.children:
            run.add(child)
        words = ' '.join(part for part in run.write() if isinstance(part, str) and not part.startswith('.. '))
        words = words.replace('\n', ' ').strip()
        if not words:
            return []
        if not top or display_width(words) > 5000:
            return [f'.. rubric:: {broken(words, "   ")}']
        while self._levels and self._levels[-1] >= level:
            self._levels.pop()
        self._levels.append(level)
        mark = _UNDERLINES[min(len(self._levels), len(_UNDERLINES)) - 1]
        return [f'{words}\n{mark * max(display_width(words), 4)}']

    def _code(self, element: Element) -> list[str]:
        text = _plain_code(element)
        lines = tidy(text).expandtabs(4).replace('\r\n', '\n').replace('\r', '\n').strip('\n').split('\n')
        if not any(line.strip() for line in lines):
            return []
        told = element.attributes.get('lang', '')
        names = ' '.join(
            [f'language-{told}' if told else '', *(e.attributes.get('class', '') for e in element.walk())]
        )
        match = _LANGUAGE.search(names)
        language = (
            match[1].casefold()
            if match
            else next((n for n in names.casefold().split() if n in _LANGUAGES), '')
        )
        language = language if language in _LANGUAGES else 'text'
        body = '\n'.join(
            f'   {broken_code}' if broken_code.strip() else ''
            for line in lines
            for broken_code in _pieces(line)
        )
        return [f'.. code-block:: {language}\n\n{body}']

    def _list(self, element: Element) -> list[str]:
        items = [child for child in element.children if isinstance(child, Element) and child.tag == 'li']
        ordered = element.tag == 'ol'
        start = element.attributes.get('start', '')
        number = int(start) if start.isdecimal() and len(start) < 6 else 1
        chunks: list[str] = []
        notes = [item for item in items if id(item) in self._anchors.notes]
        items = [item for item in items if id(item) not in self._anchors.notes]
        for nth, item in enumerate(items):
            inner = [*self._labels(item, deep=False), *self.blocks(item.children)]
            mark = f'{number + nth}. ' if ordered else '* '
            if inner:
                chunks.append(mark + _indented(inner, ' ' * len(mark)).lstrip())
        return [*(['\n\n'.join(chunks)] if chunks else []), *map(self._note, notes)]

    def _definitions(self, element: Element) -> list[str]:
        chunks: list[str] = []
        term = ''
        for child in element.children:
            if not isinstance(child, Element):
                continue
            inner = self._lines(child) if child.tag == 'dt' else self.blocks(child.children)
            if child.tag == 'dt':
                term = ' '.join(inner).replace('\n', ' ')
            elif inner:
                chunks.append(f'{term or "…"}\n{_indented(inner, "   ")}')
                term = ''
        return ['\n\n'.join(chunks)] if chunks else []

    def _table(self, element: Element) -> list[str]:
        rows: list[Element] = []
        stack: list[Element] = [element]
        while stack:
            part = stack.pop()
            if part.tag == 'tr':
                rows.append(part)
            elif part is element or part.tag in {'thead', 'tbody', 'tfoot'}:
                stack.extend(child for child in reversed(part.children) if isinstance(child, Element))
        nested = any(part.tag == 'table' for part in element.walk() if part is not element)
        cells = [
            [
                c
                for c in row.children
                if isinstance(c, Element) and c.tag in {'td', 'th'} and 'gutter' not in c.classes
            ]
            for row in rows
        ]
        cells = [row for row in cells if row]
        width = max((len(row) for row in cells), default=0)
        if (
            width < 2
            or nested
            or any(
                'code' in c.classes and 'highlight' in element.attributes.get('class', 'highlight')
                for row in cells
                for c in row
            )
        ):
            # a table for the layout only
            return [chunk for row in cells for cell in row for chunk in self.blocks(cell.children)]
        header = 1 if len(cells) > 1 and all(cell.tag == 'th' for cell in cells[0]) else 0
        lines: list[str] = []
        for row in cells:
            for nth in range(width):
                inner = self.blocks(row[nth].children) if nth < len(row) else []
                mark = '   * - ' if nth == 0 else '     - '
                lines.append((mark + _indented(inner, ' ' * 7).lstrip()).rstrip())
        option = f'\n   :header-rows: {header}' if header else ''
        words = [chunk for part in element.walk() if part.tag == 'caption' for chunk in self._lines(part)]
        title = f' {" ".join(words[0].split())}' if words and not _MARKED.match(words[0]) else ''
        return [f'.. list-table::{title}{option}\n\n' + '\n'.join(lines)]

    def _figure(self, element: Element) -> list[str]:
        if element.classes & {'highlight', 'code', 'highlight-source'}:
            return self._code(element)
        captions = [c for c in element.walk() if c.tag == 'figcaption' or c.classes & _CAPTIONS]
        pictures = [
            i
            for c in element.walk()
            if c.tag == 'img' and formula_of(c) is None and (i := image_of(c, self._base))
        ]
        if not pictures:
            return self.blocks(element.children)
        words = [chunk for caption in captions for chunk in self._lines(caption) if chunk]
        found = [self._picture(picture, titled=not words) for picture in pictures]
        if words:
            if _MARKED.match(words[0]):
                words.insert(0, '..')  # no caption, only what stands below it
            found[-1] = found[-1].replace('.. image::', '.. figure::', 1) + '\n\n' + _indented(words, '   ')
        return found

    @staticmethod
    def _picture(image: Image, *, titled: bool = True) -> str:
        # the address is put in its place when it is known whether the picture is at hand
        lines = [f'.. image:: {OPEN_IMAGE}{image.source}{CLOSE_IMAGE}']
        if words := ' '.join(image.words.split())[:300]:
            lines.append(f'   :alt: {words}')
        if image.width:
            lines.append(f'   :width: {image.width}')
        if image.target:
            lines.append(f'   :target: {image.target}')
        if image.title and titled:
            lines[0] = lines[0].replace('.. image::', '.. figure::', 1)
            lines += ['', f'   {start_of_block(escape(image.title[:300]))}']
        return '\n'.join(lines)


_CAPTIONS = frozenset({'wp-caption-text', 'gallery-caption', 'image-caption', 'caption-text'})
_FIGURES = frozenset({'wp-caption', 'figure', 'image-with-caption'})
_MARKED = re.compile(r'\.\. |[*|] |\d+\. ')


def _is_figure(element: Element) -> bool:
    """Whether a picture stands here with what is said of it, as themes wrote it before HTML had a way."""
    return element.tag == 'figure' or (
        element.tag in {'div', 'dl'}
        and bool(element.classes & _FIGURES)
        and any(e.classes & _CAPTIONS or e.tag == 'figcaption' for e in element.walk())
    )


_OPAQUE = (
    frozenset({'pre', 'ul', 'ol', 'dl', 'blockquote', 'table', 'figure', 'iframe', 'video', 'hr'})
    | _HEADINGS.keys()
)


def _plain_code(element: Element) -> str:
    parts: list[str] = []
    stack: list[Element | str] = [element]
    while stack:
        item = stack.pop()
        if isinstance(item, str):
            parts.append(item)
        elif item.tag == 'br':
            parts.append('\n')
        elif 'gutter' not in item.classes and 'linenos' not in item.classes:
            stack.extend(reversed(item.children))
    return ''.join(parts)


def _pieces(line: str) -> list[str]:
    return [line[at : at + 9000] for at in range(0, max(len(line), 1), 9000)]


def _indented(chunks: list[str], indent: str) -> str:
    text = '\n\n'.join(chunks)
    return '\n'.join(indent + line if line.strip() else '' for line in text.split('\n'))
