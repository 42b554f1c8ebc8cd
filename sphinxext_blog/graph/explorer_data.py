"""The data files of the graph page.

A page that was opened from a folder may load scripts but fetch nothing, so each
file is one call of one function with a JSON literal. ``nodes-0.js`` holds what
the first view needs: the most important nodes, in columns, and the links among
them. ``nodes-1.js`` and so on add the rest of a large graph in slices; a link
stands in the slice of its less important end. ``evidence-0.js`` and so on hold
what only a selected node shows, and are loaded then.
"""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from collections import Counter
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas import render_html, to_plain
from sphinxext_blog.graph.explorer import (
    EDGE_KINDS,
    NODE_KINDS,
    by_importance,
    is_cut,
    plain_label,
    safe_url,
    to_network,
)
from sphinxext_blog.graph.explorer_evidence import evidence_scripts
from sphinxext_blog.graph.measures import main_posts
from sphinxext_blog.scripts import data_script

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    import networkx as nx

__all__ = ['FIRST_SLICE', 'FORMAT_VERSION', 'explorer_files']

FORMAT_VERSION: Final = 2
"""Version of the data files; the page's scripts refuse another one."""
FIRST_SLICE: Final = 2000
"""Nodes of the first view; more of them can't be made out on a screen."""
_SLICE: Final = 10_000
_MILLION: Final = 1_000_000
_WEIGHT_STEP: Final = 0.05
_SMALLEST_TOPIC: Final = 2
"""Posts; a community with fewer has no name and no colour of its own."""


def explorer_files(
    graph: nx.MultiDiGraph,
    *,
    excerpts: Mapping[str, str] | None = None,
    first: int = FIRST_SLICE,
    slice_size: int = _SLICE,
) -> dict[str, bytes]:
    """The data of the graph page, by file name; ``nodes-0.js`` comes first.

    :param graph: as :func:`~sphinxext_blog.graph.explorer.to_network` wants it.
    :param excerpts: node id -> first words of the post, LaTeX between dollar signs.
    :param first: number of nodes of the first file.
    :param slice_size: number of nodes of each further file.
    :return: scripts in UTF-8; equal graphs give equal bytes.
    :raises ValueError: when a node lacks an attribute that the page needs.
    """
    nodes, edges, _heading, _height, _width, options = to_network(graph).get_network_data()
    ids = by_importance(graph)
    evidence = evidence_scripts(graph, ids, excerpts or {}, version=FORMAT_VERSION)
    columns = _Columns(graph, ids, nodes)
    bounds = [0, *range(min(first, len(ids)), len(ids), slice_size), len(ids)]
    parts: list[dict[str, Any]] = [{'version': FORMAT_VERSION} for _ in bounds[1:]]
    links: list[list[Mapping[str, Any]]] = [[] for _ in parts]
    for edge in edges:
        links[bisect_right(bounds, max(edge['from'], edge['to'])) - 1].append(edge)
    for part, low, high, some in zip(parts, bounds, bounds[1:], links, strict=False):
        part['nodes'] = columns.part(low, high)
        part['edges'] = _edges(some)
    more = {
        f'nodes-{number}.js': data_script('blogGraph.receive', f'nodes-{number}', part)
        for number, part in enumerate(parts[1:], 1)
    }
    head = {
        'kinds': list(NODE_KINDS),
        'edgeKinds': list(EDGE_KINDS),
        'options': json.loads(options) if isinstance(options, str) else options,
        'total': {'nodes': len(ids), 'edges': len(edges)},
        'slices': len(more),
        'evidence': evidence.starts,
        # A browser keeps files by their address; this makes one of each content.
        'stamp': _digest([*more.values(), *evidence.files.values()]),
        'suffix': columns.suffix,
        'tags': list(columns.tags),
        'series': [{'name': to_plain(name), 'html': render_html(name)} for name in columns.series],
        'communities': _communities(graph, ids),
    }
    first_file = data_script('blogGraph.receive', 'nodes-0', head | parts[0])
    return {'nodes-0.js': first_file, **more, **evidence.files}


class _Columns:
    """The nodes' attributes, one list each, for any stretch of numbers."""

    def __init__(
        self, graph: nx.MultiDiGraph, ids: Sequence[str], nodes: Sequence[Mapping[str, Any]]
    ) -> None:
        self._ids = ids
        self._records = [graph.nodes[node] for node in ids]
        self._nodes = nodes
        self.tags = _numbered(tag for record in self._records for tag in record.get('tags', ()))
        self.series = _numbered(record['series'] for record in self._records if record.get('series'))
        self.suffix = self._most_common_suffix()

    def _most_common_suffix(self) -> str:
        """What the addresses of most posts add to their ids: ``.html`` or ``/``."""
        found = Counter(
            record['url'].removeprefix(node)
            for node, record in zip(self._ids, self._records, strict=True)
            if record['kind'] == 'post' and record.get('url', '').startswith(node)
        )
        return min(found, key=lambda suffix: (-found[suffix], suffix)) if found else ''

    def part(self, low: int, high: int) -> dict[str, Any]:
        """The columns of the nodes from number *low* to before *high*; exceptions by number."""
        ids, records, nodes = self._ids[low:high], self._records[low:high], self._nodes[low:high]
        urls = {}
        html = {}
        for number, (node, record) in enumerate(zip(ids, records, strict=True), low):
            usual = node + self.suffix if record['kind'] == 'post' else ''
            url = safe_url(record.get('url', ''))
            if url != usual:
                urls[str(number)] = url
            # Markup only where the title is more than its label.
            if '$' in record['title']:
                html[str(number)] = render_html(record['title']) + ('…' if is_cut(record) else '')
        return {
            'id': list(ids),
            'label': [node['label'] for node in nodes],
            'html': html,
            'kind': [NODE_KINDS.index(record['kind']) for record in records],
            'url': urls,
            'date': [record.get('date', '') for record in records],
            'tags': [[self.tags[tag] for tag in record.get('tags', ())] for record in records],
            'series': [self.series.get(record.get('series', ''), -1) for record in records],
            'part': [record.get('series_index') for record in records],
            'community': [node['group'] for node in nodes],
            'pagerank': [round(float(record['pagerank']) * _MILLION) for record in records],
            'size': [node['size'] for node in nodes],
            'x': [round(node['x']) for node in nodes],
            'y': [round(node['y']) for node in nodes],
        }


def _edges(edges: Sequence[Mapping[str, Any]]) -> dict[str, list[int]]:
    """Links by source, kind and falling weight: what each source adds to the last one, and so on.

    Weights are counted in steps of :data:`_WEIGHT_STEP`; their order says the rest.
    """
    ordered = sorted(
        (edge['from'], EDGE_KINDS.index(edge['kind']), -edge['value'], edge['to']) for edge in edges
    )
    sources = [source for source, *_ in ordered]
    return {
        'step': [source - before for source, before in zip(sources, [0, *sources], strict=False)],
        'target': [target for *_, target in ordered],
        'kind': [kind for _, kind, *_ in ordered],
        'weight': [max(1, round(-value / _WEIGHT_STEP)) for *_, value, _ in ordered],
    }


def _communities(graph: nx.MultiDiGraph, ids: Sequence[str]) -> dict[str, list[Any]]:
    """Name and main post of the communities; -1 for those too small to be a topic.

    Communities are numbered by falling size, so the list ends with the last topic.
    """
    posts = Counter(data['community'] for _, data in graph.nodes(data=True) if data['kind'] == 'post')
    topics = {community for community, count in posts.items() if count >= _SMALLEST_TOPIC}
    number = {node: index for index, node in enumerate(ids)}
    main = main_posts(graph)
    named = graph.graph.get('communities', [])
    names: list[str] = []
    numbers: list[int] = []
    for community in range(max(topics, default=-1) + 1):
        if community not in topics:
            names.append('')
            numbers.append(-1)
            continue
        post = main[community]
        names.append(
            to_plain(named[community]['name'])
            if community < len(named)
            else plain_label(graph.nodes[post]) or post
        )
        numbers.append(number[post])
    return {'name': names, 'main': numbers}


def _numbered(values: Iterable[str]) -> dict[str, int]:
    return {value: index for index, value in enumerate(sorted(set(values)))}


def _digest(contents: Iterable[bytes]) -> str:
    digest = hashlib.sha256()
    for content in contents:
        digest.update(content)
    return digest.hexdigest()[:8]
