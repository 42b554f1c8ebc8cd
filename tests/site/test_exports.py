"""The graph as files beside the pages."""

from __future__ import annotations

import json

import pytest

import sphinxext_blog

FILES = {
    'a.rst': ':date: 2020-01-01\n\n学习(一)\n========\n\n文。\n',
    'b.rst': ':date: 2020-02-01\n\n学习(二)\n========\n\n见《学习(一)》与《学习(五)》。\n',
}


@pytest.mark.parametrize(('builder', 'url'), [('html', 'a.html'), ('dirhtml', 'a/')])
def test_the_graph_is_loaded_in_one_line(make_site, builder, url):
    build = make_site(FILES).build(builder)
    graph = sphinxext_blog.load_graph(build.outdir / 'graph.json')
    assert graph.nodes['a']['url'] == url
    assert graph.nodes['a']['title'] == '学习(一)'
    assert graph.has_edge('b', 'a', 'cites')
    assert graph.has_edge('a', 'b', 'series')
    assert graph.edges['b', 'a', 'cites']['evidence'][0]['context'] == '见《学习(一)》与《学习(五)》。'


def test_both_formats_hold_the_same_graph(make_site):
    build = make_site(FILES).build()
    one = sphinxext_blog.load_graph(build.outdir / 'graph.json')
    two = sphinxext_blog.load_graph(build.outdir / 'graph.graphml')
    assert dict(one.nodes(data=True)) == dict(two.nodes(data=True))
    assert sorted(one.edges(keys=True)) == sorted(two.edges(keys=True))


@pytest.mark.parametrize('parallel', [1, 2])
def test_the_same_sources_give_the_same_bytes(make_site, parallel):
    site = make_site(FILES)
    first = site.build(fresh=True)
    second = site.build(fresh=True, parallel=parallel)
    for name in ('graph.json', 'graph.graphml', 'graph.html'):
        assert (first.outdir / name).read_bytes() == (second.outdir / name).read_bytes()


def test_an_unchanged_export_is_not_written_again(make_site):
    site = make_site(FILES)
    first = site.build()
    assert not {'graph.json', 'graph.graphml'} & site.build().written(first)


def test_exports_go_where_the_blog_lives(make_site):
    build = make_site(FILES, {'blog_path': 'notes/blog'}).build()
    assert json.loads(build.text('notes/blog/graph.json'))['nodes']
    assert not (build.outdir / 'graph.json').exists()


@pytest.mark.parametrize('builder', ['text', 'latex', 'singlehtml', 'epub'])
def test_other_builders_write_no_files_of_ours(make_site, builder):
    build = make_site(FILES).build(builder)
    assert not (build.outdir / 'graph.json').exists()
    assert not (build.outdir / 'graph.html').exists()
    assert [path for path in build.mtimes if 'graph.' in path or 'graph-' in path] == []
