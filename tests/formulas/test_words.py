"""Words in place of a formula."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.formulas.catalogue import Place
from sphinxext_blog.formulas.words import (
    PLACES,
    are_words,
    from_differences,
    inverted,
    places_said,
    said_in,
    terms_of,
)
from sphinxext_blog.records import DocName

TEXTS = {'p': 'Attention is all you need ML', 'q': '注意力机制 Ｔｒａｎｓｆｏｒｍｅｒ'}


@pytest.mark.parametrize(
    ('text', 'terms'),
    [
        ('Low-rank  matrices, 2nd', ['low', 'rank', 'matrices', '2nd']),
        ('低秩矩阵', ['低秩', '秩矩', '矩阵']),
        ('熵', ['熵']),
        ('用softmax做', ['用', 'softmax', '做']),
        ('ＡＢＣ Größe αβ', ['abc', 'größe', 'αβ']),
        ('— 《》 $', []),
    ],
)
def test_a_text_is_cut_into_terms(text, terms):
    assert terms_of(text) == terms


@pytest.mark.parametrize('query', ['low rank', '低秩', 'low-rank 近似', '熵', 'softmax', 'Größe', '《熵》'])
def test_letters_and_chinese_are_words(query):
    assert are_words(query)


@pytest.mark.parametrize(
    'query', ['x y', 'ab', 'x^2', r'\log', 'f(abc)', 'abc = 1', '?a', '熵=1', '', '---', '12']
)
def test_formulas_are_none(query):
    assert not are_words(query)


@pytest.mark.parametrize(
    ('words', 'docnames'),
    [
        ('ATTENTION ml', ['p']),
        ('attention heads', ['p']),
        ('注意力 transformer', ['q']),
        ('attention transformer', []),
    ],
)
def test_places_are_in_posts_or_sections_that_say_all_words(words, docnames):
    says = said_in(words, TEXTS)
    places = [Place(DocName('p'), 'f', 'Heads', ''), Place(DocName('q'), 'f', '', '')]
    assert [place.docname for place in places if says(place)] == docnames


def test_words_that_are_none_choose_nothing():
    assert said_in(' \u3000 ', {}) is None
    assert said_in('x', {})(Place(DocName('p'), '', 'X ray', ''))


def index_of(said, holders):
    shards = inverted(said)
    files = {
        f'said-{shard}': {term: steps(codes) for term, codes in table.items()}
        for shard, table in shards.items()
    }
    files['holders'] = {name: steps(codes) for name, codes in holders.items()}
    return ''.join(shards), files


def steps(codes):
    return [code - before for code, before in zip(codes, [0, *codes], strict=False)]


def found(words, said, holders, texts=TEXTS):
    shards, files = index_of(said, holders)
    return places_said(words, texts, shards, files.__getitem__)


SAID = {0: 'low-rank approximation', 1: '低秩近似', PLACES: 'of low rank, and attention', 2 * PLACES + 3: ''}
HOLDERS = {'p': [0, PLACES, 2 * PLACES + 3], 'q': [1]}


def test_what_is_said_around_a_formula_comes_before_what_its_post_says():
    assert found('low rank', SAID, HOLDERS) == [(0, 1.0), (PLACES, 1.0)]
    assert found('low attention', SAID, HOLDERS) == [(PLACES, 1.0), (0, 0.75)]
    assert found('attention', SAID, HOLDERS) == [(PLACES, 1.0), (0, 0.5), (2 * PLACES + 3, 0.5)]


def test_chinese_is_found_in_any_part_of_what_is_said():
    assert found('秩近', SAID, HOLDERS) == [(1, 1.0)]
    assert found('低近', SAID, HOLDERS) == []
    assert found('注意力 低秩', SAID, HOLDERS) == [(1, 0.75)]


@pytest.mark.parametrize('words', ['', '  ', 'nothing', '$ — 《', 'low nothing'])
def test_what_is_nowhere_is_not_found(words):
    assert found(words, SAID, HOLDERS) == []


@given(st.dictionaries(st.integers(0, 500), st.text(max_size=20), max_size=20))
def test_every_term_leads_to_its_places(said):
    shards, files = index_of(said, {})
    for place, text in said.items():
        for term in terms_of(text):
            assert (
                place in {code for code, _ in places_said(term, {}, shards, files.__getitem__)}
                or len(terms_of(term)) != 1
            )


def test_numbers_are_written_as_differences():
    assert from_differences([3, 1, 0, 5]) == [3, 4, 4, 9]
