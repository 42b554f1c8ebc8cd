"""The edges of the graph, one function a kind.

Every function yields :class:`Edge` records whose attributes are plain JSON
data: a ``weight`` in (0, 1] and the ``evidence``, strongest first.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections import defaultdict
from dataclasses import dataclass
from itertools import pairwise
from math import exp, prod
from typing import TYPE_CHECKING, Any, get_args

from sphinxext_blog.records import How

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence

    from sphinxext_blog.formulas import Level, SharedFormula, SharedKey
    from sphinxext_blog.records import (
        DocName,
        EquationLink,
        Link,
        Mention,
        Related,
        Resolution,
        Series,
        SeriesMember,
    )

__all__ = [
    'Edge',
    'all_edges',
    'chapters_of',
    'cites_edges',
    'equation_edges',
    'formula_edges',
    'mention_edges',
    'mention_record',
    'related_edges',
    'series_edges',
]

CONFIDENCE: dict[How, float] = {
    'role': 1.0,
    'link': 1.0,
    'wikilink': 1.0,
    'url': 1.0,
    'title': 0.95,
    'title-normalised': 0.9,
    'series-number': 0.85,
    'fuzzy': 0.7,
    'series': 0.5,
    'described': 0.5,
    'date': 0.5,
    'mention': 0.25,
}
"""How sure a mention resolved in this way is; multiplied by the link's own score."""

_STRENGTH = {how: rank for rank, how in enumerate(get_args(How))}
_SMALLEST_WEIGHT = 0.0001
_FORMS: dict[Level, str] = {1: 'surface', 2: 'bold-blind', 3: 'renamed'}
"""Names of the normal forms N1, N2, N3 as evidence."""
_SCORE_SCALE = 25.0


@dataclass(frozen=True, slots=True)
class Edge:
    """One edge before it enters the graph; the kind becomes its key."""

    source: str
    target: str
    kind: str
    attributes: dict[str, Any]


def all_edges(
    posts: Collection[str],
    nodes: Collection[str],
    resolution: Resolution,
    *,
    related: Mapping[DocName, Sequence[Related]] | None = None,
    equations: Iterable[EquationLink] = (),
    formulas: Iterable[SharedFormula] = (),
    unlinked: Iterable[Link] = (),
) -> list[Edge]:
    """Every edge of the graph, in sorted order.

    :param posts: ids of the posts.
    :param nodes: ids of all nodes, those of posts included; a set or a mapping.
    """
    edges = [
        *cites_edges(resolution.links, nodes),
        *equation_edges(equations, nodes),
        *formula_edges(formulas, nodes),
        *series_edges(chapters_of(resolution.series, nodes), posts),
        *related_edges(related or {}, nodes),
        *mention_edges(unlinked, nodes),
    ]
    return sorted(edges, key=lambda edge: (edge.source, edge.target, edge.kind))


def chapters_of(
    all_series: Iterable[Series], nodes: Collection[str]
) -> list[tuple[Series, list[SeriesMember]]]:
    """Each series with those of its members that are among *nodes*; none without any."""
    chapters = []
    for series in sorted(all_series, key=lambda series: (series.key, series.name)):
        members = [member for member in series.members if member.id in nodes]
        if members:
            chapters.append((series, members))
    return chapters


def cites_edges(links: Iterable[Link], nodes: Collection[str]) -> Iterator[Edge]:
    """One edge for all mentions of one target in one post.

    Its weight is the probability that at least one mention means the target,
    were the mentions independent: ``1 - prod(1 - confidence)``.

    :param links: resolved mentions; those with an end outside ``nodes`` and
        those of a post to itself are passed over.
    """
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if str(link.source) != str(link.target) and link.source in nodes and link.target in nodes:
            between[link.source, link.target].append(link)
    for (source, target), parallel in between.items():
        parallel.sort(key=_by_strength)
        doubt = prod(1 - CONFIDENCE[link.how] * min(max(link.score, 0.0), 1.0) for link in parallel)
        yield Edge(
            source,
            target,
            'cites',
            {'weight': _weight(1 - doubt), 'evidence': [_link_evidence(link) for link in parallel]},
        )


def mention_edges(links: Iterable[Link], nodes: Collection[str]) -> Iterator[Edge]:
    """One edge for all places where one post has the title of another in plain text.

    A kind of its own and no citation: the words may speak of the subject. The
    weight is at most a quarter, however many places there are.

    :param links: those with an end outside ``nodes`` are passed over.
    """
    between: dict[tuple[str, str], list[Link]] = defaultdict(list)
    for link in links:
        if str(link.source) != str(link.target) and link.source in nodes and link.target in nodes:
            between[link.source, link.target].append(link)
    for (source, target), parallel in between.items():
        parallel.sort(key=_by_strength)
        yield Edge(
            source,
            target,
            'mention',
            {
                'weight': _weight(CONFIDENCE['mention'] * max(link.score for link in parallel)),
                'evidence': [_link_evidence(link) for link in parallel],
            },
        )


def _by_strength(link: Link) -> tuple[int, float, int, tuple[int, int], str, str, str]:
    mention = link.mention
    return (
        _STRENGTH[link.how],
        -link.score,
        mention.line,
        mention.span,
        mention.anchor,
        mention.text,
        mention.context,
    )


def _link_evidence(link: Link) -> dict[str, Any]:
    record = {'how': link.how, **mention_record(link.mention)}
    if link.score < 1:
        record['score'] = _weight(link.score)
    return record


def mention_record(mention: Mention) -> dict[str, Any]:
    """What a mention says, as JSON data: text, context, span, anchor, line; the unknown left out."""
    record: dict[str, Any] = {'text': mention.text}
    if mention.context:
        record['context'] = mention.context
        if mention.span != (0, 0):
            record['span'] = list(mention.span)
    if mention.anchor:
        record['anchor'] = mention.anchor
    if mention.line > 0:
        record['line'] = mention.line
    return record


def series_edges(
    chapters: Iterable[tuple[Series, Sequence[SeriesMember]]], posts: Collection[str]
) -> Iterator[Edge]:
    """From each part of a series to the next.

    Between posts the edge skips what is missing; missing posts that are known
    parts get edges of their own from the part before and to the part after.
    The weight is ``1 / (1 + number of parts that are skipped)``.

    :param chapters: series with those of their members that are in the graph, in reading order.
    :param posts: ids of the posts among them.
    """
    found: dict[tuple[str, str], dict[str, Any]] = {}
    for series, members in chapters:
        numbers = sorted({*series.gaps, *(m.number[0] for m in members if m.number and m.id not in posts)})
        steps = list(pairwise([member for member in members if member.id in posts]))
        gaps = [_between(numbers, one, two) for one, two in steps]
        for one, two in pairwise(members):
            if one.id not in posts or two.id not in posts:
                steps.append((one, two))
                gaps.append(_between(sorted(series.gaps), one, two))
        for (one, two), gap in zip(steps, gaps, strict=True):
            if one.id == two.id:
                continue
            attributes = found.setdefault((one.id, two.id), {'weight': 0.0, 'evidence': []})
            attributes['weight'] = max(attributes['weight'], _weight(1 / (1 + len(gap))))
            attributes['evidence'].append(_series_evidence(series, one, two))
            if gap:
                attributes['gap'] = sorted({*attributes.get('gap', ()), *gap})
    for (source, target), attributes in found.items():
        yield Edge(source, target, 'series', attributes)


def _between(numbers: Sequence[int], one: SeriesMember, two: SeriesMember) -> list[int]:
    if not one.number or not two.number:
        return []
    return list(numbers[bisect_right(numbers, one.number[0]) : bisect_left(numbers, two.number[0])])


def _series_evidence(series: Series, one: SeriesMember, two: SeriesMember) -> dict[str, Any]:
    record: dict[str, Any] = {'how': 'metadata' if series.declared else 'title', 'series': series.name}
    if one.number:
        record['source_number'] = list(one.number)
    if two.number:
        record['target_number'] = list(two.number)
    return record


def equation_edges(links: Iterable[EquationLink], nodes: Collection[str]) -> Iterator[Edge]:
    """One edge for all references of one post to equations of another; its weight is 1: they are explicit.

    :param links: those with an end outside ``nodes`` and those of a post to itself are passed over.
    """
    between: dict[tuple[str, str], list[EquationLink]] = defaultdict(list)
    for link in links:
        if link.source != link.target and link.source in nodes and link.target in nodes:
            between[link.source, link.target].append(link)
    for (source, target), parallel in between.items():
        parallel.sort(key=lambda link: (link.line, link.span, link.anchor, link.label, link.context))
        evidence = [_equation_evidence(link) for link in parallel]
        yield Edge(source, target, 'equation', {'weight': 1.0, 'evidence': evidence})


def _equation_evidence(link: EquationLink) -> dict[str, Any]:
    record: dict[str, Any] = {'how': 'label', 'label': link.label, 'number': link.number}
    if link.context:
        record['context'] = link.context
        if link.span != (0, 0):
            record['span'] = list(link.span)
    if link.anchor:
        record['anchor'] = link.anchor
    if link.line > 0:
        record['line'] = link.line
    return record


def formula_edges(shared: Iterable[SharedFormula], nodes: Collection[str]) -> Iterator[Edge]:
    """One edge for all formulas that two posts share, from the name that sorts first.

    Its weight is ``1 - exp(-score / 25)``: about a quarter at the score from
    which posts are linked, a half at that of one long equation.

    :param shared: pairs with an end outside ``nodes`` are passed over.
    """
    for pair in shared:
        if pair.source in nodes and pair.target in nodes:
            evidence = [_formula_evidence(key) for key in pair.evidence]
            weight = _weight(1 - exp(-pair.score / _SCORE_SCALE))
            yield Edge(pair.source, pair.target, 'formula', {'weight': weight, 'evidence': evidence})


def _formula_evidence(key: SharedKey) -> dict[str, Any]:
    record: dict[str, Any] = {
        'how': _FORMS[key.level],
        'key': key.hash,
        'score': round(key.score, 2),
        'size': key.size,
        'posts': key.df,
    }
    for prefix, formula in (('source', key.first), ('target', key.second)):
        record[f'{prefix}_latex'] = formula.shown
        if formula.anchor:
            record[f'{prefix}_anchor'] = formula.anchor
        if formula.number:
            record[f'{prefix}_number'] = formula.number
    return record


def related_edges(related: Mapping[DocName, Sequence[Related]], nodes: Collection[str]) -> Iterator[Edge]:
    """From a post to each of its ranked neighbours; the evidence lists the reasons with their shares."""
    for source, neighbours in related.items():
        for neighbour in neighbours:
            if source in nodes and neighbour.target in nodes and source != neighbour.target:
                evidence = [
                    {'how': reason.kind, 'score': _weight(reason.score)}
                    | ({'detail': list(reason.detail)} if reason.detail else {})
                    for reason in neighbour.reasons
                ]
                yield Edge(
                    source,
                    neighbour.target,
                    'related',
                    {'weight': _weight(neighbour.score), 'evidence': evidence},
                )


def _weight(value: float) -> float:
    """Clamped to (0, 1], four digits."""
    return round(min(max(float(value), _SMALLEST_WEIGHT), 1.0), 4)
