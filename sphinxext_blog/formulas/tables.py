r"""The tables of the normal forms: what every command and character of LaTeX means here.

All knowledge about single symbols is in ``tables.json``, so that an
implementation in another language reads the same file. This module unpacks it
into sets and dictionaries; the algorithm around it is specified in
``docs/formulas-specification.rst``.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any, Final

_RAW: Final[dict[str, Any]] = json.loads(Path(__file__).with_name('tables.json').read_text('utf-8'))


def _words(name: str) -> frozenset[str]:
    return frozenset(_RAW[name].split())


def _map(name: str) -> dict[str, str]:
    return dict(_RAW[name])


def _character_class(name: str) -> str:
    """The inside of a character class of a regular expression, from ranges of code points."""
    ends = (entry.split('-') for entry in _RAW[name].split())
    return ''.join(rf'\U{int(first, 16):08x}-\U{int(last, 16):08x}' for first, last in ends)


def _unicode() -> dict[int, str]:
    table = {ord(character): latex for character, latex in _map('unicode').items()}
    for start, count, first, pattern in _RAW['unicode_runs']:
        for n in range(count):
            letter = chr(ord(first) + n)
            latex = table.get(ord(letter), letter)
            table[int(start, 16) + n] = pattern.replace('#', latex.strip()) + ' '
    for entry in _RAW['invisible'].split():
        first_code, last_code = (int(end, 16) for end in entry.split('-'))
        table.update(dict.fromkeys(range(first_code, last_code + 1), ''))
    return table


VERSION: Final[int] = _RAW['version']
WHITE: Final = _character_class('white')
CJK: Final = _character_class('cjk')
LETTER: Final = re.compile(f'[{_character_class("letters")}]')
CJK_RUN: Final = re.compile(f'[{CJK}]+')
UNICODE: Final = _unicode()
r"""Code point -> LaTeX, for :meth:`str.translate`."""

ALIASES: Final = _map('aliases')
NEGATIONS: Final = _map('negations')
BRACKETS: Final = _map('brackets')
CLOSERS: Final = frozenset(BRACKETS.values())
MATRICES: Final = {name: tuple(ends.split()) for name, ends in _map('matrices').items()}
LETTER_FONTS: Final = _map('letter_fonts')

SPLITTERS: Final = frozenset(
    [*(f'r{name}' for name in _words('splitters')), *(f'o{name}' for name in _words('splitting_signs'))]
)
"""Leaves that part two equations."""
CONNECTIVES: Final = _words('connectives')
"""Words that join two statements, without white space."""
VARIANTS: Final = {f'\\{name}': f'\\{letter}' for name, letter in _map('variants').items()}
"""Greek letters in another shape, which only N1 tells apart."""
BIG_OPERATORS: Final = frozenset(
    [*(f'f{name}' for name in _words('big_functions')), *(f'o{name}' for name in _words('big_signs'))]
)
"""Leaves on which a T is a bound, no transpose."""
INTEGRALS: Final = frozenset(f'f{name}' for name in _words('integrals'))
ACCENTS: Final = _words('accents')
DROPPED: Final = _words('dropped')
DROPPED_WITH_ARGUMENT: Final = _words('dropped_with_argument')
LENGTHS: Final = _words('lengths')
REFERENCES: Final = _words('references')
TRANSPARENT: Final = _words('transparent')
BRACES: Final = _words('braces')
TRANSPARENT_AFTER_ARGUMENT: Final = _words('transparent_after_argument')
BOLD: Final = _words('bold')
UPRIGHT: Final = _words('upright')
DECLARATIONS: Final = _words('declarations')
ARROWS: Final = frozenset(f'r{name}' for name in _words('arrows'))
"""Relations over which the name of a map may stand; over others, it is a remark."""
RELATION_ARROWS: Final = {name: f'r{relation}' for name, relation in _map('relation_arrows').items()}
ALIGNMENTS: Final = _words('alignments')
CASES: Final = _words('cases')
RIGHT_CASES: Final = _words('right_cases')
"""Those whose brace stands on the right."""
PLAIN_TABLES: Final = _words('plain_tables')
r"""Commands of plain TeX whose argument is a table: ``\\pmatrix{a & b \\cr c & d}``."""
ENVIRONMENTS_WITH_ARGUMENT: Final = _words('environments_with_argument')


def _leaves() -> dict[str, str]:
    """Token -> leaf, for every token that is one symbol and nothing else."""
    kinds = (
        *(('o', name) for name in _words('operators')),
        *(('p', name) for name in _words('punctuation')),
        *(('r', name) for name in _words('relations')),
        *(('f', name) for name in _words('functions')),
        *(('c', name) for name in _words('constants')),
    )
    leaves = {name: kind + name for kind, name in kinds}
    leaves.update({name: f'v\\{name}' for name in _words('variables')})
    tokens: dict[str, str] = {}
    for name, leaf in leaves.items():
        is_command = len(name) > 1 and name.isalpha()
        tokens[f'\\{name}' if is_command else name] = leaf
    for name, target in ALIASES.items():
        if target in leaves:
            tokens[f'\\{name}'] = leaves[target]
    for letter in 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz':
        tokens[letter] = f'v{letter}'
    tokens.update({rf'\{name}': 'q' for name in _RAW['quads'].split()})
    tokens.update({r'\prime': "o'", "'": "o'"})
    for special in '{}^_&~$#%':  # alone they speak to the parser, escaped they are symbols
        tokens.pop(special, None)
        tokens[f'\\{special}'] = f'o{special}'
    for accent in '^~':  # of text
        tokens.pop(f'\\{accent}')
    for name in DROPPED:
        tokens.pop(f'\\{name}', None)
    return tokens


LEAVES: Final = _leaves()
r"""Token -> leaf: ``\alpha`` -> ``v\alpha``, ``+`` -> ``o+``, ``\quad`` -> ``q``."""
