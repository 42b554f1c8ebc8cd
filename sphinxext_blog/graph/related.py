"""Which posts belong beside each other, and why.

Each reason gives a pair of posts a strength in [0, 1); the score of the pair is
that of a noisy or, ``1 - prod(1 - strength)``: any one good reason suffices,
further ones add what is left. The shares of the reasons are their parts of
``-log(1 - score)``.

Shared citations are bibliographic coupling (Kessler 1963), being cited together
is co-citation (Small 1973); both weigh a common neighbour the less the more
links it has (Adamic and Adar 2003).
"""

from __future__ import annotations

import operator
from dataclasses import dataclass
from functools import cache, reduce
from typing import TYPE_CHECKING, Literal

import numpy as np
from scipy import sparse

from sphinxext_blog.graph.explain import ideographs, shared_terms
from sphinxext_blog.graph.terms import nearest, plain, weigh_terms
from sphinxext_blog.records import DocName, Reason, Related

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from sphinxext_blog.graph.terms import Terms
    from sphinxext_blog.records import Post, Resolution

__all__ = ['rank_related']

ReasonKind = Literal['cites', 'cited-by', 'series', 'cited-together', 'shared-citations', 'text', 'tags']

STRENGTH = {
    'text': 0.9,
    'cites': 0.35,
    'cited-by': 0.35,
    'series': 0.3,
    'cited-together': 0.35,
    'shared-citations': 0.3,
    'tags': 0.2,
}
"""Strength of each reason at its best."""

LEAST_COSINE = 0.015
LEAST_SCORE = 0.015
LEAST_BY_TEXT = 0.07
"""Score of a pair of short posts that nothing but its words brings together."""
FEW_TERMS = 100
"""In posts of more terms than this the least score falls as their number grows."""
ENOUGH_WORDS = 2
TELLING_LENGTH = 3
"""Such a pair shares so many readable terms, or one of so many ideographs, or one of both titles."""
SERIES_MATES = 2
"""Posts of its own series that a list shows at most: the series panel shows them all."""

_CANDIDATES = 60
_PATIENCE = 4
"""Times the wanted number of candidates that are looked at closely."""
_TITLE = 3
"""The title says in few words what the post is about: it counts so many times."""
_SERIES_REACH = 10
_HUB = 200
"""A post or work with more links than this says nothing about any two of them."""


@dataclass(frozen=True, slots=True)
class _Ground:
    """One kind of reason, for all pairs."""

    kind: ReasonKind
    strength: sparse.csr_matrix
    """In [0, 1), one row and column a post."""
    detail: Callable[[int, int], tuple[str, ...] | None]
    """What it rests on; ``None`` when a closer look shows that it rests on nothing."""

    def row(self, post: int) -> dict[int, float]:
        """Strength by the other post."""
        part = slice(self.strength.indptr[post], self.strength.indptr[post + 1])
        columns, data = self.strength.indices[part], self.strength.data[part]
        return dict(zip(columns.tolist(), data.tolist(), strict=True))


@dataclass(frozen=True, slots=True)
class _Chance:
    """Whether words in common are enough to call two posts related, or may be there by chance."""

    sizes: list[int]
    """Number of terms of each post."""
    titles: list[str]

    def least(self, one: int, two: int) -> float:
        """The score from which on words may suffice: the more terms two posts have, the lower."""
        return LEAST_BY_TEXT / max(1.0, min(self.sizes[one], self.sizes[two]) / FEW_TERMS)

    def suffices(self, one: int, two: int, found: Related) -> bool:
        """Whether a score that rests on words alone is high enough, and on words that tell enough."""
        words = [word for reason in found.reasons for word in reason.detail]
        return found.score >= self.least(one, two) and (
            len(words) >= ENOUGH_WORDS
            or any(ideographs(word) >= TELLING_LENGTH for word in words)
            or any(
                word.casefold() in self.titles[one] and word.casefold() in self.titles[two] for word in words
            )
        )


def rank_related(
    posts: Sequence[Post],
    texts: Mapping[DocName, str],
    resolution: Resolution,
    *,
    count: int = 5,
) -> dict[DocName, tuple[Related, ...]]:
    """Find the posts that belong beside each post.

    :param posts: the corpus.
    :param texts: docname -> prose, without LaTeX as far as possible; titles are added here.
    :param resolution: links and series of the same corpus.
    :param count: length of a list at most.
    :returns: for every post its neighbours, best first, ties by docname; an
        empty tuple where no post has enough in common with it. At most
        :data:`SERIES_MATES` of a list are parts of the post's own series.
    """
    ordered = sorted(posts, key=lambda post: post.docname)
    names = [post.docname for post in ordered]
    if count < 1 or len(names) < 2:
        return dict.fromkeys(names, ())
    terms = weigh_terms([f'{post.title}\n' * _TITLE + texts.get(post.docname, '') for post in ordered])
    grounds = [_text(terms), *_links(ordered, resolution), _series(ordered, resolution), _tags(ordered)]
    chance = _Chance(
        np.diff(terms.weights.indptr).tolist(), [plain(post.title).casefold() for post in ordered]
    )
    doubt = reduce(operator.add, (_log(ground.strength) for ground in grounds)).tocsr()
    doubt.sort_indices()
    mates = _series_mates(names, resolution)
    ranked = {}
    for row, name in enumerate(names):
        part = slice(doubt.indptr[row], doubt.indptr[row + 1])
        columns, totals = doubt.indices[part], doubt.data[part]
        order = np.lexsort((columns, -np.round(totals, 9)))[: _PATIENCE * count]
        strengths = [ground.row(row) for ground in grounds]
        candidates = (
            _related(grounds, strengths, row, column, names[column], chance)
            for column in columns[order].tolist()
        )
        ranked[name] = _first((item for item in candidates if item is not None), mates[name], count)
    return ranked


def _first(candidates: Iterable[Related], mates: frozenset[DocName], count: int) -> tuple[Related, ...]:
    chosen: list[Related] = []
    places = SERIES_MATES
    for candidate in candidates:
        if candidate.target in mates:
            if not places:
                continue
            places -= 1
        chosen.append(candidate)
        if len(chosen) == count:
            break
    return tuple(sorted(chosen, key=lambda item: (-item.score, item.target)))


def _related(
    grounds: Sequence[_Ground],
    strengths: Sequence[Mapping[int, float]],
    row: int,
    column: int,
    target: DocName,
    chance: _Chance,
) -> Related | None:
    present = [
        (ground, of_row[column])
        for ground, of_row in zip(grounds, strengths, strict=True)
        if column in of_row
    ]
    if [ground.kind for ground, _ in present] == ['text'] and present[0][1] < chance.least(row, column):
        return None  # before the words are looked for, which is most of the work
    parts = []
    for ground, strength in present:
        detail = ground.detail(row, column)
        if detail is not None:
            parts.append((ground.kind, -float(np.log1p(-strength)), detail))
    total = sum(part for _, part, _ in parts)
    score = 1 - float(np.exp(-total))
    reasons = [Reason(kind, round(score * part / total, 4), detail) for kind, part, detail in parts]
    reasons = sorted((r for r in reasons if r.score > 0), key=lambda reason: (-reason.score, reason.kind))
    found = Related(target, round(sum(reason.score for reason in reasons), 4), tuple(reasons))
    if found.score < LEAST_SCORE:
        return None
    # Beside another reason words tell what that one is about.
    if [kind for kind, _, _ in parts] == ['text'] and not chance.suffices(row, column, found):
        return None
    return found


def _scaled(strength: sparse.csr_matrix, factor: float) -> sparse.csr_matrix:
    scaled = strength.copy()
    scaled.data = scaled.data * factor
    return scaled


def _log(strength: sparse.csr_matrix) -> sparse.csr_matrix:
    logarithm = strength.copy()
    logarithm.data = -np.log1p(-logarithm.data)
    return logarithm


def _text(terms: Terms) -> _Ground:
    strength = _scaled(nearest(terms.weights, _CANDIDATES, LEAST_COSINE), STRENGTH['text'])

    @cache
    def shared(one: int, two: int) -> tuple[str, ...] | None:
        words, _ = shared_terms(terms, one, two)
        return words or None

    return _Ground('text', strength, lambda one, two: shared(min(one, two), max(one, two)))


def _links(posts: Sequence[Post], resolution: Resolution) -> list[_Ground]:
    number: dict[str, int] = {post.docname: index for index, post in enumerate(posts)}
    outside = sorted({link.target for link in resolution.links} - number.keys())
    nodes = [*number, *outside]
    place = {node: index for index, node in enumerate(nodes)}
    sure: dict[tuple[int, int], float] = {}
    for link in resolution.links:
        if link.source in number and link.source != str(link.target):
            pair = (number[link.source], place[link.target])
            sure[pair] = max(sure.get(pair, 0.0), link.score)
    pairs = sorted(sure)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    score = np.array([sure[pair] for pair in pairs], dtype=np.float64)
    count = len(posts)
    links = sparse.csr_matrix((score, (ends[:, 0], ends[:, 1])), shape=(count, len(nodes)))
    inner = links[:, :count].tocsr()
    cited = [set(row.tolist()) for row in np.split(links.indices, links.indptr[1:-1])]
    backwards = inner.T.tocsr()
    citing = [set(row.tolist()) for row in np.split(backwards.indices, backwards.indptr[1:-1])]

    def shared(sets: Sequence[set[int]]) -> Callable[[int, int], tuple[str, ...]]:
        return lambda one, two: tuple(sorted(nodes[node] for node in sets[one] & sets[two]))

    return [
        _Ground('cites', _scaled(inner, STRENGTH['cites']), _nothing),
        _Ground('cited-by', _scaled(backwards, STRENGTH['cited-by']), _nothing),
        _Ground('cited-together', _common(backwards, STRENGTH['cited-together']), shared(citing)),
        _Ground('shared-citations', _common(links, STRENGTH['shared-citations']), shared(cited)),
    ]


def _nothing(_one: int, _two: int) -> tuple[str, ...]:
    return ()


def _common(links: sparse.csr_matrix, best: float) -> sparse.csr_matrix:
    """Strength by common neighbours: ``best * (1 - exp(-sum(1 / log2(1 + degree))))``."""
    present = links.copy()
    present.data = np.ones_like(present.data)
    degree = np.asarray(present.sum(axis=0)).ravel()
    weight = np.zeros_like(degree)
    telling = (degree >= 2) & (degree <= _HUB)
    weight[telling] = 1 / np.log2(1 + degree[telling])
    common: sparse.csr_matrix = (present @ sparse.diags(weight) @ present.T).tocsr()
    common.setdiag(0)
    common.eliminate_zeros()
    common.data = best * (1 - np.exp(-common.data))
    return common


def _series(posts: Sequence[Post], resolution: Resolution) -> _Ground:
    number: dict[str, int] = {post.docname: index for index, post in enumerate(posts)}
    best: dict[tuple[int, int], tuple[float, str]] = {}
    for series in sorted(resolution.series, key=lambda series: series.key):
        parts = [number[member.id] for member in series.members if member.id in number]
        for at, one in enumerate(parts):
            for way, two in enumerate(parts[at + 1 : at + 1 + _SERIES_REACH]):
                near = STRENGTH['series'] / (1 + way / 4)
                for pair in ((one, two), (two, one)):
                    if one != two and near > best.get(pair, (0.0, ''))[0]:
                        best[pair] = (near, series.key)
    pairs = sorted(best)
    ends = np.array(pairs, dtype=np.int64).reshape(-1, 2)
    data = np.array([best[pair][0] for pair in pairs], dtype=np.float64)
    strength = sparse.csr_matrix((data, (ends[:, 0], ends[:, 1])), shape=(len(posts), len(posts)))
    return _Ground('series', strength, lambda one, two: (best[one, two][1],))


def _series_mates(names: Sequence[DocName], resolution: Resolution) -> dict[DocName, frozenset[DocName]]:
    by_id: dict[str, DocName] = {name: name for name in names}
    mates: dict[DocName, set[DocName]] = {name: set() for name in names}
    for series in resolution.series:
        parts = {by_id[member.id] for member in series.members if member.id in by_id}
        for part in parts:
            mates[part] |= parts
    return {name: frozenset(own - {name}) for name, own in mates.items()}


def _tags(posts: Sequence[Post]) -> _Ground:
    tags = [{tag.strip().casefold(): tag.strip() for tag in post.tags if tag.strip()} for post in posts]
    spread: dict[str, int] = {}
    for own in tags:
        for tag in own:
            spread[tag] = spread.get(tag, 0) + 1
    telling = sorted(tag for tag, posts_with in spread.items() if 2 <= posts_with <= _HUB)
    column = {tag: index for index, tag in enumerate(telling)}
    weight = {tag: float(np.log((len(posts) + 1) / (spread[tag] + 0.5))) for tag in telling}
    cells = [(row, column[tag], weight[tag]) for row, own in enumerate(tags) for tag in own if tag in column]
    rows, columns, data = zip(*cells, strict=True) if cells else ((), (), ())
    matrix = sparse.csr_matrix((data, (rows, columns)), shape=(len(posts), max(len(telling), 1)))
    length = np.sqrt(np.asarray(matrix.multiply(matrix).sum(axis=1)).ravel())
    length[length == 0] = 1.0
    rows_of_length_1 = (sparse.diags(1 / length) @ matrix).tocsr()

    def detail(one: int, two: int) -> tuple[str, ...]:
        shared = (tags[one].keys() & tags[two].keys()) & column.keys()
        return tuple(tags[one][tag] for tag in sorted(shared, key=lambda tag: (-weight[tag], tag)))

    return _Ground('tags', _scaled(nearest(rows_of_length_1, _CANDIDATES, 0.01), STRENGTH['tags']), detail)
