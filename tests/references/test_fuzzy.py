from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName
from sphinxext_blog.references.fuzzy import FuzzyTitles, choose


def find(cited, *titles):
    index = FuzzyTitles((t, DocName(f'd{i}')) for i, t in enumerate(titles))
    return index.find(cited)[0]


@pytest.mark.parametrize(
    ('cited', 'title'),
    [
        ('梯度流：探索通往最小值之路', '梯度流：探索通向最小值之路'),
        ('从muP到尺度定律的一点思考', '从MuP到尺度定律的一些思考'),
        ('Garner algorithm', "Garner's Algorithm"),
    ],
)
def test_a_slip_is_forgiven(cited, title):
    assert find(cited, title) == ('d0',)


@pytest.mark.parametrize(
    ('cited', 'title'),
    [
        ('漫谈扩散模型（六）：一般框架', '漫谈扩散模型（七）：一般框架'),
        ('Newton-Schulz迭代算法（上）', 'Newton-Schulz迭代算法（下）'),
        ('二零一七年的年终工作总结', '二零一八年的年终工作总结'),
        ('寻求一个光滑的最大值函数', '寻求一个光滑的最小值函数'),
        ('Compact spaces and maps', 'Noncompact spaces and maps'),
        ('理解矩阵乘法的意义', '新理解矩阵乘法的意义'),
        ('新理解矩阵', '新理解短阵'),
        ('Attention is All You Need', '《Attention is All You Need》浅读'),
        ('一个完全不同的题目', '另外有些别的事情'),
    ],
)
def test_what_may_be_another_title_is_not_taken(cited, title):
    assert find(cited, title) == ()


def test_two_titles_as_near_are_both_named():
    assert find('探索最优值的漫长道路', '探索最优值的漫长之路', '探索最优值的漫长的路') == ('d0', 'd1')


def test_the_source_itself_is_no_candidate():
    index = FuzzyTitles([('探索通向最小值之路', DocName('a'))])
    assert index.find('探索通往最小值之路', without=DocName('a')) == ((), 0.0)


def test_enormous_titles_are_not_compared():
    assert find('长' * 10_000, '长' * 10_001) == ()


def test_the_ranking_is_sorted_and_bounded_from_below():
    index = FuzzyTitles(
        [('梯度流探索通向最小值之路', DocName('a')), ('梯度流探索通向最小值的路', DocName('b'))]
    )
    ranked = index.ranked('梯度流探索通往最小值之路')
    assert [d for _, d in ranked] == ['a', 'b']
    assert index.ranked('梯度流探索通往最小值之路', least=99) == []


@pytest.mark.parametrize(
    ('threshold', 'margin', 'chosen'),
    [(90, 2, ('a',)), (90, 3, ('a', 'b')), (96, 3, ()), (95, 0, ('a',))],
)
def test_the_best_must_reach_the_threshold_and_lead_by_the_margin(threshold, margin, chosen):
    ranked = [(95.0, DocName('a')), (92.0, DocName('b'))]
    assert choose(ranked, threshold=threshold, margin=margin)[0] == chosen


def test_two_titles_of_one_post_are_no_rivals():
    index = FuzzyTitles(
        [('梯度流探索通向最小值之路', DocName('a')), ('梯度流探索通向最小值的路', DocName('a'))]
    )
    assert index.find('梯度流探索通往最小值之路') == (('a',), 0.97)


@pytest.mark.parametrize(('cited', 'found'), [('多项式快速值插', ('a',)), ('多项式快速差值', ())])
def test_two_neighbours_swapped_are_forgiven_in_short_titles_too(cited, found):
    assert FuzzyTitles([('多项式快速插值', DocName('a'))]).find(cited)[0] == found
