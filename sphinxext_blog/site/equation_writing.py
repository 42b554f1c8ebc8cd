r"""While a page is written: numbers go into the formulas, and references become links.

The number of a row is written as its ``\tag``, so that the page, the book and
the text all show the one that the author sees, whatever renders the formula. A
reference inside a formula becomes a link where the renderer has a way to make
one, and the number elsewhere.
"""

from __future__ import annotations

import hashlib
import html
import re
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes
from sphinx import addnodes
from sphinx.errors import NoUri
from sphinx.transforms.post_transforms import SphinxPostTransform
from sphinx.util import logging
from sphinx.util.math import wrap_displaymath

from sphinxext_blog.site.equation_labels import (
    REFERENCE_KIND,
    EquationLabel,
    scoped_math_domain,
    warn_unresolved,
)
from sphinxext_blog.site.equation_reading import NUMBERS, is_unwrapped
from sphinxext_blog.site.equation_rows import read_layout, references_in, replace_references, retag
from sphinxext_blog.site.inline import quoted, text_nodes
from sphinxext_blog.site.text import split_math

if TYPE_CHECKING:
    from sphinxext_blog.site.equation_labels import ScopedMathDomain
    from sphinxext_blog.site.equation_rows import Layout, Reference

__all__ = ['WriteEquations', 'fill_in', 'filled_latex']

logger = logging.getLogger(__name__)

_STAND_IN: Final = 'blog_stand_ins'
"""Attribute of a formula: names in it with the text and the address that they stand for until it
is MathML: references, which LaTeX has no words for, and tags that the converter refuses."""
_NAME: Final = 'BLOGSTANDIN'
_SIMPLE_TAG = re.compile(r'[A-Za-z0-9.*-]+')
_SPECIAL = str.maketrans(
    {
        '\\': r'\textbackslash ',
        '^': r'\textasciicircum ',
        '~': r'\textasciitilde ',
        **{c: f'\\{c}' for c in '{}$%#&_'},
    }
)


class WriteEquations(SphinxPostTransform):
    """Put numbers into display formulas, and links into formulas with references."""

    default_priority = 4
    """Before Sphinx makes its own references of LaTeX (5)."""

    def run(self, **kwargs: Any) -> None:
        del kwargs
        domain = scoped_math_domain(self.env)
        blog: Any = self.env.get_domain('blog')
        if domain is None:
            return
        writer = _Writer(domain, blog.knowledge.builder, self.env.docname, self.document)
        for block in list(self.document.findall(nodes.math_block)):
            writer.write_references(block)
            if NUMBERS in block:
                writer.write_numbers(block)
        for node in list(self.document.findall(nodes.math)):
            writer.write_references(node)
        if writer.latex:
            for xref in list(self.document.findall(addnodes.pending_xref)):
                if xref.get('refdomain') == 'math' and xref.get('reftype') in {'eq', 'numref'}:
                    writer.write_latex_reference(xref)


class _Writer:
    def __init__(
        self, domain: ScopedMathDomain, builder: Any, docname: str, document: nodes.document
    ) -> None:
        self.domain = domain
        self.builder = builder
        self.docname = docname
        self.html = builder.format == 'html'
        self.latex = builder.format == 'latex'
        self.renderer = builder.math_renderer_name if self.html else ''
        # a book holds many documents
        parts = document.findall(addnodes.start_of_file)
        self.present = {docname, *(part['docname'] for part in parts)} if self.latex else set()

    # numbers ----------------------------------------------------------

    def write_numbers(self, block: nodes.math_block) -> None:
        from sphinxext_blog.formulas import to_plain

        latex = block.astext()
        layout = read_layout(latex)
        numbers: list[str] = block[NUMBERS]
        formula = next((name for name in block['ids'] if name.startswith('formula-')), '')
        if is_unwrapped(block):
            _set_latex(block, self._tagged(block, latex, layout, numbers, formula))
            return
        number = numbers[0]
        bare = retag(latex, layout, [''] * len(layout.rows))
        if self.latex:
            key = _latex_key(block['docname'], formula, 0)
            text = wrap_displaymath(bare, key if number else None, numbering=False)
            text = text.replace(rf'\label{{{key}}}', rf'\tag{{{number}}}\label{{{key}}}', 1)
            block['no-wrap'] = block['nowrap'] = True
            block['label'] = None
            _set_latex(block, text)
        elif self.html:
            _set_latex(block, bare)
            # Renderers write the number as it is.
            block['number'] = html.escape(to_plain(number)) or None
        else:
            _set_latex(block, rf'{bare.rstrip()} \tag{{{number}}}' if number else bare)

    def _tagged(
        self, block: nodes.math_block, latex: str, layout: Layout, numbers: list[str], formula: str
    ) -> str:
        if len(numbers) != len(layout.rows):
            return latex  # another extension changed the formula after it was read
        labels: list[str] = []
        if self.latex:
            labels = [
                rf'\label{{{_latex_key(block["docname"], formula, place)}}}' if number else ''
                for place, number in enumerate(numbers)
            ]
            numbers = [
                '' if row.environment.startswith('eqnarray') else number  # which knows no \tag in LaTeX
                for row, number in zip(layout.rows, numbers, strict=True)
            ]
        if self.renderer == 'mathml':
            numbers = _plain_tags(block, numbers)
        return retag(latex, layout, numbers, labels)

    # references -------------------------------------------------------

    def write_references(self, node: nodes.math | nodes.math_block) -> None:
        """Replace what is left of references in a formula."""
        latex = node.astext()
        if not references_in(latex):
            return
        refdoc = node.get('docname') or self.docname
        _set_latex(node, replace_references(latex, lambda found: self._in_formula(node, refdoc, found)))

    def _in_formula(self, node: nodes.Element, refdoc: str, reference: Reference) -> str:
        from sphinxext_blog.formulas import to_plain

        found = self.domain.lookup(refdoc, reference.label)
        if found is None:
            if not warn_unresolved(self.domain, reference.label, node):
                logger.warning(
                    'equation not found: %s', reference.label, location=node, type='ref', subtype='eq'
                )
            label = reference.label.translate(_SPECIAL)
            return _as_text(f'({label})' if reference.kind == 'eqref' else label, reference)
        docname, equation = found
        if self.latex and docname in self.present:
            title = '' if docname == refdoc else _as_text(f'{self._title(docname)} ', reference)
            return f'{title}{_latex_reference(docname, equation, reference.kind)}'
        shown = equation.number if reference.kind == 'ref' else equation.shown
        text = shown if docname == refdoc else f'{self._title(docname)} {shown}'
        address = self._address(docname, equation)
        if address and self.renderer == 'mathjax':
            link = rf'\href{{{address}}}{{\text{{{text}}}}}'
            if not reference.in_text:
                return link
            if reference.text_command:  # in text, MathJax would show the link's LaTeX as it is
                return rf'}}{link}{reference.text_command}{{'
        if address and self.renderer == 'mathml':
            title = '' if docname == refdoc else f'{quoted(self.domain.title_of(docname))} '
            return _as_text(_stand_in(node, to_plain(f'{title}{shown}'), address), reference)
        return _as_text(text, reference)

    def _title(self, docname: str) -> str:
        """The title of a document as LaTeX text."""
        return ''.join(
            f'${piece}$' if is_math else piece.replace('\\$', '$').translate(_SPECIAL)
            for piece, is_math in split_math(quoted(self.domain.title_of(docname)))
        )

    def _address(self, docname: str, equation: EquationLabel) -> str:
        if not self.html:
            return ''
        if self.builder.name == 'singlehtml':
            return f'#{equation.formula}'
        if docname == self.docname:
            return f'#{equation.anchor}'
        try:
            return f'{self.builder.get_relative_uri(self.docname, docname)}#{equation.anchor}'
        except NoUri:
            return ''

    def write_latex_reference(self, xref: addnodes.pending_xref) -> None:
        """Replace a cross-reference by LaTeX's own, which shows the number of the book's equation."""
        refdoc = xref.get('refdoc', self.docname)
        found = self.domain.lookup(refdoc, xref['reftarget'])
        if found is None or found[0] not in self.present or xref.get('refexplicit'):
            return  # Sphinx resolves it or warns
        docname, equation = found
        kind = xref.get(REFERENCE_KIND, '')
        latex = _latex_reference(docname, equation, kind or 'eqref')
        if not kind and self.domain.env.config.math_eqref_format:
            latex = self.domain.link_text(refdoc, refdoc, equation)
            latex = latex.translate(_SPECIAL) if not equation.number.isalnum() else latex
            latex = latex.replace(equation.number, rf'\ref{{{_key_of(docname, equation)}}}', 1)
        new: list[nodes.Node] = [nodes.raw('', latex, format='latex')]
        if docname != refdoc:
            new[:0] = text_nodes(f'{quoted(self.domain.title_of(docname))} ', self.builder)
        xref.replace_self(new)


def _as_text(text: str, reference: Reference) -> str:
    """Text in place of a reference."""
    return text if reference.in_text else rf'\text{{{text}}}'


def _plain_tags(block: nodes.math_block, numbers: list[str]) -> list[str]:
    """Tags that the converter to MathML takes."""
    from sphinxext_blog.formulas import to_plain

    return [
        number if not number or _SIMPLE_TAG.fullmatch(number) else _stand_in(block, to_plain(number), '')
        for number in numbers
    ]


def _stand_in(node: nodes.Element, text: str, address: str) -> str:
    """A name for *text*, until :func:`fill_in` puts it into the MathML."""
    names: dict[str, tuple[str, str]] = node.attributes.setdefault(_STAND_IN, {})
    name = f'{_NAME}{len(names)}E'
    names[name] = (text, address)
    return name


def _set_latex(node: nodes.math | nodes.math_block, latex: str) -> None:
    node.clear()
    node.append(nodes.Text(latex))
    node.rawsource = latex


def _latex_key(docname: str, formula: str, row: int) -> str:
    """A label that LaTeX reads as it is, whatever the document is called."""
    digest = hashlib.sha256(docname.encode('utf-8', 'surrogatepass')).hexdigest()[:8]
    return f'equation:{digest}:{formula}:{row}'


def _key_of(docname: str, equation: EquationLabel) -> str:
    return _latex_key(docname, equation.formula, equation.row)


def _latex_reference(docname: str, equation: EquationLabel, kind: str) -> str:
    command = 'eqref' if kind == 'eqref' and not equation.bare else 'ref'
    return rf'\{command}{{{_key_of(docname, equation)}}}'


def fill_in(markup: str, node: nodes.math | nodes.math_block, *, xml: bool) -> str:
    """MathML of a formula with its references as links: ``<mtext>`` may hold HTML.

    :param xml: the page is XML, in which elements of HTML need their namespace.
    """
    names: dict[str, tuple[str, str]] = node.get(_STAND_IN, {})
    namespace = ' xmlns="http://www.w3.org/1999/xhtml"' if xml else ''
    for name, (text, address) in names.items():
        shown = html.escape(text)
        if address:
            shown = f'<a class="reference internal"{namespace} href="{html.escape(address)}">{shown}</a>'
        markup = markup.replace(name, shown)
    return markup


def filled_latex(latex: str, node: nodes.math | nodes.math_block) -> str:
    """LaTeX of a formula that could not be converted, to be shown as it is."""
    names: dict[str, tuple[str, str]] = node.get(_STAND_IN, {})
    for name, (text, _address) in names.items():
        latex = latex.replace(name, text)
    return latex
