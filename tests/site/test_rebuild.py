"""A page is rewritten when what it shows changed, and no other page is."""

from __future__ import annotations

import json

import pytest
import sphinx
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

PARALLEL = pytest.mark.parametrize('parallel', [1, 2])


def post(title, text='Text.'):
    return f':blogpost:\n:date: 2020-01-01\n\n{title}\n{"=" * 2 * len(title)}\n\n{text}\n'


@pytest.fixture
def site(make_site):
    return make_site(
        {
            'index.rst': 'Index\n=====\n\nNo list here.\n',
            'list.rst': ':orphan:\n\nList\n====\n\n.. postlist::\n',
            'a.rst': post('概率空间的最小化'),
            'b.rst': post('乙文'),
            'c.rst': post('丙文', '完全不同的另外内容'),
        },
        {'blog_related_count': 0, 'post_show_prev_next': False},
    )


def pages(build, previous):
    # Sphinx 7 writes the root document in every build that writes any.
    generated = {'genindex', 'search', 'graph', 'formulas'} | (
        {'index'} if sphinx.version_info < (8,) else set()
    )
    return {
        path.removesuffix('.html')
        for path in build.written(previous)
        if path.endswith('.html')
        and path.removesuffix('.html') not in generated
        and path.split('/')[0] not in {'blog', 'blog.html'}
    }


@PARALLEL
def test_nothing_changed_nothing_written(site, parallel):
    first = site.build(parallel=parallel)
    assert pages(site.build(parallel=parallel), first) == set()


@PARALLEL
def test_a_new_citation_rewrites_the_cited_post_and_no_other(site, parallel):
    first = site.build(parallel=parallel)
    site.write('b.rst', post('乙文', '见《概率空间的最小化》。'))
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'a', 'b'}
    assert '乙文' in second.soup('a').select_one('.blog-backlinks').get_text()


@PARALLEL
def test_a_new_title_reaches_every_page_that_shows_it(site, parallel):
    site.write('b.rst', post('乙文', '见《概率空间的最小化》。'))
    first = site.build(parallel=parallel)
    site.write('b.rst', post('新的标题', '见《概率空间的最小化》。'))
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'a', 'b', 'list'}
    assert '乙文' not in second.html('a')
    assert '新的标题' in second.html('a')


@PARALLEL
def test_a_post_that_arrives_makes_the_waiting_citation_a_link(site, parallel):
    site.write('b.rst', post('乙文', '见《后来的文章》。'))
    first = site.build(parallel=parallel)
    assert first.soup('b').select_one('a[href="d.html"]') is None
    site.write('d.rst', post('后来的文章'))
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'b', 'd', 'list'}
    assert second.soup('b').select_one('a[href="d.html"]') is not None


@PARALLEL
def test_a_post_that_leaves_takes_its_traces_along(site, parallel):
    site.write('b.rst', post('乙文', '见《概率空间的最小化》。'))
    first = site.build(parallel=parallel)
    site.remove('a.rst')
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'b', 'list'}
    assert second.soup('b').select_one('a[href="a.html"]') is None
    assert not (second.outdir / 'a.html').exists()
    assert not (second.outdir / '_sources' / 'a.rst.txt').exists()


@PARALLEL
def test_a_local_graph_that_changed_is_drawn_again_and_no_other(make_site, parallel):
    site = make_site(
        {
            'index.rst': 'Index\n=====\n\n.. post-graph:: a\n   :depth: 2\n',
            'a.rst': post('概率空间的最小化', '见《乙文》。'),
            'b.rst': post('乙文'),
            'c.rst': post('丙文', '见《乙文》。'),
            'd.rst': post('丁文', '见《戊文》。'),
            'e.rst': post('戊文'),
        },
        {'blog_related_count': 0, 'blog_auto_panels': ['graph'], 'post_show_prev_next': False},
    )
    first = site.build(parallel=parallel)
    # Another title of c: b draws it, and the index, which looks two edges far; a doesn't.
    site.write('c.rst', post('丙文新题', '见《乙文》。'))
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'b', 'c'} | ({'index'} if sphinx.version_info >= (8,) else set())
    assert '丙文新题' in second.html('index')
    # A citation between two neighbours of b is a line of its graph.
    site.write('c.rst', post('丙文新题', '见《乙文》与《概率空间的最小化》。'))
    third = site.build(parallel=parallel)
    assert pages(third, second) >= {'a', 'b', 'c'}
    assert pages(third, second).isdisjoint({'d', 'e'})
    # No neighbour of a changes, and no line.
    site.write('e.rst', post('戊文', '别的话。'))
    assert pages(site.build(parallel=parallel), third) == {'e'}
    assert site.snapshot()['a.html'] == site.build(fresh=True).snapshot['a.html']


@PARALLEL
def test_a_new_title_changes_the_posts_that_mention_it_and_those_that_they_name(make_site, parallel):
    site = make_site(
        {
            'index.rst': 'Index\n=====\n\nNo list here.\n',
            'a.rst': post('甲文', '这里从随机游走到热方程只差一步。'),
            'b.rst': post('乙文', 'As in “A Primer on Walks” and elsewhere.'),
            'c.rst': post('丙文'),
        },
        {'blog_related_count': 0, 'post_show_prev_next': False},
    )
    first = site.build(parallel=parallel)
    # Old posts name the new ones: one in plain text, where its panel says so, one in quotation marks.
    site.write('d.rst', post('从随机游走到热方程'))
    site.write('e.rst', post('A Primer on Walks'))
    second = site.build(parallel=parallel)
    assert pages(second, first) == {'b', 'd', 'e'}
    assert '甲文' in second.soup('d').select_one('.blog-unlinked').get_text()
    assert second.soup('b').select_one('section p:not(.blog-meta) a')['href'] == 'e.html'
    # The words become a link: no mention any more, but a citation.
    site.write('a.rst', post('甲文', '这里《从随机游走到热方程》只差一步。'))
    third = site.build(parallel=parallel)
    assert pages(third, second) == {'a', 'd'}
    assert third.soup('d').select('.blog-unlinked') == []
    # The same words as a link to elsewhere are nothing, though the prose is the same.
    site.write('a.rst', post('甲文', '这里从随机游走到热方程只差一步。'))
    fourth = site.build(parallel=parallel)
    assert fourth.soup('d').select('.blog-unlinked') != []
    site.write('a.rst', post('甲文', '这里\\ `从随机游走到热方程 <https://example.org/>`_\\ 只差一步。'))
    fifth = site.build(parallel=parallel)
    assert pages(fifth, fourth) == {'a', 'd'}
    assert fifth.soup('d').select('.blog-unlinked') == []
    site.remove('e.rst')
    sixth = site.build(parallel=parallel)
    assert pages(sixth, fifth) == {'b'}
    assert '“A Primer on Walks”' in sixth.html('b')
    snapshot = site.snapshot()
    clean = site.build(fresh=True).snapshot
    assert all(snapshot[name] == clean[name] for name in clean if name.endswith('.html'))


def test_a_page_that_takes_the_place_of_a_removed_one_stays(make_site):
    site = make_site({'index.rst': 'I\n=\n', 'foo.rst': post('甲'), 'graph.rst': 'Mine\n====\n'})
    site.build('dirhtml')
    site.rename('foo.rst', 'foo/index.rst')
    assert '甲' in site.build('dirhtml').html('foo')
    site.build()
    site.remove('graph.rst')
    assert 'Mine' not in site.build().html('graph')


def test_a_build_of_another_kind_in_between_hides_nothing(site):
    site.build()
    site.write('b.rst', post('乙文', '见《概率空间的最小化》。'))
    site.build('text')
    assert '乙文' in site.build().soup('a').select_one('.blog-backlinks').get_text()


def test_a_damaged_or_deleted_state_only_costs_time(site):
    site.build()
    state = site.last.outdir / '.sphinxext_blog.json'
    for damage in (b'', b'{', b'[]', b'{"version": 1}', b'\xff', None):
        if damage is None:
            state.unlink()
        else:
            state.write_bytes(damage)
        build = site.build()
        assert build.warnings == ''
        assert build.snapshot == site.build(fresh=True).snapshot


def test_a_state_cannot_remove_what_lies_outside(site, tmp_path):
    victim = tmp_path / 'victim.html'
    victim.write_text('mine')
    build = site.build()
    state = build.outdir / '.sphinxext_blog.json'
    relative = '../' * 40 + str(victim).lstrip('/').removesuffix('.html')
    state.write_text(json.dumps({'version': 1, 'pages': {relative: 'x'}}))
    site.build()
    assert victim.read_text() == 'mine'


NAMES = ['a', 'b', 'c', 'd']
TITLES = ['学习(一)', '学习(二)', '学习(三)', '概率空间的最小化', '杂谈：时间与空间', 'Attention']
MARKS = ['《{}》', '“{}”', '{}']
EDITS = st.one_of(
    st.tuples(
        st.just('write'),
        st.sampled_from(NAMES),
        st.sampled_from(TITLES),
        st.lists(st.builds(str.format, st.sampled_from(MARKS), st.sampled_from(TITLES)), max_size=2),
    ),
    st.tuples(st.just('remove'), st.sampled_from(NAMES), st.just(''), st.just([])),
    st.tuples(st.just('rename'), st.sampled_from(NAMES), st.sampled_from(NAMES), st.just([])),
)


@PARALLEL
@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(edits=st.lists(st.lists(EDITS, min_size=1, max_size=3), min_size=1, max_size=3))
def test_any_sequence_of_edits_ends_like_a_clean_build(make_site, parallel, edits):
    site = make_site(
        {
            'index.rst': (
                'Index\n=====\n\n.. postlist::\n\n.. missing-posts::\n   :gaps:\n\n'
                '.. post-graph:: a\n   :depth: 2\n'
            ),
            'a.rst': post('学习(一)', '见《学习(三)》。'),
        },
        {
            'blog_auto_panels': ['meta', 'series', 'related', 'backlinks', 'graph'],
            'html_sidebars': {'[ab]': ['sphinxext_blog/post-graph.html']},
        },
    )
    site.build(parallel=parallel)
    for step in edits:
        for kind, name, other, cited in step:
            path = site.src / f'{name}.rst'
            if kind == 'write':
                site.write(
                    path.name,
                    post(other, ''.join(f'我们在{title}中说过 {name}。' for title in cited) or 'x'),
                )
            elif path.exists() and kind == 'remove':
                site.remove(path.name)
            elif path.exists() and kind == 'rename':
                site.rename(path.name, f'{other}.rst')
                # Sphinx tells a changed file by its time alone.
                (site.src / f'{other}.rst').touch()
        site.build(parallel=parallel)
    incremental = site.snapshot()
    clean = site.build(fresh=True).snapshot
    incremental.pop('.sphinxext_blog.json')
    clean.pop('.sphinxext_blog.json')
    assert incremental.keys() == clean.keys()
    for path in clean:
        assert incremental[path] == clean[path], path


def test_the_source_of_a_post_that_became_markdown_goes(make_site):
    site = make_site({'p.rst': ':date: 2020-01-01\n\nP\n=\n'}, myst=True)
    assert (site.build().outdir / '_sources/p.rst.txt').is_file()
    site.rename('p.rst', 'p.md')
    site.write('p.md', '---\ndate: 2020-01-01\n---\n\n# P\n')
    build = site.build()
    assert {path.name for path in (build.outdir / '_sources').glob('p*')} == {'p.md.txt'}
    assert build.warnings == ''
