from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName
from sphinxext_blog.references.quoting import Quoting

INDEX = Quoting(
    [
        ('《Deep Nets》浅读（附代码）', DocName('read')),
        ('《方程与星空》：三体问题（一）', DocName('orbit1')),
        ('《方程与星空》：三体问题（二）', DocName('orbit2')),
        ('重读《几何原本》：一道习题', DocName('euclid')),
        ('没有引号的题目', DocName('plain')),
        ('《整个题目》', DocName('whole')),
        ('“十字架”组合计数问题', DocName('cross')),
    ]
)


@pytest.mark.parametrize(
    ('title', 'before', 'after', 'posts'),
    [
        ('Deep Nets', '先读', '浅读（附代码）。', ('read',)),
        ('deep nets', '先读', ' 浅读一文。', ('read',)),
        ('Deep Nets', '论文', '提出了', ()),
        ('方程与星空', '见', '：三体问题（二）。', ('orbit2',)),
        ('方程与星空', '见', '三体问题。', ('orbit1', 'orbit2')),
        ('几何原本', '这道题来自重读', '：一道习题里的图。', ('euclid',)),
        ('几何原本', '我们重读', '的时候', ()),
        ('别的', '', '浅读', ()),
        ('十字架', '', '组合计数问题', ()),
    ],
)
def test_a_title_with_its_outer_marks_left_out_is_read_to_its_end(title, before, after, posts):
    assert INDEX.written_out(title, before, after) == posts


def test_an_inner_title_may_mean_the_posts_that_hold_it():
    assert INDEX.about('方程与星空') == ('orbit1', 'orbit2')
    assert INDEX.about('整个题目') == ()
    assert INDEX.about('没有引号的题目') == ()


def test_hostile_titles_are_survived():
    index = Quoting(
        [('《' * 400, DocName('a')), ('《ab》' * 100, DocName('b')), ('《\x00》\u202e', DocName('c'))]
    )
    assert index.written_out('ab', '《ab》' * 1000, '《ab》' * 1000) in ((), ('b',))
