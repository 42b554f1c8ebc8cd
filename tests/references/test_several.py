"""Several numbers written as one."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.several import numbers_in, parts_of_title


@pytest.mark.parametrize(
    ('title', 'parts'),
    [
        ('扩散随笔（一、二）', ['扩散随笔（一）', '扩散随笔（二）']),
        ('扩散随笔（一）（三）', ['扩散随笔（一）', '扩散随笔（三）']),
        ('扩散随笔（十九）到（二十一）', ['扩散随笔（十九）', '扩散随笔（二十）', '扩散随笔（二十一）']),
        ('升级之路：1~3', ['升级之路：1', '升级之路：2', '升级之路：3']),
        ('札记1、2', ['札记1', '札记2']),
        ('Mirror descent (I and II)', ['Mirror descent (I)', 'Mirror descent (II)']),
        ('随笔（上、下）', ['随笔（上）', '随笔（下）']),
        ('扩散随笔（一）', []),
        ('扩散随笔（二、一）', []),
        ('扩散随笔（1-400）', []),
        ('GPT-3', []),
        ('1, 2', []),
        ('', []),
    ],
)
def test_a_title_of_several_parts(title, parts):
    assert list(parts_of_title(title)) == parts


@given(st.text('一二三0123、,~到至（）() 第篇IVX'))
def test_numbers_ascend_and_are_few(words):
    numbers = numbers_in(words)
    assert list(numbers) == sorted(set(numbers))
    assert len(numbers) <= 20


@pytest.mark.parametrize('unit', ['（一', '（一、', '（一）', '1-', ' ：1'])
def test_long_titles_take_no_longer(unit):
    start = time.process_time()
    for _ in range(100):
        parts_of_title('ab' + unit * 1000)
        parts_of_title('ab' + unit * (290 // len(unit)))
    assert time.process_time() - start < 2
