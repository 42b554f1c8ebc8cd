"""Which posts a place in a series means: 上一篇, “part 3 of this series”, 随想之二, 上篇."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import DocName, NodeId
from sphinxext_blog.references.by_date import Calendar, shares_words, speaks_of_the_day_before
from sphinxext_blog.references.names import Found
from sphinxext_blog.references.numerals import HALVES
from sphinxext_blog.references.selectors import select
from sphinxext_blog.references.series_names import KIND, SeriesNames, begins_a_name
from sphinxext_blog.references.series_part import series_key

if TYPE_CHECKING:
    from collections.abc import Mapping

    from sphinxext_blog.records import Mention, Post
    from sphinxext_blog.references.names import Names
    from sphinxext_blog.references.series import SeriesGroup

__all__ = ['Meant', 'Places']

_CLAUSE: Final = re.compile(r'[。！？；!?;，,、：《》“”"‘’「」\n]')
_LONGEST_NAME: Final = 40
_NAMED: Final = re.compile(
    r'named (?:(?P<style>[^\W\d_]{1,12}) )?(?P<n>[0-9]{1,4}(?:,[0-9]{1,4}){0,20}|[上中下])'
)
_DAYS: Final = {'week': (4, 10), 'yesterday': (1, 1)}
_ABOUT: Final = re.compile(r'about (?P<n>[0-9]{1,3}) (?P<words>.+)')
_WITH_SERIES: Final = re.compile(r'系列|的第')
_FREE: Final = re.compile(
    r'(?:^|[\s(（\[【在于见看到从由用和与及跟把像即是如据按续接着要回]|[前后]面的?|之前的|以前的|我们的|本文的|本系列的?|接下来的?|'
    r'参考|参看|参阅|回顾|推荐|阅读)$'
)
"""What may stand before a bare place: 在上篇里, 前面的上篇; but not 他的上篇."""
_SMALL_LETTERS: Final = re.compile(r'(?:^|\s)[a-z][\w’\'-]*$')


@dataclass(frozen=True, slots=True)
class Meant:
    """What a place means: posts, each by itself, or a part that is not there."""

    found: tuple[Found, ...] = ()
    absent: tuple[tuple[SeriesGroup, tuple[int, ...]], ...] = ()


_NOTHING: Final = Meant()


class Places:
    """Reads places in series."""

    def __init__(self, names: Names, posts: Mapping[DocName, Post]) -> None:
        self._names = names
        self._posts = posts
        self._calendar = Calendar(posts.values())
        self._series = SeriesNames(names.table.groups, {NodeId(d): post.tags for d, post in posts.items()})

    def read(self, mention: Mention, selector: str) -> Meant:
        """What a selector means in the post that holds the mention."""
        if named := _NAMED.fullmatch(selector):
            read = [self._read_named(mention, named['style'] or '', n) for n in named['n'].split(',')]
            return Meant(tuple(f for m in read for f in m.found), tuple(a for m in read for a in m.absent))
        if about := _ABOUT.fullmatch(selector):
            groups = self._series.about(about['words'])
            own = self._names.table.of(NodeId(mention.source))
            return self._numbered((own,) if own in groups else groups, about['n']) if groups else _NOTHING
        if days := _DAYS.get(selector):
            return self._earlier(mention, days)
        meant = self._own(mention, selector)
        return self._earlier(mention) if selector == '-1' and meant == _NOTHING else meant

    def _earlier(self, mention: Mention, days: tuple[int, int] | None = None) -> Meant:
        """The post before by date, where no series tells and the words don't speak against it."""
        source = mention.source
        days = _DAYS['week'] if mention.text.endswith('week') else days
        if days:
            nodes = self._calendar.before(source, within=days)
        else:
            surely = speaks_of_the_day_before(mention)
            nodes = () if surely is None else self._calendar.before(source)
            if not (
                surely or all(shares_words(mention.context, self._posts[DocName(n)].title) for n in nodes)
            ):
                nodes = ()
        return Meant((Found(nodes, 'date'),)) if nodes else _NOTHING

    def _own(self, mention: Mention, selector: str) -> Meant:
        """A place in the series of the post itself."""
        source = NodeId(mention.source)
        group = self._names.table.of(source)
        if group is None:
            return _NOTHING
        found: list[Found] = []
        absent: list[tuple[SeriesGroup, tuple[int, ...]]] = []
        for part in select(group, source, selector):
            if isinstance(part, int):
                absent.append((group, (part,)))
            elif part.startswith('missing:'):
                known = group.parts.get(part)
                member = next(m for m in group.series.members if m.id == part)
                absent.append((group, known.number if known else member.number))
            else:
                found.append(Found((part,), 'series-number'))
        return Meant(tuple(found), tuple(absent))

    def _read_named(self, mention: Mention, style: str, label: str) -> Meant:
        """A number behind the name of a series: 见变分自编码器（四）, 随想之二; or behind none: 在上篇里."""
        words = _CLAUSE.split(mention.context[: mention.span[0]].rstrip(' ,，：:'))[-1][
            -_LONGEST_NAME:
        ].rstrip()
        if meant := self._of_whole_name(words, label):
            return meant
        source = self._names.table.of(NodeId(mention.source))
        with_series = words.endswith('系列') or _WITH_SERIES.match(mention.text)
        groups = self._series.holding(words) if with_series else self._series.ending(words)
        if source in groups:
            groups = (source,)
        if not groups and source and (kind := KIND.search(words)) and _FREE.search(words[: kind.start()]):
            # 札记2, within 高斯过程小札
            groups = (source,) if KIND.search(source.series.name) else ()
        if groups:
            meant = self._numbered(groups, label)
            # 讲义3 may be a number of any lectures: of no part that is not there
            return meant if with_series or groups == (source,) else Meant(meant.found)
        if not style and mention.text.startswith(('(Part', '(part')):
            # “Autoencoders (Part 2)” may be somebody's, “the theorem (Part 2)” is not called so.
            return self._own(mention, label) if _SMALL_LETTERS.search(words) else _NOTHING
        if not style and label not in HALVES:
            return _NOTHING
        if style not in ('', '之'):
            return self._own(mention, f'{style} {label}')
        if not _FREE.search(words):
            return _NOTHING
        return self._half(mention, label) if label in HALVES else self._own(mention, f'{style} {label}')

    def _half(self, mention: Mention, label: str) -> Meant:
        """上篇, 中篇, 下篇 of the post itself; of three, 下篇 in the first may be the third or the next."""
        wanted = HALVES[label]
        meant = self._own(mention, f'half {wanted}')
        if label == '中' or '中篇' in mention.context or not meant.found:
            return meant
        beside = self._own(mention, '-1' if wanted == HALVES['上'] else '+1')
        nodes = sorted({node for found in (*meant.found, *beside.found) for node in found.nodes})
        return Meant((Found(tuple(nodes), 'series-number'),), meant.absent)

    def _of_whole_name(self, words: str, label: str) -> Meant | None:
        """The part of the series whose whole name ends the words."""
        for at in range(len(words) - 1):
            inside = words[at - 1 : at + 1].isascii() and words[at - 1 : at + 1].isalnum()
            if words[at].isspace() or (at and inside):
                continue
            groups = self._names.table.named(series_key(words[at:]))
            if groups and begins_a_name(words[:at], words[at:]):
                if found := self._names.by_number(f'{words[at:]}（{label}）'):
                    return Meant((found,))
                return self._numbered(groups, label)
        return None

    @staticmethod
    def _numbered(groups: tuple[SeriesGroup, ...], label: str) -> Meant:
        """The parts of the number in series of which each can be meant."""
        nodes: set[NodeId] = set()
        for group in groups:
            for member in group.series.members:
                part = group.parts.get(member.id)
                number = part.number if part else member.number
                if label in HALVES:
                    is_it = bool(part and part.halves) and number == (HALVES[label],)
                else:
                    is_it = number[:1] == (int(label),) and not (part and part.halves and len(number) == 1)
                if is_it and not member.id.startswith('missing:'):
                    nodes.add(member.id)
        if nodes:
            return Meant((Found(tuple(sorted(nodes)), 'series-number'),))
        if len(groups) == 1 and label not in HALVES:
            return Meant(absent=((groups[0], (int(label),)),))
        return _NOTHING
