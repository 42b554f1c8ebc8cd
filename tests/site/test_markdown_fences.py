"""Which lines stand in a fenced code block."""

from __future__ import annotations

import pytest

from sphinxext_blog.site.markdown_fences import fence_of, outside_fences


@pytest.mark.parametrize(
    ('line', 'marks'), [('```python', '```'), ('  ~~~~', '~~~~'), ('``a``', ''), ('a ```', ''), ('', '')]
)
def test_the_marks_of_a_fence(line, marks):
    assert fence_of(line) == marks


@pytest.mark.parametrize(
    ('text', 'outside'),
    [
        ('a\n```\nb\n```\nc', 'ac'),
        ('a\n````\n```\nb\n````\nc', 'ac'),
        ('a\n~~~\n```\nb\n~~~\nc', 'ac'),
        ('a\n```\nb', 'a'),
    ],
)
def test_what_stands_in_a_fence_is_passed_over(text, outside):
    lines = text.split('\n')
    found = list(outside_fences(lines))
    assert ''.join(line for _, line in found) == outside
    assert all(lines[number] == line for number, line in found)
