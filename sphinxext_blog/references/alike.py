"""Whether two titles that differ in little are one title with a slip, or two titles.

Similarity alone does not tell: “Update – June 2019” and “Update – July 2019”,
“vector space” and “vector subspace” are nearer to each other than most titles
are to their misspellings. So titles are compared word by word, and what
differs must be something that a slip or a change of style makes: a letter of a
longer word, a lost Chinese character, an article, 的 for 之.
"""

from __future__ import annotations

import re
import unicodedata
from itertools import combinations
from typing import TYPE_CHECKING, Final

from rapidfuzz.distance import OSA, Levenshtein

from sphinxext_blog.references.titles import normalise_title, words_of

if TYPE_CHECKING:
    from collections.abc import Sequence

__all__ = ['is_slip', 'reworded']

_MOST_SLIPS: Final = 2
_LONG: Final = 5  # letters of a word in which a slip leaves no doubt
_SHORTEST_NOUN: Final = 3  # letters of a word with a plural
_CONTRARY: Final = (
    '大小 上中下 左右 前后 正负 内外 有无 高低 多少 新旧 长短 强弱 快慢 奇偶 实虚 单双 加减乘除 升降 进退 '
    '凸凹 东西南北 先后 入出 开闭 首尾 始终 远近 深浅 粗细 疏密 真假 真伪 软硬 动静 冷热 增减 主从 '
    '顺逆 优劣 纵横 行列 点线面体 日周月季年 春夏秋冬 甲乙丙丁 字词句篇 可不 早晚 胜负 轻重 宽窄 薄厚 '
    '明暗 公私 编解 收发 分合 聚散 异同 因果 增删 显隐 曲直'
).split()
_TELLING_PAIRS: Final = frozenset(
    pair for group in _CONTRARY for a, b in combinations(group, 2) for pair in (a + b, b + a)
)
_TELLING: Final = frozenset(
    '不非无反逆半伪准超新再续又终首末答未没亚拟多单双全正负大小高低强弱左右上中下内外前后'
)
"""Characters that make another title by being there or not."""
_SMALL_WORDS: Final = frozenset((*'的之和与及以了吗呢吧啊呀么个', *'a an the of and in on for to'.split()))
"""Articles and particles, which come and go with the style."""
_SYNONYMS: Final = tuple(
    group.split()
    for group in (
        '如何 怎样 怎么', '为什么 为何 何以 为啥', '浅谈 漫谈 浅析 略谈 浅论', '通向 通往', '介绍 简介',
        '一点 一些', '方法 办法', '关于 有关', '与 和 以及', '使用 利用 运用 采用', '探讨 探究 探索',
        '寻找 寻求', '几个 若干',
    )
)  # fmt: skip
"""Words that a title is reworded with and means what it meant; the first of them stands for all."""
_FIRST_OF: Final = {word: group[0] for group in _SYNONYMS for word in group} | {
    normalise_title(word): normalise_title(group[0]) for group in _SYNONYMS for word in group
}
_ANY_SYNONYM: Final = re.compile('|'.join(sorted(_FIRST_OF, key=lambda word: (-len(word), word))))
_LONG_TITLE: Final = 16  # words of which another one or two change nothing
_LATIN: Final = re.compile(r'[A-Za-z]+')
_TWINS: Final = (('homomorphi', 'homeomorphi'), ('simple', 'simplex'), ('casual', 'causal'))
"""Words of mathematics that are one letter apart."""


def is_slip(one: str, other: str) -> bool:
    """Whether two titles are one, written with at most two slips.

    Words are aligned by the least number of edits (Levenshtein, “Binary codes
    capable of correcting deletions, insertions, and reversals”, 1966); Chinese
    characters count as words. A slip is one letter wrong, lost, doubled or
    swapped with its neighbour (Damerau, “A technique for computer detection
    and correction of spelling errors”, 1964) in a word of at least five
    letters, but no other first letter; a plural; another hyphenation; one
    Chinese character that is no negation, opposite or ordinal, or two put into
    a title of sixteen. Articles, particles and synonyms of the small change of
    titles (如何, 怎样) are not compared. Numbers, mathematical signs and names with
    capitals inside (ResNet, GAN) never differ.

    The time is that of the product of the numbers of words.
    """
    a, b = ([w for w in words_of(reworded(title)) if w not in _SMALL_WORDS] for title in (one, other))
    names = _names_in(one) | _names_in(other)
    blocks = _differences(a, b)
    if len(blocks) == 1 and min(len(a), len(b)) >= _LONG_TITLE and _is_added(*blocks[0]):
        return True
    return len(blocks) <= _MOST_SLIPS and all(_is_small(x, y, names) for x, y in blocks)


def reworded(title: str) -> str:
    """A title with the first of its synonyms for each of them; titles that are equal then are one."""
    return _ANY_SYNONYM.sub(lambda match: _FIRST_OF[match[0]], title)


def _differences(a: Sequence[str], b: Sequence[str]) -> list[tuple[tuple[str, ...], tuple[str, ...]]]:
    blocks: list[tuple[int, int, int, int]] = []
    for step in Levenshtein.opcodes(a, b):
        if step.tag == 'equal':
            continue
        if blocks and blocks[-1][1] == step.src_start and blocks[-1][3] == step.dest_start:
            blocks[-1] = (blocks[-1][0], step.src_end, blocks[-1][2], step.dest_end)
        else:
            blocks.append((step.src_start, step.src_end, step.dest_start, step.dest_end))
    return [(tuple(a[i:j]), tuple(b[k:m])) for i, j, k, m in blocks]


def _is_added(x: tuple[str, ...], y: tuple[str, ...]) -> bool:
    """Whether a Chinese word of two characters was put in, and none that turns the meaning round."""
    added = (*x, *y)
    return (
        not (x and y)
        and len(added) <= _MOST_SLIPS
        and all(_is_ideograph(word) and word not in _TELLING for word in added)
    )


def _is_small(x: tuple[str, ...], y: tuple[str, ...], names: frozenset[str]) -> bool:
    words = (*x, *y)
    if any(not word[0].isalpha() for word in words):
        return False
    if ''.join(x) == ''.join(y) or (sorted(x) == sorted(y) and len(x) == 2):
        return True  # parted elsewhere; two Chinese characters, or two words, in the wrong order
    if len(x) > 1 or len(y) > 1:
        return False
    if all(_is_ideograph(word) for word in words):
        pair = ''.join(words)
        return pair not in _TELLING_PAIRS if len(pair) > 1 else pair not in _TELLING
    return bool(x and y) and _are_spelled_alike(x[0], y[0], names)


def _are_spelled_alike(x: str, y: str, names: frozenset[str]) -> bool:
    shorter, longer = sorted((x, y), key=len)
    if longer in (f'{shorter}s', f'{shorter}es') and len(shorter) >= _SHORTEST_NOUN:
        return True
    if len(shorter) < _LONG - (len(longer) > len(shorter)) or names.intersection((x, y)):
        return False
    if sorted(x[:2]) != sorted(y[:2]) and x[0] != y[0]:
        return False  # cyclic and acyclic, dense and tense
    for one, other in _TWINS:
        pairs = ((x, y), (y, x))
        if any(a.startswith(one) and b.startswith(other) and not a.startswith(other) for a, b in pairs):
            return False
    return OSA.distance(x, y, score_cutoff=1) <= 1


def _is_ideograph(word: str) -> bool:
    return len(word) == 1 and unicodedata.category(word) == 'Lo'


def _names_in(title: str) -> frozenset[str]:
    text = unicodedata.normalize('NFKC', title)
    return frozenset(word.casefold() for word in _LATIN.findall(text) if not word[1:].islower())
