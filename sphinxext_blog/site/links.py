"""Put what was found into the pages while they are written.

Runs before Sphinx resolves its own references, so that whatever is put in here
is ordinary by the time any builder sees it: citations become links, mentions
get the anchors that backlinks point to, and panels take their places.

Some builders (singlehtml, latex, man, texinfo) write one tree that is assembled
from many documents; each of these stands in a ``start_of_file`` node.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.directives import blog_panel_request
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.inline import link as make_link
from sphinxext_blog.site.mentions import MAYBE
from sphinxext_blog.site.panel_nodes import Scribe
from sphinxext_blog.site.panels import content_of, panels_of_page
from sphinxext_blog.site.text import MARK, document_of
from sphinxext_blog.site.wikilinks import heading_anchor

if TYPE_CHECKING:
    from sphinxext_blog.records import Link
    from sphinxext_blog.site.knowledge import Knowledge

__all__ = ['LinkMentions', 'PlacePanels']


class LinkMentions(SphinxPostTransform):
    """Make citations links, and give resolved mentions their anchors."""

    default_priority = 5

    def run(self, **kwargs: Any) -> None:
        del kwargs
        domain: Any = self.env.get_domain('blog')
        knowledge = domain.knowledge
        for node in [n for n in self.document.findall(nodes.Element) if MARK in n.attributes]:
            links = knowledge.links_at.get((document_of(node, self.env), node[MARK]), ())
            if links:
                self._link(node, links, knowledge)
            elif node.get(MAYBE):
                # Words in quotation marks that are no title, a number behind words that name no series:
                # as if they had never been marked.
                place = node.parent.index(node)
                node.parent[place : place + 1] = node.children

    def _link(self, node: nodes.Element, links: tuple[Link, ...], knowledge: Knowledge) -> None:
        target = links[0].target if len(links) == 1 else ''
        wrapped = node
        if isinstance(node, (addnodes.pending_xref, nodes.reference)):
            if isinstance(node, nodes.reference) and target in knowledge.posts:
                wrapped = self._instead_of(node, target, knowledge)
            inline = nodes.inline('', '', classes=['blog-mention'])
            wrapped.replace_self(inline)
            inline += wrapped
            wrapped = inline
        elif target in knowledge.posts:
            children = node.children
            node.clear()
            node += make_link(knowledge.builder, self.env.docname, target, children)
        elif target:
            node['classes'].append('blog-missing' if target.startswith('missing:') else 'blog-work')
        self._anchor(wrapped, node[MARK], knowledge)

    def _instead_of(self, node: nodes.reference, target: str, knowledge: Knowledge) -> nodes.Element:
        """A link to the post instead of the address that the post had elsewhere."""
        # A fragment means something to browsers only, and does no harm where it is unknown.
        fragment = node['refuri'].partition('#')[2] if knowledge.builder.format == 'html' else ''
        fragment = (heading_anchor(self.env, target, fragment) if fragment else None) or fragment
        made = make_link(knowledge.builder, self.env.docname, target, node.children, fragment)
        made['classes'] += [name for name in node['classes'] if name != 'external']
        node.replace_self(made)
        return made

    def _anchor(self, node: nodes.Element, anchor: str, knowledge: Knowledge) -> None:
        if knowledge.builder.format == 'latex':
            # LaTeX labels targets, but no inline text.
            node.insert(0, nodes.target('', '', ids=[anchor]))
        else:
            node['ids'].append(anchor)


class PlacePanels(SphinxPostTransform):
    """Write the panels that directives ask for, and the automatic ones of posts."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        del kwargs
        domain: Any = self.env.get_domain('blog')
        knowledge = domain.knowledge
        # One document a page: there nothing has to be looked for in most of them.
        alone = knowledge.builder.name in PAGE_BUILDERS
        requests = self.document.findall(blog_panel_request)
        for request in list(requests) if not alone or domain.panels.get(self.env.docname) else ():
            panel, docname = request['panel'], request['docname']
            scribe = Scribe(knowledge.builder, self.config, self.env.docname)
            request.replace_self(scribe.write(panel, content_of(panel, docname, knowledge)))
        roots: list[tuple[str, nodes.Element]] = [(self.env.docname, self.document)]
        if not alone:
            roots += [(part['docname'], part) for part in self.document.findall(addnodes.start_of_file)]
        for docname, root in roots:
            if docname in knowledge.posts:
                self._place(docname, root, domain)

    def _place(self, docname: str, root: nodes.Element, domain: Any) -> None:
        knowledge = domain.knowledge
        scribe = Scribe(knowledge.builder, self.config, self.env.docname)
        top: list[nodes.Node] = []
        end: list[nodes.Node] = []
        for panel in panels_of_page(docname, domain.panels.get(docname, ()), self.config, post=True):
            if panel.auto:
                place = top if panel.kind in {'meta', 'series'} else end
                place.extend(scribe.write(panel, content_of(panel, docname, knowledge)))
        sections: list[nodes.Element] = [child for child in root if isinstance(child, nodes.section)]
        sections = sections or [root]
        first, last = sections[0], sections[-1]
        self._tell_language(sections, [*top, *end], knowledge.posts[docname].language)
        title = next((n for n, child in enumerate(first) if isinstance(child, nodes.title)), -1)
        first[title + 1 : title + 1] = top
        # In an assembled tree the documents below this one follow inside its last section.
        below = next((n for n, child in enumerate(last) if _holds_documents(child)), len(last))
        last[below:below] = end

    def _tell_language(self, sections: list[nodes.Element], panels: list[nodes.Node], language: str) -> None:
        """Mark a post in another language than the site: docutils makes ``lang`` of such a class."""
        own = (self.config.language or 'en').replace('_', '-')
        if not language or language.partition('-')[0] == own.partition('-')[0]:
            return
        for section in sections:
            if isinstance(section, nodes.section):
                section['classes'].append(f'language-{language}')
        for panel in panels:
            if isinstance(panel, nodes.Element):
                panel['classes'].append(f'language-{own}')


def _holds_documents(node: nodes.Node) -> bool:
    return isinstance(node, addnodes.start_of_file) or (
        isinstance(node, nodes.compound) and 'toctree-wrapper' in node['classes']
    )
