from __future__ import annotations

import pytest

from sphinxext_blog.references.continued import find_continued


@pytest.mark.parametrize(
    ('text', 'titles'),
    [
        ('见《随笔（十四）：捷径》、（十五）和（十六）。', ['随笔（十五）', '随笔（十六）']),
        ('见《随笔(十四)》(十五)。', ['随笔(十五)']),
        ('见《随笔（一）》，（二）以及（三）', ['随笔（二）', '随笔（三）']),
        ('见《随笔（上）》，后来又有（中）、（下）两篇。', ['随笔（中）', '随笔（下）']),
        ('见《随笔（上）》。后来又有（中）、（下）两篇。', []),
        ('见《随笔（上）》，注意（中）式', []),
        # the style of the title has no brackets, or no number at all
        ('见《随笔：14、捷径》、（十五）', []),
        ('见《随笔》（三）', []),
        # equations, and what is not right behind
        ('由《随笔（一）》的式（二）', []),
        ('《随笔（一）》(2020)', []),
        ('（一）甲（二）乙', []),
    ],
)
def test_numbers_behind_a_title_go_on_with_its_series(text, titles):
    found = find_continued(text)
    assert [c.title for c in found] == titles
    assert all(text[c.start] in '(（' and text[c.end - 1] in ')）' for c in found)


def test_a_long_list_is_read_to_the_end():
    text = '《随笔（一）》' + '、（二）' * 100_000
    assert len(find_continued(text)) == 100_000
