r"""While a document is read: its formulas, each with its place and its keys.

The macros of the project hold in every document, those that a formula defines
in the formulas after it, as in MathJax. What can't be read as it was meant is
read as far as it goes and reported once a document, as ``blog.formula``.
"""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from docutils import nodes

from sphinxext_blog.records import DocName
from sphinxext_blog.site.equation_reading import NUMBERS
from sphinxext_blog.site.text import SHOWN, plain_text, text_of
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Iterator

    from sphinx.application import Sphinx
    from sphinx.config import Config

    from sphinxext_blog.formulas import Analysis, Formula, Key, Macros, Problem

__all__ = [
    'FAULTY',
    'check_macros',
    'expand_macros',
    'math_nodes',
    'project_macros',
    'read_formulas',
    'reading_digest',
]

FAULTY: Final = 'blog_faulty'
"""Attribute of a formula of a post that was reported, or is like one that was."""
_MACRO_VALUES: Final = ('mathjax3_config', 'mathjax4_config')
_ENVIRONMENT: Final = re.compile(r'\\(begin|end)\s*\{([^{}]*)\}')
_SHOWN: Final = 60
"""Characters of a formula that a warning shows."""


def expand_macros(document: nodes.document, macros: Macros) -> None:
    """Note beside each formula with macros what it is without: other pages show titles and sentences."""
    from sphinxext_blog.formulas import macros_after, without_macros

    for node, _section in math_nodes(document):
        latex = node.astext().strip()
        if (shown := without_macros(latex, macros)) != latex:
            node[SHOWN] = shown
            macros = macros_after(latex, macros)


def read_formulas(docname: str, document: nodes.document, macros: Macros) -> tuple[Formula, ...]:
    """All math nodes of *document* in reading order; each problem is reported once.

    :func:`expand_macros` comes before.
    """
    from sphinxext_blog.formulas import Formula

    formulas: list[Formula] = []
    told: set[Problem] = set()
    for node, section in math_nodes(document):
        latex = text_of(node).strip()
        analysis, keys = _read_alone(latex) if not macros.table else _read(latex, macros)
        macros = analysis.macros
        faults = [problem for problem in analysis.problems if _is_fault(problem, latex)]
        if faults:
            node[FAULTY] = True
        if new := [problem for problem in faults if problem not in told]:
            told.update(new)
            _report(new[0], latex, node)
        display = isinstance(node, nodes.math_block)
        formulas.append(
            Formula(
                DocName(docname),
                anchor=_anchor(node, section),
                latex=latex,
                display=display,
                keys=keys,
                section=_heading(section),
                number=_number(node),
                equations=tuple(unit.canonical[0] for unit in analysis.equations),
                expanded=node.get(SHOWN, ''),
                arrows=analysis.arrows,
            )
        )
    return tuple(formulas)


@lru_cache(maxsize=2048)  # posts repeat their small formulas
def _read_alone(latex: str) -> tuple[Analysis, tuple[Key, ...]]:
    from sphinxext_blog.formulas import NO_MACROS

    return _read(latex, NO_MACROS)


def _read(latex: str, macros: Macros) -> tuple[Analysis, tuple[Key, ...]]:
    from sphinxext_blog.formulas import analyse, keys_of

    analysis = analyse(latex, macros)
    return analysis, keys_of(analysis)


def math_nodes(
    document: nodes.document,
) -> Iterator[tuple[nodes.math | nodes.math_block, nodes.section | None]]:
    """Formulas with the section around each; one walk, however deep the sections."""
    stack: list[tuple[nodes.Node, nodes.section | None]] = [(document, None)]
    while stack:
        node, section = stack.pop()
        if isinstance(node, (nodes.math, nodes.math_block)):
            yield node, section
        elif isinstance(node, nodes.Element) and not isinstance(node, (nodes.Invisible, nodes.docinfo)):
            if isinstance(node, nodes.section):
                section = node
            stack.extend(
                [(child, section) for child in reversed(node.children) if type(child) is not nodes.Text]
            )


def _anchor(node: nodes.math | nodes.math_block, section: nodes.section | None) -> str:
    if isinstance(node, nodes.math_block) and node['ids']:
        # The id of the formula itself comes last; those before it are its labels.
        return str(node['ids'][-1])
    return str(section['ids'][0]) if section is not None and section['ids'] else ''


def _heading(section: nodes.section | None) -> str:
    """The heading of a section; that of the whole post says nothing."""
    if section is None or isinstance(section.parent, nodes.document):
        return ''
    title = next((child for child in section if isinstance(child, nodes.title)), None)
    return plain_text(title) if title is not None else ''


def _number(node: nodes.math | nodes.math_block) -> str:
    told: Any = node.get(NUMBERS, ())
    numbers = [str(number) for number in told if number]
    return '–'.join(numbers[:: max(1, len(numbers) - 1)])  # the first and the last


# what is wrong with a formula --------------------------------------------------

_WORDS: Final = {
    'unbalanced': 'the formula %s has no partner for %r',
    'environment': 'the formula %s begins or ends an environment %r without its partner',
    'too-deep': 'the formula %s is nested too deep; it is read flat from there%.0s',
    'too-long': 'the formula %s is too long; only its beginning is read%.0s',
    'macro-limit': 'the formula %s expands macros without end at %r',
    'definition': 'the formula %s defines the macro %r in a way that is not read',
}


def _is_fault(problem: Problem, latex: str) -> bool:
    """Whether an author wants to know: a command or environment of another package is no fault."""
    if problem.code == 'environment':
        found = Counter(
            (match[2], 1 if match[1] == 'begin' else -1) for match in _ENVIRONMENT.finditer(latex)
        )
        return found[problem.text, 1] != found[problem.text, -1]
    return problem.code != 'unknown-command'


def _report(problem: Problem, latex: str, node: nodes.Element) -> None:
    shown = ' '.join(latex.split())
    shown = shown if len(shown) <= _SHOWN else f'{shown[:_SHOWN]}…'
    place = node
    while place.line is None and place.parent is not None:
        place = place.parent
    warn('formula', _WORDS[problem.code], shown, problem.text, location=place)


# macros of the project ----------------------------------------------------------


def project_macros(config: Config) -> Macros:
    """The macros of ``mathjax3_config`` and ``mathjax4_config``; what can't be read there is left out."""
    from sphinxext_blog.formulas import NO_MACROS, read_macros

    macros = NO_MACROS
    for table in _macro_tables(config):
        macros = read_macros(table, macros)
    return macros


def _macro_tables(config: Config) -> Iterator[dict[str, Any]]:
    for name in _MACRO_VALUES:
        tex = (getattr(config, name, None) or {}).get('tex')
        table = tex.get('macros') if isinstance(tex, dict) else None
        if isinstance(table, dict):
            yield table


def check_macros(_app: Sphinx, config: Config) -> None:
    """Warn of macros of the project that can't be read."""
    if not any(_macro_tables(config)):
        return  # most projects have none, and need nothing that reads them
    for problem in project_macros(config).problems:
        warn('config', 'conf.py: the macro %r of MathJax is not read', problem.text)


def reading_digest(macros: Macros) -> str:
    """What the keys of a formula depend on beside its own text."""
    from sphinxext_blog.formulas import KEY_VERSION

    content = repr((KEY_VERSION, sorted(macros.table.items())))
    return hashlib.sha256(content.encode('utf-8', 'surrogatepass')).hexdigest()[:16]
