r"""What authors write for MathJax and math-core doesn't know, written in what it knows.

Wrappers for the screen (``\bbox``, ``\style``, ``\class``, ``\cssId``, ``\href``)
leave what they wrap: never a link, style or name; sizes of letters are left out.
Plain TeX's ``\cases{…\cr…}`` becomes an environment, ``eqnarray`` an ``align`` of
its sides.

The scripts of ``\mathop{…}`` are written beside it by math-core, whatever
stands in the braces. Words become ``\operatorname*``; anything else gets a
mark, by which :func:`with_limits` finds it in the markup and puts the scripts
where TeX does: below and above in a display, or where ``\limits`` says so.
"""

from __future__ import annotations

import re
from typing import Final, NamedTuple
from xml.etree import ElementTree as ET

from sphinxext_blog.formulas.guard import TOKEN, RefusedError

__all__ = ['rewritten', 'with_limits']

_RENAMED: Final = {
    r'\pmb': r'\boldsymbol',
    r'\mathbbm': r'\mathbb',
    r'\mathds': r'\mathbb',
    r'\mbox': r'\text',
    r'\hbox': r'\text',
    r'\cr': r'\\',
    r'\strut': ' ',
    r'\hfill': r'\quad ',
    **{rf'\{size}': ' ' for size in 'tiny scriptsize small normalsize large Large LARGE huge Huge'.split()},
}
_WRAPPER: Final = {
    r'\bbox': re.compile(r'\s*(?:\[[^\[\]{}\\]*\])?'),
    **dict.fromkeys([r'\style', r'\class', r'\cssId', r'\enclose'], re.compile(r'\s*\{[^{}\\]*\}')),
    **dict.fromkeys([r'\smash', r'\mathrlap', r'\mathllap', r'\mathclap', r'\vcenter'], re.compile('')),
    # An address may hold any sign.
    r'\href': re.compile(r'\s*\{(?:[^{}\\]|\\.)*\}', re.DOTALL),
}
_PLAIN_TEX: Final = {
    r'\cases': 'cases',
    r'\matrix': 'matrix',
    r'\pmatrix': 'pmatrix',
    r'\displaylines': 'gathered',
    r'\substack': 'subarray',
}
"""Commands for what stands in an environment, and its name."""
_ENVIRONMENTS: Final = {'eqnarray': 'align*', 'eqnarray*': 'align*', 'smallmatrix': 'matrix'}
_UNICODE: Final = re.compile(r'\s*(?:\[[^\[\]{}\\]*\])*\s*\{\s*(?:([0-9]{1,7})|x([0-9A-Fa-f]{1,6}))\s*\}')
_SPECIAL: Final = '\\{}$%&#_^~'
_ENVIRONMENT: Final = re.compile(r'\s*\{([^{}\\]*)\}')
_BRACE: Final = re.compile(r'\s*\{')
_BLANKS: Final = re.compile(r'\s*')
_LIMITS: Final = re.compile(r'\s*\\(limits|nolimits|displaylimits)(?![A-Za-z])')
_WORDS: Final = re.compile(
    r'\s*(?:\\(?:text|textrm|textnormal|mathrm|mathop|mbox|operatorname\*?)\s*'
    r'\{([^\W\d_][^\W\d_ ]*(?: [^\W\d_ ]+)*)\}'
    r'|\\rm\s+([^\W\d_]+))\s*'
)
_APPLIED: Final = '\u2061'
_FIRST_MARK: Final = 0xF0000
_SCRIPTS: Final = {'msub': 'munder', 'msup': 'mover', 'msubsup': 'munderover'}
_IN_TEXT_STYLE: Final = frozenset(['mfrac', 'mtable', 'mroot'])
"""Elements whose children are not set in display style, unless an attribute says so."""


class _Open(NamedTuple):
    """A group or environment that is not closed yet."""

    end: str
    """What closes it in the result."""
    start: int = -1
    r"""Of a ``\mathop``: where its content starts in the result."""
    environment: str = ''


class _Marks(NamedTuple):
    """Characters that stand in no formula: they mark operators by where their scripts go."""

    style: str
    """Where the style says."""
    limits: str
    """Below and above."""


def rewritten(latex: str) -> tuple[str, tuple[str, str]]:
    r"""A formula without the commands that this module knows. Linear.

    :param latex: without comments.
    :return: the formula, and its marks for :func:`with_limits`.
    :raises RefusedError: when ``\unicode`` names no character that can be shown.

    >>> rewritten(r'\mathop{\text{argmin}}_x \pmb{x}')[0]
    '\\operatorname*{argmin}_x \\boldsymbol{x}'
    """
    codes = (code for code in range(_FIRST_MARK, 0x10FFFD) if chr(code) not in latex)
    marks = _Marks(chr(next(codes)), chr(next(codes)))
    out: list[str] = []
    groups: list[_Open] = []
    columns = [0]  # of the row in each open environment
    position = 0
    while position < len(latex):
        match = TOKEN.match(latex, position)
        if match is None:  # pragma: no cover (the pattern covers every character)
            raise RefusedError
        piece, position = match[0], match.end()
        piece = _RENAMED.get(piece, piece)
        if (wrapper := _WRAPPER.get(piece)) and (skipped := wrapper.match(latex, position)):
            position = skipped.end()
        elif piece == r'\unicode':
            position = _write_character(latex, position, out)
        elif (name := _PLAIN_TEX.get(piece)) and (brace := _BRACE.match(latex, position)):
            position = brace.end()
            out.append(rf'\begin{{{name}}}' + ('{c}' if name == 'subarray' else ''))
            groups.append(_Open(rf'\end{{{name}}}'))
        elif piece == r'\mathop':
            position = _BLANKS.match(latex, position).end()  # type: ignore[union-attr]
            if latex[position : position + 1] == '{':
                position += 1
                groups.append(_Open('}', len(out)))
                out.append(r'\mathop{')
            elif argument := TOKEN.match(latex, position):
                start = len(out)
                out += [r'\mathop{', argument[0]]
                position = _close_operator(latex, argument.end(), out, start, marks)
        elif piece == '{':
            groups.append(_Open('}'))
            out.append(piece)
        elif piece == '}' and groups and not groups[-1].environment:
            group = groups.pop()
            if group.start >= 0:
                position = _close_operator(latex, position, out, group.start, marks)
            else:
                out.append(group.end)
        elif piece == r'\begin' and (named := _ENVIRONMENT.match(latex, position)):
            position = named.end()
            name = _ENVIRONMENTS.get(named[1], named[1])
            groups.append(_Open(rf'\end{{{name}}}', environment=named[1]))
            columns.append(0)
            out.append(rf'\begin{{{name}}}')
        elif (
            piece == r'\end'
            and (named := _ENVIRONMENT.match(latex, position))
            and groups
            and groups[-1].environment == named[1]
        ):
            position = named.end()
            columns.pop()
            out.append(groups.pop().end)
        else:
            if groups and groups[-1].environment.startswith('eqnarray'):
                columns[-1] = columns[-1] + 1 if piece == '&' else 0 if piece == r'\\' else columns[-1]
                if piece == '&' and columns[-1] == 2:  # between a relation and its right side
                    piece = ' '
            out.append(piece)
    return ''.join(out), marks


def _write_character(latex: str, position: int, out: list[str]) -> int:
    match = _UNICODE.match(latex, position)
    code = 0 if match is None else int(match[1]) if match[1] else int(match[2], 16)
    if match is None or code > 0x10FFFF or not chr(code).isprintable() or chr(code) in _SPECIAL:
        raise RefusedError
    out.append(rf'\text{{{chr(code)}}}')
    return match.end()


def _close_operator(latex: str, position: int, out: list[str], start: int, marks: _Marks) -> int:
    r"""End a ``\mathop``.

    :param position: behind it.
    :param start: where its ``\mathop{`` stands in *out*.
    :return: the position to go on at.
    """
    content = ''.join(out[start + 1 :])
    limits = ''
    while found := _LIMITS.match(latex, position):
        limits, position = found[1], found.end()
    words = _WORDS.fullmatch(content)
    if words is not None:
        name = (words[1] or words[2]).replace(' ', r'\ ')
        out[start:] = [
            rf'\operatorname*{{{name}}}',
            rf'\{limits} ' if limits in {'limits', 'nolimits'} else '',
        ]
    elif content.strip() and limits != 'nolimits':
        mark = marks.limits if limits == 'limits' else marks.style
        out[start:] = [rf'\mathop{{{content}\text{{{mark}}}}}']
    else:
        out.append('}')
    return position


def with_limits(markup: str, marks: tuple[str, str]) -> str:
    """Markup of a formula with the scripts of marked operators where they belong, and without the marks.

    :param markup: well-formed; as it is when no mark stands in it.
    :param marks: as :func:`rewritten` gives them.
    :raises xml.etree.ElementTree.ParseError: when it is not well-formed.
    """
    known = _Marks(*marks)
    if not any(mark in markup for mark in known):
        return markup
    root = ET.fromstring(markup)  # noqa: S314 (made by math-core; holds no entities)
    _place(root, known, display=root.get('display') == 'block')
    return ET.tostring(root, 'unicode', short_empty_elements=False)


def _place(element: ET.Element, marks: _Marks, *, display: bool) -> str:
    """Place the scripts in an element, and remove the marks; the one it ends in is returned."""
    if 'displaystyle' in element.attrib:
        display = element.get('displaystyle') == 'true'
    elif element.tag in _IN_TEXT_STYLE:
        display = False
    scripted = element.tag in _SCRIPTS or element.tag in _SCRIPTS.values()
    last = ''
    for n, child in enumerate(list(element)):
        if child.tag == 'mtext' and child.text in marks:
            last = child.text or ''
            element.remove(child)
            if n and element[-1].text == _APPLIED:  # a function is not applied to a mark
                element.remove(element[-1])
            continue
        last = _place(child, marks, display=display and not (scripted and n))
        is_operator = n == 0 and element.tag in _SCRIPTS and child.tag == 'mpadded' and last
        if is_operator and (display or last == marks.limits):
            element.tag = _SCRIPTS[element.tag]
    return last if element.tag in {'mpadded', 'mrow'} else ''
