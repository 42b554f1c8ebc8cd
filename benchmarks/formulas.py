r"""How formulas are read, and how well they are found again.

On the formulas of real posts (``$…$``, ``$$…$$``, environments, ``:math:``):

- *reading*: how many are read without a problem, formulas per second of one
  core with all keys, the memory, how many spellings become one key;
- *retrieval*: formulas are queried in another spelling (``surface``), weight
  (``font``), with other letters (``rename``), as a part of an alignment
  (``align``), by one side (``side``), after one change (``edited``), and with
  both (``+ rename``). The index also holds hard negatives: a copy of each
  target with an operator flipped, a digit changed, or one occurrence of a
  variable replaced (never one that stands there once by one that the formula has
  not: a mere renaming), half of them renamed too; a query that equals one of them
  is not asked. Documents are shuffled, so that the order of the corpora breaks
  no tie. Right are the target and what equals it up to renaming. Cells: mean
  reciprocal rank / share found first.
  A side seldom belongs to one formula: half of them stand in several, and no
  reader of the query could say which was meant. Therefore ``side`` is told
  twice: right is the target, or (``side*``) every formula that holds the
  queried side, as it stands; ``side+rename*``, up to renaming.
  Beside it: the raw string, 3-grams of characters, symbol pairs, the cascade of
  the prototype where its file is given, and Approach Zero where ``pya0`` is
  installed (it adds some 35 to 100 formulas a second).
- *hard negatives*: how many of them have the form of their target;
- *wildcards*: one to three parts of formulas are replaced by wildcards, all
  occurrences of a letter by the same or one of them alone. Is the formula
  among the first 20 of all that have this form?

With ``--edges`` instead: the pairs of documents that share formulas, for each
corpus and for all together, and a sample of them with their best evidence, so
that one can read whether they mean something.

Run: ``python benchmarks/formulas.py [--corpora DIR] [--queries N] [--seed N] [--formulas N]
[--prototype FILE]``
or ``python benchmarks/formulas.py --edges [N] [--corpora DIR] [--seed N]``
"""

from __future__ import annotations

import argparse
import importlib.util
import os
import random
import re
import sys
import time
import tracemalloc
from collections import Counter, defaultdict
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from formula_peers import (
    ApproachZero,
    Own,
    Peer,
    Prototype,
    Raw,
    Weighted,
    character_grams,
    forms_of,
    index_of,
    symbol_pairs,
)

from sphinxext_blog.formulas import NO_MACROS, Formula, analyse, keys_of, shared_formulas, without_macros
from sphinxext_blog.formulas.matching import matches
from sphinxext_blog.formulas.patterns import constant_runs, read_pattern
from sphinxext_blog.records import DocName

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

DEFAULT = Path(__file__).resolve().parent.parent.parent / 'shared' / 'corpora'

_NAMES = r'(?:equation|align|gather|multline|eqnarray|alignat|flalign|displaymath)\*?'
_FORMULA = re.compile(
    r'```.*?```'
    r'|\$\$(?P<dollars>.+?)\$\$'
    rf'|(?P<environment>\\begin\{{(?P<name>{_NAMES})\}}.+?\\end\{{(?P=name)\}})'
    r'|(?<![\\$])\$(?P<inline>(?:[^$\\\n]|\\.|\n(?!\n))+?)\$'
    r'|:math:`(?P<role>[^`]+)`',
    re.DOTALL,
)
_TOKEN = re.compile(
    r'\\(?:text|mathrm|operatorname|begin|end|label|tag)\*?\s*\{[^{}]*\}|\\[A-Za-z]+|\\.|.', re.DOTALL
)
_GREEK = [
    rf'\{name}'
    for name in 'alpha beta gamma delta theta lambda mu nu xi rho sigma tau phi chi psi omega eta'.split()
]
_LETTERS = [*'abcfghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ', *_GREEK]
_FLIPS = {
    '+': '-',
    '-': '+',
    '<': '>',
    '>': '<',
    r'\le': r'\ge',
    r'\leq': r'\geq',
    r'\ge': r'\le',
    r'\cap': r'\cup',
}
_FLIPS |= {r'\cup': r'\cap', r'\sum': r'\prod', r'\prod': r'\sum', r'\times': r'\otimes', r'\geq': r'\leq'}
_SPELLINGS = [
    (r'\frac', r'\dfrac'),
    (r'\le', r'\leqslant'),
    (r'\leq', r'\le'),
    (r'\ge', r'\geq'),
    (r'\geq', r'\ge'),
    (r'\to', r'\rightarrow'),
    (r'\cdots', r'\dots'),
    (r'\ldots', r'\cdots'),
    (r'\dots', r'\ldots'),
    (r'\epsilon', r'\varepsilon'),
    (r'\varepsilon', r'\epsilon'),
    ('|', r'\vert '),
    (r'\mid', '|'),
    (r'\|', r'\Vert '),
    ('(', r'\left('),
    (')', r'\right)'),
    ('[', r'\big['),
    (']', r'\big]'),
]


_OTHER_RELATIONS = re.compile(
    r'[<>&]|\\(?:begin|q?quad|implies|impliedby|iff|Rightarrow|Longrightarrow|Leftrightarrow|Longleftrightarrow'
    r'|leq?|geq?|leqslant|geqslant|neq?|in|ni|approx|equiv|sim|simeq|cong|propto|mapsto|to|rightarrow'
    r'|subset|subseteq|supset|supseteq|prec|succ|preceq|succeq)(?![A-Za-z])'
)


def formulas_of(text: str) -> list[tuple[str, bool]]:
    """All formulas of a document, and whether each stands alone."""
    found = []
    for match in _FORMULA.finditer(text):
        latex = match['dollars'] or match['environment'] or match['inline'] or match['role']
        if latex and latex.strip():
            found.append((latex.strip(), bool(match['dollars'] or match['environment'])))
    return found


def tokens_of(latex: str) -> list[str]:
    return _TOKEN.findall(latex)


def text_of(tokens: Iterable[str]) -> str:
    """LaTeX again; a command keeps its distance from a letter."""
    out = ''
    for token in tokens:
        if out and token[:1].isalpha() and re.search(r'\\[A-Za-z]+$', out):
            out += ' '
        out += token
    return out


_FONTS = {r'\mathbb', r'\mathcal', r'\mathfrak', r'\mathscr', r'\mathsf', r'\mathit', r'\Bbb', r'\mathtt'}
_WORDS = _FONTS | {r'\color', r'\text', r'\mathrm', r'\textbf', r'\texttt', r'\mbox'}
_SWITCHES = {r'\bf', r'\rm', r'\it', r'\cal', r'\sf', r'\tt', r'\frak', r'\scr'}


_COLUMNS = re.compile(r'\\begin\s*\{(?:array|alignat|alignedat|subarray|tabular|darray|IEEEeqnarray)\*?\}')


def layout_of(tokens: Sequence[str]) -> set[int]:
    """Places of the columns of tables, which are no mathematics: ``{rcl}``, ``{3}``."""
    places: set[int] = set()
    for start, token in enumerate(tokens):
        if not _COLUMNS.fullmatch(token):
            continue
        depth = 0
        for n in range(start + 1, len(tokens)):
            depth += (tokens[n] in {'{', '['}) - (tokens[n] in {'}', ']'})
            if depth == 0 and tokens[n] not in {' ', ']'}:
                break
            places.add(n)
    return places


def variables_of(tokens: Sequence[str]) -> list[int]:
    """Places of the letters that a reader would rename.

    Left out are arguments that are no formula or hold constants, groups with a font of their own,
    columns of tables, ``e`` and ``d``.
    """
    places: list[int] = []
    layout = layout_of(tokens)
    before = ''
    depth = 0
    skipped = 0
    """The depth of the group that is left out; 0 outside such groups."""
    for n, token in enumerate(tokens):
        depth += (token == '{') - (token == '}')
        if skipped > depth:
            skipped = 0
        if not skipped and ((token == '{' and before in _WORDS) or (depth and token in _SWITCHES)):
            skipped = depth
        is_name = token in _LETTERS and token not in {'e', 'd'} and n not in layout
        if not skipped and is_name and before not in _FONTS:
            places.append(n)
        if token not in {' ', '{'}:
            before = token
    return places


def renamed(latex: str, random_: random.Random) -> str | None:
    """All letters replaced, each by one of its own."""
    tokens = tokens_of(latex)
    places = variables_of(tokens)
    old = sorted({tokens[n] for n in places})
    if not old:
        return None
    if len(old) >= 20:
        return None
    new = [letter for letter in _LETTERS if letter not in {*old, 'T'}]  # x^T is a transpose
    table = dict(zip(old, random_.sample(new, len(old)), strict=True))
    for n in places:
        tokens[n] = table[tokens[n]]
    return text_of(tokens)


def respelt(latex: str, random_: random.Random) -> str | None:
    tokens = tokens_of(latex)
    table = dict(random_.sample(_SPELLINGS, len(_SPELLINGS)))
    if any(t in {r'\left', r'\right'} or t.startswith((r'\big', r'\Big')) for t in tokens) or latex.count(
        '('
    ) != latex.count(')'):
        table = {old: new for old, new in table.items() if old not in '()[]'}
    out = []
    for n, token in enumerate(tokens):
        in_option = token in '[]' and any(t in tokens for t in (r'\sqrt', r'\\', r'\xrightarrow'))
        out.append(
            token if in_option or (n and tokens[n - 1] in {r'\left', r'\right'}) else table.get(token, token)
        )
        if token in {'+', '=', ','} and random_.random() < 0.5:
            out.append(r'\,')
    return text_of(out) + random_.choice(['', '.', ',', r'\label{eq:x}', r'\,'])


def reweighed(latex: str, random_: random.Random) -> str | None:
    """One letter bold throughout; transposes written the other way."""
    tokens = tokens_of(latex.replace(r'^\top', '^T'))
    places = variables_of(tokens)
    names = sorted({tokens[n] for n in places})
    if not names or re.search(r'\\(?:math|text|operator|bold|bf|bm)', latex):
        return None
    chosen = random_.choice(names)
    for n in places:
        if tokens[n] == chosen:
            tokens[n] = rf'{{\boldsymbol{{{chosen}}}}}'
    return text_of(tokens)


def aligned(latex: str, random_: random.Random) -> str | None:
    parts = split_sides(latex)
    if parts is None or '\\\\' in latex or r'\begin' in latex:
        return None
    first, *rest = parts
    lines = ' \\\\\n'.join(f'&{relation} {side}' for relation, side in rest)
    label = random_.choice(['', r'\label{eq:a}', r'\tag{1}'])
    return rf'\begin{{equation}}{label}\begin{{aligned}}{first[1]} {lines}\end{{aligned}}\end{{equation}}'


def split_sides(latex: str) -> list[tuple[str, str]] | None:
    """Sides with the ``=`` before each, where ``=`` is the only relation of the outermost level.

    A comma between two of them ends an equation; then these are not the sides of one.
    """
    depth = 0
    listed = False
    parts: list[tuple[str, list[str]]] = [('', [])]
    for token in tokens_of(latex):
        depth += (token in {*'{([', r'\{'}) - (token in {*'})]', r'\}'})
        if token == '=' and depth == 0:
            if listed and len(parts) > 1:
                return None
            listed = False
            parts.append(('=', []))
        else:
            listed = listed or (depth == 0 and token in {',', ';'})
            parts[-1][1].append(token)
    if len(parts) < 2 or depth or _OTHER_RELATIONS.search(latex):
        return None
    return [(relation, text_of(tokens).strip()) for relation, tokens in parts]


def one_side(latex: str, random_: random.Random) -> str | None:
    del random_
    parts = split_sides(latex)
    if parts is None:
        return None
    side = max((side for _, side in parts), key=len)
    return side if size_of(side) >= 5 else None


def edited(latex: str, random_: random.Random) -> str | None:
    """One change, no renaming: an operator, a digit, one occurrence of a letter, a factor more, a hat."""
    tokens = tokens_of(latex)
    places = variables_of(tokens)
    changes: list[Callable[[], None]] = []

    def put(n: int, token: str) -> Callable[[], None]:
        return lambda: tokens.__setitem__(n, token)

    layout = layout_of(tokens)
    changes.extend(put(n, _FLIPS[t]) for n, t in enumerate(tokens) if t in _FLIPS and n not in layout)
    changes.extend(
        put(n, str((int(t) + 1) % 10)) for n, t in enumerate(tokens) if t in '0123456789' and n not in layout
    )
    counts = Counter(tokens[n] for n in places)
    for n in places:
        letters = [letter for letter in _LETTERS if letter != tokens[n]]
        new = random_.choice(letters)
        # Another letter for one that stands there once is a mere renaming, unless the formula has it too.
        known = [letter for letter in letters if letter in counts]
        other = new if counts[tokens[n]] > 1 else random_.choice(known) if known else ''
        changes.append(
            random_.choice(
                [
                    *([put(n, other)] if other else []),
                    put(n, f'{{{tokens[n]}{new} }}'),
                    put(n, rf'\hat{{{tokens[n]}}}'),
                ]
            )
        )
    if not changes:
        return None
    random_.choice(changes)()
    return text_of(tokens)


def negative(latex: str, random_: random.Random) -> str | None:
    copy = edited(latex, random_)
    return renamed(copy, random_) if copy and random_.random() < 0.5 else copy


def both(first: Callable[..., str | None]) -> Callable[[str, random.Random], str | None]:
    def transform(latex: str, random_: random.Random) -> str | None:
        changed = first(latex, random_)
        return None if changed is None else renamed(changed, random_)

    return transform


TRANSFORMS: dict[str, Callable[[str, random.Random], str | None]] = {
    'surface': respelt,
    'font': reweighed,
    'rename': renamed,
    'align': aligned,
    'side': one_side,
    'side+rename': both(one_side),
    'edited': edited,
    'edited+rename': both(edited),
}


def size_of(latex: str) -> int:
    return sum(unit.size for unit in analyse(latex).equations)


def measure_reading(found: Sequence[tuple[str, bool]]) -> None:
    distinct = list(dict.fromkeys(latex for latex, _ in found))
    print(f'formulas {len(found)}, displayed {sum(d for _, d in found)}, distinct {len(distinct)}')
    problems: Counter[str] = Counter()
    bad = 0
    for name, sources in (('all', [latex for latex, _ in found]), ('distinct', distinct)):
        start = time.process_time()
        for latex in sources:
            keys_of(analyse(latex))
        print(f'  {name}: {len(sources) / (time.process_time() - start):,.0f} formulas/s with all keys')
    tracemalloc.start()
    kept = [keys_of(analyse(latex)) for latex, _ in found]
    held, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    print(
        f'  memory: the keys of all are {held / 1e6:.1f} MB, {held / len(kept):,.0f} bytes a formula;'
        f' {(peak - held) / 1e6:.1f} MB more at most while they are read'
    )
    firsts: defaultdict[tuple[str, ...], set[str]] = defaultdict(set)
    for latex in distinct:
        analysis = analyse(latex)
        problems.update({problem.code for problem in analysis.problems})
        bad += bool(analysis.problems)
        firsts[tuple(unit.canonical[0] for unit in analysis.equations)].add(re.sub(r'\s+', '', latex))
    print(
        f'  read without a problem: {1 - bad / len(distinct):.1%} of the distinct; problems:'
        f' {dict(sorted(problems.items()))}'
    )
    merged = sum(len(group) > 1 for group in firsts.values())
    print(f'  {len(firsts)} forms N1, {merged} of them with several spellings')


class Case(NamedTuple):
    """One question and what answers it."""

    query: str
    right: set[int]
    """The target and what equals it up to renaming."""
    holders: set[int]
    """What holds the query as an equation or a side."""


def cases_of(
    documents: Sequence[str], targets: Sequence[str], queries: int, random_: random.Random
) -> dict[str, list[Case]]:
    equal: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
    holders: defaultdict[str, set[int]] = defaultdict(set)
    for number, document in enumerate(documents):
        analysis = analyse(document)
        equal[tuple(unit.canonical[2] for unit in analysis.equations)].add(number)
        for unit in (*analysis.equations, *analysis.sides):
            for text in unit.canonical[1:]:
                holders[text].add(number)
    asked: dict[str, list[Case]] = {}
    for name, transform in TRANSFORMS.items():
        cases = asked[name] = []
        for target in targets:
            query = transform(target, random_)
            if not query or query == target or (name.startswith('edited') and forms_of(query, 3) in equal):
                continue
            right = equal[forms_of(target, 3)]
            units = analyse(query).equations
            text = units[0].canonical[2 if name.endswith('rename') else 1] if len(units) == 1 else ''
            cases.append(Case(query, right, holders.get(text) or right))
            if len(cases) == queries:
                break
    return asked


def measure_retrieval(
    found: Sequence[tuple[str, bool]], queries: int, seed: int, most: int, prototype: Path | None
) -> None:
    random_ = random.Random(seed)
    documents = list(dict.fromkeys(latex for latex, _ in found))
    if len(documents) > most:
        documents = random_.sample(documents, most)
    targets = random_.sample(
        [d for d in documents if 6 <= size_of(d) <= 60 and not analyse(d).problems],
        min(4 * queries, len(documents) // 4),
    )
    for target in targets:
        documents.extend(n for _ in range(3) if (n := negative(target, random_)))
    documents = list(dict.fromkeys(documents))
    # Peers that break ties by number would else find the targets before their copies.
    random.Random(seed).shuffle(documents)
    asked = cases_of(documents, targets, queries, random_)
    print(f'index of {len(documents)} formulas')
    methods: dict[str, Peer] = {
        'raw string': Raw(documents),
        'character 3-grams': Weighted(documents, character_grams),
        'symbol pairs': Weighted(documents, symbol_pairs),
    }
    if importlib.util.find_spec('pya0'):
        methods['Approach Zero'] = ApproachZero(documents)
    else:
        print('Approach Zero: pya0 is not installed')
    if prototype:
        methods['prototype'] = Prototype(documents, prototype)
    methods['FormulaSearch'] = Own(documents)
    columns = [*asked, *(f'{name}*' for name in asked if name.startswith('side'))]
    print(f'{"":18}' + ''.join(f'{name:>14}' for name in columns))
    for method, peer in methods.items():
        cells: dict[str, str] = {}
        clock = time.perf_counter if isinstance(peer, ApproachZero) else time.process_time
        start = clock()
        for name, cases in asked.items():
            lists = [peer.search(case.query) for case in cases]
            cells[name] = cell([rank_of(c.right, numbers) for c, numbers in zip(cases, lists, strict=True)])
            cells[f'{name}*'] = cell(
                [rank_of(c.holders, numbers) for c, numbers in zip(cases, lists, strict=True)]
            )
        spent = 1000 * (clock() - start) / max(1, sum(map(len, asked.values())))
        print(f'{method:18}' + ''.join(f'{cells[name]:>14}' for name in columns) + f'  {spent:.1f} ms')
        if isinstance(peer, ApproachZero) and peer.hung:
            print(f'{"":18}  {peer.hung} queries never ended')
    print(f'{"queries":18}' + ''.join(f'{len(asked[name.rstrip("*")]):>14}' for name in columns))


def measure_negatives(found: Sequence[tuple[str, bool]], count: int, seed: int, shown: int = 10) -> None:
    """How many formulas with one change keep their keys; some of each level are shown."""
    random_ = random.Random(seed)
    documents = [d for d in dict.fromkeys(latex for latex, _ in found) if not analyse(d).problems]
    fitting = [d for d in documents if 6 <= size_of(d) <= 60]
    targets = random_.sample(fitting, min(count, len(fitting)))
    pairs = [(d, copy) for d in targets for _ in range(3) if (copy := edited(d, random_))]
    equal = [[pair for pair in pairs if forms_of(pair[0], n) == forms_of(pair[1], n)] for n in (1, 2, 3)]
    kept = ', '.join(f'{len(same)} on N{n}' for n, same in enumerate(equal, 1))
    print(f'hard negatives: of {len(pairs)} formulas with one change keep their form {kept}')
    told: set[tuple[str, str]] = set()
    for n, same in enumerate(equal, 1):
        new = [pair for pair in same if pair not in told]
        told.update(new)
        for target, copy in new[:shown]:
            print(f'    N{n}: {shortened(copy)!r} for {shortened(target)!r}')


def rank_of(right: set[int], numbers: Sequence[int]) -> int:
    """Where the first right one stands, from 1; 0 for nowhere."""
    return next((rank for rank, number in enumerate(numbers, 1) if number in right), 0)


def cell(ranks: Sequence[int]) -> str:
    total = max(1, len(ranks))
    return f'{sum(1 / r for r in ranks if r) / total:.3f}/{sum(r == 1 for r in ranks) / total:.3f}'


def parts_of(tokens: Sequence[str]) -> list[tuple[int, int]]:
    """First and past-the-last token of what a reader may not remember: letters, numbers, groups, brackets."""
    parts = [(n, n + 1) for n in variables_of(tokens)]
    opened: list[int] = []
    for n, token in enumerate(tokens):
        if token in {'(', '{'}:
            opened.append(n)
        elif token in {')', '}'} and opened:
            start = opened.pop()
            before = ''.join(tokens[:start]).rstrip()
            inner = tokens[start + 1 : n]
            is_argument = before.endswith((r'\frac', r'\sqrt', r'\hat', '^', '_', r'\boldsymbol', '}'))
            matched = tokens[start] + token == '()' or (tokens[start] + token == '{}' and is_argument)
            if matched and ''.join(inner).strip() and not set(inner) & {'&', r'\\', '(', ')'}:
                parts.append((start + 1, n))
        elif token in '0123456789' and not (
            n and (tokens[n - 1] in [*'0123456789.'] or tokens[n - 1][0] == '\\')
        ):
            end = n + 1
            while end < len(tokens) and tokens[end] in [*'0123456789.']:
                end += 1
            parts.append((n, end))
    return parts


def with_wildcards(latex: str, random_: random.Random) -> str | None:
    tokens = tokens_of(latex)
    parts = parts_of(tokens)
    random_.shuffle(parts)
    count = random_.randint(1, 3)
    marks: dict[int, tuple[int, str]] = {}
    names = iter('abc')
    for start, end in parts:
        taken = [(n, past) for n, (past, _) in marks.items()]
        if any(start < past and n < end for n, past in taken):
            continue
        name = next(names)
        marks[start] = (end, name)
        if end == start + 1 and tokens[start] in _LETTERS and random_.random() < 0.5:
            for n in variables_of(tokens):
                if tokens[n] == tokens[start] and not any(first <= n < past for first, past in taken):
                    marks[n] = (n + 1, name)
        count -= 1
        if not count:
            break
    if not marks:
        return None
    out: list[str] = []
    n = 0
    while n < len(tokens):
        end, name = marks.get(n, (n + 1, ''))
        out.append(f'?{name} ' if name else tokens[n])
        n = end
    return text_of(out)


def measure_wildcards(found: Sequence[tuple[str, bool]], queries: int, seed: int) -> None:
    random_ = random.Random(seed)
    documents = list(dict.fromkeys(latex for latex, _ in found))
    index = index_of(documents)
    asked = 0
    lost: Counter[str] = Counter()
    examples: list[str] = []
    times: list[float] = []
    for target in random_.sample(documents, len(documents)):
        if asked == queries:
            break
        query = with_wildcards(target, random_) if size_of(target) >= 3 else None
        if query is None:
            continue
        asked += 1
        start = time.process_time()
        groups = index.search(query, 20)
        times.append(time.process_time() - start)
        hits = {hit.latex for group in groups for hit in group.hits}
        if target in hits or any(forms_of(target, 2) == forms_of(hit, 2) for hit in hits):
            continue
        match = matches(read_pattern(query), forms_of(target, 2))
        reason = 'no match' if match is None else f'{match.kind}, but behind 20 others'
        if not any(constant_runs(read_pattern(query))):
            reason = 'too general'
        lost[reason] += 1
        if match is None:
            examples.append(f'    {query!r} for {target!r}')
    times.sort()
    print(
        f'wildcards: {asked} queries to {len(documents)} formulas; {1 - sum(lost.values()) / asked:.1%} found'
        f' among the first 20; {1000 * sum(times) / asked:.1f} ms (median {1000 * times[asked // 2]:.1f},'
        f' longest {1000 * times[-1]:.0f}); lost: {dict(sorted(lost.items()))}'
    )
    print(*examples[:20], sep='\n')


SUFFIXES = {'.md', '.rst', '.tex'}


def read_corpus(folder: Path) -> dict[str, list[Formula]]:
    """The formulas of all documents in *folder*, the macros of one formula carried to the next."""
    documents: dict[str, list[Formula]] = {}
    for file in sorted(folder.rglob('*')):
        if file.suffix not in SUFFIXES or not file.is_file():
            continue
        name = f'{folder.name}/{file.relative_to(folder).with_suffix("")}'
        macros = NO_MACROS
        documents[name] = []
        for latex, display in formulas_of(file.read_text('utf-8', errors='replace')):
            analysis = analyse(latex, macros)
            expanded = without_macros(latex, macros)
            macros = analysis.macros
            documents[name].append(
                Formula(DocName(name), '', latex, display, keys=keys_of(analysis), expanded=expanded)
            )
    return documents


def measure_edges(corpora: Path, shown: int, seed: int) -> None:
    everything: dict[str, list[Formula]] = {}
    for folder in sorted(path for path in corpora.iterdir() if path.is_dir()):
        documents = read_corpus(folder)
        show_edges(folder.name, documents, shown, seed)
        everything |= documents
    show_edges('all together', everything, shown, seed)


def show_edges(name: str, documents: Mapping[str, Sequence[Formula]], shown: int, seed: int) -> None:
    formulas = [formula for found in documents.values() for formula in found]
    start = time.process_time()
    pairs = shared_formulas(formulas, len(documents))
    spent = time.process_time() - start
    degrees = Counter(docname for pair in pairs for docname in (pair.source, pair.target))
    print(
        f'{name}: {len(documents)} documents, {len(formulas)} formulas, {len(pairs)} edges, at most'
        f' {max(degrees.values(), default=0)} at one document; {spent:.2f} s'
    )
    chosen = random.Random(seed).sample(pairs, min(shown, len(pairs)))
    for pair in sorted(chosen, key=lambda pair: -pair.score):
        best = pair.evidence[0]
        print(f'  {pair.score:.1f} {pair.source} | {pair.target}')
        print(f'      N{best.level}, size {best.size}, in {best.df}: {shortened(best.first.latex)}')
        if best.first.latex != best.second.latex:
            print(f'      {shortened(best.second.latex)}')


def shortened(latex: str, most: int = 160) -> str:
    line = ' '.join(latex.split())
    return line if len(line) <= most else f'{line[:most]}…'


def main() -> None:
    parser = argparse.ArgumentParser(description='Quality and speed of the formulas.')
    parser.add_argument('--corpora', type=Path, default=Path(os.environ.get('BLOG_CORPORA', DEFAULT)))
    parser.add_argument('--queries', type=int, default=150)
    parser.add_argument('--seed', type=int, default=1)
    parser.add_argument('--formulas', type=int, default=10**9, help='of the corpora, for a smaller index')
    parser.add_argument('--prototype', type=Path, metavar='FILE', help='the parser of the prototype')
    parser.add_argument(
        '--edges', type=int, nargs='?', const=20, metavar='N', help='show N pairs of documents of each corpus'
    )
    options = parser.parse_args()
    if not options.corpora.is_dir():
        print(f'skipped: no corpora at {options.corpora}')
        return
    if options.edges is not None:
        measure_edges(options.corpora, options.edges, options.seed)
        return
    found: list[tuple[str, bool]] = []
    for file in sorted(options.corpora.rglob('*')):
        if file.suffix in SUFFIXES and file.is_file():
            found.extend(formulas_of(file.read_text('utf-8', errors='replace')))
    measure_reading(found)
    measure_negatives(found, 4000, options.seed)
    measure_retrieval(found, options.queries, options.seed, options.formulas, options.prototype)
    measure_wildcards(found, 1000, options.seed)


if __name__ == '__main__':
    main()
