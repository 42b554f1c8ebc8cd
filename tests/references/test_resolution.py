from __future__ import annotations

import random
import unicodedata
from collections import Counter
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from reference_traps import CASES, outcomes

from sphinxext_blog.records import DocName, Mention, Post
from sphinxext_blog.references import find_places, resolve, sentence_around

SITE = 'https://blog.example/archives/{id}'


def post(docname, title, **facts):
    return Post(DocName(docname), title, **facts)


def cite(source, text):
    """The mentions of a text, as the site reads them."""
    mentions = []
    for start, end, form, target in find_places(text):
        context, span = sentence_around(text, start, end)
        mentions.append(Mention(DocName(source), form, text[start:end], target, context, span))
    return mentions


def link(source, text, url):
    return Mention(DocName(source), 'url', text, url, f'见{text}。', (1, 1 + len(text)))


def targets(resolution):
    return [(k.source, k.target, k.how) for k in resolution.links]


ROAD = [post('p3', '低秩之路(三):CR'), post('p4', '低秩之路(四):ID')]


def test_an_absent_part_is_a_missing_post_of_its_series():
    result = resolve(ROAD, cite('p3', '在《低秩之路(二):SVD》中'))
    assert targets(result) == [('p3', 'missing:低秩之路-二-svd', 'title')]
    (missing,) = result.missing
    assert (missing.title, missing.series, missing.series_index) == ('低秩之路(二):SVD', '低秩之路', 2)
    (series,) = result.series
    assert [m.number for m in series.members] == [(2,), (3,), (4,)]


def test_the_title_of_a_post_to_come_is_a_missing_post_and_no_work():
    text = 'See 《Secret draft》, and the paper 《Secret draft》.'
    assert [k[1] for k in targets(resolve(ROAD, cite('p3', text)))] == ['work:secret-draft'] * 2
    result = resolve(ROAD, cite('p3', text), announced=['Secret Draft'])
    assert [k[1] for k in targets(result)] == ['missing:secret-draft', 'work:secret-draft']


def test_parts_that_a_phrase_names_are_named_in_the_style_of_the_series():
    result = resolve(ROAD, [*cite('p3', '在《低秩之路(二):SVD》中'), *cite('p4', '前三篇文章我们介绍了')])
    assert [(m.title, m.title_derived) for m in result.missing] == [
        ('低秩之路(一)', True),
        ('低秩之路(二):SVD', False),
    ]
    assert [t for s, t, _ in targets(result) if s == 'p4'] == [
        'missing:低秩之路-一',
        'missing:低秩之路-二-svd',
        'p3',
    ]


def test_two_spellings_of_a_missing_title_are_one_node():
    result = resolve(
        [post('a', '甲'), post('b', '乙')],
        [
            *cite('a', '《扩散漫谈(六)》'),
            *cite('b', '《扩散漫谈（六）：一般框架》'),
            *cite('b', '《扩散漫谈(六): 一般框架》'),
        ],
    )
    assert len(result.missing) == 1
    assert result.missing[0].title in ('扩散漫谈（六）：一般框架', '扩散漫谈(六): 一般框架')
    assert len({k.target for k in result.links}) == 1


def test_missing_parts_stand_in_the_order_of_their_series():
    text = '见《新旧之谈》《编码之路（十）：甲》《编码之路（九）：乙》《低秩之路(二):SVD》《别的之谈》'
    result = resolve([*ROAD, post('a', '编码之路（八）')], cite('a', '以前的文章' + text))
    assert [m.title for m in result.missing] == [
        '低秩之路(二):SVD',
        '编码之路（九）：乙',
        '编码之路（十）：甲',
        '别的之谈',
        '新旧之谈',
    ]


def test_the_key_of_a_series_keeps_its_numerals():
    (series,) = resolve([post('a', '放大一个模型（一）'), post('b', '放大一个模型（二）')], []).series
    assert series.key == '放大一个模型'


def test_a_series_phrase_outside_of_a_series_is_dropped():
    assert resolve([post('a', '甲')], cite('a', '上一篇文章说')) == resolve([post('a', '甲')], [])


def test_a_role_wins_over_the_title_at_its_place():
    text = '《低秩之路(四):ID》'
    role = Mention(DocName('p4'), 'xref', text, 'p3', text, (0, len(text)))
    title = Mention(DocName('p4'), 'title', text, '低秩之路(九)', text, (0, len(text)))
    assert targets(resolve(ROAD, [title, role])) == [('p4', 'p3', 'role')]


def test_a_url_wins_over_its_text():
    posts = [
        post('a', '甲', facts=(('id', '1'),)),
        post('b', '升级之路（十五）', facts=(('id', '15'),)),
        post('c', '升级之路（十四）'),
    ]
    result = resolve(
        posts, [link('a', '《升级之路（十四）》', 'http://www.blog.example/archives/15/#x')], site_urls=[SITE]
    )
    assert targets(result) == [('a', 'b', 'url')]


def test_a_site_url_that_leads_nowhere_is_dangling_and_a_missing_post():
    mentions = [
        link('a', '这里', 'https://blog.example/archives/7'),
        link('a', '《旧文章题目》', '/archives/7/'),
    ]
    result = resolve([post('a', '甲')], mentions, site_urls=[SITE])
    assert len(result.dangling) == 2
    (missing,) = result.missing
    assert (missing.id, missing.title) == ('missing:旧文章题目', '旧文章题目')
    assert [k.how for k in result.links] == ['url', 'url']


def test_a_post_without_known_address_is_found_by_the_title_of_a_link():
    result = resolve(
        [post('a', '甲'), post('b', '一篇旧的文章')],
        [link('a', '《一篇旧的文章》', 'https://blog.example/archives/7')],
        site_urls=[SITE],
    )
    assert targets(result) == [('a', 'b', 'title')]
    assert result.dangling == ()


@pytest.mark.parametrize(
    'url',
    [
        'https://blog.example/',
        'https://en.wikipedia.org/wiki/X',
        'https://blog.example/a.png',
        'mailto:x@y.example',
    ],
)
def test_addresses_that_cite_nothing_make_nothing(url):
    result = resolve([post('a', '甲')], [link('a', '这里', url)], site_urls=[SITE])
    assert (result.links, result.missing, result.works, result.dangling) == ((), (), (), ())


def test_a_paper_is_one_work_by_its_title_and_by_its_address():
    mentions = [
        link('a', '《Deep Nets Are Deep》', 'https://arxiv.org/abs/1234.56789v2'),
        *cite('b', '论文《Deep nets are deep》指出'),
        link('b', 'arXiv', 'http://arxiv.org/pdf/1234.56789.pdf'),
    ]
    result = resolve([post('a', '甲'), post('b', '乙')], mentions)
    (work,) = result.works
    assert (work.id, work.url) == ('work:arxiv:1234.56789', 'https://arxiv.org/abs/1234.56789')
    assert len(result.links) == 3


def test_the_paper_is_not_the_post_about_it():
    posts = [post('a', '甲'), post('b', '《Attention is All You Need》浅读')]
    result = resolve(
        posts, cite('a', '《Attention is All You Need》一文发布后，见《〈Attention is All You Need〉浅读》。')
    )
    assert [t for _, t, _ in targets(result)] == ['work:attention-is-all-you-need', 'b']


def test_two_posts_of_one_title_are_an_ambiguity():
    posts = [post('a', '祝大家节日快乐'), post('b', '祝大家节日快乐'), post('c', '别的')]
    result = resolve(posts, cite('c', '《祝大家节日快乐》'))
    assert result.links == ()
    assert [a.candidates for a in result.ambiguous] == [('a', 'b')]


def test_a_post_that_cites_the_title_it_shares_is_no_less_ambiguous():
    posts = [post('a', 'Foo Bar'), post('b', 'Foo Bar'), post('c', 'FOO  BAR')]
    result = resolve(posts, [*cite('a', '《Foo Bar》'), *cite('b', '《foo bar》'), *cite('c', '《FOO BAR》')])
    assert (result.links, result.missing, result.works) == ((), (), ())
    assert [(a.mention.source, a.candidates) for a in result.ambiguous] == [
        ('a', ('a', 'b')),
        ('b', ('a', 'b', 'c')),
    ]


@pytest.mark.parametrize(
    ('other', 'candidates', 'dangling'), [('同名的文章', [('a', 'b')], 0), ('另外的文章', [], 1)]
)
def test_an_unknown_address_under_the_own_title_is_not_the_other_post(other, candidates, dangling):
    mention = link('a', '《同名的文章》', '/archives/7')
    result = resolve([post('a', '同名的文章'), post('b', other)], [mention], site_urls=[SITE])
    assert [a.candidates for a in result.ambiguous] == candidates
    assert len(result.dangling) == dangling


def test_a_part_that_only_an_english_phrase_names_is_missing():
    posts = [post('a', 'Low rank (1): Pinv'), post('b', 'Low rank (2): SVD'), post('c', 'Alone')]
    text = 'We left it out. Part (3) will put it back.'
    result = resolve(posts, [*cite('b', text), *cite('c', text)])
    assert [(k.source, k.target) for k in result.links] == [('b', 'missing:low-rank-3')]
    assert [(m.series, m.series_index, m.title_derived) for m in result.missing] == [('Low rank', 3, True)]


def test_no_post_links_to_itself():
    result = resolve(
        ROAD,
        [*cite('p3', '《低秩之路(三):CR》和《低秩之路(三)》'), Mention(DocName('p3'), 'xref', 'x', 'p3')],
    )
    assert (result.links, result.missing, result.ambiguous) == ((), (), ())


def test_the_name_of_a_series_means_its_first_present_part_and_nothing_from_within():
    posts = [*ROAD, post('a', '甲')]
    assert targets(resolve(posts, cite('a', '见《低秩之路》'))) == [('a', 'p3', 'series')]
    assert resolve(posts, cite('p3', '称之为《低秩之路》')).links == ()


def test_a_role_that_leads_nowhere_is_dangling():
    result = resolve(ROAD, [Mention(DocName('p3'), 'xref', '某篇旧文', '')])
    assert len(result.dangling) == 1
    assert [m.title for m in result.missing] == ['某篇旧文']


def test_a_document_that_is_no_post_is_no_target():
    assert resolve(ROAD, [Mention(DocName('p3'), 'xref', 'About', 'about')]).links == ()


def test_a_series_that_only_absent_titles_complete_is_known_to_all():
    posts = [post('a', '甲'), post('b', '布朗运动 3')]
    result = resolve(posts, [*cite('a', '见《布朗运动 1》《布朗运动 2》'), *cite('a', '见《布朗运动3》')])
    assert ('a', 'b', 'title-normalised') in targets(result)
    (series,) = result.series
    assert [m.number for m in series.members] == [(1,), (2,), (3,)]


def test_a_declared_series_takes_the_missing_parts_of_its_titles():
    posts = [post('a', '编码器（一）', series='自编码'), post('b', '编码器（三）', series='自编码')]
    result = resolve(posts, cite('b', '见《编码器（二）》'))
    (series,) = result.series
    assert [(m.id, m.number) for m in series.members] == [
        ('a', (1,)),
        ('missing:编码器-二', (2,)),
        ('b', (3,)),
    ]
    assert result.missing[0].series == '自编码'


HOSTILE = [
    '</script>',
    '"\'',
    '\\$x\\',
    '《',
    '》',
    '\u202e',
    '😀',
    '一' * 300,
    '(((',
    '[[',
    '\x08eta',
    '（七）',
    ':1、',
]


@given(
    st.lists(st.lists(st.sampled_from(HOSTILE), min_size=1, max_size=4).map(''.join), min_size=1, max_size=6),
    st.integers(),
)
def test_any_title_is_survived_and_the_order_of_the_input_does_not_matter(titles, seed):
    posts = [post(f'p{i}', t) for i, t in enumerate(titles)]
    mentions = [Mention(DocName('p0'), 'title', t, t, f'在《{t}》中', (1, 3 + len(t))) for t in titles[::-1]]
    mentions += [Mention(DocName('p0'), 'url', t, f'/archives/{t}') for t in titles]
    mentions += [Mention(DocName('p0'), 'series', '上一篇', '-1')]
    result = resolve(posts, mentions, site_urls=[SITE])
    random.Random(seed).shuffle(mentions)
    assert resolve(posts[::-1], mentions, site_urls=[SITE]) == result
    ids = [n.id for n in (*result.missing, *result.works)]
    assert len(ids) == len(set(ids))
    assert all(c in ':.-' or unicodedata.category(c)[0] in 'LMN' for i in ids for c in i)
    assert {k.target for k in result.links} <= {*ids, *(p.docname for p in posts)}


SEED_VERDICTS = [
    ('神奇的伽马函数', 'work'),
    ('理解矩阵', 'work'),
    ('新理解矩阵', 'missing'),
    ('Attention is All You Need', 'work'),
    ('Spherical Latent Spaces for Stable Variational Autoencoders', 'work'),
    ('让人惊叹的Johnson-Lindenstrauss引理:应用篇', 'missing'),
    ('寻求一个光滑的最大值函数', 'missing'),
    ('函数光滑化杂谈:不可导函数的可导逼近', 'missing'),
    ('低秩近似之路(二):SVD', 'missing'),
    ('Implicit Gradient Regularization', 'work'),
    ('我们真的需要把训练集的损失降低到零吗?', 'missing'),
    ('每日邮报', 'work'),
    ('从动力学角度看优化算法(一):从SGD到动量加速', 'missing'),
]


@pytest.fixture(scope='module')
def seeds():
    texts = [
        f.read_text('utf-8') for f in sorted((Path(__file__).parent.parent.parent / 'seeds').glob('*.txt'))
    ]
    posts = [post('seed', '源'), post('riemann', '【理解黎曼几何】1. 一条几何之路')]
    mentions = []
    for text in texts:
        for line in text.split('\n'):
            mentions += [
                m for m in cite('riemann' if '理解黎曼几何》' in line else 'seed', line) if m.form == 'title'
            ]
    return resolve(posts, mentions)


@pytest.mark.parametrize(('title', 'kind'), SEED_VERDICTS)
def test_each_citation_of_the_seeds_is_what_its_context_says(seeds, title, kind):
    nodes = seeds.missing if kind == 'missing' else seeds.works
    assert title in {n.title for n in nodes}
    assert title not in {n.title for n in (seeds.works if kind == 'missing' else seeds.missing)}


def test_the_name_of_the_own_series_is_no_citation(seeds):
    assert '理解黎曼几何' not in {n.title for n in (*seeds.missing, *seeds.works)}


def test_the_traps_of_real_blogs_lead_where_they_should():
    found = outcomes()
    kinds = {'missing', 'work', 'ambiguous', 'nothing'}
    links = [({*case.answer} - kinds, {*came_to} - kinds) for case, came_to in zip(CASES, found, strict=True)]
    claimed = sum(len(came_to) for _, came_to in links)
    right = sum(len(wanted & came_to) for wanted, came_to in links)
    assert right >= 0.99 * claimed
    assert right >= 0.97 * sum(len(wanted) for wanted, _ in links)
    # A paper or a book is never a post, there or missing.
    works = [came_to for case, came_to in zip(CASES, found, strict=True) if case.answer == ('work',)]
    assert len(works) > 50
    assert {*works} == {('work',)}
    wrong = [
        (case, came_to) for case, came_to in zip(CASES, found, strict=True) if {*case.answer} != {*came_to}
    ]
    assert len(wrong) <= 2, wrong


def test_each_trap_is_there_several_times():
    assert min(Counter(case.trap for case in CASES).values()) >= 3
    assert len(CASES) > 200


COMPLETE = [post(f'p{i}', f'第{i}个完全不同的题目') for i in range(30)]


@pytest.mark.parametrize(
    ('text', 'kind'),
    [
        ('最近看了《某本没听说过的书》', 'work'),
        ('我们在《某本没听说过的书》里', 'work'),
        ('笔者所写的《某篇没有了的文章》', 'missing'),
        ('之前的文章《某篇没有了的文章》', 'missing'),
    ],
)
def test_where_all_posts_are_there_an_absent_title_is_somebody_elses(text, kind):
    citations = [m for i in range(25) for m in cite('p29', f'见《第{i}个完全不同的题目》')]
    [absent] = [t for _, t, _ in targets(resolve(COMPLETE, [*citations, *cite('p28', text)])) if ':' in t]
    assert absent.startswith(kind)


def test_where_posts_are_missing_an_absent_title_may_be_one_of_them():
    citations = cite('p29', '见《第3个完全不同的题目》')
    result = resolve(COMPLETE, [*citations, *cite('p28', '最近看了《某本没听说过的书》')])
    assert [m.title for m in result.missing] == ['某本没听说过的书']


def test_a_post_with_the_title_of_a_paper_is_ambiguous_only_where_the_paper_is_known():
    posts = [post('a', '甲'), post('b', 'Weight Decay Revisited')]
    assert [t for _, t, _ in targets(resolve(posts, cite('a', '见《Weight Decay Revisited》。')))] == ['b']
    paper = link('a', '《Weight Decay Revisited》', 'https://arxiv.org/abs/1234.56789')
    result = resolve(posts, [paper, *cite('a', '又见《Weight Decay Revisited》。')])
    [ambiguity] = result.ambiguous
    assert ambiguity.candidates == ('b', 'work:arxiv:1234.56789')


def test_words_in_quotation_marks_are_a_post_or_nothing():
    posts = [post('a', 'One'), post('b', 'A Primer on Random Walks')]
    quoted = [
        Mention(DocName('a'), 'quoted', f'“{words}”', words, f'See “{words}”.', (4, 6 + len(words)))
        for words in ('a primer on random walks', 'A Primer on Something Else')
    ]
    result = resolve(posts, quoted)
    assert targets(result) == [('a', 'b', 'title-normalised')]
    assert (result.missing, result.works, result.ambiguous) == ((), (), ())


@pytest.mark.parametrize(('number', 'target'), [('四', 'p4'), ('九', 'missing:低秩之路-九')])
def test_a_number_behind_the_name_of_a_series_means_that_part(number, target):
    posts = [*ROAD, post('a', '甲')]
    for text in (f'见《低秩之路》（{number}）。', f'见《低秩之路》系列的第{number}篇。'):
        assert [t for _, t, _ in targets(resolve(posts, cite('a', text)))] == [target]


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('见《低秩之路（三、四）》。', ['p3', 'p4']),
        ('见《低秩之路》（三）、（四）。', ['p3', 'p4']),
        ('见《低秩之路》系列的第三到第四篇。', ['p3', 'p4']),
        ('见《低秩之路（二）》到（四）。', ['missing:低秩之路-二', 'p3', 'p4']),
        ('见低秩之路（三）~（四）', ['p3', 'p4']),
        ('见《低秩之路（三、九）》。', ['missing:低秩之路-九', 'p3']),
        ('见《低秩之路（三）》与《（四）》。', ['p3']),
        ('见《某条路（一、二）》。', ['missing:某条路-一-二']),
    ],
)
def test_several_parts_are_named_at_once(text, found):
    result = resolve([*ROAD, post('a', '甲')], cite('a', text))
    assert sorted({t for _, t, _ in targets(result)}) == found


def test_a_number_in_marks_is_a_part_of_the_series():
    assert [t for _, t, _ in targets(resolve(ROAD, cite('p4', '见《（三）》。')))] == ['p3']


def test_a_chinese_title_in_front_of_a_link_to_a_paper_stays_that_of_a_post():
    posts = [post('a', '甲'), post('b', '光滑函数的漫谈')]
    context = '《光滑函数的漫谈》 论文'
    paper = Mention(DocName('a'), 'url', '论文', 'https://arxiv.org/abs/1234.56789', context, (10, 12))
    result = resolve(posts, [paper, *cite('a', '见《光滑函数的漫谈》。')])
    assert ('a', 'b', 'title') in targets(result)
    assert result.ambiguous == ()


AUTOENCODERS = [
    post('v1', '变分自编码器（一）：原来是这么一回事'),
    post('v2', '变分自编码器（二）：从贝叶斯观点出发'),
    post('e1', 'Normalizing Flows (Part 1): Coupling'),
    post('e2', 'Normalizing Flows (Part 2): Autoregression'),
    post('l1', 'Convexity, Lecture 1: Cones'),
    post('l2', 'Convexity, Lecture 2: Duality'),
    post('l3', 'Convexity, Lecture 3: Paths'),
    post('x', '别的文章'),
]


@pytest.mark.parametrize(
    ('source', 'text', 'found'),
    [
        ('x', '从变分自编码器（二）的角度看', ['v2']),
        ('v1', '与变分自编码器（一）相比', []),
        ('x', '参看变分自编码器（三）', ['missing:变分自编码器-三']),
        ('x', '代入公式（二）得自编码器（二）', []),
        ('x', 'Recall from Normalizing Flows (Part 1) that', ['e1']),
        ('x', 'The argument in Normalizing Flows, Part II still', ['e2']),
        ('x', 'The abnormalizing flows (Part 1) that', []),
        ('l3', 'In the previous lecture, and in the first two lectures', ['l1', 'l2', 'l2']),
        ('e2', 'In the previous lecture', []),
        ('x', '〈变分自编码器（二）：从贝叶斯观点出发〉', ['v2']),
        ('x', '内积〈变量之间，彼此正交的〉', []),
        ('x', '《贝叶斯观点》', ['missing:贝叶斯观点']),
    ],
)
def test_a_series_is_named_with_its_number(source, text, found):
    assert sorted(target for _, target, _ in targets(resolve(AUTOENCODERS, cite(source, text)))) == found


@pytest.mark.parametrize(
    ('text', 'found'),
    [
        ('The paper “Attention Is All You Need” is', ['work:attention-is-all-you-need']),
        ("Villani's book “Optimal Transport: Old and New”", ['work:optimal-transport-old-and-new']),
        ('The paper “wins by more than two”', []),
        ('I said “Optimal Transport, Old and New”', []),
        ('Bishop的书《变分自编码器（一）：原来是这么一回事》', ['v1']),
        ('《模式识别》第十章《变分推断》', ['work:变分推断', 'work:模式识别']),
    ],
)
def test_publications_are_works(text, found):
    posts = [*AUTOENCODERS, post('s', '变分推断')]
    assert sorted(target for _, target, _ in targets(resolve(posts, cite('x', text)))) == found


def test_absent_titles_that_nothing_claims_are_works_where_they_outnumber_all_posts_that_are_cited():
    posts = [post(f'p{i}', f'博客里的第{i}个题目（草稿）') for i in range(20)] + [post('x', '闲话')]
    own = ''.join(f'见《{p.title}》。' for p in posts[:15])
    lost = ''.join(f'之前的文章《失落的题目{i}号》。' for i in range(7))
    many = ''.join(f'想起《别的题目{i}号》。' for i in range(120))
    result = resolve(posts, cite('x', own + lost + many))
    assert (len(result.missing), len(result.works)) == (7, 120)
    # Few of them may be posts that the corpus lacks.
    result = resolve(posts, cite('x', own + lost + '想起《别的题目1号》。'))
    assert (len(result.missing), len(result.works)) == (8, 0)
    # So they may where most posts that are claimed are absent.
    result = resolve(posts, cite('x', '见《博客里的第1个题目（草稿）》。' + lost * 1 + many))
    assert len(result.works) == 0
