"""References within an excerpt: named by what they lead to, once all documents are read.

While a document is read, the words of a role such as ``:doc:`svd``` are the name of a document, and
those of ``:eq:`posts/vae:eq:loss``` a label, neither of which is for readers. So an excerpt holds the
reference itself, between characters that no text has, and is told with titles and numbers later.
"""

from __future__ import annotations

import re
from dataclasses import replace
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.util import docname_join

from sphinxext_blog.site.equation_labels import REFERENCE_KIND, scoped_math_domain
from sphinxext_blog.site.text import plain_text

if TYPE_CHECKING:
    from collections.abc import Mapping, Set

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = ['END', 'START', 'tell_references', 'text_with_references']

START, _NEXT, END = '\ue010', '\ue011', '\ue012'
_FIELD: Final = '[^\ue010-\ue012]{0,500}'
_REFERENCE: Final = re.compile(f'{START}({_FIELD}){_NEXT}({_FIELD}){_NEXT}({_FIELD}){END}')
_KINDS: Final = {
    ('std', 'doc'): 'doc',
    ('std', 'ref'): 'ref',
    ('math', 'eq'): 'eq',
    ('blog', 'post'): 'post',
}


def text_with_references(block: nodes.Element) -> str:
    """The text of *block* on one line; references without words of their own for :func:`tell_references`."""
    if not any(map(_kind, block.findall(addnodes.pending_xref))):
        return plain_text(block)
    block = block.deepcopy()
    for node in list(block.findall(addnodes.pending_xref)):
        kind = _kind(node)
        if kind:
            told = (kind, ' '.join(node['reftarget'].split()), ' '.join(node.astext().split()))
            if not any(mark in part for part in told for mark in (START, _NEXT, END)):
                node.children = []
                node.append(nodes.Text(f'{START}{_NEXT.join(told)}{END}'))
    return plain_text(block)


def _kind(node: addnodes.pending_xref) -> str:
    """What kind of reference this is, when its words are to be found later; else empty."""
    if node.get('refexplicit') or not isinstance(node.get('reftarget'), str):
        return ''
    kind = _KINDS.get((str(node.get('refdomain')), str(node.get('reftype'))), '')
    return str(node.get(REFERENCE_KIND) or kind) if kind == 'eq' else kind


def tell_references(env: BuildEnvironment, posts: Mapping[str, Post], withheld: Set[str]) -> dict[str, Post]:
    """The posts, with excerpts that name what their references lead to.

    What is withheld from readers, or not there, keeps the words that it had when it was read.
    """
    told = dict(posts)
    for docname, post in posts.items():
        if START in post.excerpt:

            def name(match: re.Match[str], docname: str = docname) -> str:
                return _name(env, docname, match[1], match[2], withheld) or match[3]

            told[docname] = replace(post, excerpt=_REFERENCE.sub(name, post.excerpt))
    return told


def _name(env: BuildEnvironment, docname: str, kind: str, target: str, withheld: Set[str]) -> str:
    if kind in {'doc', 'post'}:
        joined = docname_join(docname, target)
        return _title(env, joined if joined in env.titles else target, withheld)
    if kind == 'ref':
        standard: Any = env.get_domain('std')
        label = standard.labels.get(target.lower())
        return '' if label is None or label[0] in withheld else str(label[2])
    equations = scoped_math_domain(env)
    found = None if equations is None else equations.lookup(docname, target)
    if equations is None or found is None or found[0] in withheld:
        return ''
    return equations.link_text(docname, *found, '' if kind == 'eq' else kind)


def _title(env: BuildEnvironment, docname: str, withheld: Set[str]) -> str:
    """The title of a document as plain text; empty when there is none to tell."""
    blog: Any = env.get_domain('blog')
    if docname in withheld:
        return ''
    post = blog.posts.get(docname)
    title = env.titles.get(docname)
    return str(post.title) if post else plain_text(title) if title is not None else ''
