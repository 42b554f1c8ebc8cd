"""While documents are read, also in Sphinx's worker processes: from doctree to records."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinx.addnodes import pending_xref
from sphinx.application import ENV_PICKLE_FILENAME

from sphinxext_blog.site import formula_store, mention_store, passage_store, post_cache, prose_store
from sphinxext_blog.site.directives import blog_panel_request
from sphinxext_blog.site.document_references import document_reference
from sphinxext_blog.site.embeds import embeds_in, is_embed, named_blocks
from sphinxext_blog.site.formula_reading import expand_macros, reading_digest
from sphinxext_blog.site.own_pages import may_be_ours
from sphinxext_blog.site.pictures import make_readable
from sphinxext_blog.site.posts import is_published, is_section, read_post, today

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.mentions import RawMention
    from sphinxext_blog.site.post_cache import Part

__all__ = [
    'find_outdated_formulas',
    'find_unsaved',
    'forget_document',
    'let_go_of_posts',
    'prepare_reading',
    'read_document',
]

READ_PRIORITY = 400
"""Before Sphinx's own collectors (500), the first of which takes the docinfo away."""


def prepare_reading(app: Sphinx, _env: BuildEnvironment, docnames: Collection[str]) -> None:
    """Load what reads the text of posts before Sphinx parts its processes: each would load it anew."""
    if docnames and app.parallel > 1:
        from sphinxext_blog.references import find_places, sentence_around  # noqa: F401
        from sphinxext_blog.site import mentions  # noqa: F401


def read_document(app: Sphinx, document: nodes.document) -> None:
    """Take the records of one document into the domain; mark its mentions."""
    from sphinxext_blog.site.mentions import mark_mentions

    env = app.env
    docname = env.docname
    domain: Any = env.get_domain('blog')
    expand_macros(document, domain.macros)
    make_readable(docname, document)
    post, text = read_post(env, docname, document)
    record: dict[str, object] = {'posts': post}
    mentions: tuple[RawMention, ...] = ()
    if post is not None:
        mentions = mark_mentions(docname, document)
        parts: dict[Part, bytes] = {'prose': prose_store.pack(text)}
        record['mentions'], parts['mentions'] = mention_store.pack(mentions)
        record['passages'], parts['passages'] = passage_store.pack(passage_store.passages(document))
        record['formulas'], parts['formulas'] = formula_store.read(docname, document, domain.macros)
        post_cache.save(env, docname, parts)
        # A post is found through lists and links; it needs no toctree.
        env.metadata[docname].setdefault('orphan', '')
    elif is_section(docname):
        env.metadata[docname].setdefault('orphan', '')
    record['panels'] = tuple(node['panel'] for node in document.findall(blog_panel_request))
    record['roles'] = tuple(_roles(document, published=post is not None and is_published(post, today())))
    record['blocks'] = tuple(named_blocks(document))
    record['embeds'] = tuple(embeds_in(document))
    domain.note_document(docname, record, mentions)


def _roles(document: nodes.document, *, published: bool) -> Iterator[tuple[str, str]]:
    for node in document.findall(pending_xref):
        if node.get('refdomain') == 'blog' or may_be_ours(node):
            yield 'embed' if is_embed(node) else str(node.get('reftype')), str(node['reftarget'])
        elif not published and (found := document_reference(node)):
            yield found


def find_outdated_formulas(
    _app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Posts whose formulas were read with other macros than the project has now."""
    domain: Any = env.get_domain('blog')
    now = reading_digest(domain.macros)
    gone = added | changed | removed
    return [name for name, read in domain.formulas.items() if read.reading != now and name not in gone]


def find_unsaved(
    app: Sphinx, env: BuildEnvironment, added: set[str], changed: set[str], removed: set[str]
) -> list[str]:
    """Documents that a build read which ended before it saved its environment.

    What lies beside them is of that build, and the environment of one before: Sphinx reads
    a document anew only if its source is younger than the environment's knowledge of it.
    """
    folder = Path(app.doctreedir)
    try:
        saved = (folder / ENV_PICKLE_FILENAME).stat().st_mtime_ns
    except OSError:
        return []
    gone = added | changed | removed
    return [name for name in env.all_docs if name not in gone and _written(folder, name) > saved]


def _written(folder: Path, docname: str) -> int:
    """When a doctree was written."""
    try:
        return os.stat(f'{folder}/{docname}.doctree').st_mtime_ns  # noqa: PTH116 (for each document of a build)
    except (OSError, ValueError):
        return 0


def forget_document(_app: Sphinx, env: BuildEnvironment, docname: str) -> None:
    """A document is gone or about to be read anew."""
    post_cache.remove(env, docname)


def let_go_of_posts(*_told: object) -> None:
    """Before and after a build: the folder may be moved or removed."""
    post_cache.close()
