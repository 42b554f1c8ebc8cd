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

import math
from dataclasses import replace
from hashlib import blake2b
from itertools import islice
from typing import TYPE_CHECKING

import numpy as np

from sphinxext_blog.graph.candidates import Content, Wishes, candidates, fitted_weights, make_ranker
from sphinxext_blog.graph.counting import count_texts
from sphinxext_blog.graph.explain import ideographs, shared_terms
from sphinxext_blog.graph.likeness import make_likeness
from sphinxext_blog.graph.parallel import spread
from sphinxext_blog.graph.terms import terms_of
from sphinxext_blog.records import DocName, Reason, Related

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping

    from sphinxext_blog.formulas import SharedFormula
    from sphinxext_blog.graph.candidates import Ranker
    from sphinxext_blog.graph.likeness import Likeness, Near
    from sphinxext_blog.graph.memory import Measured, Memory
    from sphinxext_blog.records import Post, ReasonKind, Resolution
    from sphinxext_blog.remembering import Remembered

__all__ = ['Content', 'Wishes', 'fitted_weights', 'measure_content', 'rank', 'rank_related', 'read_alike']

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
_PINNED = 0.5
"""Least share of the author's word in the score of a post that is pinned."""


def rank_related(
    posts: Iterable[Post],
    texts: Mapping[DocName, str],
    resolution: Resolution,
    *,
    count: int = 5,
    formulas: Iterable[SharedFormula] = (),
    wishes: Wishes | None = None,
    factors: Mapping[str, float] | None = None,
    memory: Memory | None = None,
) -> dict[DocName, tuple[Related, ...]]:
    """Find the posts that belong beside each post.

    :param posts: the corpus.
    :param texts: docname -> prose, without LaTeX as far as possible; titles are added here.
    :param resolution: links and series of the same corpus.
    :param count: length of a list at most.
    :param formulas: pairs of posts that share formulas.
    :param wishes: what authors pin and ban.
    :param factors: reason -> how much more it counts than fitted; 0 takes it away.
    :param memory: what was found for the same or another corpus before, and is brought up to date;
        it saves time and changes nothing.
    :returns: for every post its neighbours, the pinned ones first, then the best,
        ties by docname; an empty tuple where no post has enough in common with
        it. At most half of a list are parts of the post's own series.
    """
    content = measure_content(posts, texts, memory)
    return rank(
        content, resolution, count=count, formulas=formulas, wishes=wishes, factors=factors, memory=memory
    )


def measure_content(
    posts: Iterable[Post], texts: Mapping[DocName, str], memory: Memory | None = None
) -> Content:
    """Measure how much the words of posts have in common; see :func:`rank_related`."""
    ordered = sorted(posts, key=lambda post: post.docname)
    keys = [post.text_hash or _digest(post.title, texts.get(post.docname, '')) for post in ordered]

    def read(number: int) -> tuple[str, str]:
        post = ordered[number]
        return read_alike(post.title, texts.get(post.docname, ''))

    counts = count_texts(keys, read, memory.counts if memory else None)
    if memory:
        memory.counts = counts
    terms = terms_of(counts)
    near: list[Near] = []
    if len(ordered) > 1:
        likeness = make_likeness(terms, _TITLE, states=memory is not None)
        near = spread(_near, (likeness, memory.near if memory else None), len(ordered))
    return Content(ordered, terms, near)


def read_alike(title: str, text: str) -> tuple[str, str]:
    """What is counted of a post: its title, and its text with the title some times before it."""
    return title, f'{title}\n' * _TITLE + text


def _digest(title: str, text: str) -> str:
    return blake2b(f'{title}\n{text}'.encode('utf-8', 'surrogatepass'), digest_size=16).hexdigest()


def _near(common: tuple[Likeness, Remembered[Measured] | None], rows: range) -> list[Near]:
    likeness, memory = common
    return likeness.near(rows, memory)


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
    memory: Memory | None = None,
) -> dict[DocName, tuple[Related, ...]]:
    """Rank posts that are measured already; see :func:`rank_related`.

    :param series_share: how much of a list may be parts of the post's own series.
    :param only: the posts whose lists are wanted; all when ``None``.
    """
    names = [post.docname for post in content.posts]
    wanted = [row for row, name in enumerate(names) if only is None or name in only]
    if count < 1 or len(names) < 2:
        return {names[row]: () for row in wanted}
    ranker = make_ranker(content, resolution, count, formulas, wishes or Wishes(), factors or {}, wanted)
    ranker = replace(
        ranker, series_places=math.ceil(count * series_share), memory=memory.words if memory else None
    )
    lists = spread(_lists, ranker, len(wanted))
    if memory:
        memory.forget()
    return {names[row]: items for row, items in zip(wanted, lists, strict=True)}


def _lists(ranker: Ranker, places: range) -> list[tuple[Related, ...]]:
    rows = [ranker.rows[place] for place in places]
    found = candidates(ranker, rows)
    totals = np.zeros(len(found.rows))
    for kind, strength in found.strengths.items():
        totals += ranker.weights[kind] * strength
    order = np.lexsort((found.columns, -np.round(totals * found.timely, 9), found.rows))
    kinds = list(found.strengths)
    table = np.array([ranker.weights[kind] * found.strengths[kind] for kind in kinds]).reshape(len(kinds), -1)
    lists = []
    for row in rows:
        own = slice(*np.searchsorted(found.rows, (row, row + 1)).tolist())
        wanted = order[own][: _PATIENCE * ranker.count]
        pinned = ranker.pinned.get(row, ())
        if pinned:
            others = np.flatnonzero(np.isin(found.columns[own], pinned)) + own.start
            wanted = np.concatenate([wanted, np.setdiff1d(others, wanted)])
        scaled = (table[:, wanted] * (found.timely[wanted] * ranker.scales[row])).T.tolist()
        parts = {
            column: {kind: part for kind, part in zip(kinds, strengths, strict=True) if part > 0}
            for column, strengths in zip(found.columns[wanted].tolist(), scaled, strict=True)
        }
        lists.append(_list(ranker, row, parts))
    return lists


def _list(ranker: Ranker, row: int, parts: Mapping[int, Mapping[ReasonKind, float]]) -> tuple[Related, ...]:
    """The list of one post, from its best candidates in order, each with the parts of its sum."""
    pinned = ranker.pinned.get(row, ())
    chosen = [
        _pinned(_related(ranker, row, column, parts.get(column, {})), ranker, column) for column in pinned
    ]
    passed_over = {row, *pinned, *ranker.banned.get(row, ())}
    left = (column for column in parts if column not in passed_over)
    best = islice(_diverse(ranker, row, left, parts), max(0, ranker.count - len(chosen)))
    return (*chosen[: ranker.count], *sorted(best, key=lambda item: (-item.score, item.target)))


def _diverse(
    ranker: Ranker, row: int, columns: Iterable[int], parts: Mapping[int, Mapping[ReasonKind, float]]
) -> Iterator[Related]:
    """The candidates that are related, not too many of them of one series: its own panel shows it whole."""
    mates = ranker.mates.get(row, frozenset())
    places = ranker.series_places
    for column in columns:
        if column in mates and not places:
            continue
        item = _related(ranker, row, column, parts[column])
        if item is not None:
            places -= column in mates
            yield item


def _related(ranker: Ranker, row: int, column: int, present: Mapping[ReasonKind, float]) -> Related | None:
    least = _least_by_text(ranker, row, column)
    if present.keys() == {'text'} and 1 - math.exp(-present['text']) < least:
        return None  # before the words are looked for, which is most of the work
    details: dict[ReasonKind, tuple[str, ...]] = {
        ground.kind: ground.detail(row, column)
        for ground in ranker.grounds
        if ground.kind in present and ground.kind != 'text'
    }
    if 'text' in present:
        words = _words(ranker, min(row, column), max(row, column))
        if words:
            details['text'] = words
    parts = {kind: part for kind, part in present.items() if kind in details}
    total = sum(parts.values())
    if total <= 0:
        return None
    score = 1 - math.exp(-total)
    reasons = [Reason(kind, round(score * part / total, 4), details[kind]) for kind, part in parts.items()]
    reasons = sorted((r for r in reasons if r.score > 0), key=lambda reason: (-reason.score, reason.kind))
    found = Related(ranker.names[column], round(sum(reason.score for reason in reasons), 4), tuple(reasons))
    if found.score < LEAST_SCORE:
        return None
    # What similar posts cite says little of this one by itself.
    if 'cited-by-similar' in parts and parts.keys() <= {'text', 'cited-by-similar'} and found.score < least:
        return None
    # Beside another reason words tell what that one is about.
    if parts.keys() == {'text'} and not (found.score >= least and _tells(ranker, row, column, found)):
        return None
    return found


def _words(ranker: Ranker, one: int, two: int) -> tuple[str, ...]:
    """The words that two posts share; they are wanted again when each is in the list of the other."""
    known = ranker.words.pop((one, two), None)
    if known is not None:
        return known
    memory = ranker.memory
    if memory is None:
        found = shared_terms(ranker.terms, one, two)[0]
    else:
        states = ranker.terms.states
        found = memory.of(states[one] + states[two], lambda: shared_terms(ranker.terms, one, two)[0])
    ranker.words[one, two] = found
    return found


def _pinned(found: Related | None, ranker: Ranker, column: int) -> Related:
    """A post that the author wants, with whatever else there is to say for it."""
    others = found.reasons if found else ()
    rest = [
        Reason(reason.kind, round(reason.score * _PINNED, 4), reason.detail)
        for reason in others
        if round(reason.score * _PINNED, 4) > 0
    ]
    own = round(1 - sum(reason.score for reason in rest), 4)
    return Related(ranker.names[column], 1.0, (Reason('pinned', own), *rest))


def _least_by_text(ranker: Ranker, one: int, two: int) -> float:
    """The score from which on words may suffice: the more terms two posts have, the lower."""
    fewest = min(ranker.lengths[one], ranker.lengths[two])
    return LEAST_BY_TEXT / max(1.0, fewest / FEW_TERMS)


def _tells(ranker: Ranker, one: int, two: int, found: Related) -> bool:
    """Whether the words that two posts share are enough to call them related, or may be there by chance."""
    words = [word for reason in found.reasons for word in reason.detail]
    return (
        len(words) >= ENOUGH_WORDS
        or any(ideographs(word) >= TELLING_LENGTH for word in words)
        or any(
            word.casefold() in ranker.titles[one] and word.casefold() in ranker.titles[two] for word in words
        )
    )
