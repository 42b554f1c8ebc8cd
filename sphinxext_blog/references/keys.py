"""Ids that people read: the part after ``missing:`` and ``work:``, and the keys of series.

Titles are *compared* in a normal form that nobody wants to see (every 一 is a 1
there). What ends up in the graph's file and in addresses is made of the title
itself, as slugs of posts are.
"""

from __future__ import annotations

import unicodedata
from hashlib import blake2b
from typing import Final

from sphinxext_blog.references.numerals import CHINESE_DIGITS
from sphinxext_blog.references.series_part import SERIES_WORDS, series_key
from sphinxext_blog.references.titles import is_kept, normalise_title

__all__ = ['node_key', 'public_series_key']

_MAXIMAL_KEY: Final = 60  # characters, apart from the digest
_READ: Final = 1000  # characters of a title: more than a key has room for
_APOSTROPHES: Final = "'’ʼ"


def node_key(title: str) -> str:
    """A short, stable name for a title, safe in XML, JSON and URL fragments.

    The title in lower case and compatibility form (NFKC), its numerals as they
    are, its spaces and punctuation as hyphens. A digest of the normal form is
    appended when the name does not say everything that tells titles apart:
    when it was cut at 60 characters, has lost a mathematical sign, or would be
    empty. The time is linear in the title.

    >>> node_key('低秩近似之路(二):SVD')
    '低秩近似之路-二-svd'
    """
    slug, lossless = _slug(title)
    return _short(slug, normalise_title(title), lossless=lossless)


def public_series_key(name: str) -> str:
    """The same for the name of a series; the word 系列 or “series” at its end is no part of it.

    >>> public_series_key('我们可以无损放大一个Transformer模型吗')
    '我们可以无损放大一个transformer模型吗'
    """
    slug, lossless = _slug(name)
    for word in SERIES_WORDS:
        slug = slug.removesuffix(word).rstrip('-.') or slug
    return _short(slug, series_key(name), lossless=lossless)


def _short(slug: str, form: str, *, lossless: bool) -> str:
    if slug and lossless and len(slug) <= _MAXIMAL_KEY:
        return slug
    digest = blake2b(form.encode('utf-8', 'surrogatepass'), digest_size=4).hexdigest()
    start = slug[:_MAXIMAL_KEY].rstrip('-.')
    return f'{start}-{digest}' if start else digest


def _slug(title: str) -> tuple[str, bool]:
    # Letters, digits and their marks with hyphens between; and whether nothing
    # that tells titles apart is lost.
    text = unicodedata.normalize('NFKC', title[:_READ]).casefold()
    text = unicodedata.normalize('NFKC', text)  # folding the case can take characters apart
    out: list[str] = []
    lossless = len(title) <= _READ
    for i, c in enumerate(text):
        category = unicodedata.category(c)
        if c.isalnum() or (category[0] == 'M' and out and out[-1] not in '-.'):
            out.append(c)
            continue
        lossless = lossless and not is_kept(c)
        if not out or out[-1] in '-.':
            continue
        after = text[i + 1 : i + 2]
        if c == '.' and out[-1].isdecimal() and after.isdecimal():
            out.append(c)
        elif not (c in _APOSTROPHES or category == 'Cf') or not _is_letter(out[-1]) or not _is_letter(after):
            out.append('-')
    return ''.join(out).rstrip('-.'), lossless


def _is_letter(c: str) -> bool:
    return c.isalpha() and c not in CHINESE_DIGITS
