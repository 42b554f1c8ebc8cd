"""``blog_sources``: import archives before Sphinx looks for documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext_blog.config import blog_config
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['import_archives']

logger = logging.getLogger(__name__)


def import_archives(app: Sphinx) -> None:
    """Write the posts of the archives into the source folder; only what changed is touched."""
    config = blog_config(app.config)
    corrections = Path(app.confdir) / config.corrections if config.corrections else None
    if not config.sources:
        if corrections and not corrections.is_file():  # an import tells it itself
            warn('config', 'conf.py: blog_corrections: there is no file %s', corrections)
        return
    from sphinxext_blog.importers import import_sources

    base = Path(app.confdir)
    # A source that is gone goes along too: the import reports it, and removes nothing then.
    sources = [base / name for name in config.sources]
    destination = Path(app.srcdir) / config.import_dir
    try:
        report = import_sources(sources, destination, corrections=corrections)
    except OSError as error:
        warn('import', 'the posts of the archives could not be written to %s: %s', destination, error)
        return
    for problem in report.problems:
        place = _full_path(problem.path, sources)
        if problem.line or place.is_file():
            warn(problem.subtype, '%s', problem.message, location=f'{place}:{problem.line or 1}')
        else:  # a folder has no lines, and Sphinx takes a location without a line for a document
            warn(problem.subtype, '%s: %s', place, problem.message)
    logger.info(
        '[blog] archives: %d entries, %d posts (%d merged); %d written, %d unchanged, %d removed',
        report.entries,
        report.posts,
        len(report.merged),
        len(report.written),
        len(report.unchanged),
        len(report.removed),
    )
    for merge in report.merged:
        logger.verbose('[blog] %s', merge)


def _full_path(name: str, sources: list[Path]) -> Path:
    """The file of a problem: reports name files by their place in a source."""
    for source in sources:
        path = source if source.name == name else source / name
        if path.is_file():
            return path
    return Path(name)
