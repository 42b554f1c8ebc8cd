from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.series_titles import parse_title, title_candidates

BELIEVED = [
    ('光滑函数漫谈（七）：凸性', '光滑函数漫谈', (7,), '七', '凸性'),
    ('光滑函数漫谈(十七)', '光滑函数漫谈', (17,), '十七', ''),
    ('编码之路：7、外推', '编码之路', (7,), '7', '外推'),
    ('编码之路：20、好在哪里？（上）', '编码之路', (20, 1), '20', '好在哪里？（上）'),
    ('编码之路: 1. 全文简述', '编码之路', (1,), '1', '全文简述'),
    ('识别技术：3. 特征(1)', '识别技术', (3, 1), '3', '特征(1)'),
    ('【理解曲线】1. 一条路', '理解曲线', (1,), '1', '一条路'),
    ('【分词系列】 2. 新词', '分词系列', (2,), '2', '新词'),
    ('【微分】⋅（一）绪论', '微分', (1,), '一', '绪论'),
    ('《极值》系列——3.公理', '极值系列', (3,), '3', '公理'),
    ('《宇宙》:二体问题(一)', '宇宙', (1,), '一', ''),
    ('《矩阵(2)》——行列式', '矩阵', (2,), '2', '行列式'),
    ('【每日一题Day 61】灯泡 2', '每日一题', (61,), '61', '灯泡 2'),
    ('【量化系列一】矩阵乘法', '量化', (1,), '一', '矩阵乘法'),
    ('数论-第10课（素数）', '数论', (10,), '10', '（素数）'),
    ('周刊（第 150 期）：题目', '周刊', (150,), '150', '题目'),
    ('弹簧如何伸长？（2）？', '弹簧如何伸长？', (2,), '2', '？'),
    ('Affinity part 1 - Placement', 'Affinity', (1,), '1', 'Placement'),
    ('Level Sets Part II: Images', 'Level Sets', (2,), 'II', 'Images'),
    ('Diets — Part 2', 'Diets', (2,), '2', ''),
    ('Diets (Part Two)', 'Diets', (2,), 'Two', ''),
    ('Spheres | Post 1 - The Story', 'Spheres', (1,), '1', 'The Story'),
    ('R Tutorial (3)', 'R Tutorial', (3,), '3', ''),
    ('算子（下）', '算子', (3,), '下', ''),
]


@pytest.mark.parametrize(('title', 'name', 'number', 'label', 'rest'), BELIEVED)
def test_forms_that_are_believed_alone(title, name, number, label, rest):
    part = parse_title(title)
    assert part is not None
    assert (part.name, part.number, part.label, part.rest) == (name, number, label, rest)


@pytest.mark.parametrize(
    'title',
    [
        'False Proof - 1 = 2',
        'A Proof - 31.5 = 32.5',
        'Greedy Algorithms: Submodularity and the (1 - 1/e)-Approximation',
        'Bandits and the Exp3 Algorithm',
        'Getting Started 1-2-3',
        'Release 0.5.0',
        'Tool 1.0 Released',
        'Workshop 13',
        'Meeting 2016',
        '2021 - The Bottom Line',
        '0.5!: Gamma Function, and More',
        '16-inch Laptop Announced',
        'OJ2854. 统计字串的个数',
        '【Judge 327】区间和的个数',
        '2020国际大赛：夺冠',
        '5W2H',
        'Neural Nets: 33 years ago',
        '50 days of data',
        '第1000篇文章',
        '旋转群SO(3)',
        '函数f(2)的值',
        '群$G(3)$',
        'the part one plays',
        '一条几何之路',
        '',
        '（一）',
        '7',
        'x' * 10_000,
        '（' * 10_000,
    ],
)
def test_numbers_that_are_no_part_numbers(title):
    assert parse_title(title) is None


@pytest.mark.parametrize('title', [case[0] for case in BELIEVED])
def test_the_head_of_a_title_can_be_written_for_its_own_number(title):
    part = parse_title(title)
    assert part is not None
    assert part.head_for(part.number[0]) in title or part.label in '上中下'


def test_a_title_can_be_read_in_two_ways():
    readings = {(p.name, p.number) for p in title_candidates('【随机过程2】布朗运动1')}
    assert readings == {('随机过程', (2,)), ('【随机过程2】布朗运动', (1,))}


@given(st.text(alphabet='【】《》（）()一二上下第课期篇:：、.- 1234IVXPart$\\|\u202e😀中文', max_size=60))
def test_every_reading_has_a_number_and_a_label(title):
    for part in title_candidates(title):
        assert part.number
        assert part.label
        assert part.name or part.counter
