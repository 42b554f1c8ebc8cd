"""The post before a post by date: what 上一篇文章 or “last week” means where no series tells."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from datetime import date
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.titles import has_cjk

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.records import DocName, Post

__all__ = ['Calendar']

_LONGEST_GAP: Final = 366  # days: after a longer one nobody remembers what came before
_Kind = tuple[tuple[str, ...], bool, str]


class Calendar:
    """The posts of a blog in the order of their days.

    Only posts by the same authors and in the same script count: a blog in two languages is two to its
    readers. Where the last post of the same folder is another one than the last of all, nobody can
    tell which is meant.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._day: dict[DocName, date] = {}
        self._kind: dict[DocName, _Kind] = {}
        self._rows: dict[_Kind, list[tuple[date, DocName]]] = defaultdict(list)
        for post in posts:
            when = post.date
            if not when or post.draft or not (when.year and when.month and when.day):
                continue
            day = date(when.year, when.month, when.day)
            folder = post.docname.rpartition('/')[0]
            self._day[post.docname] = day
            self._kind[post.docname] = (post.authors, has_cjk(post.title), folder)
            for place in {folder, ''}:
                self._rows[post.authors, has_cjk(post.title), f'/{place}'].append((day, post.docname))
        for rows in self._rows.values():
            rows.sort()

    def before(self, source: DocName, *, within: tuple[int, int] = (1, _LONGEST_GAP)) -> tuple[NodeId, ...]:
        """The posts of the last day before the one of *source*, at least and at most so many days earlier.

        :returns: one, or several of which each can be meant; none without a full date.
        """
        if source not in self._day:
            return ()
        authors, script, folder = self._kind[source]
        found: set[NodeId] = set()
        for place in {folder, ''}:
            found.update(self._last(self._rows[authors, script, f'/{place}'], self._day[source], within))
        return tuple(sorted(found))

    @staticmethod
    def _last(rows: list[tuple[date, DocName]], day: date, within: tuple[int, int]) -> list[NodeId]:
        at = bisect_left(rows, (day,)) - 1
        while at >= 0 and (day - rows[at][0]).days < within[0]:
            at -= 1
        if at < 0 or (day - rows[at][0]).days > within[1]:
            return []
        last = rows[at][0]
        return [NodeId(name) for when, name in rows[bisect_left(rows, (last,)) : at + 1] if when == last]
