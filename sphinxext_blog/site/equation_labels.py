"""Equation labels that belong to the post they stand in.

Sphinx keeps one table of labels for the whole site, so that of two posts with
an ``eq:loss`` the one read last wins. :class:`ScopedMathDomain` takes the place
of its domain ``math`` and keeps a table for each document. A reference means a
label of its own document; else ``docname:label``; else a label that only one
document has.

The tables are filled by `equation_reading`; `equation_writing` puts numbers and
links into the pages.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from docutils import nodes
from sphinx.domains import ObjType
from sphinx.domains.math import MathDomain, MathReferenceRole
from sphinx.locale import _
from sphinx.util import logging
from sphinx.util.nodes import make_refnode

from sphinxext_blog.config import blog_config
from sphinxext_blog.pickling import PickledByFields
from sphinxext_blog.records import EquationLink
from sphinxext_blog.site.inline import quoted, text_nodes
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Set

    from sphinx.addnodes import pending_xref
    from sphinx.application import Sphinx
    from sphinx.builders import Builder
    from sphinx.config import Config
    from sphinx.domains import Domain
    from sphinx.environment import BuildEnvironment

    from sphinxext_blog.formulas import Macros
    from sphinxext_blog.records import Mention

__all__ = [
    'REFERENCE_KIND',
    'EquationLabel',
    'EquationReference',
    'ScopedMathDomain',
    'equation_links',
    'foreign_equations',
    'hover_text',
    'scope_equation_labels',
    'scoped_math_domain',
    'warn_ambiguous_equation',
    'warn_unresolved',
]

logger = logging.getLogger(__name__)

REFERENCE_KIND = 'blog_reference'
r"""Attribute of a cross-reference that was an ``\eqref`` or ``\ref`` in the source."""
_LONGEST_HOVER = 300


@dataclass(frozen=True, slots=True)
class EquationLabel(PickledByFields):
    """A labelled row of a display formula."""

    label: str
    number: str
    """As the page shows it, without parentheses; LaTeX between dollar signs."""
    anchor: str
    """Id made of the label: stays when the formula is edited."""
    formula: str
    """Id made of the formula."""
    latex: str = ''
    """The row on one line, without alignment."""
    row: int = 0
    """Place of its row in the formula."""
    bare: bool = False
    r"""Shown without parentheses, as by ``\tag*``."""

    @property
    def shown(self) -> str:
        """The number as it stands beside the equation."""
        return self.number if self.bare else f'({self.number})'


@dataclass(frozen=True, slots=True)
class EquationReference(PickledByFields):
    """A place that refers to an equation, before it is known which one."""

    target: str
    """The label as written."""
    context: str = ''
    """The sentence around it, LaTeX between dollar signs."""
    span: tuple[int, int] = (0, 0)
    """Where in the sentence it stands."""
    anchor: str = ''
    """Id on the page of the place, or of the section around it."""
    line: int = 0
    certain: bool = True
    """It is to mean an equation; ``:any:`` may mean something else as well."""


class ScopedMathDomain(MathDomain):
    """Sphinx's domain of equations with one namespace a document."""

    object_types: ClassVar[dict[str, ObjType]] = {'equation': ObjType(_('equation'), 'eq')}
    roles: ClassVar[dict[str, Any]] = {**MathDomain.roles, 'eq': MathReferenceRole(warn_dangling=True)}
    initial_data: ClassVar[dict[str, Any]] = {**MathDomain.initial_data, 'labels': {}, 'references': {}}
    data_version = 1
    """Another than Sphinx's own: switched off, documents are read anew."""
    enumerable_nodes: ClassVar[dict[type[nodes.Node], Any]] = {}
    """Formulas are numbered by document, not as figures are."""

    def __init__(self, env: BuildEnvironment) -> None:
        super().__init__(env)
        self._owners: dict[str, list[str]] | None = None
        self._told: dict[str, dict[str, int]] = {}

    @property
    def labels(self) -> dict[str, dict[str, EquationLabel]]:
        """The labels of each document, in reading order."""
        return self.data['labels']  # type: ignore[no-any-return]

    @property
    def references(self) -> dict[str, tuple[EquationReference, ...]]:
        """The references to equations in each document, in reading order."""
        return self.data['references']  # type: ignore[no-any-return]

    # reading ----------------------------------------------------------

    def note_equation(self, docname: str, labelid: str, location: Any = None) -> None:
        """Take in a label by Sphinx's own interface; its number stands when the document is read."""
        del location
        number = self.env.new_serialno('eqno') + 1
        self.equations[f'{docname}:{labelid}'] = (docname, number)
        self._told.setdefault(docname, {})[labelid] = number

    def note_labels(self, docname: str, labels: Iterable[EquationLabel], replaced: Set[str]) -> None:
        """Take in the labels of a document that is read.

        :param replaced: what :meth:`note_equation` was told of the same formulas. What it
            was told of anything else stays, under the id that Sphinx gives it.
        """
        table = {label.label: label for label in labels}
        for name, number in self._told.pop(docname, {}).items():
            if name in replaced:
                self.equations.pop(f'{docname}:{name}', None)
            else:
                anchor = nodes.make_id(f'equation-{name}')
                table.setdefault(name, EquationLabel(name, str(number), anchor, anchor))
        for label in table.values():
            self.equations[f'{docname}:{label.label}'] = (docname, label.number)  # type: ignore[assignment]
        if table:
            self.labels[docname] = table
        self._owners = None

    def note_references(self, docname: str, references: tuple[EquationReference, ...]) -> None:
        """Take in the references of a document."""
        if references:
            self.references[docname] = references

    def get_equation_number_for(self, labelid: str) -> int | None:
        scoped = super().get_equation_number_for(f'{self.env.docname}:{labelid}')
        return super().get_equation_number_for(labelid) if scoped is None else scoped

    def clear_doc(self, docname: str) -> None:
        # Sphinx looks through the labels of the whole site for each document.
        for label in (*self.labels.pop(docname, ()), *self._told.pop(docname, ())):
            self.equations.pop(f'{docname}:{label}', None)
        self.references.pop(docname, None)
        self.data.get('has_equations', {}).pop(docname, None)  # until Sphinx 8.2
        self._owners = None

    def merge_domaindata(self, docnames: Set[str], otherdata: dict[str, Any]) -> None:
        super().merge_domaindata(docnames, otherdata)
        for table in ('labels', 'references'):
            other = otherdata[table]
            self.data[table].update((name, other[name]) for name in docnames if name in other)
        self._owners = None

    # asking -----------------------------------------------------------

    def lookup(self, docname: str, target: str) -> tuple[str, EquationLabel] | None:
        """The document and the equation that *target* means in document *docname*."""
        target = ' '.join(target.split())
        if own := self.labels.get(docname, {}).get(target):
            return docname, own
        place = target.find(':')
        while place >= 0:
            table = self.labels.get(target[:place].removeprefix('/'), {})
            if named := table.get(target[place + 1 :]):
                return target[:place].removeprefix('/'), named
            place = target.find(':', place + 1)
        owners = self.owners(target)
        return (owners[0], self.labels[owners[0]][target]) if len(owners) == 1 else None

    def owners(self, label: str) -> list[str]:
        """The documents that have a label, sorted."""
        if self._owners is None:
            self._owners = {}
            for docname, table in sorted(self.labels.items()):
                for name in table:
                    self._owners.setdefault(name, []).append(docname)
        return self._owners.get(' '.join(label.split()), [])

    def title_of(self, docname: str) -> str:
        """The title of a document as plain text, its formulas between dollar signs."""
        blog: Any = self.env.get_domain('blog')
        if post := blog.posts.get(docname):
            return str(post.title)
        title = self.env.titles.get(docname)
        return title.astext() if title is not None else docname

    def resolve_xref(
        self,
        env: BuildEnvironment,
        fromdocname: str,
        builder: Builder,
        typ: str,
        target: str,
        node: pending_xref,
        contnode: nodes.Element,
    ) -> nodes.reference | None:
        del env, typ
        refdoc = node.get('refdoc', fromdocname)
        found = self.lookup(refdoc, target)
        if found is None:
            return None
        docname, equation = found
        anchor = equation.anchor
        if builder.name == 'singlehtml':
            # All are on one page, where equal labels would be one place.
            anchor, fromdocname = equation.formula, docname
        content: list[nodes.Node] = [contnode]
        if not node.get('refexplicit'):
            text = self.link_text(refdoc, docname, equation, node.get(REFERENCE_KIND, ''))
            content = text_nodes(text, builder)
        inner = nodes.inline('', '', *content)
        blog: Any = self.env.get_domain('blog')
        shown = hover_text(equation, blog.macros)
        return make_refnode(builder, fromdocname, docname, anchor, inner, shown)

    def link_text(self, refdoc: str, docname: str, equation: EquationLabel, kind: str = '') -> str:
        r"""What a reader sees of a reference: its number, and in another document the title as well.

        :param kind: ``eqref``, ``ref``, or empty for a role, which ``math_eqref_format`` formats.
        """
        number = equation.number if kind == 'ref' else equation.shown
        if not kind and self.env.config.math_eqref_format:
            try:
                number = self.env.config.math_eqref_format.format(number=equation.number)
            except (KeyError, IndexError, ValueError) as error:
                logger.warning('Invalid math_eqref_format: %r', error)
        return number if docname == refdoc else f'{quoted(self.title_of(docname))} {number}'

    def get_objects(self) -> Iterator[tuple[str, str, str, str, str, int]]:
        for docname, table in sorted(self.labels.items()):
            title = quoted(' '.join(self.title_of(docname).split()))
            for label, equation in table.items():
                # -1: a label is no word that readers look for
                name = f'{docname}:{label}'
                yield name, f'{title} {equation.shown}', 'equation', docname, equation.anchor, -1


def hover_text(equation: EquationLabel, macros: Macros | None = None) -> str:
    """The equation on one line of Unicode, or its LaTeX where that is not possible."""
    from sphinxext_blog.formulas import NO_MACROS, to_mathml, without_macros
    from sphinxext_blog.formulas.linear import linearise

    latex = without_macros(equation.latex, NO_MACROS if macros is None else macros)
    markup = to_mathml(latex, display=True)
    text = linearise(markup) if markup else equation.latex
    return text if len(text) <= _LONGEST_HOVER else f'{text[: _LONGEST_HOVER - 1]}…'


def scoped_math_domain(env: BuildEnvironment) -> ScopedMathDomain | None:
    """The domain of equations when labels belong to their documents, else ``None``."""
    domain = env.get_domain('math')
    return domain if isinstance(domain, ScopedMathDomain) else None


def equation_links(env: BuildEnvironment, mentions: Iterable[Mention] = ()) -> tuple[EquationLink, ...]:
    """The references from one document to an equation of another, sorted by source and place.

    :param mentions: those of all posts as readers see them: their sentences name the
        equation as the page does, not by its label.
    """
    domain = scoped_math_domain(env)
    if domain is None:
        return ()
    seen = {(str(mention.source), mention.anchor): mention for mention in mentions if mention.anchor}
    links: list[EquationLink] = []
    for source, references in sorted(domain.references.items()):
        for reference in references:
            found = domain.lookup(source, reference.target)
            if found is None or found[0] == source or not reference.certain:
                continue
            sentence = seen.get((source, reference.anchor), reference)
            links.append(
                EquationLink(
                    source=source,
                    target=found[0],
                    label=found[1].label,
                    number=found[1].number,
                    context=sentence.context,
                    span=sentence.span,
                    anchor=reference.anchor,
                    line=reference.line,
                )
            )
    return tuple(links)


def foreign_equations(env: BuildEnvironment, docname: str) -> list[tuple[object, ...]]:
    """What the page of *docname* shows of equations elsewhere, as comparable plain data."""
    domain = scoped_math_domain(env)
    if domain is None:
        return []
    shown: list[tuple[object, ...]] = []
    for reference in domain.references.get(docname, ()):
        found = domain.lookup(docname, reference.target)
        if found is None:
            if owners := domain.owners(reference.target):
                shown.append((reference.target, tuple(owners)))
        elif found[0] != docname:
            shown.append((reference.target, *found, domain.title_of(found[0])))
    return shown


def scope_equation_labels(app: Sphinx, config: Config) -> None:
    """Put :class:`ScopedMathDomain` in the place of Sphinx's domain, unless it is switched off."""
    if not blog_config(config).scoped_equations:
        return
    app.add_domain(ScopedMathDomain, override=True)
    # Sphinx would show the numbers that formulas have as figures of the whole site.
    config.math_numfig = False


def warn_ambiguous_equation(_app: Sphinx, domain: Domain | None, node: nodes.Element) -> bool | None:
    """Warn of a label that several other documents have as ``blog.ambiguous``."""
    if not isinstance(domain, ScopedMathDomain):
        return None
    return warn_unresolved(domain, node['reftarget'], node)


def warn_unresolved(domain: ScopedMathDomain, target: str, node: nodes.Node) -> bool | None:
    """Warn when *target* means several equations; ``None`` when it means none."""
    owners = domain.owners(target)
    if not owners:
        return None
    choices = ', '.join(f'{owner}:{target}' for owner in owners)
    warn(
        'ambiguous', 'the equation %r can be %s; write the one that is meant', target, choices, location=node
    )
    return True
