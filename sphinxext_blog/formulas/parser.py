r"""A tolerant parser: any text becomes a tree.

It never raises and never rejects: what it can't read as it was meant it reads
as far as it goes, and says so in :class:`~.model.Problem`. Time is linear in
the number of tokens; nesting deeper than :data:`MAX_DEPTH` is read flat, so
that neither this nor any later walk over the tree can exhaust the stack.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.fonts import one
from sphinxext_blog.formulas.lexer import END
from sphinxext_blog.formulas.model import Branch, Node, Problem
from sphinxext_blog.formulas.remarks import is_remark
from sphinxext_blog.formulas.rows import finish, script

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['MAX_DEPTH', 'Parser', 'is_match']

MAX_DEPTH: Final = 40
_LONGEST_OPTION: Final = 200
"""Tokens between square brackets that may be an argument."""

GROUP: Final = frozenset([END, '}', r'\end'])
INDEX: Final = frozenset([END, ']', '}', r'\end'])
TOP: Final = frozenset([END])
CELL: Final = frozenset([END, '&', r'\\', r'\cr', r'\newline', r'\tabularnewline', r'\end'])
LINE: Final = CELL - {'&'}

_OPENERS: Final = {lexeme: leaf[1:] for lexeme, leaf in tables.LEAVES.items() if leaf[1:] in tables.BRACKETS}
_CLOSERS: Final = {lexeme: leaf[1:] for lexeme, leaf in tables.LEAVES.items() if leaf[1:] in tables.CLOSERS}
_SIMPLE: Final = {
    lexeme: leaf
    for lexeme, leaf in tables.LEAVES.items()
    if lexeme not in _OPENERS and lexeme not in _CLOSERS and lexeme not in {"'", r'\\', r'\prime'}
}
_INTERVALS: Final = frozenset('()[]')
_SCRIPTS: Final = frozenset(['^', '_', "'", r'\prime'])
_BARS: Final = frozenset(['o|', 'oVert'])
_INFIX: Final = {r'\over': 'F', r'\choose': 'binom', r'\atop': 'atop', r'\brace': 'brace', r'\brack': 'brack'}


class Parser:
    """One pass over the tokens of one formula."""

    __slots__ = ('depth', 'ignored', 'position', 'problems', 'run', 'tokens')

    def __init__(self, tokens: list[str], run: Callable[[Parser, str, list[Node]], None]) -> None:
        self.run = run
        """Does what a command says: takes the parser, the command, the list that takes the nodes."""
        self.tokens = [*tokens, END]
        self.position = 0
        self.depth = 0
        self.ignored = 0
        """Braces that were opened too deep and whose partners are still to come."""
        self.problems: dict[Problem, None] = {}

    def report(self, problem: Problem) -> None:
        """Note a problem, once."""
        self.problems[problem] = None

    def all(self) -> list[Node]:
        """The whole formula as a row."""
        return self.row(TOP)

    def row(self, stops: frozenset[str]) -> list[Node]:
        """Read nodes up to a token of ``stops``, which is left standing."""
        self.depth += 1
        tokens = self.tokens
        kids: list[Node] = []
        outer: list[tuple[list[Node], str]] = []
        too_deep = 0
        infix: tuple[str, Node] | None = None
        while True:
            lexeme = tokens[self.position]
            leaf = _SIMPLE.get(lexeme)
            if leaf is not None:
                if lexeme in stops:
                    break
                self.position += 1
                kids.append(leaf)
            elif lexeme in stops:
                if lexeme == '}' and self.ignored:
                    self.ignored -= 1
                    self.position += 1
                    continue
                break
            elif lexeme in _SCRIPTS:
                base = kids.pop() if kids and kids[-1] != 'q' else ''
                noted: list[Node] = []
                while isinstance(base, Branch) and base.kind == 'K':
                    noted.insert(0, base)
                    base = kids.pop()
                kids.append(self.scripts(base))
                if noted:
                    kids.extend(noted)
            elif lexeme in _OPENERS:
                self.position += 1
                if self.depth < MAX_DEPTH:
                    self.depth += 1
                    outer.append((kids, _OPENERS[lexeme]))
                    kids = []
                else:
                    too_deep += 1
                    self.report(Problem('too-deep', ''))
                    kids.append(f'o{_OPENERS[lexeme]}')
            elif lexeme in _CLOSERS:
                self.position += 1
                closer = _CLOSERS[lexeme]
                if too_deep:
                    too_deep -= 1
                    kids.append(f'o{closer}')
                elif outer and is_match(outer[-1][1], closer):
                    self.depth -= 1
                    inner = one(finish(kids))
                    kids, opener = outer.pop()
                    kids.append(Branch('P', f'{opener} {closer}', (inner,)))
                else:
                    kids.append(f'o{closer}')
            elif lexeme == r'\right' and tokens[self.position + 1] == '.':
                self.position += 2
                if outer:
                    self.depth -= 1
                    kids = _unmatched(outer.pop(), kids)
            elif lexeme in _INFIX:
                self.position += 1
                if infix is not None:
                    self.report(Problem('unbalanced', lexeme))
                    continue
                self.depth -= len(outer)
                infix = (_INFIX[lexeme], one(finish(_flatten(outer, kids))))
                outer, kids = [], []
            else:
                self.step(kids)
        self.depth -= len(outer) + 1
        row = finish(_flatten(outer, kids) if outer else kids)
        if infix is None:
            return row
        kind, numerator = infix
        if kind == 'F':
            return [Branch('F', '', (numerator, one(row)))]
        return [Branch('X', kind, (numerator, one(row)))]

    def step(self, kids: list[Node]) -> None:
        """Read one construct that is no simple leaf and append what it is."""
        lexeme = self.tokens[self.position]
        self.position += 1
        first = lexeme[0]
        if first == '\\':
            nodes: list[Node] = []
            self.run(self, lexeme, nodes)
            self.splice(nodes, kids)
        elif first in '0123456789.':
            last = kids[-1] if kids else ''
            if isinstance(last, str) and last[:1] == 'n':
                kids[-1] = last + lexeme
            else:
                kids.append(f'n{lexeme}')
        elif lexeme == '{':
            if self.depth >= MAX_DEPTH:
                self.report(Problem('too-deep', ''))
                self.ignored += 1
                return
            nodes = self.row(GROUP)
            self.close()
            self.splice(nodes, kids)
        elif lexeme == '}':
            self.report(Problem('unbalanced', '}'))
        elif lexeme not in {'&', '~', '$', '#'}:
            kids.append(character(lexeme))

    def splice(self, nodes: list[Node], kids: list[Node]) -> None:
        """Append the nodes of a group; a script that follows belongs to all of them."""
        scripted = len(nodes) > 1 and self.tokens[self.position] in _SCRIPTS
        if scripted and not all(map(is_remark, nodes[1:])) and not _is_absolute(nodes):
            kids.append(one(nodes))
        else:
            kids.extend(nodes)

    def close(self) -> None:
        """Take the brace that ends a group."""
        if self.tokens[self.position] == '}':
            self.position += 1
        else:
            self.report(Problem('unbalanced', '{'))

    def argument(self) -> Node:
        """Read one argument as TeX does: a group, or the next token."""
        tokens = self.tokens
        lexeme = tokens[self.position]
        if lexeme in _SIMPLE:
            self.position += 1
            return _SIMPLE[lexeme]
        if lexeme == '{':
            self.position += 1
            if self.depth >= MAX_DEPTH:
                self.report(Problem('too-deep', ''))
                self.ignored += 1
                return ''
            kids = self.row(GROUP)
            self.close()
            return one(kids)
        if lexeme == END or lexeme in {'}', '&', r'\\', r'\end', r'\right', '^', '_'}:
            return ''
        if lexeme[0] in '0123456789' and len(lexeme) > 1:
            tokens[self.position] = lexeme[1:]
            return f'n{lexeme[0]}'
        if lexeme in _OPENERS or lexeme in _CLOSERS:
            self.position += 1
            return f'o{_OPENERS.get(lexeme) or _CLOSERS[lexeme]}'
        if lexeme in {"'", r'\prime'}:
            self.position += 1
            return "o'"
        if self.depth >= MAX_DEPTH:
            self.report(Problem('too-deep', ''))
            self.position += 1
            return ''
        self.depth += 1
        kids = []
        self.step(kids)
        self.depth -= 1
        return one(finish(kids))

    def scripts(self, base: Node) -> Branch | Node:
        """Read all sub- and superscripts and primes that follow a base."""
        below: list[Node] = []
        above: list[Node] = []
        primes = ''
        while True:
            lexeme = self.tokens[self.position]
            if lexeme == '_':
                self.position += 1
                self.extend(below)
            elif lexeme == '^':
                self.position += 1
                self.extend(above)
            elif lexeme in {"'", r'\prime'}:
                self.position += 1
                primes += "'"
            elif lexeme in {r'\limits', r'\nolimits', r'\displaylimits'}:
                self.position += 1
            else:
                break
        while above and isinstance(above[0], str) and above[0][:2] == "o'":
            primes += str(above.pop(0))[1:]
        if primes:
            above.insert(0, f'o{primes}')
        return script(base, one(finish(below)), one(finish(above)))

    def extend(self, pieces: list[Node]) -> None:
        """Read an argument and add its parts to those read before."""
        node = self.argument()
        first, *others = node.kids if isinstance(node, Branch) and node.kind == 'R' else (node,)
        if isinstance(first, Branch) and first.kind == 'S' and first.kids[:2] == ('', ''):
            pieces.append(first.kids[2])  # primes in a group
        elif first:
            pieces.append(first)
        pieces.extend(others)

    def raw(self) -> list[str]:
        """The tokens of an argument, unread."""
        if self.tokens[self.position] != '{':
            if self.tokens[self.position] == END:
                return []
            self.position += 1
            return [self.tokens[self.position - 1]]
        depth = 0
        first = self.position + 1
        while (lexeme := self.tokens[self.position]) != END:
            self.position += 1
            depth += (lexeme == '{') - (lexeme == '}')
            if depth == 0:
                return self.tokens[first : self.position - 1]
        self.report(Problem('unbalanced', '{'))
        return self.tokens[first : self.position]

    def option(self) -> list[str] | None:
        """The tokens of an argument in square brackets, if there is one."""
        if self.tokens[self.position] != '[':
            return None
        braces = 0
        first = self.position + 1
        for end in range(first, min(first + _LONGEST_OPTION, len(self.tokens) - 1)):
            lexeme = self.tokens[end]
            if lexeme == ']' and braces == 0:
                self.position = end + 1
                return self.tokens[first:end]
            braces += (lexeme == '{') - (lexeme == '}')
            if braces < 0:
                break
        return None  # it opens no argument, but an interval


def character(lexeme: str) -> str:
    """The leaf of a character (or a run of CJK ones) that no table names."""
    if is_cjk(lexeme):
        return f't{lexeme}'
    return f'v{lexeme}' if is_letter(lexeme) else f'o{lexeme}'


def is_cjk(text: str) -> bool:
    """Whether the text begins with a CJK character."""
    return tables.CJK_RUN.match(text) is not None


def is_letter(text: str) -> bool:
    """Whether the text begins with a letter of another alphabet."""
    return tables.LETTER.match(text) is not None


def begins_with_letter(text: str) -> bool:
    """Whether the text begins with a letter of any alphabet that the tables know."""
    return (text[:1].isascii() and text[:1].isalpha()) or is_letter(text) or is_cjk(text)


def _is_absolute(nodes: list[Node]) -> bool:
    r"""Whether a group is ``{|x|}`` or ``{\|x\|}``: a script behind it is one behind its second bar."""
    bar = nodes[0]
    return bar in _BARS and nodes[-1] == bar and len(nodes) > 2 and bar not in nodes[1:-1]


def is_match(opener: str, closer: str) -> bool:
    """Whether two brackets are a pair; the ends of an interval may differ."""
    return tables.BRACKETS[opener] == closer or (opener in _INTERVALS and closer in _INTERVALS)


def _flatten(outer: list[tuple[list[Node], str]], kids: list[Node]) -> list[Node]:
    """Undo the brackets that found no partner."""
    if not outer:
        return kids
    row = list(outer[0][0])
    followers = [*(entry[0] for entry in outer[1:]), kids]
    for (_, opener), inner in zip(outer, followers, strict=True):
        row.extend(_opened(opener, inner))
    return row


def _unmatched(entry: tuple[list[Node], str], kids: list[Node]) -> list[Node]:
    before, opener = entry
    before.extend(_opened(opener, kids))
    return before


def _opened(opener: str, inner: list[Node]) -> list[Node]:
    """A bracket without partner: before a table, a brace makes cases of it."""
    first = inner[0] if inner else ''
    if opener == '{' and isinstance(first, Branch) and first.kind in {'M', 'L'}:
        rows = first.kids if first.kind == 'M' else tuple(Branch('R', '', (line,)) for line in first.kids)
        return [Branch('M', 'cases', rows), *inner[1:]]
    return [f'o{opener}', *inner]
