r"""LaTeX to MathML Core and to plain Unicode, for any text whatsoever.

The conversion itself is math-core's. What this module adds stands before and
behind it, so that no input can raise, crash or stall a build: the guard of
:mod:`~sphinxext_blog.formulas.guard`, a few rewritings of what math-core lacks,
and a check that the result is well-formed and holds no link or handler.

Commands that only direct LaTeX's numbering (``\label``, ``\nonumber``) are
dropped and numbered environments become their starred forms: a number is
printed only where the source has a ``\tag``.
"""

from __future__ import annotations

import functools
import html
import re
from typing import Final
from xml.etree import ElementTree as ET

from math_core import LatexError, LatexToMathML

from sphinxext_blog.formulas.guard import TOKEN, RefusedError, bounded
from sphinxext_blog.formulas.linear import linearise
from sphinxext_blog.formulas.rewriting import rewritten, with_limits
from sphinxext_blog.formulas.spans import split_math

__all__ = ['formula_html', 'render_html', 'to_mathml', 'to_plain']

MAX_LENGTH: Final = 20_000
"""Longest formula that is converted, in characters."""
_MAX_EXPANSIONS: Final = 200

_GROUP = re.compile(r'\s*(?:\[([^\[\]{}\\]*)\]\s*)?\{([^{}]*)\}')
_TEXT_WITH_MATH = re.compile(r'\s*\{((?:[^{}$\\]*\$[^{}$\\]*\$)+[^{}$\\]*)\}')
_LINE_SKIP = re.compile(r'\*?\s*\[\s*-?[\d.]+\s*(?:pt|em|ex|mm|cm|in|mu|px|pc|bp)\s*\]|\*')
_NUMBERED: Final = frozenset(['equation', 'align', 'gather', 'multline', 'alignat', 'flalign', 'eqnarray'])
_TAGGABLE: Final = frozenset(f'{name}*' for name in _NUMBERED)
_COLOUR_NAME = re.compile(r'[A-Za-z]{1,24}')
_COLOUR_CODE = re.compile('#[0-9A-Fa-f]{6}')
_BRACE = re.compile(r'\s*\{')
_FRAKTUR_ARGUMENT = re.compile(r'\s*(?:I|\{(?:[^{}\\]|\\.)*\})', re.DOTALL)
_LETTER_I = re.compile(r'(\\[A-Za-z]+)|I')
_ENTITY = re.compile(r'&(?!(?:lt|gt|amp|quot|apos|#\d+|#x[0-9a-fA-F]+);)[A-Za-z][A-Za-z0-9]*;')
_FORBIDDEN = re.compile('[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff\ud800-\udfff]')
_BIDI = re.compile('[\u202a-\u202e\u2066-\u2069]')


@functools.cache
def _converter() -> LatexToMathML:
    return LatexToMathML(fancy_error=False, allow_unreliable_rendering=True, max_expansions=_MAX_EXPANSIONS)


def to_mathml(latex: str, *, display: bool = False) -> str | None:
    r"""Convert one formula to a ``<math>`` element of MathML Core.

    :param latex: LaTeX without its dollar signs; ``\begin{equation}`` and its
        like may stand around it.
    :param display: set as a block of its own.
    :return: well-formed markup that is also valid HTML, or ``None`` when the
        formula holds a command that is not known, is malformed, longer than
        :data:`MAX_LENGTH` or nested deeper than :data:`MAX_DEPTH`. Of a link
        (``\href``) only the text is. Nothing is raised.

    >>> to_mathml('x^2')
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    return _convert(latex, display)


@functools.lru_cache(maxsize=2048)
def _convert(latex: str, display: bool) -> str | None:
    if len(latex) > MAX_LENGTH or not latex.strip() or _FORBIDDEN.search(latex) or _BIDI.search(latex):
        return None
    try:
        source, colours, marks = _prepare(latex)
        markup = _converter().convert_with_local_state(source, displaystyle=display)
    except (RefusedError, LatexError):
        return None
    # \widetilde: in fonts this tilde is wide, the other is no accent.
    markup = markup.replace('<mo stretchy="true">~</mo>', '<mo stretchy="true">˜</mo>')
    markup = _ENTITY.sub(lambda m: html.escape(html.unescape(m[0])), markup)
    try:
        markup = with_limits(markup, marks)
    except ET.ParseError:
        return None
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


def _prepare(latex: str) -> tuple[str, dict[str, str], tuple[str, str]]:
    """Rewrite what math-core lacks, and refuse what it would not survive."""
    uncommented = ''.join(token for token in TOKEN.findall(latex) if token[0] != '%')
    known, marks = rewritten(uncommented)
    source, colours = _rewrite(known)
    return bounded(source), colours, marks


def _rewrite(latex: str) -> tuple[str, dict[str, str]]:
    out: list[str] = []
    colours: dict[str, str] = {}
    environments: list[str] = []
    tagged = False
    position = 0
    while position < len(latex):
        match = TOKEN.match(latex, position)
        if match is None:  # pragma: no cover (the pattern covers every character)
            raise RefusedError
        command, position = match[0], match.end()
        if command == r'\\' and (skip := _LINE_SKIP.match(latex, position)):
            position = skip.end()  # math-core would show it as a part of the next line
        if command in {r'\text', r'\mbox'} and (words := _TEXT_WITH_MATH.match(latex, position)):
            position = words.end()
            pieces = words[1].split('$')
            inside = [rf'\text{{{piece}}}' if n % 2 == 0 else piece for n, piece in enumerate(pieces)]
            out.append(f'{{{"".join(inside)}}}')
            continue
        if command in {r'\mathfrak', r'\frak'} and (letters := _FRAKTUR_ARGUMENT.match(latex, position)):
            position = letters.end()
            # math-core 0.9.0 makes an ℍ of it
            out.append(command + _LETTER_I.sub(lambda m: m[1] or 'ℑ', letters[0]))
            continue
        if command in {r'\notag', r'\nonumber', r'\allowbreak'}:
            out.append(' ')
            continue
        if command not in {
            r'\label',
            r'\require',
            r'\begin',
            r'\end',
            r'\eqref',
            r'\ref',
            r'\color',
            r'\textcolor',
        }:
            tagged |= command == r'\tag' and not any(name in _TAGGABLE for name in environments)
            out.append(command)
            continue
        group = _GROUP.match(latex, position)
        if group is None:
            raise RefusedError
        option, argument = group[1], group[2]
        position = group.end()
        if command in {r'\label', r'\require'}:
            out.append(' ')
        elif command in {r'\begin', r'\end'}:
            # `split` is `aligned` for the inside of an environment that may be absent.
            name = f'{argument}*' if argument in _NUMBERED else 'aligned' if argument == 'split' else argument
            if command == r'\begin':
                environments.append(name)
            elif environments:
                environments.pop()
            out.append(f'{command}{"" if option is None else f"[{option}]"}{{{name}}}')
        elif command in {r'\eqref', r'\ref'}:
            label = ''.join(f'\\{c}' if c in '_#&%$' else c for c in argument if c not in '\\^~')
            out.append(rf'\text{{({label})}}' if command == r'\eqref' else rf'\text{{{label}}}')
        else:
            switch = _colour_switch(option, argument, colours, latex)
            # MathJax reads \color{c}{x} as \textcolor{c}{x}; only without a brace it colours what follows.
            if command == r'\textcolor' or _BRACE.match(latex, position):
                out.append(f'{{{switch}')
                position = _close_textcolor(latex, position, out)
            else:
                out.append(switch)
    result = ''.join(out)
    if tagged:
        result = rf'\begin{{equation*}}{result}\end{{equation*}}'
    return result, colours


def _colour_switch(option: str | None, argument: str, colours: dict[str, str], latex: str) -> str:
    r"""The ``\color`` of math-core for a colour as it is written.

    math-core knows few names; CSS knows them all. A code stands in for the
    name, and ``colours`` remembers it.
    """
    if option is None and _COLOUR_NAME.fullmatch(argument):
        code = colours.get(argument) or next(
            code
            for n in range(len(colours), 0x10000)
            if (code := f'FE{n:04X}') not in latex and code not in colours.values()
        )
        colours[argument] = code
        return rf'\color[HTML]{{{code}}}'
    if option is None and _COLOUR_CODE.fullmatch(argument):
        return rf'\color[HTML]{{{argument[1:].upper()}}}'
    return rf'\color{"" if option is None else f"[{option}]"}{{{argument}}}'


def _close_textcolor(latex: str, position: int, out: list[str]) -> int:
    r"""Turn the second argument of ``\textcolor`` into the rest of a group that ``\color`` governs."""
    while position < len(latex) and latex[position].isspace():
        position += 1
    if position < len(latex) and latex[position] == '{':
        return position + 1  # its own closing brace ends the group
    match = TOKEN.match(latex, position)
    if match is None:
        raise RefusedError
    out.append(match[0] + '}')
    return match.end()


def formula_html(latex: str, *, display: bool = False) -> str:
    """One formula as HTML: MathML, or its LaTeX in ``<code class="blog-latex">``.

    >>> formula_html('x^2')
    '<math><msup><mi>x</mi><mn>2</mn></msup></math>'
    """
    markup = to_mathml(latex, display=display)
    if markup is not None:
        return markup
    return f'<code class="blog-latex">{html.escape(_FORBIDDEN.sub(chr(0xFFFD), latex))}</code>'


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
        else:
            out.append(formula_html(span.text, display=span.display))
    return ''.join(out)


def to_plain(text: str) -> str:
    r"""Plain text with formulas as one line of Unicode, for labels without markup.

    >>> to_plain(r'the formula $n > 8.33\log N$')
    'the formula n > 8.33 log N'
    """
    out: list[str] = []
    for span in split_math(text):
        if not span.math:
            out.append(_FORBIDDEN.sub('\ufffd', span.text))
        else:
            markup = to_mathml(span.text)
            out.append(span.text if markup is None else linearise(markup))
    return ' '.join(''.join(out).split())
