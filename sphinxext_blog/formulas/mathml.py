r"""LaTeX to MathML Core and to plain Unicode, for any text whatsoever.

The conversion itself is math-core's. What this module adds is a guard before
it and a check behind it, so that no input can raise, crash or stall a build:

* math-core is recursive and written in native code: deep nesting overflows its
  stack and kills the process. :func:`_prepare` bounds the nesting.
* Its time is exponential in the number of opening delimiters that have no
  closing partner in their group (``\langle a| + \langle b| + …``; seen with
  0.9.0). Beyond a few of them the unmatched ones are written as text, which
  shows the same glyph and takes no part in its search for pairs.
* Commands that only direct LaTeX's numbering (``\label``, ``\nonumber``) are
  dropped and numbered environments become their starred forms: a number is
  printed only where the source has a ``\tag``.
"""

from __future__ import annotations

import functools
import html
import re
from typing import TYPE_CHECKING, Final, NamedTuple
from xml.etree import ElementTree as ET

if TYPE_CHECKING:
    from collections.abc import Iterator

    from math_core import LatexToMathML

__all__ = ['Span', 'render_html', 'split_math', 'to_mathml', 'to_plain']

MAX_LENGTH: Final = 20_000
"""Longest formula that is converted, in characters."""
MAX_DEPTH: Final = 100
"""Deepest nesting that is converted; real formulas stay below 20."""
_MAX_EXPANSIONS: Final = 200
_MAX_UNMATCHED: Final = 8

_TOKEN = re.compile(r'\\(?:[A-Za-z]+|.|$)|%[^\n]*\n?|[^\\%]', re.DOTALL)
_GROUP = re.compile(r'\s*(?:\[([^\[\]{}\\]*)\]\s*)?\{([^{}]*)\}')
_OPENERS: Final = {
    '(': '(',
    '[': '[',
    r'\{': '{',
    r'\lbrace': '{',
    r'\lbrack': '[',
    r'\langle': '⟨',
    r'\lvert': '|',
    r'\lVert': '‖',
    r'\lfloor': '⌊',
    r'\lceil': '⌈',
    r'\lgroup': '⟮',
    r'\lmoustache': '⎰',
    r'\ulcorner': '⌜',
    r'\llcorner': '⌞',
    **{c: c for c in '⟨⌊⌈⟦⟮⟪⎰⌜⌞⦃⦅'},
}
_CLOSERS: Final = frozenset(
    [*')]⟩⌋⌉⟧⟯⟫⎱⌝⌟⦄⦆', r'\}', r'\rbrace', r'\rbrack', r'\rangle', r'\rvert', r'\rVert', r'\rfloor', r'\rceil']
    + [r'\rgroup', r'\rmoustache', r'\urcorner', r'\lrcorner']
)
_DEFINITIONS: Final = frozenset(
    rf'\{name}'
    for name in (
        ['def', 'gdef', 'edef', 'xdef', 'let', 'newcommand', 'renewcommand', 'providecommand']
        + ['DeclareMathOperator', 'NewDocumentCommand', 'RenewDocumentCommand', 'global', 'long']
    )
)
_REST_OF_GROUP: Final = frozenset(
    [r'\color', r'\displaystyle', r'\textstyle', r'\scriptstyle', r'\scriptscriptstyle']
)
_NUMBERED: Final = frozenset(['equation', 'align', 'gather', 'multline', 'alignat', 'flalign', 'eqnarray'])
_TAGGABLE: Final = frozenset(f'{name}*' for name in _NUMBERED)
_OPENING: Final = frozenset(['{', r'\left', r'\begin'])
_CLOSING: Final = frozenset(['}', r'\right', r'\end'])
_DELIMITER_PREFIX = re.compile(r'\\(?:[bB]ig{1,2}[lrm]?|middle|mathopen|mathclose)')
_COLOUR_NAME = re.compile(r'[A-Za-z]{1,24}')
_ENTITY = re.compile(r'&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)[A-Za-z][A-Za-z0-9]*;')
_FORBIDDEN = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]')
_DOLLARS = re.compile(r'\$+')
_BIDI = re.compile('[\u202a-\u202e\u2066-\u2069]')


class _Refused(Exception):  # noqa: N818 (a verdict on the input, not an error)
    """The formula can't be converted safely."""


class Span(NamedTuple):
    """A stretch of text that is either prose or one formula."""

    text: str
    math: bool
    display: bool = False


@functools.cache
def _converter() -> LatexToMathML:
    from math_core import LatexToMathML

    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, max_expansions=_MAX_EXPANSIONS)


def to_mathml(latex: str, *, display: bool = False) -> str | None:
    r"""Convert one formula to a ``<math>`` element of MathML Core.

    :param latex: LaTeX without its dollar signs; ``\begin{equation}`` and its
        like may stand around it.
    :param display: set as a block of its own.
    :return: well-formed markup that is also valid HTML, or ``None`` when the
        formula holds a command that is not known, is malformed, longer than
        :data:`MAX_LENGTH` or nested deeper than :data:`MAX_DEPTH`. Links
        (``\href``) are never converted. Nothing is raised.

    >>> to_mathml('x^2')
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    return _convert(latex, display)


@functools.lru_cache(maxsize=2048)
def _convert(latex: str, display: bool) -> str | None:  # noqa: FBT001 (the key of a cache)
    if len(latex) > MAX_LENGTH or not latex.strip() or _FORBIDDEN.search(latex) or _BIDI.search(latex):
        return None
    from math_core import LatexError

    try:
        source, colours = _prepare(latex)
        markup = _converter().convert_with_local_state(source, displaystyle=display)
    except (_Refused, LatexError):
        return None
    markup = _ENTITY.sub(lambda m: html.escape(html.unescape(m[0])), markup)
    for name, code in sorted(colours.items()):
        markup = markup.replace(f'color:#{code};', f'color:{name};')
    return markup if _is_sound(markup) else None


def _is_sound(markup: str) -> bool:
    try:
        root = ET.fromstring(markup)  # noqa: S314 (made by us a line above; holds no entities)
    except ET.ParseError:
        return False
    return root.tag == 'math' and all(
        not name.startswith('on') and 'href' not in name for element in root.iter() for name in element.attrib
    )


def _prepare(latex: str) -> tuple[str, dict[str, str]]:
    """Rewrite what math-core lacks, and refuse what it would not survive."""
    uncommented = ''.join(token for token in _TOKEN.findall(latex) if token[0] != '%')
    source, colours = _rewrite(uncommented)
    return _bound(source), colours


def _rewrite(latex: str) -> tuple[str, dict[str, str]]:
    out: list[str] = []
    colours: dict[str, str] = {}
    environments: list[str] = []
    tagged = False
    position = 0
    while position < len(latex):
        match = _TOKEN.match(latex, position)
        if match is None:  # pragma: no cover (the pattern covers every character)
            raise _Refused
        token, position = match[0], match.end()
        if token in {r'\notag', r'\nonumber', r'\allowbreak'}:
            out.append(' ')
            continue
        if token not in {
            r'\label',
            r'\require',
            r'\begin',
            r'\end',
            r'\eqref',
            r'\ref',
            r'\color',
            r'\textcolor',
        }:
            tagged |= token == r'\tag' and not any(name in _TAGGABLE for name in environments)
            out.append(token)
            continue
        group = _GROUP.match(latex, position)
        if group is None:
            raise _Refused
        option, argument = group[1], group[2]
        position = group.end()
        if token in {r'\label', r'\require'}:
            out.append(' ')
        elif token in {r'\begin', r'\end'}:
            name = f'{argument}*' if argument in _NUMBERED else argument
            if token == r'\begin':
                environments.append(name)
            elif environments:
                environments.pop()
            out.append(f'{token}{"" if option is None else f"[{option}]"}{{{name}}}')
        elif token in {r'\eqref', r'\ref'}:
            label = ''.join(f'\\{c}' if c in '_#&%$' else c for c in argument if c not in '\\^~')
            out.append(rf'\text{{({label})}}' if token == r'\eqref' else rf'\text{{{label}}}')
        elif option is None and _COLOUR_NAME.fullmatch(argument):
            # math-core knows few names; CSS knows them all. A code stands in for the name.
            code = colours.get(argument) or next(
                code
                for n in range(len(colours), 0x10000)
                if (code := f'FE{n:04X}') not in latex and code not in colours.values()
            )
            colours[argument] = code
            out.append(f'{token}[HTML]{{{code}}}' if token == r'\color' else rf'{{\color[HTML]{{{code}}}')
            if token == r'\textcolor':
                position = _close_textcolor(latex, position, out)
        elif option is None and re.fullmatch('#[0-9A-Fa-f]{6}', argument) and token == r'\color':
            out.append(rf'\color[HTML]{{{argument[1:].upper()}}}')
        else:
            out.append(latex[match.start() : position])
    result = ''.join(out)
    if tagged:
        result = rf'\begin{{equation*}}{result}\end{{equation*}}'
    return result, colours


def _close_textcolor(latex: str, position: int, out: list[str]) -> int:
    r"""Turn the second argument of ``\textcolor`` into the rest of a group that ``\color`` governs."""
    while position < len(latex) and latex[position].isspace():
        position += 1
    if position < len(latex) and latex[position] == '{':
        return position + 1  # its own closing brace ends the group
    match = _TOKEN.match(latex, position)
    if match is None:
        raise _Refused
    out.append(match[0] + '}')
    return match.end()


def _bound(latex: str) -> str:
    """Refuse nesting beyond the limits; write surplus unmatched opening delimiters as text."""
    tokens: list[str] = _TOKEN.findall(latex)
    defines = not _DEFINITIONS.isdisjoint(tokens)
    unmatched = _unmatched_openers(tokens)
    if _depth(tokens, frozenset(unmatched)) > (MAX_DEPTH // 5 if defines else MAX_DEPTH):
        raise _Refused
    if len(unmatched) <= _MAX_UNMATCHED:
        return latex
    if defines:  # a macro may hold one delimiter and be used often
        raise _Refused
    for index in unmatched:
        if index and _DELIMITER_PREFIX.fullmatch(tokens[index - 1]):
            tokens[index - 1] = ' '
        glyph = _OPENERS[tokens[index]]
        tokens[index] = rf'\text{{\{glyph}}}' if glyph == '{' else rf'\text{{{glyph}}}'
    return ''.join(tokens)


def _unmatched_openers(tokens: list[str]) -> list[int]:
    """Positions of the opening delimiters without a partner in their own group or cell."""
    groups: list[list[int]] = [[]]
    unmatched: list[int] = []
    previous = ''
    for index, token in enumerate(tokens):
        if token in _OPENING:
            groups.append([])
        elif token in _CLOSING or token in {'&', r'\\'}:
            unmatched += groups.pop()
            if not groups or token not in _CLOSING:
                groups.append([])
        elif previous not in {r'\left', r'\right'}:
            if token in _OPENERS:
                groups[-1].append(index)
            elif token in _CLOSERS and groups[-1]:
                groups[-1].pop()
        previous = token
    for group in groups:
        unmatched += group
    return sorted(unmatched)


def _depth(tokens: list[str], ignored: frozenset[int]) -> int:
    r"""An upper bound of the nesting: groups, fences, and what nests without braces (``\hat\hat x``)."""
    depth = deepest = run = longest_run = switches = 0
    for index, token in enumerate(tokens):
        command = len(token) > 1 and token[1].isalpha()
        run = run + 1 if command else run if token.isspace() or token.isalnum() else 0
        longest_run = max(longest_run, run if command else 0)
        switches += token in _REST_OF_GROUP
        if token in _OPENING or (token in _OPENERS and index not in ignored):
            depth += 1
        elif token in _CLOSING or token in _CLOSERS:
            depth = max(0, depth - 1)
        deepest = max(deepest, depth)
    return deepest + longest_run + switches


def split_math(text: str) -> Iterator[Span]:
    r"""Cut a text at its formulas: ``$…$``, ``$$…$$``; ``\$`` is a dollar sign.

    As in Pandoc, an opening ``$`` stands before and a closing one after
    something that is no space, and no digit follows the closing one, so that
    “$5 and $10” is prose.
    """
    prose: list[str] = []
    position = 0
    closes: dict[str, bool] = {'$': True, '$$': True}
    while position < len(text):
        start = text.find('$', position)
        if start < 0:
            break
        if start and text[start - 1] == '\\' and start > position:
            prose.append(text[position : start - 1] + '$')
            position = start + 1
            continue
        run = _DOLLARS.match(text, start)
        fence = run[0] if run else '$'
        end = _closing_dollar(text, start + len(fence), fence) if closes.get(fence, False) else -1
        if end == -1 and fence in closes:
            closes[fence] = False  # nor will a later one find its partner
        if end < 0:
            prose.append(text[position : start + len(fence)])
            position = start + len(fence)
            continue
        prose.append(text[position:start])
        if any(prose):
            yield Span(''.join(prose), math=False)
        prose = []
        yield Span(text[start + len(fence) : end].strip(), math=True, display=fence == '$$')
        position = end + len(fence)
    prose.append(text[position:])
    if any(prose):
        yield Span(''.join(prose), math=False)


def _closing_dollar(text: str, start: int, fence: str) -> int:
    """Where the formula that begins at ``start`` ends; -1 when nothing closes it, -2 when it is none."""
    end = start
    while (end := text.find(fence, end)) >= 0:
        if text[end - 1] != '\\':
            break
        end += 1
    if end < 0:
        return -1
    body = text[start:end]
    if not body.strip() or '\n\n' in body:
        return -2
    after = text[end + 1 : end + 2]
    if fence == '$' and (body[0].isspace() or body[-1].isspace() or after.isdecimal()):
        return -2
    return end


def render_html(text: str) -> str:
    """Plain text with formulas as HTML: prose escaped, formulas as MathML.

    A formula that can't be converted stays readable as its LaTeX in
    ``<code class="blog-latex">``.

    >>> render_html('a < $b$')
    'a &lt; <math><mi>b</mi></math>'
    """
    out: list[str] = []
    for span in split_math(text):
        if not span.math:
            out.append(html.escape(_FORBIDDEN.sub('\ufffd', span.text)))
        elif (markup := to_mathml(span.text, display=span.display)) is not None:
            out.append(markup)
        else:
            latex = html.escape(_FORBIDDEN.sub('\ufffd', span.text))
            out.append(f'<code class="blog-latex">{latex}</code>')
    return ''.join(out)


def to_plain(text: str) -> str:
    r"""Plain text with formulas as one line of Unicode, for labels without markup.

    >>> to_plain(r'the formula $n > 8.33\log N$')
    'the formula n > 8.33 log N'
    """
    from sphinxext_blog.formulas.linear import linearise

    out: list[str] = []
    for span in split_math(text):
        if not span.math:
            out.append(_FORBIDDEN.sub('\ufffd', span.text))
        else:
            markup = to_mathml(span.text)
            out.append(span.text if markup is None else linearise(markup))
    return ' '.join(''.join(out).split())
