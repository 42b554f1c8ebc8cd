"""What is known of all posts together, and that it is made anew only when something changed."""

from __future__ import annotations

import json

from sphinxext_blog.graph import load_graph

FILES = {
    'a.rst': ':blogpost:\n\n学习(一)\n========\n\n概率空间的最小化。\n',
    'b.rst': ':blogpost:\n\n学习(二)\n========\n\n见《学习(一)》，概率空间的最小化。\n',
}


def knowledge_of(build):
    return build.app.env.get_domain('blog').knowledge


def test_links_are_found_by_place_and_by_target(make_site):
    knowledge = knowledge_of(make_site(FILES).build('dummy'))
    [link] = knowledge.backlinks['a']
    assert knowledge.links_at['b', link.mention.anchor] == (link,)
    assert [series.name for series in knowledge.series_of['a']] == ['学习']


def test_a_build_without_a_graph_page_computes_no_positions(make_site):
    build = make_site(FILES).build('text')
    assert 'graph' not in vars(knowledge_of(build))


def test_a_title_that_is_only_a_clause_ends_in_an_ellipsis(make_site):
    files = {'a.rst': ':blogpost:\n:title-derived: true\n\n今天…\n======\n', 'b.rst': ':blogpost:\n\nB\n=\n'}
    knowledge = knowledge_of(make_site(files).build('dummy'))
    assert knowledge.shown_title('a') == '今天…'
    assert knowledge.shown_title('b') == 'B'


def communities_of(build):
    return json.loads(build.text('graph.json'))['graph']['communities']


def test_topics_have_names_that_follow_the_words_of_posts(make_site):
    def post(at, topic):
        cited = ''.join(f'见《{topic}{other}》。' for other in range(4) if other != at)
        about = {'曲面': '曲面上的测地线由黎曼度量决定。', '文本': '文本分词用到词典，词典决定分词。'}[topic]
        return f':blogpost:\n\n{topic}{at}\n=========\n\n{cited}{about}\n'

    names = {'曲面': 's', '文本': 't'}
    files = {f'{names[topic]}{at}.rst': post(at, topic) for topic in names for at in range(4)}
    site = make_site({'index.rst': 'Index\n=====\n', **files}, {'blog_related_count': 0})
    build = site.build()
    graph = load_graph(build.outdir / 'graph.json')
    records = communities_of(build)
    assert '曲面' in records[graph.nodes['s0']['community']]['name']
    assert records[graph.nodes['t0']['community']]['main'].startswith('t')
    assert load_graph(build.outdir / 'graph.graphml').graph['communities'] == records
    for name, content in files.items():
        site.write(name, content.replace('测地线', '等距变换').replace('曲面上', '平面上'))
    changed = site.build()
    assert communities_of(changed) == communities_of(site.build(fresh=True)) != records


def test_a_build_says_what_it_is_at_and_nothing_when_there_is_nothing_to_do(make_site):
    post = ':blogpost:\n:date: 2020-01-0{0}\n\nPost {0}\n=======\n\nWords about gradients, :math:`x`.\n'
    site = make_site({f'p{n}.rst': post.format(n) for n in range(1, 4)})
    said = ('finding the references', 'comparing formulas', 'ranking related posts', 'writing lists of posts')
    told = site.build().app.status.getvalue()
    assert all(words in told for words in said)
    told = site.build().app.status.getvalue()
    assert not any(words in told for words in said)
