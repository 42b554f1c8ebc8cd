"""Options of our directives: what reads the text of one, and what it means.

An option is declared once, beside its directive; the manual's reference is
made from the same words.
"""

from __future__ import annotations

from dataclasses import dataclass
from string import Formatter
from typing import TYPE_CHECKING, Any, Final

from docutils.parsers.rst import directives

from sphinxext_blog.graph.local import EDGE_KINDS

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ['NO_OPTIONS', 'Option', 'between', 'edge_kinds', 'list_format', 'list_style']


@dataclass(frozen=True, slots=True)
class Option:
    """An entry of a directive's ``option_spec``, which docutils calls with the text."""

    meaning: str
    """A phrase in reStructuredText."""
    convert: Callable[[str], Any] = directives.unchanged

    def __call__(self, text: str) -> Any:
        """What the text says.

        :raises ValueError: when it can't be read; docutils reports it.
        """
        return self.convert(text)

    @property
    def is_flag(self) -> bool:
        """Whether it takes no text."""
        return self.convert is directives.flag


class _NoOptions(dict[str, Any]):
    """The options of a directive that has none.

    docutils asks only whether there are any; where not, it takes ``:count: 3`` for the argument.
    """

    def __bool__(self) -> bool:
        return True


NO_OPTIONS: Final = _NoOptions()
"""As an ``option_spec``: every option is reported as unknown."""


def between(least: int, most: int) -> Callable[[str], int]:
    """Reads a number in a range, both ends included."""

    def convert(text: str) -> int:
        value = directives.nonnegative_int(text)
        if not least <= value <= most:
            raise ValueError(f'not between {least} and {most}: {value}')
        return value

    return convert


def edge_kinds(text: str) -> str:
    """Kinds of edges, in commas or blanks.

    :raises ValueError: when one is unknown, or there is none.
    """
    kinds = text.replace(',', ' ').split() if text else []
    unknown = [kind for kind in kinds if kind not in EDGE_KINDS]
    if unknown or not kinds:
        raise ValueError(f'{(unknown or [""])[0]!r} is none of {", ".join(EDGE_KINDS)}')
    return ' '.join(kinds)


def list_format(text: str) -> str:
    """ABlog's format of an entry.

    :raises ValueError: when it is no format, or names something else than a post has.
    """
    known = {'date', 'title', 'author', 'location', 'language', 'category', 'tags'}
    text = (text or '').strip()
    if not text:
        raise ValueError('a format is needed, such as {date} - {title}')
    for _text, name, _spec, _conversion in Formatter().parse(text):
        if name is not None and name not in known:
            raise ValueError(f'{name!r} is none of {", ".join(sorted(known))}')
    return text


def list_style(text: str) -> str:
    """ABlog's mark before the entries of a list.

    :raises ValueError: when it is none that ABlog knows.
    """
    return directives.choice(text, ('none', 'disc', 'circle'))  # type: ignore[no-any-return, unused-ignore]
