"""What Sphinx's own search reads of formulas: nothing, or in a title their plain Unicode.

``frac`` and ``begin`` are no words of a post. Sphinx takes the words of a title
from its text as a whole, whatever the classes in it, and also shows that text
among the results: there a formula is read as ``x²`` or ``O(n log n)``.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

import sphinx
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.text import SHOWN

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['KeepOutOfSearch', 'setup_search_words']

_BEFORE_TOCS: Final = 400
"""Before Sphinx copies titles for tables of contents."""

_SEARCH_KNOWS_CLASS: Final = sphinx.version_info >= (8, 2)
"""Whether the search leaves out what has the class ``no-search``."""
_COMMAND: Final = re.compile(r'\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|[{}$&]', re.DOTALL)


class unsearched(nodes.General, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """LaTeX that is no text to Sphinx's search: what the class says since 8.2."""

    def astext(self) -> str:
        return str(self['latex'])


class title_formula(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """A formula in a title, whose text is what readers see of it; the renderer asks the formula inside."""

    def astext(self) -> str:
        return str(self['plain'])


def mark_titles(app: Sphinx, document: nodes.document) -> None:
    """Mark the formulas of titles: tables of contents hold copies, which no transform sees."""
    del app
    for title in document.findall(nodes.title):
        for node in title.findall(nodes.math):
            node['classes'].append('no-search')


class KeepOutOfSearch(SphinxPostTransform):
    """Keep the LaTeX of formulas out of the search."""

    default_priority = 900
    """After everything that changes formulas."""
    formats = ('html',)

    def run(self, **kwargs: Any) -> None:
        del kwargs
        found: list[nodes.TextElement] = [
            *self.document.findall(nodes.math),
            *self.document.findall(nodes.math_block),
        ]
        for node in found:
            if 'no-search' not in node['classes']:
                node['classes'].append('no-search')
            latex = node.astext()
            if not _SEARCH_KNOWS_CLASS:
                node.children = []
                node.append(unsearched('', latex=latex))
            if _is_in_title(node):
                # replace_self() would give the wrapper the ids of the formula as well
                parent = node.parent
                plain = _plain(node.get(SHOWN) or latex)
                wrapper = title_formula('', plain=plain)
                parent[parent.index(node)] = wrapper
                wrapper += node


def _is_in_title(node: nodes.Node) -> bool:
    parent = node.parent
    while isinstance(parent, nodes.TextElement) and not isinstance(parent, nodes.title):
        parent = parent.parent
    return isinstance(parent, nodes.title)


def _plain(latex: str) -> str:
    """A formula as one line of Unicode; of one that can't be converted what is no command."""
    from sphinxext_blog.formulas import to_mathml
    from sphinxext_blog.formulas.linear import linearise

    markup = to_mathml(latex)
    return ' '.join(_COMMAND.sub(' ', latex).split()) if markup is None else linearise(markup)


def _pass(self: Any, node: nodes.Element) -> None:
    """Write the content only."""


def setup_search_words(app: Sphinx) -> None:
    """Wire the transform and its nodes."""
    app.connect('doctree-read', mark_titles, priority=_BEFORE_TOCS)
    app.add_post_transform(KeepOutOfSearch)
    app.add_node(title_formula, html=(_pass, _pass))
