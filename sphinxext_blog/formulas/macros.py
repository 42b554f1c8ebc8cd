r"""Macros: those of the project, and those that formulas define for the formulas after them.

As in MathJax, a definition holds from its place on for the rest of the page,
whatever group it stands in. Expansion works on tokens and is bounded, so that
a macro that calls itself ends in a problem instead of a stalled build.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import Any, Final, NamedTuple

from sphinxext_blog.formulas import lexer, tables
from sphinxext_blog.formulas.model import Problem

__all__ = ['NO_MACROS', 'Macro', 'Macros', 'expand', 'macros_after', 'read_macros', 'without_macros']

_MAX_EXPANSIONS: Final = 2_000
_MAX_TOKENS: Final = 200_000
_DEFINITION: Final = re.compile(
    r'\\(?:(?:re|provide)?newcommand|(?:re|provide)command|[gex]?def|let|DeclareMathOperator|DeclareRobustCommand)(?![A-Za-z])'
)
_WHITE: Final = re.compile(f'[{tables.WHITE}]+')
_COMMENT: Final = re.compile(r'(?<!\\)%[^\n]*')
_COMMAND_AT_END: Final = re.compile(r'\\[A-Za-z]+$')
_NEW_COMMANDS: Final = frozenset(
    [r'\newcommand', r'\renewcommand', r'\providecommand', r'\DeclareRobustCommand']
)
_DEFS: Final = frozenset([r'\def', r'\gdef', r'\edef', r'\xdef'])


class Macro(NamedTuple):
    """What stands for a command."""

    body: tuple[str, ...]
    """Tokens; ``#1`` is the first argument."""
    arguments: int = 0
    default: tuple[str, ...] | None = None
    """The first argument where none is given in brackets; ``None``: it is a plain one."""


class Macros(NamedTuple):
    """Macros in force, by command with its backslash."""

    table: Mapping[str, Macro] = MappingProxyType({})
    problems: tuple[Problem, ...] = ()
    shadowing: bool = False
    """One of them has the name of a command that the lexer reads whole."""

    def __reduce__(self) -> tuple[Any, ...]:
        return _restore, (tuple(self.table.items()), self.problems)


def _restore(items: tuple[tuple[str, Macro], ...], problems: tuple[Problem, ...]) -> Macros:
    return _macros(dict(items), problems)


def _macros(table: dict[str, Macro], problems: Sequence[Problem] = ()) -> Macros:
    shadowing = any(name[1:] in lexer.compounds() for name in table)
    return Macros(MappingProxyType(table), tuple(problems), shadowing)


NO_MACROS: Final = Macros()


def read_macros(source: str | Mapping[str, Any], base: Macros = NO_MACROS) -> Macros:
    r"""Read macros from LaTeX definitions or from a configuration of MathJax.

    :param source: text that holds ``\newcommand``, ``\def``, ``\let`` or
        ``\DeclareMathOperator``; or the value of ``tex.macros`` (name ->
        ``body``, ``[body, arguments]`` or ``[body, arguments, default]``), or
        a whole ``mathjax3_config``/``mathjax4_config`` that holds one.
    :param base: macros already in force.
    :return: all of them; what can't be read is listed in ``problems``, never raised.

    >>> macros = read_macros({'RR': r'\mathbb{R}', 'norm': [r'\Vert #1\Vert', 1]})
    >>> sorted(macros.table)
    ['\\RR', '\\norm']
    """
    if isinstance(source, str):
        return expand(lexer.tokenise(source, compound=False), base)[1]
    for name in ('tex', 'TeX', 'macros', 'Macros'):
        if isinstance(inner := source.get(name), Mapping):
            return read_macros(inner, base)
    table = dict(base.table)
    problems = list(base.problems)
    for name, value in source.items():
        macro = _configured(value)
        if macro is None or not name:
            problems.append(Problem('definition', str(name)))
        else:
            table[f'\\{name}'] = macro
    return _macros(table, problems)


def _configured(value: object) -> Macro | None:
    parts = [value] if isinstance(value, str) else value
    if not isinstance(parts, (list, tuple)) or not 1 <= len(parts) <= 3 or not isinstance(parts[0], str):
        return None
    count = parts[1] if len(parts) > 1 else 0
    default = parts[2] if len(parts) > 2 else None
    if type(count) is not int or not 0 <= count <= 9 or not isinstance(default, str | None):
        return None
    body = tuple(lexer.tokenise(parts[0], compound=False))
    return Macro(body, count, None if default is None else tuple(lexer.tokenise(default, compound=False)))


def tokens_of(latex: str, macros: Macros) -> tuple[list[str], Macros, tuple[Problem, ...]]:
    """The tokens of a formula after expansion, the macros in force after it, and what went wrong."""
    if '\\' not in latex:
        return lexer.tokenise(latex), macros, ()
    defines = _DEFINITION.search(latex) is not None
    tokens = lexer.tokenise(latex, compound=not (defines or macros.shadowing))
    if not defines and (not macros.table or macros.table.keys().isdisjoint(tokens)):
        return tokens, macros, ()
    return expand(tokens, macros)


def macros_after(latex: str, macros: Macros) -> Macros:
    """The macros in force after a formula: those before it, and those that it defines."""
    return tokens_of(latex, macros)[1] if _DEFINITION.search(latex) else macros


def without_macros(latex: str, macros: Macros) -> str:
    r"""The formula as pages can show it that don't know its macros: expanded, its definitions gone.

    :return: *latex* itself when it uses and defines none.

    >>> without_macros(r'x \in \RR', read_macros({'RR': r'\mathbb{R}'}))
    'x \\in \\mathbb{R}'
    """
    if '\\' not in latex:
        return latex
    pieces = _WHITE.split(_COMMENT.sub('', latex[: lexer.MAX_LENGTH]))
    tokens: list[str] = []
    for n, piece in enumerate(pieces):
        if n:
            tokens.append(' ')
        tokens += lexer.tokenise(piece, compound=False)
    if _DEFINITION.search(latex) is None and macros.table.keys().isdisjoint(tokens):
        return latex
    out = ''
    for lexeme in expand(tokens, macros)[0]:
        if lexeme[0].isalpha() and _COMMAND_AT_END.search(out):
            out += ' '
        out += lexeme
    return out.strip()


def expand(tokens: Sequence[str], macros: Macros) -> tuple[list[str], Macros, tuple[Problem, ...]]:
    """Expand macros and take definitions in, in order.

    :return: the tokens without macros and definitions, all macros in force at
        the end, the problems met.
    """
    return _Expander(tokens, macros).run()


class _Expander:
    """A stack of tokens to read, the next one last."""

    def __init__(self, tokens: Sequence[str], macros: Macros) -> None:
        self.stack = list(reversed(tokens))
        self.table = dict(macros.table)
        self.macros = macros
        self.problems: list[Problem] = []
        self.changed = False

    def run(self) -> tuple[list[str], Macros, tuple[Problem, ...]]:
        out: list[str] = []
        expansions = pushed = 0
        while self.stack:
            lexeme = self.stack.pop()
            if lexeme[0] != '\\':
                out.append(lexeme)
            elif lexeme in _NEW_COMMANDS or lexeme in _DEFS or lexeme in {r'\let', r'\DeclareMathOperator'}:
                self.define(lexeme)
            elif (macro := self.table.get(lexeme)) is None:
                out.append(lexeme)
            elif expansions >= _MAX_EXPANSIONS or pushed >= _MAX_TOKENS:
                self.problems.append(Problem('macro-limit', lexeme))
                out.append(lexeme)
                out.extend(reversed(self.stack))
                break
            else:
                expansions += 1
                body = self.filled(macro)
                pushed += len(body)
                self.stack.extend(reversed(body))
        macros = self.macros
        if self.changed:
            macros = _macros(
                self.table, (*macros.problems, *(p for p in self.problems if p.code == 'definition'))
            )
        return out, macros, tuple(self.problems)

    def filled(self, macro: Macro) -> list[str]:
        arguments: list[list[str]] = []
        if macro.default is not None and macro.arguments:
            option = self.option()
            arguments.append(list(macro.default) if option is None else option)
        while len(arguments) < macro.arguments:
            arguments.append(self.argument())
        if not macro.arguments:
            return list(macro.body)
        body: list[str] = []
        for lexeme in macro.body:
            if lexeme[0] == '#' and len(lexeme) == 2 and int(lexeme[1]) <= len(arguments):
                body.extend(arguments[int(lexeme[1]) - 1])
                if len(body) > _MAX_TOKENS:
                    break
            else:
                body.append(lexeme)
        return body

    def skip_space(self) -> None:
        """Blanks before an argument; only tokens that are to be shown again hold any."""
        while self.stack and self.stack[-1] == ' ':
            self.stack.pop()

    def option(self) -> list[str] | None:
        if self.stack[-2:] == ['[', ' ']:
            self.stack.pop()
        if not self.stack or self.stack[-1] != '[':
            return None
        self.stack.pop()
        return self.until(']')

    def argument(self) -> list[str]:
        self.skip_space()
        if not self.stack:
            return []
        lexeme = self.stack.pop()
        if lexeme == '{':
            return self.until('}')
        if len(lexeme) > 1 and lexeme[0] in '0123456789':
            self.stack.append(lexeme[1:])
            return [lexeme[0]]
        return [lexeme]

    def until(self, closer: str) -> list[str]:
        """The tokens up to the closer on this level of braces, which is taken too."""
        out: list[str] = []
        depth = 0
        while self.stack:
            lexeme = self.stack.pop()
            if lexeme == closer and depth == 0:
                return out
            depth += (lexeme == '{') - (lexeme == '}')
            out.append(lexeme)
        self.problems.append(Problem('unbalanced', closer))
        return out

    def define(self, command: str) -> None:
        if self.stack and self.stack[-1] == '*':
            self.stack.pop()
        self.skip_space()
        if command in _DEFS:
            self.define_plain()
            return
        name = self.argument()
        if command == r'\let':
            self.skip_space()
            if self.stack and self.stack[-1] == '=':
                self.stack.pop()
            macro = Macro(tuple(self.argument()))
            macro = self.table.get(macro.body[0], macro) if macro.body else macro
        elif command == r'\DeclareMathOperator':
            body = self.argument()
            macro = Macro((r'\operatorname', '{', *body, '}'))
        else:
            count = ''.join(self.option() or ['0'])
            default = self.option()
            arguments = int(count) if count.isascii() and count.isdigit() and len(count) == 1 else 0
            macro = Macro(tuple(self.argument()), arguments, None if default is None else tuple(default))
        self.learn(name, macro)

    def define_plain(self) -> None:
        name = self.argument()
        pattern: list[str] = []
        while self.stack and self.stack[-1] != '{':
            if (lexeme := self.stack.pop()) != ' ':
                pattern.append(lexeme)
        body = tuple(self.argument())
        if pattern != [f'#{n}' for n in range(1, len(pattern) + 1)]:
            self.problems.append(Problem('definition', ''.join(name)))  # delimited arguments
            return
        self.learn(name, Macro(body, len(pattern)))

    def learn(self, name: list[str], macro: Macro) -> None:
        if len(name) != 1 or name[0][0] != '\\' or macro.body == tuple(name):
            self.problems.append(Problem('definition', ''.join(name)))
            return
        self.table[name[0]] = macro
        self.changed = True
