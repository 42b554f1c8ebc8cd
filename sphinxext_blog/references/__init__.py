"""Mentions and what they mean.

This room turns what posts write, roles, URLs, 《titles》, “part 3 of this
series”, into links between posts. It finds citations and series phrases in
plain text, compares titles in a normal form, finds series in the titles of a
corpus, knows the addresses of the blog, and says of everything that is cited
and not there whether it is a missing post or somebody else's work. It knows
neither Sphinx nor docutils: records in, records out.

The public names are loaded when they are first used: a build with nothing to read needs none of them.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from sphinxext_blog.lazy_names import lazy_names

if TYPE_CHECKING:
    from sphinxext_blog.references.citations import Citation, find_citations
    from sphinxext_blog.references.finding import Place, find_places
    from sphinxext_blog.references.numerals import chinese_to_int
    from sphinxext_blog.references.phrases import SeriesPhrase, find_series_phrases
    from sphinxext_blog.references.resolution import resolve
    from sphinxext_blog.references.sentences import sentence_around
    from sphinxext_blog.references.series import find_series
    from sphinxext_blog.references.series_part import SeriesPart
    from sphinxext_blog.references.series_titles import parse_title
    from sphinxext_blog.references.titles import normalise_title
    from sphinxext_blog.references.unlinked import find_unlinked

__all__ = [
    'Citation',
    'Place',
    'SeriesPart',
    'SeriesPhrase',
    'chinese_to_int',
    'find_citations',
    'find_places',
    'find_series',
    'find_series_phrases',
    'find_unlinked',
    'normalise_title',
    'parse_title',
    'resolve',
    'sentence_around',
]

_HOMES = {
    'Citation': 'citations',
    'Place': 'finding',
    'SeriesPart': 'series_part',
    'SeriesPhrase': 'phrases',
    'chinese_to_int': 'numerals',
    'find_citations': 'citations',
    'find_places': 'finding',
    'find_series': 'series',
    'find_series_phrases': 'phrases',
    'find_unlinked': 'unlinked',
    'normalise_title': 'titles',
    'parse_title': 'series_titles',
    'resolve': 'resolution',
    'sentence_around': 'sentences',
}
"""The module of each public name."""

__getattr__ = lazy_names(__name__, _HOMES)
