from __future__ import annotations

import pytest

from sphinxext_blog.records import NodeId
from sphinxext_blog.references.series_plain import plain_groups

NONE = (0, 0, 0, '')


def groups(*titles, known=frozenset()):
    rows = [(NodeId(f'{i:02}'), title, NONE) for i, title in enumerate(titles)]
    return list(plain_groups(rows, known))


def test_the_month_in_the_title_gives_the_order():
    assert groups('Update - March 2016', 'Update - May 2015', 'Update - January 2016') == [
        ('Update', ('01', '02', '00'))
    ]


def test_dash_and_colon_set_off_the_same_stem():
    assert groups('False Proof - A', 'False Proof: B', 'False Proof — C') == [
        ('False Proof', ('00', '01', '02'))
    ]


@pytest.mark.parametrize(
    'titles',
    [
        ('Proofs - A', 'Proofs: B'),
        ('A word: one', 'A word: two'),
        ('函数：甲', '函数：乙', '函数：丙'),
        ('Update - March 2016',),
        ('Same - x', 'Same - x'),
        ('a' * 1000 + ' - x', 'a' * 1000 + ' - y'),
    ],
)
def test_weak_evidence_makes_no_series(titles):
    assert groups(*titles) == []


def test_a_name_that_is_a_series_already_is_not_taken_again():
    assert groups('Proofs — A', 'Proofs — B', 'Proofs — C', known=frozenset({'proofs'})) == []


def test_a_column_in_brackets_is_a_series():
    assert groups('【欧拉数学】甲', '【欧拉数学】乙', '[欧拉数学]丙') == [('欧拉数学', ('00', '01', '02'))]


def test_the_name_keeps_its_own_width():
    ((name, _),) = groups('更酷一些！：甲', '更酷一些！：乙', '更酷一些！：丙')
    assert name == '更酷一些！'
