"""Find the mentions of a document while it is read, and mark where they stand.

Nothing is decided here: each mention is kept as a raw record, and the node in
the document gets the attribute ``blog_mention`` with the mention's anchor, so
that the writing side (`links`) finds it again.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby
from typing import TYPE_CHECKING, Final

from docutils import nodes

from sphinxext_blog import references
from sphinxext_blog.pickling import PickledByFields
from sphinxext_blog.records import DocName, Mention
from sphinxext_blog.site.raw_links import LINKS, links_of
from sphinxext_blog.site.text import MARK, FlatText, Leaf, flatten, running_blocks, with_dollars

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinxext_blog.records import MentionForm

__all__ = ['MAYBE', 'RawMention', 'mark_mentions']

_NUMBERED: Final = re.compile(
    r'\\(?:tag|label|l?eqno)(?![a-z])|\\begin\{(?:equation|align|gather|multline|eqnarray)\}'
)
_SECTION: Final = re.compile(r'[(（][一二三四五六七八九十]{1,3}[)）](?![里中的和、与以])')
MAYBE = 'blog_maybe'
"""Attribute of a marked node that may be no mention at all."""

_Attributes = tuple[tuple[str, 'str | bool | int'], ...]


@dataclass(frozen=True, slots=True)
class RawMention(PickledByFields):
    """A mention, and for a cross-reference the attributes by which Sphinx can resolve it."""

    mention: Mention
    xref: _Attributes = ()


def mark_mentions(docname: str, document: nodes.document) -> tuple[RawMention, ...]:
    """The mentions of *document* in reading order; their nodes get marked."""
    return tuple(_Marker(docname, document).mentions())


class _Marker:
    def __init__(self, docname: str, document: nodes.document) -> None:
        self.docname = DocName(docname)
        self.document = document
        self.anchors: set[str] = set(document.ids)
        self._now: dict[int, nodes.Node] = {}
        self._numbers_equations = any(map(_is_numbered, document.findall(nodes.math_block)))

    def mentions(self) -> Iterator[RawMention]:
        for block in list(running_blocks(self.document)):
            flat = flatten(block)
            found = [*self._links(block, flat), *self._phrases(block, flat)]
            # Last first, so that splitting a text leaves the earlier leaves alone.
            for start, end, raw, target in sorted(found, key=lambda f: -f[0]):
                if isinstance(target, tuple) and not self._wrap(target, start, end, raw.mention):
                    block['ids'].append(raw.mention.anchor)
            yield from (raw for _, _, raw, _ in sorted(found, key=lambda f: f[:2]))
        for raw_html in self.document.findall(nodes.raw):
            if raw_html.get('format') == 'html':
                yield from self._raw_links(raw_html)

    def _links(self, block: nodes.Element, flat: FlatText) -> Iterator[_Found]:
        for link, span in flat.links():
            text = flat.text[slice(*span)]
            if flat.text.endswith('《', 0, span[0]) and flat.text.startswith('》', span[1]):
                text = f'《{text}》'
            form = _form_of(link)
            target = link['refuri'] if form == 'url' else ''
            raw = RawMention(
                self._mention(form, text, target, flat, span, block, str(link.get('reftarget') or '')),
                () if form == 'url' else _xref_attributes(link),
            )
            link[MARK] = raw.mention.anchor
            yield (*span, raw, None)

    def _raw_links(self, node: nodes.raw) -> Iterator[RawMention]:
        anchors: dict[str, str] = {}
        for link in links_of(node.astext()):
            if link.address in anchors:
                continue  # one mention stands for all links of one address
            context, (start, end) = references.sentence_around(link.text, link.start, link.end)
            mention = Mention(
                source=self.docname,
                form='url',
                text=link.text[link.start : link.end].strip(),
                target=link.address,
                context=context,
                span=(start, end),
                anchor=self._anchor(link.address),
                line=node.line or 0,
            )
            anchors[link.address] = mention.anchor
            yield RawMention(mention)
        if anchors:
            node[LINKS] = anchors

    def _phrases(self, block: nodes.Element, flat: FlatText) -> Iterator[_Found]:
        for start, end, form, target in references.find_places(flat.text, _emphasised(flat)):
            leaves = flat.leaves_within(start, end)
            if any(leaf.link is not None for leaf in leaves):
                continue  # inside a link, or around one: the link tells where it goes
            if isinstance(leaves[0].node, nodes.literal):
                continue  # it speaks of the marks, not of a post
            if form == 'series' and target.startswith('(') and self._is_own(flat.text[start:end] == target):
                continue  # (1) is an equation here, （一） a section: no part of a series
            raw = RawMention(self._mention(form, flat.text[start:end], target, flat, (start, end), block))
            yield start, end, raw, leaves

    def _mention(
        self,
        form: MentionForm,
        text: str,
        target: str,
        flat: FlatText,
        span: tuple[int, int],
        block: nodes.Element,
        name: str = '',
    ) -> Mention:
        context, (start, end) = references.sentence_around(flat.text, *span)
        before = with_dollars(context[:start])
        inner = with_dollars(context[start:end])
        return Mention(
            source=self.docname,
            form=form,
            text=with_dollars(text),
            target=with_dollars(target),
            context=with_dollars(context),
            span=(len(before), len(before) + len(inner)),
            anchor=self._anchor(target or text or name),
            line=block.line or 0,
        )

    def _anchor(self, text: str) -> str:
        """An id that depends on what is mentioned, not on what stands before it.

        The document counts too, since some builders put all of them on one page.
        """
        digest = hashlib.sha256(f'{self.docname} {text}'.encode('utf-8', 'surrogatepass')).hexdigest()[:8]
        anchor, number = f'mention-{digest}', 1
        while anchor in self.anchors:
            number += 1
            anchor = f'mention-{digest}-{number}'
        self.anchors.add(anchor)
        return anchor

    def _wrap(self, leaves: tuple[Leaf, ...], start: int, end: int, mention: Mention) -> bool:
        """Put the text from *start* to *end* into an inline node of its own, if it has one parent."""
        current = [self._now.get(id(leaf.node), leaf.node) for leaf in leaves]
        parent = current[0].parent
        if any(node.parent is not parent for node in current):
            return False  # begins inside an emphasis and ends outside: stays as it is
        first, last = parent.index(current[0]), parent.index(current[-1])
        inside: list[nodes.Node] = []
        before: list[nodes.Node] = []
        after: list[nodes.Node] = []
        for leaf, node in zip(leaves, current, strict=True):
            if not isinstance(node, nodes.Text):
                inside.append(node)
                continue
            text = node.astext()
            from_, to = max(0, start - leaf.start), min(len(text), end - leaf.start)
            if text[:from_]:
                before.append(nodes.Text(text[:from_]))
                # An earlier mention in this text will look for it here.
                self._now[id(leaf.node)] = before[-1]
            inside.append(nodes.Text(text[from_:to]))
            if text[to:]:
                after.append(nodes.Text(text[to:]))
        wrapper = nodes.inline('', '', *inside, classes=['blog-mention'])
        wrapper[MARK] = mention.anchor
        if mention.form in ('quoted', 'described') or mention.target.startswith(('named ', 'about ')):
            wrapper[MAYBE] = True
        parent[first : last + 1] = [*before, wrapper, *after]
        return True

    def _is_own(self, is_written_so: bool) -> bool:
        """Whether the document has numbers in such brackets itself: (1), or else （一）."""
        return self._numbers_equations if is_written_so else self._numbers_sections

    @cached_property
    def _numbers_sections(self) -> bool:
        heads = self.document.findall(lambda node: isinstance(node, (nodes.title, nodes.paragraph)))
        return any(_SECTION.match(head.astext()) for head in heads)


_Found = tuple[int, int, RawMention, 'tuple[Leaf, ...] | None']


def _emphasised(flat: FlatText) -> Iterator[tuple[int, int]]:
    """The places in italics."""
    for parent, leaves in groupby(flat.leaves, key=lambda leaf: leaf.node.parent):
        if isinstance(parent, (nodes.emphasis, nodes.title_reference)):
            first, *_, last = [*leaves] * 2
            yield first.start, last.end


def _is_numbered(equation: nodes.math_block) -> bool:
    return bool(equation.get('label')) or _NUMBERED.search(equation.astext()) is not None


def _form_of(link: nodes.Element) -> MentionForm:
    if isinstance(link, nodes.reference):
        return 'url'
    if link.get('reftype') == 'wiki':
        return 'wikilink'
    # how MyST-Parser marks `[text](other.md)`
    return 'link' if link.get('refdomain') == 'doc' or link.get('reftype') == 'myst' else 'xref'


def _xref_attributes(node: nodes.Element) -> _Attributes:
    # The mark itself stands there when the mentions are found a second time.
    skipped = {'ids', 'classes', 'names', 'dupnames', 'backrefs', 'refwarn', MARK}
    return tuple(
        (str(name), value)
        for name, value in sorted(node.attributes.items())
        if name not in skipped and isinstance(value, (str, bool, int))
    )
