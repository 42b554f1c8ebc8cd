"""“Part 3” and “Parts I and II”."""

from __future__ import annotations

import pytest

from sphinxext_blog.references.english_parts import find_parts


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('In Part 2 we proved it.', ['2']),
        ('Part II covers flows.', ['2']),
        ('in part I agree', []),
        ('Part 3 of the book', []),
        ('See the proof of Part 2.', []),
        ('Parts I and II', ['1', '2']),
        ('Parts 1, 2 and 3', ['1', '2', '3']),
        ('in Parts 1–3 we', ['1,2,3']),
        ('Parts I through III of this series', ['1,2,3']),
        ('Parts 1–3 of the theorem', []),
    ],
)
def test_parts_of_the_series_and_of_other_things(text, selectors):
    assert [selector for _, _, selector in find_parts(text)] == selectors
