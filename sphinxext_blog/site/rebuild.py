"""Rewrite a page when what it shows of *other* posts changed, and no other page.

For each document a fingerprint is taken of everything on its page that comes
from elsewhere: the content of its panels, and where its mentions lead. The
fingerprints of the pages as they stand are kept in the output folder, one set
per builder, and advance only for documents that were really written; so a
build that was broken off, another builder on the same doctrees, or a deleted
output folder can't leave a stale page behind. The same file tells which pages
belong to documents that are gone.
"""

from __future__ import annotations

import hashlib
import json
from functools import partial
from pathlib import Path, PurePath
from typing import TYPE_CHECKING, Any

import sphinx
from sphinx.util import logging

from sphinxext_blog.config import blog_config
from sphinxext_blog.site import last_build
from sphinxext_blog.site.cache import package_stamp
from sphinxext_blog.site.document_references import shown_of
from sphinxext_blog.site.embeds import embedded_sources
from sphinxext_blog.site.equation_labels import foreign_equations
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import reason_of, remove_or_warn, write_if_changed
from sphinxext_blog.site.formula_views import elsewhere
from sphinxext_blog.site.graph_map import map_digest
from sphinxext_blog.site.leftovers import parts_of
from sphinxext_blog.site.own_pages import page_of_role
from sphinxext_blog.site.panels import content_of, panels_of_page
from sphinxext_blog.site.pictures import keep_pictures
from sphinxext_blog.site.post_graph import sidebar_graph
from sphinxext_blog.site.reporting import problems_of, report_problems, summary_of, unreadable_addresses
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.wikilinks import heading_anchor
from sphinxext_blog.site.withheld import withheld_posts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.knowledge import Knowledge
    from sphinxext_blog.site.last_build import LastBuild
    from sphinxext_blog.site.mentions import RawMention

__all__ = ['STATE_FILE', 'advance', 'find_stale_pages', 'note_written']

logger = logging.getLogger(__name__)

STATE_FILE = '.sphinxext_blog.json'
_STATE_VERSION = 1
_UNKNOWN = '?'
"""In place of a fingerprint: equal to none."""
_AT_THE_END = frozenset({'exports', 'feeds'})
"""Parts that are made when a build is finished, whatever it wrote."""


def find_stale_pages(app: Sphinx, env: BuildEnvironment) -> list[str]:
    """The documents whose pages no longer show the truth; what is known is gathered if anything changed."""
    domain: Any = env.get_domain('blog')
    domain.gather = partial(_gather, app)
    domain.last_build = last = last_build.load(app)
    _bring_up_to_date(app, last)
    report_problems(last.problems, last.summary)
    withheld = withheld_posts(env)
    keep_pictures(app, [post for name, post in domain.posts.items() if name not in withheld])
    domain.written = set()
    known, known_map = _read_state(app)
    if (unfinished := last_build.begin(app)) is not None:
        # Sphinx takes a page for current that is younger than its source, however much of it was written.
        logger.info('[blog] the last build did not come to its end: all pages are written')
        known = dict.fromkeys([*known, *unfinished], _UNKNOWN)
    # Before anything is written: a page of ours, or of another document, may take the same place.
    gone = [name for name in known if name not in env.all_docs]
    _remove_pages(app, gone)
    # A page of which nothing is known may show anything: it is written too.
    stale = [name for name, value in last.fingerprints.items() if known.get(name) != value]
    if not stale and (
        gone or known_map != map_digest(app) or last.is_damaged() or _is_left_undone(app, last)
    ):
        # Sphinx 7 makes the pages of the whole site only when it writes some document.
        return [app.config.root_doc]
    return stale


def _is_left_undone(app: Sphinx, last: LastBuild) -> bool:
    """Whether a page of the whole site could not be made by the last build: it is tried, and told, again."""
    if sphinx.version_info >= (8,) or app.builder.name not in PAGE_BUILDERS:
        return False  # there it is tried in any case
    parts = [name for name, place in parts_of(app).items() if place and name not in _AT_THE_END]
    return any(name not in last.outputs for name in ['archive pages', *parts])


def _gather(app: Sphinx) -> Knowledge:
    # Loaded only when something changed.
    from sphinxext_blog.site.gathering import gather

    return gather(app)


def _bring_up_to_date(app: Sphinx, last: LastBuild) -> None:
    """Put into the record of the last build what this build finds, where anything changed."""
    revision = last_build.revision_of(app)
    if last.revision == revision:
        return
    last.revision = revision
    facts = last_build.facts_of(app)
    if last.facts == facts:
        return
    domain: Any = app.env.get_domain('blog')
    last.facts = facts
    last.problems = problems_of(domain.knowledge, domain.panels)
    last.summary = summary_of(domain.knowledge)
    last.fingerprints = {}
    for name in sorted(app.env.all_docs):
        mentions = domain.mentions.get(name, ())  # each post's are in a file: read once
        last.problems.extend(unreadable_addresses(name, mentions))
        last.fingerprints[name] = _fingerprint(domain, name, mentions, app)
    domain.fresh_mentions.clear()  # whoever else wants some finds them in their files


def _fingerprint(domain: Any, docname: str, mentions: Iterable[RawMention], app: Sphinx) -> str:
    """Digest of the foreign facts on a page; empty when it shows none."""
    knowledge = domain.knowledge
    panels = panels_of_page(
        docname, domain.panels.get(docname, ()), app.config, post=docname in knowledge.posts
    )
    shown: list[object] = [
        (panel, content) for panel in panels if (content := content_of(panel, docname, knowledge))
    ]
    for raw in mentions:
        links = knowledge.links_at.get((docname, raw.mention.anchor), ())
        shown.extend((raw.mention.anchor, link.target, knowledge.titles.get(link.target)) for link in links)
        if (fragment := raw.mention.target.partition('#')[2]) and raw.mention.form == 'url':
            shown.extend(heading_anchor(app.env, str(link.target), fragment) for link in links)
    shown.extend(foreign_equations(app.env, docname))
    if app.builder.format == 'html':
        shown.extend(elsewhere(docname, knowledge))
        shown.append(sidebar_graph(app, docname))
    for kind, target in domain.roles_of(docname):
        if kind == 'wiki':
            shown.append((target, domain.page_of(target, docname)))
        elif kind == 'embed':
            shown.append((target, domain.page_of(target, docname), embedded_sources(app.env, docname)))
        elif kind in {'doc', 'label'}:
            shown.append(shown_of(app.env, docname, kind, target))
        elif kind == 'post':
            post = domain.find(target)
            shown.append((target, post and (post.docname, post.title)))
        else:
            shown.append((kind, target, page_of_role(kind, target, app, knowledge)))
    if docname in domain.posts and docname not in knowledge.posts:
        shown.append('withheld')
    if not shown:
        return ''
    form = (blog_config(app.config).date_format, app.config.language, package_stamp())
    return hashlib.sha256(repr((form, shown)).encode('utf-8', 'surrogatepass')).hexdigest()[:24]


def note_written(app: Sphinx, _document: nodes.document, docname: str) -> None:
    """A page is about to be written (in the main process, also when writing is parallel)."""
    domain: Any = app.env.get_domain('blog')
    domain.written.add(docname)


def advance(app: Sphinx, exception: Exception | None) -> None:
    """Keep the fingerprints of what was written."""
    if exception is not None:
        return
    domain: Any = app.env.get_domain('blog')
    _remove_other_sources(app, domain.written)
    last_build.save(app, domain.last_build)
    known, _ = _read_state(app)
    state = {
        name: value if name in domain.written else known.get(name, '')
        for name, value in domain.last_build.fingerprints.items()
        if name in domain.written or name in known
    }
    content = json.dumps(
        {'version': _STATE_VERSION, 'map': map_digest(app), 'pages': state},
        sort_keys=True,
        indent=0,
        ensure_ascii=False,
    )
    try:
        write_if_changed(_state_path(app), content.encode('utf-8', 'surrogatepass'))
        last_build.end(app)
    except OSError as error:
        warn('graph', 'what was written could not be noted in %s: %s', _state_path(app), reason_of(error))


def _state_path(app: Sphinx) -> Path:
    if app.builder.name != 'epub':
        return Path(app.outdir) / STATE_FILE
    # All that lies in the folder of an EPUB goes into the book.
    name = hashlib.sha256(str(Path(app.outdir).resolve()).encode('utf-8', 'surrogatepass')).hexdigest()[:16]
    return Path(app.doctreedir) / '.sphinxext_blog' / f'pages-{name}.json'


def _read_state(app: Sphinx) -> tuple[dict[str, str], str]:
    """Fingerprints of the pages in the output folder, and of the map that the graph page started from.

    None when the file is absent or damaged.
    """
    try:
        state = json.loads(_state_path(app).read_text(encoding='utf-8'))
        if state['version'] != _STATE_VERSION:
            return {}, ''
        pages = {str(name): str(value) for name, value in state['pages'].items()}
        return pages, str(state.get('map', ''))
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}, ''


def _remove_pages(app: Sphinx, docnames: list[str]) -> None:
    """Remove what earlier builds wrote for documents that no longer exist: Sphinx itself never does."""
    builder: Any = app.builder
    outdir = Path(app.outdir).resolve()
    living: set[Path] = set()
    if docnames and hasattr(builder, 'get_outfilename'):
        living = {Path(builder.get_outfilename(name)).resolve() for name in app.env.all_docs}
    candidates: list[Path] = []
    for docname in docnames:
        if hasattr(builder, 'get_outfilename'):
            candidates.append(Path(builder.get_outfilename(docname)))
        sources = outdir / '_sources'
        candidates += [sources / f'{docname}{suffix}.txt' for suffix in app.config.source_suffix]
        candidates += [sources / f'{docname}{suffix}' for suffix in app.config.source_suffix]
    for path in candidates:
        # The state file could have been tampered with: stay in the folder.
        if path.resolve() not in living and remove_or_warn(outdir, path):
            logger.info(
                '[blog] removed %s: its document is gone',
                path.relative_to(outdir) if path.is_relative_to(outdir) else path,
            )


def _remove_other_sources(app: Sphinx, docnames: Iterable[str]) -> None:
    """Remove the copies of sources that documents no longer have: a post became Markdown, say."""
    outdir = Path(app.outdir)
    if not (outdir / '_sources').is_dir():
        return
    for docname in docnames:
        suffix = PurePath(str(app.env.doc2path(docname, base=False))).suffix
        for other in app.config.source_suffix:
            if other != suffix and docname + other not in app.env.all_docs:
                remove_or_warn(outdir, outdir / '_sources' / f'{docname}{other}.txt')
