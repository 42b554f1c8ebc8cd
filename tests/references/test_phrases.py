from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxext_blog.references.phrases import find_series_phrases


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('上一篇文章我们讲了SVD', ['-1']),
        ('在上一篇中', ['-1']),
        ('在前一篇博文里', ['-1']),
        ('我的前一篇文章与我们的上一篇', ['-1', '-1']),
        ('Last time we built a single head.', ['-1']),
        ('上篇文章说过', ['-1']),
        ('下一篇文章再谈', ['+1']),
        ('前三篇文章我们分别介绍了', ['<3']),
        ('前两篇介绍了', ['<2']),
        ('本系列的第三篇', ['3']),
        ('系列第3篇', ['3']),
        ('本系列文章的第十二篇', ['12']),
        ('in the previous post, we saw', ['-1']),
        ('The next article', ['+1']),
        ('our last two posts', ['<2']),
        ('part 3 of this series', ['3']),
        ('the second post in this series', ['2']),
        ('as shown in Part II.', ['2']),
        ('上一篇文章与本系列第四篇', ['-1', '4']),
        ('在上上篇文章里', ['-2']),
        ('上上一篇文章', ['-2']),
        ('我们在（十五）中说过', ['(15)']),
        ('见（十七）。', ['(17)']),
        ('在第十四篇中我们见过它', ['14']),
        ('第三篇文章会用到', ['3']),
        ('Recall the duals of Lecture 1.', ['lecture 1']),
        ('as lesson IV showed', ['lesson 4']),
        ('在第三讲里，见第二课', ['讲 3', '课 2']),
        ('In Part 5', ['5']),
        ('In part 4 we go on', ['4']),
        ('See part 3', ['3']),
        ('(see part 3)', ['3']),
        ('From part 1 we know', ['1']),
        ('the notation of part 2, and more', ['2']),
        ('in part (3), we saw', ['3']),
        ('in Part (IV) we saw', ['4']),
        ('see part III for it', ['3']),
        ('in part I, we saw', ['1']),
        ('In Part One of this series', ['1']),
        ('In Part two the answer is given', ['2']),
        ('as we saw in part two.', ['2']),
        ('in part ten we', ['10']),
        ('Part (3) will put it back.', ['3']),
        ('We left it out. Part 3 will put it back.', ['3']),
        ('(Part two discusses more.)', ['2']),
        ('it is left out (Part two) of the series', ['2']),
        ('其他前两篇文章', ['<2']),
        ('关于流的上一篇文章', ['-1']),
        ('第一句。Part 2 introduces it.', ['2']),
        ('Part (2) of this series', ['2']),
        ('by Theorem 2 from part 1', ['1']),
        ('the problem arises in part 2', ['2']),
        ('the definition in part 2', ['2']),
        ('See part 1 and, for more, see part 2.', ['1', '2']),
    ],
)
def test_phrases_that_name_a_place_in_the_series(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors


@pytest.mark.parametrize(
    'text',
    [
        '上一篇论文提出',
        '他们的前两篇文章',
        '他上一篇文章',
        '某教授的上一篇文章',
        '(Part 1) of the proof',
        '目前三篇论文都',
        '前几篇文章',
        '两篇文章之间有互补作用',
        '（十七）',
        '第三篇',
        '每个系列第三篇',
        'part of this series',
        'in part 2 of the proof',
        'in Part 2 of the book',
        'part 3 of the book',
        "Part 3 of Smith's notes will do.",
        'see part (3) of Theorem 2',
        'See part 3 in Rudin',
        'in part because of it',
        'in part one might argue',
        'in part I agree',
        'in part 90% of them',
        'in part 3-dimensional',
        'in part 3.2',
        'in parts 2',
        'in part (3',
        'in part 0',
        'in part IIX',
        'the proof of part (2)',
        'In Lemma 4.1, see part (2)',
        'Theorem 2 (see part 3)',
        'For exercise 7, in part 2',
        'by part (2)',
        'Part (2) is clear.',
        'Part (3) will follow from it.',
        'Part 2: The dive',
        'part 3 will put it back',
        'Smith, Part 3 will tell',
        'a counterpart 3',
        'the previous section',
        'a post office',
        '今年的第三篇文章',
        '他的前一篇文章证明了超越性',
        '他写的上一篇文章中',
        '她们最近发表的前一篇文章里',
        '《几何讲义》的前一篇序言',
        '审稿人说，上一篇投稿没有实验',
        '两篇论文，前一篇用加性耦合，后一篇用仿射耦合',
        'This is the last lecture of the sequence.',
        'It was the last post of the year.',
        '条件（一）、（二）',
        '代入式（二）得',
        '由性质（三）可知',
        '《某书》第三章',
        'lecture 3 of the book',
        'chapter 3.2',
    ],
)
def test_phrases_that_may_mean_something_else_are_left_alone(text):
    # Behind a word a number is looked up with it: no series is called 式.
    assert [p for p in find_series_phrases(text) if not p.selector.startswith('named ')] == []


@pytest.mark.parametrize('piece', ['in part 1 ', 'Part (', 'see ', '. Part 2 will '])
def test_megabytes_of_parts_are_read_to_the_end(piece):
    text = piece * (1_000_000 // len(piece))
    assert all(0 <= p.start < p.end <= len(text) for p in find_series_phrases(text))


def test_a_part_is_marked_without_the_words_before_it():
    (phrase,) = find_series_phrases('as in Part (3).')
    assert (phrase.start, phrase.end) == (6, 14)


@given(st.text(alphabet='上下一前两三篇文章本系列第的 3inPartofhseri', max_size=60))
def test_phrases_stand_in_order_without_overlap(text):
    found = find_series_phrases(text)
    assert all(a.end <= b.start for a, b in pairwise(found))
    assert all(p.start < p.end <= len(text) for p in found)


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('承接（十五）、（十六）两篇，我们考虑', ['(15)', '(16)']),
        ('见（十五）和（十六）。', ['(15)', '(16)']),
        ('在系列的开篇里', ['1']),
        ('本系列首篇', ['1']),
        ('文章的开篇', []),
        ('In the previous lecture we proved', ['lecture -1']),
        ('in my next lesson', ['lesson +1']),
        ('the previous two lectures', ['lecture <2']),
        ('In the first three lectures everything', ['lecture 1..3']),
        ('the first two parts of this series', ['1..2']),
        ('The first lecture of this series', ['lecture 1']),
        ('the first two parts of the proof', []),
        ("Boyd's Lecture 3 on YouTube", []),
        ('his Lecture 3', []),
        ('in Lecture 3 we', ['lecture 3']),
        ('从变分自编码器（四）的角度', ['named 4']),
        ('可以参考漫步随机矩阵系列的第四篇。', ['named 4']),
        ('不等式漫谈的第二篇已经够用', ['named 2']),
        ('正如系列的第四篇所说', ['4']),
        ('（三）中的变换可以', ['(3)']),
        ('而（五）里的定律', ['(5)']),
        ('from Variational Autoencoders (Part 1) that', ['named 1']),
        ('in Variational Autoencoders, Part II still', ['named 2']),
    ],
)
def test_phrases_of_other_writers(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('In (1) we used one variable.', ['(1)']),
        ('years after (1) and (2): the bound', ['(1)', '(2)']),
        ('In (1) we did. Equation (1) of it is', ['(1)']),
        ('We show (1) this and (2) that. In (1) we', []),
        ('by (1) and (2)', []),
        ('the function is (1) applied to', []),
        ('in (1)-(3) we', []),
    ],
)
def test_bare_numbers_in_brackets(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('在（一）到（三）里所说', ['(1)', '(2,3)']),
        ('见（一）~（三）。', ['(1)', '(2,3)']),
        ('见（一）、（三）。', ['(1)', '(3)']),
        ('本系列的第一、二篇', ['1,2']),
        ('本系列第一到第三篇已经', ['1,2,3']),
        ('在第1~3篇里', ['1,2,3']),
        ('第三、二篇里', []),
        ('参看变分自编码器（一）、（二）', ['named 1,2']),
        ('参看变分自编码器（一、二）', ['named 1,2']),
        ('参看变分自编码器（一）到（三）', ['named 1,2,3']),
        ('在升级之路1~3里', ['named 1,2,3']),
        ('在升级之路3、4个方面', ['named 3']),
        ('in Parts 1–3 we', ['1,2,3']),
        ('Parts I through III of this series', ['1,2,3']),
        ('Parts 1–3 of the theorem', []),
        ('See Lectures 2 and 3.', ['lecture 2,3']),
        ('In Lectures 1-3 we proved', ['lecture 1,2,3']),
        ('上两篇VAE的文章里', ['<2']),
        ('以上两篇文章', []),
        ('网站上两篇文章', []),
    ],
)
def test_several_parts_at_once(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors


def test_a_long_text_of_parts_is_read_to_the_end():
    assert len(find_series_phrases('第三篇讲。' * 50_000)) == 50_000
    assert len(find_series_phrases('Parts I and II. ' * 20_000)) == 40_000


@pytest.mark.parametrize(
    ('text', 'selectors'),
    [
        ('This was the previous post.', ['-1']),
        ('This is the last post.', []),
        ('This was in the last post.', ['-1']),
    ],
)
def test_the_last_post_is_this_one_and_the_previous_is_none(text, selectors):
    assert [p.selector for p in find_series_phrases(text)] == selectors
