r"""Made-up formulas, for tests that compare two implementations of the normal forms.

Everything is drawn from one :class:`random.Random`, so that a seed names a
formula; Hypothesis brings a ``Random`` of its own. Well-formed LaTeX comes from
:func:`expression`, what people and accidents make of it from :func:`heap`,
:func:`nest`, :func:`definitions`, :func:`characters` and :func:`mutated`.
:func:`of_every_name` goes through ``tables.json``, name by name.
"""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    import random
    from collections.abc import Iterator

__all__ = [
    'COMMANDS',
    'ENVIRONMENTS',
    'NESTS',
    'TABLES',
    'any_formula',
    'characters',
    'definitions',
    'expression',
    'heap',
    'mutated',
    'nest',
    'of_every_name',
]

TABLES: Final[dict[str, Any]] = json.loads(
    (Path(__file__).resolve().parents[1] / 'sphinxext_blog' / 'formulas' / 'tables.json').read_text('utf-8')
)
_COMMAND_LISTS: Final = (
    *('relations', 'functions', 'constants', 'variables', 'operators', 'punctuation', 'accents', 'dropped'),
    *('quads', 'dropped_with_argument', 'lengths', 'references', 'transparent', 'transparent_after_argument'),
    *('bold', 'upright', 'declarations'),
)
_COMMAND_MAPS: Final = ('aliases', 'letter_fonts', 'relation_arrows')
_SPECIAL: Final = (
    r'\frac \genfrac \sqrt \not \overset \stackrel \underset \left \right \begin \end \rule \unicode \pmod'
    r' \pod \binom \over \choose \atop \brace \brack \intertext \shortintertext \bbox \prime \\ \middle'
)


def _command(name: str) -> str:
    return name if name == ':=' else f'\\{name}'


COMMANDS: Final = [
    *dict.fromkeys(
        [
            *(_command(name) for key in _COMMAND_LISTS for name in TABLES[key].split()),
            *(
                _command(name)
                for key in ('aliases', 'letter_fonts', 'relation_arrows')
                for name in TABLES[key]
            ),
            *_SPECIAL.split(' '),
        ]
    )
]
ENVIRONMENTS: Final = [
    *TABLES['alignments'].split(),
    *TABLES['cases'].split(),
    *TABLES['matrices'],
    *('align*', 'gather*', 'equation*', 'nosuch', 'nosuch*'),
]
_CHARACTERS: Final = [
    *TABLES['unicode'],
    *(chr(int(start, 16) + n) for start, *_ in TABLES['unicode_runs'] for n in (0, 5)),
]
_MARKS: Final = [*'0123456789abcdexyzABT+-*/=<>()[]{}|.,:;!?^_&~$#%\'"@`\\ \n']
_ODD: Final = [
    *'\u0301\u200b\u202eﬁéяก中テ한①٣😀𝒳𠀀𝟙\x00\x85\u3000\ue000',
    *('\ud834', '\udd00', '中文', 'e\u0301', '１２', 'x\u00a0y'),
]
_OWN: Final = [
    *(r'\constructor', r'\__proto__', r'\toString', r'\nosuch', r'\mya', r'\myb', r'\myc', r'\R'),
    *(r'\é', r'\中', r'\ก', r'\①', '\\😀', '\\\n'),
]
_PIECES: Final = [
    *(r'\begin{aligned}', r'\end{aligned}', r'\begin{array}{cc}', r'\end{array}', r'\begin{cases}'),
    *(r'\end{cases}', r'\left(', r'\right)', r'\left\{', r'\right.', r'\big<', r'\frac{a}{b}', r'\frac12'),
    *('x_i', "f'", 'x^{2}', '}{', '{}', r'\text{if }', r'\text {如果}', r'\mathbb{R}', r'\mathcal L'),
    *(r'\boldsymbol{x}', r'{\bf x}', r'\operatorname{rank}', r'\operatorname*{argmin}_x', r'\arg\min'),
    *(r'\int_0^1', 'dx', r'\frac{dy}{dx}', 'e^{-x}', r'A^{\top}', r'\dots', '12.5', 'a=b', r'\\[5pt]'),
    *(r'\label{a}', r'\tag*{1}', r'\color{red}', r'\kern-3mu', r'\sqrt[3]', r'\Rightarrow', r'\quad', '#1'),
    *(r'\newcommand{\mya}[1]{#1+#1}', r'\def\myb#1#2{#2#1}', r'\let\myc=\alpha', r'\mya{x}', r'\mya[y]{x}'),
    *(r'\newcommand\mya[2][0]{#1_{#2}}', r'\myb ab', r'\renewcommand{\le}{<}', r'\def\mathbb#1{#1}'),
    r'\DeclareMathOperator{\R}{rk}',
]
NESTS: Final = [
    *(('{', '}'), ('(', ')'), (r'\left(', r'\right)'), (r'\{', r'\}'), ('[', ')'), (r'\frac{', '}{2}')),
    *((r'\frac', ''), ('x^{', '}'), ('x^', ''), ('_', ''), ("'", ''), (r'\sqrt[', ']{x}'), (r'\sqrt', '')),
    *((r'\hat', ''), (r'\not', ''), (r'\text{$', '$}'), (r'\bf', ''), (r'{\rm a', '}'), (r'\mathbb', '')),
    *((r'\boldsymbol{', '}'), (r'\overset', ''), (r'\begin{matrix}', r'\end{matrix}'), (r'{a\over', '}')),
    *((r'\begin{aligned}a\\', r'\end{aligned}'), (r'\left\{\begin{array}{l}', r'\end{array}\right.')),
    *((r'a\over', ''), (r'\underbrace{', '}_{b}'), (r'\xrightarrow[', ']{a}'), (r'\begin{', '}')),
    *((r'\newcommand{', '}'), (r'\def\a{', '}'), (r'a=\\', ''), (r'a_1,\dots,', ''), ('a=', ''), ('*', '')),
    *((r'\begin{cases}', ''), (r'\begin{align}a&=', r'\end{align}'), (r'\color{', '}'), (r'\unicode{', '}')),
    (r'\genfrac', ''),
]
"""What can stand within itself: how it opens, how it closes."""
_TOKEN: Final = re.compile(r'\\[A-Za-z]+|\\.|.', re.DOTALL)


def any_formula(rng: random.Random, known: list[str]) -> str:
    """A formula of any kind.

    :param known: real formulas to be mutated; may be empty.
    """
    kind = rng.randrange(16)
    if kind < 4 and known:
        return mutated(rng, rng.choice(known))
    if kind < 5:
        return mutated(rng, expression(rng))
    if kind < 7:
        return expression(rng)
    if kind < 11:
        return heap(rng)
    if kind < 13:
        return definitions(rng)
    if kind < 15:
        return characters(rng)
    return nest(rng)


def expression(rng: random.Random, depth: int = 2) -> str:
    """Well-formed LaTeX: one formula or an alignment."""
    if depth == 2 and rng.randrange(4) == 0:
        name = rng.choice(TABLES['alignments'].split())
        lines = [f'{_sum(rng, 1)} &{_relation(rng)} {_sum(rng, 1)}' for _ in range(rng.randint(1, 3))]
        option = '{2}' if name.startswith('alignat') else ''
        return f'\\begin{{{name}}}{option}' + ' \\\\ '.join(lines) + f'\\end{{{name}}}'
    sides = [_sum(rng, depth) for _ in range(rng.choice([1, 1, 2, 2, 2, 3]))]
    out = sides[0]
    for side in sides[1:]:
        out += f' {_relation(rng)} {side}'
    return out + rng.choice(['', '', ',', '.', r'\quad ' + _sum(rng, 1), r'\label{eq:a}'])


def _relation(rng: random.Random) -> str:
    if rng.randrange(2):
        return '='
    name: str = rng.choice(TABLES['relations'].split())
    return f'\\{name} ' if name.isalpha() else name


def _sum(rng: random.Random, depth: int) -> str:
    operators = ['+', '-', r'\cdot ', r'\times ', ',', r'\otimes ', '/', r'\circ ']
    out = _factor(rng, depth)
    for _ in range(rng.choice([0, 0, 1, 1, 2])):
        out += rng.choice(operators if rng.randrange(3) else ['']) + _factor(rng, depth)
    return out


def _factor(rng: random.Random, depth: int) -> str:
    factor = _atom(rng, depth)
    for mark in rng.choice(['', '', '_', '^', '_^', '^_']):
        script = _sum(rng, depth - 2) if depth > 0 else _symbol(rng)
        short = rng.choice('ijkn012' if mark == '_' else [r'\top ', 'T', '2', r'\ast ', r'\prime '])
        factor += mark + rng.choice([short, f'{{{script}}}'])
    return factor + rng.choice(['', '', '', '', "'"])


def _atom(rng: random.Random, depth: int) -> str:
    if depth <= 0 or rng.randrange(3):
        return _symbol(rng)
    inner = _sum(rng, depth - 1)
    other = _sum(rng, depth - 1)
    return rng.choice(
        [
            f'({inner})',
            f'\\left[{inner}\\right]',
            f'\\{{{inner}\\}}',
            f'\\|{inner}\\|',
            f'\\frac{{{inner}}}{{{other}}}',
            f'\\sqrt{{{inner}}}',
            f'\\sqrt[{rng.choice("3n")}]{{{inner}}}',
            f'\\{rng.choice(TABLES["accents"].split())}{{{inner}}}',
            f'\\{rng.choice(TABLES["bold"].split())}{{{inner}}}',
            f'\\int_{{{inner}}}^{{{other}}}f(x)dx',
            f'\\sum_{{i={inner}}}^{{n}}{other}',
            f'e^{{{inner}}}',
            f'\\frac{{d{inner}}}{{dx}}',
            f'\\binom{{{inner}}}{{{other}}}',
            f'\\underset{{{inner}}}{{\\arg\\min}}\\,{other}',
            f'\\overset{{{inner}}}{{{other}}}',
            f'\\begin{{pmatrix}}{inner}&{other}\\\\0&1\\end{{pmatrix}}',
            f'\\begin{{cases}}{inner},&x>0\\\\{other},&\\text{{else}}\\end{{cases}}',
        ]
    )


def _symbol(rng: random.Random) -> str:
    kind = rng.randrange(12)
    if kind < 6:
        return rng.choice('abcdefghijklmnopqrstuvwxyzABCXYZ')
    if kind == 6:
        return str(rng.choice([0, 1, 2, 10, 3.14, 100]))
    if kind == 7:
        fonts = [*TABLES['letter_fonts'], *TABLES['bold'].split(), *TABLES['upright'].split()]
        return f'\\{rng.choice(fonts)}{{{rng.choice(["x", "R", "T", "rank", "a b", "12"])}}}'
    key = rng.choice(['variables', 'variables', 'constants', 'functions', 'aliases'])
    names = TABLES[key] if isinstance(TABLES[key], dict) else TABLES[key].split()
    return f'\\{rng.choice([*names])} '


def heap(rng: random.Random) -> str:
    """Commands, marks and pieces in any order."""
    pieces = []
    for _ in range(rng.choice([1, 2, 3, 5, 8, 13, 21, 40])):
        kind = rng.randrange(10)
        source = COMMANDS if kind < 3 else _PIECES if kind < 6 else _MARKS if kind < 9 else [*_OWN, *_ODD]
        piece = rng.choice(source)
        if kind == 9 and rng.randrange(2):
            name = rng.choice(ENVIRONMENTS)
            piece = f'\\begin{{{name}}}a&b\\\\c' + (f'\\end{{{name}}}' if rng.randrange(3) else '')
        pieces.append(piece)
        if piece[:1] == '\\' and piece[-1:].isalpha():
            pieces.append(rng.choice([' ', '', '{a}', '{b}{c}', '[t]', '*']))
    return ''.join(pieces)


def nest(rng: random.Random) -> str:
    """One thing within another, to the limit of the depth, beyond it and far beyond it."""
    opener, closer = rng.choice(NESTS)
    count = rng.choice([2, 5, 19, 20, 38, 39, 40, 41, 42, 100])
    if rng.randrange(10) == 0:
        count = 10_000 // len(opener)
    ends = rng.choice([0, 1, count - 1, count, count, count + 1])
    return opener * count + 'x' + closer * ends + rng.choice(['', 'b', '^2'])


def definitions(rng: random.Random) -> str:
    """Macros and their uses, some of them broken, some of them without end."""
    names = [r'\mya', r'\myb', r'\myc', r'\le', r'\mathbb', r'\alpha']
    bodies = ['', '#1', '#1+#2', '#2#1', r'\mathbb{R}', r'\mya', r'\mya\mya', r'\myb{#1}', r'\frac{#1}']
    bodies += ['{', '}', '12', r'\text{if #1}']
    arguments = ['{x}', '{x+y}', 'x', '12', '[z]', '[z]{x}', '{x}{y}', '', r'\alpha', '{{x}}', '{#1}']
    out = []
    for _ in range(rng.randint(1, 5)):
        name, body, other = rng.choice(names), rng.choice(bodies), rng.choice(names)
        out.append(
            rng.choice(
                [
                    f'\\newcommand{{{name}}}[{rng.randint(0, 3)}]{{{body}}}',
                    f'\\renewcommand{name}{{{body}}}',
                    f'\\providecommand*{{{name}}}[{rng.randint(1, 2)}][{rng.choice("01z")}]{{{body}}}',
                    f'\\def{name}{rng.choice(["", "#1", "#1#2", "#2", "#1,#2;"])}{{{body}}}',
                    f'\\let{name}{rng.choice(["", "=", " "])}{other}',
                    f'\\DeclareMathOperator{rng.choice(["", "*"])}{{{name}}}{{{body}}}',
                    f'{name}{rng.choice(arguments)}',
                ]
            )
        )
    out.extend(f'{rng.choice(names)}{rng.choice(arguments)}' for _ in range(rng.randint(1, 4)))
    return rng.choice(['', ' ', '+']).join(out)


def characters(rng: random.Random) -> str:
    """Any characters: bytes, the tables' own, planes beyond the first, lone surrogates."""
    out = []
    for _ in range(rng.choice([1, 3, 8, 20, 60])):
        kind = rng.randrange(8)
        if kind < 3:
            out.append(chr(rng.randrange(0x100)))
        elif kind < 5:
            out.append(rng.choice([*_CHARACTERS, *_ODD]))
        elif kind == 5:
            out.append(chr(rng.randrange(0x10000)))
        elif kind == 6:
            out.append(chr(rng.choice([0x1D400, 0x20000, 0xE0000, 0x1F600, 0x10000]) + rng.randrange(0x400)))
        else:
            out.append(rng.choice([*_MARKS, *_PIECES]))
    return ''.join(out)


def mutated(rng: random.Random, latex: str) -> str:
    """A formula with one to four accidents."""
    tokens = _TOKEN.findall(latex)[:3000]
    for _ in range(rng.randint(1, 4)):
        at = rng.randrange(len(tokens) + 1)
        change = rng.randrange(5)
        if change == 0:
            tokens[at : at + rng.randint(1, 4)] = []
        elif change == 1:
            tokens.insert(at, rng.choice(rng.choice([_MARKS, COMMANDS, _PIECES, _ODD])))
        elif change == 2:
            tokens[at:at] = tokens[at : at + rng.randint(1, 12)]
        elif change == 3:
            tokens[at : at + 2] = reversed(tokens[at : at + 2])
        else:
            tokens[at : at + 1] = [rng.choice(rng.choice([_MARKS, COMMANDS, [*_CHARACTERS, *_ODD]]))]
    return ''.join(tokens)


def of_every_name() -> Iterator[str]:
    """Formulas in which every name and character of the tables stands at least once, in its usual places."""
    for command in COMMANDS:
        gap = ' ' if command[-1].isalpha() else ''
        yield f'a{command}{gap}b_i=c'
        yield f'{{{command}{{x}}{{y}}^2}}+{command}[t]{{z}}'
    for name in TABLES['declarations'].split():
        yield f'{{\\{name} x1 \\alpha}}y'
    for name in [*TABLES['bold'].split(), *TABLES['upright'].split(), *TABLES['letter_fonts']]:
        yield f'\\{name}{{x}}=\\{name} 1+\\{name}{{ab c}}-\\{name}{{x_1^2}}'
    for name in ENVIRONMENTS:
        yield f'\\begin{{{name}}}a&=b\\\\[2pt]&=c\\\\+d&\\end{{{name}}}'
        yield f'x\\begin{{{name}}}[t]{{cc}}a&b\\\\c\\end{{{name}}}'
    for negated in TABLES['negations']:
        yield f'a\\not{negated}b' if len(negated) == 1 else f'a\\not\\{negated} b'
    for opener, closer in TABLES['brackets'].items():
        first, last = (mark if mark in '()[]' else f'\\{mark} ' for mark in (opener, closer))
        yield f'{first}a{last}^2'
        yield f'\\left{first}\\begin{{array}}{{l}}a=b\\\\c=d\\end{{array}}\\right.'
        yield f'{last}a{first}'
    for character in TABLES['unicode']:
        yield f'a{character}b'
    for start, count, _, _ in TABLES['unicode_runs']:
        yield '+'.join(chr(int(start, 16) + n) for n in range(count))
    for key in ('white', 'invisible', 'cjk', 'letters'):
        for span in TABLES[key].split():
            first, last = (int(end, 16) for end in span.split('-'))
            # the ends of a span and their neighbours; a surrogate is no character
            codes = sorted({max(first - 1, 0), first, last, last + 1} - {*range(0xD800, 0xE000)})
            yield f'x{"y".join(map(chr, codes))}z'
