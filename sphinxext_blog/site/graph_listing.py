"""The content of the graph page as tables, for readers without a script or a map.

Posts by series where two or more of one are there, then the others by year,
then what is cited but is no post of the blog: the same nodes and links as on
the map. Of a large blog they go over several pages.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sphinxext_blog.formulas import render_html, to_plain
from sphinxext_blog.graph.explorer import safe_url

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    import networkx as nx

__all__ = ['Item', 'Row', 'Section', 'listing', 'pages_of']

_ROWS_OF_A_PAGE = 400

_DATE = re.compile(r'(\d{4}|-)(?:-(\d{2}))?(?:-(\d{2}))?')


@dataclass(frozen=True, slots=True)
class Item:
    """A node as a cell names it."""

    label: str
    href: str


@dataclass(frozen=True, slots=True)
class Row:
    """One node with its links."""

    html: str
    """Its title, safe to insert."""
    href: str
    date: str
    cells: tuple[tuple[Item, ...], ...]


@dataclass(frozen=True, slots=True)
class Section:
    """One table."""

    heading: str
    columns: tuple[str, ...]
    rows: tuple[Row, ...]


def listing(
    graph: nx.MultiDiGraph, *, base: str, show_date: Callable[[str], str], say: Mapping[str, str]
) -> tuple[Section, ...]:
    """All nodes of the graph in tables.

    :param base: what leads from the page to the site's root: ``./``, ``../``.
    :param show_date: a date as readers of the site see it, from its ISO form.
    :param say: words by the keys of the page's messages.
    """
    items = {
        node: Item(to_plain(data['title']) or node, _href(data.get('url', ''), base))
        for node, data in graph.nodes(data=True)
    }

    def named(nodes: Iterable[str]) -> tuple[Item, ...]:
        return tuple(sorted((items[node] for node in set(nodes)), key=lambda item: (item.label, item.href)))

    def outgoing(node: str, kind: str) -> list[str]:
        return [target for _, target, key in graph.out_edges(node, keys=True) if key == kind]

    def citing(node: str) -> list[str]:
        return [source for source, _, key in graph.in_edges(node, keys=True) if key == 'cites']

    def row(node: str) -> Row:
        data = graph.nodes[node]
        cited_by = named(citing(node))
        cells: tuple[tuple[Item, ...], ...] = (cited_by,)
        if data['kind'] == 'post':
            # Related posts keep their order: the best first.
            best = sorted(
                outgoing(node, 'related'),
                key=lambda n: (-graph.edges[node, n, 'related'].get('weight', 0), n),
            )
            cells = (named(outgoing(node, 'cites')), cited_by, tuple(items[n] for n in best))
        return Row(render_html(data['title']), items[node].href, show_date(data.get('date', '')), cells)

    def section(heading: str, columns: Sequence[str], nodes: Iterable[str]) -> Section:
        return Section(heading, tuple(say[name] for name in columns), tuple(map(row, nodes)))

    return tuple(section(heading, columns, nodes) for heading, columns, nodes in _groups(graph, say) if nodes)


def pages_of(sections: Sequence[Section], rows: int = _ROWS_OF_A_PAGE) -> list[list[Section]]:
    """The sections page by page, at least one; one that crosses the end of a page goes on in the next.

    :param rows: of all sections of a page.
    """
    pages: list[list[Section]] = [[]]
    room = rows
    for section in sections:
        rest = section
        while rest.rows:
            if not room:
                pages.append([])
                room = rows
            pages[-1].append(replace(rest, rows=rest.rows[:room]))
            taken = min(room, len(rest.rows))
            room -= taken
            rest = replace(rest, rows=rest.rows[taken:])
    return pages


def _groups(
    graph: nx.MultiDiGraph, say: Mapping[str, str]
) -> Iterable[tuple[str, tuple[str, ...], list[str]]]:
    posts = sorted(node for node, kind in graph.nodes(data='kind') if kind == 'post')
    parts = Counter(graph.nodes[node].get('series', '') for node in posts)
    by_series: dict[str, list[str]] = defaultdict(list)
    by_year: dict[str, list[str]] = defaultdict(list)
    for node in posts:
        data = graph.nodes[node]
        series, year = data.get('series', ''), data.get('date', '')[:4]
        # A single part makes no table of its own.
        if series and parts[series] > 1:
            by_series[series].append(node)
        else:
            by_year[year if year.isdecimal() else ''].append(node)

    def place(node: str) -> tuple[bool, int, str, str]:
        data = graph.nodes[node]
        index = data.get('series_index')
        return index is None, index or 0, data.get('date', ''), node

    columns = ('group-cites-out', 'group-cites-in', 'group-related')
    for name in sorted(by_series):
        yield f'{say["series"]}: {to_plain(name)}', columns, sorted(by_series[name], key=place)
    newest_first: Callable[[str], tuple[str, str]] = lambda node: (graph.nodes[node].get('date', ''), node)  # noqa: E731
    for year in sorted(by_year, reverse=True):
        yield year or say['no-year'], columns, sorted(by_year[year], key=newest_first, reverse=True)
    for kind in ('missing', 'work'):
        nodes = sorted(node for node, data in graph.nodes(data=True) if data['kind'] == kind)
        yield say[f'node-{kind}'], ('group-cites-in',), nodes


def _href(url: str, base: str) -> str:
    url = safe_url(url)
    if not url or url.startswith('/') or '://' in url.partition('/')[0] + '/' + url.partition('/')[2][:2]:
        return url
    return base + url
