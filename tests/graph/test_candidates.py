from __future__ import annotations

import numpy as np
import pytest
from graph_cases import link, post, series

from sphinxext_blog.dates import PartialDate
from sphinxext_blog.graph.candidates import Wishes, candidates, fitted_weights, make_ranker
from sphinxext_blog.graph.related import measure_content
from sphinxext_blog.records import Resolution

TEXTS = {
    'a': '流形上的度量与联络，曲率张量',
    'b': '联络与曲率张量，流形上的平行移动',
    'c': '素数的分布与黎曼猜想',
    'd': '小鸟在公园里歌唱',
}
DATES = {'a': PartialDate(2020, 5, 1), 'b': PartialDate(2020, 1, 1), 'c': PartialDate(2010, 1, 1), 'd': None}


def found(rows, factors=None, resolution=None, wishes=None):
    posts = [post(name, name, date=DATES[name], tags=('t',) if name in 'cd' else ()) for name in TEXTS]
    known = resolution or Resolution(links=(link('a', 'd'), link('c', 'd')))
    ranker = make_ranker(measure_content(posts, TEXTS), known, 5, (), wishes or Wishes(), factors or {}, rows)
    return ranker, candidates(ranker, rows)


def test_every_reason_speaks_for_its_own_posts():
    _, all_found = found([0, 1, 2, 3])
    pairs = list(zip(all_found.rows.tolist(), all_found.columns.tolist(), strict=True))
    assert pairs == sorted(set(pairs))
    spoken = {
        kind: {pair for pair, value in zip(pairs, strength.tolist(), strict=True) if value}
        for kind, strength in all_found.strengths.items()
    }
    assert {(0, 1), (1, 0)} <= spoken['text']
    assert spoken['cites'] == {(0, 3), (2, 3)}
    assert spoken['cited-by'] == {(3, 0), (3, 2)}
    assert spoken['shared-citations'] == {(0, 2), (2, 0)}
    assert spoken['tags'] == {(2, 3), (3, 2)}


def test_rows_are_the_same_alone_and_together():
    _, together = found([0, 1, 2, 3])
    for row in range(4):
        _, alone = found([row])
        own = together.rows == row
        assert alone.columns.tolist() == together.columns[own].tolist()
        for kind, strength in alone.strengths.items():
            assert strength.tobytes() == together.strengths[kind][own].tobytes()


def test_a_reason_that_counts_nothing_is_not_asked():
    _, some = found([0], factors={'cites': 0})
    assert 'cites' not in some.strengths
    assert 3 not in some.columns.tolist()


def test_earlier_posts_and_those_of_the_same_year_count_more():
    _, all_found = found([0, 1])
    timely = dict(
        zip(
            zip(all_found.rows.tolist(), all_found.columns.tolist(), strict=True),
            all_found.timely.tolist(),
            strict=True,
        )
    )
    time = fitted_weights()[1]
    assert timely[0, 1] == pytest.approx(
        (1 + time['near'] * np.exp(-121 / 365.25)) * (1 + time['earlier']), rel=0.01
    )
    assert timely[1, 0] < timely[0, 1]
    assert timely[0, 3] == 1


def test_wishes_and_series_are_rows():
    parts = (series('S', ('a', 1), ('b', 2), ('elsewhere', 3)),)
    wishes = Wishes(pinned={'a': ['d', 'nowhere', 'a', 'd']}, banned={'b': ['c', 'nowhere']})
    ranker, _ = found([0], resolution=Resolution(series=parts), wishes=wishes)
    assert ranker.pinned == {0: [3]}
    assert ranker.banned == {1: {2}, 2: {1}}
    assert ranker.mates == {0: {1}, 1: {0}}
