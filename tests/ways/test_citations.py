"""Citations that somebody wrote who had not seen the rules: a made-up blog of 67 posts as a real site.

166 citations, Chinese and English: titles old and new, numbers, addresses, papers, and what is none. At the first
try precision was 0.980, recall 0.860, and one of 30 works was taken for a post; what it showed was then mended,
so that the set judges no more, and only watches.
"""

from __future__ import annotations

import json
from pathlib import Path

import pytest

LINES = Path(__file__).parents[1] / 'support' / 'citations_by_another_hand.jsonl'
CONF = {
    'language': 'zh_CN',
    'blog_post_pattern': 'posts/**',
    'blog_site_urls': ['https://mozhi.blog/archives/{id}', 'http://spaces.mozhi.net/archives/{id}'],
}


@pytest.fixture(scope='module')
def read(make_site):
    """Each citation with what it means, and with what came of it."""
    records = [json.loads(line) for line in LINES.read_text('utf-8').splitlines()]
    citations = [record for record in records if 'in' in record]
    files = {'index.md': '# 墨纸数记\n'}
    places = {}
    for post in (record for record in records if 'post' in record):
        lines = ['---', f'date: {post["date"]}', f'id: {post["id"]}']
        if post['aliases']:
            lines.append(f'aliases: {json.dumps(post["aliases"], ensure_ascii=False)}')
        lines += ['---', '', f'# {post["title"]}', '']
        for citation in citations:
            if citation['in'] == post['post']:
                lines += [citation['text'], '']
                places[f'posts/{post["post"]}', len(lines) - 1] = citation
        for section in post['sections']:
            lines += [f'## {section}', '', '细节略去。', '']
        files[f'posts/{post["post"]}.md'] = '\n'.join(lines)
    build = make_site(files, CONF, myst=True).build()
    graph = json.loads(build.text('graph.json'))
    came = {id(citation): set() for citation in citations}
    for edge in graph['edges']:
        if edge['key'] == 'cites':
            for evidence in edge['evidence']:
                came[id(places[edge['source'], evidence['line']])].add(edge['target'].removeprefix('posts/'))
    for mention in graph['graph'].get('ambiguous', ()):
        came[id(places[mention['source'], mention['line']])].add('ambiguous')
    return [(citation, came[id(citation)]) for citation in citations]


def posts(names):
    return {
        name for name in names if ':' not in name and name not in {'work', 'missing', 'none', 'ambiguous'}
    }


def test_nearly_every_citation_leads_where_it_should_and_none_elsewhere(read):
    decided = [(c, came) for c, came in read if not any(m.startswith('ambiguous') for m in c['means'])]
    assert len(read) == 166
    right = sum(len(posts(came) & posts(c['means'])) for c, came in decided)
    wanted = sum(len(posts(c['means'])) for c, _ in decided)
    wrong = [(c['text'], came) for c, came in decided if posts(came) - posts(c['means'])]
    assert wrong == []
    assert right / wanted >= 0.98


def test_no_work_is_taken_for_a_post(read):
    works = [(c['text'], came) for c, came in read if c['means'] == ['work']]
    assert len(works) == 30
    assert [text for text, came in works if posts(came)] == []
    assert sum(any(name.startswith('work:') for name in came) for _, came in works) >= 28


def test_what_is_no_citation_stays_text(read):
    assert [c['text'] for c, came in read if c['means'] == ['none'] and came] == []


def test_parts_to_come_are_missing_posts(read):
    announced = [came for c, came in read if c['means'] == ['missing']]
    assert [{name.partition(':')[0] for name in came} for came in announced] == [{'missing'}] * 2


THIRD = LINES.with_name('citations_by_a_third_hand.jsonl')
FOURTH = LINES.with_name('citations_by_a_fourth_hand.jsonl')


def site_of(make_site, lines, **conf):
    """The citations that a file tells, the edges between posts, and what kind each node is."""
    records = [json.loads(line) for line in lines.read_text('utf-8').splitlines()]
    files = {f'{record["document"]}.rst': record['rst'] for record in records if 'rst' in record}
    files.setdefault('index.rst', 'Blog\n====\n')
    graph = json.loads(make_site(files, {'language': 'zh_CN', **conf}).build().text('graph.json'))
    kinds = {node['id']: node['kind'] for node in graph['nodes']}
    edges = [edge for edge in graph['edges'] if edge['key'] in {'cites', 'mention'}]
    return [record for record in records if 'source' in record], edges, kinds


@pytest.fixture(scope='module')
def third(make_site):
    """The citations of somebody who looked for the hardest ways to cite."""
    return site_of(make_site, THIRD, html_baseurl='https://yourblog.example/')


@pytest.fixture(scope='module')
def fourth(make_site):
    """The citations of a mixed blog: a Chinese one, lecture notes and machine learning in English."""
    return site_of(
        make_site,
        FOURTH,
        html_baseurl='https://shuli.example/',
        blog_site_urls=['http://blog.oldshuli.example/archives/{id}'],
    )


def of_posts(edges, kinds):
    """The pairs of posts, but for citations of whole series, which say so."""
    return {
        (e['source'], e['target'])
        for e in edges
        if kinds[e['target']] == 'post' and any(evidence['how'] != 'series' for evidence in e['evidence'])
    }


def test_the_hardest_citations_are_understood_or_left_alone(third):
    """First try: precision 0.967, recall 0.679 (89 pairs of Chinese, 42 of English)."""
    truth, edges, kinds = third
    wanted = {(t['source'], t['target']) for t in truth if t['kind'] == 'post'}
    found = of_posts(edges, kinds)
    assert len(wanted) == 131
    assert len(found & wanted) >= 127
    assert found - wanted == set()


def test_works_and_posts_of_others_are_none_of_the_blog(third):
    truth, edges, kinds = third
    foreign = {(t['source'], t['text']) for t in truth if t['kind'] in {'work', 'external'}}
    assert len(foreign) > 80
    taken = {
        (e['source'], evidence['text'])
        for e in edges
        if kinds[e['target']] == 'post'
        for evidence in e['evidence']
    }
    assert [
        (source, text, words)
        for source, words in foreign
        for at, text in taken
        if source == at and (text in words or words in text)
    ] == []


def test_the_citations_of_a_mixed_blog(fourth):
    """First try: precision 0.957 (67 of 70), recall 0.554 (67 of 121; Chinese 49 of 79, English 18 of 42)."""
    truth, edges, kinds = fourth
    wanted = {(t['source'], t['target']) for t in truth if t['kind'] == 'post'}
    found = of_posts(edges, kinds)
    assert len(wanted) == 121
    assert len(found & wanted) >= 117
    assert found - wanted == set()


def test_no_work_of_a_mixed_blog_is_taken_for_a_post(fourth):
    truth, edges, kinds = fourth
    works = {(t['source'], t['text']) for t in truth if t['kind'] == 'work'}
    assert len(works) > 70
    assert [
        (e['source'], evidence['text'])
        for e in edges
        if kinds[e['target']] == 'post'
        for evidence in e['evidence']
        if (e['source'], evidence['text']) in works
    ] == []


FIFTH = LINES.with_name('citations_by_a_fifth_hand.jsonl')


@pytest.fixture(scope='module', params=['zh', 'en-math', 'en-ml'])
def fifth(make_site, request):
    """The citations of three blogs with many works, sayings and ordinals that are none."""
    records = [json.loads(line) for line in FIFTH.read_text('utf-8').splitlines()]
    own = [record for record in records if record['site'] == request.param]
    (conf,) = (record['conf'] for record in own if 'conf' in record)
    files = {f'{record["document"]}.rst': record['rst'] for record in own if 'rst' in record}
    graph = json.loads(make_site({'index.rst': 'Blog\n====\n', **files}, conf).build().text('graph.json'))
    kinds = {node['id']: node['kind'] for node in graph['nodes']}
    edges = [edge for edge in graph['edges'] if edge['key'] in {'cites', 'mention'}]
    return request.param, [record for record in own if 'source' in record], edges, kinds


def test_ordinary_citations_are_found_beside_what_is_none(fifth):
    """First try: 68 of 69 pairs right, 68 of 114 found: the others have neither title nor address."""
    site, truth, edges, kinds = fifth
    wanted = {(t['source'], t['target']) for t in truth if t['kind'] == 'post'}
    found = of_posts(edges, kinds)
    assert found - wanted == set()
    assert len(found & wanted) >= {'zh': 35, 'en-math': 13, 'en-ml': 17}[site]


def test_ordinals_and_titles_that_are_no_posts_lead_to_none(fifth):
    """First try: 6 of 279 led to a post, each an ordinal such as 他的前一篇文章."""
    _, truth, edges, kinds = fifth
    none = [t for t in truth if t['kind'] not in {'post', 'whole'}]
    led = [
        (e['source'], evidence['text'], evidence['context'])
        for e in edges
        if kinds[e['target']] == 'post' and e['key'] == 'cites'
        for evidence in e['evidence']
    ]
    assert [
        (source, text)
        for source, text, context in led
        if any(
            t['source'] == source
            and (text in t['text'] or t['text'] in text)
            and (t['sentence'] in context or context in t['sentence'])
            for t in none
        )
    ] == []
