r"""Canonical text as LaTeX again, to show a reader what a wildcard stands for.

What the canonical text is blind to (spacing, sizes; in form N2 bold as well) is
not there to be written; read again, the LaTeX has the same text.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from sphinxext_blog.formulas import tables
from sphinxext_blog.formulas.analysis import analyse
from sphinxext_blog.formulas.index import MOST_WORDS
from sphinxext_blog.formulas.normal import canonical_texts
from sphinxext_blog.formulas.patterns import END

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.formulas.matching import Match

__all__ = ['bound_latex', 'latex_of']

_LEXEMES: Final = {leaf: lexeme for lexeme, leaf in reversed(tables.LEAVES.items()) if leaf != 'q'}
"""Leaf -> the first token that is read as this leaf."""
_INFIX: Final = frozenset(['atop', 'brace', 'brack'])
_PAIRS: Final = [(first, last) for first in tables.BRACKETS for last in tables.BRACKETS.values()]


def latex_of(text: str) -> str:
    r"""LaTeX with a given canonical text.

    Linear in the length. Nothing is raised.

    :param text: a text N1 or N2, or a part of one that is balanced.

    >>> latex_of('F( R( vx o+ v\\alpha ) , S( vy , - , n2 ) , )')
    '\\frac{x+\\alpha}{y^{2}}'
    """
    opened = ['R(']
    parts: list[list[str]] = [['']]
    for word in text.split(' '):
        latex = ''
        if 'A' <= word[:1] <= 'Z':
            # The kids of a table's row are its cells.
            cells = word == 'R(' and opened[-1][:1] == 'M' and opened[-1][2:-1] not in tables.ALIGNMENTS
            opened.append('cells' if cells else word)
            parts.append([''])
            continue
        if word == ',':
            parts[-1].append('')
            continue
        if word == ')' and len(opened) > 1:
            latex = _built(opened.pop(), parts.pop())
        elif word != '-':
            latex = _leaf(word)
        parts[-1][-1] = _append(parts[-1][-1], latex)
        if opened[-1] == 'cells':
            parts[-1].append('')
    return ''.join(parts[0])


def bound_latex(match: Match, latex: str, texts: Sequence[str]) -> tuple[tuple[str, str], ...]:
    """What wildcards stand for as the formula writes it: a match is blind to bold.

    :param latex: of the formula, without macros.
    :param texts: those N2 of its equations that were compared.
    :return: each wildcard with its LaTeX. Nothing is raised.
    """
    words: list[str] = []
    for unit, text in zip(analyse(latex).equations, texts, strict=False):
        # In N2 each word of N1 is another word or none.
        pairs = [(word, canonical_texts([word])[1]) for word in unit.canonical[0].split(' ')]
        kept = [pair for pair in pairs if pair[1]][:MOST_WORDS]
        if [blind for _, blind in kept] != text.split(' '):
            return tuple((name, latex_of(known)) for name, known in match.binding)
        words += [*(word for word, _ in kept), END]
    return tuple(
        (name, latex_of(' '.join(words[start:end])))
        for (name, _), (start, end) in zip(match.binding, match.spans, strict=True)
    )


def _append(before: str, latex: str) -> str:
    """Both in a row; a command keeps its distance from a letter."""
    command = before.rfind('\\') + 1
    gap = command > 0 and _is_name(before[command:]) and _is_name(latex[:1])
    return f'{before} {latex}' if gap else before + latex


def _is_name(text: str) -> bool:
    """Whether a text can be the name of a command: to LaTeX other alphabets are no letters."""
    return text.isascii() and text.isalpha()


def _leaf(word: str) -> str:
    known = _LEXEMES.get(word)
    if known is not None:
        return known
    kind, name = word[:1], word[1:]
    if kind == 'c':
        font, colon, letter = name.partition(':')
        return rf'\math{font}{{{letter}}}' if colon else name  # the d of an integral, the e of a power
    if kind in {'b', 'm'}:
        return rf'\boldsymbol{{{_leaf(f"v{name}")}}}'
    if kind == 'h':  # a transpose, whose letter has no class
        return _leaf(name if len(name) > 1 else f'v{name}')
    if kind == 'f':
        return rf'\operatorname{{{name}}}'
    if kind == 't':
        return rf'\text{{{name}}}'
    if kind == 'o' and name[:1] == "'":
        return r'\prime' * len(name)
    return rf'\{name}' if kind in {'o', 'r'} and len(name) > 1 and _is_name(name) else name


def _built(opener: str, parts: list[str]) -> str:
    """The LaTeX of an inner node."""
    kind, name = opener[:1], opener[2:-1]
    arguments = ''.join(f'{{{part}}}' for part in parts if part)
    if opener == 'cells':
        return ' & '.join(parts[:-1])
    if kind == 'R':
        return ''.join(parts)
    if kind == 'S':
        base, below, above = (*parts, '', '', '')[:3]
        if len(base) > 1 and not (base[0] == '\\' and _is_name(base[1:])):
            base = f'{{{base}}}'
        return base + (f'_{{{below}}}' if below else '') + (f'^{{{above}}}' if above else '')
    if kind == 'F':
        return rf'\frac{{{parts[0]}}}{{{"".join(parts[1:])}}}'
    if kind == 'Q':
        index = ''.join(parts[1:])
        return rf'\sqrt[{index}]{{{parts[0]}}}' if index else rf'\sqrt{{{parts[0]}}}'
    if kind == 'P':
        for first, last in _PAIRS:
            if name == first + last:
                return _append(_append(_leaf(f'o{first}'), parts[0]), _leaf(f'o{last}'))
    if kind == 'M':
        rows = r' \\ '.join(part for part in parts if part)
        return rf'\begin{{{name}}} {rows} \end{{{name}}}'
    if name in _INFIX:
        return rf'{{{parts[0]} \{name} {"".join(parts[1:])}}}'
    return rf'\{name}{arguments}'
