"""Mentions and what they mean.

This room turns what posts write, roles, URLs, 《titles》, “part 3 of this
series”, into links between posts. It finds citations and series phrases in
plain text, compares titles in a normal form, finds series in the titles of a
corpus, knows the addresses of the blog, and says of everything that is cited
and not there whether it is a missing post or somebody else's work. It knows
neither Sphinx nor docutils: records in, records out.
"""

from __future__ import annotations

from sphinxext_blog.references.citations import Citation, find_citations
from sphinxext_blog.references.finding import Place, find_places
from sphinxext_blog.references.phrases import SeriesPhrase, find_series_phrases
from sphinxext_blog.references.resolve import resolve
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
