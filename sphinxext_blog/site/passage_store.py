"""The running text of each post, block by block, kept beside its doctree and out of the environment.

Titles in plain text are looked for when all posts are known: the titles of one
post in the text of all others. The environment keeps a digest of each post's
text, so that nothing is looked for when nothing changed.
"""

from __future__ import annotations

import hashlib
import pickle
from collections.abc import Iterator, Mapping
from typing import TYPE_CHECKING

from docutils import nodes

from sphinxext_blog.records import Passage
from sphinxext_blog.site import post_cache
from sphinxext_blog.site.mentions import MAYBE
from sphinxext_blog.site.text import MARK, flatten, running_blocks, with_dollars

if TYPE_CHECKING:
    from collections.abc import Collection

    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.records import DocName
    from sphinxext_blog.site.text import FlatText

__all__ = ['StoredPassages', 'load', 'pack', 'passages']


def passages(document: nodes.document) -> tuple[Passage, ...]:
    """The blocks of sentences of a document whose mentions are marked: no headings, no code."""
    return tuple(passage for block in running_blocks(document) if (passage := _passage(block)).text.strip())


def _passage(block: nodes.TextElement) -> Passage:
    flat = flatten(block)
    text = ''
    taken: list[tuple[int, int]] = []
    for piece, is_taken in _pieces(flat):
        if not piece:
            continue
        if is_taken and taken and taken[-1][1] == len(text):
            taken[-1] = (taken[-1][0], len(text) + len(piece))
        elif is_taken:
            taken.append((len(text), len(text) + len(piece)))
        text += piece
    section = block.parent
    while section is not None and not isinstance(section, nodes.section):
        section = section.parent
    anchor = section['ids'][0] if section is not None and section['ids'] else ''
    return Passage(text, tuple(taken), anchor, block.line or 0)


def _pieces(flat: FlatText) -> Iterator[tuple[str, bool]]:
    for leaf in flat.leaves:
        is_taken = leaf.link is not None or not isinstance(leaf.node, nodes.Text) or _is_mention(leaf.node)
        yield with_dollars(flat.text[leaf.start : leaf.end]), is_taken


def _is_mention(node: nodes.Node) -> bool:
    parent: nodes.Element | None = node.parent
    while parent is not None and isinstance(parent, nodes.Inline):
        if MARK in parent.attributes:
            return not parent.get(MAYBE)
        parent = parent.parent
    return False


def pack(found: tuple[Passage, ...]) -> tuple[str, bytes]:
    """The digest of a post's passages, and what is kept of them."""
    digest = hashlib.sha256(repr(found).encode('utf-8', 'surrogatepass')).hexdigest()[:16]
    return digest, pickle.dumps(found, protocol=5)


def load(env: BuildEnvironment, docname: str) -> tuple[Passage, ...]:
    """The passages of a post; read from its doctree when the file is gone."""
    try:
        found = pickle.loads(post_cache.load(env, docname, 'passages'))  # noqa: S301 (as Sphinx's own doctree beside it)
        if isinstance(found, tuple) and all(isinstance(passage, Passage) for passage in found):
            return found
    except Exception:  # noqa: S110 (whatever is wrong with the file: it can be made again)
        pass
    made = passages(env.get_doctree(docname))
    post_cache.mend(env, docname, 'passages', pack(made)[1])
    return made


class StoredPassages(Mapping['DocName', tuple[Passage, ...]]):
    """The passages of some posts, each read when it is asked for: a large blog has more text than memory."""

    def __init__(self, env: BuildEnvironment, docnames: Collection[DocName]) -> None:
        self._env = env
        self._docnames = dict.fromkeys(docnames)

    def __getitem__(self, docname: DocName) -> tuple[Passage, ...]:
        if docname not in self._docnames:
            raise KeyError(docname)
        return load(self._env, docname)

    def __iter__(self) -> Iterator[DocName]:
        return iter(self._docnames)

    def __len__(self) -> int:
        return len(self._docnames)
