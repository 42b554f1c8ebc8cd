r"""What a formula is about, as far as its signs tell: its head, and its most distinctive symbol.

The *head* is the construct that governs it: a sum, an integral, an
expectation … It is looked for beside the relation first, then anywhere. The
*mark* is what tells it from most other formulas: the rarest function, constant
or letter that at least one other formula of the same head has as well.
"""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from typing import TYPE_CHECKING, Final, Literal, get_args

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.symbols import opens

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from sphinxext_blog.formulas.catalogue import Entry

__all__ = ['Head', 'HeadGroup', 'group_by_head', 'head_of']

Head = Literal[
    'integral',
    'sum',
    'product',
    'limit',
    'optimum',
    'expectation',
    'derivative',
    'matrix',
    'cases',
    'invariant',
    'norm',
    'logarithm',
    'exponential',
    'trigonometric',
    'root',
    'binomial',
    'congruence',
    'set',
    'inequality',
    'equation',
    'expression',
]
"""Heads in the order in which they are looked for: what binds more comes first."""

_HEADS: Final[tuple[Head, ...]] = get_args(Head)
_WORDS: Final[dict[Head, str]] = {
    'integral': ' '.join(sorted(tables.INTEGRALS)),
    'sum': 'fsum',
    'product': 'fprod fcoprod',
    'limit': 'flim fliminf flimsup',
    'optimum': 'fmin fmax fargmin fargmax finf fsup',
    'expectation': 'cbb:E cbb:P cbb:D cbb:V fE fVar fCov fPr fKL',
    'derivative': 'cpartial cnabla cd',
    'matrix': 'M:matrix(',
    'cases': 'M:cases(',
    'invariant': 'fdet ftr fTr frank fdim fker fdiag fspan',
    'norm': 'oVert',
    'logarithm': 'flog fln flg',
    'exponential': 'fexp ce fsoftmax fsigmoid',
    'trigonometric': 'fsin fcos ftan fcot fsinh fcosh ftanh farcsin farccos farctan',
    'root': 'Q:(',
    'binomial': 'X:binom(',
    'congruence': 'fmod fgcd flcm',
    'set': 'rin rsubset rsubseteq ocup ocap osetminus',
    'inequality': 'rle rge r< r> rll rgg rlesssim rgtrsim',
    'equation': 'r= r:= requiv rapprox rsim rpropto',
}
_HEAD_OF_WORD: Final[dict[str, Head]] = {
    word: head for head, words in _WORDS.items() for word in words.split()
}
_LATE: Final = frozenset(['set', 'inequality', 'equation'])
"""Heads that are relations: only what has no other is called after them."""
_MARKS: Final = frozenset('fcvb')
_COMMON: Final = 0.5
"""A mark that more than this share of the formulas of a head has tells nothing."""


def head_of(equations: Sequence[str]) -> Head:
    """The head of a formula.

    :param equations: the canonical texts N1 of its equations.

    >>> head_of(['vy r= S( fsum , vi , - ) S( vx , vi , - )'])
    'sum'
    """
    words = max(equations, key=len, default='').split(' ')
    outer: set[Head] = set()
    inner: set[Head] = set()
    open_nodes: list[bool] = []
    for word in words:
        if head := _HEAD_OF_WORD.get(word):
            # A sum with limits stands one level down.
            (outer if sum(open_nodes) <= 1 else inner).add(head)
        if opens(word):
            open_nodes.append(word != 'R(')
        elif word == ')' and open_nodes:
            open_nodes.pop()
    for found in (outer - _LATE, inner - _LATE, outer):
        for head in _HEADS:
            if head in found:
                return head
    return 'expression'


class HeadGroup:
    """The formulas of one head, by their marks."""

    __slots__ = ('groups', 'head')

    def __init__(self, head: Head, groups: Mapping[str, Sequence[Entry]]) -> None:
        self.head = head
        self.groups = groups
        """Mark (a word of the canonical text; empty for what has none) -> entries, most posts first."""


def group_by_head(entries: Iterable[Entry]) -> list[HeadGroup]:
    """Order formulas by what they are about.

    :return: heads in their own order; in each the marks that most formulas
        have first, what has none last.
    """
    by_head: defaultdict[Head, list[Entry]] = defaultdict(list)
    for entry in entries:
        by_head[head_of(entry.equations)].append(entry)
    return [HeadGroup(head, _by_mark(by_head[head])) for head in _HEADS if head in by_head]


def _by_mark(entries: list[Entry]) -> dict[str, list[Entry]]:
    words = {entry.id: _telling(entry) for entry in entries}
    df = Counter(word for found in words.values() for word in found)
    most = max(2.0, _COMMON * len(entries))
    groups: defaultdict[str, list[Entry]] = defaultdict(list)
    for entry in entries:
        shared = [word for word in words[entry.id] if 2 <= df[word] <= most]
        mark = min(shared, key=lambda word: (-_telling_power(word, df[word], len(entries)), word), default='')
        groups[mark].append(entry)
    alone = [mark for mark, group in groups.items() if len(group) < 2]
    for mark in alone:
        if mark:
            groups[''].extend(groups.pop(mark))
    for group in groups.values():
        group.sort(key=lambda entry: (-len(entry.places), -len(entry.renamed), -entry.size, entry.id))
    ordered = sorted(groups, key=lambda mark: (not mark, -len(groups[mark]), mark))
    return {mark: groups[mark] for mark in ordered}


def _telling(entry: Entry) -> set[str]:
    words = {word for text in entry.equations for word in text.split(' ')}
    return {word for word in words if word[0] in _MARKS and word not in _HEAD_OF_WORD and len(word) > 1}


def _telling_power(word: str, df: int, total: int) -> float:
    """Names say more than letters, rare ones more than frequent ones."""
    kind = {'f': 2.0, 'c': 1.5}.get(word[0], 1.2 if len(word) > 2 else 1.0)
    return kind * math.log(1 + total / df)
