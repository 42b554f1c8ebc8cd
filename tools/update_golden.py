"""Write anew the keys of the golden formulas, ``tests/formulas/golden/*.jsonl``.

Run it when ``KEY_VERSION`` changes, and never to make a test pass: these keys
are what Python and the scripts of the browser are both held to. A line is one
formula: its ``latex``, perhaps the ``macros`` of its project, and for each
equation and each side a text of three keys, those of N1, N2 and N3; ``=`` is
the key before. Formulas are added as lines without keys. With ``--generate``,
those that ``formula_grammar`` makes up are made anew too.
Where the others are from says ``README.md`` beside them.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

import formula_grammar

from sphinxext_blog.formulas import NO_MACROS, analyse, read_macros
from sphinxext_blog.formulas.analysis import hash_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from sphinxext_blog.formulas import Unit

__all__ = ['FOLDER', 'read', 'with_keys']

FOLDER: Final = Path(__file__).resolve().parents[1] / 'tests' / 'formulas' / 'golden'
_GRAMMAR: Final = (
    (formula_grammar.expression, 1000),
    (formula_grammar.heap, 500),
    (formula_grammar.definitions, 300),
    (formula_grammar.characters, 250),
    (formula_grammar.nest, 60),
)
_LONGEST: Final = 240
"""Characters of a made-up formula that is kept; the tests that draw their formulas go further."""


def read(path: Path) -> list[dict[str, Any]]:
    """The formulas of a file."""
    return [json.loads(line) for line in path.read_text('utf-8').splitlines()]


def with_keys(formula: dict[str, Any]) -> dict[str, Any]:
    """A formula with its keys as they are today."""
    macros = formula.get('macros')
    analysis = analyse(formula['latex'], read_macros(macros) if macros else NO_MACROS)
    given = {name: formula[name] for name in ('latex', 'macros') if name in formula}
    return given | {'equations': _keys(analysis.equations), 'sides': _keys(analysis.sides)}


def _keys(units: Iterable[Unit]) -> list[str]:
    return [_shortened([hash_of(text) for text in unit.canonical]) for unit in units]


def _shortened(keys: list[str]) -> str:
    return ' '.join('=' if n and key == keys[n - 1] else key for n, key in enumerate(keys))


def _made_up() -> Iterator[str]:
    rng = random.Random(1)
    for make, count in _GRAMMAR:
        found: dict[str, None] = {}
        while len(found) < count:
            # as JSON reads it again: there, two surrogates are one character
            latex = json.loads(json.dumps(make(rng)))
            if len(latex) <= _LONGEST:
                found[latex] = None
        yield from found


def main() -> None:
    """Write all files."""
    parser = argparse.ArgumentParser(description='Write anew the keys of the golden formulas.')
    parser.add_argument('--generate', action='store_true', help='make up the made-up formulas anew')
    made_up = {'names': formula_grammar.of_every_name, 'grammar': _made_up}
    formulas = {path.stem: read(path) for path in sorted(FOLDER.glob('*.jsonl'))}
    if parser.parse_args().generate:
        formulas |= {
            name: [{'latex': latex} for latex in dict.fromkeys(make())] for name, make in made_up.items()
        }
    for name, entries in formulas.items():
        lines = [json.dumps(with_keys(formula)) for formula in entries]
        (FOLDER / f'{name}.jsonl').write_text(''.join(f'{line}\n' for line in lines), 'utf-8')
        print(f'{name}: {len(lines)} formulas')


if __name__ == '__main__':
    main()
