from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.alike import is_slip, reworded

SLIPS = [
    ('梯度流：探索通往最小值之路', '梯度流：探索通向最小值之路'),
    ('从muP到尺度定律的一点思考', '从MuP到尺度定律的一些思考'),
    ('注意力机制的由来', '注意力机制由来'),
    ('词向量维度选择', '词向量与维度的选择'),
    ('注意机力制的由来', '注意力机制的由来'),
    ('Garner algorithm', "Garner's Algorithm"),
    ('Prefix fucntion and matching', 'Prefix function and matching'),
    ('Prefix functon and matching', 'Prefix function and matching'),
    ('rpefix function', 'Prefix function'),
    ('analytic set', 'analytic sets'),
    ('Pre-training of models', 'Pretraining of models'),
    ('Balance dTernary', 'Balanced Ternary'),
    ('The theory of a group', 'Theory of groups'),
    ('同一个题目', '同一个题目'),
]

DIFFERENT = [
    # an opposite, a negation, a renewal
    ('寻求光滑的最大值函数', '寻求光滑的最小值函数'),
    ('从可导到不可导', '从可导到可导'),
    ('新理解矩阵的意义', '理解矩阵的意义'),
    ('自注意力的编码方法', '自注意力的解码方法'),
    # another word
    ('用热传导方程指导学习', '用热传导方程指导对齐'),
    ('理解矩阵的意义', '浅谈理解矩阵的意义'),
    ('Newsletter – June', 'Newsletter – July'),
    ('vector space', 'vector subspace'),
    ('vector p-norm', 'vector norm'),
    ('upper bound of sums', 'lower bound of sums'),
    ('increasing sequences', 'decreasing sequences'),
    ('cyclic groups are simple', 'acyclic groups are simple'),
    ('the homomorphism theorem', 'the homeomorphism theorem'),
    ('the simple method', 'the simplex method'),
    ('Compact spaces', 'Noncompact spaces'),
    # a name
    ('Notes on ResNet', 'Notes on RevNet'),
    ('BERT in practice', 'BART in practice'),
    ('The GAN zoo', 'The GAT zoo'),
    # a number or sign
    ('Part 2 of the story', 'Part 3 of the story'),
    ('VAE + BN', 'VAE - BN'),
    ('False Proof - 1 = 2', 'False Proof - 1 < 2'),
    # too many slips
    ('Prefix functon adn matcing teh way', 'Prefix function and matching the way'),
    ('公理', '定理与引理'),
]


@pytest.mark.parametrize(('one', 'other'), SLIPS)
def test_a_slip_makes_no_other_title(one, other):
    assert is_slip(one, other)
    assert is_slip(other, one)


@pytest.mark.parametrize(('one', 'other'), DIFFERENT)
def test_another_meaning_makes_another_title(one, other):
    assert not is_slip(one, other)
    assert not is_slip(other, one)


TITLES = st.text(alphabet='ab的不编解123sS .-+', max_size=14)


@given(TITLES, TITLES)
def test_who_is_asked_first_does_not_matter(one, other):
    assert is_slip(one, one + other) == is_slip(one + other, one)


@given(st.text(max_size=40))
def test_a_title_is_like_itself(title):
    assert is_slip(title, title)


@pytest.mark.parametrize(
    ('one', 'other'),
    [
        ('超参数如何跨越模型的尺度', '超参数怎样跨越模型的尺度'),
        ('为什么谱范数更自然', '为何谱范数更自然'),
        ('甲与乙的对比', '甲以及乙的对比'),
    ],
)
def test_synonyms_make_no_other_title(one, other):
    assert reworded(one) == reworded(other)
    assert is_slip(one, other)


LONG = '对齐全量微调！这是我见过最巧妙的低秩{}方法'


def test_a_word_put_into_a_long_title_makes_no_other_one():
    assert is_slip(LONG.format(''), LONG.format('改进'))
    assert not is_slip(LONG.format(''), LONG.format('非线'))
    assert not is_slip(LONG.format('优化'), LONG.format('改进'))
    assert not is_slip('低秩方法', '低秩改进方法')
