from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, NodeId, Post
from sphinxext_blog.references.selectors import select
from sphinxext_blog.references.series import group_series


def series(*titles):
    posts = [Post(DocName(f'p{i}'), t, date=PartialDate(2000 + i)) for i, t in enumerate(titles)]
    (group,) = group_series(posts)
    return group


NUMBERED = series('路（二）', '路（三）', '路（五）')
PLAIN = series('Proofs — A', 'Proofs — B', 'Proofs — C')


@pytest.mark.parametrize(
    ('source', 'selector', 'parts'),
    [
        ('p1', '-1', ('p0',)),
        ('p0', '-1', (1,)),
        ('p2', '-1', (4,)),
        ('p1', '+1', (4,)),
        ('p2', '+1', ()),
        ('p2', '2', ('p0',)),
        ('p2', '9', (9,)),
        ('p2', '5', ()),
        ('p2', '<3', ('p0', 'p1', 4)),
        ('p0', '<3', (1,)),
        ('p0', '0', ()),
        ('p0', '', ()),
        ('p0', 'x', ()),
        ('p0', '-7', ()),
        ('p0', '<99999', ()),
        ('p1', '(2)', ('p0',)),
        ('p1', '(3)', ()),
        ('p1', '(4)', ()),
        ('p1', 'lecture 2', ()),
        ('elsewhere', '(2)', ()),
        ('elsewhere', '-1', ()),
    ],
)
def test_parts_of_a_numbered_series(source, selector, parts):
    assert select(NUMBERED, NodeId(source), selector) == parts


@pytest.mark.parametrize(
    ('source', 'selector', 'parts'),
    [
        ('p1', '-1', ('p0',)),
        ('p1', '+1', ('p2',)),
        ('p2', '<2', ('p0', 'p1')),
        ('p0', '-1', ()),
        ('p0', '2', ()),
    ],
)
def test_a_series_without_numbers_has_neighbours_only(source, selector, parts):
    assert select(PLAIN, NodeId(source), selector) == parts


def test_the_part_before_a_second_half_is_the_first_half():
    group = series('路：20、甲（上）', '路：20、乙（下）', '路：21、丙')
    assert select(group, NodeId('p1'), '-1') == ('p0',)
    assert select(group, NodeId('p2'), '-1') == ('p1',)


LECTURES = series('Lecture 1: Spaces', 'Lecture 2: Norms', 'Lecture 3: Limits')


@pytest.mark.parametrize(
    ('source', 'selector', 'parts'),
    [
        ('p0', 'lecture 2', ('p1',)),
        ('p0', 'lecture 1', ()),
        ('p0', 'lecture 9', ()),
        ('p0', 'chapter 2', ()),
        ('p0', '(2)', ()),
        ('p2', '-2', ('p0',)),
        ('p1', '-2', ()),
        ('p0', '+2', ('p2',)),
    ],
)
def test_a_number_in_the_style_of_the_titles(source, selector, parts):
    assert select(LECTURES, NodeId(source), selector) == parts


HALVES = series('甲（上）', '甲（中）', '甲（下）')


@pytest.mark.parametrize(
    ('source', 'selector', 'parts'),
    [
        ('p1', 'half 1', ('p0',)),
        ('p1', 'half 3', ('p2',)),
        ('p0', 'half 2', ('p1',)),
        ('p0', 'half 1', ()),
    ],
)
def test_volumes_are_counted_as_the_titles_count_them(source, selector, parts):
    assert select(HALVES, NodeId(source), selector) == parts


def test_the_last_of_two_volumes_is_the_second():
    assert select(series('甲（上）', '甲（下）'), NodeId('p0'), 'half 3') == ('p1',)


@pytest.mark.parametrize(('selector', 'parts'), [('half 1', ('p0',)), ('half 3', (4,)), ('half 2', ())])
def test_where_no_volumes_are_counted_they_are_the_parts_beside(selector, parts):
    assert select(NUMBERED, NodeId('p1'), selector) == parts


def test_a_number_behind_a_particle():
    group = series('随想之一：甲', '随想之二：乙')
    assert select(group, NodeId('p1'), '之 1') == ('p0',)
    assert select(NUMBERED, NodeId('p1'), '之 2') == ()
