from __future__ import annotations

import numpy as np
import pytest
from graph_cases import texts, weigh_terms
from hypothesis import given
from hypothesis import strategies as st
from scipy import sparse

from sphinxext_blog.graph import terms as weighing
from sphinxext_blog.graph.terms import nearest, on_grid


def terms_of(*corpus):
    """The terms of the first text."""
    terms = weigh_terms(corpus)
    return {terms.spelled(column) for column in terms.row(0)[0].tolist()}


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('梯度下降', {'梯度', '度下', '下降', '梯度下', '度下降'}),
        ('梯度 下降', {'梯度', '下降'}),
        ('Riemannian manifolds', {'Riemannian', 'manifolds'}),
        ('流形manifold', {'流形', 'manifold'}),
        ('ｍａｎｉｆｏｌｄ', {'manifold'}),
        ('the of and 3 x', set()),
        ('VAE与BN', {'VAE', 'BN'}),
        ('多様体のホモロジー', {'多様', '様体', '体の', 'のホ', 'ホモ', 'モロ', 'ロジ', 'ジー'}
         | {'多様体', '様体の', '体のホ', 'のホモ', 'ホモロ', 'モロジ', 'ロジー'}),
        ('многообразие', {'многообразие'}),
        ('Fokker-Planck equation', {'Fokker-Planck', 'equation'}),
        ('batch_size of key_2', {'batch_size', 'key'}),
        ('𠀀𠀁', {'𠀀𠀁'}),
        ('a' * 50, set()),
    ],
)  # fmt: skip
def test_terms_are_words_and_pairs_and_triples_of_ideographs(text, found):
    assert terms_of(text, text, 'other') == found


def test_a_term_that_only_one_post_has_is_left_out():
    assert terms_of('流形 manifold', '流形') == {'流形'}


@pytest.mark.parametrize(
    ('one', 'other'),
    [('gradients', 'gradient'), ('theories', 'theory'), ('Bert', 'bert'), ('bases', 'base')],
)
def test_spellings_of_one_word_are_one_term(one, other):
    assert terms_of(one, other) == {min(one, other, key=lambda word: (not word.islower(), len(word)))}


@pytest.mark.parametrize('word', ['Gauss', 'torus', 'loss'])
def test_a_word_that_ends_in_s_is_no_plural(word):
    assert terms_of(word, word[:-1]) == set()


def test_a_term_of_most_posts_is_left_out_of_a_large_corpus():
    corpus = [f'共同 特有{number % 5}词语{number % 5}' for number in range(30)]
    assert '共同' not in terms_of(*corpus)


def test_rows_have_length_1_or_0():
    terms = weigh_terms(['流形 几何', '流形 拓扑', '拓扑 几何', 'alone', ''])
    lengths = np.sqrt(np.asarray(terms.weights.multiply(terms.weights).sum(axis=1)).ravel())
    assert lengths == pytest.approx([1, 1, 1, 0, 0])


def test_only_the_heaviest_terms_are_kept():
    text = ' '.join(f'{chr(97 + a)}{chr(97 + b)}q' for a in range(20) for b in range(20))
    assert weigh_terms([text, text], largest=50).weights.getnnz(axis=1).tolist() == [50, 50]


@given(st.lists(texts, max_size=5))
def test_any_texts_have_terms_and_always_the_same(corpus):
    one, two = weigh_terms(corpus), weigh_terms(corpus)
    assert one.weights.shape[0] == len(corpus)
    assert np.isfinite(one.weights.data).all()
    assert (one.weights != two.weights).nnz == 0
    assert [one.spelled(column) for column in set(one.weights.indices.tolist())] == [
        two.spelled(column) for column in set(two.weights.indices.tolist())
    ]


@pytest.mark.parametrize('piece', ['$', '\\', '《', '长', 'a', '\\begin{', '$a', 'ab-'])
def test_text_of_one_repeated_piece_is_weighed(piece):
    # A quadratic step would not come back today.
    assert np.isfinite(weigh_terms([piece * 300_000, piece * 300_000]).weights.data).all()


def test_characters_of_one_word_stick_together_and_others_do_not():
    corpus = ['流形' + other for other in '甲乙丙丁戊己庚辛壬癸'] * 3
    terms = weigh_terms(corpus)
    assert terms.cohesion('流形') > terms.cohesion('形甲') - 1e-9 > 0
    assert terms.cohesion('甲乙') == -np.inf


def test_two_ideographs_are_bound_by_the_share_of_their_occurrences_side_by_side():
    terms = weigh_terms(['流形', '流形，流水', '形式'])
    assert terms.binding('流形') == pytest.approx(2 * 2 / (3 + 3), rel=0.1)
    assert terms.binding('流水') == pytest.approx(2 * 1 / (3 + 1), rel=0.1)
    assert terms.binding('形流') == 0


def test_one_term_of_few_posts_outweighs_one_of_many():
    terms = weigh_terms(['rare common', 'rare common', *['common'] * 7, *['other'] * 10])
    weight = {terms.spelled(column): value for column, value in zip(*terms.row(0), strict=True)}
    assert weight['rare'] > 2 * weight['common']


def test_the_nearest_rows_come_first_and_never_a_row_itself():
    rows = sparse.csr_matrix(np.array([[1.0, 0, 0], [0.8, 0.6, 0], [0, 1.0, 0], [0, 0, 1.0]]))
    near = nearest(rows, 1, 0.1)
    assert near.toarray() == pytest.approx(
        np.array([[0, 0.8, 0, 0], [0.8, 0, 0, 0], [0, 0.6, 0, 0], [0, 0, 0, 0]])
    )


def test_ties_go_to_the_lower_row():
    rows = sparse.csr_matrix(np.ones((4, 1)))
    assert nearest(rows, 1, 0.0).indices.tolist() == [1, 0, 0, 0]


def test_blocks_of_rows_do_not_show():
    rng = np.random.default_rng(1)
    dense = rng.random((700, 5))
    dense /= np.linalg.norm(dense, axis=1)[:, None]
    near = nearest(sparse.csr_matrix(dense), 3, 0.0)
    cosine = dense @ dense.T
    np.fill_diagonal(cosine, -1)
    for row in (0, 511, 512, 699):
        assert set(near[[row]].indices.tolist()) == set(np.argsort(-cosine[row])[:3].tolist())


def test_the_column_of_a_term_is_found_by_its_spelling():
    terms = weigh_terms(['流形嵌入 Manifolds 流形嵌入', 'manifold 流形嵌入', '别的'])
    for term in ('流形', '流形嵌', 'manifold', 'Manifolds'):
        column = terms.column(term)
        assert column is not None
        assert terms.spelled(column).lower() in (term, 'manifold')
    assert [terms.column(term) for term in ('', '流', '多样', '流形嵌入', 'topology')] == [None] * 5


def test_titles_are_rows_of_the_same_terms():
    terms = weigh_terms(['流形 curvature', '流形 flow', ''], titles=['流形', '无关', ''])
    assert terms.titles.shape == terms.counts.shape
    assert terms.titles.indices.tolist() == [terms.column('流形')]
    assert terms.titles.getnnz(axis=1).tolist() == [1, 0, 0]
    assert weigh_terms(['', ''], titles=['流形', '']).titles.shape == (2, 0)


def test_numbers_of_posts_are_rounded_to_powers_of_the_root_of_two():
    rounded = on_grid(np.arange(1, 2000))
    assert np.abs(np.log2(rounded / np.arange(1, 2000))).max() <= 0.25
    assert len(np.unique(rounded)) < 25
    assert (np.diff(rounded) >= 0).all()


def test_a_word_more_changes_the_state_of_the_posts_that_have_it_and_of_no_other():
    corpus = [f'共同 特有{chr(0x4E00 + number)}{chr(0x5E00 + number)} word{number}' for number in range(60)]
    before = weigh_terms(corpus)
    after = weigh_terms([f'{corpus[0]} 特有{corpus[7][5:7]}', *corpus[1:]])
    assert {n for n, state in enumerate(after.states) if state != before.states[n]} == {0, 7}
    assert before.states == weigh_terms(corpus).states


@given(st.lists(texts, min_size=2, max_size=5), st.lists(texts, min_size=2, max_size=5))
def test_posts_of_the_same_state_have_the_same_weights_and_ties(one, two):
    before, after = weigh_terms(one), weigh_terms(two)
    for n, state in enumerate(before.states[: len(two)]):
        if after.states[n] == state and one[n] == two[n]:
            here, there = before.row(n), after.row(n)
            assert before.codes[here[0]].tolist() == after.codes[there[0]].tolist()
            assert here[1].tobytes() == there[1].tobytes()
            for pair in zip(before.runs[n], before.runs[n][1:], strict=False):
                assert before.binding(''.join(pair)) == after.binding(''.join(pair))
                assert before.cohesion(''.join(pair)) == after.cohesion(''.join(pair))


@given(st.lists(st.tuples(st.integers(0, 4), st.integers(1, 9)), max_size=40))
def test_columns_are_summed_piece_by_piece_as_a_whole(entries):
    columns = np.array([column for column, _ in entries], dtype=np.int32)
    numbers = np.array([number for _, number in entries], dtype=np.int32)
    sums = [sum(number for column, number in entries if column == wanted) for wanted in range(5)]
    assert weighing._sums(columns, numbers, 5).tolist() == sums
    assert weighing._sums(columns, None, 5).tolist() == [columns.tolist().count(at) for at in range(5)]
