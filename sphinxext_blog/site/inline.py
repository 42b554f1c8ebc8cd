"""Inline nodes for what we add to pages: links to other posts, text with formulas."""

from __future__ import annotations

from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.errors import NoUri
from sphinx.locale import get_translation

from sphinxext_blog.site.text import split_math

if TYPE_CHECKING:
    from sphinx.builders import Builder

__all__ = ['address_of', 'comma', 'link', 'mathml_markup', 'quoted', 'text_nodes']

_ = get_translation('sphinxext_blog')


def quoted(*titles: str) -> str:
    """Titles as citations, in the marks of the site's language."""
    marked = str(_('“%s”'))
    return comma().join([title if title.startswith('《') else marked % title for title in titles])


def comma() -> str:
    """What parts the items of a list: Chinese has a mark of its own for it, without a blank."""
    return str(_(', '))


def mathml_markup(latex: str, builder_name: str, *, display: bool = False) -> str | None:
    """A formula as MathML for the pages of a builder, or ``None`` when it has no such form."""
    from sphinxext_blog.formulas import to_mathml

    markup = to_mathml(latex, display=display)
    if markup is not None and builder_name == 'epub':
        # EPUB pages are XML, in which the namespace isn't implied.
        return markup.replace('<math', '<math xmlns="http://www.w3.org/1998/Math/MathML"', 1)
    return markup


def text_nodes(text: str, builder: Builder) -> list[nodes.Node]:
    """*text* as nodes, its ``$…$`` as formulas.

    In HTML a formula is MathML written now, so that a panel with formulas asks
    for no script on a page that has none itself; elsewhere it is a math node.
    """
    result: list[nodes.Node] = []
    html = builder.format == 'html'
    for piece, is_math in split_math(text):
        if not is_math:
            result.append(nodes.Text(piece.replace('\\$', '$')))
        elif html and (markup := mathml_markup(piece, builder.name)) is not None:
            result.append(nodes.raw('', markup, format='html'))
        elif html:
            result.append(nodes.literal('', piece, classes=['blog-latex']))
        else:
            result.append(nodes.math(piece, piece))
    return result


def address_of(builder: Builder, source: str, target: str, anchor: str = '') -> str | None:
    """The address of a document (and a place in it) on the page of another; ``None`` where there are none."""
    try:
        uri = builder.get_relative_uri(source, target)
    except NoUri:
        return None
    if not anchor:
        return uri
    # All documents are on one page there, and an address has one fragment.
    return f'#{anchor}' if builder.name == 'singlehtml' else f'{uri}#{anchor}'


def link(
    builder: Builder, source: str, target: str, content: list[nodes.Node], anchor: str = ''
) -> nodes.reference | nodes.inline:
    """A link to a document (and a place in it); plain text where the builder has no addresses."""
    uri = address_of(builder, source, target, anchor)
    if uri is None:
        return nodes.inline('', '', *content)
    reference = nodes.reference('', '', internal=True, refuri=uri)
    reference += nodes.inline('', '', *content)
    return reference
