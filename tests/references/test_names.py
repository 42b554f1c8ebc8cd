from __future__ import annotations

import pytest

from sphinxext_blog.records import DocName, Post
from sphinxext_blog.references.names import Names, SeriesTable
from sphinxext_blog.references.series import group_series

POSTS = [
    Post(DocName('cut'), '【分词系列】 2. 基于切分的新词发现'),
    Post(DocName('attention'), '《Attention is All You Need》浅读（简介+代码）'),
    Post(DocName('ode'), '漫谈（六）：一般框架之ODE篇'),
    Post(DocName('sde'), '漫谈（五）：一般框架之SDE篇'),
    Post(DocName('half'), '漫谈（八）：甲（上）'),
    Post(DocName('alias'), '新题目与旧题目', aliases=('原来的旧题目',)),
    Post(DocName('derived'), '这是没有标题的文章的第一句', title_derived=True),
]
NAMES = Names(POSTS, SeriesTable(group_series(POSTS)))
SOURCE = DocName('source')


@pytest.mark.parametrize(
    ('title', 'how', 'node'),
    [
        ('漫谈（六）：一般框架之ODE篇', 'title', 'ode'),
        ('漫谈(六): 一般框架之ode篇', 'title-normalised', 'ode'),
        ('原来的旧题目', 'title', 'alias'),
    ],
)
def test_a_title_is_found_exactly(title, how, node):
    found = NAMES.exactly(title, SOURCE)
    assert found is not None
    assert (found.how, found.nodes) == (how, (node,))


def test_a_derived_title_is_not_found():
    assert NAMES.exactly('这是没有标题的文章的第一句', SOURCE) is None
    assert NAMES.nearly('这是没有标题的文章的第一句', SOURCE) is None


@pytest.mark.parametrize(
    ('title', 'nodes'),
    [
        ('漫谈（六）', ('ode',)),
        ('漫谈(5):另一个副题', ('sde',)),
        ('漫谈（八）', ('half',)),
        ('漫谈（九）', None),
        ('别的（六）', None),
    ],
)
def test_series_and_number_find_a_part(title, nodes):
    found = NAMES.by_number(title)
    assert (found.nodes if found else None) == nodes


@pytest.mark.parametrize(
    ('title', 'node'),
    [
        ('基于切分的新词发现', 'cut'),
        ('〈Attention is All You Need〉浅读', 'attention'),
        ('一般框架之SDE篇', 'sde'),
    ],
)
def test_a_title_without_prefix_or_tail_is_found(title, node):
    found = NAMES.by_piece(title, SOURCE)
    assert found is not None
    assert found.nodes == (node,)
    assert found.score < 1


@pytest.mark.parametrize(
    ('title', 'found'),
    [
        ('对抗训练的意义（附实现）', True),
        ('对抗训练的意义（with code）', True),
        ('对抗训练的意义（图像篇）', False),
    ],
)
def test_a_tail_that_the_title_lacks_must_be_an_attachment(title, found):
    names = Names([Post(DocName('a'), '对抗训练的意义')], SeriesTable([]))
    assert bool(names.by_piece(title, SOURCE)) == found


@pytest.mark.parametrize('title', ['Attention is All You Need', '新词发现', '一般框架'])
def test_a_fragment_of_a_title_is_not_enough(title):
    assert NAMES.by_piece(title, SOURCE) is None


def test_the_source_is_one_of_several_posts_of_its_title():
    posts = [Post(DocName('a'), 'Foo Bar'), Post(DocName('b'), 'Foo Bar'), Post(DocName('c'), 'foo bar')]
    names = Names(posts, SeriesTable([]))
    found = names.exactly('Foo Bar', DocName('a'))
    assert found is not None
    assert found.nodes == ('a', 'b')
    assert names.is_itself('foo bar', DocName('c'))
    assert names.exactly('foo bar', DocName('c')) is None


def test_a_post_does_not_find_itself():
    assert NAMES.exactly('漫谈（六）：一般框架之ODE篇', DocName('ode')) is None
    assert NAMES.is_itself('漫谈（六）：一般框架之ODE篇', DocName('ode'))


PIECES = Names(
    [
        Post(DocName('sub'), '细水长流之耦合层：可逆网络的概念'),
        Post(DocName('dot'), 'Suffix trees. Ukkonen and others'),
        Post(DocName('latin'), 'Designing Networks：又一个生产车间'),
        Post(DocName('bare'), 'Binary Exponentiation'),
        Post(DocName('mixed'), '初探MuP：跨越尺度'),
        Post(DocName('short'), '初探张量：一个例子'),
        Post(DocName('one'), '为什么谱范数更自然'),
        Post(DocName('two'), '为什么谱半径更麻烦'),
    ],
    SeriesTable([]),
)


@pytest.mark.parametrize(
    ('title', 'post'),
    [
        ('细水长流之耦合层', 'sub'),
        ('Suffix Trees', 'dot'),
        ('binary exponentiation algorithm', 'bare'),
        ('the Binary Exponentiation article', 'bare'),
        ('为什么谱范数…', 'one'),
        ('为什么谱范数...', 'one'),
        ('为什么谱…', None),
        ('初探MuP', 'mixed'),
        ('初探张量', None),
        ('为什么谱范数', None),
        ('可逆网络的概念', None),
        # rather the paper that a Chinese post is called after
        ('Designing Networks', None),
    ],
)
def test_the_pieces_that_stand_for_a_title(title, post):
    found = PIECES.by_piece(title, SOURCE)
    assert (found.nodes if found else None) == ((post,) if post else None)


def test_a_foreign_piece_of_a_chinese_title_needs_words_that_claim_it():
    found = PIECES.by_piece('Designing Networks', SOURCE, own=True)
    assert found is not None
    assert found.nodes == ('latin',)
