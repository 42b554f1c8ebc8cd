from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Post
from sphinxext_blog.references.by_date import Calendar


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


def test_only_some_days_count():
    calendar = Calendar(POSTS)
    assert calendar.before(DocName('zh/b'), within=(4, 10)) == ('zh/a',)
    assert calendar.before(DocName('zh/d'), within=(8, 20)) == ('zh/a',)
    assert calendar.before(DocName('zh/b'), within=(1, 1)) == ()
