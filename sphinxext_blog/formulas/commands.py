r"""What each command of LaTeX does to the tree."""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas import lexer, tables
from sphinxext_blog.formulas.environments import begin, line_break, nodes_of, plain_table, stray_end
from sphinxext_blog.formulas.fonts import embolden, join_words, one, set_letters, word
from sphinxext_blog.formulas.model import Branch, Problem
from sphinxext_blog.formulas.parser import (
    CELL,
    GROUP,
    INDEX,
    MAX_DEPTH,
    Parser,
    begins_with_letter,
)
from sphinxext_blog.formulas.remarks import remarked
from sphinxext_blog.formulas.rows import finish, script

if TYPE_CHECKING:
    from collections.abc import Callable

    from sphinxext_blog.formulas.model import Node

    _Action = Callable[[Parser, str, list[Node]], None]

__all__ = ['read']

_REST: Final = frozenset({*CELL, *GROUP})
_UNPLAIN: Final = frozenset('\\{}$#^_&~%')
_DEFINED: Final = frozenset(['def', 'Def', 'define', 'triangle', 'defn', '\\Delta'])
_LINELESS: Final = {'()': 'binom', '[]': 'brack', '{}': 'brace', '': 'atop'}


def read(tokens: list[str]) -> tuple[list[Node], tuple[Problem, ...]]:
    """Read tokens (see :mod:`~.lexer`) as one row of nodes; what could not be read is listed."""
    parser = Parser(tokens, _run)
    return parser.all(), tuple(parser.problems)


def _run(parser: Parser, lexeme: str, out: list[Node]) -> None:
    r"""Do what a command says, its arguments included.

    :param token: the command; the parser stands behind it.
    :param out: takes the nodes.
    """
    if lexeme[-1] == '}' and len(lexeme) > 2:
        out.extend(_compound(lexeme))
        return
    name = tables.ALIASES.get(lexeme[1:], lexeme[1:])
    action = _ACTIONS.get(name)
    if action is not None:
        action(parser, name, out)
    elif begins_with_letter(name):
        parser.report(Problem('unknown-command', lexeme))
        out.append(f'f{name}')
    elif name and lexer.without_space(name):
        out.append(f'o{name}')


@functools.lru_cache(maxsize=4096)
def _compound(lexeme: str) -> tuple[Node, ...]:
    r"""``\mathbb{R}``, ``\text{if}``: a font with its argument in one token."""
    name, _, content = lexeme[1:-1].partition('{')
    name = name.rstrip('*')
    return tuple(read([f'\\{name}', '{', *lexer.tokenise(content, compound=False), '}'])[0])


def _ignore(parser: Parser, name: str, out: list[Node]) -> None:
    del out
    if name.lower().startswith('big') or name == 'middle':
        _angle(parser)


def _angle(parser: Parser) -> None:
    """After a command of size, ``<`` is a bracket."""
    following = parser.tokens[parser.position]
    if following in {'<', '>'}:
        parser.tokens[parser.position] = r'\langle' if following == '<' else r'\rangle'


def _left(parser: Parser, name: str, out: list[Node]) -> None:
    del name, out
    if parser.tokens[parser.position] == '.':
        parser.position += 1
    _angle(parser)


def _skip_argument(parser: Parser, name: str, out: list[Node]) -> None:
    del name, out
    if parser.tokens[parser.position] == '*':
        parser.position += 1
    parser.option()
    parser.raw()


def _rule(parser: Parser, name: str, out: list[Node]) -> None:
    del name, out
    parser.option()
    parser.raw()
    parser.raw()


def _length(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\kern-3mu``: sign, number, unit."""
    del name, out
    tokens = parser.tokens
    if tokens[parser.position] in {'-', '+'}:
        parser.position += 1
    if tokens[parser.position][:1] in {*'0123456789'}:
        parser.position += 1
        for _ in range(2):
            lexeme = tokens[parser.position]
            parser.position += len(lexeme) == 1 and begins_with_letter(lexeme)


def _reference(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    parser.option()
    out.append(f'tREF{lexer.without_space("".join(parser.raw()))}')


def _unicode(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    out.append(f'o{lexer.without_space("".join(parser.raw()))}')


def _fraction(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    parser.option()
    numerator = parser.argument()
    out.append(Branch('F', '', (numerator, parser.argument())))


def _general_fraction(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\genfrac(){0pt}{style}{a}{b}``: without a line it is a binomial, or its kin."""
    del name
    ends = [''.join(parser.raw()) for _ in range(4)]
    opener, closer = (tables.LEAVES.get(end, '') for end in ends[:2])
    lineless = ends[2].startswith('0')
    if lineless and (kind := _LINELESS.get(opener[1:] + closer[1:])):
        _two(parser, kind, out)
        return
    nodes: list[Node] = []
    if lineless:
        _two(parser, 'atop', nodes)
    else:
        _fraction(parser, 'frac', nodes)
    if opener and tables.BRACKETS.get(opener[1:]) == closer[1:]:
        out.append(Branch('P', f'{opener[1:]} {closer[1:]}', (nodes[0],)))
    else:
        out.extend(node for node in (opener, *nodes, closer) if node and node != 'p.')


def _two(parser: Parser, name: str, out: list[Node]) -> None:
    first = parser.argument()
    out.append(Branch('X', name, (first, parser.argument())))


def _root(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    index = _option(parser)
    out.append(Branch('Q', '', (parser.argument(), index)))


def _option(parser: Parser) -> Node:
    """What stands in square brackets, if anything does."""
    if parser.tokens[parser.position] != '[' or parser.depth >= MAX_DEPTH:
        return ''
    parser.position += 1
    node = one(parser.row(INDEX))
    if parser.tokens[parser.position] == ']':
        parser.position += 1
    else:
        parser.report(Problem('unbalanced', '['))
    return node


def _accent(parser: Parser, name: str, out: list[Node]) -> None:
    out.append(Branch('A', name, (parser.argument(),)))


def _negate(parser: Parser, name: str, out: list[Node]) -> None:
    body = parser.argument()
    negated = tables.NEGATIONS.get(body[1:]) if isinstance(body, str) else None
    out.append(f'r{negated}' if negated and negated != 'nexists' else Branch('X', name, (body,)))


def _modulus(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    out.extend(['fmod', *nodes_of(parser.argument())])


def _over(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\overset``, ``\stackrel``: over a relation that is no arrow, a remark; else a superscript."""
    del name
    above, base = parser.argument(), parser.argument()
    if isinstance(base, str) and base[:1] == 'r':
        text = above.text if isinstance(above, Branch) else above[1:]
        if isinstance(above, Branch) and above.kind == 'R':
            text = ''.join(kid[1:] for kid in above.kids if isinstance(kid, str))
        if base == 'r=' and text in _DEFINED:
            out.append('r:=')
        else:
            out.extend(_labelled(base, '', above))
    else:
        out.extend(nodes_of(script(base, '', above)))


def _labelled(relation: str, below: Node, above: Node) -> list[Node]:
    if relation in tables.ARROWS:
        return [script(relation, below, above)]
    return remarked([relation], [below, above])


def _under(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    below, base = parser.argument(), parser.argument()
    out.extend(nodes_of(script(base, below, '')))


def _arrow(parser: Parser, name: str, out: list[Node]) -> None:
    below = _option(parser)
    out.extend(_labelled(tables.RELATION_ARROWS[name], below, parser.argument()))


def _transparent(parser: Parser, name: str, out: list[Node]) -> None:
    parser.option()
    nodes = nodes_of(parser.argument())
    if name in tables.BRACES:  # its scripts are remarks
        remarks: list[Node] = []
        while parser.tokens[parser.position] in {'^', '_'}:
            parser.position += 1
            remarks.append(parser.argument())
        nodes = remarked(nodes, remarks)
    out.extend(nodes)


def _framed(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\fcolorbox{frame}{ground}{x}``."""
    parser.option()
    parser.raw()
    _transparent_after(parser, name, out)


def _defined_color(parser: Parser, name: str, out: list[Node]) -> None:
    del name, out
    for _ in range(3):
        parser.raw()


def _number_at_end(parser: Parser, name: str, out: list[Node]) -> None:
    r"""``\eqno (1)``: what is behind it, to the end of the formula, is its number."""
    del name, out
    _rest(parser)


def _transparent_after(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    parser.option()
    parser.raw()
    out.extend(nodes_of(parser.argument()))


def _upright(parser: Parser, name: str, out: list[Node]) -> None:
    if name in tables.DECLARATIONS:
        out.extend(join_words(_rest(parser)))
        return
    if parser.tokens[parser.position] == '*':
        parser.position += 1
    plain = _plain_argument(parser)
    if plain is not None:
        out.extend(nodes_of(word(plain, operator=name.startswith('operatorname'))))
        return
    joined = finish(join_words(nodes_of(parser.argument())))
    if len(joined) == 1 and name.startswith('operatorname') and joined[0][:1] == 'v':
        joined = [f'f{str(joined[0])[1:]}']
    out.extend(joined)


def _plain_argument(parser: Parser) -> str | None:
    """Take an argument that holds no command and no mark of LaTeX; else leave it."""
    tokens = parser.tokens
    if tokens[parser.position] != '{':
        return None
    end = start = parser.position + 1
    while tokens[end][:1] not in _UNPLAIN and tokens[end] != lexer.END:
        end += 1
    if tokens[end] != '}':
        return None
    parser.position = end + 1
    return ''.join(tokens[start:end])


def _bold(parser: Parser, name: str, out: list[Node]) -> None:
    nodes = _rest(parser) if name in tables.DECLARATIONS else nodes_of(parser.argument())
    out.extend(embolden(node) for node in nodes)


def _letters(parser: Parser, name: str, out: list[Node]) -> None:
    nodes = _rest(parser) if name in tables.DECLARATIONS else nodes_of(parser.argument())
    out.extend(set_letters(node, tables.LETTER_FONTS[name]) for node in nodes)


def _rest(parser: Parser) -> list[Node]:
    """What a declaration governs: the rest of its group or cell."""
    if parser.depth >= MAX_DEPTH:
        parser.report(Problem('too-deep', ''))
        return []
    return parser.row(_REST)


def _text_between(parser: Parser, name: str, out: list[Node]) -> None:
    del name
    out.append('q')
    out.extend(nodes_of(word(''.join(parser.raw()))))
    out.append('q')


def _actions() -> dict[str, _Action]:
    actions: dict[str, _Action] = {}

    def add(names: frozenset[str] | set[str] | dict[str, str], action: _Action) -> None:
        actions.update(dict.fromkeys(sorted(names), action))

    add(tables.DROPPED, _ignore)
    add(tables.DROPPED_WITH_ARGUMENT, _skip_argument)
    add(tables.LENGTHS, _length)
    add(tables.REFERENCES, _reference)
    add(tables.TRANSPARENT | {'bbox'}, _transparent)
    add(tables.TRANSPARENT_AFTER_ARGUMENT, _transparent_after)
    add(tables.ACCENTS, _accent)
    add(tables.UPRIGHT, _upright)
    add(tables.BOLD, _bold)
    add(tables.LETTER_FONTS, _letters)
    add(tables.RELATION_ARROWS, _arrow)
    add({'intertext', 'shortintertext'}, _text_between)
    add(tables.PLAIN_TABLES, plain_table)
    add({'eqno', 'leqno'}, _number_at_end)
    add({'binom'}, _two)
    add({'overset', 'stackrel'}, _over)
    add({'left', 'right'}, _left)
    add({'pmod', 'pod'}, _modulus)
    actions |= {
        'frac': _fraction,
        'genfrac': _general_fraction,
        'sqrt': _root,
        'fcolorbox': _framed,
        'definecolor': _defined_color,
        'not': _negate,
        'underset': _under,
        'begin': begin,
        'end': stray_end,
        'rule': _rule,
        'unicode': _unicode,
        '\\': line_break,
    }
    return actions


_ACTIONS: Final = _actions()
