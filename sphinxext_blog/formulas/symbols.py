r"""The symbols of a formula: its letters, each with its font, accent and name in its subscript.

:math:`\hat x`, :math:`\boldsymbol{x}` and :math:`x_{\text{max}}` are three
symbols, :math:`x_i` and :math:`x^2` are the symbol :math:`x`: an index or a
power makes no other thing of it. Numbers, operators, functions and constants
such as :math:`\pi` are no symbols. They are read off a canonical text N1, so
that nothing is parsed again, and named by a piece of such a text.
"""

from __future__ import annotations

from typing import Final

__all__ = ['defined_symbol', 'opens', 'symbol_latex', 'symbols_of', 'word_latex']

_FONTS: Final = {'bb': 'mathbb', 'cal': 'mathcal', 'frak': 'mathfrak', 'scr': 'mathscr'}
_DEFINING: Final = frozenset(['r=', 'r:=', 'rin', 'requiv', 'rsim'])


def symbols_of(canonical: str) -> list[str]:
    """The symbols of a unit in order, with repetition.

    :param canonical: its canonical text N1.

    >>> symbols_of('A:hat( vx , ) r= S( vx , vi , - )')
    ['A:hat( vx , )', 'vx', 'vi']
    """
    words = canonical.split(' ')
    out: list[str] = []
    at = 0
    while at < len(words):
        found = _symbol_at(words, at)
        if found is None:
            at += 1
        else:
            out.append(found[0])
            at = found[1]
    return out


def defined_symbol(canonical: str) -> str:
    """The symbol that an equation says what it is: alone before its first relation; else empty.

    >>> defined_symbol('vX rin S( cbb:R , - , vn )')
    'vX'
    """
    words = canonical.split(' ')
    found = _symbol_at(words, 0)
    if found is None:
        return ''
    symbol, end = found
    # An index or an argument belongs to what is defined: x_i = …, f(x) = …
    end = _closing(words, 0) if words[0] == 'S(' else end
    if end < len(words) and words[end].startswith('P:('):
        end = _closing(words, end)
    said = any(not word.startswith('tREF') for word in words[end + 1 :])
    return symbol if said and words[end] in _DEFINING else ''


def _symbol_at(words: list[str], at: int) -> tuple[str, int] | None:
    """The symbol that begins at a word, and past its end (what follows it in its script is still to come)."""
    word = words[at]
    if word == 'S(' and at + 1 < len(words):
        base = _base_at(words, at + 1)
        if base is not None and words[base[1] : base[1] + 1] == [',']:
            name = words[base[1] + 1]
            if name[0] in 'ft' and words[base[1] + 2 : base[1] + 3] == [',']:
                return f'S( {base[0]} , {name} , - )', base[1] + 2
            return base
        return None
    return _base_at(words, at)


def _base_at(words: list[str], at: int) -> tuple[str, int] | None:
    word = words[at]
    if _is_letter(word):
        return word, at + 1
    if word.startswith('A:') and words[at + 2 : at + 4] == [',', ')'] and _is_letter(words[at + 1]):
        return ' '.join(words[at : at + 4]), at + 4
    return None


def _is_letter(word: str) -> bool:
    return word[:1] in {'v', 'b'} or (word[:1] == 'c' and ':' in word)


def opens(word: str) -> bool:
    """Whether a word of a canonical text opens an inner node; leaves begin with a small letter."""
    return word[-1:] == '(' and word[0].isupper()


def _closing(words: list[str], at: int) -> int:
    """Past the mark that closes the node which begins at a word."""
    depth = 0
    for n in range(at, len(words)):
        if opens(words[n]):
            depth += 1
        elif words[n] == ')':
            depth -= 1
            if depth == 0:
                return n + 1
    return len(words)


def symbol_latex(symbol: str) -> str:
    r"""LaTeX that shows a symbol.

    >>> symbol_latex('S( A:hat( b\\theta , ) , fmax , - )')
    '\\hat{\\boldsymbol{\\theta}}_{\\text{max}}'
    """
    words = symbol.split(' ')
    if words[0] == 'S(':
        comma = words.index(',', 1 if words[1][:2] != 'A:' else 5)
        base = symbol_latex(' '.join(words[1:comma]))
        return rf'{base}_{{{word_latex(words[comma + 1])}}}'
    if words[0][:2] == 'A:':
        return rf'\{words[0][2:-1]}{{{word_latex(words[1])}}}'
    return word_latex(symbol)


def word_latex(word: str) -> str:
    r"""LaTeX that shows a leaf of the canonical text: a letter, a constant, a function, text."""
    kind, name = word[0], word[1:]
    if kind == 'b':
        return rf'\boldsymbol{{{name}}}'
    if kind == 'c' and ':' in name:
        font, letter = name.split(':', 1)
        return rf'\{_FONTS.get(font, "mathrm")}{{{letter}}}'
    if kind == 'c':
        return rf'\{name}' if len(name) > 1 else name
    if kind in 'ft':
        # What LaTeX would read as its own marks can stand in a name.
        plain = ''.join(character for character in name if character not in '\\{}$#%^_&~')
        return rf'\text{{{plain}}}'
    return name
