"""What Sphinx's own search reads of formulas: nothing, or in a title their plain Unicode.

``frac`` and ``begin`` are no words of a post. Sphinx takes the words of a title
from its text as a whole, whatever the classes in it, and also shows that text
among the results, in the window's title and in the inventory: there a formula is
read as ``x²`` or ``O(n log n)``.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING, Any, Final

import sphinx
from docutils import nodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.text import SHOWN

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['KeepOutOfSearch', 'setup_search_words']

_BEFORE_TOCS: Final = 400
"""Before Sphinx copies titles for tables of contents."""
_AFTER_TITLES: Final = 600
"""After Sphinx has kept the title of the document."""

_SEARCH_KNOWS_CLASS: Final = sphinx.version_info >= (8, 2)
"""Whether the search leaves out what has the class ``no-search``."""
_RESULTS_ARE_TEXT: Final = sphinx.version_info >= (9,)
_COMMAND: Final = re.compile(r'\\(?:begin|end)\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|[{}$&]', re.DOTALL)


class unsearched(nodes.General, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """LaTeX that is no text to Sphinx's search: what the class says since 8.2."""

    def astext(self) -> str:
        return str(self['latex'])


class title_formula(nodes.General, nodes.Inline, nodes.Element):  # noqa: N801
    """A formula in a title, whose text is what readers see of it; the renderer asks the formula inside."""

    def astext(self) -> str:
        math = next(self.findall(nodes.math))
        return _plain(math.get(SHOWN) or self.get('latex') or math.astext())


class _Title(str):
    """A title as HTML, of which templates that want no tags get the plain text."""

    __slots__ = ('plain',)
    plain: str

    def __html__(self) -> str:
        """What Jinja's ``striptags`` and ``escape`` ask for."""
        return html.escape(self.plain)


def mark_titles(app: Sphinx, document: nodes.document) -> None:
    """Mark the formulas of titles: tables of contents hold copies, which no transform sees."""
    del app
    for title in document.findall(nodes.title):
        for node in title.findall(nodes.math):
            node['classes'].append('no-search')


def wrap_titles(app: Sphinx, document: nodes.document) -> None:
    """Have the titles that Sphinx keeps of a document read as readers see them."""
    del document
    for titles in (app.env.titles, app.env.longtitles):
        title = titles.get(app.env.docname)
        for node in [] if title is None else list(title.findall(nodes.math)):
            _wrap(node)


def _wrap(node: nodes.TextElement, **attributes: str) -> None:
    if isinstance(node.parent, title_formula):
        return  # Sphinx keeps one title twice
    # replace_self() would give the wrapper the ids of the formula as well
    parent = node.parent
    wrapper = title_formula('', **attributes)
    parent[parent.index(node)] = wrapper
    wrapper += node


def title_of_page(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Give a page whose title holds formulas a title without tags."""
    del templatename, doctree
    title = app.env.longtitles.get(pagename)
    if app.builder.name not in PAGE_BUILDERS or title is None:
        return
    if next(title.findall(title_formula), None) is not None and context.get('title'):
        context['title'] = _Title(context['title'])
        context['title'].plain = title.astext()


def titles_of_results(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Have the results of the search name pages whose titles hold formulas as readers see them.

    Before version 9, Sphinx keeps these titles as HTML, which its scripts insert as such.

    :return: no pages.
    """
    kept = getattr(getattr(app.builder, 'indexer', None), '_titles', {})
    for docname in [] if _RESULTS_ARE_TEXT else kept:
        title = app.env.longtitles.get(docname)
        if title is not None and next(title.findall(title_formula), None) is not None:
            kept[docname] = html.escape(title.astext())
    return []


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
                _wrap(node, latex=latex)


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
    app.connect('doctree-read', wrap_titles, priority=_AFTER_TITLES)
    app.connect('html-page-context', title_of_page)
    app.connect('html-collect-pages', titles_of_results)
    formats = ('html', 'latex', 'text', 'man', 'texinfo')
    app.add_node(title_formula, **dict.fromkeys(formats, (_pass, _pass)))  # type: ignore[arg-type]
