from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.keys import node_key, public_series_key
from sphinxext_blog.references.titles import normalise_title

HOSTILE = st.text(
    alphabet='aB七7IV.-— \t\'’"<>&/?#%《》（）\u202e\u200b\u0301ß½²İ😀\ufe0f\ud800+=$\\', max_size=120
)


@pytest.mark.parametrize(
    ('title', 'key'),
    [
        ('低秩近似之路(二):SVD', '低秩近似之路-二-svd'),
        ('扩散模型漫谈（六）：一般框架之ODE篇', '扩散模型漫谈-六-一般框架之ode篇'),
        ('寻求一个光滑的最大值函数', '寻求一个光滑的最大值函数'),
        ('真的需要把损失降低到零吗？', '真的需要把损失降低到零吗'),
        ('Attention is All You Need', 'attention-is-all-you-need'),
        ('Newton’s Method, Part II', 'newtons-method-part-ii'),
        ('升级之路：1.5、旋转', '升级之路-1.5-旋转'),
        ('【理解几何】1. 一条路', '理解几何-1-一条路'),
        ('Ｗｉｄｅ　ｔｉｔｌｅ', 'wide-title'),
        ('नमस्ते दुनिया', 'नमस्ते-दुनिया'),
        ('a\u200bb \u202ec', 'ab-c'),
    ],
)
def test_a_key_reads_like_the_title(title, key):
    assert node_key(title) == key


@pytest.mark.parametrize(
    ('one', 'other'),
    [('A + B', 'A = B'), ('x' * 61 + 'a', 'x' * 61 + 'b'), ('???', '!!!'), ('😀', '😁'), ('3.1', '31')],
)
def test_what_a_key_cannot_say_a_digest_tells(one, other):
    assert node_key(one) != node_key(other)


def test_a_digest_is_the_same_for_all_spellings():
    assert node_key('VAE ＋ BN：一') == node_key('vae + bn (一)') != node_key('vae bn (一)')


@given(HOSTILE | st.text(max_size=200))
def test_a_key_is_safe_in_markup_and_urls(title):
    for key in (node_key(title), public_series_key(title)):
        assert 0 < len(key) < 80
        assert all(c in '.-' or unicodedata.category(c)[0] in 'LMN' for c in key)
        assert key[0].isalnum()
        assert key == unicodedata.normalize('NFKC', key)


@given(
    st.lists(st.sampled_from(['a', 'b', '七', '十', '7', '1']), min_size=1, max_size=5),
    st.lists(st.sampled_from(['', ' ', '-', '.', "'", '（', '+', '\u200b']), min_size=10, max_size=10),
)
def test_titles_of_one_key_are_one_title(words, marks):
    one, other = (
        ''.join(w + m for w, m in zip(words, half, strict=False)) for half in (marks[:5], marks[5:])
    )
    if node_key(one) == node_key(other):
        assert normalise_title(one) == normalise_title(other)


@pytest.mark.parametrize(
    ('name', 'key'),
    [
        ('我们可以无损放大一个Transformer模型吗', '我们可以无损放大一个transformer模型吗'),
        ('中文分词系列', '中文分词'),
        ('《理解几何》系列', '理解几何'),
        ('The Proof Series', 'the-proof'),
        ('系列', '系列'),
        ('Series', 'series'),
    ],
)
def test_the_key_of_a_series_is_its_name(name, key):
    assert public_series_key(name) == key


def test_an_enormous_title_has_a_short_key():
    assert len(node_key('（' * 1_000_000 + '长' * 1_000_000)) < 80
