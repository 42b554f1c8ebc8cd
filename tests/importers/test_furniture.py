from __future__ import annotations

import pytest

from sphinxext_blog.importers.furniture import (
    is_date_heading,
    is_sidebar_heading,
    is_trailing_furniture,
    parse_heading,
    read_byline,
    split_marker,
)


@pytest.mark.parametrize(
    ('line', 'date'),
    [
        ('8 Dec', '--12-08'),
        ('Dec 8', '--12-08'),
        ('8 Dec 2014', '2014-12-08'),
        ('December 8th, 2014', '2014-12-08'),
        ('Mon, 8 Dec 2014', '2014-12-08'),
        ('2014-12-08', '2014-12-08'),
        ('2014/12/8', '2014-12-08'),
        ('2014年12月8日', '2014-12-08'),
        ('12月8日', '--12-08'),
        ('Dec 2014', '2014-12'),
        ('8\u3000Dec', '--12-08'),
        ('Posted on 1 May 2020', '2020-05-01'),
    ],
)
def test_a_line_that_is_a_date_is_a_date_heading(line, date):
    parsed, reason = parse_heading(is_date_heading(line))
    assert (str(parsed), reason) == (date, '')


@pytest.mark.parametrize(
    'line', ['May', '8', '2014', 'Dec', '8 Dec was cold', 'May 8 be lucky', '', '1' * 5000]
)
def test_other_lines_are_no_date_headings(line):
    assert not is_date_heading(line)


@pytest.mark.parametrize(('line', 'word'), [('31 Feb', 'unknown'), ('03/04/2019', 'two ways')])
def test_a_date_that_can_not_be_read_stays_unknown_with_a_reason(line, word):
    parsed, reason = parse_heading(is_date_heading(line))
    assert parsed is None
    assert word in reason


@pytest.mark.parametrize(
    ('line', 'before'),
    [
        ('点击阅读全文...', ''),
        ('阅读全文', ''),
        ('阅读全文 »', ''),
        ('Read more…', ''),
        ('[Continue reading →]', ''),
        ('最后一句。点击阅读全文...', '最后一句。'),
    ],
)
def test_a_read_on_link_ends_its_line(line, before):
    assert split_marker(line) == before


@pytest.mark.parametrize('line', ['请点击阅读全文', 'I will read more', '阅读全文的人不多。', ''])
def test_the_same_words_in_prose_are_no_link(line):
    assert split_marker(line) is None


@pytest.mark.parametrize(
    ('line', 'author', 'date', 'readers', 'text'),
    [
        ('By 苏剑林 | 2014-12-08 | 67078位读者 | 引用伽马函数', '苏剑林', '2014-12-08', 67078, '伽马函数'),
        ('By 苏剑林 | 2014-12-08 | 67078位读者 | 引用', '苏剑林', '2014-12-08', 67078, ''),
        ('By 甲 | 10位读者 | 引用$p(z|x)$是', '甲', None, 10, '$p(z|x)$是'),
        ('By 甲 | 2014-12-08 | 引用|x|有界', '甲', '2014-12-08', None, '|x|有界'),
        (
            'By Jane Doe | Dec 8, 2014 | 1,234 readers | CiteThe text',
            'Jane Doe',
            '2014-12-08',
            1234,
            'The text',
        ),
        ('by Jane | 8 Dec | 5 views', 'Jane', '--12-08', 5, ''),
        ('Posted by Jane | 2014-12-08', 'Jane', '2014-12-08', None, ''),
        ('作者\uff1a张三 | 2014年12月8日 | 阅读(99) | 引用甲', '张三', '2014-12-08', 99, '甲'),
        ('By 甲 \uff5c 2014-12-08 \uff5c 7位读者 \uff5c 引用乙', '甲', '2014-12-08', 7, '乙'),
        ('By  | 2014-12-08 | 引用', '', '2014-12-08', None, ''),
        ('By 甲 | 引用文', '甲', None, None, '文'),
    ],
)
def test_the_fields_of_a_byline(line, author, date, readers, text):
    byline = read_byline(line)
    assert byline is not None
    assert byline.author == author
    assert (str(byline.date) if byline.date else None) == date
    assert (byline.readers, byline.text) == (readers, text)


def test_a_field_that_is_not_understood_is_told():
    byline = read_byline('By 甲 | 2014-12-08 | 3条评论 | 5位读者 | 引用文')
    assert byline is not None
    assert byline.unknown == ('3条评论',)
    assert (byline.readers, byline.text) == (5, '文')


def test_an_impossible_date_of_a_byline_is_told():
    byline = read_byline('By 甲 | 2014-02-30 | 5位读者 | 引用文')
    assert byline is not None
    assert byline.date is None
    assert '2014-02-30' in byline.bad_date


@pytest.mark.parametrize('line', ['By induction |x| is bounded', 'By', 'By | | |', '苏剑林 | 2014-12-08', ''])
def test_prose_is_no_byline(line):
    assert read_byline(line) is None


@pytest.mark.parametrize('line', ['最近评论', 'Recent Comments', '最近评论\uff1a'])
def test_sidebar_headings(line):
    assert is_sidebar_heading(line)
    assert is_trailing_furniture(line)


@pytest.mark.parametrize('line', ['最近评论很多', '评论', '梯度下降', ''])
def test_other_lines_are_no_sidebar_headings(line):
    assert not is_sidebar_heading(line)
