"""``![[note]]``: the text of another document, of a section or of a block of it, where it is embedded.

Which document is meant is known when all are read, so the text is put in while
the page is written: as the note's own page shows it, with its links and formulas
leading where they led there. The page is written again when the note changed.
"""

from __future__ import annotations

import hashlib
from pathlib import Path
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

__all__ = [
    'BLOCK',
    'EMBED',
    'EmbedDocuments',
    'block_id',
    'embedded_sources',
    'embeds_in',
    'is_embed',
    'named_blocks',
]

EMBED = 'blog-embed'
"""Class of what stands for an embedded note."""
BLOCK = 'blog_block'
"""Attribute of a target: the names that a block has in Obsidian's way, ``^name``."""
_WANTED = 'blog_wanted'
"""Attribute of a box around the block that is to be embedded."""
_ELSEWHERE = 'blog_elsewhere'
"""Attribute of an embedded note that is in no part of the document that is shown."""


def is_embed(node: nodes.Node) -> bool:
    """Whether a cross-reference is ``![[…]]``."""
    return (
        isinstance(node, addnodes.pending_xref)
        and node.get('reftype') == 'wiki'
        and any(isinstance(child, nodes.Element) and EMBED in child['classes'] for child in node)
    )


def named_blocks(document: nodes.document) -> Iterator[tuple[str, str]]:
    """Names of blocks and their ids."""
    for target in document.findall(nodes.target):
        names: list[str] = target.get(BLOCK, [])
        yield from ((name, block_id(name)) for name in names)


def block_id(name: str) -> str:
    """The id of a block on its page."""
    return f'block-{name}'


def embeds_in(document: nodes.document) -> Iterator[tuple[str, tuple[str, ...]]]:
    """What a document embeds, and the ids of all that it is embedded within."""
    for node in document.findall(addnodes.pending_xref):
        if is_embed(node) and _stands_alone(node):
            yield str(node['reftarget']), _ids_around(node)


def _stands_alone(node: nodes.Element) -> bool:
    """Whether an embedded note is a paragraph of its own; within a line it is a link."""
    return isinstance(node.parent, nodes.paragraph) and len(node.parent.children) == 1


def _ids_around(node: nodes.Element) -> tuple[str, ...]:
    found: list[str] = []
    parent = node.parent
    while parent is not None:
        found += parent.get('ids', ())
        parent = parent.parent
    return tuple(found)


def _comes_back(domain: Any, node: addnodes.pending_xref, part: tuple[str, str]) -> bool:
    """Whether what a document embeds shows, maybe by what it embeds in turn, that very place."""
    here, around = str(node['refdoc']), frozenset(_ids_around(node))
    seen = {part}
    waiting = [part]
    while waiting:
        page, anchor = waiting.pop()
        if page == here and (not anchor or anchor in around):
            return True
        for target, within in domain.data['embeds'].get(page, ()):
            if not anchor or anchor in within:
                following = domain.part_of(target, page)
                if following[0] and following[1] is not None and following not in seen:
                    seen.add(following)
                    waiting.append(following)
    return False


def embedded_sources(env: BuildEnvironment, docname: str) -> tuple[tuple[str, str], ...]:
    """The documents that one embeds, with those that they embed, each with a digest of what it is made of."""
    found: dict[str, str] = {}
    waiting = [docname]
    while waiting:
        for page in _embedded_by(env, waiting.pop()):
            if page not in found:
                waiting.append(page)
                found[page] = _digest_of(env, page)
    return tuple(sorted(found.items()))


def _digest_of(env: BuildEnvironment, docname: str) -> str:
    """Digest of the source and of the files that it includes; of pictures, whether they are there."""
    digest = hashlib.sha256()
    for name in (str(env.doc2path(docname)), *sorted(map(str, env.dependencies.get(docname, ())))):
        try:
            content = b'' if name in env.images else Path(env.srcdir, name).read_bytes()
            digest.update(b'%d ' % len(content) + content)
        except (OSError, ValueError):
            digest.update(b'none ')
    return digest.hexdigest()[:16]


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
            if _stands_alone(node) and _ELSEWHERE not in node:
                self._embed(node, node.parent, f'embed-{number + 1}-')

    def _embed(self, node: addnodes.pending_xref, paragraph: nodes.Element, prefix: str) -> None:
        domain: Any = self.env.get_domain('blog')
        here, target = str(node['refdoc']), str(node['reftarget'])
        page, anchor = domain.part_of(target, here)
        if not page:
            return
        if page != here and page in withheld_posts(self.env):
            return  # readers are not shown what is not published
        if anchor is None:
            part = 'block' if '#^' in target else 'heading'
            warn('markdown', 'the note has no %s %r; it is linked to', part, target, location=node)
            return
        if _comes_back(domain, node, (page, anchor)):
            warn('markdown', 'the note %r embeds itself; it is linked to instead', target, location=node)
            return
        # Imported here, since it knows what all pages are made of.
        from sphinxext_blog.site.copies import resolved_copy

        def prepare(document: nodes.document) -> None:
            for other in document.findall(addnodes.pending_xref):
                if anchor and is_embed(other) and anchor not in _ids_around(other):
                    other[_ELSEWHERE] = True
            _put_into_box(document, anchor)

        builder = domain.knowledge.builder
        copy = resolved_copy(self.env, page, builder, prepare)
        content = _part(copy, anchor)
        _make_own(content, prefix, page, here, builder)
        box = nodes.container('', classes=[EMBED, 'no-search'])
        title = nodes.paragraph('', '', classes=['blog-embed-title'])
        paragraph.replace_self(box)
        title += node
        box += [title, *content]


def _part(document: nodes.document, anchor: str) -> list[nodes.Node]:
    """A document without its title, or the section or block of that id."""
    from sphinxext_blog.site.copies import without_title

    if not anchor:
        return _flat(without_title(next(document.findall(nodes.section), document)))
    section = next((part for part in document.findall(nodes.section) if anchor in part['ids']), None)
    if section is not None:
        return _flat(without_title(section))
    box = next((box for box in document.findall(nodes.container) if _WANTED in box), None)
    return _flat(without_title(box)) if box is not None else []


def _put_into_box(document: nodes.document, anchor: str) -> None:
    """Put the block of that id into a box, by which it is found when the builder's own node stands for it."""
    for node in document.findall(nodes.Element):
        if anchor and anchor in node.get('ids', ()) and not isinstance(node, nodes.section):
            box = nodes.container()
            box[_WANTED] = True
            parent = node.parent
            first = next(child for child in parent if not isinstance(child, nodes.target))
            whole = isinstance(parent, nodes.list_item) and first is node
            # an item with the items below it, as Obsidian has it
            parts = parent.children[:] if whole else [node]
            place = parent.index(parts[0])
            parent[place : place + len(parts)] = [box]
            box += parts
            return


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
