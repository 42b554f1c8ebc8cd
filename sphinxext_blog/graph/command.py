"""``python -m sphinxext_blog check``, ``graph`` and ``map``: read the graph of a built site in a terminal."""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_blog.graph.export import load_graph, to_graphml, to_json
from sphinxext_blog.graph.measures import main_posts
from sphinxext_blog.graph.reporting import report
from sphinxext_blog.writing import write_whole

if TYPE_CHECKING:
    import argparse
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    import networkx as nx

    from sphinxext_blog.graph.reporting import Cited, Report, SeriesGap

__all__ = [
    'add_check_arguments',
    'add_graph_arguments',
    'add_map_arguments',
    'run_check',
    'run_graph',
    'run_map',
]

_TOP = 10
_WIDEST = 160
"""Characters of a title or sentence that a line shows."""


def add_check_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``check``."""
    _add_path(parser)
    parser.add_argument(
        '--strict',
        action='store_true',
        help='exit with status 1 when a mention is ambiguous or a URL of the blog leads nowhere',
    )


def add_graph_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``graph``."""
    _add_path(parser)
    parser.add_argument(
        '--node',
        metavar='ID',
        help='show the links of one post, missing post or work, given by its id or its exact title',
    )
    parser.add_argument('--format', choices=('json', 'graphml'), help='write the graph in this format')
    parser.add_argument(
        '-o', '--output', metavar='FILE', help='where --format writes to; standard output by default'
    )


def add_map_arguments(parser: argparse.ArgumentParser) -> None:
    """Arguments of ``map``."""
    _add_path(parser)
    parser.add_argument(
        '-o',
        '--output',
        metavar='FILE',
        help='the file that blog_graph_map names; standard output by default',
    )


def _add_path(parser: argparse.ArgumentParser) -> None:
    parser.add_argument('path', metavar='PATH', help='folder of the built HTML, or a graph file, or its URL')


def run_check(args: argparse.Namespace) -> int:
    """Print what the blog lacks.

    :returns: the exit status: 0; 1 with ``--strict`` when there are ambiguous
        or dangling mentions; 2 when there is no graph.
    """
    graph = _load(args.path)
    if graph is None:
        return 2
    findings = report(graph)
    _print(_report_lines(findings, dict(graph.nodes(data='title'))))
    return int(bool(args.strict and (findings.ambiguous or findings.dangling)))


def run_graph(args: argparse.Namespace) -> int:
    """Print a summary of the graph, the links of one node, or convert the graph.

    :returns: the exit status: 0, or 2 when there is no graph, no such node, or
        the output can't be written.
    """
    graph = _load(args.path)
    if graph is None:
        return 2
    node = args.node
    if node is not None and node not in graph:
        titled = sorted(name for name, title in graph.nodes(data='title') if title == node)
        if not titled:
            return _fail(
                f'no node is called {node!r}; give an exact title or an id: a docname, missing:… or work:…'
            )
        if len(titled) > 1:
            return _fail(f'{len(titled)} nodes have this title; give the id of one: {", ".join(titled)}')
        node = titled[0]
    if args.format or args.output:
        if node is not None:
            return _fail('--node shows links on the terminal; leave out --format and --output')
        return _convert(graph, args.format, args.output)
    _print(_summary_lines(graph) if node is None else _node_lines(graph, node))
    return 0


def run_map(args: argparse.Namespace) -> int:
    """Write where the nodes of the graph stand, for later builds to start from.

    :returns: the exit status: 0, or 2 when there is no graph, it has no
        positions, or the output can't be written.
    """
    from sphinxext_blog.graph.map_file import map_text

    graph = _load(args.path)
    if graph is None:
        return 2
    try:
        content = map_text(graph)
    except ValueError as error:
        return _fail(f'{args.path}: {error}')
    return _write(content.encode('utf-8', 'replace'), args.output)


def _load(path: str) -> nx.MultiDiGraph | None:
    source: str | Path = path
    try:
        if '://' not in path:
            source = Path(path)
            if source.is_dir():
                found = sorted(source.glob('graph.json')) or sorted(source.glob('*/graph.json'))
                if not found:
                    _fail(f'{path}: no graph.json there; build the site as HTML first')
                    return None
                source = found[0]
        return load_graph(source)
    except FileNotFoundError:
        _fail(f'{path}: no such file or folder')
    except (OSError, ValueError) as error:
        _fail(_named(path, error))
    return None


def _named(path: str, error: Exception) -> str:
    """What went wrong, with the name of what it went wrong with."""
    text = getattr(error, 'strerror', '') or str(error)
    return text if path in text else f'{path}: {text}'


def _convert(graph: nx.MultiDiGraph, wanted: str | None, output: str | None) -> int:
    suffix = Path(output).suffix.lower() if output else ''
    if wanted is None and suffix not in {'', '.json', '.graphml'}:
        return _fail(
            f'{output}: no format is called {suffix!r}; end the name in .json or .graphml, or give --format'
        )
    graphml = wanted == 'graphml' or (wanted is None and suffix == '.graphml')
    return _write(to_graphml(graph) if graphml else to_json(graph), output)


def _write(content: bytes, output: str | None) -> int:
    if output is None:
        sys.stdout.buffer.write(content)
        return 0
    try:
        path = Path(output).resolve()
        if path.is_file() or (path.parent.is_dir() and not path.exists()):
            write_whole(path, content)
        else:  # a pipe or a device, or a folder that is not there
            path.write_bytes(content)
    except OSError as error:
        return _fail(str(error))
    return 0


def _fail(message: str) -> int:
    sys.stderr.write(_shown(message, len(message)) + '\n')
    return 2


def _print(lines: Iterable[str]) -> None:
    text = ''.join(f'{line}\n' for line in lines)
    encoding = sys.stdout.encoding or 'utf-8'
    # A terminal that can't show a character shows its escape instead of a traceback.
    sys.stdout.write(text.encode(encoding, 'backslashreplace').decode(encoding))


def _shown(text: str, width: int = _WIDEST) -> str:
    """On one line, without characters that steer the terminal, shortened."""
    clean = ' '.join(text[: 4 * width].split())
    clean = ''.join(c if c.isprintable() else '\ufffd' for c in clean)
    return clean if len(clean) <= width else f'{clean[: width - 1]}…'


def _count(number: int, singular: str, plural: str) -> str:
    return f'{number} {singular if number == 1 else plural}'


def _report_lines(findings: Report, titles: Mapping[str, str]) -> Iterator[str]:
    if not any(
        (
            findings.missing,
            findings.works,
            findings.series,
            findings.ambiguous,
            findings.dangling,
            findings.absent,
            findings.orphans,
        )
    ):
        yield 'Nothing is missing.'
    yield from _cited_lines('Missing posts', findings.missing)
    yield from _cited_lines('Works', findings.works)
    if findings.series:
        yield f'Series with gaps ({len(findings.series)})'
        yield from map(_series_line, findings.series)
    if findings.ambiguous:
        yield f'Ambiguous mentions ({len(findings.ambiguous)})'
        for mention in findings.ambiguous:
            yield f'  {_where(mention.source, mention.line)}: {_shown(mention.text)}'
            for candidate in mention.candidates:
                yield f'    could be {_shown(titles[candidate])} ({_shown(candidate)})'
    if findings.dangling:
        yield f'URLs of this blog that lead nowhere ({len(findings.dangling)})'
        for link in findings.dangling:
            yield f'  {_where(link.source, link.line)}: {_shown(link.target)}'
    for why, title in (
        ('missing', 'Pictures and files that are not there'),
        ('elsewhere', 'Pictures and files on other sites'),
    ):
        if files := [(source, file) for source, file in findings.absent if file.why == why]:
            yield f'{title} ({len(files)})'
            for source, file in files:
                yield f'  {_where(source, file.line)}: {_shown(file.target)}'
    if findings.orphans:
        yield f'Posts that cite nothing and that no post cites ({len(findings.orphans)})'
        for orphan in findings.orphans:
            yield f'  {_shown(titles[orphan])}'


def _series_line(series: SeriesGap) -> str:
    parts = [_count(len(series.present), 'post', 'posts')]
    if series.gaps:
        parts.append(f'nothing is known of {_ranges(series.gaps)}')
    if series.missing:
        # What the name of the series says already is not repeated.
        titles = (part.title.removeprefix(series.name).strip() or part.title for part in series.missing)
        parts.append('missing: ' + ', '.join(map(_shown, titles)))
    return f'  {_shown(series.name)}: ' + '; '.join(parts)


def _ranges(numbers: Sequence[int]) -> str:
    """Rising numbers with runs of three and more drawn together: 1–5, 7, 9–11."""
    runs: list[list[int]] = []
    for number in numbers:
        if runs and number == runs[-1][-1] + 1:
            runs[-1].append(number)
        else:
            runs.append([number])
    return ', '.join(f'{run[0]}–{run[-1]}' if len(run) > 2 else ', '.join(map(str, run)) for run in runs)


def _cited_lines(heading: str, found: tuple[Cited, ...]) -> Iterator[str]:
    if found:
        yield f'{heading} ({len(found)})'
    for cited in found:
        yield f'  {_shown(cited.title)} — cited by {_count(len(cited.posts), "post", "posts")}'
        # A sentence that cites it twice, “next, 《title》”, is told once.
        yield from dict.fromkeys(
            f'    {_where(citation.source, citation.line)}: {_shown(citation.context or citation.text)}'
            for citation in cited.citations
        )


def _where(source: str, line: int) -> str:
    return f'{_shown(source)}:{line}' if line else _shown(source)


def _summary_lines(graph: nx.MultiDiGraph) -> Iterator[str]:
    nodes = Counter(kind for _, kind in graph.nodes(data='kind'))
    edges = Counter(kind for _, _, kind in graph.edges(keys=True))
    yield f'Nodes: {len(graph)}' + _tally(nodes)
    yield f'Edges: {graph.number_of_edges()}' + _tally(edges)
    posts = [(data.get('pagerank', 0.0), node, data) for node, data in graph.nodes(data=True)]
    posts = sorted(
        (entry for entry in posts if entry[2]['kind'] == 'post'), key=lambda entry: (-entry[0], entry[1])
    )
    if posts:
        yield 'Top posts by PageRank'
        yield from _ranking_lines(posts)
    communities = Counter(label for _, label in graph.nodes(data='community') if label is not None)
    large = [(label, size) for label, size in sorted(communities.items()) if size > 1]
    if large:
        yield f'Communities of more than one node ({len(large)})'
    main = main_posts(graph) if large else {}
    names = [_shown(record['name']) for record in graph.graph.get('communities', ())]
    for label, size in large[:_TOP]:
        about = (
            f'around {_shown(graph.nodes[main[label]]["title"])}' if label in main else 'no post among them'
        )
        name = f'{names[label]}, ' if label < len(names) else ''
        yield f'  {label}: {name}{size} nodes, {about}'
    if len(large) > _TOP:
        yield f'  … and {len(large) - _TOP} more'


def _ranking_lines(posts: Sequence[tuple[float, str, dict[str, Any]]]) -> Iterator[str]:
    """The first posts of a ranking; it stops before posts of equal rank that it can't show all."""
    end = min(_TOP, len(posts))
    left = posts[end][0] if end < len(posts) else None
    # Unless the very first are equal already: then some are shown, and that there are more.
    while end and posts[end - 1][0] == left:
        end -= 1
    end = end or min(_TOP, len(posts))
    for rank, node, data in posts[:end]:
        yield f'  {rank:.4f}  {_shown(node)}  {_shown(data["title"])}'
    rest = [rank for rank, _, _ in posts[end:]]
    if rest:
        equal = rest.count(rest[0])
        tied = equal > 1 or posts[end - 1][0] == rest[0]
        which = 'all' if equal == len(rest) else f'the first {equal}'
        yield f'  … and {len(rest)} more' + (f', {which} of rank {rest[0]:.4f}' if tied else '')


def _tally(counts: Counter[str]) -> str:
    return f' ({", ".join(f"{counts[kind]} {kind}" for kind in sorted(counts))})' if counts else ''


def _node_lines(graph: nx.MultiDiGraph, node: str) -> Iterator[str]:
    data = graph.nodes[node]
    yield f'{_shown(node)} ({data["kind"]}): {_shown(data["title"])}'
    for name in sorted(data.keys() - {'kind', 'title'}):
        value = data[name]
        shown = ', '.join(map(str, value)) if isinstance(value, list) else str(value)
        yield f'  {name}: {_shown(shown)}'
    outgoing = [
        (kind, target, record) for _, target, kind, record in graph.out_edges(node, keys=True, data=True)
    ]
    incoming = [
        (kind, source, record) for source, _, kind, record in graph.in_edges(node, keys=True, data=True)
    ]
    for arrow, edges in (('->', outgoing), ('<-', incoming)):
        for kind, other, record in sorted(edges, key=lambda edge: edge[:2]):
            title = _shown(graph.nodes[other]['title'])
            yield f'{arrow} {kind} {_shown(other)}: {title} ({record["weight"]:g})'
            for evidence in record['evidence']:
                yield f'    {_evidence_line(evidence)}'


def _evidence_line(evidence: dict[str, Any]) -> str:
    """One line for evidence of any kind: how it was found, then what it says."""
    rest = evidence.get('context') or evidence.get('text')
    if rest is None:
        others = {name: value for name, value in evidence.items() if name not in ('how', 'score')}
        rest = '; '.join(
            ', '.join(map(str, value)) if isinstance(value, list) else str(value)
            for _, value in sorted(others.items())
        )
    line = f' (line {evidence["line"]})' if 'line' in evidence else ''
    return f'{_shown(str(evidence["how"]))}{line}: {_shown(rest)}' if rest else _shown(str(evidence['how']))
