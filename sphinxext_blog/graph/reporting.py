"""What the blog lacks: everything in the graph that an author may want to mend.

Missing posts and who cites them, series with gaps, mentions that could mean
several posts, URLs of the blog itself that lead nowhere, posts that nothing
leads to.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sphinxext_blog.records import AbsentFile

if TYPE_CHECKING:
    import networkx as nx

__all__ = [
    'AmbiguousMention',
    'Citation',
    'Cited',
    'DanglingLink',
    'MissingPart',
    'Report',
    'SeriesGap',
    'report',
]


_NO_CITATION = frozenset({'related', 'formula', 'series', 'mention'})


@dataclass(frozen=True, slots=True)
class Citation:
    """One place that cites something."""

    source: str
    """Docname of the citing post."""
    title: str
    """Its title."""
    how: str
    text: str
    context: str = ''
    """The sentence around it, LaTeX between dollar signs; empty when unknown."""
    anchor: str = ''
    line: int = 0
    """Line in the source file; 0 when unknown."""


@dataclass(frozen=True, slots=True)
class Cited:
    """A missing post or a work, with all that cite it."""

    id: str
    title: str
    citations: tuple[Citation, ...]
    url: str = ''
    series: str = ''
    series_index: int | None = None

    @property
    def posts(self) -> tuple[str, ...]:
        """Docnames of the posts that cite it, each once."""
        return tuple(dict.fromkeys(citation.source for citation in self.citations))


@dataclass(frozen=True, slots=True)
class MissingPart:
    """A part of a series that is cited but missing."""

    id: str
    title: str
    label: str = ''
    """Its number as a title would write it; empty when unknown."""


@dataclass(frozen=True, slots=True)
class SeriesGap:
    """A series of which parts are not in the blog."""

    key: str
    name: str
    present: tuple[str, ...]
    """Docnames of its posts, in reading order."""
    missing: tuple[MissingPart, ...]
    """The parts that are cited but missing, in reading order."""
    gaps: tuple[int, ...]
    """Numbers of the parts of which nothing is known."""


@dataclass(frozen=True, slots=True)
class AmbiguousMention:
    """A mention that fits several nodes equally well."""

    source: str
    text: str
    candidates: tuple[str, ...]
    context: str = ''
    line: int = 0


@dataclass(frozen=True, slots=True)
class DanglingLink:
    """A URL of the blog itself that leads to no post."""

    source: str
    text: str
    target: str
    context: str = ''
    line: int = 0


@dataclass(frozen=True, slots=True)
class Report:
    """All findings. What is cited stands most cited first, then parts of series by
    series and number, then by title.
    """

    missing: tuple[Cited, ...] = ()
    works: tuple[Cited, ...] = ()
    series: tuple[SeriesGap, ...] = ()
    ambiguous: tuple[AmbiguousMention, ...] = ()
    dangling: tuple[DanglingLink, ...] = ()
    absent: tuple[tuple[str, AbsentFile], ...] = ()
    """Docname, and what the site does not hold."""
    orphans: tuple[str, ...] = ()
    """Docnames of posts that cite nothing and that no post cites; neither being
    related nor standing in a series counts."""


def report(graph: nx.MultiDiGraph) -> Report:
    """List what is missing, ambiguous, dangling and alone in a graph.

    :param graph: as :func:`build_graph` makes it or :func:`load_graph` reads it.
    """
    return Report(
        missing=_cited(graph, 'missing'),
        works=_cited(graph, 'work'),
        series=_series(graph),
        ambiguous=tuple(
            AmbiguousMention(
                record['source'],
                record['text'],
                tuple(record['candidates']),
                record.get('context', ''),
                record.get('line', 0),
            )
            for record in graph.graph.get('ambiguous', ())
        ),
        dangling=tuple(
            DanglingLink(
                record['source'],
                record['text'],
                record['target'],
                record.get('context', ''),
                record.get('line', 0),
            )
            for record in graph.graph.get('dangling', ())
        ),
        absent=tuple(
            (record['source'], AbsentFile(record['target'], record['why'], record.get('line', 0)))
            for record in graph.graph.get('absent', ())
        ),
        orphans=tuple(
            sorted(node for node, kind in graph.nodes(data='kind') if kind == 'post' and _alone(graph, node))
        ),
    )


def _cited(graph: nx.MultiDiGraph, kind: str) -> tuple[Cited, ...]:
    found = [
        Cited(
            node,
            data['title'],
            _citations(graph, node),
            data.get('url', ''),
            data.get('series', ''),
            data.get('series_index'),
        )
        for node, data in graph.nodes(data=True)
        if data['kind'] == kind
    ]
    # A work that only an ambiguous mention can mean is cited by nobody.
    return tuple(sorted((c for c in found if c.citations or kind != 'work'), key=_by_weight_and_place))


def _by_weight_and_place(cited: Cited) -> tuple[int, bool, str, float, str, str]:
    number = float('inf') if cited.series_index is None else cited.series_index
    return (-len(cited.posts), not cited.series, cited.series, number, cited.title, cited.id)


def _citations(graph: nx.MultiDiGraph, node: str) -> tuple[Citation, ...]:
    citations = []
    for source, _, kind, evidence in sorted(graph.in_edges(node, keys=True, data='evidence')):
        if kind == 'cites':
            title = graph.nodes[source]['title']
            citations += [_citation(source, title, record) for record in evidence]
    return tuple(citations)


def _citation(source: str, title: str, record: dict[str, Any]) -> Citation:
    return Citation(
        source,
        title,
        record['how'],
        record['text'],
        record.get('context', ''),
        record.get('anchor', ''),
        record.get('line', 0),
    )


def _series(graph: nx.MultiDiGraph) -> tuple[SeriesGap, ...]:
    found = []
    for record in graph.graph.get('series', ()):
        members = [(member, graph.nodes[member['id']]) for member in record['members']]
        present = tuple(member['id'] for member, node in members if node['kind'] == 'post')
        missing = tuple(
            MissingPart(member['id'], node['title'], member['label'])
            for member, node in members
            if node['kind'] != 'post'
        )
        if missing or record['gaps']:
            found.append(SeriesGap(record['key'], record['name'], present, missing, tuple(record['gaps'])))
    return tuple(found)


def _alone(graph: nx.MultiDiGraph, node: str) -> bool:
    touching = (*graph.out_edges(node, keys=True), *graph.in_edges(node, keys=True))
    return all(kind in _NO_CITATION for _, _, kind in touching)
