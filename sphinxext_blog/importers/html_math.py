r"""Formulas in HTML, whatever program set them -> their LaTeX.

MathJax 2 keeps the source in ``<script type="math/tex">``, KaTeX and MathML in
an ``<annotation encoding="application/x-tex">``, LaTeXML in ``alttext``, MathJax
4 in ``data-latex``, WordPress.com in the text of a picture; before any script ran
it stands in the text itself. What a program made of it is left out.
"""

from __future__ import annotations

import html
import re
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

if TYPE_CHECKING:
    from sphinxext_blog.importers.html_tree import Element

__all__ = [
    'UNREADABLE',
    'Formula',
    'count_unreadable',
    'formula_of',
    'is_rendering',
    'wordpress_code',
    'wordpress_latex',
]

Formula = tuple[str, bool]
"""LaTeX, and whether it is a display."""

UNREADABLE = frozenset({'math', 'mjx-container'})
"""Formulas of which, when :func:`formula_of` finds no LaTeX, nothing can be told."""
_RENDERINGS = frozenset({
    'MathJax', 'MathJax_Preview', 'MathJax_Display', 'MathJax_CHTML', 'MathJax_SVG', 'MathJax_SVG_Display',
    'MJX_Assistive_MathML', 'MJXc-display', 'mjx-chtml', 'katex-html', 'MathJax_Error', 'MathJax_CHTML_Display',  # noqa: E501
})  # fmt: skip
_WORDPRESS = re.compile(r'\$latex[ \t\n]++((?:[^$\\]|\\.)*+)\$', re.DOTALL)
_WORDPRESS_STYLE = re.compile(r'(?:&(?:amp;|#038;)?(?:bg|fg|s)=[\w-]{1,20})+[ \t\n]*+\Z')
"""Colours and size, which WordPress.com takes behind the formula."""
_STYLED = 200
"""Characters at the end of a formula in which they are looked for."""
_SWITCH = re.compile(r'\[(?:latexpage|mathjax)\]')
_CODE = re.compile(r'\[(?P<name>sourcecode|code)(?P<how>[ \t][^\]\n]{0,200})?\]')
_CODE_LANGUAGE = re.compile(r'lang(?:uage)?[ ]?=[ ]?["\']?([A-Za-z0-9+#]{1,20})')
_SHORTCODE = re.compile(
    r'\[(latex|latexpage|math|katex)(?P<display>[ ]+display[^\]]*)?\]((?:[^\[]|\[(?!/)){0,4000}+)\[/\1\]'
)


def formula_of(element: Element) -> Formula | None:
    """The formula that *element* as a whole is; ``None`` when it is none, or has no LaTeX."""
    tag, classes = element.tag, element.classes
    if tag == 'script':
        kind = element.attributes.get('type', '')
        # some exporters escape what stands in a script, too
        return (
            (html.unescape(element.text()), 'mode=display' in kind.replace(' ', ''))
            if 'math/tex' in kind
            else None
        )
    if tag == 'math' or 'katex' in classes or 'katex-display' in classes or 'katex-mathml' in classes:
        return _annotated(element, 'katex-display' in classes)
    if tag == 'mjx-container':
        latex = next(
            (e.attributes['data-latex'] for e in element.walk() if e.attributes.get('data-latex')), ''
        )
        found = (latex, False) if latex else _annotated(element, False)
        return found and (found[0], found[1] or element.attributes.get('display') in {'true', 'block'})
    if tag == 'img':
        return _picture(element)
    if 'katex-eq' in classes:  # of the plugin for WordPress
        return element.text().strip(), element.attributes.get('data-katex-display') == 'true'
    return None


def count_unreadable(element: Element) -> int:
    """How many formulas below *element* have no LaTeX."""
    found = 0
    stack: list[Element | str] = [element]
    while stack:
        now = stack.pop()
        if isinstance(now, str) or formula_of(now) is not None:
            continue
        if now.tag in UNREADABLE:
            found += 1
        elif not is_rendering(now):
            stack.extend(now.children)
    return found


def _annotated(element: Element, display: bool) -> Formula | None:
    for inner in element.walk():
        if inner.tag == 'annotation' and 'tex' in inner.attributes.get('encoding', '').casefold():
            latex = inner.text()
            break
        if inner.tag == 'math' and inner.attributes.get('alttext'):
            latex = inner.attributes['alttext']
            display = display or inner.attributes.get('display') == 'block'
            if not any(e.tag == 'annotation' for e in inner.walk()):
                break
    else:
        return None
    display = display or any(
        e.tag == 'math' and e.attributes.get('display') == 'block' for e in element.walk()
    )
    return latex.strip(), display


def _picture(element: Element) -> Formula | None:
    source = element.attributes.get('src', '')
    if 'latex' in element.classes or 'latex.php' in source or 'codecogs' in source:
        latex = element.attributes.get('alt', '').strip()
        if not latex:
            query = source.partition('?')[2].partition('#')[0]
            latex = ''.join(parse_qs(query).get('latex', [''])).strip()
        if latex:
            return latex.strip('$').removeprefix('latex ').strip(), False
    return None


def is_rendering(element: Element) -> bool:
    """Whether an element only shows a formula whose LaTeX stands elsewhere."""
    return not _RENDERINGS.isdisjoint(element.classes)


def wordpress_latex(text: str) -> str:
    """The ``$latex …$`` and ``[latex]…[/latex]`` of WordPress as ``$…$``; ``[latexpage]`` goes."""
    text = _WORDPRESS.sub(lambda m: f'${_without_style(m[1]).strip()}$', text)
    text = _SHORTCODE.sub(lambda m: f'$${m[3].strip()}$$' if m['display'] else f'${m[3].strip()}$', text)
    return _SWITCH.sub('', text)


def _without_style(latex: str) -> str:
    return latex[:-_STYLED] + _WORDPRESS_STYLE.sub('', latex[-_STYLED:])


def wordpress_code(text: str) -> str:
    """The ``[sourcecode language="…"]…[/sourcecode]`` of WordPress as ``<pre>``."""
    parts: list[str] = []
    at = 0
    absent: set[str] = set()
    for match in _CODE.finditer(text):
        closer = f'[/{match["name"]}]'
        if match.start() < at or closer in absent:
            continue
        end = text.find(closer, match.end())
        if end < 0:
            absent.add(closer)  # so that many openings take one search
            continue
        language = _CODE_LANGUAGE.search(match['how'] or '')
        code = text[match.end() : end]
        if '&lt;' not in code:
            code = html.escape(code, quote=False)
        parts += [text[at : match.start()], f'<pre lang="{language[1] if language else ""}">{code}</pre>']
        at = end + len(closer)
    return ''.join([*parts, text[at:]])
