from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.records import DocName, Passage, Post
from sphinxext_blog.references import unlinked
from sphinxext_blog.references.unlinked import MOST_POSTS, find_unlinked, information
from sphinxext_blog.remembering import Remembered


def posts(*titles):
    return [Post(DocName(f't{i}'), title) for i, title in enumerate(titles)]


def found(title, text, *others, taken=()):
    corpus = [*posts(title, *others), Post(DocName('source'), 'x')]
    links = find_unlinked(corpus, {DocName('source'): [Passage(text, taken, 'part', 7)]}, frozenset())
    return [(link.target, link.mention.text) for link in links]


WALK = 'A Primer on Random Walks'
HEAT = '从随机游走到热方程'


@pytest.mark.parametrize(
    ('title', 'text', 'words'),
    [
        (WALK, 'We wrote a primer on random walks before.', 'a primer on random walks'),
        (WALK, 'We wrote A Primer  on Random-Walks.', 'A Primer  on Random-Walks'),
        (HEAT, '这里从随机游走到热方程只差一步。', '从随机游走到热方程'),
        ('扩散随笔（二）：噪声', '在扩散随笔(二): 噪声里', '扩散随笔(二): 噪声'),
        (
            'Ｗｅｉｇｈｔ　Decay and Its Discontents',
            'weight decay and its discontents',
            'weight decay and its discontents',
        ),
    ],
)
def test_a_title_in_plain_text_is_found_in_any_spelling(title, text, words):
    assert found(title, text) == [('t0', words)]


@pytest.mark.parametrize(
    ('title', 'text'),
    [
        # too little: a word, a short term
        ('Notes', 'My Notes are long.'),
        ('概率', '这个概率很大'),
        ('线性空间', '在线性空间里'),
        ('A is B', 'Here A is B holds.'),
        # inside longer words
        (WALK, 'We wrote aa primer on random walks.'),
        (WALK, 'A primer on random walksy things.'),
        ('pseudometric space', 'a semi-pseudometric space'),
        ('线性规划的入门介绍', '非线性规划的入门介绍'),
        # over the end of a sentence
        (HEAT, '从随机。游走到热方程'),
        ('random walks and heat', 'They are random walks! And heat comes later.'),
    ],
)
def test_what_may_be_anything_is_left_alone(title, text):
    assert found(title, text) == []


def test_links_citations_code_and_formulas_are_no_plain_text():
    text = f'见{HEAT}。'
    assert found(HEAT, text, taken=((1, 1 + len(HEAT)),)) == []
    assert found(HEAT, text, taken=((3, 5),)) == []
    assert found(HEAT, text, taken=((0, 1),)) == [('t0', HEAT)]


def test_within_a_longer_title_the_shorter_one_is_not_meant():
    longer = f'{HEAT}再到扩散'
    assert found(HEAT, f'见{longer}。再见{HEAT}。', longer) == [('t1', longer), ('t0', HEAT)]
    assert found(HEAT, f'见{longer}。', longer) == [('t1', longer)]


def test_the_place_and_the_sentence_are_told():
    corpus = [*posts(HEAT), Post(DocName('source'), 'x')]
    passages = {DocName('source'): [Passage(f'先说别的。然后{HEAT}便是。', (), 'part', 7)]}
    [link] = find_unlinked(corpus, passages, frozenset())
    assert (link.how, link.mention.form, link.mention.anchor, link.mention.line) == (
        'mention',
        'plain',
        'part',
        7,
    )
    assert link.mention.context == f'然后{HEAT}便是。'
    assert link.mention.context[slice(*link.mention.span)] == HEAT
    assert 0 < link.score < 1


def test_where_the_reader_can_follow_a_link_nothing_is_offered():
    corpus = [*posts(HEAT), Post(DocName('source'), 'x')]
    passages = {DocName('source'): [Passage(HEAT)]}
    assert find_unlinked(corpus, passages, {('source', 't0')}) == ()


def test_a_post_does_not_mention_itself_nor_a_title_that_two_posts_have():
    passages = {DocName('t0'): [Passage(HEAT)], DocName('t1'): [Passage(HEAT)]}
    assert [link.source for link in find_unlinked(posts(HEAT, 'x'), passages, frozenset())] == ['t1']
    assert find_unlinked(posts(HEAT, HEAT), passages, frozenset()) == ()


@pytest.mark.parametrize(('sources', 'offered'), [(MOST_POSTS, MOST_POSTS), (MOST_POSTS + 1, 0)])
def test_a_title_that_many_posts_have_in_plain_text_is_a_common_phrase(sources, offered):
    passages = {DocName(f's{i}'): [Passage(f'又说{HEAT}。')] for i in range(sources)}
    assert len(find_unlinked(posts(HEAT), passages, frozenset())) == offered


def test_aliases_are_found_and_derived_titles_are_not():
    corpus = [
        Post(DocName('alias'), 'x', aliases=(HEAT,)),
        Post(DocName('derived'), '今天我们分享一下论文', title_derived=True),
    ]
    passages = {DocName('source'): [Passage(f'{HEAT}。今天我们分享一下论文。')]}
    assert [link.target for link in find_unlinked(corpus, passages, frozenset())] == ['alias']


def test_longer_titles_and_ideographs_say_more():
    assert information('Notes') == 0
    assert information('概率') < information('概率分布') < information('概率分布的变分下界')
    assert information('random walks') < information('a primer on random walks')


@given(
    st.lists(st.text(alphabet='ab 一二三。-ﬀİ\n$', min_size=4, max_size=12), max_size=4),
    st.text(alphabet='ab 一二三。-ﬀİ\n$', max_size=60),
)
def test_any_text_is_survived_and_places_hold_the_title(titles, text):
    for link in find_unlinked(posts(*titles), {DocName('source'): [Passage(text)]}, frozenset()):
        assert link.mention.text in text
        assert link.mention.context[slice(*link.mention.span)] == link.mention.text


@pytest.mark.parametrize('text', [HEAT * 60_000, '啊' * 500_000, 'a ' * 300_000, '_' * 300_000])
def test_megabytes_of_one_title_take_linear_time(text):
    corpus = posts(HEAT, '啊' * 150, 'a a a a a a a a a a a a a a a a a')
    started = time.process_time()
    find_unlinked(corpus, {DocName('source'): [Passage(text)]}, frozenset())
    assert time.process_time() - started < 60


def test_only_posts_that_changed_are_looked_through_again(monkeypatch):
    corpus = posts(HEAT, 'x', 'y')
    passages = {DocName('t1'): [Passage(f'这里{HEAT}。')], DocName('t2'): [Passage('别的话')]}
    versions = {DocName('t1'): '1', DocName('t2'): '1'}
    memory = Remembered()
    first = find_unlinked(corpus, passages, frozenset(), versions=versions, memory=memory)
    assert first == find_unlinked(corpus, passages, frozenset())
    assert [link.source for link in first] == ['t1']
    memory.forget()
    looked = []
    monkeypatch.setattr(unlinked, '_places_in', lambda passages, _postings: looked.append(passages) or [])
    passages[DocName('t2')] = [Passage('另外的话')]
    versions[DocName('t2')] = '2'
    assert find_unlinked(corpus, passages, frozenset(), versions=versions, memory=memory) == first
    assert looked == [[Passage('另外的话')]]
    # Another title may stand anywhere.
    find_unlinked(posts(HEAT, 'x', WALK), passages, frozenset(), versions=versions, memory=memory)
    assert len(looked) == 3


def test_the_name_of_a_part_is_found_without_its_series():
    corpus = posts(
        '漫谈最优传输（二）：对偶与势函数', '漫谈最优传输（三）：熵正则', 'Notes, Part 2: Martingale methods'
    )
    text = '势函数满足对偶与势函数里的方程，熵正则与 martingale methods 则不然。'
    found = find_unlinked(corpus, {DocName('source'): [Passage(text)]}, frozenset())
    assert [(link.target, link.mention.text) for link in found] == [('t0', '对偶与势函数')]
