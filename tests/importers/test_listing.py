from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.listing import importer

PATH = Path('page.txt')
TEXT = '这是一段正文,有标点。'


def read(text: str):
    return importer.read(PATH, text)


def summary(text: str) -> list[tuple[str | None, str | None, list[str]]]:
    return [
        (e.title, str(e.date) if e.date else None, [b.text for b in e.blocks]) for e in read(text).entries
    ]


def test_an_entry_under_a_date_heading():
    assert summary(f'8 Dec\n\n题目\n\n{TEXT}\n\n点击阅读全文...\n') == [('题目', '--12-08', [TEXT])]


def test_an_entry_with_a_byline():
    (entry,) = read(f'题目\nBy 甲 | 2014-12-08 | 67位读者 | 引用{TEXT}\n{TEXT}二').entries
    assert (entry.title, entry.author, entry.readers, str(entry.date)) == ('题目', '甲', 67, '2014-12-08')
    assert [block.text for block in entry.blocks] == [TEXT, f'{TEXT}二']
    assert entry.line == 1


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        (f'8 Dec\n\n{TEXT}\n\n点击阅读全文...', [(None, '--12-08', [TEXT])]),
        (f'题目\n\n{TEXT}\n\n点击阅读全文...', [('题目', None, [TEXT])]),
        (f'点击阅读全文...\n\n{TEXT}\n\n点击阅读全文...', [(None, None, [TEXT])]),
        ('8 Dec\n\n题目\n\n点击阅读全文...', [('题目', '--12-08', [])]),
    ],
    ids=['no title', 'no date', 'neither', 'no text'],
)
def test_what_an_entry_lacks_stays_unknown(text, found):
    assert summary(text) == found


def test_an_entry_without_text_has_the_next_title_glued_to_its_byline():
    text = f'甲题\nBy 甲 | 2014-12-08 | 1位读者 | 引用乙题\nBy 乙 | 2015-01-02 | 2位读者 | 引用{TEXT}'
    assert summary(text) == [('甲题', '2014-12-08', []), ('乙题', '2015-01-02', [TEXT])]


def test_a_sentence_before_a_byline_is_text_and_the_entry_has_no_title():
    text = f'甲题\nBy 甲 | 2014-12-08 | 引用{TEXT}\nBy 乙 | 2015-01-02 | 引用{TEXT}二'
    assert summary(text) == [('甲题', '2014-12-08', [TEXT]), (None, '2015-01-02', [f'{TEXT}二'])]


@pytest.mark.parametrize('end', ['\\begin{equation}x\\end{equation}', '$$x$$', '图\n图'])
def test_a_formula_or_caption_before_a_byline_is_no_title(end):
    entries = read(f'甲题\nBy 甲 | 2014-12-08 | 引用{TEXT}\n{end}\nBy 乙 | 2015-01-02 | 引用{TEXT}').entries
    assert entries[1].title is None
    assert len(entries[0].blocks) == 2


def test_a_doubled_caption_at_the_start_is_no_title():
    (entry,) = read(f'8 Dec\n\n草蜢\n\n草蜢\n\n{TEXT}\n\n点击阅读全文...').entries
    assert entry.title is None
    assert [block.kind for block in entry.blocks] == ['caption', 'paragraph']


@pytest.mark.parametrize('tail', ['最近评论', '最近评论\n', '\n最近评论\n\n友情链接\n', '下一页 »'])
def test_a_sidebar_heading_at_the_end_is_no_text(tail):
    assert summary(f'甲题\nBy 甲 | 2014-12-08 | 引用{TEXT}\n{tail}') == [('甲题', '2014-12-08', [TEXT])]


def test_comments_under_a_sidebar_heading_are_left_out_and_told():
    found = read(f'甲题\nBy 甲 | 2014-12-08 | 引用{TEXT}\n最近评论\n张三: 好文。\n李四: 谢谢。')
    assert [block.text for block in found.entries[0].blocks] == [TEXT]
    assert '2 lines' in found.problems[0].message
    assert found.problems[0].line == 3


def test_a_file_may_mix_both_layouts():
    text = (
        f'8 Dec\n\n甲\n\n{TEXT}\n\n阅读全文\n\n乙\nBy 乙 | 2015-01-02 | 引用{TEXT}\n{TEXT}二\n\n'
        f'9 Dec\n\n丙\n\n{TEXT}三\n\n阅读全文\n'
    )
    assert summary(text) == [
        ('甲', '--12-08', [TEXT]),
        ('乙', '2015-01-02', [TEXT, f'{TEXT}二']),
        ('丙', '--12-09', [f'{TEXT}三']),
    ]


def test_a_date_heading_above_a_title_with_byline_is_no_post_of_its_own():
    (entry,) = read(f'8 Dec\n\n甲题\nBy 甲 | 2014-12-08 | 引用{TEXT}').entries
    assert (entry.title, str(entry.date)) == ('甲题', '2014-12-08')


def test_an_english_blog():
    text = (
        'December 8, 2014\n\nOn Gamma\n\nWhy is it so?\n\nRead more →\n\n'
        'On Beta\nBy Jane | Jan 2, 2015 | 1,200 views | Cite\nBecause.'
    )
    assert summary(text) == [
        ('On Gamma', '2014-12-08', ['Why is it so?']),
        ('On Beta', '2015-01-02', ['Because.']),
    ]


@pytest.mark.parametrize('end', ['\r\n', '\r', '  \n', '\u3000\n', '\xa0\r\n', '\u2028'])
def test_line_ends_and_blanks_do_not_matter(end):
    text = f'8 Dec\n\n题目\n\n{TEXT}\n\n点击阅读全文...\n'
    assert summary(text.replace('\n', end)) == summary(text)


def test_a_compact_listing_without_blank_lines():
    assert summary(f'8 Dec\n题目\n{TEXT}\n阅读全文\n9 Dec\n乙题\n{TEXT}二\n阅读全文') == [
        ('题目', '--12-08', [TEXT]),
        ('乙题', '--12-09', [f'{TEXT}二']),
    ]


def test_an_entry_that_lost_its_read_on_link_ends_at_the_next_date():
    text = f'8 Dec\n\n题目\n\n{TEXT}\n\n9 Dec\n\n乙题\n\n{TEXT}二\n\n点击阅读全文...'
    assert [title for title, _, _ in summary(text)] == ['题目', '乙题']


@pytest.mark.parametrize('date', ['31 Feb', '03/04/2019', '2014-02-30'])
def test_a_date_that_can_not_be_read_is_a_problem_of_its_line(date):
    found = read(f'{date}\n\n题目\n\n{TEXT}\n\n点击阅读全文...')
    assert found.entries[0].date is None
    assert [(p.line, p.subtype) for p in found.problems] == [(1, 'date')]
    assert date in found.problems[0].message


def test_the_name_of_the_blog_above_the_first_title_is_told():
    found = read(f'某某的博客\n题目\nBy 甲 | 2014-12-08 | 引用{TEXT}')
    assert [e.title for e in found.entries] == ['题目']
    assert '某某的博客' in found.problems[0].message


def test_an_empty_listing_is_a_problem():
    assert read('最近评论').entries == ()
    assert read('最近评论').problems[0].message == 'the listing has no entries'


@pytest.mark.parametrize(
    'text', ['8 Dec\n\n题', '甲\nBy 甲 | 2014-12-08', f'{TEXT}\n\n点击阅读全文...', '最近评论']
)
def test_listings_are_recognised(text):
    assert importer.recognises(PATH, text)


@pytest.mark.parametrize('text', ['# README\n\nhello', TEXT, '{"a": 1}', '<html>', '[' * 1000])
def test_other_files_are_not_recognised(text):
    assert not importer.recognises(PATH, text)


FURNITURE = ['8 Dec', '点击阅读全文...', 'By 甲 | 2014-12-08 | 5位读者 | 引用', '最近评论', '', '31 Feb']


@given(
    st.lists(
        st.one_of(
            st.sampled_from([*FURNITURE, TEXT, '题目', '$$', '\\begin{align}', '\\end{align}']), st.text()
        )
    )
)
def test_any_sequence_of_lines_is_read_without_an_exception(lines):
    text = '\n'.join(lines)
    found = read(text)
    assert read(text) == found
    assert all(1 <= entry.line <= text.count('\n') + 100 for entry in found.entries)
    for entry in found.entries:
        assert not {block.text for block in entry.blocks} & {
            '点击阅读全文...',
            'By 甲 | 2014-12-08 | 5位读者 | 引用',
        }


@pytest.mark.parametrize(
    'unit', ['[', '《', '8 Dec\n', 'By 甲 | 2014-12-08 | 引用', '点击阅读全文', '最近评论\n', '$$\n', '| ']
)
def test_a_repeated_unit_is_read_to_the_end(unit):
    # A quadratic search would not come back today.
    text = 'By 甲 | 2014-12-08 | 引用' + unit * (200_000 // len(unit))
    assert importer.recognises(PATH, text) in {True, False}
    assert read(text) is not None


def test_five_megabytes_of_one_bracket_are_read():
    (entry,) = read('题\nBy 甲 | 2014-12-08 | 引用' + '(' * 5_000_000).entries
    assert len(entry.blocks[0].text) == 5_000_000
