from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.finding import find_places


@pytest.mark.parametrize(
    ('text', 'places'),
    [
        ('《甲》与“随机游走和热方程的解”', [('title', '甲'), ('quoted', '随机游走和热方程的解')]),
        # the title in marks, whatever stands around or within it
        ('“关于《扩散随笔（二）》的几点说明”', [('title', '扩散随笔（二）')]),
        ('《“随机游走和热方程的解”浅读》', [('title', '“随机游走和热方程的解”浅读')]),
        # a title that begins like a place in the series, and a sentence that speaks of one
        ('“Lecture 3: Norms and duals”', [('quoted', 'Lecture 3: Norms and duals')]),
        ('“as we saw in part 2 of this series”', [('series', '2')]),
        ('Lecture 3', [('series', 'lecture 3')]),
        ('《随笔（一）》、（二）', [('title', '随笔（一）'), ('title', '随笔（二）')]),
    ],
)
def test_each_place_is_one_thing(text, places):
    assert [(p.form, p.target) for p in find_places(text)] == places


def test_italics_are_read_like_quotation_marks():
    text = 'See A Primer on Random Walks, please.'
    assert find_places(text) == ()
    [place] = find_places(text, [(4, 29)])
    assert (place.form, place.target) == ('quoted', 'A Primer on Random Walks')
    assert find_places('It is very important', [(6, 10)]) == ()


@given(st.text(alphabet='《》“”"一二（）()上篇文章系列第 part2Lectur', max_size=60))
def test_places_stand_in_order_without_overlap(text):
    found = find_places(text, [(0, len(text))] if len(text) % 2 else ())
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(0 <= p.start < p.end <= len(text) for p in found)


def test_a_phrase_in_quotation_marks_is_spoken_of():
    assert find_places('“上一篇文章”这种说法') == ()
    assert len(find_places('“见上一篇文章”')) == 1
