"""``blog_sources``: import archives before Sphinx looks for documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from sphinx.util import logging

from sphinxext_blog.config import blog_config
from sphinxext_blog.importers import import_sources
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from sphinx.application import Sphinx

__all__ = ['import_archives']

logger = logging.getLogger(__name__)


def import_archives(app: Sphinx) -> None:
    """Write the posts of the archives into the source folder; only what changed is touched."""
    config = blog_config(app.config)
    if not config.sources:
        return
    base = Path(app.confdir)
    sources = []
    for name in config.sources:
        path = base / name
        if path.exists():
            sources.append(path)
        else:
            warn('import', 'blog_sources: %s does not exist', path)
    corrections = base / config.corrections if config.corrections else None
    if corrections is not None and not corrections.is_file():
        warn('import', 'blog_corrections: %s does not exist', corrections)
        corrections = None
    destination = Path(app.srcdir) / config.import_dir
    try:
        report = import_sources(sources, destination, corrections=corrections)
    except OSError as error:
        warn('import', 'the posts of the archives could not be written to %s: %s', destination, error)
        return
    for problem in report.problems:
        place = f'{problem.path}:{problem.line or 1}'
        warn(problem.subtype, '%s', problem.message, location=place)
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
