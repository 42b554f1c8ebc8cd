"""The two nodes that panels bring, and how each builder writes them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['blog_details', 'blog_panel', 'setup_panel_elements']


class blog_panel(nodes.General, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """A panel: in HTML an ``<aside>`` with a label, elsewhere just its content.

    Its attribute ``fill`` writes the content when the page is written, as nodes or as the attribute
    ``html``. Once it is, the panel is empty
    again: what describes a page to others, such as sphinxext-opengraph, reads its document after that.
    """


class blog_details(nodes.General, nodes.Element):  # noqa: N801
    """A list that HTML readers unfold; its attribute ``summary`` says what it is."""


def _visit_panel(self: Any, node: blog_panel) -> None:
    if (fill := node.get('fill')) is not None and not fill():
        raise nodes.SkipNode
    label = {'aria-label': node['label']} if node.get('label') else {}
    self.body.append(self.starttag(node, 'aside', **label))
    self.body.append(node.attributes.pop('html', ''))


def _depart_panel(self: Any, node: blog_panel) -> None:
    if 'fill' in node:
        node.clear()
    self.body.append('</aside>\n')


def _visit_details(self: Any, node: blog_details) -> None:
    self.body.append(self.starttag(node, 'details', CLASS='blog-details'))
    self.body.append(f'<summary>{self.encode(node["summary"])}</summary>\n')


def _depart_details(self: Any, node: blog_details) -> None:
    del node
    self.body.append('</details>\n')


def _pass(self: Any, node: nodes.Element) -> None:
    """Write the content only."""


def setup_panel_elements(app: Sphinx) -> None:
    """Tell every builder how to write the two nodes of panels."""
    plain: dict[str, Any] = dict.fromkeys(('latex', 'text', 'man', 'texinfo'), (_pass, _pass))
    app.add_node(blog_panel, html=(_visit_panel, _depart_panel), **plain)
    app.add_node(blog_details, html=(_visit_details, _depart_details), **plain)
