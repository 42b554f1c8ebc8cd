"""The room of formulas: LaTeX in, what readers and machines can use out.

One half reads: :func:`analyse` turns a formula into equations and sides in
three normal forms, :func:`keys_of` into keys that are equal when the formulas
are; :func:`shared_formulas` finds the posts that share mathematics and
:class:`FormulaSearch` the formulas that a reader looks for. The forms are
specified in ``docs/formulas-specification.rst``.

The other half shows: LaTeX becomes MathML for everything that the extension
itself adds to pages (:func:`to_mathml`, :func:`render_html`), so that titles
and citing sentences show their mathematics without a script, and one line of
plain Unicode for places that hold no markup (:func:`to_plain`), such as labels
on a canvas. Text with formulas is plain text in which LaTeX stands between
dollar signs, as in the records. Nothing here knows Sphinx.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.lazy_names import lazy_names

if TYPE_CHECKING:
    from sphinxext_blog.formulas.analysis import KEY_VERSION, analyse, keys_of, parse
    from sphinxext_blog.formulas.catalogue import Catalogue, Entry, Place, make_catalogue
    from sphinxext_blog.formulas.heads import Head, HeadGroup, group_by_head
    from sphinxext_blog.formulas.index import build_index
    from sphinxext_blog.formulas.macros import (
        NO_MACROS,
        Macro,
        Macros,
        macros_after,
        read_macros,
        without_macros,
    )
    from sphinxext_blog.formulas.mathml import formula_html, render_html, to_mathml, to_plain
    from sphinxext_blog.formulas.model import (
        Analysis,
        Branch,
        Formula,
        Key,
        Level,
        Node,
        Problem,
        SharedFormula,
        SharedKey,
        Unit,
    )
    from sphinxext_blog.formulas.notation import Symbol, notation_of
    from sphinxext_blog.formulas.search import FormulaSearch, Group, Hit
    from sphinxext_blog.formulas.shared import shared_formulas
    from sphinxext_blog.formulas.symbols import word_latex

__all__ = [
    'KEY_VERSION',
    'NO_MACROS',
    'Analysis',
    'Branch',
    'Catalogue',
    'Entry',
    'Formula',
    'FormulaSearch',
    'Group',
    'Head',
    'HeadGroup',
    'Hit',
    'Key',
    'Level',
    'Macro',
    'Macros',
    'Node',
    'Place',
    'Problem',
    'SharedFormula',
    'SharedKey',
    'Symbol',
    'Unit',
    'analyse',
    'build_index',
    'formula_html',
    'group_by_head',
    'keys_of',
    'macros_after',
    'make_catalogue',
    'notation_of',
    'parse',
    'read_macros',
    'render_html',
    'shared_formulas',
    'to_mathml',
    'to_plain',
    'without_macros',
    'word_latex',
]

_HOMES = {
    'KEY_VERSION': 'analysis',
    'NO_MACROS': 'macros',
    'Analysis': 'model',
    'Branch': 'model',
    'Catalogue': 'catalogue',
    'Entry': 'catalogue',
    'Formula': 'model',
    'FormulaSearch': 'search',
    'Group': 'search',
    'Head': 'heads',
    'Hit': 'search',
    'Key': 'model',
    'Level': 'model',
    'Macro': 'macros',
    'Macros': 'macros',
    'Node': 'model',
    'Place': 'catalogue',
    'Problem': 'model',
    'SharedFormula': 'model',
    'SharedKey': 'model',
    'Symbol': 'notation',
    'HeadGroup': 'heads',
    'Unit': 'model',
    'analyse': 'analysis',
    'build_index': 'index',
    'formula_html': 'mathml',
    'group_by_head': 'heads',
    'keys_of': 'analysis',
    'macros_after': 'macros',
    'make_catalogue': 'catalogue',
    'notation_of': 'notation',
    'parse': 'analysis',
    'read_macros': 'macros',
    'render_html': 'mathml',
    'shared_formulas': 'shared',
    'to_mathml': 'mathml',
    'to_plain': 'mathml',
    'without_macros': 'macros',
    'word_latex': 'symbols',
}
"""The module of each public name."""


__getattr__ = lazy_names(__name__, _HOMES)
