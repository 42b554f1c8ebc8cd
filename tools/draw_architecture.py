"""Draw who imports whom: the rooms of the package as boxes, their imports as arrows.

    python tools/draw_architecture.py            # writes docs/pictures/architecture.svg
    python tools/draw_architecture.py --check    # fails when the picture is not that of the code

Read from the code itself: what is imported for types alone is left out.
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
    'commands': (40, 20, 'python -m sphinxext_blog'),
    'site': (310, 20, 'the side of Sphinx: pages, panels'),
    'importers': (40, 140, 'archives to documents'),
    'graph': (330, 140, 'nodes, edges, ranking, layout, exports'),
    'references': (180, 260, 'mentions and series, resolved'),
    'formulas': (570, 260, 'LaTeX to normal forms, search'),
    'records': (40, 380, 'what all rooms speak in, and import'),
}
"""Place (px) and meaning of each room; modules beside the rooms are commands or records."""
COMMANDS: Final = frozenset({'__main__', 'starting'})
WIDTH, HEIGHT = 230, 74


def room_of(module: str) -> str:
    """The room of a module, by its name below the package."""
    first = module.partition('.')[0]
    if first in ROOMS:
        return first
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


def draw() -> str:
    """The picture as SVG; its colours are those of the text around it."""
    files, arrows = count()
    parts = [
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 840 480" '
        'font-family="sans-serif" font-size="13">',
        '<title>The rooms of sphinxext_blog and who imports whom</title>',
        '<style>svg { color: #24292f; background: #fff } rect { fill: #f3f5f8; stroke: #57606a } '
        'path { fill: none; stroke: #57606a } text.n { font-size: 11px; fill: #57606a } '
        '@media (prefers-color-scheme: dark) { svg { color: #e6edf3; background: #161b22 } '
        'rect { fill: #21262d; stroke: #8b949e } path { stroke: #8b949e } text { fill: #e6edf3 } '
        'text.n { fill: #9da7b1 } #tip path { fill: #8b949e } }</style>',
        '<marker id="tip" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="8" markerHeight="8" orient="auto">'
        '<path d="M0 0 L8 4 L0 8 z" style="fill: #57606a; stroke: none"/></marker>',
    ]
    parts += [_arrow(one, two, number) for (one, two), number in sorted(arrows.items()) if two != 'records']
    for room, (x, y, meaning) in ROOMS.items():
        name = 'records, dates, config …' if room == 'records' else room
        told = f'{files[room]} modules'
        parts += [
            f'<rect x="{x}" y="{y}" width="{WIDTH if room != "records" else 760}" height="{HEIGHT}" rx="8"/>',
            f'<text x="{x + 12}" y="{y + 22}" font-weight="bold" fill="currentColor">{escape(name)}</text>',
            f'<text x="{x + 12}" y="{y + 42}" class="n">{escape(meaning)}</text>',
            f'<text x="{x + 12}" y="{y + 60}" class="n">{escape(told)}</text>',
        ]
    return '\n'.join([*parts, '</svg>\n'])


def _arrow(one: str, two: str, number: int) -> str:
    (x, y, _), (to_x, to_y, _) = ROOMS[one], ROOMS[two]
    start, end = x + WIDTH / 2, to_x + WIDTH / 2
    # No room imports one above or beside it.
    shift = max(-80.0, min(80.0, (end - start) / 3))
    a, b = (start + shift, y + HEIGHT), (end - shift, to_y)
    thick = 1 + min(number, 40) / 16
    middle = ((a[0] + b[0]) / 2, (a[1] + b[1]) / 2)
    return (
        f'<path d="M{a[0]:.0f} {a[1]:.0f} L{b[0]:.0f} {b[1]:.0f}" stroke-width="{thick:.1f}" '
        f'marker-end="url(#tip)"/>'
        f'<text class="n" x="{middle[0] + 4:.0f}" y="{middle[1] - 3:.0f}">{number}</text>'
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
