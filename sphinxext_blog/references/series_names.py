"""Which series a few words name: 随想 for 关于注意力的随想, 最优传输系列 for 漫谈最优传输."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from functools import cached_property
from typing import TYPE_CHECKING, Final

from sphinxext_blog.references.series_part import series_key
from sphinxext_blog.references.titles import has_cjk
from sphinxext_blog.references.wording import says_something, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence

    from sphinxext_blog.records import NodeId
    from sphinxext_blog.references.series import SeriesGroup

__all__ = ['KIND', 'SeriesNames', 'begins_a_name', 'stands_free']

_LONGEST: Final = 40  # characters of a name that are looked at
_SHORTEST_END: Final = 4
_SHORTEST_KIND: Final = 2
KIND: Final = re.compile(r'(?:系列|札记|笔记|随笔|随想|杂记|小札|漫谈|讲义|连载|专题|手记|杂谈|散记|小记)$')
"""What many series are: 随想 is enough of a name."""
_SHORTEST_PIECE: Final = 3
_LONG_NAME: Final = 6
_PREFIXES: Final = tuple('不非无反逆半伪准超亚拟')
_SOMEBODYS: Final = re.compile(
    r'(?:他|她|别人|作者|同学|老师|教授|先生|女士|网友|博主|某[^，。]{0,3}|[A-Za-z])(?:们)?(?:那里)?的$'
)
_BEFORE_A_NAME: Final = (
    '在于见看到从由用和与及跟同把像即是如据按照续接过了着要的把说给之，、；：。,;:（(“"\'《【 \t\n'
)
_OWN_BEFORE: Final = (
    '前面的',
    '之前的',
    '以前的',
    '我的',
    '我们的',
    '笔者的',
    '本站的',
    '去年的',
    '上述的',
    '旧的',
)


def stands_free(before: str) -> bool:
    """Whether a Chinese name can begin behind these words: 见|随想, but not 非|线性规划, 他的|随想."""
    before = before.rstrip()
    if before.endswith('的'):
        return before.endswith(_OWN_BEFORE)
    return not before or before[-1] in _BEFORE_A_NAME


def begins_a_name(before: str, name: str) -> bool:
    """Whether a whole name begins behind these words: 介绍|变分自编码器, not 有机|化学, 他的|随想.

    A long name is hardly the end of a longer word, whatever verb stands before it.
    """
    if not has_cjk(name[0]):
        return True
    if len(name) < _LONG_NAME:
        return stands_free(before)
    return before[-1:] not in _PREFIXES and _SOMEBODYS.search(before) is None


class SeriesNames:
    """The series of a corpus by pieces of their names.

    :param tags: the tags of posts, which are what their series are about.
    """

    def __init__(self, groups: Sequence[SeriesGroup], tags: Mapping[NodeId, Sequence[str]]) -> None:
        self._groups = groups
        self._tags = tags

    @cached_property
    def _endings(self) -> list[tuple[str, int]]:
        """Every end of every name, sorted, so that those that begin with a piece stand together."""
        return sorted(
            (key[at:], i)
            for i, group in enumerate(self._groups)
            for key in group.keys
            if has_cjk(key)
            for at in range(len(key[:_LONGEST]) - 1)
        )

    def ending(self, words: str) -> tuple[SeriesGroup, ...]:
        """The series whose names end like the words do, by the longest such end of the words.

        None when that end is the end of a longer word.
        """
        least = _SHORTEST_KIND if KIND.search(words) else _SHORTEST_END
        return self._longest(words, least, whole=True)

    def holding(self, words: str) -> tuple[SeriesGroup, ...]:
        """The series whose names hold the longest end of the words that any name holds."""
        return self._longest(words, _SHORTEST_PIECE, whole=False)

    def _longest(self, words: str, least: int, *, whole: bool) -> tuple[SeriesGroup, ...]:
        words = words[-_LONGEST:]
        for at in range(len(words)):
            piece = series_key(words[at:])
            if len(piece) < least or not has_cjk(piece[0]):
                continue
            if found := tuple(sorted(set(self._having(piece, whole=whole)))):
                return tuple(self._groups[i] for i in found) if stands_free(words[:at]) else ()
        return ()

    def _having(self, piece: str, *, whole: bool) -> Iterator[int]:
        at = bisect_left(self._endings, (piece, -1))
        while at < len(self._endings) and self._endings[at][0].startswith(piece):
            ending, i = self._endings[at]
            if ending == piece or not whole:
                yield i
            at += 1

    @cached_property
    def _by_word(self) -> dict[str, set[int]]:
        found: dict[str, set[int]] = defaultdict(set)
        for i, group in enumerate(self._groups):
            for word in telling_words(group.series.name):
                found[word].add(i)
            tagged = [self._tags[m.id] for m in group.series.members if m.id in self._tags]
            for tag in set.intersection(*map(set, tagged)) if tagged else ():
                for word in telling_words(tag):
                    found[word].add(i)
        return found

    def about(self, words: str) -> tuple[SeriesGroup, ...]:
        """The series whose names, or tags that all their posts share, have the words of a description."""
        telling = telling_words(words)
        if not says_something(telling):
            return ()
        sets = [self._by_word.get(word, set()) for word in telling]
        return tuple(self._groups[i] for i in sorted(set.intersection(*sets)))
