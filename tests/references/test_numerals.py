from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.numerals import (
    chinese_to_int,
    int_to_chinese,
    int_to_roman,
    label_to_int,
    roman_to_int,
    write_like,
)


@pytest.mark.parametrize(
    ('label', 'number'),
    [
        ('7', 7), ('07', 7), ('七', 7), ('十', 10), ('十七', 17), ('三十一', 31), ('一百零五', 105),
        ('二零一七', 2017), ('二〇一七', 2017), ('VII', 7), ('IV', 4), ('上', 1), ('中', 2), ('下', 3),
        ('two', 2), ('Second', 2), ('两', 2), ('零', 0),
    ],
)  # fmt: skip
def test_a_label_of_any_script_has_its_number(label, number):
    assert label_to_int(label) == number


@pytest.mark.parametrize('label', ['', 'x', 'IIII', 'VX', '十十', '百', '一十百', 'primer', '1' * 40])
def test_what_is_no_numeral_has_no_number(label):
    assert label_to_int(label) is None


@given(st.integers(0, 9999))
def test_chinese_numerals_are_read_as_they_are_written(number):
    assert chinese_to_int(int_to_chinese(number)) == number


@given(st.integers(1, 3999))
def test_roman_numerals_are_read_as_they_are_written(number):
    assert roman_to_int(int_to_roman(number)) == number


@pytest.mark.parametrize(
    ('number', 'label', 'written'),
    [
        (3, '七', '三'),
        (12, '七', '十二'),
        (3, '7', '3'),
        (3, '07', '03'),
        (3, 'II', 'III'),
        (2, '上', '中'),
        (3, 'Two', 'Three'),
    ],
)
def test_a_number_is_written_like_its_neighbours(number, label, written):
    assert write_like(number, label) == written


@pytest.mark.parametrize(
    ('write', 'number'), [(int_to_chinese, 10_000), (int_to_chinese, -1), (int_to_roman, 0)]
)
def test_numbers_out_of_range_are_refused(write, number):
    with pytest.raises(ValueError, match='numeral'):
        write(number)
