"""An HTML math renderer that needs no script: ``html_math_renderer = 'mathml'``.

Formulas become MathML while the site is built. Numbers and anchors of equations
are those of Sphinx's MathJax renderer, so that ``:eq:`` leads to them. What
can't be converted is shown as its LaTeX, with a warning ``blog.formula``.
"""

from __future__ import annotations

import html
from typing import TYPE_CHECKING

from docutils import nodes
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.math import get_node_equation_number

from sphinxext_blog.site.equation_writing import fill_in, filled_latex
from sphinxext_blog.site.formula_reading import FAULTY, project_macros
from sphinxext_blog.site.inline import mathml_markup

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.writers.html5 import HTML5Translator

    from sphinxext_blog.formulas import Macros

__all__ = ['FormulaWriter', 'setup_mathml_renderer', 'visit_math', 'visit_math_block']

logger = logging.getLogger(__name__)


def setup_mathml_renderer(app: Sphinx) -> None:
    """Have the renderer at hand; ``html_math_renderer`` chooses it."""
    app.connect('config-inited', _register)


def _register(app: Sphinx, config: Config) -> None:
    # Of two renderers Sphinx takes the one that isn't MathJax, and of three none: not to be chosen
    # unasked, and not to be in the way of another, ours is only there when it is asked for.
    if config.html_math_renderer == 'mathml':
        app.add_html_math_renderer(
            'mathml', inline_renderers=(visit_math, None), block_renderers=(visit_math_block, None)
        )


def visit_math(self: HTML5Translator, node: nodes.math) -> None:
    """Write an inline formula."""
    self.body.append(self.starttag(node, 'span', '', CLASS='math notranslate nohighlight'))
    self.body.append(_markup(self, node, display=False))
    self.body.append('</span>')
    raise nodes.SkipNode


def visit_math_block(self: HTML5Translator, node: nodes.math_block) -> None:
    """Write a displayed formula, with its number where it has one."""
    self.body.append(self.starttag(node, 'div', CLASS='math notranslate nohighlight'))
    if node.get('number'):
        number = get_node_equation_number(self, node)
        self.body.append(f'<span class="eqno">({number})')
        self.add_permalink_ref(node, _('Link to this equation'))
        self.body.append('</span>')
    self.body.append(_markup(self, node, display=True))
    self.body.append('</div>\n')
    raise nodes.SkipNode


def _markup(self: HTML5Translator, node: nodes.math | nodes.math_block, *, display: bool) -> str:
    writer: FormulaWriter | None = getattr(self, '_blog_formulas', None)
    if writer is None:
        writer = self._blog_formulas = FormulaWriter(self.builder)  # type: ignore[attr-defined]
    return writer.markup(node, display=display)


class FormulaWriter:
    """Writes the formulas of one page, in reading order: macros hold from where they are defined."""

    def __init__(self, builder: Builder) -> None:
        self._builder = builder
        self._macros: Macros = project_macros(builder.config)

    def markup(self, node: nodes.math | nodes.math_block, *, display: bool, warn: bool = True) -> str:
        """A formula as MathML, or as LaTeX when it has no such form."""
        from sphinxext_blog.formulas import macros_after, without_macros

        source = node.astext()
        macros = self._macros
        self._macros = macros_after(source, macros)
        latex = without_macros(source, macros)
        if display and not node.get('no-wrap', node.get('nowrap', False)):
            latex = _aligned(latex)
        markup = mathml_markup(latex, self._builder.name, display=display)
        if markup is not None:
            return fill_in(markup, node, xml=self._builder.name == 'epub')
        if not latex.strip():
            return ''  # nothing to show, nor to warn of
        latex = filled_latex(latex, node)
        if warn and not node.get(FAULTY):
            logger.warning(
                'this formula has no MathML form and is shown as LaTeX: %s',
                ' '.join(latex.split())[:120],
                type='blog',
                subtype='formula',
                location=node,
            )
        return f'<code class="blog-latex">{html.escape(latex)}</code>'


def _aligned(latex: str) -> str:
    r"""What Sphinx puts around the lines of a directive: ``\\`` and ``&`` mean something there.

    Parts that a blank line divides stand below each other.
    """
    parts = [part.strip() for part in latex.split('\n\n') if part.strip()]
    if len(parts) < 2 and '&' not in latex and r'\\' not in latex:
        return latex
    if any(
        r'\begin{equation' in part or r'\begin{align}' in part or r'\begin{gather' in part for part in parts
    ):
        return latex
    lines = [
        rf'\begin{{aligned}}{part}\end{{aligned}}' if r'\\' in part or '&' in part else part for part in parts
    ]
    return lines[0] if len(lines) == 1 else r'\begin{aligned}' + r'\\'.join(lines) + r'\end{aligned}'
