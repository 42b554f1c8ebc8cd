from __future__ import annotations

import pytest

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references.names import Names, SeriesTable
from sphinxext_blog.references.phrases import find_series_phrases
from sphinxext_blog.references.places import Places
from sphinxext_blog.references.series import group_series

TITLES = {
    'a1': '甲（上）', 'a2': '甲（中）', 'a3': '甲（下）', 'b1': '高斯过程小札1：核',
    'b2': '高斯过程小札2：线', 'c1': 'Notes on flows, Part 1', 'c2': 'Notes on flows, Part 2', 'z': 'Alone',
}  # fmt: skip


@pytest.fixture(scope='module')
def places():
    posts = [
        Post(DocName(name), title, date=PartialDate(2000 + i))
        for i, (name, title) in enumerate(TITLES.items())
    ]
    return Places(Names(posts, SeriesTable(group_series(posts))), {post.docname: post for post in posts})


def read(places, source, text):
    out = []
    for phrase in find_series_phrases(text):
        span = (phrase.start, phrase.end)
        mention = Mention(DocName(source), 'series', text[slice(*span)], phrase.selector, text, span)
        meant = places.read(mention, phrase.selector)
        out += [tuple(found.nodes) for found in meant.found] + [number for _, number in meant.absent]
    return out


@pytest.mark.parametrize(
    ('source', 'text', 'parts'),
    [
        ('a2', '在上篇里', [('a1',)]),
        ('a1', '留到下篇。', [('a2', 'a3')]),
        ('a1', '中篇和下篇', [('a2',), ('a3',)]),
        ('a2', '他的上篇', []),
        ('z', '在上篇里', []),
        ('b2', '接着札记1往下说', [('b1',)]),
        ('z', '接着札记1往下说', []),
        ('z', '见高斯过程小札7。', [(7,)]),
        ('z', '见小札2。', [('b2',)]),
        ('z', '见小札7。', []),
        ('b2', '见小札7。', [(7,)]),
        ('z', '高斯过程系列的第七篇', [(7,)]),
        ('c1', 'the proof (Part 2) is', [('c2',)]),
        ('z', 'the proof (Part 2) is', []),
        ('z', 'Part 2 of my notes on flows', [('c2',)]),
        ('z', 'Part 2 of my notes on cooking', []),
    ],
)
def test_places_and_what_they_mean(places, source, text, parts):
    assert read(places, source, text) == parts
