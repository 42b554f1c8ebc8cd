"""An engine, the overlay and the gestures on a bare page, over a graph made up in the browser.

Nothing of the graph page's own is there, neither its data files nor its panels,
so that what draws the map can be tested alone and with any number of posts.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Any

import sphinxext_blog
from sphinxext_blog.graph.explorer import vis_network_script

if TYPE_CHECKING:
    from playwright.sync_api import Page

STATIC = Path(sphinxext_blog.__file__).parent / 'static' / 'graph_page'
MAKE = Path(__file__).with_name('graph_stage.js')
SCRIPTS = (
    'graph.js',
    'graph-style.js',
    'graph-budget.js',
    'graph-draw.js',
    'graph-finder.js',
    'graph-wrap.js',
    'graph-taken.js',
    'graph-labels.js',
    'graph-engine-vis.js',
    'graph-engine-canvas.js',
    'graph-gestures.js',
    'graph-overlay.js',
)

_HTML = """<!doctype html>
<html lang="en" data-theme="{theme}">
<meta charset="utf-8">
<link rel="stylesheet" href="{style}">
<style>
body {{ margin: 0; height: 3000px }}
#bg-map {{ position: relative; width: 100vw; height: 100vh }}
#bg-stage, #bg-canvas, #bg-overlay {{ position: absolute; inset: 0; width: 100%; height: 100% }}
#bg-overlay {{ pointer-events: none }}
</style>
<body>
<div id="bg-map"><div id="bg-stage"><div id="bg-canvas"></div><canvas id="bg-overlay"></canvas></div></div>
{scripts}
"""


def open_stage(page: Page, folder: Path, *, theme: str = 'light') -> None:
    """Open the bare page from ``file://``, on which ``makeModel``, ``openStage`` and ``settle`` are there."""
    (folder / 'vis-network.min.js').write_bytes(vis_network_script())
    sources = [folder / 'vis-network.min.js', *(STATIC / name for name in SCRIPTS), MAKE]
    scripts = ''.join(f'<script src="{source.as_uri()}"></script>\n' for source in sources)
    html = _HTML.format(theme=theme, style=(STATIC / 'graph.css').as_uri(), scripts=scripts)
    (folder / 'stage.html').write_text(html, encoding='utf-8')
    page.goto((folder / 'stage.html').as_uri())


def show(page: Page, posts: int, engine: str = 'canvas') -> None:
    """Show a graph of so many posts, and wait until it is drawn."""
    page.evaluate(
        '([posts, kind]) => { openStage(makeModel(posts), kind); return settle(); }', [posts, engine]
    )


def view(page: Page) -> dict[str, float]:
    """What the engine shows."""
    found: dict[str, float] = page.evaluate('stage.engine.view()')
    return found


def look(page: Page, node: int, scale: float) -> None:
    """Have a node in the middle of the map."""
    page.evaluate(
        """([node, scale]) => {
            const { nodes } = stage.model;
            stage.engine.setView({ x: nodes.x[node], y: nodes.y[node], scale }, false);
            return settle();
        }""",
        [node, scale],
    )


def labels(page: Page) -> list[dict[str, Any]]:
    """The labels on the map: node, topic, lines and box."""
    found: list[dict[str, Any]] = page.evaluate('stage.overlay.labelBoxes()')
    return found


def covering(boxes: list[dict[str, Any]]) -> list[tuple[list[str], list[str]]]:
    """Pairs of labels of which one covers the other."""
    found = []
    for number, a in enumerate(boxes):
        for b in boxes[number + 1 :]:
            (x0, y0, x1, y1), (u0, v0, u1, v1) = a['box'], b['box']
            if x0 < u1 and u0 < x1 and y0 < v1 and v0 < y1:
                found.append((a['lines'], b['lines']))
    return found
