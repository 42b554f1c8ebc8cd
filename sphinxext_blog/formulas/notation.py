r"""The notation of a post: its symbols, where each comes first, and who means the same by it.

That two posts write :math:`\sigma` says nothing: it is a deviation in one and
a permutation in the other. Here they *use it for the same* when they state one
equation with it alike, letter for letter (form N1): :math:`q = W_q x` in both.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from sphinxext_blog.formulas.analysis import hash_of
from sphinxext_blog.formulas.symbols import defined_symbol, symbol_latex, symbols_of

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from sphinxext_blog.formulas.model import Formula
    from sphinxext_blog.records import DocName

__all__ = ['Symbol', 'notation_of']


@dataclass(frozen=True, slots=True)
class Symbol:
    """A symbol of a post."""

    name: str
    """A piece of a canonical text, see :mod:`~.symbols`."""
    latex: str
    first: Formula
    """The formula in which it comes first."""
    definition: Formula | None
    """The first that says what it is, if any: with the symbol alone before ``=`` or its like."""
    count: int
    """Formulas of the post that hold it."""
    shared: tuple[DocName, ...] = ()
    """Other posts that use it for the same, sorted."""


@dataclass(slots=True)
class _Found:
    first: Formula
    definition: Formula | None = None
    count: int = 0
    shared: set[DocName] = field(default_factory=set)


def notation_of(
    formulas: Iterable[Formula], stated: Mapping[str, tuple[DocName, ...]] = {}
) -> tuple[Symbol, ...]:
    """The symbols of one post in the order in which a reader meets them.

    :param formulas: those of the post, in reading order.
    :param stated: see :attr:`~.catalogue.Catalogue.stated`.
    """
    found: dict[str, _Found] = {}
    for formula in formulas:
        seen: set[str] = set()
        for text in formula.equations:
            symbols = dict.fromkeys(symbols_of(text))
            others = stated.get(hash_of(text), ())
            for symbol in symbols:
                known = found.setdefault(symbol, _Found(formula))
                known.count += symbol not in seen
                known.shared.update(name for name in others if name != formula.docname)
            seen.update(symbols)
            defined = defined_symbol(text)
            # Of several equations the page would show all: only a formula that is the definition defines.
            if defined and len(formula.equations) == 1 and found[defined].definition is None:
                found[defined].definition = formula
    return tuple(
        Symbol(name, symbol_latex(name), it.first, it.definition, it.count, tuple(sorted(it.shared)))
        for name, it in found.items()
    )
