from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, MissingPost, NodeId, Post
from sphinxext_blog.references.series import find_series


def posts(*titles, **facts):
    return [Post(DocName(f'p{i:03}'), title, **facts) for i, title in enumerate(titles)]


def found(corpus, missing=()):
    titles = {p.docname: p.title for p in corpus} | {m.id: m.title for m in missing}
    return [[titles[m.id] for m in s.members] for s in find_series(corpus, missing) if len(s.members) > 1]


SERIES = [
    ['编码器（一）：开始', '编码器(二):继续', '编码器（三）：结束'],
    ['编码之路：1、开始', '编码之路：2、继续', '编码之路：10、结束'],
    ['《漫谈》1：矩阵', '《漫谈》2：行列式'],
    ['《新理解1》：矩阵', '《新理解2》：行列式'],
    ['弹簧将如何伸长？', '弹簧将如何伸长？（2）？'],
    ['Permanent Income', 'Permanent Income II'],
    ['Groups — A Primer', 'Groups — A Second Primer'],
    ['积分法——取微分(3)', '积分法——取微分(4)', '积分法(5)：再谈'],
    ['Detection for Dummies Part 1', 'Detection for Dummies Part 2', 'Detection for Dummies Part 3'],
    ['Proofs — Direct', 'Proofs — Contradiction', 'Proofs — Induction'],
    ['Club Update - October 2015', 'Club Update - March 2016'],
    ['This month in proofs (Aug 2021)', 'This month in proofs (Oct and Nov 2022)'],
    ['Board Update Q1-2023', 'Board Update Q4-2023', 'Board Update Q1-2024'],
    ['二零一七年终总结', '二零一八年终总结'],
    ['Project Iris 0.1', 'Project Iris 0.2', 'Project Iris 1.1'],
    ['数学引理：理论篇', '数学引理：应用篇'],
    ['定理的应用', '定理的应用(续1)', '定理的应用(续2)'],
    ['第一次作业', '第二次作业', '第三次作业'],
    ['布朗运动1', '布朗运动2'],
    ['之路（上）', '之路（中）', '之路（下）'],
]


@pytest.mark.parametrize('titles', SERIES)
def test_a_series_is_found_in_order(titles):
    assert found(posts(*titles)) == [titles]


@pytest.mark.parametrize('titles', SERIES)
def test_the_order_of_the_posts_does_not_matter(titles):
    corpus = posts(*titles)
    assert find_series(corpus) == find_series(reversed(corpus))


@pytest.mark.parametrize(
    'titles',
    [
        ['OJ2854. 字串', 'OJ3006. 多项式'],
        ['【Judge 327】区间', '【Judge 861】矩阵'],
        ['Meeting 2014', 'Meeting 2016'],
        ['Tool 0.4', 'Tool 0.5'],
        ['群SO(3)', '群SO(2)'],
        ['浅谈：函数', '浅谈：极限'],
        ['数论-第一章作业', '数论-第2课（素数）'],
        ['编码器（一）', '解码器（二）'],
        ['', ''],
        ['[公告]改版', '[公告]搬家', '[公告]停机'],
    ],
)
def test_titles_that_only_look_alike_are_no_series(titles):
    assert found(posts(*titles)) == []


def test_all_series_of_a_corpus_are_found_at_once():
    titles = [t for series in SERIES for t in series]
    together = found(posts(*titles))
    for series in SERIES:
        assert series in together


def test_the_number_of_a_course_is_no_part_number_when_another_number_counts():
    (series,) = find_series(
        posts('【随机过程2】布朗运动1', '【随机过程2】布朗运动2', '【随机过程2】布朗运动3')
    )
    assert [m.number for m in series.members] == [(1,), (2,), (3,)]


def test_two_levels_are_two_numbers():
    (series,) = find_series(posts('之路：19、甲', '之路：20、乙（上）', '之路：20、丙（下）', '之路：21、丁'))
    assert [m.number for m in series.members] == [(19,), (20, 1), (20, 2), (21,)]
    assert series.gaps == tuple(range(1, 19))


def test_a_first_part_tells_of_those_before_it_but_a_year_does_not():
    assert find_series(posts('编码器（七）：甲'))[0].gaps == (1, 2, 3, 4, 5, 6)
    assert all(s.gaps == () for s in find_series(posts('2017年终总结', '2018年终总结', '2019年终总结')))


def test_the_last_half_is_the_second_only_without_a_middle():
    (two,) = find_series(posts('之路（上）', '之路（下）'))
    (three,) = find_series(posts('之路（上）', '之路（中）', '之路（下）'))
    assert two.members[-1].number == (2,)
    assert three.members[-1].number == (3,)
    assert [m.label for m in two.members] == ['上', '下']


def test_gaps_are_numbers_of_which_nothing_is_known():
    missing = [MissingPost(NodeId('missing:编码器2'), '编码器（二）')]
    (series,) = find_series(posts('编码器（一）', '编码器（五）'), missing)
    assert series.gaps == (3, 4)
    assert [m.id for m in series.members] == ['p000', 'missing:编码器2', 'p001']


def test_posts_of_one_number_are_both_members_by_date():
    corpus = [
        Post(DocName('b'), '编码器（二）：甲', date=PartialDate(2019)),
        Post(DocName('a'), '编码器（二）：乙', date=PartialDate(2020)),
        Post(DocName('c'), '编码器（一）'),
    ]
    (series,) = find_series(corpus)
    assert [m.id for m in series.members] == ['c', 'b', 'a']


def test_a_declared_series_wins_over_the_title():
    corpus = [
        Post(DocName('a'), '编码器（一）', series='自编码', series_index=2),
        Post(DocName('b'), '别的', series='自编码', series_index=1),
        Post(DocName('c'), '编码器（三）'),
    ]
    (series,) = find_series(corpus)
    assert (series.name, series.declared) == ('自编码', True)
    assert [(m.id, m.number) for m in series.members] == [('b', (1,)), ('a', (2,)), ('c', (3,))]


def test_a_declared_series_without_numbers_is_in_the_order_of_its_dates():
    corpus = [
        Post(DocName('a'), 'X', series='S', date=PartialDate(2020)),
        Post(DocName('b'), 'Y', series='S', date=PartialDate(2019)),
    ]
    (series,) = find_series(corpus)
    assert [m.id for m in series.members] == ['b', 'a']


def test_a_derived_title_names_no_series():
    assert find_series(posts('编码器（一）', '编码器（二）', title_derived=True)) == ()


def test_parts_without_a_name_belong_together_by_their_author():
    corpus = [
        *(Post(DocName(f'a{i}'), f'Part {i}: x{i}', authors=('A',)) for i in (1, 2, 3)),
        *(Post(DocName(f'b{i}'), f'Part {i}: y{i}', authors=('B',)) for i in (1, 2)),
    ]
    assert sorted([m.id for m in s.members] for s in find_series(corpus)) == [
        ['a1', 'a2', 'a3'],
        ['b1', 'b2'],
    ]


def test_keys_are_unique():
    corpus = posts('数论-第1课（甲）', '数论-第2课（乙）', '数论-第1章：丙', '数论-第2章：丁')
    keys = [s.key for s in find_series(corpus)]
    assert len(keys) == len(set(keys)) == 2


def test_the_name_is_written_as_most_members_write_it():
    (series,) = find_series(posts('Transformer之路：1、a', 'transformer之路：2、b', 'Transformer之路：3、c'))
    assert series.name == 'Transformer之路'
