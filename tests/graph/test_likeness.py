from __future__ import annotations

import numpy as np
import pytest
from graph_cases import weigh_terms
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.graph import likeness
from sphinxext_blog.graph.likeness import make_likeness

TEXTS = [
    ('流形', '流形上的度量与联络，曲率张量'),
    ('联络', '联络与曲率张量，流形上的平行移动'),
    ('素数', '素数的分布与黎曼猜想，解析延拓'),
    ('零点', '黎曼猜想的零点，素数定理'),
    ('鸟', '小鸟在公园里歌唱'),
]


def near(texts=TEXTS, rows=None):
    terms = weigh_terms([f'{title}\n{text}' for title, text in texts], titles=[title for title, _ in texts])
    return make_likeness(terms, 1).near(rows or range(len(texts)))


def order(row):
    return row.columns[np.lexsort((row.columns, -row.relative))].tolist()


def test_posts_of_one_subject_are_nearest():
    assert [order(row)[:1] for row in near()] == [[1], [0], [3], [2], []]


def test_a_post_that_speaks_of_a_title_is_nearer_to_that_post():
    texts = [
        ('甲', '环与理想，环与理想，环与模，同调'),
        ('同调', '范畴与函子，环与模'),
        ('层论', '范畴与同调，环与模'),
        *TEXTS,
    ]
    row = near(texts)[0]
    relative = dict(zip(row.columns.tolist(), row.relative.tolist(), strict=True))
    cosine = dict(zip(row.columns.tolist(), row.cosines.tolist(), strict=True))
    assert relative[1] / relative[2] > cosine[1] / cosine[2]


@given(
    st.lists(st.text('流形几何代数拓扑群环域', min_size=2, max_size=30), min_size=2, max_size=12),
    st.integers(1, 11),
)
@settings(max_examples=60)
def test_rows_are_the_same_alone_and_in_any_block(texts, at):
    pairs = [(text[:2], text) for text in texts]
    whole = near(pairs)
    at %= len(pairs)
    parts = [*near(pairs, range(at)), *near(pairs, range(at, len(pairs)))] if at else near(pairs)
    for row, (one, two) in enumerate(zip(whole, parts, strict=True)):
        assert one.columns.tolist() == two.columns.tolist()
        assert one.relative.tobytes() == two.relative.tobytes()
        assert row not in one.columns.tolist()
        assert (one.cosines <= 1).all()


@pytest.mark.parametrize('longest', [1, 3])
def test_a_term_of_many_posts_leads_to_those_in_which_it_weighs_most(monkeypatch, longest):
    texts = [
        ('', '流形' * (10 - at) + ''.join(chr(0x4E00 + 97 * k) for k in range(at * 3))) for at in range(8)
    ]
    monkeypatch.setattr(likeness, '_POSTINGS', longest)
    terms = weigh_terms([text for _, text in texts], titles=['' for _ in texts])
    made = make_likeness(terms, 1)
    assert np.diff(made.postings.indptr).max() <= longest
    column = int(made.searched.getnnz(axis=0).argmax())  # that of 流形
    kept = made.postings.indices[made.postings.indptr[column] : made.postings.indptr[column + 1]].tolist()
    weight = made.searched[:, column].toarray().ravel()
    assert sorted(kept) == sorted(np.lexsort((np.arange(8), -weight))[:longest].tolist())


def test_candidates_are_not_lost_when_there_are_many_posts():
    rng = np.random.default_rng(0)
    words = [chr(a) + chr(b) for a, b in rng.integers(0x4E00, 0x9FA5, (2000, 2))]
    topics = [rng.choice(2000, 30, replace=False) for _ in range(30)]
    texts = [
        ('', '，'.join(words[w] for w in [*rng.choice(topics[at % 30], 30), *rng.integers(0, 2000, 60)]))
        for at in range(600)
    ]
    for at, row in enumerate(near(texts)):
        assert [column % 30 for column in order(row)[:5]] == [at % 30] * 5
