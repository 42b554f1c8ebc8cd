r"""Where the numbers of a display stand: its rows with their ``\label``, ``\tag`` and ``\notag``.

Pure text work on one formula. The rules are those of amsmath: each row of an
unstarred environment has a number unless ``\notag`` takes it away, ``\tag``
replaces it, a starred environment has none; a ``\label`` names its row. What
stands in no such environment is one row. All of it is linear in the formula.
"""

from __future__ import annotations

import hashlib
import re
from bisect import bisect_left
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator, Sequence

__all__ = [
    'Layout',
    'Reference',
    'Row',
    'formula_digest',
    'read_layout',
    'references_in',
    'replace_references',
    'retag',
    'row_latex',
]

_SINGLE: Final = frozenset(['equation', 'multline'])
_MANY: Final = frozenset(['align', 'gather', 'alignat', 'flalign', 'eqnarray'])
_TOKEN: Final = re.compile(
    r'\\(?P<command>begin|end|label|tag\*?|notag|nonumber|eqref|ref)(?![A-Za-z])'
    r'|(?P<newline>\\\\\*?(?:\[[^\[\]{}\\\n]{0,40}\])?|\\cr(?![A-Za-z]))'
    r'|(?P<fence>\\(?:left|right)(?![A-Za-z]))'
    r'|(?P<space>%[^\n]*\n?|\s+)'
    r'|(?P<brace>[{}])'
    r'|\\[A-Za-z]+|\\.|\\|[^\\%{}\s]+',
    re.DOTALL,
)
_OF_INTEREST: Final = re.compile(r'\\(?:begin|label|tag|notag|nonumber|eqref|ref)(?![A-Za-z])')
_BRACE: Final = re.compile(r'[{}]|\\.|%[^\n]*', re.DOTALL)
_OPENING: Final = re.compile(r'\s*\{')


@dataclass(slots=True)
class Row:
    """One row that can bear a number."""

    environment: str
    """The environment it is a row of; empty outside of any."""
    start: int
    end: int = 0
    """Past its last visible token: where a number can be put."""
    labels: list[str] = field(default_factory=list)
    tag: str | None = None
    starred_tag: bool = False
    r"""``\tag*``: the number is shown without parentheses."""
    notag: bool = False

    @property
    def counted(self) -> bool:
        """Whether it takes the next number: it is to have one, and has no tag of its own."""
        if self.tag is not None:
            return False
        automatic = bool(self.environment) and not self.environment.endswith('*')
        return bool(self.labels) or (automatic and not self.notag)


@dataclass(frozen=True, slots=True)
class Reference:
    r"""An ``\eqref`` or ``\ref`` in a formula."""

    start: int
    end: int
    kind: str
    """``eqref`` or ``ref``."""
    label: str
    top: bool
    """It stands in no group, environment or script: the formula can be divided there."""


@dataclass(frozen=True, slots=True)
class Layout:
    """The rows of one display, and what in it says how they are numbered."""

    rows: tuple[Row, ...]
    directions: tuple[tuple[int, int], ...]
    r"""Spans of ``\label``, ``\tag`` and ``\notag`` with their arguments."""
    references: tuple[Reference, ...]
    environments_only: bool
    """It consists of environments that make a display by themselves."""


def read_layout(latex: str) -> Layout:
    """Read the rows of a display formula; text of any shape is accepted."""
    if '%' not in latex and not _OF_INTEREST.search(latex):
        visible = latex.rstrip()
        if (len(visible) - len(visible.rstrip('\\'))) % 2 and len(visible) == len(latex):
            visible = visible[:-1].rstrip()  # nothing can stand behind a backslash at the end
        end = len(visible)
        return Layout((Row('', 0, end),) if end else (), (), (), environments_only=False)
    reader = _Reader(latex)
    reader.read()
    rows = tuple(row for row in reader.rows if row.end > row.start or row.labels or row.tag is not None)
    only = bool(rows) and all(row.environment for row in rows)
    return Layout(rows, tuple(reader.directions), tuple(reader.references), only)


def references_in(latex: str) -> tuple[Reference, ...]:
    r"""The ``\eqref`` and ``\ref`` of a formula, in order."""
    return read_layout(latex).references if 'ref' in latex else ()


def retag(latex: str, layout: Layout, numbers: Sequence[str], labels: Sequence[str] = ()) -> str:
    r"""*latex* with its directions taken out and ``\tag{n}`` put into its rows.

    :param numbers: one a row of *layout*; empty for a row without a number.
    :param labels: what to put behind the number of each row, such as a ``\label``.
    """
    edits: list[tuple[int, int, str]] = [(start, end, '') for start, end in layout.directions]
    for index, (row, number) in enumerate(zip(layout.rows, numbers, strict=True)):
        star = '*' if row.starred_tag else ''
        tag = rf'\tag{star}{{{number}}}' if number else ''
        tag += labels[index] if labels else ''
        if tag:
            # A lone backslash at the end would take the tag's own away.
            ending = latex[row.start : row.end]
            dangling = (len(ending) - len(ending.rstrip('\\'))) % 2
            edits.append((row.end, row.end, f' {tag}' if dangling else tag))
    return _edited(latex, edits)


def replace_references(latex: str, replacement: Callable[[Reference], str]) -> str:
    r"""*latex* with each ``\eqref`` and ``\ref`` replaced."""
    edits = [(found.start, found.end, replacement(found)) for found in references_in(latex)]
    return _edited(latex, edits)


def row_latex(latex: str, layout: Layout, row: Row) -> str:
    """One row on one line, without directions and alignment: what a reader is shown of it."""
    first = bisect_left(layout.directions, (row.start, 0))
    last = bisect_left(layout.directions, (row.end, 0))
    edits = [(start - row.start, end - row.start, '') for start, end in layout.directions[first:last]]
    inside = _edited(latex[row.start : row.end], edits)
    return ' '.join(inside.replace('&', ' ').split())


def formula_digest(latex: str, layout: Layout) -> str:
    """Eight hexadecimal digits that depend on the formula and on neither labels nor blanks."""
    bare = _edited(latex, [(start, end, ' ') for start, end in layout.directions])
    return hashlib.sha256(' '.join(bare.split()).encode('utf-8', 'surrogatepass')).hexdigest()[:8]


def _edited(text: str, edits: list[tuple[int, int, str]]) -> str:
    parts: list[str] = []
    position = 0
    for start, end, new in sorted(edits):
        if start < position:
            continue  # inside what an earlier edit took out
        parts += (text[position:start], new)
        position = end
    parts.append(text[position:])
    return ''.join(parts)


class _Reader:
    def __init__(self, latex: str) -> None:
        self.latex = latex
        self.rows: list[Row] = [Row('', 0)]
        self.directions: list[tuple[int, int]] = []
        self.references: list[Reference] = []
        self._environments: list[str] = []
        self._open: Counter[str] = Counter()
        self._depth = 0
        """Braces and fences that are open."""
        self._base = 0
        """Depth at which the rows of the environment end."""

    def read(self) -> None:
        # Tokens are read one by one and let go: a list of millions keeps the garbage collector busy.
        self._closing = dict(_pairs(self.latex))
        after = 0
        previous = ''
        for token in _TOKEN.finditer(self.latex):
            if token.start() < after:
                continue
            after = self._take(token, previous) or token.end()
            if token.lastgroup != 'space':
                previous = token[0]

    def _take(self, token: re.Match[str], previous: str) -> int:
        """Read one token; the end of its argument, if it has one."""
        kind = token.lastgroup
        if kind == 'space':
            return 0
        if kind == 'command':
            return self._command(token, previous)
        if kind == 'newline' and self._is_row_end():
            self.rows.append(Row(self._environments[0], token.end(), token.end()))
            return 0
        if token[0] in {'{', r'\left'}:
            self._depth += 1
        elif token[0] in {'}', r'\right'}:
            self._depth -= 1
        if token[0] != '\\':  # nothing can stand behind a backslash at the end
            self._see(token.end())
        return 0

    def _command(self, token: re.Match[str], previous: str) -> int:
        name = token['command']
        if name in {'notag', 'nonumber'}:
            self.rows[-1].notag = True
            self.directions.append(token.span())
            return 0
        argument = self._argument(token.end())
        if argument is None:
            self._see(token.end())
            return 0
        text, end = argument
        row = self.rows[-1]
        if name == 'begin':
            self._begin(text, end)
        elif name == 'end':
            self._end(text, end)
        elif name == 'label':
            row.labels.append(' '.join(text.split()))
            self.directions.append((token.start(), end))
        elif name.startswith('tag'):
            if row.tag is None:
                row.tag, row.starred_tag = ' '.join(text.split()), name.endswith('*')
            self.directions.append((token.start(), end))
        else:
            top = self._depth == 0 and not self._environments and not previous.endswith(('_', '^'))
            label = ' '.join(text.split())
            self.references.append(Reference(token.start(), end, name, label, top))
            self._see(end)
        return end

    def _argument(self, position: int) -> tuple[str, int] | None:
        opening = _OPENING.match(self.latex, position)
        if opening is None or (end := self._closing.get(opening.end() - 1)) is None:
            return None
        return self.latex[opening.end() : end], end + 1

    def _begin(self, name: str, end: int) -> None:
        outermost = not self._environments
        self._environments.append(name)
        self._open[name] += 1
        if outermost and name.removesuffix('*') in _SINGLE | _MANY:
            self._base = self._depth
            self.rows.append(Row(name, end, end))
        else:
            self._see(end)

    def _end(self, name: str, end: int) -> None:
        while self._open[name]:
            closed = self._environments.pop()
            self._open[closed] -= 1
            if closed == name:
                break
        if not self._environments and self.rows[-1].environment:
            self.rows.append(Row('', end, end))
        else:
            self._see(end)

    def _is_row_end(self) -> bool:
        return (
            len(self._environments) == 1
            and self._environments[0].removesuffix('*') in _MANY
            and self._depth == self._base
        )

    def _see(self, end: int) -> None:
        self.rows[-1].end = end


def _pairs(latex: str) -> Iterator[tuple[int, int]]:
    """Places of the braces that belong together."""
    stack: list[int] = []
    for token in _BRACE.finditer(latex):
        if token[0] == '{':
            stack.append(token.start())
        elif token[0] == '}' and stack:
            yield stack.pop(), token.start()
