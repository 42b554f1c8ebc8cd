"""Words in quotation marks that may be a title: “Variational Autoencoders (Part 2)”, 「扩散随笔（二）」.

English prose cites by quotation marks or italics, which mark everything else as
well. Nothing is claimed here: what is found means a post when one has that
title, and nothing otherwise. Words too few to stand for one post are left out.
"""

from __future__ import annotations

import re
from typing import Final

from sphinxext_blog.references.citations import MAXIMAL_LENGTH, Citation
from sphinxext_blog.references.titles import has_cjk, words_of

__all__ = ['find_quoted', 'is_capitalised', 'may_be_title']

_QUOTES: Final = re.compile(
    f'“([^“”\\n]{{4,{MAXIMAL_LENGTH}}})”|‘([^‘’\\n]{{4,{MAXIMAL_LENGTH}}})’(?!\\w)|'
    f'(?<![\\w"])"([^"\\n]{{4,{MAXIMAL_LENGTH}}})"(?![\\w"])|「([^「」\\n]{{4,{MAXIMAL_LENGTH}}})」|'
    f'『([^『』\\n]{{4,{MAXIMAL_LENGTH}}})』|〈([^〈〉\\n]{{4,{MAXIMAL_LENGTH}}})〉'
)
_MARKS: Final = '“‘"「『〈'
_CALLED_A_POST: Final = re.compile(r'(?:[那这]一?篇|一文)')
_LEAST_CALLED: Final = 5  # characters of what is called a post: “动量就是摩擦”那篇
_LEAST_CHINESE: Final = 8  # characters: shorter ones are terms in scare quotes
_LEAST_WORDS: Final = 2
_LEAST_LETTERS: Final = 10
_LEAST_OF_TERMS: Final = 24
_WITHIN: Final = re.compile(r'(?:^|\s)[a-z]+ [(]?$')
_LATIN: Final = re.compile(r"[A-Za-z][\w'’-]*")
_NAMED: Final = re.compile(r'\b(?:[A-Z]|\d)')


def find_quoted(text: str) -> tuple[Citation, ...]:
    """Find what stands in quotation marks and is long enough to be a title, in the order of the text.

    Linear in the length of the text: a quotation is of one line and at most 300 characters.

    >>> [c.title for c in find_quoted('In “Lecture 3: Norms,” and “so on”.')]
    ['Lecture 3: Norms']
    """
    if not any(mark in text for mark in _MARKS):
        return ()
    found = []
    for match in _QUOTES.finditer(text):
        title = match[match.lastindex or 0].strip().rstrip(',.;，。；').rstrip()
        called = has_cjk(title) and _CALLED_A_POST.match(text, match.end())
        # Within a sentence a capital tells a title: see “Freiman's theorem”.
        is_named = title[:1].isupper() and _WITHIN.search(text[max(0, match.start() - 12) : match.start()])
        if may_be_title(title, is_named=bool(is_named)) or (called and len(title) >= _LEAST_CALLED):
            found.append(Citation(match.start(), match.end(), title))
    return tuple(found)


def is_capitalised(words: str) -> bool:
    """Whether English words are written like the title of a publication: three or more, most of them capital.

    >>> is_capitalised('Optimal Transport: Old and New'), is_capitalised('is all you need')
    (True, False)
    """
    parts = _LATIN.findall(words)
    long = [part for part in parts if len(part) > 3]
    return len(parts) > 2 and len(long) > 1 and 3 * sum(not p[0].islower() for p in long) >= 2 * len(long)


def may_be_title(words: str, *, is_named: bool = False) -> bool:
    """Whether words say enough to name one post.

    That is eight Chinese characters, or two words of ten letters that are
    written like a title, with a capital or a number; of small letters, as
    terms in italics are (*inner product space*), it takes 24.

    :param is_named: the words are known to be written like a title.
    """
    if not words or len(words) > MAXIMAL_LENGTH:
        return False
    parts = words_of(words)
    if has_cjk(words):
        return sum(map(len, parts)) >= _LEAST_CHINESE
    letters = sum(map(len, parts))
    is_named = is_named or _NAMED.search(words.strip()[1:]) is not None
    return len(parts) >= _LEAST_WORDS and letters >= (_LEAST_LETTERS if is_named else _LEAST_OF_TERMS)
