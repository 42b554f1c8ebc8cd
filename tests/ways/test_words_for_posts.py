"""Posts that are cited by words without a title: a place in a series, a description, the post before; as a real site.

Each row is a paragraph of a post, and where a reader would be led by it.
"""

from __future__ import annotations

import json

import pytest

from sphinxext_blog.__main__ import main

POSTS = {
    'int1': ('2014-10-19', '一道积分题的三种解法（上）', ''),
    'int2': ('2014-10-26', '一道积分题的三种解法（中）', ''),
    'int3': ('2014-11-02', '一道积分题的三种解法（下）', ''),
    'pnt1': ('2015-01-04', '你也能看懂的素数定理（上）', ''),
    'pnt2': ('2015-01-11', '你也能看懂的素数定理（下）', ''),
    'flow1': ('2015-02-01', '梯度流札记：1、微分方程', ''),
    'flow2': ('2015-02-08', '梯度流札记：2、步长的极限', ''),
    'flow3': ('2015-02-15', '梯度流札记：3、动量就是摩擦', ''),
    'act1': ('2015-03-01', '最小作用量随想之一：费马原理', ''),
    'act2': ('2015-03-08', '最小作用量随想之二：悬链线', ''),
    'act3': ('2015-03-15', '最小作用量随想之三：哈密顿的视角', ''),
    'ineq1': ('2015-04-05', '【不等式漫谈】1. 柯西不等式的证法', ''),
    'ineq2': ('2015-04-12', '【不等式漫谈】2. 詹森不等式的几何', ''),
    'ot1': ('2015-05-03', '漫谈最优传输（一）：蒙日问题', ''),
    'ot2': ('2015-05-10', '漫谈最优传输（二）：对偶与势函数', ''),
    'em1': ('2015-06-07', 'The EM algorithm, Part I: Mixtures', ''),
    'em2': ('2015-06-14', 'The EM algorithm, Part II: Bounds', ''),
    'em3': ('2015-06-21', 'The EM algorithm, Part III: Variations', ''),
    'lec1': ('2015-07-05', 'Math 290, Lecture 1: Sumsets', 'additive combinatorics'),
    'lec2': ('2015-07-12', 'Math 290, Lecture 2: Covering', 'additive combinatorics'),
    'erg1': ('2015-08-02', 'Notes on ergodic theory, Lecture 1: Maps', ''),
    'erg2': ('2015-08-09', 'Notes on ergodic theory, Lecture 2: Recurrence', ''),
    'poly1': ('2015-09-06', 'The polynomial method (1): Kakeya', ''),
    'poly2': ('2015-09-13', 'The polynomial method (2): Joints', ''),
    'poly3': ('2015-09-20', 'The polynomial method (3): Cap sets', ''),
    'lone': ('2016-01-10', '一个没有系列的帖子', ''),
    'entropy': ('2016-02-14', '为什么交叉熵比平方误差好', ''),
    'softmax': ('2016-05-01', 'Softmax的另一种打开方式', ''),
    'compact': ('2016-06-05', 'A gentle look at compactness', ''),
    'large': ('2016-07-03', 'How to train large models on a few GPUs', ''),
    'flows': ('2016-08-07', 'A gentle introduction to normalizing flows', ''),
    'warm': ('2017-03-05', '学习率预热的一种解释', ''),
    'clip': ('2017-03-12', '梯度裁剪为什么有效', ''),
    'bulk': ('2017-04-02', 'The semicircular law', ''),
    'edge': ('2017-04-09', 'The edge of the spectrum', ''),
    'smooth': ('2018-01-16', '再谈交叉熵：标签平滑', ''),
    'twin1': ('2019-02-03', '双生子，其一说', ''),
    'twin2': ('2019-02-03', '双生子，其二说', ''),
    'late': ('2019-03-03', '年底的闲话', ''),
    'pi': ('2019-04-07', '圆周率的快速算法', ''),
    'odds': ('2021-01-03', 'Odds and ends', ''),
    'poor': ('2019-08-04', '《穷查理宝典》笔记', ''),
    'song': ('2020-01-05', '荡漾', ''),
    'free': ('2019-05-05', "Notes on groups, Part 1: Freiman's theorem", ''),
    'free2': ('2019-05-12', 'Notes on groups, Part 2: Covering lemmas', ''),
    'pairs': ('2019-06-02', 'Contrastive representation learning, explained', ''),
    'book1': ('2019-07-07', '读书笔记（一）：时间简史', ''),
    'book2': ('2019-07-14', '读书笔记（二）：万历往事', ''),
}

PLACES = [
    # three parts and two
    ('int2', '上篇用的是含参积分。', 'int1'),
    ('int2', '第三种方法留到下篇再说。', 'int3'),
    ('int3', '前面的上篇和中篇各给了一种做法。', 'int1 int2'),
    ('int3', '注意（上）式里的求和。', ''),
    ('int1', '下篇再用围道积分算一次。', '?int2 int3'),
    ('pnt2', '在上篇里我们得到了估计。', 'pnt1'),
    ('pnt1', '零点的问题留到下篇。', 'pnt2'),
    ('lone', '完整的证明见你也能看懂的素数定理（下）。', 'pnt2'),
    ('lone', '素数定理上篇里的估计已经够用。', 'pnt1'),
    ('lone', '《你也能看懂的素数定理》下篇证完了它。', 'pnt2'),
    ('lone', '《你也能看懂的素数定理》（下）里有证明。', 'pnt2'),
    ('lone', '《漫谈最优传输》下篇还没有写。', 'ot1'),
    ('lone', '积分见《一道积分题的三种解法（上）》，后来又有（中）、（下）两篇。', 'int1 int2 int3'),
    ('lone', '鲁迅的中篇小说写得很好，以上篇幅有限。', ''),
    ('ineq2', 'Kingma的上一篇文章提出了Adam。', ''),
    ('ineq2', '知乎上的上一篇文章也这样说。', ''),
    ('ineq2', '陶哲轩的上一篇文章证明了它。', ''),
    ('ineq2', '在介绍柯西不等式的上一篇文章里证过。', 'ineq1'),
    ('ineq2', '去年的上一篇文章里证过。', 'ineq1'),
    ('ineq2', '在本系列的上一篇文章里证过。', 'ineq1'),
    ('ineq2', '刚写完的上一篇文章里证过。', 'ineq1'),
    ('flow3', '我们在第一篇和第二篇文章中都用过它。', 'flow1 flow2'),
    ('flow3', '参见第一篇、第二篇里的结论。', 'flow1 flow2'),
    ('lone', '《漫谈最优传输：蒙日问题》里的记号。', 'ot1'),
    ('lone', '《The polynomial method: Joints》 again.', 'poly2'),
    ('int2', '作者的上篇与本文无关。', ''),
    # numbers in the style of the series
    ('act3', '之一里的原理在这里变成了程函方程。', 'act1'),
    ('act1', '下一站是悬链线，见随想之二。', 'act2'),
    ('lone', '可以看最小作用量随想之一。', 'act1'),
    ('lone', '这正是随想之三所说的事情。', 'act3'),
    ('lone', '这是最重要的方法之一。', ''),
    ('lone', '某某的随想之二与此无关。', ''),
    ('lone', '误差不到百分之二，也就是三分之一。', ''),
    ('flow1', '步长的问题放在札记2里。', 'flow2'),
    ('lone', '最优传输的一维情形参见梯度流札记3。', 'flow3'),
    ('lone', '这正是梯度流札记：3的出发点。', 'flow3'),
    ('lone', '【不等式漫谈】2中的结论是它的特例。', 'ineq2'),
    ('lone', '最优传输系列（二）里的条件就够用了。', 'ot2'),
    ('lone', '最优传输的第二篇里用过一次。', 'ot2'),
    ('lone', '非最优传输的第二篇里没有用过。', ''),
    ('flow3', '即第二篇结尾提到的方法。', 'flow2'),
    ('ot1', '本系列打算写两篇，第二篇讲对偶。', 'ot2'),
    ('flow3', '我读了三篇论文，其中第二篇的作者很有名，第二篇讲得最好。', ''),
    # English
    ('em3', 'Parts I and II covered the rest.', 'em1 em2'),
    ('em3', 'We have seen the bound (Part II) before.', 'em2'),
    ('em3', 'We have seen Monte Carlo Methods (Part II) before.', ''),
    ('em2', 'Last time we looked at mixtures.', 'em1'),
    ('em2', 'Last time I checked, it was fine.', ''),
    ('em2', 'Part I derived the algorithm.', 'em1'),
    ('lone', 'See Part II of my series on the EM algorithm.', 'em2'),
    ('lone', 'See the second post on the EM algorithm.', 'em2'),
    ('lone', 'See Lecture 2 of my ergodic theory notes.', 'erg2'),
    ('lone', 'See Lecture 2 of my additive combinatorics notes.', 'lec2'),
    ('lone', 'The lemma is in Math 290, Lecture 2.', 'lec2'),
    ('lone', 'See Lecture 2 of the ergodic theory notes by Sarig.', ''),
    ('lone', 'See Part II of my series on cooking.', ''),
    ('poly2', 'In (1) we used one variable at a time.', 'poly1'),
    ('poly3', 'It comes years after (1) and (2).', 'poly1 poly2'),
    ('poly1', 'This holds in (2) by (1).', ''),
    ('em2', 'In (1) we used one variable at a time.', ''),
]

DESCRIBED = [
    ('clip', '最受欢迎的是交叉熵那篇。', 'entropy'),
    ('clip', '这在讲交叉熵的那篇文章里解释过。', 'entropy'),
    ('late', '交叉熵那篇写得不好。', '?entropy smooth'),
    ('late', '标签平滑的那篇文章里公式有误。', 'smooth'),
    ('clip', '去年的闲话和Softmax那篇依然有人看。', 'softmax'),
    ('clip', '“平方误差”那篇也一样。', 'entropy'),
    ('clip', '谷歌的Softmax那篇论文开了先河。', ''),
    ('clip', '知乎上讲交叉熵的那篇文章很好。', ''),
    ('clip', '我最喜欢的那篇没有写完，前面那篇也是。', ''),
    ('entropy', '标签平滑的那篇文章还没有写。', ''),
    ('edge', 'This is an instance of my post on compactness, which I will not repeat.', 'compact'),
    ('edge', 'We use the recipe of my earlier post on training large models, only smaller.', 'large'),
    ('edge', 'The posts about flows and about compactness introduced the bound.', 'flows compact'),
    ('edge', 'I have written about normalizing flows before.', 'flows'),
    ('edge', 'See my notes on "Large Models" for it.', 'large'),
    ('edge', 'See the post on compactness by Terence Tao.', ''),
    ('edge', 'I have lost my notes on compactness, as I wrote on compactness day.', ''),
    ('edge', 'See the paper on compactness, and a post on flows.', ''),
    ('edge', 'See my post on gentle, if you like.', '?compact flows'),
    ('edge', 'One of the posts on compactness is wrong.', ''),
    ('edge', 'We said so in our compactness post, and in my last post office.', 'compact'),
    ('edge', 'We will use this directly in our post on compactness.', ''),
    ('edge', 'As you will recall from our post on compactness, it is so.', 'compact'),
    ('late', '也就是说，最早的那篇已经放了快一年了。', ''),
]

DATED = [
    ('clip', '上一篇文章讨论了预热。', 'warm'),
    ('clip', '知乎专栏上一篇也叫这个的文章更早，他的上一篇文章更好。', ''),
    ('edge', 'Last week we found the bulk of the spectrum.', 'bulk'),
    ('edge', 'Last week we were reminded of the rain.', ''),
    ('edge', "Last week's post found the bulk.", 'bulk'),
    ('edge', "Last week's post by my colleague has pictures.", ''),
    ('smooth', '上周的文章还没有人看。', ''),
    ('smooth', '如上一篇听歌系列所说，纽约时报上一篇讲学习率的文章很好。', ''),
    ('smooth', '在上一篇文章“统计学的领域”中说过。', ''),
    ('smooth', '在上一篇里的梯度裁剪仍然有用。', 'clip'),
    ('smooth', '上一篇里没有说。', ''),
    ('edge', 'In our last post we counted semicircular things.', 'bulk'),
    ('edge', 'In our last post in this series on topology we counted semicircular things.', ''),
    ('edge', 'The reader of our last post on compactness will know it.', 'compact'),
    ('edge', 'In our last post we counted walks, and return the last entry of the list.', ''),
    ('late', '上一篇文章不知道是哪一篇。', '?twin1 twin2'),
    ('ot1', '上一篇文章谈的是别的。', 'ineq2'),
]

NAMED = [
    # the own title of a part
    ('lone', '和《费马原理》里处理分层介质的方法一样。', 'act1'),
    ('lone', '土堆走直线，见《蒙日问题》。', 'ot1'),
    ('lone', '苏某人的《对偶与势函数》与此无关。', 'work:对偶与势函数'),
    ('lone', '最近在读《时间简史》，很好看。', 'work:时间简史'),
    # a title that a post had
    ('pi', '本文曾用名《怎样把圆周率算到一百万位》，后来改了。', ''),
    ('late', '原理与《怎样把圆周率算到一百万位》里的算法无关。', 'pi'),
    # the same title elsewhere
    ('late', '知乎上的《圆周率的快速算法》也写得不错。', 'work:圆周率的快速算法'),
    ('late', '我发在知乎上的《圆周率的快速算法》也是这样写的。', 'pi'),
    ('late', '今年读得最好的书是《代数学引论（第一卷）》。', 'work:代数学引论-第一卷'),
    # what a later post is about, or called, is a book or a song before
    ('late', '许美静的《荡漾》很好听。', '?song work:荡漾'),
    ('late', '我最近在看一本书，《穷查理宝典》，我已看完。', 'work:穷查理宝典'),
    ('song', '正在看《穷查理宝典》。', '?poor work:穷查理宝典'),
    ('song', '我写的《穷查理宝典》笔记在这里。', 'poor'),
    # in quotation marks
    ('compact', 'A line of "Contrastive Representation Learning" reads so.', ''),
    ('odds', 'People still read "A gentle introduction to normalising flows" here.', 'flows'),
    ('odds', 'People still read "Contrastive Representation Learning" here.', 'pairs'),
    ('odds', 'We combine it with "Freiman\'s theorem" from the course.', 'free'),
    ('odds', '"Freiman\'s theorem" is a word like any other.', ''),
    (
        'odds',
        'We use "Freiman\'s Theorem", and "a Gentle introduction to Normalizing flow" too.',
        'free flows',
    ),
    (
        'edge',
        'We read the paper "Contrastive Representation Learning" again.',
        'work:contrastive-representation-learning',
    ),
]

ROWS = PLACES + DESCRIBED + DATED + NAMED


@pytest.fixture(scope='module')
def built(make_site):
    """The site, and the paragraph at each line."""
    files = {'index.md': '# Blog\n'}
    rows = {}
    for name, (date, title, tags) in POSTS.items():
        lines = ['---', f'date: {date}', f'tags: [{tags}]', '---', '', f'# {title}', '']
        for source, text, _ in ROWS:
            if source == name:
                lines += [text, '']
                rows[f'posts/{name}', len(lines) - 1] = text
        files[f'posts/{name}.md'] = '\n'.join(lines)
    conf = {'language': 'zh_CN', 'blog_post_pattern': 'posts/**'}
    return make_site(files, conf, myst=True).build(), rows


@pytest.fixture(scope='module')
def came(built):
    """Where each paragraph leads: the posts, and those that it can mean with a mark before them."""
    build, rows = built
    graph = json.loads(build.text('graph.json'))
    found = {(source, text): set() for source, text, _ in ROWS}
    for edge in graph['edges']:
        if edge['key'] == 'cites':
            for evidence in edge['evidence']:
                place = edge['source'], evidence['line']
                found[edge['source'].removeprefix('posts/'), rows[place]].add(
                    edge['target'].removeprefix('posts/')
                )
    for mention in graph['graph']['ambiguous']:
        names = [name.removeprefix('posts/') for name in mention['candidates']]
        text = rows[mention['source'], mention['line']]
        found[mention['source'].removeprefix('posts/'), text].add('?' + ' '.join(names))
    return found


@pytest.mark.parametrize(('source', 'text', 'means'), PLACES)
def test_a_place_in_a_series_leads_to_its_part(came, source, text, means):
    wanted = {means} if means.startswith('?') else set(means.split())
    assert came[source, text] == wanted


@pytest.mark.parametrize(('source', 'text', 'means'), DESCRIBED)
def test_a_description_leads_to_the_only_post_whose_title_has_its_words(came, source, text, means):
    wanted = {means} if means.startswith('?') else set(means.split())
    assert came[source, text] == wanted


@pytest.mark.parametrize(('source', 'text', 'means'), DATED)
def test_without_a_series_the_post_before_is_that_of_the_day_before(came, source, text, means):
    wanted = {means} if means.startswith('?') else set(means.split())
    assert came[source, text] == wanted


def test_what_can_mean_several_posts_is_listed_by_check_and_a_citation_warned_of(built, capsys):
    build, _ = built
    assert '上一篇文章 can mean posts/twin1' in build.warnings
    assert '交叉熵那篇' not in build.warnings  # prose needs no other words
    assert main(['check', str(build.outdir)]) == 0
    told = capsys.readouterr().out
    assert 'Ambiguous mentions' in told
    assert '交叉熵那篇' in told


def test_a_reader_is_led_there_by_the_words(built):
    build, _ = built
    links = {
        link.get_text(): link['href'].partition('#')[0]
        for link in build.soup('posts/clip').select('.blog-mention a')
    }
    assert links['交叉熵那篇'] == 'entropy.html'
    assert links['上一篇文章'] == 'warm.html'


@pytest.mark.parametrize(('source', 'text', 'means'), NAMED)
def test_a_piece_of_a_title_or_a_former_one_leads_to_the_post(came, source, text, means):
    wanted = {means} if means.startswith('?') else set(means.split())
    assert came[source, text] == wanted


def test_a_number_in_brackets_is_an_equation_where_equations_have_numbers(make_site):
    files = {
        'index.rst': 'Blog\n====\n',
        'a.rst': ':date: 2015-01-01\n\nFlows (1)\n=========\n\nText.\n',
        'b.rst': ':date: 2015-01-02\n\nFlows (2)\n=========\n\n.. math:: x = 1\n   :label: e\n\nIn (1) we saw it.\n',
        'c.rst': ':date: 2015-01-03\n\nFlows (3)\n=========\n\n.. math:: x = 1\n\nIn (1) we saw it.\n',
    }
    graph = json.loads(make_site(files).build().text('graph.json'))
    assert [(e['source'], e['target']) for e in graph['edges'] if e['key'] == 'cites'] == [('c', 'a')]


def test_a_number_in_brackets_is_a_section_where_sections_have_numbers(make_site):
    def post(day, number, text):
        return f':date: 2015-01-0{day}\n\n漫谈流（{number}）\n{"=" * 20}\n\n{text}\n'

    files = {
        'index.rst': 'Blog\n====\n',
        'a.rst': post(1, '一', '开头。'),
        'b.rst': post(2, '二', '（一）先看定义\n--------------\n\n正文。\n\n在（一）中我们看到了它。'),
        'c.rst': post(3, '三', '在（一）中我们看到了它，\\ :math:`x`\\ 。\n\n（二）中的变换也是。'),
        'd.rst': post(
            4, '四', '在（一）中看到过。\n\n.. math:: \\begin{equation} x = 1 \\end{equation}\n\n好。'
        ),
        'e.rst': ':date: 2015-01-05\n\nFlows (1)\n=========\n\nText.\n',
        'f.rst': ':date: 2015-01-06\n\nFlows (2)\n=========\n\n'
        '.. math:: \\begin{equation} x = 1 \\end{equation}\n\nIn (1) we saw it.\n',
    }
    graph = json.loads(make_site(files).build().text('graph.json'))
    found = [(e['source'], e['target']) for e in graph['edges'] if e['key'] == 'cites']
    assert sorted(found) == [('c', 'a'), ('c', 'b'), ('d', 'a')]


def test_a_description_follows_titles_and_dates_of_others_as_a_clean_build_does(make_site):
    def post(date, title, text=''):
        return f':date: {date}\n\n{title}\n{"=" * 40}\n\n{text}\n'

    site = make_site(
        {
            'index.rst': 'Blog\n====\n',
            'a.rst': post('2015-01-01', '为什么平方误差不好'),
            'b.rst': post('2015-01-08', '梯度裁剪为什么有效'),
            'c.rst': post('2015-01-15', '闲话', '上一篇文章说过。\n\n交叉熵那篇也说过。'),
        }
    )

    def links(build):
        return sorted(link['href'].partition('#')[0] for link in build.soup('c').select('.blog-mention a'))

    assert links(site.build()) == ['b.html']
    site.write('a.rst', post('2015-01-01', '为什么交叉熵比平方误差好'))
    assert links(site.build()) == ['a.html', 'b.html']
    site.write('b.rst', post('2016-01-08', '梯度裁剪为什么有效'))
    last = site.build()
    assert links(last) == ['a.html', 'a.html']
    assert last.snapshot == site.build(fresh=True).snapshot
    assert last.snapshot == site.build(fresh=True, parallel=2).snapshot
