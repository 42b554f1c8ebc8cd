"""MathML as one line of Unicode: ``n > 8.33 log N``, ``x²``, ``𝒪(n log n)`` as ``O(n log n)``.

For labels on a canvas, search boxes and tooltips, where no markup can be. It is
for reading, not for parsing back: layout that has no Unicode form is written
the way one types it (``(a + b)/2``, ``x^(i,j)``, ``√(x + 1)``).
"""

from __future__ import annotations

import re
import unicodedata
from typing import Final
from xml.etree import ElementTree as ET

__all__ = ['linearise']

_SUPERSCRIPT: Final = str.maketrans(
    '0123456789+-−=()abcdefghijklmnoprstuvwxyzABDEGHIJKLMNOPRTUVWαβγδθ',
    '⁰¹²³⁴⁵⁶⁷⁸⁹⁺⁻⁻⁼⁽⁾ᵃᵇᶜᵈᵉᶠᵍʰⁱʲᵏˡᵐⁿᵒᵖʳˢᵗᵘᵛʷˣʸᶻᴬᴮᴰᴱᴳᴴᴵᴶᴷᴸᴹᴺᴼᴾᴿᵀᵁⱽᵂᵅᵝᵞᵟᶿ',
)
_SUBSCRIPT: Final = str.maketrans(
    '0123456789+-−=()aehijklmnoprstuvxβγρφχ', '₀₁₂₃₄₅₆₇₈₉₊₋₋₌₍₎ₐₑₕᵢⱼₖₗₘₙₒₚᵣₛₜᵤᵥₓᵦᵧᵨᵩᵪ'
)
_ACCENTS: Final = {
    '^': '\u0302',
    'ˆ': '\u0302',
    '~': '\u0303',
    '˜': '\u0303',
    '¯': '\u0304',
    '‾': '\u0304',
    '―': '\u0304',
    '˙': '\u0307',
    '¨': '\u0308',
    'ˇ': '\u030c',
    '˘': '\u0306',
    '´': '\u0301',
    '`': '\u0300',
    '→': '\u20d7',
    '⃗': '\u20d7',
    '˚': '\u030a',
}
_PRIMES: Final = frozenset('′″‴⁗')
_SPACED: Final = frozenset('=<>+−±∓×·÷∘⊗⊕⊙≠≡≈∼≃≅≤≥≪≫∝∈∉∋⊂⊃⊆⊇∪∩→←↔⇒⇐⇔↦∣∥≔∧∨⊢⊨≜∖⟶⟵⟹⟸⟺⩽⩾≺≻⟂')
_MATH_LETTERS = re.compile('[\U0001d400-\U0001d537\U0001d56c-\U0001d7d7\U0001d7e2-\U0001d7ff]')
"""Letters and digits in fonts of mathematics, but for the double-struck ones: 𝔼 is no E."""
_INVISIBLE = re.compile('[\u2061-\u2064\ufe00-\ufe0f\u200b]')
_NARROW_GAP: Final = 0.1
_OPENING: Final = frozenset('([{⟨√')
_CLOSING: Final = frozenset(')]}⟩!\u2061')


def linearise(markup: str) -> str:
    """One line of Unicode for a well-formed ``<math>`` element.

    :raises xml.etree.ElementTree.ParseError: when the markup is not well-formed.

    >>> linearise('<math><msup><mi>x</mi><mn>2</mn></msup></math>')
    'x²'
    """
    text = _text(ET.fromstring(markup))  # noqa: S314 (our own converter's output)
    text = _MATH_LETTERS.sub(lambda m: unicodedata.normalize('NFKC', m[0]), text)
    return ' '.join(text.split())


def _text(element: ET.Element) -> str:
    tag = element.tag
    if tag == 'mspace':
        return ' ' if _em(element.get('width', '')) > _NARROW_GAP else ''
    if tag in {'mi', 'mn', 'mtext', 'mo', 'ms'}:
        return _INVISIBLE.sub('', ''.join(element.itertext()))
    if tag in {'annotation', 'annotation-xml'}:
        return ''
    parts = [_text(child) for child in element]
    match tag, parts:
        case 'mfrac', [above, below]:
            if _is_barless(element):
                return f'{above} | {below}'
            return f'{_grouped(above)}/{_grouped(below)}'
        case 'msqrt', _:
            return '√' + _grouped(''.join(parts))
        case 'mroot', [base, index]:
            return _script(index, _SUPERSCRIPT, '^').removeprefix('^') + '√' + _grouped(base)
        case ('msup', [base, above]):
            base = _base(element, base)
            return base + _script(above, _SUPERSCRIPT, '^')
        case ('msub' | 'munder', [base, below]):
            base = _base(element, base)
            return base + _script(below, _SUBSCRIPT, '_')
        case ('mover', [base, above]):
            accent = _ACCENTS.get(above.strip())
            return base + accent if accent and len(base) == 1 else base + _script(above, _SUPERSCRIPT, '^')
        case ('msubsup' | 'munderover', [base, below, above]):
            base = _base(element, base)
            return base + _script(below, _SUBSCRIPT, '_') + _script(above, _SUPERSCRIPT, '^')
        case 'mtable', _:
            return '; '.join(part.strip() for part in parts if part.strip())
        case 'mtd', _:
            return _row(element, parts) + ' '
        case _:
            return _row(element, parts)


def _row(element: ET.Element, parts: list[str]) -> str:
    match list(element):
        case [_, ET.Element(tag='mfrac') as fraction, _] if (
            _is_barless(fraction) and parts[0] + parts[2] == '()'
        ):
            return f'C({", ".join(_text(child).strip() for child in fraction)})'  # a binomial coefficient
    out: list[str] = []
    children = list(element)
    for n, (child, part) in enumerate(zip(children, parts, strict=True)):
        operator = part.strip()
        if child.tag == 'mo' and operator in _SPACED and any(p.strip() for p in out):
            out.append(f' {operator} ')
        elif child.tag == 'mo' and operator in {',', ';'}:
            out.append(f'{operator} ')
        elif child.tag == 'mo' and ''.join(child.itertext()) == '\u2061':
            # Function application: a gap unless a bracket follows.
            out.append('\u2061')
        elif _is_fraction(child) and (_is_factor(children[:n], -1) or _is_factor(children[n + 1 :], 0)):
            out.append(f'({part})')
        else:
            out.append(part)
    text = ''.join(out)
    return re.sub('\u2061(?=[(\\[{⟨|√])|\u2061$', '', text).replace('\u2061', ' ')


def _base(element: ET.Element, text: str) -> str:
    """What carries scripts: a fraction in brackets."""
    return f'({text})' if _is_fraction(element[0]) else text


def _is_fraction(element: ET.Element) -> bool:
    """Whether an element is written with a slash."""
    while element.tag in {'mrow', 'mstyle', 'mpadded'} and len(element) == 1:
        element = element[0]
    return element.tag == 'mfrac' and not _is_barless(element)


def _is_factor(siblings: list[ET.Element], at: int) -> bool:
    """Whether the nearest of some siblings is one that a slash may take to itself: no operator, no end.

    :param at: which is the nearest: the last one (-1) or the first (0).
    """
    near = [child for child in siblings if child.tag not in {'mspace', 'mphantom'}]
    if not near:
        return False
    child = near[at]
    text = ''.join(child.itertext())
    if child.tag == 'mo':
        return text in _CLOSING if at else text in _OPENING
    return child.tag not in {'mtext', 'mtable'} and bool(text.strip())


def _is_barless(fraction: ET.Element) -> bool:
    return fraction.get('linethickness') in {'0', '0pt', '0em', '0px'}


def _script(text: str, table: dict[int, int], sign: str) -> str:
    """A sub- or superscript: in Unicode where every character has a form, else as typed."""
    compact = re.sub(r'\s+', '', text)
    if not compact:
        return ''
    if all(c in _PRIMES or c in '*†‡' for c in compact):
        return compact
    compact = _MATH_LETTERS.sub(lambda m: unicodedata.normalize('NFKC', m[0]), compact)
    if all(ord(c) in table for c in compact):
        return compact.translate(table)
    return f'{sign}{compact}' if len(compact) == 1 else f'{sign}({text.strip()})'


def _grouped(text: str) -> str:
    text = text.strip()
    if len(text) <= 1 or text.isalnum() or (text[0] == '(' and text.find(')') == len(text) - 1):
        return text
    return f'({text})'


def _em(width: str) -> float:
    match = re.fullmatch(r'(-?\d+(?:\.\d+)?|-?\.\d+)em', width)
    return float(match[1]) if match else 0.0
