"""A post as it is written: the merged knowledge of all entries that tell of it."""

from __future__ import annotations

import hashlib
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

from sphinxext_blog.importers.titles import normalise

if TYPE_CHECKING:
    from collections.abc import Sequence

    from sphinxext_blog.dates import PartialDate
    from sphinxext_blog.importers.model import Block

__all__ = ['Document', 'file_names', 'guess_language', 'plain_text', 'slug']

_MAX_BYTES = 80
_RESERVED = frozenset({
    'con', 'prn', 'aux', 'nul', *(f'{name}{n}' for name in ('com', 'lpt') for n in range(10)),
    'index', 'search', 'genindex', 'modindex', 'py-modindex', 'graph', 'formulas',
})  # fmt: skip
"""Names that Windows forbids, and names of pages that Sphinx or this extension makes."""

_MATH = re.compile(r'\$[^$]*\$|\\[a-zA-Z]+')
_WORD = re.compile('[A-Za-z\u00c0-\u024f]+')
_HAN = re.compile('[\u3400-\u4dbf\u4e00-\u9fff\U00020000-\U0002ffff]')
_KANA = re.compile('[\u3040-\u30ff]')


@dataclass(frozen=True, slots=True)
class Document:
    """One post, ready to be written; the fields are those of :class:`Entry`."""

    title: str
    title_derived: bool = False
    date: PartialDate | None = None
    author: str = ''
    readers: int | None = None
    blocks: tuple[Block, ...] = ()
    sources: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    categories: tuple[str, ...] = ()
    updated: PartialDate | None = None
    series: str = ''
    series_index: int | None = None
    url: str = ''
    urls: tuple[str, ...] = ()
    slug: str = ''
    excerpt: str = ''
    image: str = ''
    page: bool = False
    language: str = ''
    draft: bool = False


def plain_text(blocks: Sequence[Block]) -> str:
    """All text of the blocks but captions, for comparing: one listing shows pictures, another does not."""
    return normalise(''.join(block.text for block in blocks if block.kind != 'caption'))


def guess_language(title: str, blocks: Sequence[Block]) -> str:
    """``zh`` when a text has more Chinese characters than Latin words and hardly any kana, else ``''``."""
    text = _MATH.sub(' ', '\n'.join([title, *(block.text for block in blocks if block.kind != 'math')]))
    han = len(_HAN.findall(text))
    if han > len(_WORD.findall(text)) and len(_KANA.findall(text)) * 20 < han:
        return 'zh'
    return ''


def slug(title: str) -> str:
    """File name, without suffix, for a title.

    NFKC and casefolded; letters and digits of any script are kept, everything
    else becomes ``-``. At most 80 bytes of UTF-8; a cut name ends in ``-`` and
    eight hexadecimal digits of the title's SHA-256. Empty for a title without
    letters and digits.
    """
    folded = unicodedata.normalize('NFKC', unicodedata.normalize('NFKC', title[:1000]).casefold())
    name = ''.join(c if unicodedata.category(c)[0] in 'LNM' else '-' for c in folded)
    name = re.sub('-+', '-', name).strip('-')
    if len(name.encode()) > _MAX_BYTES:
        return _with_suffix(name, _digest(title, 8))
    return f'{name}-post' if name in _RESERVED else name


def _with_suffix(name: str, suffix: str) -> str:
    room = _MAX_BYTES - len(suffix) - 1
    cut = name.encode()[:room].decode('utf-8', 'ignore').rstrip('-')
    return f'{cut}-{suffix}' if cut else f'post-{suffix}'


def _digest(text: str, length: int) -> str:
    return hashlib.sha256(text.encode('utf-8', 'surrogatepass')).hexdigest()[:length]


def file_names(documents: Sequence[Document]) -> list[str]:
    """A distinct file name for each document, a function of the documents and not of their order.

    Documents whose titles give one slug all get a hash of title and date; if
    that is not enough, also of the text.
    """

    def by_date(document: Document) -> str:
        return f'{document.title}\x00{document.date or ""}'

    def by_text(document: Document) -> str:
        return f'{by_date(document)}\x00{plain_text(document.blocks)}\x00{document.sources}{document.slug}'

    names = [slug(document.title) for document in documents]
    counts = Counter(names)
    # Posts of one title are called as they were in their addresses, where an archive tells.
    told = Counter(slug(document.slug) for document in documents if document.slug)
    names = [
        own
        if counts[name] > 1 and (own := slug(document.slug)) and told[own] == 1 and own not in counts
        else name
        for name, document in zip(names, documents, strict=True)
    ]
    for length, key in ((8, by_date), (16, by_text)):
        counts = Counter(names)
        names = [
            _with_suffix(slug(document.title), _digest(key(document), length))
            if not name or counts[name] > 1
            else name
            for name, document in zip(names, documents, strict=True)
        ]
    return [f'{name}.rst' for name in names]
