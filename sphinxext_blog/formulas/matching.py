r"""Whether a formula has the form of a pattern with wildcards.

Pattern and formula are lists of canonical words (form N2), which open and
close every inner node. So one walk along both lists decides; only a wildcard
has a choice, of how many nodes of its row it takes. The specification is
``docs/formulas-specification.rst``.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, Literal, NamedTuple

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.bars import JOINING, SIGNS, bar_sides
from sphinxext_blog.formulas.patterns import END, LIMITED, WILD, Pattern

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

__all__ = ['MAX_QUERY_STEPS', 'MAX_STEPS', 'Match', 'MatchKind', 'Span', 'Steps', 'best_matches', 'matches']

MAX_STEPS: Final = 20_000
"""Words that may be read and compared to decide about one formula."""
MAX_QUERY_STEPS: Final = 300_000
"""The same for all formulas of one query."""

MatchKind = Literal['whole', 'side', 'part']
_KINDS: Final[tuple[MatchKind, ...]] = ('whole', 'side', 'part')

_TRIMMED: Final = frozenset(['p,', 'p.', 'p;', 'p:'])

Span = tuple[int, int]
"""First and past-the-last word of what a wildcard stands for among the words of all
equations, each closed by ``;``; (0, 0): nothing yet."""
_State = tuple[object, ...]


class Match(NamedTuple):
    """How a formula has the form of a pattern."""

    kind: MatchKind
    """Each equation of the pattern is a whole equation; a whole one or a side; any part."""
    binding: tuple[tuple[str, str], ...]
    """What each wildcard stands for, as text N2, in the order of :attr:`Pattern.names`."""
    spans: tuple[Span, ...]
    """The places of these texts."""


class Steps:
    """A budget of steps, used up by the searches that share it."""

    __slots__ = ('left',)

    def __init__(self, left: int = MAX_STEPS) -> None:
        self.left = left


def matches(pattern: Pattern, texts: Sequence[str], steps: Steps | None = None) -> Match | None:
    """Whether a formula has the form of a pattern.

    The equations of a pattern are looked for in as many equations of the
    formula, in the same order, in O(p·w·r) steps for p words of the
    pattern, w of the formula and r nodes in a row; a name that stands in
    several places multiplies it by the number of parts it may be. When the
    steps are used up the answer is no.

    :param texts: canonical texts N2 of the formula's equations, in order.
    :param steps: the budget; by default :data:`MAX_STEPS`.
    :return: the best kind of match, ``None`` if there is none. Nothing is raised.
    """
    steps = steps or Steps()
    formula = _Formula(texts, exact=not pattern.names)
    steps.left -= len(formula.words)
    if not pattern.words or len(pattern.words) > len(formula.words):  # a wildcard takes a word at least
        return None
    seen: set[_State] = set()
    for kind in _KINDS:
        spans = _search(pattern, formula, formula.regions(kind), seen, steps)
        if spans is not None:
            found = [' '.join(formula.words[start:end]) for start, end in spans]
            return Match(kind, tuple(zip(pattern.names, found, strict=True)), spans)
        if pattern.words.index(END) + 1 < len(pattern.words):
            seen = set()  # where the next equation may stand depends on the kind
    return None


def best_matches(
    pattern: Pattern, formulas: Iterable[tuple[int, Sequence[str]]], limit: int
) -> list[tuple[int, Match]]:
    """The formulas that have the form of a pattern: whole equations, then sides, then parts.

    At most :data:`MAX_STEPS` steps are spent on a formula, and :data:`MAX_QUERY_STEPS` on all.

    :param formulas: their numbers and canonical texts N2, the most welcome first;
        of equal kinds this order is kept. Once as many as asked for are whole
        no more are read.
    :param limit: how many are wanted.
    :return: numbers and matches. Nothing is raised.
    """
    found: dict[MatchKind, list[tuple[int, Match]]] = {kind: [] for kind in _KINDS}
    left = MAX_QUERY_STEPS
    for number, texts in formulas:
        if left <= 0 or len(found['whole']) >= limit:
            break
        given = min(left, MAX_STEPS)
        steps = Steps(given)
        match = matches(pattern, texts, steps)
        left -= given - steps.left
        if match is not None:
            found[match.kind].append((number, match))
    return [item for kind in _KINDS for item in found[kind]][:limit]


class _Region(NamedTuple):
    """Where an equation of a pattern may begin, and where it has to end."""

    number: int
    """Of the formula's equation."""
    start: int
    goal: int
    """Past the last word; 0: anywhere in the row."""


class _Formula:
    """The words of a formula, with what a search asks about each."""

    def __init__(self, texts: Sequence[str], *, exact: bool) -> None:
        self.words: list[str] = []
        self.ends: list[int] = []
        """Past the last word of the node that begins here; 0: none does."""
        self.alone: list[bool] = []
        """What stands here has no neighbours: an argument, a script, a cell."""
        self.relations: list[bool] = []
        """A relation of an equation's own row begins here."""
        self.equations: list[_Region] = []
        self.sides: list[list[_Region]] = []
        for text in texts:
            opened: list[int] = []
            alone = False
            start = len(self.words)
            for word in (*text.split(' '), END):
                at = len(self.words)
                # Which d is a differential depends on what the wildcards stand for.
                self.words.append('vd' if word == 'cd' and not exact else word)
                self.ends.append(at + 1 if 'a' <= word[:1] <= 'z' else 0)
                self.alone.append(alone)
                self.relations.append(False)
                if 'A' <= word[:1] <= 'Z':
                    opened.append(at)
                    alone = self._parts(opened)
                elif word == ')' and opened:
                    self.ends[opened.pop()] = at + 1
                    alone = self._parts(opened)
            self._cut(start)
        self.bars = bar_sides(self.words, END)

    def _parts(self, opened: list[int]) -> bool:
        """Whether the innermost node keeps its kids apart."""
        if not opened or self.words[opened[-1]] != 'R(':
            return bool(opened)
        table = self.words[opened[-2]] if len(opened) > 1 else ''
        return table[:1] == 'M' and table[2:-1] not in tables.ALIGNMENTS

    def _cut(self, start: int) -> None:
        """Find the relations and the sides of an equation, see :func:`~.normal.sides_of`."""
        number = len(self.equations)
        end = len(self.words) - 1
        sides: list[_Region] = []
        first = at = start
        while at <= end:
            base = at
            while self.words[base] == 'S(':  # a relation with a script on it is a relation
                base += 1
            self.relations[at] = self.words[base][:1] == 'r'
            following = self.ends[at] or at + 1
            if self.relations[at] or at == end:
                last = at
                while first < last and self.words[last - 1] in _TRIMMED:
                    last -= 1
                while first < last and self.words[first] in _TRIMMED:
                    first += 1
                if first < last:
                    sides.append(_Region(number, first, last))
                first = following
            at = following
        self.equations.append(_Region(number, start, end))
        self.sides.append(sides if any(self.relations[start:end]) else [])

    def regions(self, kind: MatchKind) -> list[_Region]:
        """Where a match of this kind may stand, or a better one."""
        out: list[_Region] = []
        for equation in self.equations:
            out.append(equation)
            if kind == 'side':
                out.extend(self.sides[equation.number])
            elif kind == 'part':
                out.extend(
                    _Region(equation.number, at, self.ends[at] if self.alone[at] else 0)
                    for at in range(equation.start, equation.goal)
                    if self.ends[at]
                )
        return out

    def choices(self, at: int, bound: Span, sole: bool, steps: Steps) -> list[tuple[int, Span]]:
        """What a wildcard can stand for that begins at a word, the shortest first.

        :param bound: what it stands for already; else (0, 0).
        :param sole: it takes one node, and brackets behind it.
        :return: past the last word, and the words without the mark of a row around them.
        """
        words, ends = self.words, self.ends
        alone = self.alone[at]
        if not ends[at] or not (alone or _may_begin(words, at)):
            return []
        first = at + 1 if alone and words[at] == 'R(' else at
        if bound[1]:
            length = bound[1] - bound[0]
            n = 0
            while n < length and words[bound[0] + n] == words[first + n] and not self.relations[first + n]:
                n += 1
            steps.left -= n
            past = first + n if first == at else first + n + 1
            return [(past, bound)] if n == length and (not alone or past == ends[at]) else []
        if alone:
            return [(ends[at], (first, ends[at] - (first - at)))]
        out: list[tuple[int, Span]] = []
        past = at
        inside = 0
        while ends[past] and not self.relations[past]:
            inside += self.bars[past]
            past = ends[past]
            steps.left -= 1
            if inside < 0:
                break  # the bar's partner stands before
            if not inside and _may_end(words[past - 1]):
                out.append((past, (at, past)))
            if sole and words[past][:2] != 'P:':
                break
        return out


def _may_begin(words: list[str], at: int) -> bool:
    """Whether a term can begin at a word of a row: not with an operator, unless it is a sign."""
    word = words[at]
    if word not in SIGNS:
        return _may_end(word)
    before = words[at - 1] if at else END
    return before == END or before[-1:] == '(' or not _may_end(before)


def _may_end(word: str) -> bool:
    """Whether a term can end with a word: not with an operator, a relation or punctuation."""
    return word not in JOINING and word[:1] != 'r' and word[:1] != 'p'


def _search(
    pattern: Pattern, formula: _Formula, regions: list[_Region], seen: set[_State], steps: Steps
) -> tuple[Span, ...] | None:
    """Where the wildcards of a pattern stand in a formula.

    Depth first. What is left to do depends on the place in the pattern, the
    place in the formula, the goal and those names that are still to come again;
    no such state is visited twice.

    :param seen: the states met, which led to nothing.
    """
    program, words = pattern.words, formula.words
    bare: set[int] = set()  # operators without limits
    if pattern.names:
        bare = {n for n, word in enumerate(program) if word in LIMITED and program[n - 1] != 'S('}
    numbers = {name: number for number, name in enumerate(pattern.names)}
    again: dict[int, int] = {}  # of each name that comes again: its last place
    met: set[int] = set()
    for at, word in enumerate(program):
        if word[:1] in WILD:
            number = numbers[word[1:]]
            if number in met:
                again[number] = at
            met.add(number)

    def past_constant(at: int, place: int) -> int:
        """Past what stands for a word of the pattern that is no wildcard; 0: something else is there."""
        if program[at] == words[place]:
            return place + 1
        limited = at in bare and words[place] == 'S(' and words[place + 1] == program[at]
        return formula.ends[place] if limited else 0

    stack: list[tuple[int, int, int, tuple[Span, ...]]] = []
    untried = 0
    while steps.left > 0:
        if not stack:
            if untried == len(regions):
                return None
            stack.append((0, regions[untried].start, untried, ((0, 0),) * len(pattern.names)))
            untried += 1
        at, place, region, spans = stack.pop()
        equation, _, goal = regions[region]
        steps.left -= 1
        state = (at, place, equation, goal, *[spans[n] for n, last in again.items() if last >= at])
        if state in seen:
            continue
        seen.add(state)
        while program[at] != END and (past := past_constant(at, place)):
            at += 1
            place = past
            steps.left -= 1
        word = program[at]
        if word[:1] in WILD:
            number = numbers[word[1:]]
            choices = formula.choices(place, spans[number], word[0] == '!', steps)
            fixed = program[at + 1] != END and program[at + 1][:1] not in WILD
            for past, span in reversed(choices):
                if not fixed or past_constant(at + 1, past):
                    stack.append((at + 1, past, region, (*spans[:number], span, *spans[number + 1 :])))
        elif word == END and (not goal or place == goal):
            if at + 1 == len(program):
                return spans
            for n in range(len(regions) - 1, -1, -1):
                steps.left -= 1
                if regions[n].number <= equation:
                    break
                stack.append((at + 1, regions[n].start, n, spans))
    return None
