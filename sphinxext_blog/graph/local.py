"""The surroundings of one post: which nodes are shown, and where they stand.

Everything is decided by what is near: no measure of the whole graph takes part,
so that a page is not written again because something changed far from it. The
same input gives the same drawing, byte for byte.

The post stands at the left in the middle, its neighbours around it on half an
ellipse, one below the other, each with its title to the right. Rows keep titles
apart, and since the ellipse is convex, a line between any two nodes runs inside
of it, where no title is.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING, Final, Literal

from sphinxext_blog.graph.labels import clean, fit, width_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from sphinxext_blog.graph.edges import Edge

__all__ = [
    'DEEPEST',
    'EDGE_KINDS',
    'MOST_NODES',
    'Layout',
    'LocalEdge',
    'LocalGraph',
    'LocalNode',
    'NodeKind',
    'Place',
    'Subject',
    'Tie',
    'lay_out',
    'most_in',
    'neighbourhood',
    'ties_of',
]

EDGE_KINDS: Final = ('series', 'cites', 'equation', 'formula', 'related')
"""In the order in which neighbours stand from top to bottom."""
MOST_NODES: Final = 25
DEEPEST: Final = 3

NodeKind = Literal['post', 'missing', 'work']

_MATTERS: Final = {'series': 0.9, 'cites': 1.0, 'equation': 1.0, 'formula': 0.6, 'related': 0.5}
"""How much an edge of that kind and of weight 1 brings a neighbour near."""
_ELSEWHERE: Final = 0.6
"""What cannot be read in this blog matters less than a post."""
_SAID: Final = frozenset({'series', 'cites', 'equation'})
"""Kinds that an author stated. Edges that were computed are drawn only to where they
brought a node in: among the neighbours of a post nearly all would be linked by them."""

FONT: Final = 13
"""Size of labels, in pixels as all lengths here."""
LINE: Final = 16
_ROW: Final = 24
"""The smallest target that fingers hit well (WCAG 2.5.8)."""
_EDGE: Final = 4
_HUB: Final = (14.0, 9.0)
"""Where the post stands horizontally, and its radius."""
RADIUS: Final = 5.0
_NEAREST: Final = 22.0
_FARTHEST: Final = 74.0
"""Half the width of the ellipse: at least, that of few rows. That of many grows
with them towards a circle, as far as labels have room."""
_ROUND: Final = 0.45
_SHARE: Final = 0.36
_DEEPER: Final = 16.0
_GAP: Final = 11.0
"""From the middle of a node to its label."""


@dataclass(frozen=True, slots=True)
class Tie:
    """An edge as one of its ends sees it."""

    kind: str
    weight: float
    outgoing: bool


@dataclass(frozen=True, slots=True)
class Subject:
    """What is known of a node."""

    kind: NodeKind
    title: str
    url: str = ''
    """Address outside of the blog, of a work."""
    when: tuple[int, int, int, str] = (0, 0, 0, '')
    """Sorts by time; zero where unknown."""


@dataclass(frozen=True, slots=True)
class LocalNode:
    """A node of the drawing."""

    id: str
    kind: NodeKind
    title: str
    """Plain text, LaTeX between dollar signs."""
    url: str
    distance: int
    """Edges between it and the post in the middle."""
    parent: int
    """Place in the sequence of nodes of the node that it hangs on; -1 of the first."""


@dataclass(frozen=True, slots=True)
class LocalEdge:
    """An edge of the drawing; ends are places in the sequence of nodes."""

    source: int
    target: int
    kind: str


@dataclass(frozen=True, slots=True)
class LocalGraph:
    """What is drawn: the post in the middle first, then the rows from top to bottom."""

    nodes: tuple[LocalNode, ...]
    edges: tuple[LocalEdge, ...]
    """By source, target and kind."""
    left_out: int
    """How many nodes within the distance are not shown."""


def ties_of(edges: Iterable[Edge]) -> dict[str, dict[str, tuple[Tie, ...]]]:
    """Ties by node and neighbour, both ends of every edge."""
    found: dict[str, dict[str, list[Tie]]] = defaultdict(lambda: defaultdict(list))
    for edge in edges:
        if edge.source != edge.target:
            weight = float(edge.attributes['weight'])
            found[edge.source][edge.target].append(Tie(edge.kind, weight, outgoing=True))
            found[edge.target][edge.source].append(Tie(edge.kind, weight, outgoing=False))
    return {
        node: {other: tuple(sorted(ties, key=_tie_order)) for other, ties in sorted(others.items())}
        for node, others in sorted(found.items())
    }


def _tie_order(tie: Tie) -> tuple[int, bool]:
    return EDGE_KINDS.index(tie.kind), not tie.outgoing


@dataclass(slots=True)
class _Found:
    """A node while the neighbourhood is searched."""

    strength: float
    distance: int
    parent: str


def neighbourhood(
    centre: str,
    ties: Mapping[str, Mapping[str, Sequence[Tie]]],
    subjects: Mapping[str, Subject],
    *,
    depth: int = 1,
    kinds: Iterable[str] = EDGE_KINDS,
    most: int = MOST_NODES,
) -> LocalGraph | None:
    """The nodes around *centre* that matter most to it.

    A neighbour is as near as the ties to it are strong together (``1 - ∏(1 -
    strength)``), a node behind it as near as the best way to it of the fewest
    steps (the product of its steps). The nearest are kept; so what a node hangs
    on is always there.

    :param depth: how many edges away a node may be, 1 to 3.
    :param kinds: kinds of edges that are followed and drawn.
    :param most: nodes at most, the centre included; 25 at most.
    :return: ``None`` when nothing is around.
    :raises KeyError: when an id in *ties* has no subject.
    """
    wanted = frozenset(kinds)
    found = _search(centre, ties, subjects, min(depth, DEEPEST), wanted)
    by_nearness = sorted(found, key=lambda node: (-found[node].strength, found[node].distance, node))
    kept = frozenset(by_nearness[: max(min(most, MOST_NODES), 2) - 1])
    if not kept:
        return None
    order = [centre, *_rows(centre, kept, found, ties, subjects, wanted)]
    place = {node: number for number, node in enumerate(order)}
    nodes = tuple(
        LocalNode(
            id=node,
            kind=subjects[node].kind,
            title=subjects[node].title,
            url=subjects[node].url,
            distance=found[node].distance if node in found else 0,
            parent=place[found[node].parent] if node in found else -1,
        )
        for node in order
    )
    return LocalGraph(nodes, tuple(_edges(place, nodes, ties, wanted)), len(found) - len(kept))


def _search(
    centre: str,
    ties: Mapping[str, Mapping[str, Sequence[Tie]]],
    subjects: Mapping[str, Subject],
    depth: int,
    wanted: frozenset[str],
) -> dict[str, _Found]:
    found: dict[str, _Found] = {}
    border = {centre: 1.0}
    for distance in range(1, depth + 1):
        reached: dict[str, _Found] = {}
        for node, strength in sorted(border.items()):
            for other, between in ties.get(node, {}).items():
                if other == centre or other in found:
                    continue
                step = strength * _nearness(between, wanted)
                if subjects[other].kind != 'post':
                    step *= _ELSEWHERE
                if step > 0 and (other not in reached or step > reached[other].strength):
                    reached[other] = _Found(step, distance, node)
        found |= reached
        border = {node: way.strength for node, way in reached.items()}
    return found


def _nearness(ties: Sequence[Tie], wanted: frozenset[str]) -> float:
    doubt = 1.0
    for tie in ties:
        if tie.kind in wanted:
            doubt *= 1 - min(_MATTERS[tie.kind] * tie.weight, 0.99)
    return 1 - doubt


def _rows(
    centre: str,
    kept: frozenset[str],
    found: Mapping[str, _Found],
    ties: Mapping[str, Mapping[str, Sequence[Tie]]],
    subjects: Mapping[str, Subject],
    wanted: frozenset[str],
) -> Iterator[str]:
    """The nodes from top to bottom: by kind of tie, then by time; what hangs on one follows it."""
    below: dict[str, list[str]] = defaultdict(list)
    for node in kept:
        below[found[node].parent].append(node)

    def order(parent: str, node: str) -> tuple[int, bool, tuple[int, int, int, str], str]:
        first = next(tie for tie in ties[parent][node] if tie.kind in wanted)
        # Of a series the parts before stand first, of citations those that the post itself makes.
        second = first.outgoing == (first.kind == 'series')
        return EDGE_KINDS.index(first.kind), second, subjects[node].when, node

    def walk(parent: str) -> Iterator[str]:
        for node in sorted(below[parent], key=lambda node: order(parent, node)):
            yield node
            yield from walk(node)

    return walk(centre)


def _edges(
    place: Mapping[str, int],
    nodes: Sequence[LocalNode],
    ties: Mapping[str, Mapping[str, Sequence[Tie]]],
    wanted: frozenset[str],
) -> list[LocalEdge]:
    """The edges on which nodes hang, and of those between others the strongest, one for each node."""
    drawn: set[tuple[int, int, str]] = set()
    near: list[tuple[float, LocalEdge]] = []
    between: list[tuple[float, LocalEdge]] = []
    for node, here in place.items():
        for there, other in sorted((place[other], other) for other in ties.get(node, {}) if other in place):
            hangs = nodes[there].parent == here or nodes[here].parent == there
            for tie in ties[node][other]:
                said = tie.kind in _SAID
                if not tie.outgoing or tie.kind not in wanted or not (hangs or said):
                    continue
                # Two posts may each be among the nearest of the other: that is one line.
                if said or (there, here, tie.kind) not in drawn:
                    drawn.add((here, there, tie.kind))
                    edge = LocalEdge(here, there, tie.kind)
                    (near if hangs else between).append((-tie.weight, edge))
    # Posts that cite one another all around would hide the post in the middle.
    between.sort(key=lambda item: (item[1].kind != 'series', item[0], item[1].source, item[1].target))
    kept = [edge for _weight, edge in (*near, *between[: len(nodes) - 1])]
    return sorted(kept, key=lambda edge: (edge.source, edge.target, edge.kind))


# positions ---------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Place:
    """Where a node stands, and the lines of its label (none of the post in the middle)."""

    x: float
    y: float
    arc: float
    """Where its row meets the ellipse: up to here, from the left, are no labels."""
    radius: float
    label: tuple[str, ...]
    label_x: float


@dataclass(frozen=True, slots=True)
class Layout:
    """A drawing's size and the places of its nodes, in their order."""

    width: int
    height: int
    places: tuple[Place, ...]


def most_in(height: int) -> int:
    """How many nodes a drawing of that height holds, the post in the middle included."""
    return max((height - 2 * _EDGE) // _ROW, 1) + 1


def lay_out(graph: LocalGraph, *, width: int, height: int = 0) -> Layout:
    """Give every node its place and every neighbour its label.

    A long title takes two lines, unless the drawing would be higher than *height*.

    :param width: of the drawing, labels included; 160 at least.
    :param height: at most, if the nodes are no more than :func:`most_in` says; 0 for any.
    """
    from sphinxext_blog.formulas import to_plain

    half = min(max(_ROUND * _ROW * (len(graph.nodes) - 1), _FARTHEST), _SHARE * width)
    labels = [clean(to_plain(node.title)) or node.id for node in graph.nodes[1:]]
    indents = [_DEEPER * (node.distance - 1) for node in graph.nodes[1:]]

    def written(arcs: Sequence[float], lines: int) -> list[tuple[str, ...]]:
        return [
            fit(label, (width - arc - indent - _GAP - 1) / FONT, lines)
            for label, arc, indent in zip(labels, arcs, indents, strict=True)
        ]

    for lines in (2, 1):
        # Where a row meets the ellipse is not known before all labels are: the farthest is assumed
        # first, and what the outer rows gain is used when it is enough for the ellipse that results.
        texts = written([_HUB[0] + half] * len(labels), lines)
        longer = written(_ellipse(texts, half)[2], lines)
        arcs = _ellipse(longer, half)[2]
        if all(
            width_of(line) * FONT <= width - arc - indent - _GAP
            for text, arc, indent in zip(longer, arcs, indents, strict=True)
            for line in text
        ):
            texts = longer
        total, ys, arcs = _ellipse(texts, half)
        if not height or total <= height:
            break
    places = [Place(_HUB[0], (ys[0] + ys[-1]) / 2, _HUB[0], _HUB[1], (), 0.0)]
    for y, arc, indent, text in zip(ys, arcs, indents, texts, strict=True):
        places.append(Place(arc + indent, y, arc, RADIUS, text, arc + indent + _GAP))
    return Layout(width, total, tuple(places))


def _ellipse(texts: Sequence[Sequence[str]], half: float) -> tuple[int, list[float], list[float]]:
    """Height of the drawing, the middle of each row, and where that meets the ellipse."""
    ys: list[float] = []
    top = _EDGE
    for text in texts:
        row = _ROW + LINE * (len(text) - 1)
        ys.append(top + row / 2)
        top += row
    middle = (ys[0] + ys[-1]) / 2
    reach = max(ys[-1] - middle + _ROW / 2, 2 * _ROW)
    bends = (sqrt(1 - ((y - middle) / reach) ** 2) for y in ys)
    return top + _EDGE, ys, [float(round(_HUB[0] + _NEAREST + (half - _NEAREST) * bend)) for bend in bends]
