from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references.names import Names, SeriesTable
from sphinxext_blog.references.reading import Reading
from sphinxext_blog.references.series import group_series
from sphinxext_blog.references.urls import SiteUrls

TITLES = {'a': '甲', 'b': '光滑函数的漫谈', 'c': '路（二）', 'd': '路（五）'}
POSTS = [Post(DocName(d), t) for d, t in TITLES.items()]


def read(*mentions, templates=('https://blog.example/{id}',)):
    names = Names(POSTS, SeriesTable(group_series(POSTS)))
    return Reading(POSTS, mentions, names, SiteUrls(POSTS, templates)).outcome


@pytest.mark.parametrize(
    ('context', 'text', 'title'),
    [
        ('论文《An Old Result》（arXiv）', 'arXiv', 'An Old Result'),
        ('见 An Old Result 一文', 'An Old Result', 'An Old Result'),
        ('见 链接 一文', '链接', 'arXiv:1234.56789'),
        ('见《无关的题目》的各种讨论和 链接 一文', '链接', 'arXiv:1234.56789'),
    ],
)
def test_the_title_of_a_paper_stands_in_the_link_or_beside_it(context, text, title):
    start = context.index(text)
    url = 'https://arxiv.org/abs/1234.56789'
    reading = read(Mention(DocName('a'), 'url', text, url, context, (start, start + len(text))))
    assert [w.title for w in reading.works()] == [title]


def test_a_linked_title_elsewhere_is_a_work_when_the_own_addresses_are_known():
    mention = Mention(
        DocName('a'), 'url', '《别处的文章》', 'https://other.example/1', '《别处的文章》', (0, 7)
    )
    assert [w.url for w in read(mention).works()] == ['https://other.example/1']
    assert [m.url for m in read(mention, templates=()).missing_posts()] == ['https://other.example/1']


@pytest.mark.parametrize('form', ['xref', 'link'])
@pytest.mark.parametrize('context', ['论文 Attention is All You Need 指出', 'See Attention is All You Need.'])
def test_a_role_that_leads_nowhere_is_a_missing_post_and_no_work(form, context):
    text = 'Attention is All You Need'
    start = context.index(text)
    reading = read(Mention(DocName('a'), form, text, '', context, (start, start + len(text))))
    assert [m.title for m in reading.missing_posts()] == [text]
    assert reading.works() == ()
    assert [m.text for m in reading.dangling] == [text]


def test_a_mention_of_an_unknown_source_is_nothing():
    assert read(Mention(DocName('zzz'), 'title', '《光滑函数的漫谈》', '光滑函数的漫谈')).links() == ()


def test_a_title_inside_of_a_link_is_read_once():
    context = '见《光滑函数的漫谈》。'
    title = Mention(DocName('a'), 'title', '《光滑函数的漫谈》', '光滑函数的漫谈', context, (1, 10))
    url = Mention(DocName('a'), 'url', '《光滑函数的漫谈》', 'https://other.example/x', context, (1, 10))
    assert [k.target for k in read(title, url).links()] == ['b']


def test_the_previous_part_that_is_absent_is_a_missing_post():
    reading = read(Mention(DocName('d'), 'series', '上一篇', '-1'))
    assert [(m.title, m.series, m.series_index) for m in reading.missing_posts()] == [('路（四）', '路', 4)]
