from __future__ import annotations

import pickle
import unicodedata

import numpy as np
import pytest
from graph_cases import texts
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.graph import counting
from sphinxext_blog.graph.counting import count_texts, gram_code, plain, spelled_gram, stem, word_code


@pytest.mark.parametrize(
    ('text', 'expected'),
    [
        ('流形$M$上', '流形 上'),
        ('$$\\int x$$ 后', '  后'),
        (r'\begin{equation}\alpha\end{equation}', '   '),
        ('只有 $ 一个', '只有 $ 一个'),
        (r'$x \text{任意向量} y$。', ' 任意向量 。'),
        (r'$$a\mbox{ if } b \textbf{or} c$$', '  if  or '),
    ],
)
def test_latex_is_no_prose(text, expected):
    assert plain(text) == expected


@given(st.text(st.sampled_from('，：；！？（）。＝Ａａ①か\u3099\u0338\u0301 a:'), max_size=20))
def test_wide_signs_become_those_of_the_compatibility_form(text):
    assert plain(text) == unicodedata.normalize('NFKC', text)


def counted(corpus, known=None):
    return count_texts(corpus, lambda number: (corpus[number][:5], corpus[number]), known)


def same(one, two):
    fields = ('codes', 'ends', 'columns', 'counts', 'forms', 'form_ends', 'titles', 'title_ends')
    arrays = all(np.array_equal(getattr(one, name), getattr(two, name)) for name in fields)
    return arrays and list(one.runs) == list(two.runs) and one.spellings == two.spellings


def test_terms_are_counted_by_text():
    found = counted(['梯度梯度 Flow flow flows', '梯度'])
    counts = dict(zip(found.codes[found.columns].tolist(), found.counts.tolist(), strict=True))
    assert counts[word_code('flow')] == 3
    assert found.counts[found.row(1)].tolist() == [1, 1, 1]  # two characters and their pair
    assert found.codes[found.columns[found.row(1)]].tolist() == sorted(map(gram_code, ('梯', '度', '梯度')))
    assert list(found.runs) == ['梯度梯度', '梯度']
    assert found.spellings[int(found.forms[0])] == 'flow'


def test_the_terms_of_a_title_are_known_apart():
    found = counted(['流形上的 Flow', '几何'])
    codes = found.titles[: found.title_ends[1]].tolist()
    assert codes == sorted(map(gram_code, ('流形', '形上', '流形上', '上的', '形上的')))


@given(st.lists(texts, unique=True, max_size=5), st.lists(texts, unique=True, max_size=5))
def test_a_corpus_that_changed_is_counted_as_if_it_were_new(before, after):
    known = pickle.loads(pickle.dumps(counted(before)))
    assert same(counted(after, known), counted(after))


@given(st.lists(texts, unique=True, max_size=6), st.data())
def test_some_texts_of_a_corpus_are_counted_as_if_there_were_no_others(corpus, data):
    rows = data.draw(st.lists(st.integers(0, len(corpus) - 1), unique=True)) if corpus else []
    assert same(counted(corpus).only(rows), counted([corpus[row] for row in rows]))


def test_texts_that_are_known_are_not_read():
    known = counted(['流形', '几何'])

    def read(number):
        assert number == 1
        return '', '拓扑'

    assert same(
        count_texts(['几何', '拓扑'], read, known),
        count_texts(['几何', '拓扑'], lambda n: ('几何'[:5], '几何') if n == 0 else ('', '拓扑')),
    )


def test_chunks_do_not_show(monkeypatch):
    corpus = [f'流形{chr(0x4E00 + n)}几何 word{chr(97 + n)}' for n in range(20)]
    whole = counted(corpus)
    monkeypatch.setattr(counting, '_CHUNK', 3)
    assert same(counted(corpus), whole)
    assert same(counted(corpus, counted(corpus[5:9])), whole)


@pytest.mark.parametrize('gram', ['梯', '梯度', '𠀀𠀁', '多様体'])
def test_a_code_tells_its_ideographs(gram):
    assert spelled_gram(gram_code(gram)) == gram


@pytest.mark.parametrize(
    ('word', 'expected'),
    [('Theories', 'theory'), ('gradients', 'gradient'), ('torus', 'torus'), ('es', 'es')],
)
def test_the_stem_of_a_word(word, expected):
    assert stem(word) == expected
    assert word_code(word) == word_code(expected) < 0
