"""What a reader can do with a displayed formula of a post: link to it, copy it, see where else it stands.

Each display formula stands in a box with a link to itself, and with its LaTeX
for the one script, which adds a button; the script and the style sheet are
loaded on pages that have such formulas.
"""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx.locale import _ as sphinx_
from sphinx.locale import get_translation
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.files import write_or_stop
from sphinxext_blog.site.formula_nodes import place_links
from sphinxext_blog.site.formula_page import has_formula_page, search_address
from sphinxext_blog.site.formula_views import elsewhere
from sphinxext_blog.site.panel_elements import blog_details
from sphinxext_blog.site.text import document_of

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinx.application import Sphinx

    from sphinxext_blog.site.formula_views import Elsewhere
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = ['BoxFormulas', 'add_formula_assets', 'blog_formula', 'setup_formula_tools']

_ = get_translation('sphinxext_blog')

_EVERY_PAGE: Final = Path(__file__).resolve().parent.parent / 'static' / 'every_page'
_ASSETS: Final = ('sphinxext_blog/formulas.css', 'sphinxext_blog/formulas.js')


_HAS_BOXES: Final = 'blog_has_boxes'
"""Set on a document as soon as one of its boxes is written."""


class blog_formula(nodes.General, nodes.Element):  # noqa: N801 (docutils' way to name nodes)
    """The box around a display formula and its tools; its attribute ``latex`` is what readers copy."""


class blog_formula_tools(nodes.General, nodes.Element):  # noqa: N801
    """What a reader can do with the formula before it; its attribute ``anchor`` is the formula's,
    ``search`` the address of the search for it. ``fill`` makes its content when the page is written:
    before and after that, titles of other posts would be taken for words of this one.
    """


class BoxFormulas(SphinxPostTransform):
    """Box display formulas."""

    default_priority = 3
    """Before numbers are written into the formulas: readers copy what the author wrote."""
    formats = ('html',)

    def run(self, **kwargs: Any) -> None:
        del kwargs
        blog: Any = self.env.get_domain('blog')
        if blog.knowledge.builder.name == 'epub':
            return  # a book has neither a pointer nor a script
        places = _Places(blog.knowledge, self.env.docname)
        for block in list(self.document.findall(nodes.math_block)):
            if isinstance(block.parent, blog_formula):
                continue
            if (block.get('docname') or document_of(block, self.env)) not in blog.knowledge.posts:
                continue  # pages that are no posts stay as they are
            box = blog_formula('', latex=block.astext().strip())
            # replace_self() would give the box the ids of the formula as well
            parent = block.parent
            parent[parent.index(block)] = box
            anchor = block['ids'][0] if block['ids'] else ''
            tools = blog_formula_tools(
                '', fill=places.elsewhere(block), anchor=anchor, search=places.search(block)
            )
            box += [block, tools]


class _Places:
    """Where else the formulas of a page stand, as nodes."""

    def __init__(self, knowledge: Knowledge, page: str) -> None:
        self.knowledge = knowledge
        self.page = page
        self._known: dict[str, dict[str, Elsewhere]] = {}
        self._searchable = has_formula_page(knowledge.builder)

    def search(self, block: nodes.math_block) -> str:
        """The address of the search for a formula; empty when there is none."""
        if not self._searchable:
            return ''
        catalogue = self.knowledge.mathematics.catalogue
        docname = block.get('docname') or self.page
        entry = catalogue.entries.get(catalogue.at.get(docname, {}).get((block['ids'] or [''])[-1], ''))
        # Without the macros of this page, which the search doesn't know.
        latex = entry.latex if entry else block.astext().strip()
        return search_address(self.knowledge.builder, self.page, latex)

    def elsewhere(self, block: nodes.math_block) -> Callable[[], list[nodes.Node]] | None:
        """What writes the other posts in which a formula stands; ``None`` when there are none."""
        docname = block.get('docname') or self.page
        if docname not in self._known:
            self._known[docname] = {item.anchor: item for item in elsewhere(docname, self.knowledge)}
        found = self._known[docname].get(block['ids'][-1]) if block['ids'] else None
        return None if found is None else partial(self._lists, found)

    def _lists(self, found: Elsewhere) -> list[nodes.Node]:
        builder = self.knowledge.builder
        lists = nodes.container(classes=['blog-elsewhere'])
        if found.same:
            lists += nodes.paragraph('', '', *place_links(builder, self.page, found.same))
        if found.renamed:
            words = nodes.Text(str(_('With other letters: ')))
            lists += nodes.paragraph('', '', words, *place_links(builder, self.page, found.renamed))
        count = len(found.same) + len(found.renamed)
        return [blog_details('', lists, summary=str(_('Elsewhere: %d')) % count)]


def _visit(self: Any, node: blog_formula) -> None:
    setattr(self.document, _HAS_BOXES, True)
    self.body.append(self.starttag(node, 'div', CLASS='blog-formula', **{'data-latex': node['latex']}))


def _depart(self: Any, node: blog_formula) -> None:
    del node
    self.body.append('</div>\n')


def _visit_tools(self: Any, node: blog_formula_tools) -> None:
    if (fill := node.get('fill')) is not None:
        node.extend(fill())
    self.body.append('<div class="blog-formula-tools">')
    numbered = any(child.get('number') for child in node.parent.children if isinstance(child, nodes.Element))
    if node['anchor'] and not numbered and self.config.html_permalinks and self.builder.add_permalinks:
        title = self.attval(sphinx_('Link to this equation'))
        icon = self.config.html_permalinks_icon
        self.body.append(f'<a class="headerlink" href="#{node["anchor"]}" title="{title}">{icon}</a>')


def _depart_tools(self: Any, node: blog_formula_tools) -> None:
    if node['search']:
        address = f'<a class="reference internal" href="{self.attval(node["search"])}">'
        word = self.encode(str(_('Search')))
        self.body.append(f'<span class="blog-formula-find">{address}{word}</a></span>')
    self.body.append('</div>\n')
    node.clear()


def _pass(self: Any, node: nodes.Element) -> None:
    """Write the content only."""


def copy_formula_assets(app: Sphinx) -> None:
    """Put script and style sheet into the site, for the pages that load them."""
    if app.builder.format != 'html' or app.builder.name == 'epub':
        return
    for name in _ASSETS:
        content = (_EVERY_PAGE / name).read_bytes()
        write_or_stop(Path(app.outdir) / '_static' / name, content)


def add_formula_assets(
    app: Sphinx, pagename: str, templatename: str, context: dict[str, Any], doctree: nodes.document | None
) -> None:
    """Load script and style sheet on a page that has display formulas."""
    del pagename, templatename, context
    if doctree is None or not getattr(doctree, _HAS_BOXES, False):
        return
    app.add_css_file(_ASSETS[0])
    labels: dict[str, Any] = {'data-copy': str(_('Copy LaTeX')), 'data-copied': str(_('Copied'))}
    app.add_js_file(_ASSETS[1], loading_method='defer', **labels)


def setup_formula_tools(app: Sphinx) -> None:
    """Wire boxes and script."""
    app.add_post_transform(BoxFormulas)
    plain: dict[str, Any] = dict.fromkeys(('latex', 'text', 'man', 'texinfo'), (_pass, _pass))
    app.add_node(blog_formula, html=(_visit, _depart), **plain)
    app.add_node(blog_formula_tools, html=(_visit_tools, _depart_tools), **plain)
    app.connect('builder-inited', copy_formula_assets)
    app.connect('html-page-context', add_formula_assets)
