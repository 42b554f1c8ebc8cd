"""The entries of one post -> one document: the better datum wins, every conflict is told."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, NamedTuple

from sphinxext_blog.importers.document import Document, guess_language, plain_text
from sphinxext_blog.importers.grouping import agree, order, precision
from sphinxext_blog.importers.model import Problem
from sphinxext_blog.importers.titles import derive_title, normalise

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from sphinxext_blog.importers.model import Block, Entry

_ROLE = re.compile(r':([\w-]{1,30}):`([^`\n]{1,500})`')
_STRESSED = re.compile(r'\*{1,2}([^*\n]{1,500})\*{1,2}')
_LINK = re.compile(r'`([^`<]{1,500}?)\s*<[^`<>]{0,2000}>`__?')

__all__ = ['EntryPlace', 'Merge', 'merge_entries']


class EntryPlace(NamedTuple):
    """Where a merged entry stands."""

    path: str
    line: int
    title: str


@dataclass(frozen=True, slots=True)
class Merge:
    """Two or more entries that became one document."""

    title: str
    entries: tuple[EntryPlace, ...]
    reasons: tuple[str, ...]
    """``same text``, ``same beginning``, ``same title``."""
    conflicts: tuple[str, ...] = ()
    """What the entries say differently, and which of it was kept."""


def merge_entries(
    groups: Sequence[tuple[Sequence[Entry], tuple[str, ...]]],
) -> tuple[list[Document], list[Merge], list[Problem]]:
    """Make one document of each group; the better datum wins.

    The title is that of the entry with the most precise date, other spellings
    become aliases; the longest text; the larger number of readers. What the
    owner corrected wins over all. A group with neither title nor text makes a
    problem instead.
    """
    documents: list[Document] = []
    merges: list[Merge] = []
    problems: list[Problem] = []
    for group, reasons in groups:
        document, conflicts = _merge(group)
        if document is None:
            entry = group[0]
            told = f'date {entry.date}' if entry.date else 'no date'
            who = entry.author or 'unknown'
            message = f'an entry with neither title nor text is no post ({told}, author {who})'
            problems.append(Problem(entry.source, entry.line, message))
            continue
        documents.append(document)
        if len(group) > 1:
            places = tuple(EntryPlace(e.source, e.line, e.title or '') for e in group)
            merges.append(Merge(document.title, places, reasons, tuple(conflicts)))
    return documents, merges, problems


def _merge(group: Sequence[Entry]) -> tuple[Document | None, list[str]]:
    ranked = (
        list(group)
        if len(group) == 1
        else sorted(
            group,
            key=lambda e: (
                -precision(e.date),
                not e.author,
                e.readers is None,
                -len(plain_text(e.blocks)),
                order(e),
            ),
        )
    )
    blocks = _longest(ranked)
    date = _best(ranked, 'date')
    title = _best(ranked, 'title') or ''
    derived = not title
    if derived and blocks:
        derivable = filter(None, map(derive_title, _openings(blocks)))
        title = next(derivable, '') or (str(date) if date else 'Untitled')
    if not title:
        return None, []
    counts = sorted({e.readers for e in ranked if e.readers is not None})
    document = Document(
        title=title,
        title_derived=derived,
        date=date,
        author=_best(ranked, 'author') or '',
        readers=counts[-1] if counts else None,
        blocks=blocks,
        sources=tuple(sorted({e.source for e in group})),
        aliases=_aliases(title, ranked),
        tags=_best(ranked, 'tags') or (),
        categories=_best(ranked, 'categories') or (),
        updated=_best(ranked, 'updated'),
        series=_best(ranked, 'series') or '',
        series_index=_best(ranked, 'series_index'),
        url=_best(ranked, 'url') or '',
        urls=_addresses(ranked),
        slug=_best(ranked, 'slug') or '',
        excerpt=_best(ranked, 'excerpt') or '',
        image=_best(ranked, 'image') or '',
        page=bool(_best(ranked, 'page')),
        language=_best(ranked, 'language') or guess_language(title, blocks),
        draft=bool(_best(ranked, 'draft')),
    )
    return document, _conflicts(document, ranked)


def _addresses(ranked: Sequence[Entry]) -> tuple[str, ...]:
    """All addresses that the entries know, beside the best one."""
    best = _best(ranked, 'url') or ''
    known = [url for e in ranked for url in (e.url, *e.urls) if url and url != best]
    return tuple(dict.fromkeys(known))


def _longest(ranked: Sequence[Entry]) -> tuple[Block, ...]:
    if len(ranked) == 1:
        return ranked[0].blocks
    return max((e.blocks for e in ranked), key=lambda blocks: sum(len(normalise(b.text)) for b in blocks))


def _best(ranked: Sequence[Entry], field: str) -> Any:
    """The value that the owner set, else that of the best entry that knows one, else ``None``."""
    for entry in ranked:
        if field in entry.corrected:
            return getattr(entry, field)
    values = (getattr(entry, field) for entry in ranked)
    return next((v for v in values if v is not None and v is not False and v not in ('', ())), None)


def _openings(blocks: Sequence[Block]) -> Iterator[str]:
    """Texts that may give a title, the best first: paragraphs before captions and headings."""
    for kinds in ({'paragraph'}, {'rst'}, {'caption', 'heading'}):
        yield from (
            _without_markup(block.text) if block.kind == 'rst' else block.text
            for block in blocks
            if block.kind in kinds
        )


def _without_markup(text: str) -> str:
    """The words of a paragraph of reStructuredText that an importer wrote; nothing of any other block."""
    text = text.strip()
    if text.startswith('| '):  # lines that their author ended
        text = ' '.join(line.removeprefix('| ') for line in text.split('\n'))
    if text.startswith(('..', '* ', '+-', '|', '1. ')):
        return ''
    text = _ROLE.sub(lambda m: f'${m[2]}$' if m[1] == 'math' else m[2], text.replace('\\ ', ''))
    return re.sub(r'\\([^\w\s])', r'\1', _STRESSED.sub(r'\1', _LINK.sub(r'\1', text)))


def _conflicts(document: Document, ranked: Sequence[Entry]) -> list[str]:
    if len(ranked) == 1:
        return []
    conflicts = [
        f'date: {document.date} kept, {e.source}:{e.line} has {e.date}'
        for e in ranked
        if not agree(document.date, e.date)
    ]
    counts = sorted({e.readers for e in ranked if e.readers is not None})
    if len(counts) > 1:
        conflicts.append(f'readers: {counts[-1]} kept of {", ".join(map(str, counts))}')
    authors = sorted({e.author for e in ranked if e.author})
    if len(authors) > 1:
        conflicts.append(f'author: {document.author!r} kept of {", ".join(map(repr, authors))}')
    kept = plain_text(document.blocks)
    conflicts += [
        f'text: a longer one kept, {e.source}:{e.line} has another'
        for e in ranked
        if not kept.startswith(plain_text(e.blocks).rstrip('.…'))
    ]
    return conflicts


def _aliases(title: str, ranked: Sequence[Entry]) -> tuple[str, ...]:
    seen = {normalise(title)}
    aliases: list[str] = []
    for alias in [e.title for e in ranked if e.title] + [a for e in ranked for a in e.aliases]:
        if normalise(alias) not in seen:
            seen.add(normalise(alias))
            aliases.append(alias)
    return tuple(aliases)
