from __future__ import annotations

import pytest
from graph_cases import texts, weigh_terms
from hypothesis import example, given
from hypothesis import strategies as st

from sphinxext_blog.graph import explain
from sphinxext_blog.graph.counting import plain
from sphinxext_blog.graph.explain import ideographs, shared_terms

# Posts around the two that are compared: they tell what is common in this language.
OTHERS = [
    '今天的天气很好，我们去公园散步，看见许多花和小鸟。',
    '这个城市的交通问题由来已久，需要从规划上解决。',
    '做饭的时候要注意火候，盐不可以放得太多。',
    '音乐会在晚上开始，观众对于演奏的评价很高。',
    '足球比赛的结果出人意料，主队在最后一分钟进球。',
    '图书馆里有许多旧书，读者可以在窗边安静地阅读。',
]


def words(one, two):
    return shared_terms(weigh_terms([one, two, *OTHERS]), 0, 1)[0]


@pytest.mark.parametrize(
    ('one', 'two', 'expected'),
    [
        ('介绍变分自编码器的原理', '关于变分自编码器的训练', ('变分自编码器',)),
        ('热传导方程与扩散', '我们求解热传导方程', ('热传导方程',)),
        ('流形上的度量', '度量与流形', ('度量', '流形')),
        ('我们可以这个一个', '我们可以这个一个', ()),
        ('Riemannian manifolds of dimension n', 'A manifold, Riemannian', ('Riemannian', 'manifold')),
        ('the of it we', 'the of it we', ()),
        ('VAE和BN', 'BN与VAE', ('VAE',)),
        ('概率空间中的测度', '概率空间上的映射', ('概率空间',)),
        ('流形', '天气', ()),
        # Pieces of other words on both sides.
        ('连续性方程是一个方程，方程', '显著性方法是一种方法，方法', ()),
        ('这是一种简单的思路', '这是一种简明的方案', ()),
        ('外行看热闹', '读者自行看原文', ()),
        # Words around a term are no part of it, a bound character is.
        ('使用梯度累积，梯度', '我们用梯度下降，梯度', ('梯度',)),
        ('最小值点', '找到了最小值点', ('最小值点',)),
        ('训练一个新模型', '训练一个新网络', ('训练',)),
        ('对偶空间', '研究的对偶空间', ('对偶空间',)),
        ('重要性采样', '关于重要性采样', ('重要性采样',)),
        # What is counted, and what leads to a word, is none of it.
        ('在两条直线上，直线', '有两条直线，直线', ('直线',)),
        ('从均匀分布抽样，均匀分布', '从均匀分布采样，均匀分布', ('均匀分布',)),
        # An ordinal behind a word is none of it.
        ('沙龙第五期，第七场、第八场', '沙龙第十期，第九场、第六场', ('沙龙',)),
        # What stands in every text is no subject.
        ('问题背景如下', '介绍问题背景', ()),
        ('事实上，本博客已有多次讨论', '本博客已经多次讨论过', ()),
        ('a recent model', 'recent models', ()),
        ('小编赘述，令人难忘', '小编不再赘述，令人失望', ()),
        # Nor are the words that hold a program or an address together.
        ('def add(self): www.example.com', 'self, www.other.com, def', ()),
    ],
)
def test_the_shared_words_are_whole_and_bear_meaning(one, two, expected):
    assert set(words(one, two)) == set(expected)


def test_in_long_posts_the_rest_of_longer_words_is_none():
    one = '多项式函数，多项式函数，' * 8 + '今天天气很好，公园散步，许多花鸟。' * 8
    two = '二项式函数，二项式函数，' * 8 + '城市交通问题由来已久，规划解决。' * 8
    assert not {'项式函数', '项式'} & set(words(one, two))


def test_a_pair_of_ideographs_that_does_not_recur_in_long_posts_may_be_chance():
    one, two = ('甲乙丙丁戊己庚辛壬癸' * 12, '子丑寅卯辰巳午未申酉' * 12)
    assert words(f'{one}，流形。', f'流形。{two}') == ()
    assert words(f'{one}，流形。流形', f'流形。{two}') == ('流形',)
    assert words(f'{one}，黎曼流形', f'黎曼流形。{two}') == ('黎曼流形',)


@pytest.mark.parametrize(
    ('word', 'count'), [('流形', 2), ('变分自编码器', 6), ('VAE', 0), ('Fokker-Planck', 0)]
)
def test_ideographs_are_counted_in_unspaced_words_only(word, count):
    assert ideographs(word) == count


def test_no_word_is_part_of_another():
    found = words('变分自编码器，自编码器，编码器，编码', '编码，编码器，自编码器，变分自编码器')
    assert found == ('变分自编码器',)


def test_a_long_quotation_is_taken_apart():
    quotation = '局部紧豪斯多夫空间上的正则博雷尔测度构成巴拿赫空间'
    found = words(quotation, quotation)
    assert found
    assert all(len(word) <= 8 for word in found)


def test_at_most_so_many_words_are_named():
    vocabulary = '流形 度量 曲率 联络 张量 纤维丛 测地线 同调'
    assert len(shared_terms(weigh_terms([vocabulary, vocabulary, *OTHERS]), 0, 1, count=3)[0]) == 3


def test_the_explained_part_is_part_of_the_cosine():
    terms = weigh_terms(['流形上的度量', '度量与流形', *OTHERS])
    _, explained = shared_terms(terms, 0, 1)
    cosine = (terms.weights[[0]] @ terms.weights[[1]].T).toarray()[0, 0]
    assert 0 < explained <= cosine + 1e-9


@given(st.lists(texts, min_size=2, max_size=4))
@example(['µ00', 'µ00'])
def test_every_word_is_in_both_posts(corpus):
    terms = weigh_terms(corpus)
    found, explained = shared_terms(terms, 0, 1)
    assert explained >= 0
    for word in found:
        assert all(
            word.lower() in plain(text).lower() or word in terms.runs[row]
            for row, text in enumerate(corpus[:2])
        )


@given(st.text(st.sampled_from('的是我们因为所以流形度量 a\U00020000\ud800'), max_size=30))
@example('')
@example('我')
def test_stop_words_are_looked_for_wherever_one_may_begin(text):
    expected = [at for at in range(len(text)) if text[at : at + 2] in explain._STOP_BEGINS]
    assert explain._stop_begins(text) == expected
