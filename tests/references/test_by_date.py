from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references.by_date import Calendar, is_later, shares_words, speaks_of_the_day_before


def post(name, title, *date, **facts):
    return Post(DocName(name), title, date=PartialDate(*date), **facts)


POSTS = [
    post('zh/a', '甲', 2015, 1, 4), post('zh/b', '乙', 2015, 1, 11), post('zh/c', '丙', 2015, 1, 11),
    post('zh/d', '丁', 2015, 1, 18), post('en/e', 'E', 2015, 1, 12), post('en/f', 'F', 2015, 1, 19),
    post('zh/g', '戊', 2015, 1, 17, authors=('somebody',)), post('zh/h', '己', 2015, 1, 16, draft=True),
    post('zh/i', '庚', 2015, 2), post('other/j', '辛', 2015, 3, 1), post('zh/k', '壬', 2015, 3, 8),
    post('zh/l', '癸', 2018, 1, 1),
]  # fmt: skip


@pytest.mark.parametrize(
    ('source', 'found'),
    [
        ('zh/b', ['zh/a']),
        ('zh/d', ['zh/b', 'zh/c']),  # two of one day
        ('en/f', ['en/e']),  # of the same script
        ('zh/a', []),
        ('zh/i', []),  # no day
        ('zh/k', ['other/j', 'zh/d']),  # the last of all is in another folder
        ('zh/g', []),  # by somebody else
        ('zh/l', []),  # years later
        ('unknown', []),
    ],
)
def test_the_post_before_by_date(source, found):
    assert list(Calendar(POSTS).before(DocName(source))) == found


def test_few_titles_in_another_script_are_no_second_language():
    posts = [post(f'p{n}', 'Mamba' if n == 5 else '甲', 2015, 1, n) for n in range(1, 20)]
    assert Calendar(posts).before(DocName('p6')) == ('p5',)
    assert Calendar(posts).before(DocName('p5')) == ('p4',)


def test_of_the_many_posts_of_one_day_none_is_the_one_before():
    posts = [post(f'p{n}', '甲', 2015, 1, 1) for n in range(9)]
    assert Calendar([*posts, post('q', '乙', 2015, 1, 2)]).before(DocName('q')) == ()
    assert len(Calendar([*posts[1:], post('q', '乙', 2015, 1, 2)]).before(DocName('q'))) == 8


def test_only_some_days_count():
    calendar = Calendar(POSTS)
    assert calendar.before(DocName('zh/b'), within=(4, 10)) == ('zh/a',)
    assert calendar.before(DocName('zh/d'), within=(8, 20)) == ('zh/a',)
    assert calendar.before(DocName('zh/b'), within=(1, 1)) == ()


@pytest.mark.parametrize(
    ('text', 'phrase', 'surely'),
    [
        ('上一篇文章讨论了预热。', '上一篇文章', True),
        ('如上一篇日志所说', '上一篇', True),
        ('在上一篇里', '上一篇', False),
        ('如上一篇听歌系列所说', '上一篇', None),
        ('他的上一篇文章', '上一篇文章', None),
        ('公众号的上一篇文章', '上一篇文章', None),
        ('他在上一篇文章里', '上一篇文章', None),
        ('Tao的上一篇博客', '上一篇博客', None),
        ('我们的上一篇文章', '上一篇文章', True),
        ('接着前面的上一篇文章', '上一篇文章', True),
        ('上一篇文章《甲》', '上一篇文章', None),
        ('引用前一篇，', '前一篇', None),
        ('In our last post we', 'our last post', False),
        ('our last post on flows', 'our last post', None),
        ('our last post in this series', 'our last post', None),
        ('Last time we', 'Last time', None),
    ],
)
def test_how_surely_the_words_mean_the_post_before(text, phrase, surely):
    start = text.index(phrase)
    span = (start, start + len(phrase))
    assert speaks_of_the_day_before(Mention(DocName('a'), 'series', phrase, '-1', text, span)) is surely


@pytest.mark.parametrize(
    ('context', 'title', 'shared'),
    [
        ('上一篇里的拉普拉斯变换', '当傅里叶遇上拉普拉斯', True),
        ('上一篇里我们为什么这样', '为什么交叉熵更好', False),
        ('In our last post we walked along semicircular arcs', 'The semicircular law', True),
        ('at the same level as a fair coin', 'A fair game', False),
        ('上一篇里给出了证明', '素数定理的一个证明', False),
    ],
)
def test_a_sentence_shares_words_with_a_title(context, title, shared):
    assert shares_words(context, title) == shared


def test_a_post_is_later_only_as_far_as_the_dates_tell():
    assert is_later(POSTS[1], POSTS[0])
    assert not is_later(POSTS[0], POSTS[1])
    assert not is_later(Post(DocName('undated'), 'X'), POSTS[0])
