"""Pages of all posts, years, tags and so on, and the pages at old addresses of posts.

Their content is a template of ours; the theme's own page stands around it, as
around any document. Sphinx writes such pages in every build. These are rendered
only when something of them changed, and written only when they differ.
"""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

import sphinx
from sphinx.locale import get_translation
from sphinx.util import logging
from sphinx.util.display import status_iterator

from sphinxext_blog.addresses import joined
from sphinxext_blog.config import blog_config
from sphinxext_blog.formulas import render_html
from sphinxext_blog.site.archive_lists import Scribe
from sphinxext_blog.site.cache import package_stamp
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import (
    is_extra,
    on_disk,
    reason_of,
    remove_or_warn,
    take_if_changed,
    write_or_warn,
)
from sphinxext_blog.site.old_addresses import OldAddresses
from sphinxext_blog.site.site_address import base_address
from sphinxext_blog.site.warnings import warn
from sphinxext_blog.site.withheld import NOINDEX, keep_out_of_sitemap

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.application import Sphinx

    from sphinxext_blog.site.archive_lists import Page

__all__ = ['setup_archive_pages', 'write_archive_pages']

_ = get_translation('sphinxext_blog')
logger = logging.getLogger(__name__)

_TEMPLATE: Final = 'sphinxext_blog/posts.html'
_STATE_FILE: Final = '.sphinxext_blog_pages.json'


def setup_archive_pages(app: Sphinx) -> None:
    """Have the pages made in builds to HTML pages."""
    app.connect('html-collect-pages', write_archive_pages)


def write_archive_pages(app: Sphinx) -> list[tuple[str, dict[str, Any], str]]:
    """Write the pages that changed, and remove those that are no more.

    :return: nothing for Sphinx to write.
    """
    if app.builder.name not in PAGE_BUILDERS:
        return []
    builder: Any = app.builder
    blog: Any = app.env.get_domain('blog')
    last = blog.last_build
    site = _site_digest(app)
    made_of = repr((last.facts, site))
    if last.facts and not blog.written and last.has_made('archive pages', made_of):
        return []
    last.forget('archive pages')
    scribe = Scribe(app, blog.knowledge)
    documents = {on_disk(builder.get_outfilename(name)): name for name in app.env.found_docs}
    pages = list(scribe.pages()) if blog_config(app.config).archive_pages else []
    old = OldAddresses(app)
    old.read(blog.knowledge.posts.values())
    lists = len(pages)
    pages += [scribe.redirect(name, to, blog.knowledge.shown_title(to)) for name, to in old.wanted.items()]
    known = _read_state(app)
    state: dict[str, str] = {}
    outdated: list[tuple[Page, Path]] = []
    in_the_way = False
    for number, page in enumerate(pages):
        path = on_disk(builder.get_outfilename(page.name))
        if path in documents:
            if number >= lists and old.wanted[page.name] == documents[path]:
                continue  # where it was it still is
            # The author's own page of that name.
            in_the_way = True
            if number >= lists:
                old.refuse('the old address %r is a document', page.name, old.wanted[page.name])
            continue
        if is_extra(app, path):
            # Where it is copied before pages are written, it would be lost.
            in_the_way = True
            if number >= lists:
                old.refuse(
                    'the old address %r is a file of html_extra_path', page.name, old.wanted[page.name]
                )
            continue
        if page.name in state:
            if number >= lists:
                old.refuse('the old address %r is a page of the site', page.name, old.wanted[page.name])
            continue
        content = repr((site, page)).encode('utf-8', 'surrogatepass')
        state[page.name] = hashlib.sha256(content).hexdigest()[:24]
        if known.get(page.name) != state[page.name] or not path.is_file():
            outdated.append((page, path))
    if outdated or known.keys() - state.keys():
        # Should this build be broken off, the next one trusts none of the pages, and knows all.
        _save_state(app, dict.fromkeys([*known, *state], ''))
    keep_out_of_sitemap(app, [page.name for page in pages if NOINDEX in page.head])
    told = status_iterator(
        outdated,
        str(_('writing lists of posts... ')),
        'brown',
        len(outdated),
        app.verbosity,
        stringify_func=lambda item: item[0].name,
    )
    failed: list[OSError] = []
    for page, path in told:
        try:
            _write(app, page, path)
        except OSError as error:
            if error.errno is None:
                raise  # a template that is not there is an error of this kind, too
            failed.append(error)
            state[page.name] = ''  # the next build tries again
    _tell(failed)
    for name in known.keys() - state.keys():
        path = on_disk(builder.get_outfilename(name))
        # Sphinx has copied the author's own files before, or will do so later.
        if path not in documents and not is_extra(app, path):
            remove_or_warn(Path(app.outdir), path)
    saved = _save_state(app, state)
    if saved and not (in_the_way or old.has_refused or failed):  # what was warned of is to be warned of again
        files = [on_disk(builder.get_outfilename(name)) for name in state]
        last.note_made('archive pages', made_of, [Path(app.outdir) / _STATE_FILE, *files])
    return []


def _write(app: Sphinx, page: Page, path: Path) -> None:
    builder: Any = app.builder
    path.parent.mkdir(parents=True, exist_ok=True)
    body = builder.templates.render(_TEMPLATE, {'page': page.values, 'heading': render_html(page.title)})
    part = path.with_name(f'{path.name}.new')
    context = {'title': render_html(page.title), 'body': body, 'metatags': page.head}
    if (target := page.values.get('redirect')) and (base := base_address(app.config)):
        # The canonical address is that of the post.
        here = joined(base, builder.get_target_uri(page.name))
        context['pageurl'] = joined(here, target)
    builder.handle_page(page.name, context, 'page.html', outfilename=part)
    take_if_changed(path, part)


def _tell(failed: Sequence[OSError]) -> None:
    """Warn of pages that could not be written: one thing in the way may stand before all."""
    if failed:
        path = failed[0].filename2 or failed[0].filename
        more = f' ({len(failed) - 1} more pages as well)' if len(failed) > 1 else ''
        warn('graph', '%s could not be written: %s%s', path, reason_of(failed[0]), more)


def _site_digest(app: Sphinx) -> list[object]:
    """What the theme puts around every page may depend on."""
    builder: Any = app.builder
    info = getattr(builder, 'build_info', None)
    listed = sorted(
        (name, app.env.titles[name].astext())
        for parent in sorted(app.env.toctree_includes)
        for name in app.env.toctree_includes[parent]
        if name in app.env.titles
    )
    return [
        package_stamp(),
        sphinx.__version__,
        getattr(info, 'config_hash', ''),
        getattr(info, 'tags_hash', ''),
        builder.templates.newest_template_mtime(),
        listed,
    ]


def _save_state(app: Sphinx, state: dict[str, str]) -> bool:
    content = json.dumps(state, sort_keys=True, indent=0, ensure_ascii=False)
    return write_or_warn(Path(app.outdir) / _STATE_FILE, content.encode('utf-8', 'surrogatepass'))


def _read_state(app: Sphinx) -> dict[str, str]:
    try:
        state = json.loads((Path(app.outdir) / _STATE_FILE).read_text(encoding='utf-8'))
        return {str(name): str(value) for name, value in state.items()}
    except (OSError, ValueError, AttributeError):
        return {}
