"""The picture of the architecture is drawn from the real imports."""

from __future__ import annotations

import ast
from itertools import combinations, pairwise
from xml.etree import ElementTree as ET

import draw_architecture
import pytest


def test_the_picture_is_that_of_the_code():
    assert draw_architecture.PICTURE.read_text('utf-8') == draw_architecture.draw(), (
        'python tools/draw_architecture.py'
    )


def test_the_picture_is_svg_with_every_room():
    root = ET.fromstring(draw_architecture.draw())
    text = ' '.join(element.text or '' for element in root.iter())
    assert all(room in text for room in draw_architecture.ROOMS)


def pieces(way):
    return list(pairwise(way))


def meet(one, two):
    """Whether two pieces, each level or upright, have a point in common."""
    (ax, ay), (bx, by) = (map(sorted, zip(*piece, strict=True)) for piece in (one, two))
    return ax[0] <= bx[1] and bx[0] <= ax[1] and ay[0] <= by[1] and by[0] <= ay[1]


def test_no_arrow_of_the_picture_crosses_a_box():
    for (one, two), way in draw_architecture.WAYS.items():
        for room, (x, y, width, _meaning) in draw_architecture.ROOMS.items():
            box = ((x, y), (x + width, y + draw_architecture.HEIGHT))
            touched = [piece for piece in pieces(way) if meet(piece, box)]
            assert len(touched) == (room in {one, two}), (one, two, room)


def test_no_arrow_of_the_picture_crosses_another():
    drawn = [
        draw_architecture.WAYS[pair]
        for pair in draw_architecture.count()[1]
        if pair in draw_architecture.WAYS
    ]
    assert len(drawn) > 8
    for one, two in combinations(drawn, 2):
        assert not any(meet(a, b) for a in pieces(one) for b in pieces(two)), (one, two)


@pytest.mark.parametrize(
    ('code', 'found'),
    [
        ('from sphinxext_blog.graph.build import x', ['graph.build']),
        ('from sphinxext_blog import __version__, dates', ['__version__', 'dates']),
        ('def f():\n    from sphinxext_blog.formulas import y', ['formulas']),
        ('if TYPE_CHECKING:\n    from sphinxext_blog.site import z', []),
        ('import sphinx', []),
    ],
)
def test_imports_that_run_are_read(code, found):
    assert list(draw_architecture.imported(ast.parse(code))) == found


def test_arrows_go_one_way():
    arrows = draw_architecture.count()[1]
    assert arrows['site', 'graph'] > 0
    assert not arrows['graph', 'site']
    assert not arrows['references', 'graph']
    assert not [pair for pair in arrows if pair[0] == 'records']
