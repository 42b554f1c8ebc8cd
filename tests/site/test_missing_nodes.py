"""Missing posts and gaps as nodes; the lists themselves are tested with the panels."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.missing_nodes import ranges


@pytest.mark.parametrize(
    ('numbers', 'text'),
    [((), ''), ((1,), '1'), ((1, 2, 3), '1–3'), ((1, 3, 4, 9), '1, 3–4, 9')],
)
def test_runs_of_numbers(numbers, text):
    assert ranges(numbers) == text
