"""The scripts of the graph page in a browser, without the page, and graphs for them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import networkx as nx
from hypothesis import strategies as st

import sphinxext_blog
from sphinxext_blog.site import graph_page

if TYPE_CHECKING:
    from playwright.sync_api import Page, Route

SCRIPTS = graph_page._SCRIPTS[:-1]
"""All but the last, which wants the page."""
STATIC = Path(sphinxext_blog.__file__).parent / 'static' / 'graph_page'
FAKE_MODEL = Path(__file__).with_name('graph_model.js')
NODE_KINDS = ('post', 'missing', 'work')
EDGE_KINDS = ('cites', 'series', 'equation', 'formula', 'related')
CITES, SERIES, EQUATION, FORMULA, RELATED = range(5)
POLICY = "default-src 'self'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data: blob:"
SYMMETRIC = {FORMULA, RELATED}
DEFAULT_FILTER: dict[str, Any] = {
    'nodeKinds': [True] * 3,
    'edgeKinds': [True] * 5,
    'tags': [],
    'series': [],
    'communities': [],
    'from': None,
    'to': None,
    'weight': 0,
    'around': None,
}
"""What ``createFilter`` makes."""


def open_graph_scripts(page: Page, folder: Path, *, body: str = '', address: str = '') -> None:
    """Open a page that loads the scripts of the graph page, and ``fakeModel``.

    :param address: where the folder is served; ``file://`` when empty.
    """
    sources = [*(STATIC / name for name in SCRIPTS), FAKE_MODEL]
    for number, source in enumerate(sources):
        (folder / f's{number}.js').write_bytes(source.read_bytes())
    scripts = ''.join(f'<script src="s{number}.js"></script>\n' for number in range(len(sources)))
    head = '<!doctype html>\n<html lang="en">\n<meta charset="utf-8">\n<title>Scripts</title>\n'
    html = f'{head}{body}\n{scripts}'
    (folder / 'index.html').write_text(html, encoding='utf-8')
    page.goto(f'{address}/index.html' if address else (folder / 'index.html').as_uri())


def serve(page: Page, folder: Path) -> str:
    """Answer the requests of a page from a folder, with a strict Content-Security-Policy.

    :return: the address of the folder.
    """
    address = 'http://blog.test'

    def answer(route: Route) -> None:
        path = folder / route.request.url.removeprefix(f'{address}/').partition('?')[0]
        if path.is_file():
            route.fulfill(path=path, headers={'Content-Security-Policy': POLICY})
        else:
            route.abort()

    page.route(f'{address}/**', answer)
    return address


def call(page: Page, function: str, **values: Any) -> Any:
    """Call a function of an object of values; JSON both ways, so that no text is changed on the way."""
    return json.loads(
        page.evaluate(f'text => JSON.stringify(({function})(JSON.parse(text)))', json.dumps(values))
    )


@st.composite
def graphs(draw: st.DrawFn, *, largest: int = 12, posts_only: bool = False) -> dict[str, Any]:
    """Small graphs as ``fakeModel`` takes them, with parallel edges, loops of all kinds and unknown dates."""
    size = draw(st.integers(1, largest))
    node = st.fixed_dictionaries(
        {
            'kind': st.just(0) if posts_only else st.sampled_from([0, 0, 0, 1, 2]),
            'year': st.sampled_from([0, 2001, 2002, 2003]),
            'tags': st.lists(st.integers(0, 2), unique=True, max_size=2),
            'series': st.integers(-1, 1),
            'part': st.none() | st.integers(1, 4),
            'community': st.integers(0, 2),
        }
    )
    nodes = draw(st.lists(node, min_size=size, max_size=size))
    for record in nodes:
        record['date'] = (
            draw(st.sampled_from([f'{record["year"]}-05', f'{record["year"]}'])) if record['year'] else ''
        )
    edge = st.fixed_dictionaries(
        {
            'source': st.integers(0, size - 1),
            'target': st.integers(0, size - 1),
            'kind': st.integers(0, 4),
            'weight': st.sampled_from([0.1, 0.3, 0.7, 1.0]),
        }
    )
    edges = draw(st.lists(edge, max_size=3 * size, unique_by=lambda e: (e['source'], e['target'], e['kind'])))
    return {
        'nodes': nodes,
        'edges': [e for e in edges if e['source'] != e['target']],
        'tags': ['algebra', '概率', 'graphs'],
        'series': ['Walks', '优化'],
        'communities': [{'name': f'topic {k}', 'main': _main(nodes, k), 'size': 1} for k in range(3)],
    }


def _main(nodes: list[dict[str, Any]], community: int) -> int:
    return next(
        (i for i, node in enumerate(nodes) if node['community'] == community and not node['kind']), -1
    )


@st.composite
def filters(draw: st.DrawFn, size: int) -> dict[str, Any]:
    """Filters of a graph of some size that :func:`graphs` made."""
    around = st.fixed_dictionaries(
        {
            'node': st.integers(0, size - 1),
            'depth': st.integers(1, 3),
            'direction': st.sampled_from(['in', 'out', 'both']),
        }
    )
    some = st.lists(st.integers(0, 1), unique=True, max_size=2)
    return {
        'nodeKinds': draw(st.just([True] * 3) | st.lists(st.booleans(), min_size=3, max_size=3)),
        'edgeKinds': draw(st.just([True] * 5) | st.lists(st.booleans(), min_size=5, max_size=5)),
        'tags': draw(st.just([]) | some),
        'series': draw(st.just([]) | some),
        'communities': draw(st.just([]) | some),
        'from': draw(st.none() | st.integers(2001, 2003)),
        'to': draw(st.none() | st.integers(2001, 2003)),
        'weight': draw(st.sampled_from([0, 0.3, 0.7, 0.8])),
        'around': draw(st.none() | around),
    }


def to_networkx(graph: dict[str, Any]) -> nx.MultiDiGraph:
    """The same graph; edges are keyed by their numbers."""
    made = nx.MultiDiGraph()
    for number, node in enumerate(graph['nodes']):
        made.add_node(number, **node)
    for number, edge in enumerate(graph['edges']):
        made.add_edge(edge['source'], edge['target'], number, kind=edge['kind'], weight=edge['weight'])
    return made
