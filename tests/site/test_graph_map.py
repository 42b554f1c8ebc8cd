"""A map that an author keeps: read, watched, never written by a build."""

from __future__ import annotations

import json
import math

import pytest

import sphinxext_blog
from sphinxext_blog.__main__ import main

CONF = {'blog_graph_map': 'graph-map.json'}


def post(title, *cited):
    text = ''.join(f'见《{name}》。' for name in cited)
    return f':blogpost:\n\n{title}\n{"=" * 20}\n\n{text}文。\n'


FILES = {
    'index.rst': 'Index\n=====\n\nNo list here, which a new post would change.\n',
    **{
        f'p{at}.rst': post(f'甲之{at}', *[f'甲之{to}' for to in range(max(0, at - 2), at)])
        for at in range(12)
    },
    'alone.rst': post('独'),
}


def keep(build, site):
    """Write the map of a build beside conf.py."""
    path = site.src / 'graph-map.json'
    assert main(['map', str(build.outdir), '-o', str(path)]) == 0
    return path


@pytest.fixture
def site(make_site):
    site = make_site(FILES, CONF)
    first = site.build(confoverrides={'blog_graph_map': ''})
    assert '[blog' not in first.warnings
    keep(first, site)
    return site


def where(build):
    graph = sphinxext_blog.load_graph(build.outdir / 'graph.json')
    return {node: (data['x'], data['y']) for node, data in graph.nodes(data=True)}


def ours(build):
    """Warnings of the extension, without those of documents that no toctree lists."""
    return [line for line in build.warnings.splitlines() if '[blog.' in line]


def test_with_the_map_of_a_build_the_next_one_is_the_same(site):
    before = json.loads((site.src / 'graph-map.json').read_text('utf-8'))['positions']
    assert {node: list(at) for node, at in where(site.build()).items()} == before


def test_posts_stay_where_the_map_has_them_when_one_is_added(site):
    before = where(site.build())
    site.write('new.rst', post('新', '甲之3', '甲之4'))
    build = site.build()
    after = where(build)
    # A neighbour gives way by some pixels.
    assert max(math.dist(after[node], at) for node, at in before.items()) < 10
    assert sum(after[node] == at for node, at in before.items()) >= len(before) - 4
    assert '[blog' not in build.warnings
    cold = where(site.build(fresh=True, confoverrides={'blog_graph_map': ''}))
    assert any(cold[node] != before[node] for node in before)


@pytest.mark.parametrize('parallel', [1, 2])
def test_an_incremental_build_ends_in_the_bytes_of_a_clean_one(site, parallel):
    site.build(parallel=parallel)
    site.write('new.rst', post('新', '甲之3', '甲之4'))
    site.build(parallel=parallel)
    incremental = site.snapshot()
    site.build(fresh=True, parallel=parallel)
    assert site.snapshot() == incremental


def test_a_changed_map_rewrites_the_graph_and_no_post(site):
    first = site.build()
    path = site.src / 'graph-map.json'
    data = json.loads(path.read_text('utf-8'))
    data['positions']['alone'] = [900.0, 700.0]
    path.write_text(json.dumps(data), 'utf-8')
    second = site.build()
    assert where(second)['alone'] == (900.0, 700.0)
    written = second.written(first)
    assert written >= {'graph.html', 'graph.json', 'graph.graphml'}
    assert not {f'p{at}.html' for at in range(12)} & written
    incremental = site.snapshot()
    site.build(fresh=True)
    assert site.snapshot() == incremental


def test_a_map_that_comes_and_goes_leaves_no_trace(site):
    site.build()
    path = site.src / 'graph-map.json'
    content = path.read_bytes()
    path.write_text('{"version": 1, "positions": {"p0": [0, 0], "p11": [0, 500]}}', 'utf-8')
    changed = where(site.build())
    path.write_bytes(content)
    again = where(site.build())
    assert again != changed
    assert again == where(site.build(fresh=True))


def test_no_build_writes_the_map(site):
    path = site.src / 'graph-map.json'
    before = path.read_bytes(), path.stat().st_mtime_ns
    site.write('new.rst', post('新', '甲之3'))
    site.build()
    assert (path.read_bytes(), path.stat().st_mtime_ns) == before


def test_a_map_that_is_not_there_is_warned_of_with_the_remedy(make_site):
    build = make_site(FILES, CONF).build()
    [warning] = ours(build)
    assert 'graph-map.json' in warning
    assert 'python -m sphinxext_blog map' in warning
    assert '[blog.graph]' in warning
    assert where(build)


@pytest.mark.parametrize(
    ('content', 'line', 'message'),
    [
        (b'{\n"version": 1,\n<<<<<<< mine\n', 3, 'no JSON'),
        (b'{\n"version": 1,\n"positions": {\n"p0": [1, 2],\n"p1": ["a", 2]\n}}', 5, 'no position'),
        (b'\xff\xfe', 1, 'could not be read'),
    ],
)
def test_a_broken_map_is_warned_of_at_its_line_and_the_build_goes_on(make_site, content, line, message):
    site = make_site(FILES, CONF)
    site.write('graph-map.json', content)
    build = site.build()
    [warning] = ours(build)
    assert warning.startswith(f'graph-map.json:{line}: WARNING:')
    assert message in warning
    assert '[blog.graph]' in warning
    assert len(where(build)) == len(FILES) - 1


@pytest.mark.parametrize('builder', ['text', 'singlehtml', 'latex'])
def test_builds_without_a_graph_do_not_look_at_the_map(make_site, builder):
    assert ours(make_site(FILES, CONF).build(builder)) == []


def test_a_path_with_a_line_break_is_refused(make_site):
    build = make_site(FILES, {'blog_graph_map': 'a\nb'}).build()
    assert '[blog.config]' in build.warnings
    assert len(where(build)) == len(FILES) - 1
