"""Which page a name in a wikilink, a ``post_url`` or a ``ref`` means, and which heading of it.

Names are compared as Obsidian does it: without regard to case; the page in the
same folder, then the one with the shortest path, wins among pages of one name.
"""

from __future__ import annotations

import os
import re
from collections import defaultdict
from pathlib import Path, PurePosixPath
from typing import TYPE_CHECKING, Any
from urllib.parse import unquote

from docutils import nodes

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import Post

__all__ = ['ATTACHMENT', 'PageNames', 'find_files', 'heading_anchor']

_SUFFIX = re.compile(r'\.(?:md|markdown|html?|rst|ipynb)$', re.IGNORECASE)
_PICTURE = re.compile(r'\.(?:png|jpe?g|gif|svg|webp|avif|bmp)$', re.IGNORECASE)
ATTACHMENT = re.compile(
    r'\.(?:pdf|djvu|epub|csv|tsv|xlsx?|docx?|pptx?|zip|gz|7z|bib|tex|py|mp3|m4a|ogg|wav|flac|mp4|mov|webm|canvas)$',
    re.IGNORECASE,
)
"""Ends the names of files that notes link to as they link to notes."""
_DATED = re.compile(r'^\d{4}-\d{1,2}-\d{1,2}-')


def _fold(name: str) -> str:
    return ' '.join(name.casefold().split())


class PageNames:
    """The names that the documents of a site go by.

    :param docnames: all documents.
    :param titles: their titles, where known.
    :param posts: the posts, for their aliases and the names in their addresses.
    """

    def __init__(self, docnames: Iterable[str], titles: Mapping[str, str], posts: Mapping[str, Post]) -> None:
        self._tables: tuple[dict[str, set[str]], ...] = tuple(defaultdict(set) for _ in range(3))
        paths, bare, known = self._tables
        for docname in docnames:
            folded = _fold(docname)
            parts = folded.split('/')
            if parts[-1] in {'index', '_index'} and len(parts) > 1:
                parts.pop()  # a page bundle of Hugo is called by its folder
            for n in range(len(parts)):
                paths['/'.join(parts[n:])].add(docname)
            paths[folded].add(docname)
            bare[_DATED.sub('', parts[-1])].add(docname)
            if title := titles.get(docname):
                known[_fold(title)].add(docname)
        for docname, post in posts.items():
            for name in (post.title, *post.aliases):
                known[_fold(name)].add(docname)
            slug = dict(post.facts).get('slug', '')
            for address in (*post.urls, slug):
                if last := PurePosixPath(unquote(address.partition('?')[0])).name:
                    bare[_fold(_SUFFIX.sub('', last))].add(docname)

    def find(self, name: str, source: str) -> str:
        """The document that *name* means in *source*; empty when there is none, or which one is not clear.

        A name with ``./`` or ``../`` is a path from the document.
        """
        found = self.candidates(name, source)
        return found[0] if len(found) == 1 else ''

    def candidates(self, name: str, source: str) -> list[str]:
        """The documents that *name* can mean in *source*, one as well as another."""
        name = unquote(name).strip()
        if name.startswith(('./', '../')):
            name = _normal(f'{source.rpartition("/")[0]}/{name}')
        folded = _fold(_SUFFIX.sub('', name).strip('/'))
        if not folded:
            return []
        folder = source.rpartition('/')[0]

        def distance(docname: str) -> tuple[bool, int]:
            return docname.rpartition('/')[0] != folder, docname.count('/')

        for table in self._tables:
            if found := table.get(folded):
                nearest = min(map(distance, found))
                return sorted(docname for docname in found if distance(docname) == nearest)
        return []


def _normal(path: str) -> str:
    parts: list[str] = []
    for part in path.split('/'):
        if part == '..':
            del parts[-1:]
        elif part not in {'', '.'}:
            parts.append(part)
    return '/'.join(parts)


def heading_anchor(env: BuildEnvironment, docname: str, heading: str) -> str | None:
    """The id of a heading, by its words or its own id; ``None`` when the document has none such.

    It is empty for the title of the document. ``A#B`` names a heading B below a heading A: the last
    one counts.
    """
    wanted = _fold(unquote(heading).rpartition('#')[2])
    toc: Any = env.tocs.get(docname)
    if not wanted or toc is None:
        return None
    slug = re.sub(r'[\s-]+', '-', wanted)
    for reference in toc.findall(nodes.reference):
        anchor = str(reference.get('anchorname') or '').removeprefix('#')
        words = _fold(reference.astext())
        slugs = {
            re.sub(r'[\s-]+', '-', re.sub(r'[^\w\s-]', '', words)),
            re.sub(r'[\W_]+', '-', words).strip('-'),  # of Hexo: 2-1-part for “2.1 Part”
        }
        if wanted in {words, anchor} or slug in slugs:
            return anchor
    return None


def find_files(folder: str | os.PathLike[str]) -> dict[str, str]:
    """Pictures and attachments below a folder: name, case-folded -> shortest path; hidden folders aside."""
    found: dict[str, str] = {}
    for place, folders, files in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith(('.', '_build')))
        for name in sorted(files):
            if _PICTURE.search(name) or ATTACHMENT.search(name):
                path = (Path(place) / name).relative_to(folder).as_posix()
                known = found.get(name.casefold())
                if known is None or (path.count('/'), len(path), path) < (
                    known.count('/'),
                    len(known),
                    known,
                ):
                    found[name.casefold()] = path
    return found
