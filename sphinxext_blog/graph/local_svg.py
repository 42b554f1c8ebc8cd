"""A local graph as SVG that stands in a page: links, shapes and lines, and no script.

Text is escaped here and nowhere else. Colours, and what depends on light and
dark, are the business of the page's style sheet; what tells kinds of edges and
nodes apart without colour, dashes and shapes, is too, but for arrows.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from html import escape
from math import hypot
from typing import TYPE_CHECKING, Final

from sphinxext_blog.graph.labels import clean, shortened
from sphinxext_blog.graph.local import EDGE_KINDS, FONT, LINE, RADIUS

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from sphinxext_blog.graph.local import Layout, LocalGraph, NodeKind, Place

__all__ = ['Caption', 'Curve', 'curves', 'edge_sample', 'kinds_drawn', 'node_sample', 'to_svg']

_DIRECTED: Final = frozenset({'cites', 'equation'})
_HEAD: Final = (6.0, 3.0)
"""Length and half the width of an arrow's head."""
_CLEAR: Final = 2.0
"""Between the end of a line and the node."""
_BULGE: Final = 22.0
"""A line between two neighbours keeps off what stands between them by half of this."""
_BEND: Final = 0.35
"""The farther apart the two are, the farther it keeps off."""
_APART: Final = 9.0
"""Between the middles of lines that join the same nodes, twice."""
_LONGEST_TITLE: Final = 300

_Point = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Caption:
    """What the drawing says of a node, and where it leads."""

    href: str
    """Empty where nothing is to be opened."""
    text: str
    """Title and relation, plain."""


@dataclass(frozen=True, slots=True)
class Curve:
    """One edge: along its own row, by a parabola, along the row of the other end."""

    kind: str
    spoke: bool
    """One end is the post in the middle."""
    start: _Point
    enter: _Point
    control: _Point
    leave: _Point
    end: _Point

    def point(self, t: float) -> _Point:
        """The point of the parabola at *t* in [0, 1]."""
        (ax, ay), (cx, cy), (bx, by) = self.enter, self.control, self.leave
        u = 1 - t
        return u * u * ax + 2 * u * t * cx + t * t * bx, u * u * ay + 2 * u * t * cy + t * t * by


def curves(graph: LocalGraph, layout: Layout) -> list[Curve]:
    """Where the lines run: those between the same two nodes side by side."""
    result = []
    for (low, high), drawn in _lines(graph).items():
        for number, (kind, backwards) in enumerate(drawn):
            curve = _between(kind, layout.places[low], layout.places[high], number, len(drawn), low == 0)
            if backwards:
                curve = Curve(kind, low == 0, curve.end, curve.leave, curve.control, curve.enter, curve.start)
            result.append(curve)
    return result


def _lines(graph: LocalGraph) -> dict[tuple[int, int], list[tuple[str, bool]]]:
    """For each two nodes the kinds of lines between them, and whether they run back to the first."""
    parallel: dict[tuple[int, int], list[tuple[str, bool]]] = defaultdict(list)
    for edge in graph.edges:
        ends = (min(edge.source, edge.target), max(edge.source, edge.target))
        parallel[ends].append((edge.kind, edge.source > edge.target))
    # That two posts are related follows from much else: it is a line where it is all that is known.
    return {
        ends: sorted(pair for pair in kinds if pair[0] != 'related') or kinds
        for ends, kinds in sorted(parallel.items())
    }


def kinds_drawn(graph: LocalGraph) -> tuple[str, ...]:
    """The kinds of edges that a legend has to explain, in order."""
    drawn = {kind for lines in _lines(graph).values() for kind, _backwards in lines}
    return tuple(kind for kind in EDGE_KINDS if kind in drawn)


def _between(kind: str, one: Place, two: Place, number: int, count: int, spoke: bool) -> Curve:
    ax, ay, bx, by = one.arc, one.y, two.arc, two.y
    if spoke:
        shift = (number - (count - 1) / 2) * _APART
        length = hypot(bx - ax, by - ay)
        control = ((ax + bx) / 2 - shift * (by - ay) / length, (ay + by) / 2 + shift * (bx - ax) / length)
    else:
        bulge = max(_BULGE, _BEND * hypot(bx - ax, by - ay)) + number * _APART
        control = (max(min(ax, bx) - bulge, 0.0), (ay + by) / 2)
    # Lines end at the rim of a node: on its own row when that leads to it, else where they come from.
    start = enter = (ax, ay)
    leave = end = (bx, by)
    if one.x > one.arc:
        start = (one.x - one.radius - _CLEAR, one.y)
    else:
        start = enter = _towards((ax, ay), control, one.radius + _CLEAR)
    if two.x > two.arc:
        end = (two.x - two.radius - _CLEAR, two.y)
    else:
        leave = end = _towards((bx, by), control, two.radius + _CLEAR)
    return Curve(kind, spoke, start, enter, control, leave, end)


def _towards(start: _Point, goal: _Point, distance: float) -> _Point:
    length = hypot(goal[0] - start[0], goal[1] - start[1]) or 1.0
    share = min(distance / length, 1.0)
    return start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share


def to_svg(graph: LocalGraph, layout: Layout, captions: Sequence[Caption], *, label: str) -> str:
    """The drawing as an ``<svg>`` element of HTML, links in the order of the rows.

    :param captions: one for each node of *graph*, in order.
    :param label: what the drawing is, for those who don't see it.
    """
    paths: dict[tuple[bool, str], list[str]] = defaultdict(list)
    for curve in curves(graph, layout):
        paths[curve.spoke, curve.kind].append(_path(curve))
    out = [
        f'<svg class="blog-graph-drawing" role="group" aria-label="{_text(label)}"'
        f' width="{layout.width}" height="{layout.height}" viewBox="0 0 {layout.width} {layout.height}"'
        f' font-size="{FONT}">'
    ]
    out += [
        f'<path class="blog-edge-{kind}{extra}" d="{"".join(paths[spoke, kind])}"/>'
        for spoke, extra in ((False, ' blog-edge-between'), (True, ''))
        for kind in EDGE_KINDS
        if (spoke, kind) in paths
    ]
    out += [
        _node(node.kind, place, caption, number == 0)
        for number, (node, place, caption) in enumerate(
            zip(graph.nodes, layout.places, captions, strict=True)
        )
    ]
    return '\n'.join([*out, '</svg>'])


def _node(kind: NodeKind, place: Place, caption: Caption, centre: bool) -> str:
    title = f'<title>{_text(shortened(clean(caption.text), _LONGEST_TITLE))}</title>'
    shape = _shape(kind, place.x, place.y, place.radius, centre)
    tag, attributes = ('a', f' href="{escape(caption.href)}"') if caption.href else ('g', '')
    return f'<{tag}{attributes}>{title}{shape}{_label(place)}</{tag}>'


def _shape(kind: NodeKind, x: float, y: float, radius: float, centre: bool) -> str:
    if kind == 'work' and not centre:
        side = 2 * radius - 1
        return f'<rect{_at(x - side / 2, y - side / 2)} {_size(side)}/>'
    name = 'this' if centre else kind
    # Most nodes are posts: they have no class of their own.
    style = '' if name == 'post' else f' class="blog-node-{name}"'
    return f'<circle{style} cx="{_short(x)}" cy="{_short(y)}" r="{_short(radius)}"/>'


def _label(place: Place) -> str:
    if not place.label:
        return ''
    x = _short(place.label_x)
    # A third of an em below the middle is where a line of text stands in the middle.
    base = place.y + FONT * 0.35 - LINE * (len(place.label) - 1) / 2
    first, *rest = map(_text, place.label)
    more = ''.join(f'<tspan x="{x}" dy="{LINE}">{line}</tspan>' for line in rest)
    return f'<text{_at(place.label_x, base)}>{first}{more}</text>'


def _path(curve: Curve) -> str:
    steps = [f'M{_pair(curve.start)}']
    if curve.enter != curve.start:
        steps.append(f'L{_pair(curve.enter)}')
    steps.append(f'Q{_pair(curve.control)} {_pair(curve.leave)}')
    if curve.leave != curve.end:
        steps.append(f'L{_pair(curve.end)}')
    if curve.kind in _DIRECTED:
        before = curve.leave if curve.leave != curve.end else curve.control
        steps.append(_head(before, curve.end, dashed=curve.kind == 'equation'))
    return ''.join(steps)


def _head(before: _Point, tip: _Point, *, dashed: bool) -> str:
    length, half = _HEAD
    bx, by = _towards(tip, before, length)
    nx, ny = (tip[1] - by) / length * half, (bx - tip[0]) / length * half
    one, two = _pair((bx + nx, by + ny)), _pair((bx - nx, by - ny))
    # Each stroke of its own where a gap between dashes would fall on the second.
    return f'M{_pair(tip)}L{one}M{_pair(tip)}L{two}' if dashed else f'M{one}L{_pair(tip)}L{two}'


def edge_sample(kind: str) -> str:
    """A piece of line as legends show it."""
    curve = Curve(kind, True, (1, 6), (1, 6), (14, 6), (27, 6), (27, 6))
    return _sample(28, f'<path class="blog-edge-{kind}" d="{_path(curve)}"/>')


def node_sample(kind: NodeKind, *, centre: bool = False) -> str:
    """A node as legends show it."""
    return _sample(12, _shape(kind, 6, 6, RADIUS, centre))


def _sample(width: int, content: str) -> str:
    return f'<svg class="blog-graph-sample" aria-hidden="true" width="{width}" height="12">{content}</svg>'


def _text(text: str) -> str:
    return escape(clean(text))


def _at(x: float, y: float) -> str:
    return f' x="{_short(x)}" y="{_short(y)}"'


def _size(side: float) -> str:
    return f'width="{_short(side)}" height="{_short(side)}"'


def _pair(point: Iterable[float]) -> str:
    return ' '.join(map(_short, point))


def _short(value: float) -> str:
    """A tenth of a pixel is as fine as anyone sees, and the same on every machine."""
    text = f'{value:.1f}'.removesuffix('.0')
    return '0' if text == '-0' else text
