"""What a panel says as a tree of its own, and the two ways to write it.

A page of a blog has more elements in its panels than in its text. As docutils'
nodes they would cost more than the page itself: each is made with a dozen
attributes and visited by name. So panels are small trees; HTML is written from
them at once, and only other builders get nodes.
"""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, Literal

from docutils import nodes

from sphinxext_blog.site.inline import address_of, mathml_markup, text_nodes
from sphinxext_blog.site.text import split_math

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinx.builders import Builder

__all__ = ['Child', 'Element', 'Words', 'link_to', 'to_html', 'to_nodes']

Kind = Literal[
    'paragraph',
    'inline',
    'strong',
    'link',
    'rubric',
    'bullet_list',
    'list_item',
    'block_quote',
    'details',
    'html',
]


class Words(str):
    """Text in which ``$…$`` is a formula; any other string is taken as it is."""

    __slots__ = ()


class Element:
    """An element with what is in it."""

    __slots__ = ('children', 'classes', 'kind', 'value')

    def __init__(self, kind: Kind, *children: Child, classes: Sequence[str] = (), value: str = '') -> None:
        """:param value: the address of a link, the summary of details, or HTML to be written as it is."""
        self.kind = kind
        self.children = list(children)
        self.classes = classes
        self.value = value

    def add(self, *children: Child) -> None:
        """Put something after what is in it."""
        self.children += children


Child = Element | str


def link_to(builder: Builder, source: str, target: str, *content: Child, anchor: str = '') -> Element:
    """A link to a document (and a place in it); plain text where the builder has no addresses."""
    inside = Element('inline', *content)
    uri = address_of(builder, source, target, anchor)
    return inside if uri is None else Element('link', inside, value=uri)


# HTML ----------------------------------------------------------------------------------

_TAGS: Final = {
    'paragraph': ('p', '', '</p>\n'),
    'inline': ('span', '', '</span>'),
    'strong': ('strong', '', '</strong>'),
    'link': ('a', '', '</a>'),
    'rubric': ('p', '', '</p>\n'),
    'bullet_list': ('ul', '\n', '</ul>\n'),
    'list_item': ('li', '', '</li>\n'),
    'block_quote': ('blockquote', '\n<div>', '</div></blockquote>\n'),
    'details': ('details', '\n', '</details>\n'),
}
"""Name, what follows the start tag, and the end tag, as docutils writes them."""
_ESCAPED: Final = str.maketrans({'&': '&amp;', '<': '&lt;', '"': '&quot;', '>': '&gt;', '@': '&#64;'})


def to_html(children: Iterable[Child], builder: Builder) -> str:
    """HTML that says the same as docutils' writer would."""
    parts: list[str] = []
    _write(children, builder, parts)
    return ''.join(parts)


def _write(children: Iterable[Child], builder: Builder, parts: list[str]) -> None:
    for child in children:
        if isinstance(child, Words):
            parts.append(_words_html(child, builder))
        elif isinstance(child, str):
            parts.append(child.translate(_ESCAPED))
        elif child.kind == 'html':
            parts.append(child.value)
        else:
            name, after, end = _TAGS[child.kind]
            classes = ' '.join((*child.classes, *_own_classes(child)))
            class_ = f' class="{classes}"' if classes else ''
            href = f' href="{child.value.translate(_ESCAPED)}"' if child.kind == 'link' else ''
            parts.append(f'<{name}{class_}{href}>{after}')
            if child.kind == 'details':
                parts.append(f'<summary>{child.value.translate(_ESCAPED)}</summary>\n')
            _write(child.children, builder, parts)
            if child.kind == 'list_item':
                parts[-1] = parts[-1].rstrip('\n') if parts[-1] == '</p>\n' else parts[-1]
            parts.append(end)


def _own_classes(element: Element) -> tuple[str, ...]:
    """Classes that docutils and themes know an element by."""
    match element.kind:
        case 'link':
            return 'reference', 'internal'
        case 'rubric':
            return ('rubric',)
        case 'details':
            return ('blog-details',)
        case 'bullet_list' if all(map(_is_line, element.children)):
            return ('simple',)
        case _:
            return ()


def _is_line(child: Child) -> bool:
    """Whether an entry of a list is one paragraph."""
    return (
        isinstance(child, Element)
        and len(child.children) == 1
        and isinstance(child.children[0], Element)
        and child.children[0].kind == 'paragraph'
    )


def _words_html(text: Words, builder: Builder) -> str:
    if '$' not in text:
        return text.translate(_ESCAPED)
    return _with_formulas(str(text), builder.name)


@lru_cache(maxsize=4096)  # titles are shown on many pages
def _with_formulas(text: str, builder_name: str) -> str:
    parts: list[str] = []
    for piece, is_math in split_math(text):
        if not is_math:
            parts.append(piece.replace('\\$', '$').translate(_ESCAPED))
        elif (markup := mathml_markup(piece, builder_name)) is not None:
            parts.append(markup)
        else:
            parts.append(f'<code class="blog-latex">{piece.translate(_ESCAPED)}</code>')
    return ''.join(parts)


# nodes ---------------------------------------------------------------------------------

_NODES: Final = {
    'paragraph': nodes.paragraph,
    'inline': nodes.inline,
    'strong': nodes.strong,
    'rubric': nodes.rubric,
    'bullet_list': nodes.bullet_list,
    'list_item': nodes.list_item,
    'block_quote': nodes.block_quote,
}


def to_nodes(children: Iterable[Child], builder: Builder) -> list[nodes.Node]:
    """The same for builders that write no HTML: nothing is folded, and what is HTML is left out."""
    result: list[nodes.Node] = []
    for child in children:
        if isinstance(child, Words):
            result += text_nodes(child, builder)
        elif isinstance(child, str):
            result.append(nodes.Text(child))
        elif child.kind == 'details':
            result += to_nodes(child.children, builder)
        elif child.kind != 'html':
            result.append(_node(child, builder))
    return result


def _node(element: Element, builder: Builder) -> nodes.Element:
    node: nodes.Element
    if element.kind == 'link':
        node = nodes.reference('', '', internal=True, refuri=element.value)
    else:
        node = _NODES[element.kind]('')
    node['classes'] += element.classes
    node.extend(to_nodes(element.children, builder))
    return node
