"""Formulas and their places as nodes: from the data of `formula_views` to what every builder can write."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from docutils import nodes
from sphinx.locale import get_translation

from sphinxext_blog.site.equation_rows import read_layout, retag
from sphinxext_blog.site.inline import comma, link, mathml_markup, text_nodes

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinx.builders import Builder

    from sphinxext_blog.formulas import Head
    from sphinxext_blog.site.formula_views import FormulaItem, FormulaPlace, HeadView, NotationRow

__all__ = ['index_nodes', 'notation_nodes', 'place_links']

_ = get_translation('sphinxext_blog')

_NUMBERED: Final = re.compile(
    r'\\(begin|end)\s*\{(equation|align|gather|multline|alignat|flalign|eqnarray)\}'
)
_WIDTHS: Final = (10, 35, 20, 8, 27)
"""Shares of the columns of a table of symbols."""
_MOST_PLACES: Final = 12
"""Posts that one formula names; how many more there are is said."""


def head_name(head: Head) -> str:
    """What formulas of a head are called."""
    return str(
        {
            'integral': _('Integrals'),
            'sum': _('Sums'),
            'product': _('Products'),
            'limit': _('Limits'),
            'optimum': _('Minima and maxima'),
            'expectation': _('Expectations and probabilities'),
            'derivative': _('Derivatives and gradients'),
            'matrix': _('Matrices'),
            'cases': _('Case distinctions'),
            'invariant': _('Determinants, traces and ranks'),
            'norm': _('Norms'),
            'logarithm': _('Logarithms'),
            'exponential': _('Exponentials'),
            'trigonometric': _('Trigonometric functions'),
            'root': _('Roots'),
            'binomial': _('Binomial coefficients'),
            'congruence': _('Congruences and divisors'),
            'set': _('Sets'),
            'inequality': _('Inequalities'),
            'equation': _('Equations'),
            'expression': _('Expressions'),
        }[head]
    )


def index_nodes(
    builder: Builder, docname: str, groups: Sequence[HeadView], *, headings: bool = True
) -> list[nodes.Node]:
    """An index of formulas, written for page *docname*.

    :param headings: give each group a heading; a single one needs none.
    """
    result: list[nodes.Node] = []
    for group in groups:
        if headings:
            result.append(nodes.rubric('', head_name(group.head), classes=['blog-panel-title']))
        for mark, items in group.groups:
            if mark and len(group.groups) > 1:
                words = text_nodes(str(_('with %s')) % f'${mark}$', builder)
                result.append(nodes.paragraph('', '', *words, classes=['blog-formula-mark']))
            entries = nodes.bullet_list(classes=['blog-formula-index'])
            for item in items:
                entries += _entry(builder, docname, item)
            result.append(entries)
    return result


def _entry(builder: Builder, docname: str, item: FormulaItem) -> nodes.list_item:
    entry = nodes.list_item('', _block(builder, item.latex))
    places = nodes.paragraph(classes=['blog-formula-places'])
    places += place_links(builder, docname, item.same)
    if item.renamed:
        words = str(_('With other letters: '))
        places += [nodes.Text(f' · {words}'), *place_links(builder, docname, item.renamed)]
    entry += places
    return entry


def place_links(builder: Builder, docname: str, places: Sequence[FormulaPlace]) -> list[nodes.Node]:
    """Links to the places of a formula, parted by commas."""
    result: list[nodes.Node] = []
    for place in places[:_MOST_PLACES]:
        if result:
            result.append(nodes.Text(comma()))
        result.append(link(builder, docname, place.docname, text_nodes(place.title, builder), place.anchor))
        if detail := place_detail(place):
            result.append(nodes.inline('', '', *text_nodes(f' {detail}', builder), classes=['blog-note']))
    if len(places) > _MOST_PLACES:
        result.append(nodes.Text(str(_(' and %d more')) % (len(places) - _MOST_PLACES)))
    return result


def place_detail(place: FormulaPlace) -> str:
    """Where in a post a formula stands: its number, else its section."""
    if place.number:
        return f'({place.number})'
    return f'§ {place.section}' if place.section else ''


def _block(builder: Builder, latex: str) -> nodes.Node:
    """A display formula without numbers: those of its own page would mean nothing here."""
    layout = read_layout(latex)
    bare = _NUMBERED.sub(r'\\\1{\2*}', retag(latex, layout, [''] * len(layout.rows)))
    if builder.format == 'html':
        markup = mathml_markup(bare, builder.name, display=True)
        if markup is None:
            return nodes.paragraph('', '', nodes.literal('', latex, classes=['blog-latex']))
        return nodes.raw('', f'<div class="blog-formula-shown">{markup}</div>', format='html')
    block = nodes.math_block(bare, bare, docname='', number=None, label=None)
    block['no-wrap'] = block['nowrap'] = layout.environments_only
    return block


def notation_nodes(builder: Builder, docname: str, rows: Sequence[NotationRow]) -> list[nodes.Node]:
    """A table of symbols, written for page *docname*; what is known of none of them has no column."""
    cells: list[list[list[nodes.Node]]] = []
    for row in rows:
        name = place_detail(row.first) or str(_('beginning'))
        first = link(builder, docname, row.first.docname, text_nodes(name, builder), row.first.anchor)
        meaning = _inline_formula(builder, row.definition)
        cells.append(
            [
                text_nodes(f'${row.latex}$', builder),
                [nodes.inline('', '', *meaning, classes=['blog-notation-meaning'])] if meaning else [],
                [first],
                [nodes.Text(str(row.count))],
                place_links(builder, docname, row.shared),
            ]
        )
    titles = (_('Symbol'), _('Meaning'), _('First'), _('Formulas'), _('The same in'))
    kept = [n for n in range(len(titles)) if any(row[n] for row in cells)]
    group = nodes.tgroup('', *(nodes.colspec(colwidth=_WIDTHS[n]) for n in kept), cols=len(kept))
    group += nodes.thead('', _row([[nodes.Text(str(titles[n]))] for n in kept]))
    group += nodes.tbody('', *(_row([row[n] for n in kept]) for row in cells))
    return [nodes.table('', group, classes=['blog-notation-table'])]


def _inline_formula(builder: Builder, latex: str) -> list[nodes.Node]:
    """A formula in running text; what only a display can hold is left to its place."""
    if not latex or r'\begin' in latex or '$' in latex:
        return []
    layout = read_layout(latex)
    bare = ' '.join(retag(latex, layout, [''] * len(layout.rows)).split())
    return text_nodes(f'${bare}$', builder)


def _row(cells: Sequence[list[nodes.Node]]) -> nodes.row:
    return nodes.row('', *(nodes.entry('', nodes.paragraph('', '', *cell)) for cell in cells))
