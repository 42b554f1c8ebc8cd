"""What became of the mentions of a corpus: links, missing posts, works, ambiguities, in the making."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from sphinxext_blog.records import Ambiguity, Link, MissingPost, NodeId
from sphinxext_blog.references.absent import Absent, Name
from sphinxext_blog.references.titles import normalise_title

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.records import How, Mention, Work
    from sphinxext_blog.references.names import Found
    from sphinxext_blog.references.series import SeriesGroup

__all__ = ['Outcome']

_UNKNOWN_PLACE = (10**6,)  # behind every number


class Outcome:
    """Collects what single mentions come to; the results are asked for afterwards."""

    def __init__(self) -> None:
        self._missing = Absent('missing')
        self._works = Absent('work')
        self._links: list[Link] = []
        self._to_absent: list[tuple[Absent, Name, How, Mention]] = []
        self._ambiguous: list[tuple[Mention, tuple[NodeId, ...], Name | None]] = []
        self.dangling: list[Mention] = []

    def found(self, mention: Mention, found: Found) -> None:
        """The mention means one node, or can mean several; of the post itself it says nothing."""
        # The source counts among several: that it speaks of the other one is no more likely.
        if len(found.nodes) > 1:
            self._ambiguous.append((mention, found.nodes, None))
        elif found.nodes and str(found.nodes[0]) != mention.source:
            self._links.append(Link(mention.source, found.nodes[0], found.how, mention, found.score))

    def work(
        self,
        mention: Mention,
        title: str,
        *,
        names: Sequence[Name] = (),
        url: str = '',
        fallback: str = '',
        how: How = 'title',
    ) -> None:
        """The mention means a work.

        :param names: what it is known by; its title when there are none.
        :param fallback: its name while nobody tells its title.
        """
        known = list(names) or [('title', normalise_title(title))]
        name = self._works.add(known, title=title, url=url, fallback=fallback)
        self._to_absent.append((self._works, name, how, mention))

    def post_or_work(self, mention: Mention, title: str, nodes: tuple[NodeId, ...]) -> None:
        """The mention means a post, or a work of that title: nobody can tell which."""
        name = self._works.add([('title', normalise_title(title))], title=title)
        self._ambiguous.append((mention, nodes, name))

    def missing(
        self,
        mention: Mention,
        names: Sequence[Name],
        how: How,
        *,
        title: str = '',
        url: str = '',
        fallback: str = '',
        series: str = '',
        index: int | None = None,
    ) -> None:
        """The mention means a post that is not there.

        :param fallback: its name while nobody tells its title.
        """
        name = self._missing.add(
            list(names),
            title=title,
            url=url,
            fallback=fallback,
            series=series,
            index=index,
        )
        self._to_absent.append((self._missing, name, how, mention))

    def missing_part(self, mention: Mention, group: SeriesGroup, number: tuple[int, ...]) -> None:
        """The mention means a part by its place in the series alone; another post may know its title."""
        like = min(group.parts.items(), default=None)
        title = (
            like[1].head_for(number[0]) if like and any(like[1].head) else f'{group.series.name} {number[0]}'
        )
        name = self._missing.add(
            [('part', group.series.key, *map(str, number))],
            fallback=title,
            derived=True,
            series=group.series.name,
            index=number[0],
        )
        self._to_absent.append((self._missing, name, 'series-number', mention))

    # Results

    def ambiguous(self) -> tuple[Ambiguity, ...]:
        """The mentions that can be one of several nodes, in the order in which they were read."""
        works = self._works.works() if any(name for _, _, name in self._ambiguous) else {}
        return tuple(
            Ambiguity(mention, (*nodes, works[name].id) if name else nodes)
            for mention, nodes, name in self._ambiguous
        )

    def missing_posts(self) -> tuple[MissingPost, ...]:
        """The missing posts, sorted by id."""
        return tuple(sorted(set(self._missing.missing_posts().values()), key=lambda m: m.id))

    def named_missing(self, groups: Sequence[SeriesGroup]) -> tuple[MissingPost, ...]:
        """The missing posts with the series and place that the whole corpus gives them.

        Parts of one series stand together: sorted by its key, their numbers and
        titles. What is in no series follows, sorted by title.
        """
        places = {m.id: (g.series, m.number) for g in groups for m in g.series.members}
        rows: list[tuple[bool, str, tuple[int, ...], str, NodeId, MissingPost]] = []
        for post in self.missing_posts():
            series, number = places.get(post.id, (None, ()))
            name, key = (series.name, series.key) if series else ('', '')
            named = replace(post, series=name, series_index=number[0] if number else None)
            rows.append((series is None, key, number or _UNKNOWN_PLACE, post.title, post.id, named))
        return tuple(row[-1] for row in sorted(rows, key=lambda row: row[:-1]))

    def works(self) -> tuple[Work, ...]:
        """The works, sorted by id."""
        return tuple(sorted(set(self._works.works().values()), key=lambda w: w.id))

    def links(self) -> tuple[Link, ...]:
        """All links, sorted by source and place."""
        nodes: dict[int, dict[Name, NodeId]] = {
            id(self._missing): {n: m.id for n, m in self._missing.missing_posts().items()},
            id(self._works): {n: w.id for n, w in self._works.works().items()},
        }
        links = list(self._links)
        for absent, name, how, mention in self._to_absent:
            links.append(Link(mention.source, nodes[id(absent)][name], how, mention))
        links.sort(
            key=lambda k: (k.source, k.mention.line, k.mention.context, k.mention.span, k.target, k.how)
        )
        return tuple(links)
