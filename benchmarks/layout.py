"""How long the layout of the graph page takes, and how good it is.

The graphs are synthetic blogs: posts in order of time, topics of power-law
sizes (about 0.42 √N of them), four links a post, 82 % of them within its topic,
to recent and to much-cited posts more often; in a second set a fifth of the posts
is without links. Equal N gives the equal graph.

- *purity*: of the 8 posts nearest to a post that has links, how many are of its topic.
- *neighbours*: of the as many posts nearest to a post as it has links, how many it is linked to.
- *overlap*: how many posts are nearer to another one than half the mean spacing,
  the square root of the area of the map, without its outer hundredths, for each post.
- *closest*: pixels between the two posts that are nearest to each other.
- *moved*: a hundredth of the posts, the newest, is added to the map of the others,
  which is given: how far these move, by the width of the map (median and most),
  and the median without a map.

Every layout is made twice and must come out equal to the last bit.

    python benchmarks/layout.py 1000 5000 20000
    python benchmarks/layout.py --peer 1000
    python benchmarks/layout.py --graph _build/html/graph.json
"""

from __future__ import annotations

import argparse
import sys
import time
from pathlib import Path

import networkx as nx
import numpy as np
from scipy.spatial import cKDTree

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from sphinxext_blog.graph import load_graph, place

LINKS = 4
WITHIN = 0.82
RECENT = 0.65
"""Exponent of the age of what is cited: 1 is any age alike."""
SAMPLE = 3000


def blog(count: int, isolated: float = 0.0, seed: int = 1) -> tuple[nx.MultiDiGraph, np.ndarray]:
    """A synthetic blog, and the topic of each post."""
    rng = np.random.default_rng(seed)
    topics = max(4, round(0.42 * count**0.5))
    sizes = 1 / np.arange(1, topics + 1) ** 0.8
    topic = rng.choice(topics, count, p=sizes / sizes.sum())
    alone = rng.random(count) < isolated
    graph = nx.MultiDiGraph()
    graph.add_nodes_from((_name(post), {'kind': 'post', 'title': _name(post)}) for post in range(count))
    own: list[list[int]] = [[] for _ in range(topics)]
    every: list[int] = []
    for post in np.flatnonzero(~alone).tolist():
        for _ in range(LINKS):
            pool = own[topic[post]] if rng.random() < WITHIN else every
            if not pool:
                continue
            cited = pool[len(pool) - 1 - int(len(pool) * rng.random() ** (1 / RECENT))]
            graph.add_edge(_name(post), _name(cited), 'cites', weight=1.0)
            if rng.random() < 0.5:  # what is cited is found more easily
                own[topic[cited]].append(cited)
                every.append(cited)
        own[topic[post]].append(post)
        every.append(post)
    return graph, topic


def _name(post: int) -> str:
    return f'p{post:07d}'


def positions(graph: nx.MultiDiGraph) -> np.ndarray:
    return np.array([(data['x'], data['y']) for _, data in graph.nodes(data=True)])


def timed(graph: nx.MultiDiGraph, **options) -> tuple[float, np.ndarray]:
    """CPU seconds of a layout, and the positions."""
    begin = time.process_time()
    place(graph, **options)
    return time.process_time() - begin, positions(graph)


def purity(found: np.ndarray, graph: nx.MultiDiGraph, topic: np.ndarray) -> float:
    linked = np.array([degree > 0 for _, degree in graph.degree])
    near = cKDTree(found).query(found[linked], k=9)[1][:, 1:]
    return float((topic[near] == topic[linked][:, None]).mean())


def neighbours(found: np.ndarray, graph: nx.MultiDiGraph) -> float:
    number = {node: index for index, node in enumerate(graph)}
    tree = cKDTree(found)
    linked = [node for node, degree in graph.degree if degree]
    shares = []
    for node in linked[:: max(1, len(linked) // SAMPLE)]:
        around = {number[other] for other in nx.all_neighbors(graph, node)} - {number[node]}
        if around:
            near = tree.query(found[number[node]], k=len(around) + 1)[1].tolist()
            shares.append(len(around & set(near)) / len(around))
    return float(np.mean(shares))


def overlap(found: np.ndarray) -> tuple[float, float]:
    """The share of posts that are near another one, and the least distance."""
    low, high = np.percentile(found, (1, 99), axis=0)
    spacing = np.sqrt(np.prod(high - low) / len(found))
    nearest = cKDTree(found).query(found, k=2)[0][:, 1]
    return float((nearest < spacing / 2).mean()), float(nearest.min())


def moved(graph: nx.MultiDiGraph, cold: np.ndarray) -> tuple[float, float, float]:
    """Median and most that posts of a given map move, and the median without a map; by its width."""
    names = list(graph)
    old = names[: -max(1, len(names) // 100)]
    known = graph.subgraph(old).copy()
    place(known)
    before = positions(known)
    start = {node: (data['x'], data['y']) for node, data in known.nodes(data=True)}
    place(graph, start=start)
    width = np.ptp(before[:, 0])
    way = np.linalg.norm(positions(graph)[: len(old)] - before, axis=1) / width
    without = np.linalg.norm(cold[: len(old)] - before, axis=1) / width
    return float(np.median(way)), float(way.max()), float(np.median(without))


def row(label: str, graph: nx.MultiDiGraph, topic: np.ndarray | None) -> None:
    """Measure one graph and print a line of the table."""
    seconds, found = timed(graph)
    if not np.array_equal(timed(graph)[1], found):
        raise SystemExit(f'{label}: two layouts of one graph differ')
    share, closest = overlap(found)
    pure = f'{purity(found, graph, topic):.3f}' if topic is not None else '–'
    width, height = np.ptp(found, axis=0)
    way, most, without = moved(graph, found)
    print(
        f'| {label} | {len(graph)} | {seconds:.2f} | {pure} | {neighbours(found, graph):.3f} | {share:.3f} '
        f'| {closest:.1f} | {width / height:.2f} | {way:.4%} / {most:.1%} ({without:.1%}) |',
        flush=True,
    )


def peer(count: int) -> None:
    """networkx.spring_layout on the same graph."""
    graph, topic = blog(count)
    simple = nx.Graph(graph)
    begin = time.process_time()
    found = np.array([spot for _, spot in sorted(nx.spring_layout(simple, seed=1).items())])
    seconds = time.process_time() - begin
    print(
        f'| spring_layout of networkx {nx.__version__} | {count} | {seconds:.2f} '
        f'| {purity(found, graph, topic):.3f} | {neighbours(found, graph):.3f} '
        f'| {overlap(found)[0]:.3f} | – | – | – |'
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition('\n')[0])
    parser.add_argument('counts', nargs='*', type=int, metavar='N', help='posts of a synthetic blog')
    parser.add_argument('--peer', type=int, metavar='N', help='lay out N posts by networkx too')
    parser.add_argument('--graph', action='append', default=[], metavar='FILE', help='a real graph.json')
    options = parser.parse_args()
    print('| graph | nodes | CPU s | purity | neighbours | overlap | closest px | width : height | moved |')
    print('|---|---|---|---|---|---|---|---|---|')
    for count in options.counts:
        for isolated in (0.0, 0.2):
            graph, topic = blog(count, isolated)
            row('a fifth without links' if isolated else 'synthetic', graph, topic)
    if options.peer:
        peer(options.peer)
    for file in options.graph:
        row(Path(file).parent.parent.name, load_graph(file), None)


if __name__ == '__main__':
    main()
