"""What earlier builds of ours left in the output, and this one does not write any more: it is removed.

Sphinx removes nothing. When ``blog_path`` is another one, or a page, the exports
or the feeds are no longer wanted, readers and search engines would find the old
ones forever. A list in the output tells which files each part of ours wrote;
only these are ever removed: those of a part that now stands elsewhere before
anything is written, those that a part no longer needs when all is.

The pages that list posts have a list of their own (`archive_pages`), and so
have the pages of documents (`rebuild`).
"""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from sphinx.util import logging

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.catalogs import pages_root
from sphinxext_blog.site.exports import PAGE_BUILDERS
from sphinxext_blog.site.files import is_extra, on_disk, remove_or_warn, write_or_warn
from sphinxext_blog.site.formula_page import formula_page_name, has_formula_page
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.site_address import base_address

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.site.last_build import LastBuild

__all__ = ['FILES_STATE', 'note_files', 'parts_of', 'remove_moved']

logger = logging.getLogger(__name__)

FILES_STATE: Final = '.sphinxext_blog_files.json'
_VERSION: Final = 1

_State = dict[str, tuple[str, list[str]]]
"""By the part's name: where it stood, and its files below the output folder."""


def remove_moved(app: Sphinx, env: BuildEnvironment) -> None:
    """Remove what parts wrote that now stand elsewhere, or are no longer made."""
    if app.builder.name not in PAGE_BUILDERS:
        return
    last: LastBuild = env.get_domain('blog').last_build  # type: ignore[attr-defined]
    places = parts_of(app)
    for name, (place, files) in _read(app).items():
        if place != places.get(name, ''):
            _remove(app, files)
            last.forget(name)


def note_files(app: Sphinx, exception: Exception | None) -> None:
    """Remove what parts no longer need, and remember what they wrote."""
    if exception is not None or app.builder.name not in PAGE_BUILDERS:
        return
    last: LastBuild = app.env.get_domain('blog').last_build  # type: ignore[attr-defined]
    places = parts_of(app)
    # Those of other places went before: what stands there now is not ours.
    known = {name: told for name, told in _read(app).items() if told[0] == places.get(name)}
    state: _State = {}
    for name, place in places.items():
        if not place:
            continue
        if name in last.outputs:
            _made_of, files = last.outputs[name]
            state[name] = (place, sorted(filter(None, (_below(app, path) for path in files))))
        elif name in known:  # something of it could not be written: what stands there is not known
            state[name] = known[name]
    standing = {file for _place, files in state.values() for file in files}
    _remove(app, {file for _place, files in known.values() for file in files} - standing)
    content = json.dumps({'version': _VERSION, 'parts': state}, sort_keys=True, indent=0, ensure_ascii=False)
    write_or_warn(Path(app.outdir) / FILES_STATE, content.encode('utf-8', 'surrogatepass'))


def parts_of(app: Sphinx) -> dict[str, str]:
    """Where each part stands, by its name in the record of a build; empty for one that is not made."""
    values = blog_config(app.config)
    graph = graph_page_name(app.config)
    formulas = formula_page_name(app.config) if has_formula_page(app.builder) else ''
    feeds = f'{pages_root(app.config)} {" ".join(values.feeds)}'
    return {
        'exports': f'/{values.path}',
        'feeds': feeds if base_address(app.config) and values.feeds else '',
        'graph page': graph if values.graph_page and graph not in app.env.found_docs else '',
        'formula page': formulas,
        'formula index': formulas,
    }


def _below(app: Sphinx, path: str) -> str:
    """A path as it is below the output folder; empty when it is elsewhere."""
    outdir = Path(app.outdir)
    return Path(path).relative_to(outdir).as_posix() if Path(path).is_relative_to(outdir) else ''


def _remove(app: Sphinx, files: Iterable[str]) -> None:
    builder: Any = app.builder
    outdir = Path(app.outdir)
    paths = [outdir / file for file in sorted(files)]
    if not paths:
        return
    documents = {on_disk(builder.get_outfilename(name)) for name in app.env.found_docs}
    for path in paths:
        if path not in documents and not is_extra(app, path) and remove_or_warn(outdir, path):
            logger.verbose('[blog] removed %s: it is no longer made', path)


def _read(app: Sphinx) -> _State:
    """The list of the last build; an empty one when there is none that can be read."""
    try:
        state = json.loads((Path(app.outdir) / FILES_STATE).read_text(encoding='utf-8'))
        if state['version'] != _VERSION:
            return {}
        return {
            str(name): (str(place), [str(file) for file in files])
            for name, (place, files) in state['parts'].items()
        }
    except (OSError, ValueError, KeyError, TypeError, AttributeError):
        return {}
