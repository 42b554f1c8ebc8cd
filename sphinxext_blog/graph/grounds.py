"""What ties posts to each other besides their words, one kind of reason each.

Shared citations are bibliographic coupling (Kessler 1963), being cited together
is co-citation (Small 1973); both weigh a common neighbour the less the more
links it has (Adamic and Adar 2003). That posts like this one cite another is
what recommenders call neighbourhoods of items (Sarwar et al. 2001).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING

import numpy as np
from scipy import sparse

from sphinxext_blog.formulas.in_line import in_line
from sphinxext_blog.graph.terms import nearest

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext_blog.formulas import SharedFormula
    from sphinxext_blog.graph.likeness import Near
    from sphinxext_blog.records import Post, ReasonKind, Resolution

__all__ = ['Ground', 'formula_ground', 'link_grounds', 'series_ground', 'tag_ground']

_SERIES_REACH = 10
_HUB = 200
"""A post, work or tag with more links than this says nothing about any two posts."""
_SAME_TAGS = 60
"""Posts with the same tags that a post may have as candidates."""
_COMPANY = 30
_COMPANY_SHARE = 1 / 3
"""Nearest posts whose citations count as those of similar posts, and in a small blog the share of all."""
_COMPANY_SCALE = 5.0
_NAMED = 3
"""Similar posts that are named."""
_FORMULA_SCALE = 25.0


@dataclass(frozen=True, slots=True)
class Ground:
    """One kind of reason, for all pairs of posts."""

    kind: ReasonKind
    strength: sparse.csr_matrix
    """In [0, 1], one row and column a post."""

    def row(self, post: int) -> tuple[np.ndarray, np.ndarray]:
        """The other posts and the strengths."""
        part = slice(self.strength.indptr[post], self.strength.indptr[post + 1])
        return self.strength.indices[part], self.strength.data[part]

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        """What it rests on, strongest first."""
        del one, two
        return ()


def _matrix(cells: Mapping[tuple[int, int], float], columns: int, rows: int) -> sparse.csr_matrix:
    pairs = sorted(cells)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    data = np.array([cells[pair] for pair in pairs], dtype=np.float64)
    return sparse.csr_matrix((data, (ends[:, 0], ends[:, 1])), shape=(rows, columns))


# Links


@dataclass(frozen=True, slots=True)
class _Common(Ground):
    """Common neighbours."""

    links: Sequence[frozenset[str]]
    """The nodes that each post is linked with."""

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        return tuple(sorted(self.links[one] & self.links[two]))


@dataclass(frozen=True, slots=True)
class _Company(Ground):
    """Similar posts that cite it."""

    nodes: Sequence[str]
    similar: sparse.csr_matrix
    citing: sparse.csr_matrix

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        own = slice(self.similar.indptr[one], self.similar.indptr[one + 1])
        others = self.citing.indices[self.citing.indptr[two] : self.citing.indptr[two + 1]]
        near = dict(zip(self.similar.indices[own].tolist(), self.similar.data[own].tolist(), strict=True))
        found = sorted((-round(near[post], 9), self.nodes[post]) for post in others.tolist() if post in near)
        return tuple(name for _, name in found[:_NAMED])


def link_grounds(posts: Sequence[Post], resolution: Resolution, near: Sequence[Near]) -> list[Ground]:
    """Citations between two posts, common ones, and those by similar posts.

    :param posts: sorted by name.
    :param near: the candidates of each by its words.
    """
    number: dict[str, int] = {post.docname: index for index, post in enumerate(posts)}
    outside = sorted({link.target for link in resolution.links} - number.keys())
    nodes = [*number, *outside]
    place = {node: index for index, node in enumerate(nodes)}
    sure: dict[tuple[int, int], float] = {}
    for link in resolution.links:
        if link.source in number and link.source != str(link.target):
            pair = (number[link.source], place[link.target])
            sure[pair] = max(sure.get(pair, 0.0), link.score)
    links = _matrix(sure, len(nodes), len(posts))
    inner = links[:, : len(posts)].tocsr()
    backwards = inner.T.tocsr()
    backwards.sort_indices()
    similar = _similar(near)
    company = _without_diagonal(similar @ inner)
    company.data = 1 - np.exp(-_COMPANY_SCALE * company.data)
    return [
        Ground('cites', inner),
        Ground('cited-by', backwards),
        _Common('cited-together', _common(backwards), _sets(backwards, nodes)),
        _Common('shared-citations', _common(links), _sets(links, nodes)),
        _Company('cited-by-similar', company, nodes, similar, backwards),
    ]


def _sets(links: sparse.csr_matrix, nodes: Sequence[str]) -> list[frozenset[str]]:
    names = [nodes[node] for node in links.indices.tolist()]
    ends = links.indptr.tolist()
    return [frozenset(names[start:end]) for start, end in pairwise(ends)]


def _similar(near: Sequence[Near]) -> sparse.csr_matrix:
    """Rows of sum 1 over the posts nearest by their words."""
    indices, data, ends = [np.zeros(0, dtype=np.int64)], [np.zeros(0)], [0]
    most = min(_COMPANY, math.ceil(_COMPANY_SHARE * len(near)))
    for row in near:
        best = np.sort(np.lexsort((row.columns, -np.round(row.relative, 9)))[:most])
        likeness = row.relative[best]
        indices.append(row.columns[best])
        data.append(likeness / likeness.sum() if len(best) else likeness)
        ends.append(ends[-1] + len(best))
    shape = (len(near), len(near))
    return sparse.csr_matrix((np.concatenate(data), np.concatenate(indices), ends), shape=shape)


def _common(links: sparse.csr_matrix) -> sparse.csr_matrix:
    """Strength by common neighbours: ``1 - exp(-sum(1 / log2(1 + degree)))``."""
    present = links.copy()
    present.data = np.ones_like(present.data)
    degree = np.asarray(present.sum(axis=0)).ravel()
    weight = np.zeros_like(degree)
    telling = (degree >= 2) & (degree <= _HUB)
    weight[telling] = 1 / np.log2(1 + degree[telling])
    common = _without_diagonal(present @ sparse.diags(weight) @ present.T)
    common.data = 1 - np.exp(-common.data)
    return common


def _without_diagonal(matrix: sparse.spmatrix) -> sparse.csr_matrix:
    """The entries that are not 0 beside the diagonal; `setdiag` would first add the whole of it."""
    entries = matrix.tocoo()
    kept = (entries.row != entries.col) & (entries.data != 0)
    rest = sparse.csr_matrix(
        (entries.data[kept], (entries.row[kept], entries.col[kept])), shape=entries.shape
    )
    rest.sort_indices()
    return rest


# Series


@dataclass(frozen=True, slots=True)
class _Series(Ground):
    keys: Mapping[tuple[int, int], str]

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        return (self.keys[one, two],)


def series_ground(posts: Sequence[Post], resolution: Resolution) -> Ground:
    """Parts of one series, the nearer the stronger."""
    number: dict[str, int] = {post.docname: index for index, post in enumerate(posts)}
    best: dict[tuple[int, int], float] = {}
    keys: dict[tuple[int, int], str] = {}
    for series in sorted(resolution.series, key=lambda series: series.key):
        parts = [number[member.id] for member in series.members if member.id in number]
        for at, one in enumerate(parts):
            for way, two in enumerate(parts[at + 1 : at + 1 + _SERIES_REACH]):
                near = 1 / (1 + way / 4)
                for pair in ((one, two), (two, one)):
                    if one != two and near > best.get(pair, 0.0):
                        best[pair], keys[pair] = near, series.key
    return _Series('series', _matrix(best, len(posts), len(posts)), keys)


# Formulas


@dataclass(frozen=True, slots=True)
class _Formulas(Ground):
    shown: Mapping[tuple[int, int], str]

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        shown = self.shown[one, two]
        return (shown,) if shown else ()


def formula_ground(posts: Sequence[Post], shared: Iterable[SharedFormula]) -> Ground:
    """Formulas that two posts share; the detail is the strongest in a line, as the other has it."""
    number: dict[str, int] = {post.docname: index for index, post in enumerate(posts)}
    strength: dict[tuple[int, int], float] = {}
    shown: dict[tuple[int, int], str] = {}
    for pair in shared:
        one, two = number.get(pair.source), number.get(pair.target)
        if one is None or two is None or one == two or pair.score <= 0:
            continue
        strength[one, two] = strength[two, one] = 1 - float(np.exp(-pair.score / _FORMULA_SCALE))
        shown[one, two] = _shown(key.second.shown for key in pair.evidence)
        shown[two, one] = _shown(key.first.shown for key in pair.evidence)
    return _Formulas('formula', _matrix(strength, len(posts), len(posts)), shown)


def _shown(formulas: Iterable[str]) -> str:
    """The first formula that can stand in a sentence, between dollar signs; empty when none can."""
    return next((f'${text}$' for text in map(in_line, formulas) if text), '')


# Tags


@dataclass(frozen=True, slots=True)
class _Tags(Ground):
    tags: Sequence[Mapping[str, str]]
    weight: Mapping[str, float]

    def detail(self, one: int, two: int) -> tuple[str, ...]:
        shared = (self.tags[one].keys() & self.tags[two].keys()) & self.weight.keys()
        return tuple(self.tags[one][tag] for tag in sorted(shared, key=lambda tag: (-self.weight[tag], tag)))


def tag_ground(posts: Sequence[Post]) -> Ground:
    """Tags that two posts share, the rarer the stronger: ``1 - exp(-sum of squared rarities)``."""
    tags = [{tag.strip().casefold(): tag.strip() for tag in post.tags if tag.strip()} for post in posts]
    spread: dict[str, int] = {}
    for own in tags:
        for tag in own:
            spread[tag] = spread.get(tag, 0) + 1
    telling = sorted(tag for tag, posts_with in spread.items() if 2 <= posts_with <= _HUB)
    column = {tag: index for index, tag in enumerate(telling)}
    most = float(np.log(len(posts) + 1))
    weight = {tag: float(np.log((len(posts) + 1) / (spread[tag] + 0.5))) / most for tag in telling}
    cells = {
        (row, column[tag]): weight[tag]
        for row, own in enumerate(tags)
        for tag in own
        if tag in column and weight[tag] > 0
    }
    strength = nearest(_matrix(cells, max(len(telling), 1), len(posts)), _SAME_TAGS, 0.01)
    strength.data = 1 - np.exp(-strength.data)
    return _Tags('tags', strength, tags, weight)
