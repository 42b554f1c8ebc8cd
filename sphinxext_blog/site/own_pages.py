"""References to the pages that are no documents: roles such as ``:blog:tag:``, and labels.

The labels are ``blog-graph`` and ABlog's ``blog-posts``, ``tag-python``…. One of that name in a document
of the site comes first, since Sphinx asks us only for what it does not find.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.locale import get_translation

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.catalogs import LABELS, NAMED_KINDS, pages_root
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.formula_page import formula_page_name
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.inline import text_nodes
from sphinxext_blog.site.site_address import base_address
from sphinxext_blog.site.slugs import ablog_slug
from sphinxext_blog.site.withheld import withheld_posts

if TYPE_CHECKING:
    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.knowledge import Knowledge

__all__ = ['may_be_ours', 'page_of_role', 'resolve_own_pages']

_ = get_translation('sphinxext_blog')

_LABEL_ROLES = frozenset({'ref', 'any', 'myst'})


def resolve_own_pages(
    app: Sphinx, env: BuildEnvironment, node: pending_xref, contnode: nodes.Element
) -> nodes.Element | None:
    """Make a reference to one of our pages lead there; where it is not made it becomes plain text."""
    kind = str(node.get('reftype'))
    if kind not in _LABEL_ROLES and (node.get('refdomain') != 'blog' or kind not in NAMED_KINDS):
        return None
    domain: Any = env.get_domain('blog')
    found = page_of_role(kind, str(node.get('reftarget') or ''), app, domain.knowledge)
    if found is None:
        return None
    title, page = found
    if not node.get('refexplicit'):
        contnode = nodes.inline('', '', *text_nodes(title, app.builder))
    if not page or app.builder.name not in PAGE_BUILDERS:
        return contnode
    if page.endswith('.xml'):
        here = app.builder.get_target_uri(node['refdoc'])
        from sphinx.util.osutil import relative_uri

        return nodes.reference('', '', contnode, internal=True, refuri=relative_uri(here, page))
    uri = app.builder.get_relative_uri(node['refdoc'], page)
    return nodes.reference('', '', contnode, internal=True, refuri=uri)


def may_be_ours(node: pending_xref) -> bool:
    """Whether a reference asks for a label that looks like one of ours."""
    kind = str(node.get('reftarget') or '').partition('-')[0]
    return node.get('reftype') in _LABEL_ROLES and (
        kind in {'blog', 'archive', 'topic'} or kind in NAMED_KINDS
    )


def page_of_role(kind: str, target: str, app: Sphinx, knowledge: Knowledge) -> tuple[str, str] | None:
    """Title and page of what a role of this type refers to; an empty page when this build makes none."""
    if kind in _LABEL_ROLES:
        return page_of_label(target, app, knowledge)
    catalog = knowledge.catalog(kind)
    item = catalog.find(target) if catalog else None
    if item is None:
        return None
    return item.name, item.page if blog_config(app.config).archive_pages else ''


def page_of_label(label: str, app: Sphinx, knowledge: Knowledge) -> tuple[str, str] | None:
    """Title and page of a label of ours; an empty page when this build makes none."""
    config = blog_config(app.config)
    root = pages_root(app.config)
    if label == 'blog-graph':
        return str(_('Graph')), graph_page_name(app.config) if config.graph_page else ''
    if label == 'blog-formulas':
        return str(_('Formulas')), formula_page_name(app.config) if config.formula_page else ''
    if label == 'blog-posts':
        return str(_('All posts')), root if config.archive_pages else ''
    if label == 'blog-drafts':
        has_page = config.archive_pages and bool(withheld_posts(app.env))
        return str(_('Drafts')), f'{root}/drafts' if has_page else ''
    if label == 'blog-feed':
        made = base_address(app.config) and 'atom' in config.feeds
        return str(_('Feed')), f'{root}/atom.xml' if made else ''
    if label in LABELS:
        catalog = knowledge.catalog(LABELS[label])
        return (catalog.title, catalog.page if config.archive_pages else '') if catalog else ('', '')
    kind, _hyphen, slug = label.partition('-')
    if catalog := knowledge.catalog(kind):
        for item in catalog.collections:
            if slug in {item.page.rpartition('/')[2], item.alias.rpartition('/')[2], ablog_slug(item.key)}:
                return item.name, item.page if config.archive_pages else ''
    # ABlog's label of a post is the name of its file, or of its folder when that is called index.
    posts = [name for name in knowledge.posts if _basename(name) == label]
    return (knowledge.shown_title(posts[0]), posts[0]) if len(posts) == 1 else None


def _basename(docname: str) -> str:
    return docname.removesuffix('/index').rpartition('/')[2]
