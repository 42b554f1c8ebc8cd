"""Records in, graph out.

:func:`build_graph` turns posts and what their mentions came to into one
``networkx.MultiDiGraph``: nodes are posts, missing posts and works; the key of
an edge is its kind, and every edge carries the evidence it rests on. What the
records do not say is absent from the graph, never ``None`` and never ``''``.
"""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import networkx as nx

from sphinxext_blog.graph.edges import all_edges, chapters_of, mention_record
from sphinxext_blog.graph.schema import SCHEMA_VERSION
from sphinxext_blog.records import MissingPost, Post, Work

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext_blog.formulas import SharedFormula
    from sphinxext_blog.records import DocName, EquationLink, Link, Related, Resolution, Series, SeriesMember

__all__ = ['build_graph']


def build_graph(
    posts: Iterable[Post],
    resolution: Resolution,
    *,
    related: Mapping[DocName, Sequence[Related]] | None = None,
    urls: Mapping[str, str] | None = None,
    equations: Iterable[EquationLink] = (),
    formulas: Iterable[SharedFormula] = (),
    unlinked: Iterable[Link] = (),
) -> nx.MultiDiGraph:
    """Make the knowledge graph of a blog.

    Links of a post to itself make no edge. What the resolution says about
    documents that are not among ``posts`` is left out, with the missing posts
    and works that only they cite: whoever withholds a draft here withholds its
    citations as well.

    A ``series`` edge leads from each post to the next post of its series, and
    its ``gap`` lists the numbers between them. A missing post that is known to
    be a part stands in the chain too, tied to its neighbours on both sides.

    :param posts: the nodes of kind ``post``, drafts included when they are passed.
    :param resolution: what the mentions of these posts came to.
    :param related: the ranked neighbours of posts, as ``rank_related`` makes them.
    :param urls: node id -> URL relative to the site root.
    :param equations: the references of posts to equations of other posts.
    :param formulas: the pairs of posts that share formulas.
    :param unlinked: titles of posts in the plain text of others.
    :returns: a graph with nodes and edges in sorted order; attributes as in ``GRAPH_SCHEMA``.
    :raises ValueError: when two nodes have one id.
    """
    nodes = _nodes(posts, resolution)
    chapters = chapters_of(resolution.series, nodes)
    places = _places(chapters, nodes)
    urls = urls or {}
    graph = nx.MultiDiGraph(
        schema_version=SCHEMA_VERSION,
        series=[_series_record(series, members) for series, members in chapters],
        ambiguous=_ambiguous(resolution, nodes),
        dangling=_dangling(resolution, nodes),
    )
    if absent := _absent(nodes):
        graph.graph['absent'] = absent
    for node, record in sorted(nodes.items()):
        graph.add_node(node, **_node_attributes(record, places.get(node), urls.get(node, '')))
    edges = all_edges(
        {node for node, record in nodes.items() if isinstance(record, Post)},
        nodes.keys(),
        resolution,
        related=related,
        equations=equations,
        formulas=formulas,
        unlinked=unlinked,
    )
    for edge in edges:
        graph.add_edge(edge.source, edge.target, edge.kind, **edge.attributes)
    return graph


def _nodes(posts: Iterable[Post], resolution: Resolution) -> dict[str, Post | MissingPost | Work]:
    nodes: dict[str, Post | MissingPost | Work] = {}

    def add(node: str, record: Post | MissingPost | Work) -> None:
        if node in nodes:
            raise ValueError(f'two nodes of the graph are called {node!r}; rename one of the documents')
        nodes[node] = record

    for post in posts:
        add(post.docname, post)
    present = frozenset(nodes)
    citing: dict[str, set[str]] = defaultdict(set)
    for link in resolution.links:
        citing[link.target].add(link.source)
    outside: tuple[MissingPost | Work, ...] = (*resolution.missing, *resolution.works)
    for record in outside:
        if record.id not in citing or not citing[record.id].isdisjoint(present):
            add(record.id, record)
    return nodes


def _node_attributes(
    record: Post | MissingPost | Work, place: tuple[Series, SeriesMember] | None, url: str
) -> dict[str, Any]:
    attributes: dict[str, Any]
    if isinstance(record, Post):
        attributes = {'kind': 'post', 'url': url, **_post_attributes(record)}
    elif isinstance(record, MissingPost):
        attributes = {'kind': 'missing', 'series': record.series, 'series_index': record.series_index}
    else:
        attributes = {'kind': 'work', 'url': url or record.url}
    if place:
        series, member = place
        attributes['series'] = series.name
        if attributes.get('series_index') is None and member.number:
            attributes['series_index'] = member.number[0]
    attributes['title'] = record.title or (record.docname if isinstance(record, Post) else record.id)
    return _known(attributes)


def _post_attributes(post: Post) -> dict[str, Any]:
    return {
        'date': post.date.isoformat() if post.date else '',
        'updated': post.updated.isoformat() if post.updated else '',
        'authors': [author for author in post.authors if author],
        'tags': [tag for tag in post.tags if tag],
        'categories': [category for category in post.categories if category],
        'language': post.language,
        'series': post.series,
        'series_index': post.series_index,
        'words': post.words,
        'formulas': post.formulas,
        'title_derived': post.title_derived or None,
    }


def _known(attributes: Mapping[str, Any]) -> dict[str, Any]:
    """The attributes without those that say nothing: ``None``, ``''`` and empty lists."""
    return {name: value for name, value in attributes.items() if value not in (None, '', [])}


def _places(
    chapters: Sequence[tuple[Series, Sequence[SeriesMember]]],
    nodes: Mapping[str, Post | MissingPost | Work],
) -> dict[str, tuple[Series, SeriesMember]]:
    """The one series a node is shown with: the one its author named, then a declared one, then by key."""
    best: dict[str, tuple[tuple[bool, bool], Series, SeriesMember]] = {}
    for series, members in chapters:
        for member in members:
            named = getattr(nodes[member.id], 'series', '') == series.name
            standing = (named, series.declared)
            if member.id not in best or standing > best[member.id][0]:
                best[member.id] = (standing, series, member)
    return {node: (series, member) for node, (_, series, member) in best.items()}


def _series_record(series: Series, members: Sequence[SeriesMember]) -> dict[str, Any]:
    return {
        'key': series.key,
        'name': series.name,
        'members': [
            {'id': member.id, 'number': list(member.number), 'label': member.label} for member in members
        ],
        'gaps': sorted(series.gaps),
    }


def _ambiguous(resolution: Resolution, nodes: Mapping[str, object]) -> list[dict[str, Any]]:
    records = []
    for ambiguity in resolution.ambiguous:
        if ambiguity.mention.source in nodes:
            candidates = sorted(candidate for candidate in ambiguity.candidates if candidate in nodes)
            record = mention_record(ambiguity.mention)
            records.append({'source': ambiguity.mention.source, **record, 'candidates': candidates})
    return sorted(records, key=_by_place)


def _absent(nodes: Mapping[str, Post | MissingPost | Work]) -> list[dict[str, Any]]:
    return [
        {'source': node, 'target': file.target, 'why': file.why} | ({'line': file.line} if file.line else {})
        for node, record in sorted(nodes.items())
        if isinstance(record, Post)
        for file in record.absent
    ]


def _dangling(resolution: Resolution, nodes: Mapping[str, object]) -> list[dict[str, Any]]:
    records = [
        {'source': mention.source, **mention_record(mention), 'target': mention.target}
        for mention in resolution.dangling
        if mention.source in nodes
    ]
    return sorted(records, key=_by_place)


def _by_place(record: Mapping[str, Any]) -> tuple[str, int, str, str]:
    return (record['source'], record.get('line', 0), record.get('text', ''), record.get('context', ''))
