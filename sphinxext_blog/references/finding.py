"""Everything in a running text that may point at a post, each place once.

《Titles》 and the numbers behind them come first, then words in quotation marks
or italics, then places in a series: “Lecture 3: Norms” is a title, and no third
lecture of the series that the post is in.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from sphinxext_blog.references.citations import find_citations
from sphinxext_blog.references.continued import find_continued
from sphinxext_blog.references.described import find_described
from sphinxext_blog.references.phrases import find_series_phrases
from sphinxext_blog.references.quoted import find_quoted, may_be_title

if TYPE_CHECKING:
    from collections.abc import Iterable

    from sphinxext_blog.records import MentionForm

__all__ = ['Place', 'find_places']

_OPENING: Final = ('“', '"', '「', '‘')
_CLOSING: Final = ('”', '"', '」', '’')


class Place(NamedTuple):
    """A place of a text that may point at a post."""

    start: int
    end: int
    form: MentionForm
    target: str
    """As in :attr:`sphinxext_blog.records.Mention.target`."""


def find_places(text: str, emphasised: Iterable[tuple[int, int]] = ()) -> tuple[Place, ...]:
    """Find the places of a text in order, without overlap.

    :param emphasised: where the text is in italics.

    >>> [(p.form, p.target) for p in find_places('《A》, then “Lecture 3: Norms” of part 2 of this series')]
    [('title', 'A'), ('quoted', 'Lecture 3: Norms'), ('series', '2')]
    """
    citations = find_citations(text)
    titles = (*citations, *find_continued(text, citations))
    sure = [Place(c.start, c.end, 'title', c.title) for c in titles]
    quoted = [Place(c.start, c.end, 'quoted', c.title) for c in find_quoted(text)]
    quoted += [
        Place(start, end, 'quoted', words)
        for start, end in emphasised
        if may_be_title(words := text[start:end].strip().rstrip('.,;'))
    ]
    # A quoted title may begin like a place in a series, but a quoted sentence may speak of one.
    heads = {start + skipped for start, *_ in quoted for skipped in (0, 1)}
    series = [
        Place(p.start, p.end, 'series', p.selector)
        for p in find_series_phrases(text)
        if p.start not in heads
        # the phrase “上一篇文章” is spoken of, not with
        and not (text[p.start - 1 : p.start] in _OPENING and text[p.end : p.end + 1] in _CLOSING)
        # “Autoencoders (Part 2)” is one title: the number in it is no place of its own
        and not (p.selector.startswith('named') and any(q.start < p.start and p.end <= q.end for q in quoted))
    ]
    chosen: list[Place] = []
    described = [Place(start, end, 'described', words) for start, end, words in find_described(text)]
    for places in (sure, series, quoted, described):
        chosen = _merged(chosen, places)
    return tuple(chosen)


def _merged(taken: list[Place], more: list[Place]) -> list[Place]:
    """The places with those of the others that overlap none; of two that begin alike the longer one."""
    out: list[Place] = []
    keep = set(taken)
    pending = sorted([*taken, *more], key=lambda p: (p.start, -p.end))
    for place in pending:
        while out and place.start < out[-1].end and place in keep and out[-1] not in keep:
            out.pop()
        if not out or place.start >= out[-1].end:
            out.append(place)
    return out
