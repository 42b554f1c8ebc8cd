"""What the graph page tells of a node that a reader selects: first words, and what its links rest on.

Written once for each end of a link, so that one file tells all of a node. Texts
are HTML made here, where formulas become MathML and all else is escaped.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final

from sphinxext_blog.formulas import formula_html, render_html, to_plain
from sphinxext_blog.graph.explorer import EDGE_KINDS, plain_label
from sphinxext_blog.scripts import data_script

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    import networkx as nx

__all__ = ['EvidenceFiles', 'evidence_scripts']

_FILE_SIZE: Final = 96_000
"""Characters of evidence, about, in one file."""
_MOST_TOLD: Final = 60
"""Links of one kind and direction of a node that are told with their evidence: the strongest."""


@dataclass(frozen=True, slots=True)
class EvidenceFiles:
    """The evidence of a graph, in files of neighbouring nodes."""

    starts: list[int]
    """The first node of each file."""
    files: dict[str, bytes]
    """Scripts by file name: ``evidence-0.js`` and so on."""


def evidence_scripts(
    graph: nx.MultiDiGraph, ids: Sequence[str], excerpts: Mapping[str, str], *, version: int
) -> EvidenceFiles:
    """Excerpts and evidence, node by node.

    :param ids: the nodes in the order of their numbers.
    :param excerpts: node id -> first words of the post, LaTeX between dollar signs.
    """
    found = EvidenceFiles([], {})
    for first, excerpts_here, links_here in _stretches(graph, ids, excerpts):
        name = f'evidence-{len(found.starts)}'
        found.starts.append(first)
        value = {'version': version, 'excerpts': excerpts_here, 'links': links_here}
        found.files[f'{name}.js'] = data_script('blogGraph.receive', name, value)
    return found


def _stretches(
    graph: nx.MultiDiGraph, ids: Sequence[str], excerpts: Mapping[str, str]
) -> Iterator[tuple[int, dict[str, str], dict[str, list[Any]]]]:
    """First node, excerpts and links of each stretch of nodes that fills a file."""
    number = {node: index for index, node in enumerate(ids)}
    labels = {node: plain_label(graph.nodes[node]) or node for node in ids}
    waiting: dict[tuple[str, str, str], list[dict[str, Any]]] = {}
    first, size = 0, 0
    excerpt_of: dict[str, str] = {}
    links_of: dict[str, list[Any]] = {}
    for index, node in enumerate(ids):
        if size >= _FILE_SIZE:
            yield first, excerpt_of, links_of
            first, size, excerpt_of, links_of = index, 0, {}, {}
        if excerpts.get(node):
            excerpt_of[str(index)] = render_html(excerpts[node])
            size += len(excerpt_of[str(index)])
        links = []
        for edge in _strongest(graph, node, number):
            # Told at both ends, rendered once.
            told = waiting.pop(edge, None)
            if told is None:
                told = waiting[edge] = _edge_evidence(graph, edge, labels)
            if not told:
                continue
            source, target, kind = edge
            outgoing = source == node
            other = number[target if outgoing else source]
            links.append([other, EDGE_KINDS.index(kind), int(outgoing), told])
            size += 40 + sum(len(value) for item in told for value in item.values() if isinstance(value, str))
        if links:
            links_of[str(index)] = links
    if ids:
        yield first, excerpt_of, links_of


def _strongest(graph: nx.MultiDiGraph, node: str, number: Mapping[str, int]) -> list[tuple[str, str, str]]:
    """The node's links, at most so many of each kind and direction, the strongest of them."""
    groups: dict[tuple[str, bool], list[tuple[float, int, tuple[str, str, str]]]] = defaultdict(list)
    for source, target, kind, weight in graph.out_edges(node, keys=True, data='weight', default=1.0):
        if kind in EDGE_KINDS:
            groups[kind, True].append((-weight, number[target], (source, target, kind)))
    for source, target, kind, weight in graph.in_edges(node, keys=True, data='weight', default=1.0):
        if source != target and kind in EDGE_KINDS:
            groups[kind, False].append((-weight, number[source], (source, target, kind)))
    return [edge for group in sorted(groups) for *_, edge in sorted(groups[group])[:_MOST_TOLD]]


def _edge_evidence(
    graph: nx.MultiDiGraph, ends: tuple[str, str, str], labels: Mapping[str, str]
) -> list[dict[str, Any]]:
    """What the panel tells of an edge: plain words, and HTML where mathematics may be.

    A sentence is told once. Where it refers to an equation it cites the post as
    well: it stands with the citation, and with the equation only its number.
    """
    source, target, kind = ends
    edge = graph.edges[ends]
    evidence: list[Mapping[str, Any]] = list(edge.get('evidence', ()))
    if kind == 'cites':
        evidence = _once(evidence)
    told = [_told(item, edge, labels) for item in evidence]
    if kind == 'equation' and graph.has_edge(source, target, 'cites'):
        cited = {item.get('context') for item in graph.edges[source, target, 'cites'].get('evidence', ())}
        for item, known in zip(told, evidence, strict=True):
            if known.get('context') in cited and 'number' in item:
                item.pop('html', None)
    return told


def _once(evidence: Sequence[Mapping[str, Any]]) -> list[Mapping[str, Any]]:
    """Evidence with each sentence once, where it stands first, with the spans of all mentions in it."""
    once: dict[Any, dict[str, Any]] = {}
    for number, item in enumerate(evidence):
        known = once.setdefault(item.get('context') or number, dict(item) | {'spans': []})
        if 'span' in item:
            known['spans'].append(item['span'])
    return list(once.values())


def _told(evidence: Mapping[str, Any], edge: Mapping[str, Any], labels: Mapping[str, str]) -> dict[str, Any]:
    told: dict[str, Any] = {'how': str(evidence.get('how', ''))}
    context = evidence.get('context') or evidence.get('text')
    if isinstance(context, str) and context:
        told['html'] = _marked(
            context, evidence.get('spans', [evidence['span']] if 'span' in evidence else [])
        )
    for name in ('anchor', 'label', 'number', 'score', 'source_number', 'target_number'):
        if name in evidence:
            told[name] = evidence[name]
    if 'source_latex' in evidence:
        told['formulas'] = _formulas(evidence)
    if 'series' in evidence:
        told['series'] = to_plain(str(evidence['series']))
    if edge.get('gap'):
        told['gap'] = list(edge['gap'])
    if evidence.get('detail'):
        told['detail'] = [labels.get(item, to_plain(str(item))) for item in evidence['detail']]
    return told


def _formulas(evidence: Mapping[str, Any]) -> list[dict[str, str]]:
    """A shared formula in the source and in the target: its anchor, and its markup where they differ."""
    told: list[dict[str, str]] = []
    for end in ('source', 'target'):
        formula = {'anchor': str(evidence.get(f'{end}_anchor', ''))}
        if not told or evidence['how'] != 'surface':
            formula['html'] = formula_html(str(evidence[f'{end}_latex']), display=True)
        told.append(formula)
    return told


def _marked(context: str, spans: Sequence[Sequence[int]]) -> str:
    """The sentence as HTML, the mentions in it marked; unmarked where a span would cut a formula."""
    out: list[str] = []
    done = 0
    for start, end in sorted((int(span[0]), int(span[1])) for span in spans):
        before, mention = context[done:start], context[start:end]
        if done <= start < end <= len(context) and not before.count('$') % 2 and not mention.count('$') % 2:
            out += [render_html(before), f'<mark>{render_html(mention)}</mark>']
            done = end
    return ''.join([*out, render_html(context[done:])])
