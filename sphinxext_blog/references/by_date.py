"""The post before a post by date: what 上一篇文章 or “last week” means where no series tells."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter, defaultdict
from datetime import date
from itertools import pairwise
from typing import TYPE_CHECKING, Final

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.titles import has_cjk
from sphinxext_blog.references.wording import says_something, telling_words

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.records import DocName, Mention, Post

__all__ = ['Calendar', 'is_later', 'shares_words', 'speaks_of_the_day_before']

_LONGEST_GAP: Final = 366  # days: after a longer one nobody remembers what came before
_NOUNS: Final = r'(?:文章|博文|博客|帖子|日志|日记|随笔|笔记|札记|随想|[Bb]log|[Pp]ost)'
_NOUN: Final = re.compile(rf'\s?{_NOUNS}')
_WITH_NOUN: Final = re.compile(rf'{_NOUNS}$')
_NAMED: Final = re.compile(r'\s?[“"《「]')
_ON_A_POST_OF: Final = re.compile(r'[^，。；、]{0,12}的(?:文章|博文|日志|帖子|报道)')
_GOES_ON: Final = re.compile(r'[，。；、,.;：:的里中提说讲介谈末结开]|$')
_SOMEBODYS: Final = re.compile(
    r'(?:他|她|作者|人|某|老师|教授|博主|论文|别|文献|大神|引用|[A-Za-z])(?:们)?的?$|(?:他|她|作者|教授|[A-Za-z])们?\s?在$'
    r'|(?<!我)(?<!我们)(?<!笔者)(?<!本站)(?<!本博)(?<!博客)(?<![前后里上面])的$'
)
"""What has its own posts: 他在上一篇文章里, 公众号的上一篇文章."""
_ON_A_SUBJECT: Final = re.compile(r'\s(?:on|about|in\sthis|in\sthe|of\sthis|by)\s')
_NO_POST: Final = re.compile(r'(?:time|lecture|entry)$')
_LONG: Final = 5  # letters of a word that hardly stands in both by chance
_SMALL: Final = frozenset('的了是一个为什么何如我们这那和与在有不上下篇文章中里说讲到也就都')
_MOST: Final = 8  # posts of one day: more have the date of an import
_FEW: Final = 10  # times as many titles in the other script
_GENERAL: Final = frozenset(
    '证明 定理 问题 方法 结果 结论 介绍 讨论 简单 数学 公式 理论 '
    '思考 理解 研究 学习 分析 计算 推导 应用 关于 之间 可以 已经 直接'.split()
)
"""Any two posts on mathematics have these in common."""
_Kind = tuple[tuple[str, ...], bool, str]


def is_later(post: Post, than: Post) -> bool:
    """Whether a post was written after another one, as far as their dates tell."""
    if not (post.date and than.date and post.date.year and than.date.year):
        return False
    return post.date.sort_key > than.date.sort_key


def speaks_of_the_day_before(mention: Mention) -> bool | None:
    """Whether “the previous post” is the one before by date, and not the last on a subject.

    :returns: true for words that hardly mean another one (上一篇文章); false where the post should show
        that it is meant (上一篇, “our last post”); ``None`` for 他的上一篇, 上一篇听歌系列, 上一篇《X》,
        “our last post on X”, “last time”.
    """
    start, end = mention.span
    before, after = mention.context[:start], mention.context[end : end + 20]
    if not has_cjk(mention.text):
        return None if _ON_A_SUBJECT.match(after) or _NO_POST.search(mention.text) else False
    if _SOMEBODYS.search(before) or _ON_A_POST_OF.match(after):
        return None
    if _WITH_NOUN.search(mention.text) or _NOUN.match(after):
        return None if _NAMED.match(_NOUN.sub('', after)) else True
    return False if _GOES_ON.match(after) else None


def shares_words(context: str, title: str) -> bool:
    """Whether a sentence has a long word of a title, or two Chinese characters that stand together in it."""
    words, there = telling_words(context), telling_words(title)
    if not set(_pairs(words)).isdisjoint(_pairs(there)):
        return True
    shared = (word for word in {*words} & {*there} if len(word) >= _LONG)
    return any(says_something((word,)) for word in shared)


def _pairs(words: tuple[str, ...]) -> set[str]:
    return {
        one + other
        for one, other in pairwise(words)
        if has_cjk(one) and has_cjk(other) and not _SMALL.intersection((one, other))
    } - _GENERAL


class Calendar:
    """The posts of a blog in the order of their days.

    Only posts by the same authors and in the same script count: a blog in two languages is two to its
    readers. A few titles in another script than all others (“Mamba”) are no second language.
    Where the last post of the same folder is another one than the last of all, nobody can
    tell which is meant.
    """

    def __init__(self, posts: Iterable[Post]) -> None:
        self._day: dict[DocName, date] = {}
        self._kind: dict[DocName, _Kind] = {}
        self._rows: dict[_Kind, list[tuple[date, DocName]]] = defaultdict(list)
        dated: list[tuple[date, Post]] = []
        for post in posts:
            when = post.date
            if when and not post.draft and when.year and when.month and when.day:
                dated.append((date(when.year, when.month, when.day), post))
        spread = Counter((post.authors, has_cjk(post.title)) for _, post in dated)
        for day, post in dated:
            script = has_cjk(post.title)
            if _FEW * spread[post.authors, script] < spread[post.authors, not script]:
                script = not script
            folder = post.docname.rpartition('/')[0]
            self._day[post.docname] = day
            self._kind[post.docname] = (post.authors, script, folder)
            for place in {folder, ''}:
                self._rows[post.authors, script, f'/{place}'].append((day, post.docname))
        for rows in self._rows.values():
            rows.sort()

    def before(self, source: DocName, *, within: tuple[int, int] = (1, _LONGEST_GAP)) -> tuple[NodeId, ...]:
        """The posts of the last day before the one of *source*, at least and at most so many days earlier.

        :returns: one, or several of which each can be meant; none without a full date, or where
            a day has so many posts that it can't be the one on which they were written.
        """
        if source not in self._day:
            return ()
        authors, script, folder = self._kind[source]
        found: set[NodeId] = set()
        for place in {folder, ''}:
            found.update(self._last(self._rows[authors, script, f'/{place}'], self._day[source], within))
        return tuple(sorted(found)) if len(found) <= _MOST else ()

    @staticmethod
    def _last(rows: list[tuple[date, DocName]], day: date, within: tuple[int, int]) -> list[NodeId]:
        at = bisect_left(rows, (day,)) - 1
        while at >= 0 and (day - rows[at][0]).days < within[0]:
            at -= 1
        if at < 0 or (day - rows[at][0]).days > within[1]:
            return []
        last = rows[at][0]
        return [NodeId(name) for when, name in rows[bisect_left(rows, (last,)) : at + 1] if when == last]
