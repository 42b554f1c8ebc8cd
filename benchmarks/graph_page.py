"""How soon the graph page can be used, and what a frame of it costs.

Synthetic blogs (4 links a post, 82 % of them within the topic, some series and
citations; equal sizes give equal bytes) become real pages by a small Sphinx
build with the extension's own template, scripts and data. Positions are random
within the topic: the layout has its own benchmark, and a good layout only makes
links shorter. Beside them the page that pyvis writes of the same graph, as it
comes, with vis-network in the page and the network cut off, and, when its file
is given, the page of force-graph, a library that draws on a canvas too, with our
positions and without forces, tooltips or labels.

Measured in headless Chromium without a GPU, 1280 × 800, the worst that a reader
has, each in a browser of its own:

- *usable*: from the navigation until the page answers and has been painted
  (pyvis: until its loading bar is gone); *complete*: until all nodes are there;
- *ms a frame* of the main thread while the hand drags, turns the wheel and
  hovers, at first sight and zoomed in: time in tasks (CPU of the thread, from
  DevTools' ``TaskDuration``) by frames; 16 ms are 60 frames a second;
- *slowest*: 95th percentile of the time between two frames, in any of these;
- *first*: kilobytes, gzipped, of what is loaded until the page is usable;
  *heap*: MB of JavaScript's heap after a garbage collection.

    python benchmarks/graph_page.py [--sizes 100,1000,5000,20000,100000] [--pyvis 100,1000]
        [--force-graph force-graph.min.js] [--shots DIR]

The browser is the one of the tests: ``BLOG_CHROMIUM``, or what
``tools/find_browser.py`` finds.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import math
import pickle
import random
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

sys.path.insert(0, str(Path(__file__).resolve().parent.parent / 'tools'))
sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

import networkx as nx
from find_browser import find_browser
from playwright.sync_api import Error, sync_playwright

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import CDPSession, Page, Playwright

ROOT = Path(__file__).resolve().parent.parent
WORDS = ['梯度', '熵', 'kernel', '矩阵', 'walk', '概率', 'bound', '注意力', 'prior', '流形', '采样', 'norm']
OTHERS_LIMIT = 300
"""Seconds until a page is given up."""

_CONF = """
import pickle
import sys
from types import SimpleNamespace
sys.path.insert(0, {root!r})
from sphinx.domains import Domain
from sphinxext_blog.config import setup_config
from sphinxext_blog.site.graph_page import setup_graph_page

project = 'Benchmark'
html_theme = 'basic'
{more}

class Blog(Domain):
    # stands in for the domain of the extension: a graph that is known in advance
    name = 'blog'
    label = 'blog'

    @property
    def knowledge(self):
        graph = pickle.loads((self.env.srcdir / 'graph.pickle').read_bytes())
        return SimpleNamespace(graph=graph, posts={{}})

def setup(app):
    app.add_domain(Blog)
    setup_config(app)
    setup_graph_page(app)
"""
_WATCH = """
addEventListener('DOMContentLoaded', () => {
    const seen = (name, value) => { if (!(name in window)) window[name] = value; };
    const look = () => {
        if (document.body.classList.contains('bg-ready')) {
            requestAnimationFrame(() => requestAnimationFrame(() => seen('usableAt', performance.now())));
        }
        if (document.body.classList.contains('bg-complete')) seen('completeAt', performance.now());
    };
    new MutationObserver(look).observe(document.body, { attributes: true, attributeFilter: ['class'] });
    look();
});
// pyvis keeps its network in a global variable, and hides the bar half a second after this event.
let network;
Object.defineProperty(window, 'network', {
    configurable: true,
    get: () => network,
    set: (value) => {
        network = value;
        value.once('stabilizationIterationsDone', () => {
            setTimeout(() => { window.usableAt = window.completeAt = performance.now(); }, 500);
        });
    },
});
"""
_FRAMES = """() => {
    window.frames = [];
    (function next(time) {
        window.frames.push(time);
        requestAnimationFrame(next);
    })(performance.now());
}"""


def blog_graph(posts: int) -> nx.MultiDiGraph:
    """A measured and placed graph of so many posts on topics of uneven size."""
    rng = random.Random(posts)
    graph = nx.MultiDiGraph()
    topics = max(2, round(math.sqrt(posts) / 2.5))
    weights = [1 / (topic + 3) for topic in range(topics)]
    chosen = sorted(rng.choices(range(topics), weights, k=posts))
    counts = [chosen.count(topic) for topic in range(topics)]
    order = sorted(range(topics), key=lambda topic: -counts[topic])
    rank = {topic: place for place, topic in enumerate(order)}
    rng.shuffle(chosen)
    reach = 30 * math.sqrt(posts)
    members: list[list[int]] = [[] for _ in range(topics)]
    graph.graph['communities'] = [
        {'name': f'{WORDS[k % 12]}, {WORDS[(5 * k + k // 12 + 1) % 12]}'} for k in range(topics)
    ]
    for number, topic in enumerate(chosen):
        place = rank[topic]
        far, turn = math.sqrt((place + 0.5) / topics), place * 2.39996
        spread = 1.1 * reach * math.sqrt(counts[topic] / posts) * math.sqrt(rng.random())
        angle = rng.uniform(0, 2 * math.pi)
        first, second, third = rng.sample(WORDS, 3)
        graph.add_node(
            f'posts/p{number:06d}',
            kind='post',
            title=f'{first}与{second}:关于 {third} 的第 {number + 1} 篇笔记 $x_{{{number % 10}}}$',
            url=f'posts/p{number:06d}.html',
            date=f'{2005 + number * 20 // posts}-{number % 12 + 1:02d}-{number % 28 + 1:02d}',
            tags=[f'topic {place}', WORDS[number % 12]],
            community=place,
            x=round(1.3 * reach * far * math.cos(turn) + spread * math.cos(angle), 1),
            y=round(reach * far * math.sin(turn) + spread * math.sin(angle), 1),
        )
        own = members[place]
        for link in range(4 if number else 0):
            inside = own and rng.random() < 0.82
            target = own[int(len(own) * rng.random() ** 2)] if inside else rng.randrange(number)
            kind = 'cites' if link == 0 else 'series' if link == 1 and rng.random() < 0.3 else 'related'
            weight = 1.0 if kind == 'series' else 0.95 if kind == 'cites' else round(rng.uniform(0.1, 0.9), 2)
            evidence = [{'how': 'text', 'score': weight, 'detail': rng.sample(WORDS, 2)}]
            graph.add_edge(
                f'posts/p{number:06d}', f'posts/p{target:06d}', kind, weight=weight, evidence=evidence
            )
        own.append(number)
    for node, degree in graph.in_degree():
        graph.nodes[node]['pagerank'] = round((1 + degree) / (5 * posts), 9)
    return graph


def build_page(graph: nx.MultiDiGraph, folder: Path, more: str = '') -> tuple[Path, float]:
    """The graph page of that graph as Sphinx builds it, and the seconds that took."""
    folder.mkdir(parents=True)
    (folder / 'graph.pickle').write_bytes(pickle.dumps(graph))
    (folder / 'index.rst').write_text('Home\n====\n', encoding='utf-8')
    (folder / 'conf.py').write_text(_CONF.format(root=str(ROOT), more=more), encoding='utf-8')
    start = time.perf_counter()
    command = [sys.executable, '-m', 'sphinx', '-q', '-b', 'html', str(folder), str(folder / 'out')]
    subprocess.run(command, check=True)
    return folder / 'out' / 'graph.html', time.perf_counter() - start


def pyvis_page(graph: nx.MultiDiGraph, folder: Path) -> Path:
    """What pyvis writes when it is used as its manual says, but with vis-network in the page."""
    from pyvis.network import Network

    folder.mkdir(parents=True)
    network = Network(height='800px', width='100%', directed=True, cdn_resources='in_line')
    for node, data in graph.nodes(data=True):
        network.add_node(node, label=data['title'], group=data['community'], title=data['title'])
    for source, target, data in graph.edges(data=True):
        network.add_edge(source, target, value=data['weight'])
    path = folder / 'pyvis.html'
    path.write_text(network.generate_html(), encoding='utf-8')
    return path


_FORCE_GRAPH = """<!DOCTYPE html>
<meta charset="utf-8">
<style>body {{ margin: 0 }}</style>
<body><div id="map"></div>
<script src="{script}"></script>
<script src="data.js"></script>
<script>
const map = ForceGraph()(document.getElementById('map')).nodeId('id').nodeVal('val').nodeAutoColorBy('group')
    .nodeLabel(() => '').linkColor(() => 'rgba(90, 100, 120, 0.2)').cooldownTicks(0).graphData(data);
map.zoomToFit(0, 40);
document.body.classList.add('bg-ready', 'bg-complete');
</script>
"""


def force_graph_page(graph: nx.MultiDiGraph, folder: Path, script: Path) -> Path:
    """The same nodes and links, drawn by force-graph."""
    folder.mkdir(parents=True)
    nodes = [
        {'id': node, 'fx': data['x'], 'fy': data['y'], 'group': data['community'], 'val': 1}
        for node, data in graph.nodes(data=True)
    ]
    links = [{'source': source, 'target': target} for source, target in graph.edges()]
    text = json.dumps({'nodes': nodes, 'links': links})
    (folder / 'data.js').write_text(f'const data = {text};', encoding='utf-8')
    (folder / script.name).write_bytes(script.read_bytes())
    path = folder / 'force-graph.html'
    path.write_text(_FORCE_GRAPH.format(script=script.name), encoding='utf-8')
    return path


class Visit:
    """One page in a browser of its own."""

    def __init__(self, playwright: Playwright, path: Path) -> None:
        flags = ['--disable-gpu', '--enable-precise-memory-info']
        self.browser = playwright.chromium.launch(executable_path=find_browser(), args=flags)
        self.page: Page = self.browser.new_page(viewport={'width': 1280, 'height': 800})
        self.loaded: list[Path] = []
        self.page.route(
            '**/*',
            lambda route: route.continue_() if route.request.url.startswith('file:') else route.abort(),
        )
        self.page.add_init_script(_WATCH)
        self.session: CDPSession = self.page.context.new_cdp_session(self.page)
        self.session.send('Performance.enable', {'timeDomain': 'threadTicks'})
        self.path = path

    def open(self, limit: float) -> dict[str, float]:
        """Seconds until the page is usable and complete, and kilobytes of what was loaded until then.

        :raises playwright.sync_api.Error: when it is not usable within *limit* seconds.
        """
        names: list[str] = []
        self.page.on('request', lambda request: names.append(request.url))
        self.page.goto(self.path.as_uri(), wait_until='commit', timeout=1000 * limit)
        self.page.wait_for_function('window.usableAt', timeout=1000 * limit, polling=50)
        first = [*dict.fromkeys(names)]
        self.page.wait_for_function('window.completeAt', timeout=1000 * limit, polling=50)
        size = sum(
            len(gzip.compress(Path(name.removeprefix('file://').split('?')[0]).read_bytes(), 9, mtime=0))
            for name in first
            if name.startswith('file:')
        )
        self.page.wait_for_timeout(600)
        usable, complete = self.page.evaluate('[usableAt, Math.max(usableAt, completeAt)]')
        return {'usable': usable / 1000, 'complete': complete / 1000, 'first': size / 1000}

    def busy(self) -> float:
        """Seconds of CPU in tasks of the main thread so far."""
        metrics = self.session.send('Performance.getMetrics')['metrics']
        return next(metric['value'] for metric in metrics if metric['name'] == 'TaskDuration')

    def record(self, act: Callable[[int], object], seconds: float) -> dict[str, float]:
        """Main-thread ms a frame, and the 95th percentile of the time between frames."""
        self.page.evaluate('window.frames.length = 0')
        before = self.busy()
        end = time.monotonic() + seconds
        number = 0
        while time.monotonic() < end:
            act(number)
            number += 1
        busy = self.busy() - before
        frames: list[float] = self.page.evaluate('window.frames.slice()')
        gaps = sorted(after - first for first, after in itertools.pairwise(frames))
        # A frame without an event has nothing to do, and more events than frames come together.
        answered = max(1, min(number, len(frames)))
        return {'ms': 1000 * busy / answered, 'gap': gaps[int(0.95 * (len(gaps) - 1))] if gaps else math.inf}

    def hands(self, seconds: float) -> dict[str, float]:
        """What the hands of a reader cost."""
        mouse = self.page.mouse
        self.page.evaluate(_FRAMES)
        found: dict[str, dict[str, float]] = {}

        def move(number: int) -> None:
            mouse.move(700 + 200 * math.sin(number / 29), 420 + 140 * math.sin(number / 23))

        def drag(name: str) -> None:
            mouse.move(700, 420)
            mouse.down()
            found[name] = self.record(move, seconds)
            mouse.up()
            self.page.wait_for_timeout(500)

        def turn(number: int) -> None:
            mouse.wheel(0, -40 if number // 12 % 2 == 0 else 40)

        drag('pan')
        mouse.move(700, 420)
        found['zoom'] = self.record(turn, seconds)
        self.page.wait_for_timeout(500)
        found['hover'] = self.record(move, seconds)
        mouse.move(700, 420)
        for _ in range(12):
            mouse.wheel(0, -120)
        self.page.wait_for_timeout(800)
        drag('pan, near')
        found['hover, near'] = self.record(move, seconds)
        result = {name: value['ms'] for name, value in found.items()}
        return result | {'slowest': max(value['gap'] for value in found.values())}

    def heap(self) -> float:
        """MB of JavaScript's heap."""
        self.session.send('HeapProfiler.enable')
        self.session.send('HeapProfiler.collectGarbage')
        return float(self.page.evaluate('performance.memory.usedJSHeapSize')) / 1e6


COLUMNS = (
    'usable',
    'complete',
    'pan',
    'zoom',
    'hover',
    'pan, near',
    'hover, near',
    'slowest',
    'first',
    'heap',
)


def measure(
    playwright: Playwright, path: Path, *, limit: float, seconds: float, shot: Path | None
) -> dict[str, float]:
    visit = Visit(playwright, path)
    try:
        result = visit.open(limit)
        if shot:
            visit.page.screenshot(path=shot)
        return result | visit.hands(seconds) | {'heap': visit.heap()}
    finally:
        visit.browser.close()


def row(name: str, posts: int, result: dict[str, float]) -> str:
    cells = [f'{result[column]:.2f}' if column in result else '–' for column in COLUMNS[:2]]
    cells += [f'{result[column]:.1f}' if column in result else '–' for column in COLUMNS[2:]]
    return f'| {name} | {posts:,} | ' + ' | '.join(cells) + ' |'


def numbers(text: str) -> list[int]:
    return [int(part) for part in text.split(',') if part]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument('--sizes', type=numbers, default=[100, 1000, 5000, 20_000, 100_000])
    parser.add_argument(
        '--canvas', type=numbers, default=[1000], help='sizes at which our engine is tried too'
    )
    parser.add_argument('--pyvis', type=numbers, default=[100, 1000])
    parser.add_argument('--force-graph', type=Path, help='the file of that library, force-graph.min.js')
    parser.add_argument('--forced', type=numbers, default=[1000, 5000, 20_000], help='its sizes')
    parser.add_argument('--seconds', type=float, default=2.5, help='of each movement')
    parser.add_argument('--shots', type=Path, help='a folder for pictures of the first view')
    options = parser.parse_args()
    if options.shots:
        options.shots.mkdir(parents=True, exist_ok=True)
    print('| page | posts | ' + ' | '.join(COLUMNS) + ' |')
    print('|---' * (len(COLUMNS) + 2) + '|')
    wanted: list[tuple[str, int, str]] = [('ours', size, '') for size in options.sizes]
    wanted += [('ours, canvas', size, "blog_graph_engine = 'canvas'") for size in options.canvas]
    wanted += [('pyvis', size, '') for size in options.pyvis]
    wanted += [('force-graph', size, '') for size in options.forced if options.force_graph]
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        for name, posts, more in wanted:
            graph = blog_graph(posts)
            place = Path(folder) / f'{name.replace(", ", "-")}-{posts}'
            limit = OTHERS_LIMIT
            if name == 'pyvis':
                path = pyvis_page(graph, place)
            elif name == 'force-graph':
                path = force_graph_page(graph, place, options.force_graph)
            else:
                path, seconds = build_page(graph, place, more)
                print(f'{name}, {posts:,} posts: built in {seconds:.1f} s', file=sys.stderr)
            shot = options.shots / f'{place.name}.png' if options.shots else None
            try:
                found = measure(playwright, path, limit=limit, seconds=options.seconds, shot=shot)
            except Error as error:
                print(f'| {name} | {posts:,} | not usable in {limit} s |')
                print(error, file=sys.stderr)
            else:
                print(row(name, posts, found), flush=True)


if __name__ == '__main__':
    main()
