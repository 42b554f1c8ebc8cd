"""Between doctrees and plain text in which LaTeX stands between dollar signs."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from dataclasses import dataclass
from functools import cache
from typing import TYPE_CHECKING, Any, NamedTuple

from docutils import nodes
from sphinx import addnodes

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

__all__ = [
    'MARK',
    'SHOWN',
    'FlatText',
    'Leaf',
    'block_words',
    'count_words',
    'document_of',
    'flatten',
    'plain_text',
    'prose',
    'running_blocks',
    'split_math',
    'text_of',
    'with_dollars',
]

_MATH = re.compile(r'(?<!\\)\$((?:[^$\\]|\\.)+)\$', re.DOTALL)
_WORD = re.compile(
    r'([\u3400-\u4dbf\u4e00-\u9fff\uf900-\ufaff\U00020000-\U0002fa1f]+)|[^\W_\u3400-\u4dbf\u4e00-\u9fff]+(?:[\'’-][^\W_]+)*'
)
_OPAQUE = (
    nodes.raw,
    nodes.image,
    nodes.footnote_reference,
    nodes.citation_reference,
    nodes.problematic,
)
SHOWN = 'blog_shown'
"""Attribute of a formula with macros: its LaTeX without them, for pages that don't know them."""
MARK = 'blog_mention'
"""Attribute of a node that mentions something: the mention's anchor."""
_DOLLAR = '\ue000'
"""Stands for a dollar sign that begins no formula, one for one, so that places in the text stay."""
_LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)


class Leaf(NamedTuple):
    """A text, formula or opaque node of a block and where it stands in the flat text."""

    node: nodes.Node
    start: int
    end: int
    link: nodes.Element | None
    """The link around it, if any."""


@dataclass(frozen=True, slots=True)
class FlatText:
    """A block of running text as one string, with the way back to its nodes."""

    text: str
    leaves: tuple[Leaf, ...]

    def links(self) -> list[tuple[nodes.Element, tuple[int, int]]]:
        """Cross-references and links to elsewhere, each with the place of its text."""
        spans: dict[int, tuple[nodes.Element, tuple[int, int]]] = {}
        for leaf in self.leaves:
            link = leaf.link
            if link is None or not (isinstance(link, addnodes.pending_xref) or _leads_elsewhere(link)):
                continue
            start = spans[id(link)][1][0] if id(link) in spans else leaf.start
            spans[id(link)] = (link, (start, leaf.end))
        return list(spans.values())

    def leaves_within(self, start: int, end: int) -> tuple[Leaf, ...]:
        """The leaves that share a character with the place from *start* to *end*."""
        first = bisect_right(self.leaves, start, key=lambda leaf: leaf.end)
        last = bisect_left(self.leaves, end, key=lambda leaf: leaf.start)
        return self.leaves[first:last]


def _leads_elsewhere(link: nodes.Element) -> bool:
    return isinstance(link, nodes.reference) and bool(link.get('refuri')) and not link.get('internal')


def words_of(node: nodes.Text) -> str:
    """The characters of a text node; docutils takes three turns through those without a backslash."""
    return node.astext() if '\0' in node else str(node)


def text_of(node: nodes.Element) -> str:
    """The text of a formula, or of code: as a rule one text node, which docutils takes many steps to ask."""
    children = node.children
    if len(children) == 1 and isinstance(children[0], nodes.Text):
        return words_of(children[0])
    return node.astext()


def flatten(block: nodes.Element) -> FlatText:
    """The text of *block* with its formulas as ``$…$``, and its leaves.

    A dollar sign of the text itself is kept apart until :func:`with_dollars`.
    """
    parts: list[str] = []
    leaves: list[Leaf] = []
    length = 0
    stack: list[tuple[Any, nodes.Element | None]] = [(block, None)]
    while stack:
        node, link = stack.pop()
        kind = _kind_of(node.__class__)
        if kind == 'text':
            text = words_of(node).replace('$', _DOLLAR)
        elif kind == 'math':
            text = f'${node.get(SHOWN) or text_of(node)}$'
        elif kind == 'code':
            text = text_of(node).replace('$', _DOLLAR)
        elif kind == 'nothing':
            continue
        else:
            if kind == 'link':
                link = node
                if isinstance(node, addnodes.pending_xref) and _is_empty(node):
                    leaves.append(Leaf(node, length, length, node))  # the words come when it is resolved
            stack.extend([(child, link) for child in reversed(node.children)])
            continue
        if text:
            leaves.append(Leaf(node, length, length + len(text), link))
            parts.append(text)
            length += len(text)
    return FlatText(''.join(parts), tuple(leaves))


@cache
def _kind_of(cls: type[nodes.Node]) -> str:
    """What a node of this class is to a flat text: a build asks for each node of all blocks."""
    kinds: dict[str, tuple[type, ...]] = {
        'text': (nodes.Text,),
        'nothing': (nodes.Invisible, nodes.system_message),
        'math': (nodes.math,),
        'code': (nodes.literal,),
        'opaque': _OPAQUE,
        'link': _LINKS,
    }
    kind = next((kind for kind, classes in kinds.items() if issubclass(cls, classes)), 'more')
    return 'nothing' if kind == 'opaque' else kind


def _is_empty(node: nodes.Element) -> bool:
    return not any(isinstance(child, (nodes.Text, nodes.image)) for child in node.findall())


def with_dollars(text: str) -> str:
    r"""*text* as records hold it: a dollar sign that begins no formula is ``\$``."""
    return text.replace(_DOLLAR, '\\$')


def plain_text(node: nodes.Element) -> str:
    """The text of a title or paragraph on one line, its formulas as ``$…$``."""
    return with_dollars(' '.join(flatten(node).text.split()))


def running_blocks(document: nodes.Element) -> Iterator[nodes.TextElement]:
    """The blocks of *document* that hold sentences: no titles, code, formulas or signatures."""
    skipped = (nodes.Titular, addnodes.desc_signature, addnodes.productionlist)
    return (block for block in _blocks(document) if not isinstance(block, skipped))


def prose(document: nodes.Element) -> str:
    """The words of *document*, block by block: headings and sentences without formulas and code."""
    return '\n'.join(text for block in _blocks(document) if (text := block_words(block)))


def block_words(block: nodes.Element) -> str:
    """The words of one block, without formulas and code."""
    pieces: list[str] = []
    stack: list[Any] = [block]
    while stack:  # as in flatten(), which makes more of it: each block of a site comes here
        node = stack.pop()
        kind = _kind_of(node.__class__)
        if kind == 'text':
            pieces.append(words_of(node))
        elif kind in {'math', 'code'}:
            pieces.append(' ')
        elif kind != 'nothing':
            if kind == 'link' and isinstance(node, addnodes.pending_xref) and _is_empty(node):
                pieces.append(' ')  # the words come when it is resolved
            stack.extend(reversed(node.children))
    return ' '.join(''.join(pieces).split())


def _blocks(document: nodes.Element) -> Iterator[nodes.TextElement]:
    """The innermost blocks of text in reading order, without what is code, formula or metadata."""
    # In a language other than English docutils tells of each role and directive, in passing, that it has
    # no name there: paragraphs that are taken away after the document was read.
    skipped = (
        nodes.FixedTextElement,
        nodes.math_block,
        nodes.Invisible,
        nodes.docinfo,
        nodes.system_message,
    )
    stack: list[nodes.Node] = [document]
    while stack:
        node = stack.pop()
        if isinstance(node, skipped) or (isinstance(node, nodes.topic) and 'contents' in node['classes']):
            continue  # a list of contents says nothing of its own
        if isinstance(node, nodes.TextElement) and not isinstance(node, nodes.Inline):
            yield node
        else:
            stack.extend(reversed(node.children))


def document_of(node: nodes.Element, env: BuildEnvironment) -> str:
    """The document that *node* was read from."""
    parent: nodes.Element | None = node
    while parent is not None:
        if isinstance(parent, (addnodes.start_of_file, nodes.section)) and 'docname' in parent:
            return str(parent['docname'])
        if isinstance(parent, nodes.document):
            # Assembled trees share the children of the trees that they are made of,
            # and what stands in no section still has its own tree above it.
            return env.path2doc(parent.get('source') or '') or env.docname
        parent = parent.parent
    return env.docname


def count_words(text: str) -> int:
    """Number of words; a Chinese character is one word."""
    return sum(len(characters) or 1 for characters in _WORD.findall(text))


def split_math(text: str) -> Iterator[tuple[str, bool]]:
    """The pieces of *text*: plain ones, and formulas (without their dollar signs) marked ``True``."""
    end = 0
    for match in _MATH.finditer(text):
        if match.start() > end:
            yield text[end : match.start()], False
        yield match[1], True
        end = match.end()
    if end < len(text):
        yield text[end:], False
