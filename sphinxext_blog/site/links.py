"""Put what was found into the pages while they are written.

Runs before Sphinx resolves its own references, so that whatever is put in here
is ordinary by the time any builder sees it: citations become links, mentions
get the anchors that backlinks point to, and panels take their places.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform

from sphinxext_blog.site.directives import blog_panel_request
from sphinxext_blog.site.inline import link as make_link
from sphinxext_blog.site.mentions import MARK
from sphinxext_blog.site.panel_nodes import Scribe
from sphinxext_blog.site.panels import content_of, panels_of_page

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
        docname = self.env.docname
        if docname not in domain.mentions:
            return
        for node in _marked(self.document):
            links = domain.knowledge.links_at.get((docname, node[MARK]), ())
            if links:
                self._link(node, links, domain.knowledge)

    def _link(self, node: nodes.Element, links: tuple[Link, ...], knowledge: Knowledge) -> None:
        anchor = node[MARK]
        target = links[0].target if len(links) == 1 else ''
        if isinstance(node, addnodes.pending_xref):
            _wrap(node, anchor)
            return
        if isinstance(node, nodes.reference):
            if target in knowledge.posts:
                node.replace_self(
                    made := make_link(knowledge.builder, self.env.docname, target, node.children)
                )
                node = made
            _wrap(node, anchor)
            return
        node['ids'].append(anchor)
        if target in knowledge.posts:
            children = node.children
            node.clear()
            node += make_link(knowledge.builder, self.env.docname, target, children)
        elif target.startswith('missing:'):
            node['classes'].append('blog-missing')
        elif target.startswith('work:'):
            node['classes'].append('blog-work')


def _marked(document: nodes.document) -> list[nodes.Element]:
    return [node for node in document.findall(nodes.Element) if MARK in node.attributes]


def _wrap(node: nodes.Element, anchor: str) -> None:
    parent = node.parent
    place = parent.index(node)
    wrapper = nodes.inline('', '', ids=[anchor], classes=['blog-mention'])
    parent[place] = wrapper
    wrapper += node


class PlacePanels(SphinxPostTransform):
    """Write the panels that directives ask for, and the automatic ones of a post."""

    default_priority = 6

    def run(self, **kwargs: Any) -> None:
        del kwargs
        domain: Any = self.env.get_domain('blog')
        docname = self.env.docname
        knowledge = domain.knowledge
        scribe = Scribe(knowledge.builder, self.config, docname)
        requests = list(self.document.findall(blog_panel_request))
        for request in requests:
            panel = request['panel']
            request.replace_self(scribe.write(panel, content_of(panel, docname, knowledge)))
        if docname not in knowledge.posts:
            return
        panels = panels_of_page(docname, domain.panels.get(docname, ()), self.config, post=True)
        top: list[nodes.Node] = []
        end: list[nodes.Node] = []
        for panel in panels:
            if panel.auto:
                place = top if panel.kind in {'meta', 'series'} else end
                place.extend(scribe.write(panel, content_of(panel, docname, knowledge)))
        section = next(self.document.findall(nodes.section), self.document)
        self._tell_language(section, [*top, *end], knowledge.posts[docname].language)
        title = next((n for n, child in enumerate(section) if isinstance(child, nodes.title)), -1)
        section[title + 1 : title + 1] = top
        section.extend(end)

    def _tell_language(self, section: nodes.Element, panels: list[nodes.Node], language: str) -> None:
        """Mark a post in another language than the site: docutils makes ``lang`` of such a class."""
        own = (self.config.language or 'en').replace('_', '-')
        if not language or language.partition('-')[0] == own.partition('-')[0]:
            return
        section['classes'].append(f'language-{language}')
        for panel in panels:
            if isinstance(panel, nodes.Element):
                panel['classes'].append(f'language-{own}')
