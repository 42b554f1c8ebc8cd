"""The picture of the architecture is drawn from the real imports."""

from __future__ import annotations

import ast
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
