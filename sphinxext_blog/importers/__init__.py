"""Archives -> one RST document per post.

A file of a source folder is decoded, read into entries by the first importer
that recognises it (the built-in one reads crawled listing pages; others come
by the entry point group ``sphinxext_blog.importers``), corrected by the owner's
rules, merged with the other entries that tell of the same post, and written
under a stable name into a folder whose manifest tells ours from the author's.
What a source does not say stays unknown, and whatever is left out is reported.

The public names are loaded when they are first used: most builds import nothing.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.lazy_names import lazy_names

if TYPE_CHECKING:
    from sphinxext_blog.importers.manifest import DestinationError
    from sphinxext_blog.importers.merge import Merge
    from sphinxext_blog.importers.model import Block, Entry, ImportedFile, Importer, Problem
    from sphinxext_blog.importers.pipeline import ImportReport, import_sources
    from sphinxext_blog.importers.registry import load_importers

__all__ = [
    'Block',
    'DestinationError',
    'Entry',
    'ImportReport',
    'ImportedFile',
    'Importer',
    'Merge',
    'Problem',
    'import_sources',
    'load_importers',
]

_HOMES = {
    'Block': 'model',
    'DestinationError': 'manifest',
    'Entry': 'model',
    'ImportReport': 'pipeline',
    'ImportedFile': 'model',
    'Importer': 'model',
    'Merge': 'merge',
    'Problem': 'model',
    'import_sources': 'pipeline',
    'load_importers': 'registry',
}
"""The module of each public name."""

__getattr__ = lazy_names(__name__, _HOMES)
