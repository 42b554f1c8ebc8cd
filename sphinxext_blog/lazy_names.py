"""Public names of a package that are loaded when they are first used (PEP 562)."""

from __future__ import annotations

import sys
from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping

__all__ = ['lazy_names']


def lazy_names(package: str, homes: Mapping[str, str]) -> Callable[[str], object]:
    """The ``__getattr__`` of a package whose names stand in modules of it.

    :param package: its ``__name__``.
    :param homes: name -> the module of the package that defines it.
    :returns: a function that loads a name and keeps it, so that functions may import it in each
        call; it raises :exc:`AttributeError` for any other name.
    """

    def load(name: str) -> object:
        if name not in homes:
            raise AttributeError(f'module {package!r} has no attribute {name!r}')
        value: object = getattr(import_module(f'{package}.{homes[name]}'), name)
        setattr(sys.modules[package], name, value)
        return value

    return load
