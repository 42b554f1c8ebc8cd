from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.importers.blocks import Line, make_blocks, split_units

TEXT = '这是一段正文,有标点。'


def blocks(text: str) -> list[tuple[str, str]]:
    lines = [Line(n, line.strip()) for n, line in enumerate(text.split('\n'), 1)]
    return [(block.kind, block.text) for block in make_blocks(split_units(lines))]


def test_a_formula_stands_between_the_texts_around_it():
    assert blocks('甲是\n$$x$$\n乙。') == [('paragraph', '甲是'), ('math', 'x'), ('paragraph', '乙。')]


def test_a_formula_over_several_lines_is_one_block():
    latex = '\\begin{equation}a\\\\\nb\n\\end{equation}'
    assert blocks(f'{TEXT}\n{latex}\n{TEXT}')[1] == ('math', latex)


@pytest.mark.parametrize(
    'heading', ['梯度下降', 'RMSprop', '自编码器vs生成模型', '再小也不能小key_size', '$L_2$正则的意义']
)
def test_a_short_line_before_text_is_a_heading(heading):
    kind = 'paragraph' if heading.startswith('$') else 'heading'
    assert blocks(f'{TEXT}\n\n{heading}\n\n{TEXT}')[1] == (kind, heading)
    assert blocks(f'{TEXT}\n{TEXT}x\n{heading}\n{TEXT}')[2] == (kind, heading)


@pytest.mark.parametrize(
    'line',
    [
        '1、第一点',
        '2. second',
        '- 项',
        '结论是:',
        '完了。',
        '很好!',
        '一个,两个',
        '$x$',
        'x' * 61,
        '123',
        '...',
    ],
)
def test_other_lines_before_text_are_paragraphs(line):
    assert blocks(f'{TEXT}\n\n{line}\n\n{TEXT}')[1] == ('paragraph', line)


@pytest.mark.parametrize('after', ['', '\n\n$$x$$', '\n$$x$$'])
def test_a_short_line_before_a_formula_or_nothing_is_a_paragraph(after):
    assert blocks(f'{TEXT}\n\n伽马函数{after}')[1] == ('paragraph', '伽马函数')


def test_a_section_and_a_subsection_are_two_headings():
    assert [kind for kind, _ in blocks(f'方法\n\n推导\n\n{TEXT}')] == ['heading', 'heading', 'paragraph']


def test_three_short_lines_in_a_row_are_no_headings():
    assert {kind for kind, _ in blocks(f'苹果\n\n梨\n\n桃\n\n{TEXT}')} == {'paragraph'}


def test_a_heading_may_stand_before_a_lead_in_to_a_formula():
    found = blocks(f'{TEXT}\n问题背景\n最优的提法是\n$$x$$')
    assert [kind for kind, _ in found] == ['paragraph', 'heading', 'paragraph', 'math']


def test_a_doubled_short_text_is_a_caption_kept_once():
    assert blocks(f'{TEXT}\n\n草蜢。\n\n草蜢。\n\n{TEXT}')[1:2] == [('caption', '草蜢。')]


def test_a_doubled_formula_is_no_caption():
    assert [kind for kind, _ in blocks('$$x$$\n$$x$$')] == ['math', 'math']


def test_a_doubled_long_text_is_kept_twice():
    long = '很长。' * 200
    assert blocks(f'{long}\n\n{long}') == [('paragraph', long)] * 2


def test_latin_text_wrapped_by_an_editor_is_one_paragraph():
    first = 'We consider the space of all functions on the circle and'
    assert blocks(f'{first}\nask which of them are smooth.') == [
        ('paragraph', f'{first} ask which of them are smooth.')
    ]


def test_lines_of_chinese_text_stay_paragraphs():
    assert len(blocks(f'{TEXT}\n{TEXT}二\n{TEXT}三')) == 3


def test_lines_of_units_are_those_of_the_source():
    lines = [Line(n, text) for n, text in enumerate(['甲', '', '$$', 'x', '$$', '乙', '', '丙'], 10)]
    assert [(u.text, u.line) for u in split_units(lines)] == [('甲', 10), ('x', 12), ('乙', 15), ('丙', 17)]


@given(st.lists(st.text(alphabet='甲a 。$\\{}', max_size=8), max_size=8))
def test_no_character_is_lost(lines):
    units = split_units([Line(n, line) for n, line in enumerate(lines)])
    kept = ''.join(''.join(u.text.split()) for u in units).replace('$', '')
    assert kept == ''.join(''.join(lines).split()).replace('$', '')
