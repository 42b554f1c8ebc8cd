from __future__ import annotations

import re
from pathlib import Path

import pytest

from sphinxext_blog.references.citations import find_citations
from sphinxext_blog.references.kinds import (
    is_elsewhere,
    is_somebodys,
    judge,
    names_authors,
    says_former_title,
    says_own_post,
    says_publication,
)


@pytest.mark.parametrize(
    ('context', 'verdict'),
    [
        ('在example.name的文章《神奇的函数》中', 'work'),
        ('当初王小明写的《理解函数》，', 'work'),
        ('笔者所写的《新理解函数》', 'own'),
        ('我们在《新理解函数》中', 'own'),
        ('上个月写的《新理解函数》', ''),
        ('之前的文章《用时间换效果》', 'own'),
        ('本博客讨论过，比如《光滑的函数》', 'own'),
        ('论文《低秩近似》', 'work'),
        ('笔者的论文《低秩近似》', 'work'),
        ('两篇论文中，分别是《Deep Nets》', 'foreign'),
        ('文章《Low-Rank Models》', 'foreign'),
        ('英国《每日邮报》报道', 'work'),
        ('《数学学报》', 'work'),
        ('李华教授的《线性代数》', 'work'),
        ('Hinton的《胶囊》', 'work'),
        ('《线性代数》一书', 'work'),
        ('买过一本《趣味代数》', 'work'),
        ('写了一篇《趣味代数》', ''),
        ('《低秩近似》这篇论文', 'work'),
        ('《低秩近似》', ''),
        ('在文章《低秩近似》中', ''),
        ('论文《甲文》《乙文》', 'work'),
    ],
)
def test_the_words_tell_whose_it_is(context, verdict):
    citation = find_citations(context)[-1]
    assert judge(citation.title, context[: citation.start], context[citation.end :]) == verdict


def test_an_article_on_the_own_site_is_the_own():
    before = '在blog.example的文章'
    assert judge('神奇的函数', before + '', '中', own_sites=['blog.example']) == 'own'
    assert judge('神奇的函数', before + '', '中') == 'work'


def test_each_citation_of_the_seeds_without_chinese_is_a_paper():
    seeds = Path(__file__).parent.parent.parent / 'seeds'
    verdicts = {}
    for file in sorted(seeds.glob('*.txt')):
        text = file.read_text('utf-8')
        for c in find_citations(text):
            verdicts[c.title] = judge(
                c.title, text[max(0, c.start - 200) : c.start], text[c.end : c.end + 60]
            )
    assert len(verdicts) > 25
    for title, verdict in verdicts.items():
        if not re.search('[一-鿿]', title):
            assert verdict in ('work', 'foreign'), title
    assert sum(v == 'own' for v in verdicts.values()) > 3


@pytest.mark.parametrize(
    ('title', 'before', 'after', 'verdict'),
    [
        ('Deep Nets', '谷歌的论文', '', True),
        ('Deep Nets', 'arXiv上的', '', True),
        ('Deep Nets', 'In the paper “', '”', True),
        ('Deep Nets', '自', '一文发表以来', True),
        ('深度网络', '自', '一文发表以来', False),
        ('Deep Nets', '', '（arXiv 2101.00001）', True),
        ('深度网络', '', '一书', True),
        ('深度网络', '论文《甲》', '', True),
        ('Deep Nets', '参考', '。', False),
        ('Deep Nets', '笔者写过的', '提出了', False),
        ('Deep Nets', '论文很多。再看', '', False),
    ],
)
def test_only_plain_words_make_the_title_of_a_post_that_of_a_paper(title, before, after, verdict):
    assert says_publication(title, before, after) == verdict


@pytest.mark.parametrize(
    ('before', 'own'),
    [
        ('在之前的文章', True),
        ('笔者所写的', True),
        ('我写过的', True),
        ('本博客的', True),
        ('笔者的论文', False),
        ('我们介绍', False),
        ('笔者读了', False),
        ('我们在', False),
        ('文章', False),
    ],
)
def test_words_that_claim_a_text_for_the_blog(before, own):
    assert says_own_post('某个题目', before) == own


@pytest.mark.parametrize(
    ('before', 'somebody'), [('牛顿的', True), ('之前的', False), ('著名的', False), ('见', False)]
)
def test_a_name_in_the_possessive(before, somebody):
    assert is_somebodys(before) == somebody


def test_a_paper_is_discussed_as_well_as_an_own_post_is():
    assert says_own_post('某个题目', '我们之前讨论过的')
    assert not says_own_post('Deep Nets', '我们之前讨论过的')


@pytest.mark.parametrize(
    ('before', 'former'),
    [
        ('本文曾用名', True),
        ('本文最初的原标题是：', True),
        ('曾用名：', True),
        ('This post was originally titled "', True),
        ('formerly called ', True),
        ('本片原名', False),
        ('本文参考了', False),
        ('a method called ', False),
    ],
)
def test_words_that_tell_a_former_title(before, former):
    assert says_former_title(before) == former


@pytest.mark.parametrize(
    ('before', 'elsewhere'),
    [
        ('知乎上的', True),
        ('知乎专栏上有一篇', True),
        ('我发在知乎上的', False),
        ('本站的', False),
        ('知乎上讨论过', False),
    ],
)
def test_words_that_name_another_site(before, elsewhere):
    assert is_elsewhere(before) == elsewhere


@pytest.mark.parametrize('title', ['代数学引论（第一卷）', '数学分析 第2版', '微积分（上册）'])
def test_a_volume_is_one_of_a_book(title):
    assert judge(title, '', '') == 'work'


@pytest.mark.parametrize(
    ('before', 'authors'),
    [
        ('Rubinstein and Sarnak, "', True),
        ("Selberg's paper ", True),
        ('we use ', False),
        ('In Lecture 3, ', False),
    ],
)
def test_the_names_of_authors_before_a_title(before, authors):
    assert names_authors(before) == authors


@pytest.mark.parametrize(
    ('before', 'after'),
    [
        ('他在1812年出版的', ''), ('，载', '2000年第9期'), ('重读', ''), ('我看完', ''), ('主要著作有：', ''),
        ('参考', '（人大出版社，2003）'), ('参考', '，赵选民、徐伟著'), ('想起', '第三章'),
        ('见', '，第1卷，302页'),
    ],
)  # fmt: skip
def test_what_is_printed_and_read_is_a_work(before, after):
    assert judge('资本的故事', before, after) == 'work'


@pytest.mark.parametrize(
    ('before', 'after'), [('见', '第三期'), ('参考', '（2003）'), ('看看', ''), ('在', '中')]
)
def test_what_may_be_a_post_is_left_open(before, after):
    assert judge('资本的故事', before, after) == ''
