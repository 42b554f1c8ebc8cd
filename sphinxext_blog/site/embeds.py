"""``![[note]]``: the text of another document, or of a section of it, where it is embedded.

Which document is meant is known when all are read, so the text is put in while
the page is written: as the note's own page shows it, with its links and formulas
leading where they led there. The page is written again when the note changed.
"""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util.osutil import relative_uri

from sphinxext_blog.addresses import joined
from sphinxext_blog.site.text import MARK
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.withheld import withheld_posts

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.environment import BuildEnvironment

__all__ = ['EMBED', 'EmbedDocuments', 'embedded_sources', 'is_embed']

EMBED = 'blog-embed'
"""Class of what stands for an embedded note."""


def is_embed(node: nodes.Node) -> bool:
    """Whether a cross-reference is ``![[…]]``."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get('reftype') == 'wiki'
        and any(isinstance(child, nodes.Element) and EMBED in child['classes'] for child in node)
    )


def embedded_sources(env: BuildEnvironment, docname: str) -> tuple[tuple[str, str], ...]:
    """The documents that one embeds, with those that they embed, each with a digest of its source."""
    found: dict[str, str] = {}
    waiting = [docname]
    while waiting:
        for page in _embedded_by(env, waiting.pop()):
            if page not in found:
                waiting.append(page)
                found[page] = _digest_of(env, page)
    return tuple(sorted(found.items()))


def _digest_of(env: BuildEnvironment, docname: str) -> str:
    try:
        with open(env.doc2path(docname), 'rb') as file:  # noqa: PTH123 (a path or a text, as Sphinx is)
            return hashlib.sha256(file.read()).hexdigest()[:16]
    except OSError:
        return ''


def _embedded_by(env: BuildEnvironment, docname: str) -> Iterator[str]:
    domain: Any = env.get_domain('blog')
    for kind, target in domain.roles_of(docname):
        page = domain.page_of(target, docname)[0] if kind == 'embed' else ''
        if page:
            yield page


class EmbedDocuments(SphinxPostTransform):
    """Put the text of notes where they are embedded."""

    default_priority = 4
    """Before mentions become links: the line above the text is one."""

    def run(self, **kwargs: Any) -> None:
        del kwargs
        found = [node for node in self.document.findall(addnodes.pending_xref) if is_embed(node)]
        for number, node in enumerate(found):
            paragraph = node.parent
            if isinstance(paragraph, nodes.paragraph) and len(paragraph.children) == 1:
                self._embed(node, paragraph, f'embed-{number + 1}-')

    def _embed(self, node: addnodes.pending_xref, paragraph: nodes.paragraph, prefix: str) -> None:
        domain: Any = self.env.get_domain('blog')
        here, target = str(node['refdoc']), str(node['reftarget'])
        page, anchor = domain.page_of(target, here)
        if not page or page in domain.embedding:
            return
        if page == here or here in dict(embedded_sources(self.env, page)):
            warn('markdown', 'the note %r embeds itself; it is linked to instead', target, location=node)
            return
        if page in withheld_posts(self.env):
            return  # readers are not shown what is not published
        if '#' in target and not anchor and '#^' not in target:
            warn('markdown', 'the note has no heading %r; it is linked to', target, location=node)
            return
        # Imported here, since it knows what all pages are made of.
        from sphinxext_blog.site.copies import resolved_copy, without_title

        builder = domain.knowledge.builder
        domain.embedding.append(here)
        try:
            copy = resolved_copy(self.env, page, builder)
        finally:
            domain.embedding.pop()
        sections = (part for part in copy.findall(nodes.section) if not anchor or anchor in part['ids'])
        content = _flat(without_title(next(sections, copy)))
        _make_own(content, prefix, page, here, builder)
        box = nodes.container('', classes=[EMBED, 'no-search'])
        title = nodes.paragraph('', '', classes=['blog-embed-title'])
        paragraph.replace_self(box)
        title += node
        box += [title, *content]


def _flat(parts: list[nodes.Node]) -> list[nodes.Node]:
    """Without sections: the headings of a note are none of the page that it is embedded in."""
    found: list[nodes.Node] = []
    for part in parts:
        if isinstance(part, nodes.section):
            ids = part['ids'][:1]
            title = next((child for child in part if isinstance(child, nodes.title)), None)
            if title is not None:
                found.append(nodes.rubric('', '', *title.children, ids=ids))
            found += _flat([child for child in part if child is not title])
        else:
            found.append(part)
    return found


def _make_own(content: list[nodes.Node], prefix: str, page: str, here: str, builder: Any) -> None:
    """Give ids that the page doesn't have, and let links lead from here where they led from there."""
    elements = [node for part in content for node in part.findall(nodes.Element)]
    own: set[str] = set()
    for node in elements:
        own.update(node.get('ids', ()))
    for node in elements:
        for attribute in ('ids', 'backrefs'):
            if node.get(attribute):
                node[attribute] = [prefix + known for known in node[attribute] if known in own]
        node.attributes.pop(MARK, None)
        node['names'] = []
        if isinstance(node, nodes.math_block):
            node['label'] = node['number'] = None  # it is numbered where it stands
        if node.get('refid') in own:
            node['refid'] = prefix + node['refid']
        elif 'refid' in node and isinstance(node, nodes.reference):
            node['refuri'] = f'{builder.get_relative_uri(here, page)}#{node.attributes.pop("refid")}'
        elif isinstance(node, nodes.reference) and node.get('internal') and 'refuri' in node:
            node['refuri'] = _from(here, page, str(node['refuri']), builder)


def _from(here: str, page: str, uri: str, builder: Any) -> str:
    """An address that led from *page*, so that it leads from *here*."""
    if builder.format != 'html' or builder.name == 'singlehtml' or '://' in uri:
        return uri
    path, hash_, fragment = joined(builder.get_target_uri(page), uri).partition('#')
    return f'{relative_uri(builder.get_target_uri(here), path)}{hash_}{fragment}'
