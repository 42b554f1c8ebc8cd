"""Old addresses of posts (``:redirect:``): at which a page can stand that leads on, and why at others not."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Final

from sphinxext_blog.site.formula_page import formula_page_name
from sphinxext_blog.site.front_matter import place_of
from sphinxext_blog.site.graph_page import graph_page_name
from sphinxext_blog.site.slugs import fits_a_file
from sphinxext_blog.site.warnings import warn

if TYPE_CHECKING:
    from collections.abc import Container, Iterable

    from sphinx.application import Sphinx

    from sphinxext_blog.records import Post

__all__ = ['OldAddresses', 'refusal']

_FIELDS: Final = ('redirect', 'redirect_from', 'aliases')
"""Under these names posts tell them, those of Jekyll and Hugo as well."""
_LONGEST: Final = 1000
"""Bytes of an old address: paths have bounds as well as names."""


@dataclass
class OldAddresses:
    """Where pages are asked for, and what was refused."""

    app: Sphinx
    wanted: dict[str, str] = field(default_factory=dict)
    """Old address -> the post that asks for a page there first."""
    has_refused: bool = False
    """Whether one can't be had, which is to be told in every build."""

    def read(self, posts: Iterable[Post]) -> None:
        """Take those of *posts*."""
        config = self.app.config
        own = {graph_page_name(config), formula_page_name(config), 'search', 'genindex'}
        for post in posts:
            for old in post.redirects:
                if why := refusal(old, own):
                    self.refuse(why, old, post.docname)
                elif (other := self.wanted.setdefault(old, post.docname)) != post.docname:
                    self.refuse('the old address %r leads to the post %r', old, post.docname, other)

    def refuse(self, why: str, old: str, docname: str, *more: object) -> None:
        """Warn of an address that can't be had."""
        self.has_refused = True
        warn('config', why, old, *more, location=place_of(self.app.env, docname, *_FIELDS))


def refusal(old: str, own: Container[str] = ()) -> str:
    """Why no page can stand at an old address, with ``%r`` for it; empty when one can.

    :param own: names of pages of the site.
    """
    parts = old.split('/')
    if old in own:
        return 'the old address %r is a page of the site'
    if '\\' in old or any(part[:1] in {'', '.', '_'} for part in parts):
        return 'no page can be made at the old address %r: a part of it is empty or begins with . or _'
    if not all(map(fits_a_file, parts)) or len(old.encode('utf-8', 'surrogatepass')) > _LONGEST:
        return 'no page can be made at the old address %.80r…: it is too long for a file'
    if not old.isprintable() or old[1:2] == ':':  # a drive of Windows, which leads out of the output
        return 'no page can be made at the old address %r: it holds a character that no address has'
    return ''
