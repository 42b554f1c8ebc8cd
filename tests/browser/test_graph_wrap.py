"""Titles in lines, by a ruler on which a Chinese character is twice as wide as a Latin letter."""

from __future__ import annotations

import pytest

_WRAP = """([text, room, most]) => {
    const measure = (part) => [...part].reduce((sum, c) => sum + (c > '\\u2e80' || c === '…' ? 2 : 1), 0);
    const found = blogGraph.wrap(measure, text, room, most);
    return [found.lines, found.width];
}"""


@pytest.mark.parametrize(
    ('text', 'room', 'most', 'lines'),
    [
        ('Kernels', 10, 2, ['Kernels']),
        ('Random walks on graphs', 14, 3, ['Random walks', 'on graphs']),
        ('one two three four', 14, 2, ['one two three', 'four']),
        ('aaa bbb ccc ddd', 11, 2, ['aaa bbb', 'ccc ddd']),
        ('梯度下降的收敛', 8, 2, ['梯度下降', '的收敛']),
        ('动量(二),再谈', 8, 3, ['动量', '(二),', '再谈']),
        ('看《最优化》一书', 8, 4, ['看《最优', '化》一书']),
        ('看过《最优化》', 6, 4, ['看过', '《最优', '化》']),
        ('Random walks on large graphs', 12, 2, ['Random walks', 'on large…']),
        ('Incomprehensibility', 10, 2, ['Incompre…']),
        ('', 10, 2, ['']),
    ],
)
def test_lines_break_between_words_and_between_chinese_characters(stage, text, room, most, lines):
    found, width = stage(5).evaluate(_WRAP, [text, room, most])
    assert found == lines
    assert width <= room


@pytest.mark.parametrize('text', ['𝔸𝔹ℂ' * 300, '一' * 10_000, 'x' * 10_000, '👩🏽‍🔬 ' * 200])
def test_what_is_too_long_is_cut_and_says_so(stage, text):
    found, width = stage(5).evaluate(_WRAP, [text, 20, 3])
    assert found[-1].endswith('…')
    assert width <= 20
    assert '\ufffd' not in ''.join(found).encode('utf-8', 'replace').decode('utf-8')


def test_a_real_ruler_measures_as_the_canvas_does(stage):
    pairs = stage(5).evaluate("""() => {
        const font = '500 12px sans-serif';
        const context = document.createElement('canvas').getContext('2d');
        context.font = font;
        const measure = new blogGraph.Ruler().measure(font);
        return stage.model.nodes.label.slice(0, 60).map((label) => {
            const { lines, width } = blogGraph.wrap(measure, label, 150, 2);
            return [width, Math.max(...lines.map((line) => context.measureText(line).width))];
        });
    }""")
    assert all(abs(ours - real) < 3 for ours, real in pairs)
    assert all(ours <= 150 for ours, _ in pairs)
