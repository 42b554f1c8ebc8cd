r"""While a document is read: number its equations, give its formulas ids, find its references.

The LaTeX of the formulas stays as the author wrote it; only what it means is
noted beside it. An inline formula that is an ``\eqref``, or can be divided
around one, becomes an ordinary cross-reference, so that every renderer and
builder makes a link of it.
"""

from __future__ import annotations

import hashlib
import re
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx import addnodes

from sphinxext_blog.site.equation_labels import (
    REFERENCE_KIND,
    EquationLabel,
    EquationReference,
    scoped_math_domain,
)
from sphinxext_blog.site.equation_rows import formula_digest, read_layout, references_in, row_latex
from sphinxext_blog.site.text import MARK
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx

    from sphinxext_blog.site.equation_labels import ScopedMathDomain
    from sphinxext_blog.site.equation_rows import Layout, Reference

__all__ = [
    'COLLECT_PRIORITY',
    'NUMBERS',
    'NUMBER_PRIORITY',
    'collect_references',
    'is_unwrapped',
    'read_equations',
]

NUMBER_PRIORITY = 300
"""Before the records of posts are read (400): their sentences show numbers, not labels."""
COLLECT_PRIORITY = 450
"""After it: mentions have their sentences and anchors."""
NUMBERS = 'blog_numbers'
"""Attribute of a display formula: the number of each of its rows, empty for a row without."""

_IN_TEXT = re.compile(r'\\(?P<kind>eqref|ref)\{(?P<label>[^{}\\\n]{1,300})\}')
_NOT_FORMULA = re.compile(r'(?:[\s,.;:!?()\[\]、，。；：！？（）/~–-]|\\[,;:! ]|\\q?quad(?![A-Za-z]))*')
_SPACING = re.compile(r'~|\\[,;:! ]|\\q?quad')
_VERBATIM = (nodes.math, nodes.literal, nodes.raw, nodes.comment, nodes.problematic, nodes.FixedTextElement)
_LINKS = (nodes.reference, addnodes.pending_xref, addnodes.download_reference)


def read_equations(app: Sphinx, document: nodes.document) -> None:
    """Give every display formula its id; number equations and take their labels in."""
    env = app.env
    domain = scoped_math_domain(env)
    if domain is None:
        # Sphinx counts every formula with an id where formulas are numbered as figures are.
        if not (env.config.numfig and env.config.math_numfig):
            for block in document.findall(nodes.math_block):
                _add_formula_id(document, block, read_layout(block.astext()))
        return
    _Numbering(document, env.docname).run(domain)
    _make_references(document, env.docname, domain)


def is_unwrapped(block: nodes.math_block) -> bool:
    """Whether the formula brings its own environment (renamed in Sphinx 8.2)."""
    return bool(block.get('no-wrap', block.get('nowrap', False)))


def _add_formula_id(document: nodes.document, block: nodes.math_block, layout: Layout) -> str:
    anchor = _free_id(document, f'formula-{formula_digest(block.astext(), layout)}')
    _add_id(document, block, anchor)
    return anchor


def _free_id(document: nodes.document, wanted: str) -> str:
    anchor, number = wanted, 1
    while anchor in document.ids:
        number += 1
        anchor = f'{wanted}-{number}'
    return anchor


def _add_id(document: nodes.document, block: nodes.math_block, anchor: str) -> None:
    block['ids'].append(anchor)
    document.ids[anchor] = block


class _Numbering:
    """Numbers the display formulas of one document from 1."""

    def __init__(self, document: nodes.document, docname: str) -> None:
        self.document = document
        self.docname = docname
        self.labels: dict[str, EquationLabel] = {}
        self.replaced: set[str] = set()
        self._count = 0
        self._automatic = re.compile(rf'{re.escape(docname)}:\d+')

    def run(self, domain: ScopedMathDomain) -> None:
        for block in list(self.document.findall(nodes.math_block)):
            self._read(block)
        domain.note_labels(self.docname, self.labels.values(), self.replaced)

    def _read(self, block: nodes.math_block) -> None:
        latex = block.astext()
        layout = read_layout(latex)
        label = block.get('label') or ''
        numbered = bool(label)
        self.replaced.add(label)
        if 'amsmath' in block['classes'] and label:
            # MyST-Parser makes up a random label (MyST-Parser#202): no two builds would be the same.
            _remove_id(self.document, block, nodes.make_id(f'equation-{label}'))
            label = ''
        elif self._automatic.fullmatch(label):
            label = ''
        block['docname'] = self.docname
        if not is_unwrapped(block) and layout.environments_only:
            block['no-wrap'] = block['nowrap'] = True
        if is_unwrapped(block):
            self._read_rows(block, latex, layout, label)
        else:
            self._read_whole(block, latex, layout, label, numbered=numbered)

    def _read_rows(self, block: nodes.math_block, latex: str, layout: Layout, label: str) -> None:
        rows = layout.rows
        if label and rows:
            named = next((row for row in rows if row.counted or row.tag), None)
            named = named or next((row for row in rows if row.environment), rows[0])
            named.labels.insert(0, label)
        numbers = [row.tag or self._next() if row.counted or row.tag else '' for row in rows]
        block[NUMBERS] = numbers
        block['number'] = block['label'] = None
        anchors = [
            (name, self._anchor(block, name))
            for row in rows
            for name in row.labels
            if self._is_new(name, block)
        ]
        formula = _add_formula_id(self.document, block, layout)
        known = dict(anchors)
        for place, (row, number) in enumerate(zip(rows, numbers, strict=True)):
            text = row_latex(latex, layout, row)
            for name in row.labels:
                if name in known and name not in self.labels:
                    self.labels[name] = EquationLabel(
                        name, number, known[name], formula, text, place, row.starred_tag
                    )

    def _read_whole(
        self, block: nodes.math_block, latex: str, layout: Layout, label: str, *, numbered: bool
    ) -> None:
        """A formula without an environment of its own is one equation, however many lines it has."""
        names = [label] if label else []
        names += [name for row in layout.rows for name in row.labels]
        tagged = next((row for row in layout.rows if row.tag), None)
        number = (tagged.tag or '') if tagged else self._next() if names or numbered else ''
        block[NUMBERS] = [number]
        block['number'] = number or None
        anchors = [(name, self._anchor(block, name)) for name in names if self._is_new(name, block)]
        formula = _add_formula_id(self.document, block, layout)
        text = ' '.join(row_latex(latex, layout, row) for row in layout.rows)
        bare = tagged is not None and tagged.starred_tag
        for name, anchor in anchors:
            self.labels.setdefault(name, EquationLabel(name, number, anchor, formula, text, 0, bare))

    def _next(self) -> str:
        self._count += 1
        return str(self._count)

    def _is_new(self, label: str, block: nodes.math_block) -> bool:
        if not label:
            return False
        if label in self.labels:
            warn(
                'duplicate',
                'two equations of this document are labelled %r; references lead to the first',
                label,
                location=block,
            )
            return False
        return True

    def _anchor(self, block: nodes.math_block, label: str) -> str:
        """Sphinx's id of a label where it tells labels apart, else one of its digest."""
        anchor = str(nodes.make_id(f'equation-{label}'))
        if anchor in block['ids'] and label.isascii():
            return anchor
        if not label.isascii() or anchor == 'equation' or anchor in self.document.ids:
            digest = hashlib.sha256(label.encode('utf-8', 'surrogatepass')).hexdigest()[:8]
            anchor = _free_id(self.document, f'equation-{digest}')
        _add_id(self.document, block, anchor)
        return anchor


def _remove_id(document: nodes.document, block: nodes.math_block, anchor: str) -> None:
    if anchor in block['ids']:
        block['ids'].remove(anchor)
    document.ids.pop(anchor, None)
    parent = block.parent
    place = parent.index(block)
    target = parent[place - 1] if place else None
    if isinstance(target, nodes.target) and (target.get('refid') == anchor or anchor in target['ids']):
        parent.remove(target)


# references -------------------------------------------------------------------


def _make_references(document: nodes.document, docname: str, domain: ScopedMathDomain) -> None:
    for node in list(document.findall(nodes.math)):
        references = references_in(node.astext())
        if not references:
            continue
        if all(reference.top for reference in references) and not _is_inside(node, _LINKS):
            node.replace_self(list(_divided(node, references, docname, domain)))
        else:
            node['docname'] = docname
    for text in list(document.findall(nodes.Text)):
        if 'ref{' in text and not _is_inside(text, (*_VERBATIM, *_LINKS)):
            pieces = list(_found_in_text(text, docname, domain))
            if len(pieces) > 1 or not isinstance(pieces[0], nodes.Text):
                text.parent.replace(text, pieces)
    for xref in document.findall(addnodes.pending_xref):
        if not _is_equation_xref(xref) or xref.get('refexplicit') or REFERENCE_KIND in xref:
            continue
        if own := domain.labels.get(docname, {}).get(' '.join(xref['reftarget'].split())):
            xref.children = []
            xref.append(nodes.inline('', own.shown, classes=['xref', 'eq']))


def _is_inside(node: nodes.Node, kinds: tuple[type[nodes.Node], ...]) -> bool:
    parent = node.parent
    while parent is not None:
        if isinstance(parent, kinds):
            return True
        parent = parent.parent
    return False


def _divided(
    node: nodes.math, references: tuple[Reference, ...], docname: str, domain: ScopedMathDomain
) -> Iterator[nodes.Node]:
    latex, position = node.astext(), 0
    for reference in references:
        yield from _piece(node, latex[position : reference.start], before=position > 0, after=True)
        yield _xref(node, reference.kind, reference.label, docname, domain)
        position = reference.end
    yield from _piece(node, latex[position:], before=True, after=False)


def _piece(node: nodes.math, latex: str, *, before: bool, after: bool) -> Iterator[nodes.Node]:
    """What stands between references: punctuation as text, anything else as a formula."""
    if not latex.strip():
        return
    if _NOT_FORMULA.fullmatch(latex):
        text = ' '.join(_SPACING.sub(' ', latex).split())
        if text and after and text[-1] in ',;:' and before:
            text += ' '
        yield nodes.Text(text or ' ')
        return
    content = latex.strip()
    if (len(content) - len(content.rstrip('\\'))) % 2:
        content += ' '  # that of a control space
    # A group without content keeps the space of an operator at the end.
    source = f'{"{}" if before else ""}{content}{"{}" if after else ""}'
    piece = nodes.math(source, source, classes=list(node['classes']))
    piece.source, piece.line = node.source, node.line
    yield piece


def _found_in_text(text: nodes.Text, docname: str, domain: ScopedMathDomain) -> Iterator[nodes.Node]:
    source, position = str(text), 0
    for match in _IN_TEXT.finditer(source):
        if match.start() > position:
            yield nodes.Text(source[position : match.start()])
        yield _xref(text.parent, match['kind'], ' '.join(match['label'].split()), docname, domain)
        position = match.end()
    if position < len(source):
        yield nodes.Text(source[position:])


def _xref(
    place: nodes.Element, kind: str, label: str, docname: str, domain: ScopedMathDomain
) -> addnodes.pending_xref:
    own = domain.labels.get(docname, {}).get(label)
    shown = label if own is None else own.number if kind == 'ref' else own.shown
    xref = addnodes.pending_xref(
        '',
        nodes.inline('', shown, classes=['xref', 'eq']),
        refdomain='math',
        reftype='eq',
        reftarget=label,
        refdoc=docname,
        refexplicit=False,
        refwarn=True,
    )
    xref[REFERENCE_KIND] = kind
    source: nodes.Element | None = place
    while source is not None and source.line is None:
        source = source.parent
    if source is not None:
        xref.source, xref.line = source.source, source.line
    return xref


def _is_equation_xref(node: nodes.Element) -> bool:
    return node.get('refdomain') == 'math' and node.get('reftype') in {'eq', 'numref'}


def collect_references(app: Sphinx, document: nodes.document) -> None:
    """Take in the references to equations elsewhere; those to the document's own need no record."""
    domain = scoped_math_domain(app.env)
    if domain is None:
        return
    docname = app.env.docname
    blog: Any = app.env.get_domain('blog')
    mentions = {raw.mention.anchor: raw.mention for raw in blog.mentions.get(docname, ())}
    own = domain.labels.get(docname, {})
    found: list[EquationReference] = []
    for node in document.findall(nodes.Element):
        if isinstance(node, addnodes.pending_xref) and _is_equation_xref(node):
            target = ' '.join(node['reftarget'].split())
            mention = mentions.get(node.get(MARK, ''))
            if mention is not None:
                found.append(
                    EquationReference(target, mention.context, mention.span, mention.anchor, mention.line)
                )
            else:
                found.append(EquationReference(target, anchor=_nearest_id(node), line=node.line or 0))
        elif isinstance(node, addnodes.pending_xref) and node.get('reftype') in {'any', 'myst'}:
            found.append(EquationReference(' '.join(node['reftarget'].split()), certain=False))
        elif isinstance(node, (nodes.math, nodes.math_block)):
            found.extend(
                EquationReference(reference.label, anchor=_nearest_id(node), line=node.line or 0)
                for reference in references_in(node.astext())
            )
    domain.note_references(docname, tuple(item for item in found if item.target not in own))


def _nearest_id(node: nodes.Element) -> str:
    place: nodes.Element | None = node
    while place is not None:
        if place.get('ids'):
            return str(place['ids'][0])
        place = place.parent
    return ''
