from __future__ import annotations

import pickle
from itertools import pairwise

from graph_cases import link, post, texts
from hypothesis import given, settings
from hypothesis import strategies as st

from sphinxext_blog.graph import Memory, rank_related
from sphinxext_blog.graph import related as ranking
from sphinxext_blog.records import Resolution

PIECES = [
    '流形上的度量',
    '变分自编码器',
    '梯度下降与学习率',
    '真实分布',
    'Gradient flow',
    'gradients',
    '今天天气很好',
]
said = st.lists(st.sampled_from(PIECES), max_size=6).map('，'.join) | texts
blogs = st.dictionaries(st.sampled_from('abcdefg'), st.tuples(st.sampled_from(PIECES), said), max_size=7)


def ranked(blog, memory=None):
    posts = [post(name, title, text_hash=f'{title} {text}') for name, (title, text) in blog.items()]
    names = sorted(blog)
    links = tuple(link(one, two) for one, two in pairwise(names))
    prose = {name: text for name, (_, text) in blog.items()}
    return rank_related(posts, prose, Resolution(links=links), memory=memory)


@given(st.lists(blogs, min_size=2, max_size=4))
@settings(max_examples=40)
def test_what_is_remembered_changes_nothing(versions):
    memory = Memory()
    for blog in versions:
        assert repr(ranked(blog, memory)) == repr(ranked(blog))
        memory = pickle.loads(pickle.dumps(memory))


def test_what_did_not_change_is_not_found_again(monkeypatch):
    blog = {f'p{n}': (f'第{n}', '，'.join(PIECES[n % 3 :: 2])) for n in range(8)}
    memory = Memory()
    before = ranked(blog, memory)
    assert any(before.values())

    def asked(*_args, **_options):
        raise AssertionError

    monkeypatch.setattr(ranking, 'shared_terms', asked)
    assert ranked(blog, memory) == before


def test_only_what_the_last_corpus_needs_is_kept():
    blog = {f'p{n}': (f'第{n}', '，'.join(PIECES[n % 3 :: 2])) for n in range(8)}
    memory = Memory()
    ranked(blog, memory)
    kept = set(memory.near.known)
    ranked({name: blog[name] for name in ('p0', 'p1')}, memory)
    assert len(memory.near.known) == 2 < len(kept)
    assert list(memory.counts.keys) == ['第0 ' + blog['p0'][1], '第1 ' + blog['p1'][1]]
