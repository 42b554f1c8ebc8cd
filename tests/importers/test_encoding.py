from __future__ import annotations

import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.encoding import decode, read_text, restore_backslashes

CHINESE = '我们在这里讨论的是一个不光滑的函数,以及它的光滑近似:这是一个有意思的问题。\n' * 3


@pytest.mark.parametrize(
    ('data', 'encoding'),
    [
        (CHINESE.encode(), 'utf-8'),
        (CHINESE.encode('utf-8-sig'), 'utf-8 with BOM'),
        (CHINESE.encode('utf-16'), 'utf-16'),
        (CHINESE.encode('utf-32'), 'utf-32'),
        (CHINESE.encode('utf-16-le'), 'utf-16-le'),
        (CHINESE.encode('utf-16-be'), 'utf-16-be'),
        (CHINESE.encode('gbk'), 'gb18030'),
        (CHINESE.encode('gb18030'), 'gb18030'),
    ],
)
def test_a_text_is_decoded_and_its_encoding_named(data, encoding):
    assert decode(data) == (CHINESE, encoding)


@pytest.mark.parametrize(
    'data', [b'\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR' * 9, bytes(range(256)) * 4, b'\x00' * 99]
)
def test_binary_data_is_no_text(data):
    assert decode(data)[0] is None


@pytest.mark.parametrize(
    ('data', 'message'),
    [
        (b'', 'empty'),
        (b' \n\t', 'empty'),
        (b'\xef\xbb\xbf', 'empty'),
        (b'\x00\x01\x02' * 50, 'binary'),
        (CHINESE.encode('gbk'), 'gb18030'),
        (CHINESE.encode('utf-16'), 'utf-16'),
    ],
)
def test_each_unusual_file_is_a_problem_that_says_why(tmp_path, data, message):
    path = tmp_path / 'a.txt'
    path.write_bytes(data)
    _, problems = read_text(path, 'a.txt')
    assert message in problems[-1].message


def test_plain_text_has_no_problem(tmp_path):
    path = tmp_path / 'a.txt'
    path.write_text(CHINESE, 'utf-8')
    assert read_text(path, 'a.txt') == (CHINESE, [])


@pytest.mark.parametrize(
    ('text', 'restored'),
    [
        ('$\x08eta$', r'$\beta$'),
        ('\x0crac{1}{2}', r'\frac{1}{2}'),
        ('$\x07lpha$', r'$\alpha$'),
        ('\x0cChapter', '\ufffdChapter'),
        ('a\x00b', 'a\ufffdb'),
    ],
)
def test_a_lost_backslash_is_restored_and_told(text, restored):
    result, damaged = restore_backslashes(f'\n{text}')
    assert result == f'\n{restored}'
    assert [line for line, _ in damaged] == [2]


@given(st.binary())
def test_no_bytes_raise(data):
    text, encoding = decode(data)
    assert text is None or encoding


@pytest.mark.parametrize('make', [os.mkdir, os.mkfifo])
def test_only_a_regular_file_is_opened(tmp_path, make):
    make(tmp_path / 'a')
    with pytest.raises(OSError, match='not a regular file'):
        read_text(tmp_path / 'a', 'a')
