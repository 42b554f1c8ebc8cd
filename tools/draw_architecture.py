"""Draw who imports whom: the rooms of the package as boxes, their imports as arrows.

    python tools/draw_architecture.py            # writes docs/pictures/architecture.svg
    python tools/draw_architecture.py --check    # fails when the picture is not that of the code

Read from the code itself: what is imported for types alone is left out. Places and ways are
written down here, so that no arrow crosses a box or another arrow.
"""

from __future__ import annotations

import ast
import sys
from collections import Counter
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

ROOT: Final = Path(__file__).resolve().parents[1]
PACKAGE: Final = ROOT / 'sphinxext_blog'
PICTURE: Final = ROOT / 'docs' / 'pictures' / 'architecture.svg'

ROOMS: Final = {
    'site': (40, 64, 780, 'reads documents, writes panels, lists, the graph page, exports'),
    'commands': (100, 208, 180, 'python -m sphinxext_blog'),
    'graph': (340, 208, 200, 'nodes, edges, ranking, map'),
    'importers': (40, 342, 220, 'archives become documents'),
    'formulas': (320, 342, 260, 'LaTeX, its normal forms, search'),
    'references': (620, 342, 200, 'mentions find their posts'),
    'records': (40, 476, 780, 'the data that all rooms pass on, dates, writing of files'),
}
"""Place and width (px) of each room, and what it does."""
HEIGHT: Final = 76
COMMANDS: Final = frozenset({'__main__', 'starting'})
SITE: Final = frozenset({'config', 'config_checks'})
"""Modules beside the rooms that belong to the side of Sphinx: the values of ``conf.py``."""

WAYS: Final = {
    ('site', 'importers'): ((70, 140), (70, 342)),
    ('site', 'graph'): ((440, 140), (440, 208)),
    ('site', 'formulas'): ((560, 140), (560, 342)),
    ('site', 'references'): ((720, 140), (720, 342)),
    ('commands', 'importers'): ((160, 284), (160, 342)),
    ('commands', 'graph'): ((280, 246), (340, 246)),
    ('commands', 'formulas'): ((240, 284), (240, 313), (350, 313), (350, 342)),
    ('commands', 'references'): ((260, 284), (260, 300), (640, 300), (640, 342)),
    ('graph', 'formulas'): ((440, 284), (440, 342)),
    ('graph', 'references'): ((520, 284), (520, 324), (660, 324), (660, 342)),
    ('importers', 'records'): ((150, 418), (150, 476)),
    ('formulas', 'records'): ((450, 418), (450, 476)),
    ('references', 'records'): ((720, 418), (720, 476)),
}
"""The points that an arrow goes through. Arrows to the records from further above would cross all
rooms: those are counted in the box of the records."""


def room_of(module: str) -> str:
    """The room of a module, by its name below the package."""
    first = module.partition('.')[0]
    if first in ROOMS:
        return first
    if first in SITE:
        return 'site'
    return 'commands' if first in COMMANDS else 'records' if first else ''


def modules() -> Iterator[tuple[str, Path]]:
    """All modules but the one that wires everything: names below the package, and files."""
    for path in sorted(PACKAGE.rglob('*.py')):
        parts = path.relative_to(PACKAGE).with_suffix('').parts
        name = '.'.join(parts[:-1] if parts[-1] == '__init__' else parts)
        if name:
            yield name, path


def imported(tree: ast.AST) -> Iterator[str]:
    """Modules of the package that a module imports when it runs, by their names below it."""
    for node in ast.iter_child_nodes(tree):
        if isinstance(node, ast.If) and 'TYPE_CHECKING' in ast.unparse(node.test):
            continue
        if isinstance(node, ast.ImportFrom) and (node.module or '').startswith('sphinxext_blog'):
            below = str(node.module).removeprefix('sphinxext_blog').lstrip('.')
            yield from [below] if below else (alias.name for alias in node.names)
        yield from imported(node)


def count() -> tuple[Counter[str], Counter[tuple[str, str]]]:
    """Modules of each room, and how many modules of one import from another."""
    files: Counter[str] = Counter()
    arrows: Counter[tuple[str, str]] = Counter()
    for name, path in modules():
        room = room_of(name)
        files[room] += 1
        tree = ast.parse(path.read_text(encoding='utf-8'))
        targets = {room_of(target) for target in imported(tree)} - {room, ''}
        arrows.update((room, target) for target in targets)
    return files, arrows


STYLE: Final = """
svg { color: #1f2933 } .ground { fill: #ffffff } .room { stroke-width: 1.5 }
.site { fill: #e8f1fb; stroke: #3b7dbd }
.pure { fill: #eaf6ee; stroke: #3f9160 } .records { fill: #f4f1ea; stroke: #9c8a5f }
.name { font-size: 17px; font-weight: 600; fill: currentColor } .told { font-size: 12.5px; fill: #52606d }
.way { fill: none; stroke: #7b8794; stroke-linejoin: round } .tip { fill: #7b8794 }
.number { font-size: 12px; font-weight: 600; fill: #52606d; stroke: #ffffff }
.number { stroke-width: 4; paint-order: stroke }
.border { stroke: #9aa5b1; stroke-dasharray: 2 5; stroke-linecap: round } .middle { text-anchor: middle }
@media (prefers-color-scheme: dark) {
svg { color: #e4e7eb } .ground { fill: #14181d }
.site { fill: #16293c; stroke: #5fa3e0 }
.pure { fill: #15291d; stroke: #5db583 } .records { fill: #2a261c; stroke: #b5a273 }
.told { fill: #a6b0bb } .way { stroke: #8d99a6 } .tip { fill: #8d99a6 }
.number { fill: #cbd2d9; stroke: #14181d } .border { stroke: #616e7c } }
"""


def draw() -> str:
    """The picture as SVG.

    :raises KeyError: when a room imports from one to which no way is written down.
    """
    files, arrows = count()
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 860 576" font-family="system-ui, sans-serif">',
        '<title>The rooms of sphinxext_blog and who imports whom</title>',
        f'<style>{STYLE}</style>',
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="9" markerHeight="9" '
        'markerUnits="userSpaceOnUse" orient="auto"><path class="tip" d="M0 0 L8 4 L0 8 z"/></marker>',
        '<rect class="ground" width="860" height="576" rx="12"/>',
        '<text class="told" x="40" y="38">An arrow: modules of one room import from the other; '
        'the number says how many.</text>',
        '<path class="border" d="M40 174 H820"/>',
        '<text class="told middle" x="640" y="192">without Sphinx</text>',
        '<text class="told middle" x="640" y="164">with Sphinx</text>',
    ]
    far = []
    for (one, two), number in sorted(arrows.items()):
        if two == 'records' and (one, two) not in WAYS:
            far.append(f'{one} ({number})')
        else:
            parts.append(_arrow(WAYS[one, two], number))
    for room, (x, y, width, meaning) in ROOMS.items():
        kind = room if room in {'site', 'records'} else 'pure'
        also = f'; also imported by {", ".join(far)}' if room == 'records' else ''
        middle = x + width / 2
        parts += [
            f'<rect class="room {kind}" x="{x}" y="{y}" width="{width}" height="{HEIGHT}" rx="10"/>',
            f'<text class="name middle" x="{middle:.0f}" y="{y + 27}">{escape(room)}</text>',
            f'<text class="told middle" x="{middle:.0f}" y="{y + 47}">{escape(meaning)}</text>',
            f'<text class="told middle" x="{middle:.0f}" y="{y + 64}">{files[room]} modules{also}</text>',
        ]
    return '\n'.join([*parts, '</svg>\n'])


def _arrow(way: tuple[tuple[int, int], ...], number: int) -> str:
    (x, y), *_ = way
    to_x, to_y = way[-1]
    along = ' L'.join(f'{a} {b}' for a, b in way)
    thick = 1.2 + min(number, 40) / 10
    # Beside the last piece of the way, where no other arrow is near; above a level one.
    level = y == to_y
    place = ((x + to_x) / 2 - 4, y - 8) if level else (to_x + 9, to_y - 22)
    return (
        f'<path class="way" d="M{along}" stroke-width="{thick:.1f}" marker-end="url(#tip)"/>'
        f'<text class="number" x="{place[0]:.0f}" y="{place[1]:.0f}">{number}</text>'
    )


def main() -> int:
    """Returns the exit status."""
    picture = draw()
    if '--check' in sys.argv:
        return int(not PICTURE.is_file() or PICTURE.read_text(encoding='utf-8') != picture)
    PICTURE.write_text(picture, encoding='utf-8')
    return 0


if __name__ == '__main__':
    sys.exit(main())
