r"""Macros that posts define in their formulas, as far as a reader can use them in the search.

A ``\newcommand`` holds on its page alone. The search knows it where nobody
could mean anything else: no two definitions of it in the blog differ, and LaTeX
has no such command.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.site.formula_reading import math_nodes

if TYPE_CHECKING:
    from collections.abc import Iterable

    from docutils import nodes

    from sphinxext_blog.formulas import Macro, Macros

__all__ = ['DefinedMacros', 'common_macros', 'defined_macros']

DefinedMacros = tuple[tuple[str, 'Macro | None'], ...]
"""Macros by command with its backslash; ``None`` for one that is defined in several ways."""


def defined_macros(document: nodes.document, macros: Macros) -> DefinedMacros:
    """The macros that the formulas of a document define.

    :param macros: those of the project.
    """
    from sphinxext_blog.formulas import macros_after

    found: dict[str, Macro | None] = {}
    for node, _section in math_nodes(document):
        after = macros_after(node.astext(), macros)
        for name, macro in after.table.items() if after is not macros else ():
            if macros.table.get(name) != macro:
                found[name] = macro if found.get(name, macro) == macro else None
        macros = after
    return tuple(sorted(found.items()))


def common_macros(defined: Iterable[DefinedMacros], project: Macros) -> dict[str, Macro]:
    """The macros that all posts which define them define alike, by command.

    :param defined: those of each post.
    :param project: the macros of the project, which come first.
    """
    found: dict[str, Macro | None] = {}
    for macros in defined:
        for name, macro in macros:
            found[name] = macro if found.get(name, macro) == macro else None
    return {
        name: macro
        for name, macro in sorted(found.items())
        if macro is not None and name not in project.table and _is_new(name)
    }


def _is_new(command: str) -> bool:
    """Whether a command needs a definition: others write it as well, and mean what everyone means."""
    from sphinxext_blog.formulas import analyse, to_mathml

    if any(problem.code == 'unknown-command' for problem in analyse(command).problems):
        return True
    return all(to_mathml(command + '{x}' * arguments) is None for arguments in range(3))
