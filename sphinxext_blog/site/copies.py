"""The text of a document as others show it: its page's, without what only its own page has."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.util.logging import suppress_logging

from sphinxext_blog.site.formula_tools import blog_formula, blog_formula_tools
from sphinxext_blog.site.mathml_renderer import FormulaWriter
from sphinxext_blog.site.panel_elements import blog_panel

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from sphinx.builders import Builder
    from sphinx.environment import BuildEnvironment

__all__ = ['resolved_copy', 'without_title']


def resolved_copy(
    env: BuildEnvironment,
    docname: str,
    builder: Builder,
    prepare: Callable[[nodes.document], None] | None = None,
) -> nodes.document:
    """A document with its references as on its own page, and in HTML with formulas that ask for no script.

    Panels and tools are left out. What is wrong in the document was told when its page was written.

    :param prepare: called before the references are resolved.
    """
    blog: Any = env.get_domain('blog')
    # What is resolved here is not written to its page.
    written = set(blog.written)
    with suppress_logging():
        document = env.get_doctree(docname)
        if prepare is not None:
            prepare(document)
        env.resolve_references(document, docname, builder)
    blog.written = written
    unwanted = (blog_panel, blog_formula_tools, nodes.meta, addnodes.toctree)
    for node in [n for n in document.findall(nodes.Element) if isinstance(n, unwanted)]:
        if node.parent is not None:
            node.parent.remove(node)
    if builder.format == 'html':
        _write_formulas(document, builder)
    return document


def _write_formulas(document: nodes.document, builder: Builder) -> None:
    writer = FormulaWriter(builder)
    for node in [n for n in document.findall(nodes.Element) if isinstance(n, (nodes.math, nodes.math_block))]:
        display = isinstance(node, nodes.math_block)
        markup = writer.markup(node, display=display, warn=False)
        number = f' <span class="eqno">({node["number"]})</span>' if display and node.get('number') else ''
        ids = ''.join(f' id="{name}"' for name in node['ids'][:1])
        tag = f'<div{ids}>{markup}{number}</div>' if display else markup
        node.parent[node.parent.index(node)] = nodes.raw('', tag, format='html')
    for box in list(document.findall(blog_formula)):
        box.parent[box.parent.index(box) : box.parent.index(box) + 1] = box.children


def without_title(parts: Iterable[nodes.Node]) -> list[nodes.Node]:
    """What stands in a document or a section below its heading."""
    return [part for part in parts if not isinstance(part, (nodes.title, nodes.target))]
