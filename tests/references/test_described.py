from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references.described import Descriptions, description_in, find_described


@pytest.mark.parametrize(
    ('text', 'described'),
    [
        ('最受欢迎的是交叉熵那篇，吵了很久', ['交叉熵']),
        ('在讲交叉熵的那篇文章里', ['交叉熵']),
        ('之前讲注意力的那篇随想里', ['注意力']),
        ('讲低秩近似的旧文', ['低秩近似']),
        ('不妨用三条规则那篇文章的方法', ['三条规则']),
        ('见“动量就是摩擦”那篇', ['动量就是摩擦']),
        ('谷歌的Softmax那篇论文', []),
        ('迭代法那篇博士论文和交叉熵那篇重要综述', []),
        ('交叉熵那篇文章和论文', ['交叉熵']),
        ('网友的“动量就是摩擦”那篇', []),
        ('见那篇《甲》', []),
        ('第三那篇和前面那篇', []),
        ('那篇文章', []),
        ('见那篇文章的作者', []),
        ('see my earlier post on compactness; then', ['compactness']),
        ('The posts about diffusion and about flows introduced it', ['diffusion', 'flows']),
        ("I've written about normalizing flows before", ['normalizing flows']),
        ('my post on large models may help', ['large models']),
        ('the lecture on Poincaré recurrence is', ['Poincaré recurrence']),
        ('I should write a post on flows', []),
        ('the article on flows', []),
        ('my post on flows at Medium', []),
        ('one of the posts on flows', []),
        ('see the Kakeya post for it', ['Kakeya']),
        ('in my variational inference post, and', ['variational inference']),
        ('see the Washington Post', []),
        ('the compact post office, my last post, our most popular posts', []),
        ('the Google post by Smith', []),
        ('the Reddit post, and the post on MathOverflow', []),
        ('I wrote about compactness in my thesis', []),
        ('I wrote about compactness in my earlier posts', ['compactness']),
    ],
)
def test_words_that_describe_a_post(text, described):
    assert [words for *_, words in find_described(text)] == described


@given(st.text('在讲的那篇文章“”my post on about and ,.旧文', max_size=200))
def test_places_lie_in_the_text_and_apart(text):
    places = sorted(find_described(text))
    assert all(0 <= start < end <= len(text) for start, end, _ in places)
    assert all(one[1] <= other[0] for one, other in pairwise(places))


def test_long_texts_are_read_in_linear_time():
    assert len(list(find_described('甲那篇' * 50_000))) == 50_000
    assert len(list(find_described('my post on ' + 'very ' * 100_000))) == 1


def quoted(text, title):
    start = text.index(title) - 1
    return Mention(DocName('a'), 'quoted', title, title, text, (start, start + len(title) + 2))


def test_words_in_quotation_marks_describe_a_post_when_they_are_called_one():
    assert description_in(quoted('See my notes on "Large Models" for it', 'Large Models')) == 'Large Models'
    assert description_in(quoted('“三条规则”那篇', '三条规则')) == '三条规则'
    assert description_in(quoted('See "Large Models" for it', 'Large Models')) == ''


POSTS = [
    Post(DocName('ce'), '为什么交叉熵更好', date=PartialDate(2016, 2, 14)),
    Post(DocName('ce2'), '再谈交叉熵', date=PartialDate(2018, 1, 1)),
    Post(DocName('lp'), '线性规划入门', date=PartialDate(2015, 1, 1), aliases=('单纯形法入门',)),
    Post(DocName('derived'), '内点法', title_derived=True, date=PartialDate(2015, 1, 1)),
    Post(DocName('a'), '闲话', date=PartialDate(2017, 1, 1)),
    Post(DocName('b'), '又闲话', date=PartialDate(2019, 1, 1)),
    Post(DocName('undated'), '还是闲话'),
]


@pytest.mark.parametrize(
    ('words', 'source', 'found'),
    [
        ('交叉熵', 'a', ['ce']),
        ('交叉熵', 'b', ['ce', 'ce2']),
        ('交叉熵', 'undated', ['ce', 'ce2']),
        ('交叉熵', 'ce', []),
        ('非线性规划', 'a', []),
        ('线性规划', 'lp', []),
        ('单纯形法', 'a', ['lp']),
        ('内点法', 'a', []),
        ('熵', 'b', []),
        ('闲话', 'b', ['a', 'undated']),
    ],
)
def test_a_description_means_the_titles_that_were_there(words, source, found):
    assert list(Descriptions(POSTS, [words]).meant(words, DocName(source))) == found


def test_words_that_many_titles_have_mean_none():
    posts = [Post(DocName(f'p{i}'), f'矩阵{i}') for i in range(9)]
    assert Descriptions(posts, ['矩阵']).meant('矩阵', DocName('p0')) == tuple(f'p{i}' for i in range(1, 9))
    posts.append(Post(DocName('q'), '矩阵'))
    assert Descriptions(posts, ['矩阵']).meant('矩阵', DocName('p0')) == ()
