"""Which posts belong beside each other, and why.

Each reason gives a pair of posts a strength; a weighted sum of them ranks the
candidates of a post. The weights were fitted to links of real posts
(``benchmarks/related_fit.py`` writes ``related_weights.json``); those of time,
of series and of a post's own citations are set by hand. A sum ``s`` becomes a score of
``1 - exp(-scale * s)``, where the scale is the cosine that the post has with
its nearest: a score tells how near two posts are among all pairs, the order
only which are nearest to this one. The shares of the reasons are their parts
of the sum.
"""

from __future__ import annotations

import json
import math
from dataclasses import dataclass, field, replace
from functools import cache
from hashlib import blake2b
from importlib import resources
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from sphinxext_blog.graph.counting import count_texts
from sphinxext_blog.graph.explain import ideographs, shared_terms
from sphinxext_blog.graph.grounds import formula_ground, link_grounds, series_ground, tag_ground
from sphinxext_blog.graph.likeness import make_likeness
from sphinxext_blog.graph.parallel import spread
from sphinxext_blog.graph.terms import plain, terms_of
from sphinxext_blog.records import DocName, Reason, Related

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from numpy.typing import NDArray

    from sphinxext_blog.formulas import SharedFormula
    from sphinxext_blog.graph.grounds import Ground
    from sphinxext_blog.graph.likeness import Likeness, Near
    from sphinxext_blog.graph.terms import Terms
    from sphinxext_blog.records import Post, Resolution

__all__ = ['Content', 'Wishes', 'fitted_weights', 'measure_content', 'rank', 'rank_related']

LEAST_SCORE = 0.003
LEAST_BY_TEXT = 0.07
"""Score of a pair of short posts that nothing but its words brings together."""
FEW_TERMS = 100
"""In posts of more terms than this the least score falls as their number grows."""
ENOUGH_WORDS = 2
TELLING_LENGTH = 3
"""Such a pair shares so many readable terms, or one of so many ideographs, or one of both titles."""

SERIES_SHARE = 0.5
"""How much of a list may be parts of the post's own series: the series panel shows them all."""
_PATIENCE = 4
"""Times the wanted number of candidates that are looked at closely."""
_TITLE = 3
"""The title says in few words what the post is about: it counts so many times."""
_YEAR = 365.25
_PINNED = 0.5
"""Least share of the author's word in the score of a post that is pinned."""


@dataclass(frozen=True, slots=True)
class Wishes:
    """What authors want, by post."""

    pinned: Mapping[DocName, Sequence[DocName]] = field(default_factory=dict)
    """First in the list, in this order."""
    banned: Mapping[DocName, Collection[DocName]] = field(default_factory=dict)
    """Neither is in the list of the other."""


@dataclass(frozen=True, slots=True)
class Content:
    """What posts say, measured without their links."""

    posts: Sequence[Post]
    """Sorted by name."""
    terms: Terms
    near: Sequence[Near]
    """Candidates of each post by its words."""


def rank_related(
    posts: Iterable[Post],
    texts: Mapping[DocName, str],
    resolution: Resolution,
    *,
    count: int = 5,
    formulas: Iterable[SharedFormula] = (),
    wishes: Wishes | None = None,
    factors: Mapping[str, float] | None = None,
) -> dict[DocName, tuple[Related, ...]]:
    """Find the posts that belong beside each post.

    :param posts: the corpus.
    :param texts: docname -> prose, without LaTeX as far as possible; titles are added here.
    :param resolution: links and series of the same corpus.
    :param count: length of a list at most.
    :param formulas: pairs of posts that share formulas.
    :param wishes: what authors pin and ban.
    :param factors: reason -> how much more it counts than fitted; 0 takes it away.
    :returns: for every post its neighbours, the pinned ones first, then the best,
        ties by docname; an empty tuple where no post has enough in common with
        it. At most half of a list are parts of the post's own series.
    """
    content = measure_content(posts, texts)
    return rank(content, resolution, count=count, formulas=formulas, wishes=wishes, factors=factors)


def measure_content(posts: Iterable[Post], texts: Mapping[DocName, str]) -> Content:
    """Measure how much the words of posts have in common."""
    ordered = sorted(posts, key=lambda post: post.docname)
    keys = [post.text_hash or _digest(post.title, texts.get(post.docname, '')) for post in ordered]

    def read(number: int) -> tuple[str, str]:
        post = ordered[number]
        return post.title, f'{post.title}\n' * _TITLE + texts.get(post.docname, '')

    terms = terms_of(count_texts(keys, read))
    near = spread(_near, make_likeness(terms, _TITLE), len(ordered)) if len(ordered) > 1 else []
    return Content(ordered, terms, near)


def _digest(title: str, text: str) -> str:
    return blake2b(f'{title}\n{text}'.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()


def _near(likeness: Likeness, rows: range) -> list[Near]:
    return likeness.near(rows)


def rank(
    content: Content,
    resolution: Resolution,
    *,
    count: int = 5,
    formulas: Iterable[SharedFormula] = (),
    wishes: Wishes | None = None,
    factors: Mapping[str, float] | None = None,
    series_share: float = SERIES_SHARE,
    only: Collection[DocName] | None = None,
) -> dict[DocName, tuple[Related, ...]]:
    """Rank posts that are measured already; see :func:`rank_related`.

    :param series_share: how much of a list may be parts of the post's own series.
    :param only: the posts whose lists are wanted; all when ``None``.
    """
    names = [post.docname for post in content.posts]
    wanted = [row for row, name in enumerate(names) if only is None or name in only]
    if count < 1 or len(names) < 2:
        return {names[row]: () for row in wanted}
    ranker = _make_ranker(content, resolution, count, formulas, wishes or Wishes(), factors or {}, wanted)
    ranker = replace(ranker, series_places=math.ceil(count * series_share))
    lists = spread(_lists, ranker, len(wanted))
    return {names[row]: items for row, items in zip(wanted, lists, strict=True)}


@cache
def fitted_weights() -> tuple[Mapping[str, float], Mapping[str, float]]:
    """The weight of each reason; what being of one year, and being earlier, adds to the sum of all."""
    data = json.loads(resources.files(__package__).joinpath('related_weights.json').read_text('utf-8'))
    return data['weights'], data['time']


@dataclass(frozen=True, slots=True)
class _Ranker:
    """All that is needed to make the list of any post."""

    names: Sequence[DocName]
    rows: Sequence[int]
    """The posts whose lists are wanted."""
    count: int
    series_places: int
    terms: Terms
    near: Sequence[Near]
    grounds: Sequence[Ground]
    weights: Mapping[str, float]
    days: NDArray[np.float64]
    """Day of each post, not a number where it is unknown."""
    time: Mapping[str, float]
    titles: Sequence[str]
    mates: Mapping[int, frozenset[int]]
    """Parts of the same series."""
    pinned: Mapping[int, Sequence[int]]
    banned: Mapping[int, frozenset[int]]
    words: dict[tuple[int, int], tuple[str, ...]] = field(default_factory=dict)
    """Memory of the words of pairs that were asked for once."""


def _make_ranker(
    content: Content,
    resolution: Resolution,
    count: int,
    formulas: Iterable[SharedFormula],
    wishes: Wishes,
    factors: Mapping[str, float],
    wanted: Sequence[int],
) -> _Ranker:
    posts = content.posts
    number = {post.docname: row for row, post in enumerate(posts)}
    weights, time = fitted_weights()
    pinned = {
        number[name]: [number[other] for other in dict.fromkeys(others) if other in number and other != name]
        for name, others in wishes.pinned.items()
        if name in number
    }
    pairs = {
        pair
        for name, others in wishes.banned.items()
        for other in others
        if name in number and other in number
        for pair in ((number[name], number[other]), (number[other], number[name]))
    }
    return _Ranker(
        names=[post.docname for post in posts],
        rows=wanted,
        count=count,
        series_places=math.ceil(count * SERIES_SHARE),
        terms=content.terms,
        near=content.near,
        grounds=[
            *link_grounds(posts, resolution, content.near),
            series_ground(posts, resolution),
            formula_ground(posts, formulas),
            tag_ground(posts),
        ],
        weights={kind: weight * factors.get(kind, 1.0) for kind, weight in weights.items()},
        days=np.array([_day(post) for post in posts]),
        time=time,
        titles=[plain(post.title).casefold() for post in posts],
        mates=_mates(number, resolution),
        pinned=pinned,
        banned=_by_first(pairs),
    )


def _day(post: Post) -> float:
    date = post.date
    if date is None or date.year is None:
        return float('nan')
    return date.year * _YEAR + ((date.month or 7) - 1) * _YEAR / 12 + (date.day or 15)


def _mates(number: Mapping[DocName, int], resolution: Resolution) -> dict[int, frozenset[int]]:
    known: dict[str, int] = {str(name): row for name, row in number.items()}
    mates: dict[int, set[int]] = {}
    for series in resolution.series:
        parts = {known[member.id] for member in series.members if member.id in known}
        for part in parts:
            mates.setdefault(part, set()).update(parts)
    return {row: frozenset(own - {row}) for row, own in mates.items()}


def _by_first(pairs: Iterable[tuple[int, int]]) -> dict[int, frozenset[int]]:
    found: dict[int, set[int]] = {}
    for one, two in pairs:
        found.setdefault(one, set()).add(two)
    return {one: frozenset(others) for one, others in found.items()}


def _lists(ranker: _Ranker, places: range) -> list[tuple[Related, ...]]:
    return [_list(ranker, ranker.rows[place]) for place in places]


def _list(ranker: _Ranker, row: int) -> tuple[Related, ...]:
    strengths = _strengths(ranker, row)
    columns, totals = _totals(ranker, row, strengths)
    by_column = {
        kind: dict(zip(found.tolist(), strength.tolist(), strict=True))
        for kind, (found, strength) in strengths.items()
    }
    pinned = ranker.pinned.get(row, ())
    chosen = [_pinned(_related(ranker, row, column, by_column), ranker, column) for column in pinned]
    order = np.lexsort((columns, -np.round(totals, 9)))[: _PATIENCE * ranker.count]
    passed_over = {row, *pinned, *ranker.banned.get(row, ())}
    candidates = (column for column in columns[order].tolist() if column not in passed_over)
    best = islice(_diverse(ranker, row, candidates, by_column), max(0, ranker.count - len(chosen)))
    return (*chosen[: ranker.count], *sorted(best, key=lambda item: (-item.score, item.target)))


def _diverse(
    ranker: _Ranker, row: int, candidates: Iterable[int], strengths: Mapping[str, Mapping[int, float]]
) -> Iterator[Related]:
    """The candidates that are related, not too many of them of one series: its own panel shows it whole."""
    mates = ranker.mates.get(row, frozenset())
    places = ranker.series_places
    for column in candidates:
        if column in mates and not places:
            continue
        item = _related(ranker, row, column, strengths)
        if item is not None:
            places -= column in mates
            yield item


def _strengths(ranker: _Ranker, row: int) -> dict[str, tuple[np.ndarray, np.ndarray]]:
    """By reason the columns it speaks for, and how much."""
    near = ranker.near[row]
    found = {'text': (near.columns, near.relative)}
    found |= {ground.kind: ground.row(row) for ground in ranker.grounds}
    return {
        kind: strength for kind, strength in found.items() if ranker.weights[kind] > 0 and len(strength[0])
    }


def _totals(
    ranker: _Ranker, row: int, strengths: Mapping[str, tuple[np.ndarray, np.ndarray]]
) -> tuple[np.ndarray, np.ndarray]:
    """All columns that any reason speaks for, and their sums."""
    parts = [columns for columns, _ in strengths.values()]
    columns = np.unique(np.concatenate([np.zeros(0, dtype=np.int64), *parts]))
    totals = np.zeros(len(columns))
    for kind, (own, strength) in strengths.items():
        totals[np.searchsorted(columns, own)] += ranker.weights[kind] * strength
    return columns, totals * _timeliness(ranker, row, columns)


def _timeliness(ranker: _Ranker, row: int, columns: np.ndarray) -> np.ndarray:
    """What was written within a year belongs together a little more, and so does what came before:
    a post builds on it, and what builds on the post is told by its citations.
    """
    ahead = ranker.days[row] - ranker.days[columns]
    near = np.nan_to_num(np.exp(-np.abs(ahead) / _YEAR))
    return np.asarray((1 + ranker.time['near'] * near) * (1 + ranker.time['earlier'] * (ahead > 0)))


def _related(
    ranker: _Ranker, row: int, column: int, strengths: Mapping[str, Mapping[int, float]]
) -> Related | None:
    scale = ranker.near[row].scale
    timely = float(_timeliness(ranker, row, np.array([column]))[0])
    present = {kind: own[column] for kind, own in strengths.items() if column in own}
    least = _least_by_text(ranker, row, column)
    only_text = present.keys() == {'text'}
    if only_text and 1 - np.exp(-scale * timely * ranker.weights['text'] * present['text']) < least:
        return None  # before the words are looked for, which is most of the work
    details = {ground.kind: ground.detail(row, column) for ground in ranker.grounds if ground.kind in present}
    if 'text' in present:
        words = _words(ranker, min(row, column), max(row, column))
        if words:
            details['text'] = words
    parts = {
        kind: scale * timely * ranker.weights[kind] * present[kind] for kind in present if kind in details
    }
    total = sum(parts.values())
    if total <= 0:
        return None
    score = 1 - float(np.exp(-total))
    reasons = [Reason(kind, round(score * part / total, 4), details[kind]) for kind, part in parts.items()]
    reasons = sorted((r for r in reasons if r.score > 0), key=lambda reason: (-reason.score, reason.kind))
    found = Related(ranker.names[column], round(sum(reason.score for reason in reasons), 4), tuple(reasons))
    if found.score < LEAST_SCORE:
        return None
    # Beside another reason words tell what that one is about.
    if parts.keys() == {'text'} and not (found.score >= least and _tells(ranker, row, column, found)):
        return None
    return found


def _words(ranker: _Ranker, one: int, two: int) -> tuple[str, ...]:
    """The words that two posts share; they are wanted again when each is in the list of the other."""
    known = ranker.words.pop((one, two), None)
    if known is None:
        known = ranker.words[one, two] = shared_terms(ranker.terms, one, two)[0]
    return known


def _pinned(found: Related | None, ranker: _Ranker, column: int) -> Related:
    """A post that the author wants, with whatever else there is to say for it."""
    others = found.reasons if found else ()
    rest = [
        Reason(reason.kind, round(reason.score * _PINNED, 4), reason.detail)
        for reason in others
        if round(reason.score * _PINNED, 4) > 0
    ]
    own = round(1 - sum(reason.score for reason in rest), 4)
    return Related(ranker.names[column], 1.0, (Reason('pinned', own), *rest))


def _least_by_text(ranker: _Ranker, one: int, two: int) -> float:
    """The score from which on words may suffice: the more terms two posts have, the lower."""
    ends = ranker.terms.weights.indptr
    fewest = min(ends[one + 1] - ends[one], ends[two + 1] - ends[two])
    return float(LEAST_BY_TEXT / max(1.0, fewest / FEW_TERMS))


def _tells(ranker: _Ranker, one: int, two: int, found: Related) -> bool:
    """Whether the words that two posts share are enough to call them related, or may be there by chance."""
    words = [word for reason in found.reasons for word in reason.detail]
    return (
        len(words) >= ENOUGH_WORDS
        or any(ideographs(word) >= TELLING_LENGTH for word in words)
        or any(
            word.casefold() in ranker.titles[one] and word.casefold() in ranker.titles[two] for word in words
        )
    )
