"""How many real formulas are shown as mathematics, at build time and in the browser, and how fast.

``python benchmarks/rendering.py`` reads the corpora (``BLOG_CORPORA``, else
``../shared/corpora``), converts each distinct formula with math-core, as pages
are built, and with Temml in a headless Chromium, as the formula page shows what
is typed and found.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path
from typing import TYPE_CHECKING

from formulas import DEFAULT, formulas_of

from sphinxext_blog.formulas import to_mathml

if TYPE_CHECKING:
    from collections.abc import Sequence

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / 'sphinxext_blog' / 'static' / 'formula_page'
SCRIPTS = ('vendor/temml.min.js', 'formula-render.js')
RENDER = """(formulas) => {
  const element = document.body.appendChild(document.createElement('div'));
  const started = performance.now();
  const shown = formulas.map(([latex, display]) => blogFormulas.render(latex, element, { display }));
  return [shown, performance.now() - started];
}"""


def in_browser(formulas: Sequence[tuple[str, bool]]) -> tuple[list[bool], float, float]:
    """Whether each is shown, and the seconds of a first and of a second time."""
    from playwright.sync_api import sync_playwright

    sys.path.append(str(ROOT / 'tools'))
    from find_browser import find_browser

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=find_browser())
        page = browser.new_page()
        for script in SCRIPTS:
            page.add_script_tag(path=PAGE / script)
        shown, first = page.evaluate(RENDER, formulas)
        _, second = page.evaluate(RENDER, formulas)
        browser.close()
    return shown, first / 1000, second / 1000


def main() -> None:
    parser = argparse.ArgumentParser(description='Formulas shown as mathematics, and speed.')
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f'skipped: no corpora at {options.corpora}')
        return
    distinct: dict[str, bool] = {}
    for file in sorted(options.corpora.rglob('*')):
        if file.suffix in {'.md', '.rst', '.tex'} and file.is_file():
            for latex, display in formulas_of(file.read_text('utf-8', errors='replace')):
                distinct.setdefault(latex, display)
    formulas = list(distinct.items())
    start = time.process_time()
    built = [to_mathml(latex, display=display) is not None for latex, display in formulas]
    spent = time.process_time() - start
    shown, first, second = in_browser(formulas)
    total = len(formulas)
    print(f'{total} distinct formulas')
    print(f'  math-core: {sum(built) / total:.2%} shown, {total / spent:,.0f} a second')
    print(
        f'  Temml: {sum(shown) / total:.2%} shown, {total / first:,.0f} a second,'
        f' {total / second:,.0f} when warm'
    )
    print(f'  by one of them at least: {sum(map(any, zip(built, shown, strict=True))) / total:.2%}')


if __name__ == '__main__':
    main()
