"""The scripts of the formula page in a browser, and what Python says to the same formulas."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

from sphinxext_blog.formulas import NO_MACROS, analyse, tables
from sphinxext_blog.scripts import data_script
from sphinxext_blog.site import formula_page

if TYPE_CHECKING:
    from collections.abc import Iterable

    from playwright.sync_api import Page

    from sphinxext_blog.formulas import Macros, Unit

STATIC = Path(tables.__file__).parents[1] / 'static' / 'formula_page'
SCRIPTS = list(formula_page.SCRIPTS)
"""In the order of loading."""

_ANALYSE = """text => {
  const { formulas, macros, chained } = JSON.parse(text);
  const pairs = (problems) => problems.map((problem) => [problem.code, problem.text]);
  const units = (found) => found.map((unit) => [...unit.canonical, unit.size]);
  const row = ([name, macro]) => [name, macro.body, macro.count, macro.option];
  const given = blogFormulas.readMacros(macros);
  let inForce = given;
  return JSON.stringify(formulas.map((latex) => {
    const { equations, sides, problems, macros: after } = blogFormulas.analyse(latex, inForce);
    if (chained) inForce = after;
    const table = after === given ? null : [...after.table].map(row);
    return { equations: units(equations), sides: units(sides), problems: pairs(problems), table };
  }));
}"""
_KEYS = """text => JSON.stringify(JSON.parse(text).map(({ latex, macros }) => {
  const { equations, sides } = blogFormulas.analyse(latex, blogFormulas.readMacros(macros));
  return [equations.map(blogFormulas.keysOf), sides.map(blogFormulas.keysOf)];
}))"""


def open_scripts(page: Page, folder: Path) -> None:
    """Open a page from ``file://`` that loads the scripts, but has no form: nothing is looked for."""
    content = json.loads(Path(tables.__file__).with_name('tables.json').read_text('utf-8'))
    data = folder / formula_page.DATA_SCRIPT
    data.write_bytes(data_script('blogFormulas.receive', 'tables', content))
    sources = [data if name == data.name else STATIC / name for name in SCRIPTS]
    elements = ''.join(f'<script src="{source.as_uri()}"></script>\n' for source in sources)
    html = f'<!doctype html>\n<meta charset="utf-8">\n{elements}'
    (folder / 'formulas.html').write_text(html, encoding='utf-8')
    page.goto((folder / 'formulas.html').as_uri())


def evaluate(page: Page, function: str, value: Any) -> Any:
    """Call a function of one text of JSON that returns such a text.

    Playwright's own arguments lose lone surrogates and names such as ``__proto__``.
    """
    return json.loads(page.evaluate(function, json.dumps(value)))


def in_javascript(
    page: Page, formulas: Iterable[str], macros: Any = None, *, chained: bool = False
) -> list[dict[str, Any]]:
    """What the scripts say to formulas.

    :param chained: the macros that a formula defines hold for those after it.
    """
    value = {'formulas': list(formulas), 'macros': macros or {}, 'chained': chained}
    found: list[dict[str, Any]] = evaluate(page, _ANALYSE, value)
    return found


def in_python(
    formulas: Iterable[str], macros: Macros = NO_MACROS, *, chained: bool = False
) -> list[dict[str, Any]]:
    """What Python says, in the same form."""
    out = []
    in_force = macros
    for latex in formulas:
        analysis = analyse(latex, in_force)
        if chained:
            in_force = analysis.macros
        table = None if analysis.macros is macros else _table(analysis.macros)
        out.append(
            {
                'equations': _units(analysis.equations),
                'sides': _units(analysis.sides),
                'problems': [[*problem] for problem in analysis.problems],
                'table': table,
            }
        )
    return out


def _units(units: Iterable[Unit]) -> list[list[Any]]:
    return [[*unit.canonical, unit.size] for unit in units]


def _table(macros: Macros) -> list[list[Any]]:
    return [
        [name, [*macro.body], macro.arguments, None if macro.default is None else [*macro.default]]
        for name, macro in macros.table.items()
    ]


def keys_in_javascript(page: Page, formulas: list[dict[str, Any]]) -> list[list[list[list[str]]]]:
    """Keys of the equations and of the sides of each formula; ``{'latex': …, 'macros': …}``."""
    value = [{'latex': formula['latex'], 'macros': formula.get('macros', {})} for formula in formulas]
    found: list[list[list[list[str]]]] = evaluate(page, _KEYS, value)
    return found


def well_paired(text: str) -> str:
    """A text as JavaScript has it: a high and a low surrogate are one character."""
    return text.encode('utf-16', 'surrogatepass').decode('utf-16', 'surrogatepass')
