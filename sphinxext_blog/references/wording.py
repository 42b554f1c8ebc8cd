"""The words that tell: what a description and a title have in common.

“my post on training large models” describes “How to Train Large Models on a Few GPUs”: articles and
other small words go, endings of English words are not compared, and Chinese is compared letter by letter.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Final

from sphinxext_blog.references.titles import has_cjk, words_of

__all__ = ['holds_words', 'is_short', 'says_something', 'telling_words']

_SHORT_CHINESE: Final = 5  # characters
_SMALL: Final = frozenset(
    'a an the of and or in on for to from with by at as is are was be it its this that these those my our '
    'your his her their how why what when which who some any all more about into via vs'.split()
)
_VAGUE: Final = frozenset(
    'topic subject problem question matter issue theory math maths mathematics post blog note idea thing '
    'result paper book part series lecture course method theorem proof same'.split()
)
"""Words that describe any post: they tell only beside others."""
_ENDINGS: Final = ('ing', 'es', 'ed', 's', 'e')
_SHORTEST_STEM: Final = 3
_SHORTEST_CHINESE: Final = 2
_SHORTEST_LATIN: Final = 3


@lru_cache(maxsize=1 << 14)
def _stem(word: str) -> str:
    for ending in _ENDINGS:
        if word.endswith(ending) and len(word) - len(ending) >= _SHORTEST_STEM and word.isascii():
            return word[: -len(ending)]
    return word


_VAGUE_STEMS: Final = frozenset(map(_stem, _VAGUE))


def telling_words(text: str) -> tuple[str, ...]:
    """The words of a text in order, small ones left out and endings taken off.

    >>> telling_words('Training the large Models'), telling_words('交叉熵')
    (('train', 'larg', 'model'), ('交', '叉', '熵'))
    """
    return tuple(_stem(word) for word in words_of(text) if word not in _SMALL)


def says_something(words: tuple[str, ...]) -> bool:
    """Whether words can describe one post: two Chinese characters, or a word that is not vague."""
    ideographs = sum(map(has_cjk, words))
    if ideographs >= _SHORTEST_CHINESE:
        return True
    return any(
        len(word) >= _SHORTEST_LATIN and word[0].isalpha() and word not in _VAGUE_STEMS
        for word in words
        if not has_cjk(word)
    )


def holds_words(title: tuple[str, ...], words: tuple[str, ...]) -> bool:
    """Whether a title has all words of a description; Chinese ones in their order and side by side."""
    if any(map(has_cjk, words)):
        many = len(words)
        return any(title[at : at + many] == words for at in range(len(title) - many + 1))
    return set(words) <= set(title)


def is_short(title: str) -> bool:
    """Whether a title is so short that many things are called so: 渴望, “Proof”."""
    return len(words_of(title)) <= (_SHORT_CHINESE if has_cjk(title) else 1)
