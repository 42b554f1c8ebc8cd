"""The graph as files: node-link JSON and GraphML, and back.

Both writers give the same bytes for the same graph; :func:`load_graph` reads
what they wrote and refuses everything else with a ``ValueError`` that says why.
"""

from __future__ import annotations

import io
import json
import os
import re
import urllib.request
from pathlib import Path
from typing import Any
from xml.etree.ElementTree import ParseError

import networkx as nx

from sphinxext_blog.graph.schema import EDGE_KINDS, NODE_KINDS, SCHEMA_VERSION, structured_attributes
from sphinxext_blog.surrogates import encodable

__all__ = ['load_graph', 'to_graphml', 'to_json']

LARGEST_FILE = 512 * 1024 * 1024
"""Bytes; about ten times the graph of 100,000 posts."""
TIMEOUT = 30
"""Seconds that a server may stay silent."""

# What XML 1.0 can't hold at all, and CR, which every XML reader turns into LF.
_NOT_XML = re.compile('[^\t\n\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]')
_XML_ENCODING = re.compile(rb'<\?xml[^>]{0,200}?encoding\s*=\s*["\']([A-Za-z0-9._-]{1,40})["\']')


def to_json(graph: nx.MultiDiGraph) -> bytes:
    """The graph as ``networkx.node_link_data(graph, edges='edges')`` in UTF-8.

    Keys of objects are sorted, nodes and edges keep their order. Lone
    surrogates, which UTF-8 can't hold, become U+FFFD.

    :raises ValueError: for a number that JSON can't hold (NaN, infinity).
    """
    data = nx.node_link_data(graph, edges='edges')
    text = json.dumps(data, ensure_ascii=False, allow_nan=False, sort_keys=True, separators=(',', ':'))
    return encodable(text + '\n').encode()


_ENCODER = json.JSONEncoder(ensure_ascii=False, allow_nan=False, sort_keys=True)
_STRUCTURED = {scope: structured_attributes(scope) for scope in ('graph', 'node', 'edge')}


def to_graphml(graph: nx.MultiDiGraph) -> bytes:
    """The graph as GraphML for Gephi, yEd and the like.

    Lists and evidence are JSON strings; characters that XML can't hold become
    U+FFFD; the kind of an edge is its ``kind`` attribute, because GraphML's
    edge ids must be unique in the file.
    """
    copy = nx.MultiDiGraph(**_flat(graph.graph))
    names = _xml_names(graph)
    for node, attributes in graph.nodes(data=True):
        copy.add_node(names[node], **_flat(attributes))
    for index, (source, target, kind, attributes) in enumerate(graph.edges(keys=True, data=True)):
        copy.add_edge(names[source], names[target], f'e{index}', kind=kind, **_flat(attributes))
    stream = io.BytesIO()
    # Not write_graphml: it takes lxml where that is installed, and writes other bytes then.
    nx.write_graphml_xml(copy, stream, encoding='utf-8', infer_numeric_types=True)
    return stream.getvalue()


def _flat(attributes: dict[str, Any]) -> dict[str, Any]:
    return {name: _xml_value(value) for name, value in sorted(attributes.items())}


def _xml_value(value: Any) -> Any:
    if isinstance(value, list | dict):
        value = _ENCODER.encode(value)
    return _xml_text(value) if isinstance(value, str) else value


def _xml_text(text: str) -> str:
    return _NOT_XML.sub('\ufffd', text)


def _xml_names(graph: nx.MultiDiGraph) -> dict[str, str]:
    """Node ids that XML can hold; two that become one are told apart by a number."""
    taken = {node for node in graph if _xml_text(node) == node}
    names = {node: node for node in taken}
    for node in graph:
        if node not in names:
            name = clean = _xml_text(node)
            attempt = 1
            while name in taken:
                attempt += 1
                name = f'{clean}~{attempt}'
            taken.add(name)
            names[node] = name
    return names


def load_graph(source: str | os.PathLike[str]) -> nx.MultiDiGraph:
    """Read a graph that :func:`to_json` or :func:`to_graphml` wrote.

    :param source: path of a ``.json`` or ``.graphml`` file, or its ``http``,
        ``https`` or ``file`` URL. The format is told from the content.
    :returns: the graph, attributes as they were.
    :raises ValueError: when the content is no such graph, is larger than
        512 MiB, or was written in a newer version of the schema.
    :raises OSError: when the file or URL can't be read.
    """
    content = _read(source)
    where = os.fspath(source)
    if len(content) > LARGEST_FILE:
        raise ValueError(f'{where}: larger than {LARGEST_FILE // 1024**2} MiB; this is no graph of a blog')
    body = content.removeprefix(b'\xef\xbb\xbf').lstrip()
    try:
        graph = _from_graphml(body) if body.startswith(b'<') else _from_json(body)
    except _NoGraphError as error:
        raise ValueError(f'{where}: {error}') from error
    return graph


class _NoGraphError(Exception):
    """Why the content is no graph."""


def _read(source: str | os.PathLike[str]) -> bytes:
    if isinstance(source, str) and source.startswith(('http://', 'https://', 'file://')):
        # The scheme is one of the three above: nothing else is opened.
        with urllib.request.urlopen(source, timeout=TIMEOUT) as response:  # noqa: S310
            content: bytes = response.read(LARGEST_FILE + 1)
        return content
    with Path(source).open('rb') as file:
        return file.read(LARGEST_FILE + 1)


def _from_json(content: bytes) -> nx.MultiDiGraph:
    try:
        data = json.loads(content)
    except (ValueError, RecursionError) as error:
        raise _NoGraphError(f'neither JSON nor GraphML ({str(error)[:200]})') from error
    if not isinstance(data, dict) or not isinstance(data.get('graph'), dict):
        raise _NoGraphError('JSON, but no node-link graph')
    _check_version(data['graph'].get('schema_version'))
    if data.get('directed') is not True or data.get('multigraph') is not True:
        raise _NoGraphError('a blog graph is a directed multigraph, this is none')
    nodes, edges = data.get('nodes'), data.get('edges')
    if not isinstance(nodes, list) or not isinstance(edges, list):
        raise _NoGraphError('JSON, but no node-link graph: "nodes" and "edges" must be lists')
    graph = nx.MultiDiGraph()
    graph.graph.update(data['graph'])
    for node in nodes:
        _add_node(graph, node)
    for edge in edges:
        _add_edge(graph, edge)
    return graph


def _add_node(graph: nx.MultiDiGraph, record: object) -> None:
    match record:
        case {'id': str(node), 'kind': str(kind), 'title': str(title), **others}:
            attributes = {'kind': kind, 'title': title, **others}
        case _:
            raise _NoGraphError('a node lacks its id, kind or title')
    if kind not in NODE_KINDS:
        raise _NoGraphError(f'node {node[:80]!r} is of unknown kind {kind[:80]!r}')
    if node in graph:
        raise _NoGraphError(f'node {node[:80]!r} is there twice')
    graph.add_nodes_from([(node, attributes)])


def _add_edge(graph: nx.MultiDiGraph, record: object) -> None:
    match record:
        case {'source': str(source), 'target': str(target), 'key': str(kind), **attributes}:
            pass
        case _:
            raise _NoGraphError('an edge lacks its source, target or key')
    if kind not in EDGE_KINDS:
        raise _NoGraphError(f'an edge is of unknown kind {kind[:80]!r}')
    if source not in graph or target not in graph:
        raise _NoGraphError(f'an edge leads from {source[:80]!r} to {target[:80]!r}: one of them is no node')
    if graph.has_edge(source, target, kind):
        raise _NoGraphError(f'two {kind} edges lead from {source[:80]!r} to {target[:80]!r}')
    graph.add_edges_from([(source, target, kind, attributes)])


def _check_version(version: object) -> None:
    if not isinstance(version, int):
        raise _NoGraphError('no graph of a blog: it has no schema_version')
    if version > SCHEMA_VERSION:
        raise _NoGraphError(
            f'written by a newer sphinxext-blog (schema {version}, known is {SCHEMA_VERSION})'
        )


def _from_graphml(content: bytes) -> nx.MultiDiGraph:
    # Entities can grow without bound, and need a document type; ours has none.
    # Looking for it in bytes is only sound in an ASCII-compatible encoding.
    encoding = _XML_ENCODING.match(content)
    if encoding and encoding[1].lower() not in {b'utf-8', b'utf8', b'us-ascii', b'ascii'}:
        raise _NoGraphError(f'GraphML in {encoding[1].decode()}; only UTF-8 is read')
    if b'<!DOCTYPE' in content or b'<!ENTITY' in content:
        raise _NoGraphError('XML with a document type is not read')
    try:
        raw = nx.read_graphml(io.BytesIO(content), force_multigraph=True)
    except (nx.NetworkXError, ParseError, ValueError, KeyError, TypeError) as error:
        raise _NoGraphError(f'no GraphML ({str(error)[:200]})') from error
    if not raw.is_directed():
        raise _NoGraphError('a blog graph is directed, this is not')
    _check_version(raw.graph.get('schema_version'))
    graph = nx.MultiDiGraph()
    graph.graph.update(_restored(raw.graph, 'graph'))
    for node, attributes in raw.nodes(data=True):
        _add_node(graph, {'id': node, **_restored(attributes, 'node')})
    for source, target, attributes in raw.edges(data=True):
        rest = _restored(attributes, 'edge')
        kind = rest.pop('kind', None)
        _add_edge(graph, {**rest, 'source': source, 'target': target, 'key': kind})
    return graph


def _restored(attributes: dict[str, Any], scope: str) -> dict[str, Any]:
    restored = {}
    for name, value in attributes.items():
        if name in ('node_default', 'edge_default'):
            continue  # networkx notes the file's defaults on the graph; we write none
        if name in _STRUCTURED[scope] and isinstance(value, str):
            try:
                value = json.loads(value)  # noqa: PLW2901
            except (ValueError, RecursionError) as error:
                raise _NoGraphError(f'the attribute {name} is no JSON ({str(error)[:200]})') from error
        restored[name] = value
    return restored
