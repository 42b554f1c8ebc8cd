"""References of Sphinx's own in documents that are no published posts: a page shows titles of others.

Sphinx writes a page again only when its own source changed. Of published posts
the mentions tell what they show; of the home page, of drafts and of everything
else these references do, so that no title and no link outlives its document.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from sphinx.util import docname_join

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.environment import BuildEnvironment

__all__ = ['document_reference', 'shown_of']


def document_reference(node: pending_xref) -> tuple[str, str] | None:
    """Kind (``doc`` or ``label``) and target of a reference to a document or a label; else ``None``."""
    target = str(node.get('reftarget') or '')
    if node.get('refdomain') == 'doc':  # MyST-Parser's, from the source folder
        return 'doc', f'/{target}'
    if node.get('refdomain') == 'std' and node.get('reftype') == 'doc':
        return 'doc', target
    if node.get('reftype') in {'ref', 'numref', 'any', 'myst'}:
        return 'label', target
    return None


def shown_of(env: BuildEnvironment, source: str, kind: str, target: str) -> object:
    """What a page shows of the target: changes with its title, and when it comes or goes."""
    if kind == 'doc':
        docname = docname_join(source, target)
        title = env.titles.get(docname)
        return docname, title.astext() if title is not None and docname in env.all_docs else None
    labels: Any = env.get_domain('std')
    name = target.casefold()
    return labels.labels.get(name) or labels.anonlabels.get(name) or labels.anonlabels.get(target)
