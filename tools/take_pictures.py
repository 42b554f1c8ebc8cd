"""Take the pictures of the README and the manual's gallery from the built manual.

``make html && .venv/bin/python tools/take_pictures.py`` writes them to
``docs/pictures``. Needs Pillow (``pip install pillow``), which reduces them to a palette.
"""

from __future__ import annotations

import io
import sys
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import quote

from find_browser import find_browser

ROOT = Path(__file__).parents[1]
SITE = ROOT / 'docs' / '_build' / 'html'
PICTURES = ROOT / 'docs' / 'pictures'
CR = 'seeds/低秩近似之路-三-cr'
ID = 'seeds/低秩近似之路-四-id'

NARROW = 1000
"""Pixels at which the theme puts its sidebar away."""
FORMULA = r'\Vert ?A - ?B\Vert_F^2'


@dataclass(frozen=True)
class Shot:
    """One picture: a page, how it is looked at, and what is done on it first."""

    name: str
    page: str
    width: int = 1280
    height: int = 800
    dark: bool = False
    phone: bool = False
    wait: str = 'body'
    """What must be there before the picture is taken."""
    scroll: str = ''
    """What is brought to the top of the window."""
    part: str = ''
    """What alone is shown; the whole window otherwise."""


SHOTS = (
    Shot('graph', f'graph.html#n={quote(ID)}', wait='#bg-panel h2'),
    Shot('graph-dark-phone', 'graph.html', width=390, height=780, dark=True, phone=True, wait='canvas'),
    Shot('post', f'{ID}.html', width=NARROW, height=720, scroll='h1'),
    Shot('local-graph', f'{ID}.html', part='.blog-local-graph'),
    Shot('formula-search', f'formulas.html#q={quote(FORMULA)}', width=NARROW, height=720),
)


def main() -> int:
    """Take them all; returns the exit status."""
    from PIL import Image
    from playwright.sync_api import sync_playwright

    if not (SITE / 'graph.html').is_file():
        print('build the manual first: make html', file=sys.stderr)
        return 2
    PICTURES.mkdir(exist_ok=True)
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=str(find_browser()))
        for shot in SHOTS:
            context = browser.new_context(
                viewport={'width': shot.width, 'height': shot.height},
                color_scheme='dark' if shot.dark else 'light',
                has_touch=shot.phone,
                reduced_motion='reduce',
                device_scale_factor=2 if shot.phone or shot.part else 1,
            )
            page = context.new_page()
            file, _, state = shot.page.partition('#')
            page.goto((SITE / file).as_uri() + (f'#{state}' if state else ''))
            page.wait_for_selector(shot.wait)
            page.wait_for_timeout(1500)
            if shot.scroll:
                page.locator(shot.scroll).first.evaluate('node => node.scrollIntoView()')
            target = page.locator(shot.part).first if shot.part else page
            image = Image.open(io.BytesIO(target.screenshot()))
            image.convert('RGB').quantize(128).save(PICTURES / f'{shot.name}.png', optimize=True)
            context.close()
        browser.close()
    return 0


if __name__ == '__main__':
    sys.exit(main())
